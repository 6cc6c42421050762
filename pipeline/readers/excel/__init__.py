"""Excel workbooks (xlsx, xlsm; ECMA-376, transitional and strict) -> text with the cells of their sheets.

Values are those that were saved, as their cells show them: no formula is worked out, no macro run, nothing fetched.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

import regex

from pipeline.readers.archive import Archive
from pipeline.readers.canvas import Canvas
from pipeline.readers.errors import Unreadable
from pipeline.readers.excel.sheet import Values, rows
from pipeline.readers.excel.workbook import Workbook
from pipeline.readers.ledger import Sheet
from pipeline.readers.limits import Limits
from schemas.text import Note, Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNNAMED = regex.compile(r"(?:Sheet|工作表|表)\s?[0-9]*", regex.IGNORECASE)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError)


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The visible sheets one after the other, a row a line; `cells` are those of their tables, a table a sheet."""
    book = Workbook(Archive(data, limits))
    canvas = Canvas()
    values = book.values()
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    try:
        for number, sheet in enumerate(shown):
            if len(shown) > 1 and not _UNNAMED.fullmatch(sheet.name):
                canvas.line(sheet.name)
            with book.archive.open(sheet.part) as opened:
                _write(Sheet(canvas, number), opened, sheet.part, values, limits)
    except _DAMAGE:
        raise Unreadable("文件中的工作表已损坏或被截断；请重新取得完整的文件") from None
    digest = hashlib.sha256(data).hexdigest()
    notes = tuple(_notes(book, values))
    return Source(name, MEDIA_TYPE, canvas.text, digest, cells=tuple(canvas.cells), notes=notes)


def _write(sheet: Sheet, opened: IO[bytes], part: str, values: Values, limits: Limits) -> None:
    """Write the rows down; a text beyond the limit is left to be refused."""
    for row, cells in rows(opened, part, values):
        sheet.write(row, cells)
        if sheet.canvas.size > limits.characters:
            break
    sheet.finish(values.merged)


def _notes(book: Workbook, values: Values) -> Iterator[Note]:
    """What a user of the workbook sees and this text does not hold, or the other way round."""
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    if hidden:
        yield Note("hidden_sheets", f"隐藏的工作表 {len(hidden)} 张未读入：{'、'.join(hidden[:10])}")
    if values.hidden:
        yield Note("hidden_rows", f"有 {values.hidden} 行在表中是隐藏的（例如被筛选掉），也读入了")
    if values.unsaved:
        said = f"有 {values.unsaved} 个公式没有保存结果，按空白处理；请在 Excel 或 WPS 中打开、保存后再试"
        yield Note("unsaved_formulas", said, severity="warning")
    if any(name.lower().endswith("vbaproject.bin") for name in book.archive.names):
        yield Note("macros", "文件带有宏；没有运行")
