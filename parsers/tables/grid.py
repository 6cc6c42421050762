"""A table as a layout shows it: rows of cells, each cell the spans of its words in the raw text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from parsers.departments.vocabulary import Grade, grade
from schemas.text import Span

# Unicode's noncharacters are for internal use: they mark the table in the normalised text.
OPEN, CLOSE, ROW, CELL, ABOVE, LEFT, BREAK, GLUED = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"

Part = Span | str
NUMBER = regex.compile(  # what counts a row: 1, 2., 3-1, 第012号
    r"(?P<n>[0-9]{1,4})(?:[-—.](?P<sub>[0-9]{1,3}))?[.、]?|第(?P<n>[0-9]{1,4})号"
)
_BLANK = " \t\n\r\u3000*\xa0"
_NUMBERED = regex.compile(
    r"[（(]?[0-9]{1,2}[.、）)](?![0-9])|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[-·●■]"
)
_ENDING = regex.compile(
    "(?:人民)?政府|(?:监督)?(?:管理)?委员会|管委会|办事处|办公室|中心|分局"
)  # of a broken name
_FIRST = regex.compile(r"[^、，；。：\s（）]{1,45}")
_LAST = regex.compile(r"(?<![^、，；。：\s（）])[^、，；。：\s（）]{1,45}$")


class GridCell(NamedTuple):
    """`lines`: where the words of the cell stand, line by line; `merged`: ABOVE or LEFT where it goes on from there."""

    lines: tuple[Span, ...] = ()
    merged: str = ""

    def words(self, chars: str) -> str:
        """The words on one line; the mark of a merged cell."""
        return self.merged or "".join([chars[start:stop] for start, stop in self.lines])


Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table at [start, stop) of the raw text; `glued`: nothing holds its cells apart."""

    start: int
    stop: int
    rows: tuple[Row, ...]
    glued: bool = False


def trimmed(chars: str, start: int, stop: int) -> Span:
    """The span without blanks and emphasis at its ends; 市教育局* is no emphasis, but a mark."""
    part = chars[start:stop]
    left = len(part) - len(part.lstrip(_BLANK))
    right = len(part.rstrip(_BLANK))
    if "*" in part:
        before, behind = part[:left].count("*"), part[right:].count("*")
        left -= (before, behind) == (1, 0) and part[left - 1] == "*"
        right += (before, behind) == (0, 1) and part[right] == "*"
    return start + left, start + max(left, right)


def cell(chars: str, *spans: Span) -> GridCell:
    """The cell whose lines are these spans; blank ones do not count."""
    lines = [trimmed(chars, *span) for span in spans]
    return GridCell(tuple([line for line in lines if line[0] < line[1]]))


def texts(chars: str, rows: Sequence[Row]) -> list[list[str]]:
    """The words of every cell."""
    return [[one.words(chars) for one in row] for row in rows]


def parts(chars: str, grid: Grid) -> Iterator[Part]:
    """The table for the normalised text: marks, and spans of the raw text in the order of reading."""
    yield OPEN + GLUED * grid.glued
    for row in grid.rows:
        yield ROW
        for one in row:
            yield CELL + one.merged
            above: Span | None = None
            listed = any("、" in chars[start:stop] for start, stop in one.lines)
            named = len(one.lines) > 1 and _is_named(chars, one)
            for line in one.lines:
                if above is not None:
                    yield BREAK if named else _glue(chars, above, line, listed)
                yield line
                above = line
    yield CLOSE


def _glue(chars: str, above: Span, below: Span, listed: bool) -> str:
    """What stands between two lines of a cell: nothing where the upper one was broken, else BREAK.

    `listed`: names in the cell are held apart by 、 and so not by lines.
    """
    upper, lower = chars[above[0] : above[1]], chars[below[0] : below[1]]
    if (
        upper[-1] in "、，（《“—及和"
        or lower[0] in "、，。；：）》”"
        or upper.count("（") > upper.count("）")
    ):
        return ""
    if upper[-1] in "。；：！？" or _NUMBERED.match(lower):
        return BREAK
    return BREAK if not listed and _is_name(_LAST.search(upper)) and _is_name(_FIRST.match(lower)) else ""


def _is_named(chars: str, one: GridCell) -> bool:
    """Is every line of the cell a name of its own? 文化股 | 图书馆 | 博物馆"""
    words = [chars[start:stop] for start, stop in one.lines]
    grades = [grade(text) for text in words]
    return all(grades) and Grade.SURE in grades and not any(map(_ENDING.fullmatch, words))


def _is_name(found: regex.Match[str] | None) -> bool:
    return found is not None and grade(found[0]) == Grade.SURE
