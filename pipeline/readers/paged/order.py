"""The order in which a page is read: rows from top to bottom, one column after the other, tables in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from pipeline.readers.paged.line import Line, Ruled, Sheet, rows

_FULL = 0.7  # of its column's width: as much is filled by most lines of a column
_MOSTLY = 0.6  # of a column's words stand in such lines
_FEWEST = 4  # lines that make a column
_MIDDLE = (0.25, 0.75)  # of the width of the text: there two columns part
_INDENT = (1.5, 2.7)  # em that begin a paragraph
_LONG = 0.5  # of the width of the text

Item = Line | Ruled


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of lines, one below the other, with the edges that its full rows share; `left` is None where none is full."""

    rows: list[list[Line]]
    left: float | None
    right: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Column:
        """The column that these lines make."""
        found = rows(lines)
        width = max(row[-1].x1 for row in found) - min(row[0].x0 for row in found)
        long = [row for row in found if row[-1].x1 - row[0].x0 > width * _LONG]
        starts, ends = sorted(row[0].x0 for row in long), sorted(row[-1].x1 for row in long)
        if len(long) < 2:
            return cls(found, None, ends[-1] if ends else 0.0)
        return cls(found, starts[len(starts) // 5], ends[-1 - len(ends) // 20])

    def is_indented(self, row: Sequence[Line]) -> bool:
        """Does the row begin a paragraph?"""
        em = max(row[0].em, 1.0)
        return self.left is not None and _INDENT[0] * em < row[0].x0 - self.left < _INDENT[1] * em

    def is_full(self, row: Sequence[Line]) -> bool:
        """Does the row reach the right edge?"""
        return self.left is not None and row[-1].x1 > self.right - 1.4 * row[-1].em

    def goes_on(self, row: Sequence[Line]) -> bool:
        """Does the row begin at the left edge?"""
        return self.left is not None and abs(row[0].x0 - self.left) < 0.7 * row[0].em


def blocks(sheet: Sheet) -> list[Column | Ruled]:
    """The page in the order of reading: columns and tables."""
    gutter = _gutter(sheet.lines)
    found: list[Column | Ruled] = []
    band: list[Item] = []
    crossed = False
    items: list[Item] = [*sheet.lines, *sheet.tables]
    for item in sorted(items, key=lambda item: item.middle):
        crosses = item.x0 < gutter < item.x1
        if crosses != crossed:
            found += _flowed(band, gutter)
            band = []
        band.append(item)
        crossed = crosses
    return found + _flowed(band, gutter)


def _flowed(band: Sequence[Item], gutter: float) -> list[Column | Ruled]:
    """What stands between two things that reach over the page: the left column before the right one."""
    sides = [item for item in band if item.x1 <= gutter], [item for item in band if item.x0 >= gutter]
    if gutter and min(map(len, sides)) > 1:
        return [block for side in sides for block in _stacked(side)]
    return _stacked(band)


def _stacked(items: Sequence[Item]) -> list[Column | Ruled]:
    """Lines and tables one below the other."""
    found: list[Column | Ruled] = []
    for ruled, group in groupby(items, key=lambda item: isinstance(item, Ruled)):
        held = list(group)
        if ruled:
            found += [item for item in held if isinstance(item, Ruled)]
        else:
            found.append(Column.of([item for item in held if isinstance(item, Line)]))
    return found


def printed(row: Sequence[Line]) -> str:
    """A row as a line of text; a gap keeps its width.

    >>> printed([Line(24, 0, 72, 12, "各乡镇："), Line(120, 0, 168, 12, "县教育局")])
    '各乡镇：        县教育局'
    """
    pieces = [row[0].words]
    for left, right in pairwise(row):
        half = max(min(left.em, right.em) / 2, 1.0)
        pieces += [" " * min(max(round((right.x0 - left.x1) / half), 1), 60), right.words]
    return "".join(pieces)


def _gutter(lines: Sequence[Line]) -> float:
    """Where two columns of running text part; 0 on a page of one column."""
    if len(lines) < 2 * _FEWEST:
        return 0.0
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gaps = [
        (a.x1 + b.x0) / 2
        for row in rows(lines)
        for a, b in pairwise(row)
        if _MIDDLE[0] < ((a.x1 + b.x0) / 2 - left) / (right - left) < _MIDDLE[1]
    ]
    if len(gaps) < _FEWEST:
        return 0.0
    gutter = median(gaps)
    sides = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
    return gutter if all(_is_column(side) for side in sides) else 0.0


def _is_column(lines: Sequence[Line]) -> bool:
    """Running text: most of its lines are full, as the cells of a table are not."""
    if len(lines) < _FEWEST:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = [size for line in lines if (size := line.x1 - line.x0) > width * _FULL]
    return len(full) >= _FEWEST and sum(full) > _MOSTLY * sum(line.x1 - line.x0 for line in lines)
