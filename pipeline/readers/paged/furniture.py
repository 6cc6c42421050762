"""What belongs to the pages, not to the text: running heads and feet, page numbers, marks laid over the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median

import regex

from pipeline.readers.paged.line import Line, Sheet, pitch, rows

_EDGE = 0.13  # of the height of a page: heads and feet stand nearer to its edges
_OFTEN = 0.4  # of the pages: heads may differ between left and right pages
_ENOUGH = 5  # pages that share a head, however many there are
_LONG = 60  # characters of a head
_SMALL = 0.9  # times the usual size: so are heads that stand close to the words
_LARGE = 1.5  # times the usual height: the letters of a watermark
_NUMBER = regex.compile(r"[0-9０-９]{1,4}")
_SIGNED = regex.compile(
    r"""[ \u3000]*(?:[-—–―─·•~～]+[ ]*[0-9０-９]{1,4}[ ]*[-—–―─·•~～]+|第[ ]*[0-9]{1,4}[ ]*页(?:[ /，,（(]*共[ ]*[0-9]{1,4}[ ]*页[)）]?)?
    |[0-9]{1,4}[ ]?/[ ]?[0-9]{1,4}[ ]*页?|[Pp]age[ ]?[0-9]{1,4}(?:[ ]?(?:of|/)[ ]?[0-9]{1,4})?)[ \u3000]*""",
    regex.VERBOSE,
)
_BLANKS = dict.fromkeys(map(ord, " \u3000\xa0\t"))

Key = tuple[object, ...]


def set_aside(sheets: Sequence[Sheet]) -> None:
    """Move the furniture of all pages from their lines to what is set aside.

    A line at the edge of the page, apart from the words, that stands at the same height on many pages, or counts
    them; a page number in a form of its own.
    """
    edges = [list(_edge_lines(sheet)) for sheet in sheets]
    counts = Counter(
        key for page, lines in enumerate(edges) for key in {k for one in lines for k in _keys(*one, page)}
    )
    often = min(max(2, ceil(_OFTEN * len(sheets))), _ENOUGH)
    for page, (sheet, lines) in enumerate(zip(sheets, edges, strict=True)):
        gone = [line for line, at in lines if any(counts[key] >= often for key in _keys(line, at, page))]
        gone += [line for line, _ in lines if line not in gone and _is_number(line, sheet)]
        gone += [*_watermarks(sheet), *_margin_signs(sheet)]
        if gone:
            sheet.aside += [line.words for line in gone]
            sheet.lines = [line for line in sheet.lines if line not in gone]


def _edge_lines(sheet: Sheet) -> Iterator[tuple[Line, float]]:
    """The lines at the upper and lower edge of a page that stand apart, each with its relative height."""
    if not sheet.lines:
        return
    usual = pitch(rows(sheet.lines))
    em = median([line.em for line in sheet.lines[:: len(sheet.lines) // 9 + 1]])
    inwards = sorted(sheet.lines, key=lambda line: line.middle)
    for ordered in (inwards, inwards[::-1]):
        for index, line in enumerate(ordered):
            at = line.middle / max(sheet.height, 1.0)
            if (at if ordered is inwards else 1 - at) > _EDGE or len(line.words) > _LONG:
                break
            apart = (abs(one.middle - line.middle) for one in ordered[index + 1 :])
            if (
                next((step for step in apart if step > line.bottom - line.top), usual * 2) < usual * 1.25
                and line.em > em * _SMALL
            ):
                break
            yield line, at


def _keys(line: Line, at: float, page: int) -> Iterator[Key]:
    """What the line shares with those of other pages: its words, or its words around a number that counts the pages."""
    words = line.words.translate(_BLANKS)
    for place in (int(at * 60), int(at * 60 + 0.5) + 1_000):  # two grids: neighbours meet in one of them
        yield words, place
        for number in _NUMBER.finditer(words):
            yield words[: number.start()], words[number.end() :], int(number[0]) - page, place


def _is_number(line: Line, sheet: Sheet) -> bool:
    """A page number, told by its form or, where it is bare, by standing alone below all words."""
    if _SIGNED.fullmatch(line.words):
        return True
    lowest = max(line.middle for line in sheet.lines)
    return _NUMBER.fullmatch(line.words) is not None and line.middle == lowest and len(line.words) < 4


def _watermarks(sheet: Sheet) -> list[Line]:
    """Large words that others are printed over."""
    if len(sheet.lines) < 4:
        return []
    usual = median([line.bottom - line.top for line in sheet.lines])
    large = [line for line in sheet.lines if line.bottom - line.top > usual * _LARGE]
    return [
        line for line in large if sum(_overlap(line, other) for other in sheet.lines if other is not line) > 1
    ]


def _overlap(one: Line, other: Line) -> bool:
    """Does the middle of the other line run through this one?"""
    return one.top < other.middle < one.bottom and other.x0 < one.x1 and one.x0 < other.x1


def _margin_signs(sheet: Sheet) -> list[Line]:
    """Single characters beside the words, such as those of 装订线 one above the other."""
    width = max((line.x1 for line in sheet.lines), default=0.0) - min(
        (line.x0 for line in sheet.lines), default=0.0
    )
    full = [line for line in sheet.lines if line.x1 - line.x0 > width / 2]
    if len(full) < 3:
        return []
    left, right = min(line.x0 for line in full), max(line.x1 for line in full)
    alone = [line for line in sheet.lines if len(line.words) == 1 and not line.words.isascii()]
    return [line for line in alone if line.x1 < left - line.em / 2 or line.x0 > right + line.em / 2]
