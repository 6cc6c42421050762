"""The cells of a sheet while it is read, row by row: nothing but one row is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import regex
from lxml import etree

from pipeline.readers.excel.numbers import shown
from pipeline.readers.ledger import Area
from pipeline.readers.word.xml import number, stream

Row = tuple[int, list[tuple[int, str]]]  # its number, column and words of its cells
_PLACE = regex.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = regex.compile(r"_x00(0[9AaDd])_")
_TRUTH = {"0": "FALSE", "1": "TRUE"}


@dataclass
class Values:
    """What cells refer to; and what was seen on the way: formulas without a saved value, hidden rows, merged areas."""

    strings: list[str]
    codes: list[str]
    mac: bool
    unsaved: int = 0
    hidden: int = 0
    merged: list[Area] = field(default_factory=list)


def rows(opened: IO[bytes], part: str, values: Values) -> Iterator[Row]:
    """The rows of a sheet in order; its merged areas are in `values.merged` once all are read."""
    values.merged = []
    last = 0
    for _, element in stream(opened, part, ("{*}row", "{*}mergeCell"), ("end",)):
        if element.tag.endswith("}row"):
            last = number(element.get("r"), last + 1) if (element.get("r") or "").isdigit() else last + 1
            cells = list(_cells(element, values))
            values.hidden += bool(cells) and element.get("hidden") in ("1", "true")
            yield last, cells
        elif area := _area(element.get("ref", "")):
            values.merged.append(area)
        forget(element)


def words(element: etree._Element) -> str:
    """The text of a string, its runs joined; the reading aids of East Asian names are no part of it."""
    said = "".join(one.text or "" for one in element.iter("{*}t") if not _is_aid(one))
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), said)


def forget(element: etree._Element) -> None:
    """Let go of an element that was read, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _is_aid(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag.endswith("}rPh")


def _cells(row: etree._Element, values: Values) -> Iterator[tuple[int, str]]:
    column = -1
    for cell in row.iterchildren("{*}c"):
        place = _PLACE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        said = _said(cell, values)
        if said:
            yield column, said


def _said(cell: etree._Element, values: Values) -> str:
    """What the cell shows."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return words(cell)
    value = next((one.text or "" for one in cell.iterchildren("{*}v")), "")
    if not value:
        values.unsaved += next(cell.iterchildren("{*}f"), None) is not None
        return ""
    if kind == "s":
        at = number(value, -1)
        return values.strings[at] if 0 <= at < len(values.strings) else ""
    if kind == "n":
        style = number(cell.get("s"), -1)
        code = values.codes[style] if 0 <= style < len(values.codes) else ""
        return shown(value, code, mac=values.mac)
    return _TRUTH.get(value, value) if kind == "b" else value


def _column(letters: str) -> int:
    """A -> 0, AB -> 27."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def _area(reference: str) -> Area | None:
    """A1:F2 as rows and columns."""
    ends = [_PLACE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (left, top), (right, bottom) = ((_column(end[1]), int(end[2])) for end in ends if end)
    return (top, left, bottom, right) if top <= bottom and left <= right else None
