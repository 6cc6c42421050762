"""The body of a Word document, read as a stream: paragraphs and rows are let go as soon as they are written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml import etree

from pipeline.readers.canvas import Canvas
from pipeline.readers.word.numbering import Numbering
from pipeline.readers.word.runs import PAGE, Words
from pipeline.readers.word.styles import Styles
from pipeline.readers.word.table import Row, Table
from pipeline.readers.word.xml import child, names, stream, value

_TAGS = names("p", "tr", "tbl", "altChunk", "subDoc")
_PARAGRAPH, _TABLE, _ROW, _FOREIGN = (
    frozenset(names(*tags)) for tags in (("p",), ("tbl",), ("tr",), ("altChunk", "subDoc"))
)
_HOLDERS = frozenset(names("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_CONTROL_CONTENT = frozenset(names("sdtContent"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Body:
    """Writes a document down; `foreign` and `contents` count what was left out: other files, lines of a 目录."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.words = Words(styles)
        self.canvas = Canvas()
        self.foreign = self.contents = 0
        self._tables = 0
        self._carried = ""

    def read(self, part: IO[bytes], name: str) -> None:
        """Read the part from beginning to end."""
        table: Table | None = None
        paragraphs = tables = 0
        for event, element in stream(part, name, _TAGS):
            tag, step = element.tag, 1 if event == "start" else -1
            if tag in _PARAGRAPH:
                paragraphs += step
                if not paragraphs and not tables and step < 0:
                    self._outer(element)
            elif paragraphs:
                continue  # a table of a text box: it comes with its paragraph
            elif tag in _TABLE:
                tables += step
                if tables == 1 and step > 0:
                    table = self._table()
                elif not tables and table is not None:
                    table.finish()
            elif tag in _ROW and tables == 1 and step < 0 and table is not None:
                self._row(table, element)
                _forget(element)
            elif tag in _FOREIGN:
                self.foreign += step > 0
        self._flush()

    def _outer(self, element: etree._Element) -> None:
        """A paragraph that stands in no other block."""
        parent = element.getparent()
        if parent is not None and parent.tag != _FALLBACK and not _is_prompt(parent):
            self._paragraph(element)
        _forget(element)

    def _blocks(self, element: etree._Element, inside: Table | None = None) -> None:
        """Paragraphs and tables of a cell or a text box, in order."""
        for part in element:
            if part.tag in _PARAGRAPH:
                self._paragraph(part, inside)
            elif part.tag in _TABLE:
                self._inner(part, inside)
            elif part.tag in _HOLDERS and not _is_prompt(child(part, "sdtContent")):
                self._blocks(part, inside)
        self._flush(inside)

    def _flush(self, inside: Table | None = None) -> None:
        """Write down what should have gone on in a paragraph that never came."""
        if self._carried:
            self._write(self._carried, inside)
            self._carried = ""

    def _inner(self, element: etree._Element, outside: Table | None) -> None:
        """A table in a cell or a text box; a table that holds another only lays the page out."""
        if outside is not None:
            outside.is_layout = True
        self.canvas.end_line()
        table = self._table()
        for row in _through(element, _ROW):
            self._row(table, row)
        table.finish()

    def _table(self) -> Table:
        self._tables += 1
        self.canvas.end_line()
        return Table(self.canvas, self._tables - 1)

    def _row(self, table: Table, element: etree._Element) -> None:
        row = Row.of(element)
        if row.is_deleted:
            return
        with table.row(row.before):
            for cell in row.cells:
                if table.opens(cell):
                    self._blocks(cell.element, table)
                    table.close(cell)

    def _paragraph(self, element: etree._Element, inside: Table | None = None) -> None:
        properties = child(element, "pPr")
        if self.styles.of(value(child(properties, "pStyle"))).contents:
            self.contents += 1
            return
        words = self._carried + self.words.take(element)
        boxes = self.words.boxes
        self._carried = ""
        if _is_joined(properties):
            self._boxes(boxes)
            self._carried = words
            return
        words = self.numbering.label(properties) + words.strip(" \t" if inside else "\t")
        letterhead = not self.canvas.text.strip() if boxes and self.canvas.size < 100 else False
        if letterhead:
            self._boxes(boxes)
        self._write(words, inside)
        if not letterhead:
            self._boxes(boxes)

    def _boxes(self, boxes: list[etree._Element]) -> None:
        for box in boxes:
            self.canvas.end_line()
            self._blocks(box)

    def _write(self, words: str, inside: Table | None) -> None:
        """A paragraph as a line; in a cell without tabs, and without a line where it is empty."""
        if inside is not None:
            words = words.replace("\t", " ")
            if not words.strip(f" \n\u3000{PAGE}"):
                return
        else:
            self.canvas.end_line()
        for position, piece in enumerate(words.split(PAGE)):
            if position:
                self.canvas.page()
            self.canvas.write(piece)
        self.canvas.write("\n")


def _is_joined(properties: etree._Element | None) -> bool:
    """Was the end of the paragraph deleted or moved away? Then its words go on in the next one."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _is_prompt(content: etree._Element | None) -> bool:
    """The content of a control that only shows what to fill in."""
    if content is None or content.tag not in _CONTROL_CONTENT:
        return False
    return child(child(content.getparent(), "sdtPr"), "showingPlcHdr") is not None


def _through(element: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The parts of that kind, also those in content controls and insertions."""
    for part in element:
        if part.tag in wanted:
            yield part
        elif part.tag in _HOLDERS:
            yield from _through(part, wanted)


def _forget(element: etree._Element) -> None:
    """Free the memory of what was written down."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
