"""Ruled lines -> the cells that they enclose; lines of words -> the cells in which they stand.

pdfplumber's algorithm joins the lines and finds the cells; it is loaded for pages that have ruled lines alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.readers.paged.line import Box, Line, Ruled

_SNAP = 3.0  # points: lines nearer than that are one
_MOST = 2_000  # lines of one page; drawings have more
_BLANKS = " \u3000\xa0\t\u200b"
_SMALL = 4.0  # points: what lies nearer is no cell


class Rule(NamedTuple):
    """A straight line along the edges of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Does it run from left to right?"""
        return self.x1 - self.x0 > self.bottom - self.top


def tables(rules: Sequence[Rule], scale: float = 1.0) -> list[Ruled]:
    """The tables that ruled lines make, without their words; `scale`: pixels a point."""
    if not 4 <= len(rules) <= _MOST or len({rule.level for rule in rules}) < 2:
        return []
    from pdfplumber import table as plumber

    near = _SNAP * scale
    edges = plumber.merge_edges([*map(_edge, [*rules, *_sides(rules, near)])], near, near, near, near)
    crossings = plumber.edges_to_intersections(edges, near, near)
    found = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    made = [_ruled([cell for cell in cells if _is_cell(cell, scale)]) for cells in found]
    return sorted([table for table in made if table], key=lambda table: table.top)


def settle(lines: Sequence[Line], found: Sequence[Ruled]) -> list[Line]:
    """Put the words that stand in cells there; what is left stands outside."""
    if not found:
        return list(lines)
    outside: list[Line] = []
    for line in lines:
        table = next((one for one in found if _holds(one, line)), None)
        for box, part in _parts(line, table) if table else [(None, line)]:
            if box is None or table is None:
                outside.append(part)
            else:
                table.words[box].append(part)
    return outside


def _holds(table: Ruled, line: Line) -> bool:
    return table.top <= line.middle <= table.bottom and line.x0 < table.x1 and table.x0 < line.x1


def _sides(rules: Sequence[Rule], near: float) -> Iterator[Rule]:
    """The sides of tables that are open on the left and right: between level lines of the same length, parted inside."""
    upright = [rule for rule in rules if not rule.level]

    def ends(rule: Rule) -> tuple[int, int]:
        return round(rule.x0 / near), round(rule.x1 / near)

    level = sorted([rule for rule in rules if rule.level], key=lambda rule: (ends(rule), rule.top))
    for _, group in groupby(level, key=ends):
        for above, below in pairwise(group):
            middle = (above.top + below.top) / 2
            if any(one.top < middle < one.bottom and above.x0 < one.x0 < above.x1 for one in upright):
                yield Rule(above.x0, above.top, above.x0, below.bottom)
                yield Rule(above.x1, above.top, above.x1, below.bottom)


def _edge(rule: Rule) -> dict[str, object]:
    """A line as pdfplumber's algorithm takes it."""
    level = rule.level
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    x0, x1 = (rule.x0, rule.x1) if level else (x, x)
    top, bottom = (y, y) if level else (rule.top, rule.bottom)
    return {
        "orientation": "h" if level else "v",
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _is_cell(cell: tuple[float, float, float, float], scale: float) -> bool:
    return cell[2] - cell[0] > _SMALL * scale and cell[3] - cell[1] > _SMALL * scale


def _ruled(cells: Sequence[tuple[float, float, float, float]]) -> Ruled | None:
    """The grid of the cells; a frame around a text is no table."""
    xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
    ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
    if len(xs) < 3:
        return None
    column, row = {x: i for i, x in enumerate(xs)}, {y: i for i, y in enumerate(ys)}
    boxes = [
        Box(
            *cell,
            row[cell[1]],
            column[cell[0]],
            row[cell[3]] - row[cell[1]],
            column[cell[2]] - column[cell[0]],
        )
        for cell in cells
    ]
    boxes.sort(key=lambda box: (box.row, box.column))
    return Ruled(xs[0], ys[0], xs[-1], ys[-1], tuple(boxes), tuple([] for _ in boxes))


def _parts(line: Line, table: Ruled) -> Iterator[tuple[int | None, Line]]:
    """The line cut where it passes from one cell to another, each part with its cell."""
    near = [(index, box) for index, box in enumerate(table.boxes) if box.top <= line.middle <= box.bottom]
    near.sort(key=lambda one: one[1].x0)
    starts = [box.x0 for _, box in near]
    centres = line.centres()

    def cell(at: int) -> int | None:
        place = bisect_right(starts, centres[at]) - 1
        return near[place][0] if place >= 0 and centres[at] <= near[place][1].x1 else None

    for box, group in groupby(range(len(line.words)), key=cell):
        held = list(group)
        begin, end = held[0], held[-1] + 1
        while begin < end and line.words[begin] in _BLANKS:
            begin += 1
        while begin < end and line.words[end - 1] in _BLANKS:
            end -= 1
        words = line.words[begin:end]
        if words:
            x0, x1 = centres[begin], centres[end - 1]
            half = line.em / 2
            at = tuple(centres[begin:end]) if line.at else ()
            yield box, Line(x0 - half, line.top, x1 + half, line.bottom, words, line.score, at)
