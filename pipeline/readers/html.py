"""Web pages: the words as a reader of the page sees them, one paragraph a line, and the cells of its tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.limits import Limits
from pipeline.readers.text import decode
from schemas.text import Cell, Source

_UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "select",
        "button",
        "textarea",
        "svg",
        "iframe",
        "object",
        "input",
        "title",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "small",
        "span",
        "st1",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
    ]
)
_BLANKS = regex.compile(r"[ \t\r\n\f\v]+")
_MOST = 200  # rows or columns that one cell may span


def read(name: str, data: bytes, limits: Limits | None = None) -> Source:
    """The readable text of a page; `raw` is that text, `cells` are those of the tables that hold no other table.

    >>> read("通知.html", "<p>各县教育局：</p><p>请于<b>6月底</b>前报送。</p>".encode()).raw
    '各县教育局：\\n请于6月底前报送。\\n'
    """
    markup, encoding = decode(data)
    page = _Page()
    root = LexborHTMLParser(markup).body
    if root is not None:
        page.walk(root)
    raw = "".join(page.pieces)
    digest = hashlib.sha256(data).hexdigest()
    return Source(name, "text/html", raw, digest, encoding, cells=tuple(page.cells), text_file="source.txt")


class _Table:
    """A table while it is walked through: which places are taken, which cell is open."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row, self.column = -1, 0
        self.taken: dict[int, int] = {}  # column -> the first row in which it is free

    def begin(self) -> None:
        """Begin a row."""
        self.row, self.column = self.row + 1, 0

    def place(self, rows: int, columns: int) -> int:
        """The column of the next cell of the row, which takes its places."""
        self.row = max(self.row, 0)
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        column = self.column
        self.column += columns
        self.taken.update(dict.fromkeys(range(column, self.column), self.row + rows))
        return column


class _Page:
    """The text while it grows."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.cells: list[Cell] = []
        self.tables: list[_Table | None] = []
        self.count = 0

    def walk(self, root: LexborNode) -> None:
        """Go through the nodes in order, without recursion: pages nest as deep as they like."""
        todo = [self._visit(root)]
        while todo:
            child = next(todo[-1], None)
            if child is None:
                todo.pop()
            else:
                todo.append(self._visit(child))

    def _visit(self, node: LexborNode) -> Iterator[LexborNode]:
        """Write the node down: what comes before its children, the children, what comes behind them."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self._break()
        elif tag in ("td", "th") and self.tables and self.tables[-1] is not None:
            yield from self._cell(node, self.tables[-1])
        elif tag == "table":
            yield from self._table(node)
        elif tag not in _UNSEEN and not tag.startswith("-"):
            yield from self._block(node, tag)

    def _block(self, node: LexborNode, tag: str) -> Iterator[LexborNode]:
        if tag == "tr" and self.tables and self.tables[-1] is not None:
            self.tables[-1].begin()
        if tag not in _INLINE:
            self._break(tag)
        yield from _children(node)
        if tag not in _INLINE:
            self._break(tag)

    def _table(self, node: LexborNode) -> Iterator[LexborNode]:
        """A table of data; one that holds others lays the page out and is read like any block."""
        self._break()
        layout = _holds_table(node)
        self.tables.append(None if layout else _Table(self.count))
        self.count += 1
        yield from _children(node)
        self.tables.pop()
        self._break()

    def _cell(self, node: LexborNode, table: _Table) -> Iterator[LexborNode]:
        rows, columns = (_span(node.attributes.get(name)) for name in ("rowspan", "colspan"))
        column = table.place(rows, columns)
        if self.pieces and self.pieces[-1] != "\n":
            self._write("\t")
        start = self.size
        yield from _children(node)
        while self.size > start and self.pieces[-1] in ("\n", " "):
            self.size -= len(self.pieces.pop())
        self.cells.append(Cell(table.number, table.row, column, (start, self.size), rows, columns))

    def _text(self, text: str) -> None:
        words = _BLANKS.sub(" ", text)
        if not self.pieces or self.pieces[-1][-1] in "\n\t ":
            words = words.lstrip(" ")
        if words:
            self._write(words)

    def _break(self, tag: str = "") -> None:
        """End the line, if it holds something; a row's line ends behind an empty cell too."""
        if self.pieces and self.pieces[-1] not in (("\n",) if tag == "tr" else ("\n", "\t")):
            self._write("\n")

    def _write(self, words: str) -> None:
        self.pieces.append(words)
        self.size += len(words)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    yield from node.iter(include_text=True)


def _holds_table(node: LexborNode) -> bool:
    inner = node.css_first("table table")
    return inner is not None and inner.mem_id != node.mem_id


def _span(printed: str | None) -> int:
    """rowspan="3"; 1 where it says nothing sensible."""
    digits = (printed or "").strip()
    return min(max(int(digits), 1), _MOST) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
