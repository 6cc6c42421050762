"""Pages -> one text with its cells and the beginnings of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from pipeline.readers.canvas import Canvas
from pipeline.readers.paged.furniture import set_aside
from pipeline.readers.paged.line import Box, Line, Ruled, Sheet, pitch, rows
from pipeline.readers.paged.order import Column, blocks, gutters, printed
from schemas.text import Cell, Note

_NEAR = 5.0  # points: columns of a table that goes on begin no farther from those of the page before
_OFTEN = 0.08  # of all rows: as many begin a paragraph at least
_LATIN = regex.compile("[A-Za-z,.][A-Za-z]")
_UNSURE = 0.8  # a line read with less confidence is to be checked


@dataclass
class Composition:
    """The text of a paged document while it is put together.

    `indents`: paragraphs begin indented, so that a row that begins at the edge goes on with the one above.
    """

    indents: bool
    canvas: Canvas = field(default_factory=Canvas)
    pages: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tables: int = 0
    height: int = 0  # rows of the table that was written last
    last: Ruled | None = None
    open: list[Line] = field(default_factory=list)  # the row above, where it is full


def composed(sheets: Sequence[Sheet]) -> Composition:
    """The whole document; what belongs to the pages is set aside and said so."""
    set_aside(sheets)
    pages = [blocks(sheet, gutter) for sheet, gutter in zip(sheets, gutters(sheets), strict=True)]
    whole = Composition(_indents([block for page in pages for block in page if isinstance(block, Column)]))
    for page in pages:
        whole.pages.append(whole.canvas.size)
        for block in page:
            if isinstance(block, Ruled):
                _table(whole, block)
            else:
                _column(whole, block)
    whole.canvas.end_line()
    whole.notes[:0] = _said(sheets)
    return whole


def _indents(columns: Sequence[Column]) -> bool:
    """Do the paragraphs of the document begin indented?"""
    found = [column.is_indented(row) for column in columns for row in column.rows]
    return sum(found) > len(found) * _OFTEN


def _column(whole: Composition, column: Column) -> None:
    """The rows of a column, those joined that print leaves no doubt about; what else is a wrap is told by the words."""
    usual = pitch(column.rows)
    for index, row in enumerate(column.rows):
        near = (
            bool(whole.open)
            if not index
            else not usual or row[0].middle - column.rows[index - 1][0].middle < usual * 1.5
        )
        if near and whole.open and column.goes_on(row) and _alike(whole.open[-1], row[0]):
            whole.canvas.write(" " if _LATIN.fullmatch(whole.open[-1].words[-1] + row[0].words[0]) else "")
        else:
            whole.canvas.end_line()
            whole.canvas.write("" if near or not whole.canvas.size else "\n")
        _written(whole, row, "\u3000\u3000" * column.is_indented(row) + printed(row))
        whole.open = row if whole.indents and column.is_full(row) else []
    whole.last = None


def _alike(one: Line, other: Line) -> bool:
    """Are both lines set in the same size?"""
    return 0.75 < (one.bottom - one.top) / max(other.bottom - other.top, 0.1) < 1.34


def _written(whole: Composition, row: Sequence[Line], words: str) -> None:
    """A line, with a note where it was read with little confidence."""
    start = whole.canvas.size
    whole.canvas.write(words)
    score = min(line.score for line in row)
    if score < _UNSURE:
        span = start, whole.canvas.size
        message = f"这一行识别把握不大（{score:.0%}），请对照原件：{words.strip()[:30]}"
        whole.notes.append(Note("low_confidence", message, span, "warning"))


def _table(whole: Composition, table: Ruled) -> None:
    """A table, a row a line, cells parted by tabs; one that goes on from the page before keeps its number."""
    whole.canvas.end_line()
    if whole.last is None or not _goes_on(whole.last, table):
        whole.tables, whole.height = whole.tables + 1, 0
    row = -1
    for box, lines in zip(table.boxes, table.words, strict=True):
        whole.canvas.write("\t" if box.row == row else "\n" if row >= 0 else "")
        row = box.row
        start = whole.canvas.size
        _cell(whole, box, rows(lines))
        span = start, whole.canvas.size
        whole.canvas.cells.append(
            Cell(whole.tables - 1, whole.height + row, box.column, span, box.rows, box.columns)
        )
    whole.canvas.write("\n")
    whole.last, whole.height, whole.open = table, whole.height + table.height, []


def _cell(whole: Composition, box: Box, held: Sequence[Sequence[Line]]) -> None:
    """The words of a cell: one line where all rows but the last fill the cell, else the lines as they are."""
    edge = min((row[0].x0 - box.x0 for row in held), default=0.0)
    slack = [(box.x1 - row[-1].x1 - edge) / row[-1].em for row in held]
    wrapped = all(one < 1.2 for one in slack[:-1]) and not all(one < 0.3 for one in slack)
    for index, row in enumerate(held):
        whole.canvas.write("\n" if index and not wrapped else "")
        _written(whole, row, printed(row))


def _goes_on(above: Ruled, below: Ruled) -> bool:
    """Do both have the same columns, wherever they stand?"""
    one, other = above.edges, below.edges
    near = (abs(a - one[0] - b + other[0]) < _NEAR for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and all(near)


def _said(sheets: Sequence[Sheet]) -> Iterator[Note]:
    """What was set aside on which pages, and why a page could not be read."""
    aside = [words for sheet in sheets for words in sheet.aside]
    if aside:
        some = "、".join(f"“{words[:20]}”" for words in list(dict.fromkeys(aside))[:3])
        yield Note("page_furniture", f"页眉、页脚、页码和页边文字 {len(aside)} 处未列入正文，例如{some}")
    for number, sheet in enumerate(sheets, 1):
        if sheet.note:
            yield Note("page_unread", f"第 {number} 页{sheet.note}", severity="warning")
