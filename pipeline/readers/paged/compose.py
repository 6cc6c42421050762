"""Pages -> one text with its cells and the beginnings of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.readers.canvas import Canvas
from pipeline.readers.paged.furniture import set_aside
from pipeline.readers.paged.line import Line, Ruled, Sheet, rows
from pipeline.readers.paged.order import blocks, margin, printed
from schemas.text import Cell, Note

_NEAR = 5.0  # points: columns of a table that goes on begin no farther from those of the page before
_UNSURE = 0.8  # a line read with less confidence is to be checked


@dataclass
class Composition:
    """The text of a paged document while it is put together."""

    canvas: Canvas = field(default_factory=Canvas)
    pages: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tables: int = 0
    height: int = 0  # rows of the table that was written last
    last: Ruled | None = None


def composed(sheets: Sequence[Sheet]) -> Composition:
    """The whole document; what belongs to the pages is set aside and said so."""
    set_aside(sheets)
    whole = Composition()
    for sheet in sheets:
        whole.pages.append(whole.canvas.size)
        for block in blocks(sheet):
            if isinstance(block, Ruled):
                _table(whole, block)
            else:
                _rows(whole, block)
    whole.notes[:0] = _said(sheets)
    return whole


def _rows(whole: Composition, block: list[list[Line]]) -> None:
    left = margin(block)
    for row in block:
        _written(whole, row, printed(row, left))
        whole.canvas.write("\n")
    whole.last = None


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
    if whole.last is None or not _goes_on(whole.last, table):
        whole.tables, whole.height = whole.tables + 1, 0
    row = -1
    for box, lines in zip(table.boxes, table.words, strict=True):
        whole.canvas.write("\t" if box.row == row else "\n" if row >= 0 else "")
        row = box.row
        start = whole.canvas.size
        for index, words in enumerate(rows(lines)):
            whole.canvas.write("\n" if index else "")
            _written(whole, words, printed(words, None))
        span = start, whole.canvas.size
        whole.canvas.cells.append(
            Cell(whole.tables - 1, whole.height + row, box.column, span, box.rows, box.columns)
        )
    whole.canvas.write("\n")
    whole.last, whole.height = table, whole.height + table.height


def _goes_on(above: Ruled, below: Ruled) -> bool:
    """Do both have the same columns?"""
    pairs = zip(above.edges, below.edges, strict=False)
    return len(above.edges) == len(below.edges) and all(abs(a - b) < _NEAR for a, b in pairs)


def _said(sheets: Sequence[Sheet]) -> Iterator[Note]:
    """What was set aside on which pages, and why a page could not be read."""
    aside = [words for sheet in sheets for words in sheet.aside]
    if aside:
        some = "、".join(f"“{words[:20]}”" for words in list(dict.fromkeys(aside))[:3])
        yield Note("page_furniture", f"页眉、页脚、页码和页边文字 {len(aside)} 处未列入正文，例如{some}")
    for number, sheet in enumerate(sheets, 1):
        if sheet.note:
            yield Note("page_unread", f"第 {number} 页{sheet.note}", severity="warning")
