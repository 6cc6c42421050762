"""The order in which a page is read: rows from top to bottom, one column after the other, tables in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from statistics import median

from pipeline.readers.paged.line import Line, Ruled, Sheet, rows

_FULL = 0.7  # of its column's width: as much is filled by most lines of a column
_MOSTLY = 0.6  # of a column's words stand in such lines
_FEWEST = 4  # lines that make a column
_MIDDLE = (0.25, 0.75)  # of the width of the text: there two columns part
_INDENT = (1.5, 2.7)  # em that begin a paragraph
_ENOUGH = 7  # rows that tell how wide a character is
_NEAR = 0.3  # em between rows that begin at the same place
_SLACK = 2.2  # em that a full row may lack
_LONG = 0.5  # of the width of the text

Item = Line | Ruled


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of lines, one below the other, with the edges that several share; `left` is None where none do.

    `em`: the width of a Han character in the full rows.
    """

    rows: list[list[Line]]
    left: float | None
    right: float
    em: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Column:
        """The column that these lines make."""
        found = rows(lines)
        width = max(row[-1].x1 for row in found) - min(row[0].x0 for row in found)
        long = [row for row in found if row[-1].x1 - row[0].x0 > width * _LONG]
        if len(long) < 2:
            return cls(found, None, 0.0, 1.0)
        starts, ends = sorted(row[0].x0 for row in found), sorted(row[-1].x1 for row in long)
        em = median([row[0].em for row in long[:_ENOUGH]])
        left = next((a for a, b in pairwise(starts) if b - a < _NEAR * em), None)
        return cls(found, left, ends[-1 - len(ends) // 20], em)

    def is_indented(self, row: Sequence[Line]) -> bool:
        """Does the row begin a paragraph?"""
        return self.left is not None and _INDENT[0] * self.em < row[0].x0 - self.left < _INDENT[1] * self.em

    def is_full(self, row: Sequence[Line]) -> bool:
        """Does the row reach the right edge?"""
        return self.left is not None and row[-1].x1 > self.right - _SLACK * self.em

    def goes_on(self, row: Sequence[Line]) -> bool:
        """Does the row begin at the left edge?"""
        return self.left is not None and abs(row[0].x0 - self.left) < 0.7 * self.em


def blocks(sheet: Sheet, gutter: float) -> list[Column | Ruled]:
    """The page in the order of reading: columns and tables. `gutter`: where two columns part, 0 for none."""
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


def gutters(sheets: Sequence[Sheet]) -> Iterator[float]:
    """Where the two columns of every page part, 0 on a page of one; a last page with few lines is set as the one before."""
    before = 0.0
    for sheet in sheets:
        crossing = sum(line.x0 < before < line.x1 for line in sheet.lines)
        found = _gutter(sheet.lines)
        before = found or (before if crossing * 5 < len(sheet.lines) else 0.0)
        yield before


def _gutter(lines: Sequence[Line]) -> float:
    """Where two columns of running text part; 0 on a page of one column."""
    if len(lines) < 2 * _FEWEST:
        return 0.0
    gaps = [(a.x1, b.x0) for row in rows(lines) for a, b in pairwise(row)]
    gutter, count = _busiest(gaps)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    if count < _FEWEST or not _MIDDLE[0] < (gutter - left) / (right - left) < _MIDDLE[1]:
        return 0.0
    sides = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
    return gutter if all(_is_column(side) for side in sides) else 0.0


def _busiest(gaps: Sequence[tuple[float, float]]) -> tuple[float, int]:
    """The middle of what most gaps have in common, and how many these are.

    >>> _busiest([(80, 100), (60, 100), (85, 104), (10, 20)])
    (92.5, 3)
    """
    ends = sorted([(start, 1) for start, _ in gaps] + [(stop, -1) for _, stop in gaps])
    counts = list(accumulate(step for _, step in ends))
    most = max(counts, default=0)
    at = counts.index(most) if most else 0
    return ((ends[at][0] + ends[at + 1][0]) / 2, most) if most else (0.0, 0)


def _is_column(lines: Sequence[Line]) -> bool:
    """Running text: most of its lines are full, as the cells of a table are not."""
    if len(lines) < _FEWEST:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = [size for line in lines if (size := line.x1 - line.x0) > width * _FULL]
    return len(full) >= _FEWEST and sum(full) > _MOSTLY * sum(line.x1 - line.x0 for line in lines)
