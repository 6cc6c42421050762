"""Tables without any dressing: a head row and a row an item, every cell text. For csv and for import elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.writers.ledger.rows import FIELDS, Row, rows
from pipeline.writers.ledger.template import Template
from schemas.circular import Circular


def table(circulars: Sequence[Circular], template: Template) -> Iterator[list[str]]:
    """The labels, then a row an item of what the template wants; dates as 2021-06-30.

    >>> from pipeline.writers.ledger.template import bundled
    >>> next(table([], bundled("import")))[:3]
    ['任务编号', '事项', '任务内容']
    """
    yield [column.label for column in template.columns]
    for row in rows(circulars, template.rows):
        yield [_text(column.field, row, template.separator) for column in template.columns]


def _text(field: str | None, row: Row, separator: str) -> str:
    value = FIELDS[field](row) if field else None
    if isinstance(value, tuple):
        return separator.join(value)
    return "" if value is None else str(value)


def workbook(circulars: Sequence[Circular], template: Template) -> bytes:
    """The table as the first sheet; a second one, 提示, only where a cell could not hold all of its text."""
    from pipeline.writers.ledger.book import Book

    book = Book()
    lines = list(table(circulars, template))
    sheet = book.sheet(template.title, lines[0])
    for at, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.put(at, column, cell)
    if book.cuts:
        notes = book.sheet("提示", ["所在行", "内容"])
        for at, cut in enumerate(book.cuts):
            notes.put(at, 0, f"第 {cut.row + 1} 行")
            notes.put(at, 1, cut.message)
    return book.save()
