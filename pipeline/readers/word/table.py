"""Tables of a Word document: the grid places of cells, merged ones resolved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.readers.canvas import Canvas
from pipeline.readers.word.xml import child, names, number, value
from schemas.text import Cell

_CELL = frozenset(names("tc"))
_HOLDERS = frozenset(names("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_MOST = 200  # columns that one cell may span


@dataclass(frozen=True, slots=True)
class Box:
    """A `w:tc`: how many columns it spans, whether it goes on from the cell above or from the one on its left."""

    element: etree._Element
    columns: int
    goes_down: bool
    goes_right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A `w:tr`: its cells, the columns before the first."""

    cells: tuple[Box, ...]
    before: int
    is_deleted: bool

    @classmethod
    def of(cls, element: etree._Element) -> Row:
        """The row that the element holds."""
        properties = child(element, "trPr")
        before = min(number(value(child(properties, "gridBefore")), 0), _MOST)
        gone = child(properties, "del") is not None
        return cls(tuple(_box(cell) for cell in _cells(element)), before, gone)


class Table:
    """A table while it is written; `is_layout`: it holds another and only lays the page out."""

    def __init__(self, canvas: Canvas, count: int) -> None:
        self.canvas, self.count = canvas, count
        self.is_layout = False
        self._cells: list[Cell] = []
        self._above: dict[int, int] = {}  # column: the cell that stands there, to be found among the cells
        self._row = -1
        self._column = 0
        self._start = 0
        self._breaks: list[list[int]] = []

    @contextmanager
    def row(self, before: int) -> Iterator[None]:
        """A line for the cells that are written within; a page that turns in several cells turns once."""
        self._row += 1
        self._column = before
        self._breaks = []
        kept = len(self.canvas.breaks)
        yield
        self.canvas.end_line()
        most = max([len(turns) for turns in self._breaks], default=0)
        self.canvas.breaks[kept:] = next((turns for turns in self._breaks if len(turns) == most), [])

    def opens(self, box: Box) -> bool:
        """Begin the next cell; False for what belongs to a cell above or on the left."""
        column, self._column = self._column, self._column + box.columns
        if box.goes_right and self._cells and self._cells[-1].row == self._row:
            self._cells[-1] = replace(self._cells[-1], columns=self._cells[-1].columns + box.columns)
            return False
        origin = self._above.get(column)
        if box.goes_down and origin is not None:
            above = self._cells[origin]
            if above.row + above.rows == self._row and above.columns == box.columns:
                self._cells[origin] = replace(above, rows=above.rows + 1)
                return False
        if self._breaks:
            self.canvas.write("\t")
        self._start, self._kept = self.canvas.size, len(self.canvas.breaks)
        return True

    def close(self, box: Box) -> None:
        """End the cell that was begun."""
        span = self.canvas.trim(self._start)
        self._breaks.append(self.canvas.breaks[self._kept :])
        column = self._column - box.columns
        self._above[column] = len(self._cells)
        self._cells.append(Cell(self.count, self._row, column, span, 1, box.columns))

    def finish(self) -> None:
        """Hand the cells over, unless the table only lays the page out."""
        self.canvas.end_line()
        if not self.is_layout:
            self.canvas.cells += self._cells


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if part.tag in _CELL:
            if child(child(part, "tcPr"), "cellDel") is None:
                yield part
        elif part.tag in _HOLDERS:
            yield from _cells(part)


def _box(element: etree._Element) -> Box:
    properties = child(element, "tcPr")
    columns = max(1, min(number(value(child(properties, "gridSpan")), 1), _MOST))
    down, right = child(properties, "vMerge"), child(properties, "hMerge")
    return Box(element, columns, _goes_on(down), _goes_on(right))


def _goes_on(merge: etree._Element | None) -> bool:
    return merge is not None and value(merge) != "restart"
