"""The table in the normalised text, found by its marks: rows of slots, and which row is what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from parsers.tables.columns import SECTION
from parsers.tables.grid import ABOVE, BREAK, CELL, CLOSE, GLUED, LEFT, OPEN, ROW
from parsers.tables.header import Header, counted, find
from parsers.vocab import terms
from schemas.text import Span, Text

_MARKED = regex.compile(f"{OPEN}[^{OPEN}{CLOSE}]*+{CLOSE}")
_MARK = regex.compile(f"[{OPEN}-{GLUED}]")
_SAME = ("同上", "〃", "″", "同前", "同左上")
_NOTE = regex.compile(r"(?:注|备注|说明|填表说明)[：:1]")
_HAN_NUMBER = regex.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.]?")
_HEADING = 80  # characters of a section row


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: [start, stop) are its words, those of another cell where it goes on from there (`merged`)."""

    start: int
    stop: int
    merged: str = ""

    @property
    def own(self) -> bool:
        """Has the cell words of its own?"""
        return self.start < self.stop and not self.merged


Slots = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table at [start, stop): its headings and the rows below them; `chars` are those of the whole text."""

    chars: str
    start: int
    stop: int
    header: Header
    heads: Slots
    rows: tuple[Slots, ...]

    def words(self, slot: Slot) -> str:
        """The words of a cell."""
        return self.chars[slot.start : slot.stop]

    def is_section(self, row: Slots) -> bool:
        """Does the row head the rows to come? One cell over all columns does, 一、 in the column of numbers too."""
        held = [slot for slot in row if slot.own]
        if not held or held[0].stop - held[0].start > _HEADING:
            return False
        if self.header.kinds[0] == "number" and row[0].own and _HAN_NUMBER.fullmatch(self.words(row[0])):
            return (
                sum("、" in self.words(slot) or "." in self.words(slot) for slot in row[:1]) > 0
                or len(held) <= 2
            )
        if len(held) > 1:
            return False
        alone = all(slot.merged == LEFT for slot in row[1:])
        return (alone or bool(SECTION.match(self.words(held[0])))) and not _NOTE.match(self.words(held[0]))

    def is_row(self, row: Slots) -> bool:
        """Is it a row of the table's own kind, no sum, no note, no heading printed again?"""
        held = [self.words(slot) for slot in row if slot.own]
        if not held or _NOTE.match(held[0]) or held[0].strip("：:（） ") in _totals():
            return False
        heads = {_bare(text) for text in self.header.words}
        again = sum(_bare(text) in heads for text in held)
        return again * 2 <= len(held) or (again == 1 and len(held) > 1)


def _totals() -> tuple[str, ...]:
    return next(term.aliases for term in terms("tables") if term.canonical == "total")


def _bare(text: str) -> str:
    return "".join(text.split()).strip("*")


def opened(text: Text) -> Text:
    """The normalised text as it is read: paragraphs inside cells end like others, now that no line is joined any more."""
    return Text(text.chars.replace(BREAK, "\n"), text.origin, text.at) if OPEN in text.chars else text


def flat(chars: str) -> str:
    """The same text, as long, with a line's end wherever a cell begins or ends."""
    return _MARK.sub("\n", chars)


def spans(chars: str) -> list[Span]:
    """Where tables stand in the normalised text."""
    return [match.span() for match in _MARKED.finditer(chars)] if OPEN in chars else []


def unreadable(chars: str) -> list[Span]:
    """Where tables stand whose columns nothing holds apart."""
    return [span for span in spans(chars) if chars.startswith(GLUED, span[0] + 1)]


def blanked(chars: str) -> str:
    """The same text, as long, with a blank wherever a table stands.

    >>> blanked(f"表{OPEN}{ROW}{CELL}甲{CLOSE}。")
    '表     。'
    """
    if OPEN not in chars:
        return chars
    return _MARKED.sub(lambda match: " " * len(match[0]), chars)


def marked(chars: str) -> Iterator[Table]:
    """The tables of the normalised text, in order."""
    if OPEN not in chars:
        return
    for match in _MARKED.finditer(chars):
        rows = list(_rows(chars, match.start(), match.end() - 1))
        header = find([[_words(chars, slot) for slot in row] for row in rows])
        if header is not None:
            width = len(header.kinds)
            body = [row for row in _resolved(chars, rows, header.stop) if len(row) == width]
            header = counted(header, [[_words(chars, slot) for slot in row] for row in body])
            yield Table(chars, *match.span(), header, rows[header.stop - 1], tuple(body))


def _words(chars: str, slot: Slot) -> str:
    return slot.merged or chars[slot.start : slot.stop]


def _rows(chars: str, start: int, stop: int) -> Iterator[Slots]:
    bounds = [match.start() for match in regex.finditer(ROW, chars, pos=start, endpos=stop)]
    for begin, end in zip(bounds, [*bounds[1:], stop], strict=True):
        cells = [match.end() for match in regex.finditer(CELL, chars, pos=begin, endpos=end)]
        yield tuple(_slot(chars, a, b - 1) for a, b in zip(cells, [*cells[1:], end + 1], strict=True))


def _slot(chars: str, start: int, stop: int) -> Slot:
    merged = chars[start] if start < stop and chars[start] in (ABOVE, LEFT) else ""
    start += len(merged)
    while start < stop and chars[start] in " \n\u3000":
        start += 1
    while start < stop and chars[stop - 1] in " \n\u3000":
        stop -= 1
    return Slot(start, stop, merged)


def _resolved(chars: str, rows: Sequence[Slots], first: int) -> Iterator[Slots]:
    """Give merged cells the words they share; 同上 shares those above it."""
    above: Sequence[Slot] = ()
    for row in rows[first:]:
        found: list[Slot] = []
        for column, slot in enumerate(row):
            same = slot.merged == ABOVE or chars[slot.start : slot.stop] in _SAME
            if same and column < len(above):
                found.append(Slot(above[column].start, above[column].stop, ABOVE))
            elif slot.merged == LEFT and found:
                found.append(Slot(found[-1].start, found[-1].stop, LEFT))
            else:
                found.append(slot)
        yield tuple(found)
        above = found
