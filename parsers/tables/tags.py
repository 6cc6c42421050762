"""Tables of HTML tags inside a text, and the cells that a reader of a format saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import regex

from parsers.tables.grid import ABOVE, LEFT, Grid, GridCell, Row, cell, texts
from parsers.tables.header import find
from schemas.text import Cell, Span

_TAG = regex.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9：:]{0,15})(?P<more>[^<>]{0,2000})>|&[a-zA-Z]{2,6}[；;]?|&#[0-9]{1,5}[；;]|<!--[^<>]{0,300}-->"
)
_SPAN = regex.compile(r"(?P<way>row|col)span[ ]?=[ ]?[\"'“”]?(?P<count>[0-9]{1,3})", regex.IGNORECASE)
_MOST = 200  # columns or rows that one cell may span
_WIDEST = 60  # columns of a table that is read


class Placed(NamedTuple):
    """A cell of an HTML table: where it begins, over how many rows and columns it reaches."""

    row: int
    column: int
    rows: int
    columns: int
    cell: GridCell


def tagged(chars: str) -> Iterator[Grid]:
    """The <table>s of a text; of tables inside tables the inner ones."""
    table: _Table | None = None
    for match in _TAG.finditer(chars):
        name = (match["name"] or "").lower()
        if name == "table" and not match["close"]:
            table = _Table(chars, match.start())
        elif table is not None:
            if name == "table":
                yield from _recognised(
                    chars, Grid(table.start, match.end(), spread(table.finish(match.start())))
                )
                table = None
            else:
                table.take(name, match)


def seen(chars: str, cells: Sequence[Cell]) -> Iterator[Grid]:
    """The tables whose cells a reader saw."""
    for _, group in groupby(sorted(cells, key=lambda one: one.table), key=lambda one: one.table):
        found = list(group)
        placed = [
            Placed(one.row, one.column, one.rows, one.columns, cell(chars, *_lines(chars, one.span)))
            for one in found
        ]
        start, stop = min(one.span[0] for one in found), max(one.span[1] for one in found)
        yield from _recognised(chars, Grid(start, stop, spread(placed)))


def _lines(chars: str, span: Span) -> Iterator[Span]:
    at = span[0]
    while (end := chars.find("\n", at, span[1])) >= 0:
        yield at, end
        at = end + 1
    yield at, span[1]


def _recognised(chars: str, grid: Grid) -> Iterator[Grid]:
    """Tables that only lay a page out are none."""
    if len(grid.rows) > 1 and find(texts(chars, grid.rows)):
        yield grid


def spread(placed: Sequence[Placed]) -> tuple[Row, ...]:
    """Rows of equal width; what a cell reaches over is marked as going on from above or from the left."""
    height = max((one.row for one in placed), default=-1) + 1
    width = max((one.column + one.columns for one in placed), default=0)
    if width > _WIDEST:
        return ()
    rows = [[GridCell()] * width for _ in range(height)]
    for one in placed:
        for row in range(one.row, min(one.row + one.rows, height)):
            for column in range(one.column, one.column + one.columns):
                mark = LEFT if column > one.column else ABOVE
                rows[row][column] = (
                    one.cell if (row, column) == (one.row, one.column) else GridCell(merged=mark)
                )
    return tuple(tuple(row) for row in rows)


class _Table:
    """A table while its tags are read."""

    def __init__(self, chars: str, start: int) -> None:
        self.chars, self.start = chars, start
        self.row = -1
        self.placed: list[Placed] = []
        self.column = 0
        self.taken: dict[int, int] = {}  # column -> the first row in which it is free
        self.open: tuple[int, int, int] | None = None  # column, rows, columns of the cell that is being read
        self.pieces: list[Span] = []
        self.at = start

    def take(self, name: str, match: regex.Match[str]) -> None:
        """A tag inside the table: it parts words, begins a row or a cell, or ends one."""
        if self.open is not None:
            self.pieces.append((self.at, match.start()))
        self.at = match.end()
        if name in ("tr", "td", "th"):
            self._close()
            if not match["close"]:
                self._begin(name, match["more"])

    def finish(self, stop: int) -> list[Placed]:
        """The cells of the whole table."""
        if self.open is not None:
            self.pieces.append((self.at, stop))
        self._close()
        return self.placed

    def _begin(self, name: str, more: str) -> None:
        if name == "tr":
            self.row, self.column = self.row + 1, 0
            return
        spans = {match["way"].lower(): int(match["count"]) for match in _SPAN.finditer(more)}
        rows, columns = (max(1, min(spans.get(way, 1), _MOST)) for way in ("row", "col"))
        self.row = max(self.row, 0)
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        column = self.column
        self.column += columns
        self.taken.update(dict.fromkeys(range(column, self.column), self.row + rows))
        self.open = (column, rows, columns)

    def _close(self) -> None:
        if self.open is not None:
            column, rows, columns = self.open
            self.placed.append(Placed(self.row, column, rows, columns, cell(self.chars, *self.pieces)))
        self.open, self.pieces = None, []
