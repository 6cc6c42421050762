"""Elements -> lines as a reader of the page sees them, and the cells of its tables of data."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.readers.canvas import Canvas
from pipeline.readers.html.furniture import LABEL, is_attachment, is_data, is_index, is_noise
from pipeline.readers.html.lists import Numbers
from pipeline.readers.html.table import Table, spans
from pipeline.readers.html.tree import Element
from schemas.text import Cell

_INLINE = frozenset(
    [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rb", "ruby", "s", "samp", "small",
        "span", "st1", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    ]
)  # fmt: skip
_BLANKS = regex.compile(r"[ \t\r\n\f\v]+")


class Page:
    """The text while it grows; `aside`: how many characters were taken for parts of the site."""

    def __init__(self) -> None:
        self.canvas = Canvas()
        self.aside = 0
        self._tables: list[Table | None] = []
        self._lists: list[Numbers | None] = []
        self._count = 0
        self._end = "\n"  # the last character written

    def write(self, element: Element) -> None:
        """Write an element and what stands in it, without recursion."""
        self._break()
        todo = [self._visit(element)]
        while todo:
            child = next(todo[-1], None)
            if child is None:
                todo.pop()
            else:
                todo.append(self._visit(child))
        self._break()

    def line(self, words: str) -> None:
        """A line that stands elsewhere on the page."""
        self._break()
        self._put(_BLANKS.sub(" ", words).strip() + "\n")

    def _visit(self, element: Element) -> Iterator[Element]:
        """What comes before the children, the children, what comes behind them."""
        tag = element.tag
        table = self._tables[-1] if self._tables else None
        if tag == "-text":
            self._text(element)
        elif tag == "br":
            self._break()
        elif tag == "table":
            yield from self._table(element)
        elif tag in ("td", "th") and table is not None:
            yield from self._cell(element, table)
        elif is_noise(element):
            self.aside += element.words
        elif tag in _INLINE:
            self._put("附件：" if is_attachment(element) else "")
            yield from element.children
        else:
            yield from self._block(element, table)

    def _block(self, element: Element, table: Table | None) -> Iterator[Element]:
        if element.tag == "tr" and table is not None:
            table.begin()
        if self._end != "：":
            self._break(element.tag)
        if element.tag in ("ol", "ul"):
            self._lists.append(Numbers.of(element) if element.tag == "ol" else None)
        elif element.tag == "li" and self._lists and (numbers := self._lists[-1]):
            self._put(numbers.next(element.get("value")))
        yield from element.children
        if element.tag in ("ol", "ul"):
            self._lists.pop()
        if not self._labels(element):
            self._break(element.tag)

    def _labels(self, element: Element) -> bool:
        """索引号 in a block of its own: what it labels follows on the same line."""
        if element.words > 10 or not (label := LABEL.fullmatch(element.whole())):
            return False
        if not label["colon"]:
            self._put("：")
        self._end = "："
        return True

    def _table(self, element: Element) -> Iterator[Element]:
        """A table of data; one that holds others, or labels of a portal, lays the page out and is read like any block."""
        self._break()
        layout = is_index(element) or not is_data(element)
        self._tables.append(None if layout else Table(self._count))
        self._count += 1
        yield from element.children
        self._tables.pop()
        self._break("tr")

    def _cell(self, element: Element, table: Table) -> Iterator[Element]:
        rows, columns = spans(element)
        column = table.place(rows, columns)
        if self._end != "\n":
            self._put("\t")
        start = self.canvas.size
        self._tables.append(None)  # a table inside a cell is part of its words
        yield from element.children
        self._tables.pop()
        span = self.canvas.trim(start)
        self._end = "\t" if span[0] == span[1] else "字"
        self.canvas.cells.append(Cell(table.number, table.row, column, span, rows, columns))

    def _text(self, element: Element) -> None:
        kept = element.parent is not None and element.parent.tag == "pre"
        words = element.text if kept else _BLANKS.sub(" ", element.text)
        self._put(words.lstrip(" ") if self._end in "\n\t " else words)

    def _break(self, tag: str = "") -> None:
        """End the line, if it holds something; a row's line ends behind an empty cell too."""
        if self._end not in ("\n" if tag == "tr" else "\n\t"):
            self._put("\n")

    def _put(self, words: str) -> None:
        if words:
            self.canvas.write(words)
            self._end = words[-1]
