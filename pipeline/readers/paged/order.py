"""The order in which a page is read: rows from top to bottom, one column after the other, tables in their place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.readers.paged.line import Line, Ruled, Sheet, rows

_FULL = 0.7  # of its column's width: as much is filled by most lines of a column
_MOSTLY = 0.6  # of a column's words stand in such lines
_FEWEST = 4  # lines that make a column
_MIDDLE = (0.25, 0.75)  # of the width of the text: there two columns part
_INDENT = (1.5, 2.7)  # em that begin a paragraph
_LONG = 0.5  # of the width of the text

Block = list[list[Line]] | Ruled


def blocks(sheet: Sheet) -> list[Block]:
    """The page in the order of reading: rows of lines that belong together, and tables."""
    gutter = _gutter(sheet.lines)
    found: list[Block] = []
    band: list[Line] = []
    crossed = False
    items: list[Line | Ruled] = [*sheet.lines, *sheet.tables]
    for item in sorted(items, key=lambda item: item.middle):
        crosses = isinstance(item, Ruled) or item.x0 < gutter < item.x1
        if isinstance(item, Ruled) or crosses != crossed:
            found += _flowed(band, gutter)
            band = []
        if isinstance(item, Ruled):
            found.append(item)
        else:
            band.append(item)
        crossed = crosses
    return found + _flowed(band, gutter)


def _flowed(band: Sequence[Line], gutter: float) -> list[Block]:
    """The lines between two that reach over the page: the left column before the right one."""
    sides = [line for line in band if line.x1 <= gutter], [line for line in band if line.x0 >= gutter]
    if gutter and min(map(len, sides)) > 1:
        return [rows(side) for side in sides]
    return [rows(band)] if band else []


def printed(row: Sequence[Line], margin: float | None) -> str:
    """A row as a line of text; a gap keeps its width, the indent of a paragraph becomes two ideographic blanks.

    >>> printed([Line(24, 0, 72, 12, "各乡镇："), Line(120, 0, 168, 12, "县教育局")], margin=0)
    '\\u3000\\u3000各乡镇：        县教育局'
    """
    pieces = [row[0].words]
    for left, right in pairwise(row):
        half = max(min(left.em, right.em) / 2, 1.0)
        pieces += [" " * min(max(round((right.x0 - left.x1) / half), 1), 60), right.words]
    em = max(row[0].em, 1.0)
    indented = margin is not None and _INDENT[0] * em < row[0].x0 - margin < _INDENT[1] * em
    return ("\u3000\u3000" if indented else "") + "".join(pieces)


def margin(found: Sequence[Sequence[Line]]) -> float | None:
    """Where the full lines of a column begin; None where there are none."""
    if not found:
        return None
    width = max(row[-1].x1 for row in found) - min(row[0].x0 for row in found)
    starts = sorted(row[0].x0 for row in found if row[-1].x1 - row[0].x0 > width * _LONG)
    return starts[len(starts) // 5] if len(starts) > 1 else None


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
