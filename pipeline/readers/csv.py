"""Tables of separated values (csv, tsv): a record a row, the ladder of encodings of plain text."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

from pipeline.readers.canvas import Canvas
from pipeline.readers.errors import Unreadable
from pipeline.readers.ledger import Sheet
from pipeline.readers.limits import Limits
from pipeline.readers.look import separator
from pipeline.readers.text import decode
from schemas.text import Source

_ADVICE = "请用 Excel 或 WPS 打开核对后另存为 xlsx 再试"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The records as lines with their cells; numbers and dates are as they are printed.

    >>> read("台账.csv", "序号,任务,牵头单位\\n1,排查隐患,市水务局\\n".encode(), Limits()).raw
    '序号\\t任务\\t牵头单位\\n1\\t排查隐患\\t市水务局\\n'
    """
    text, encoding = decode(data)
    if "\0" in text:
        raise Unreadable("含有空字符（NUL），是二进制文件，不是表格；请检查是否选错了文件")
    canvas = Canvas()
    sheet = Sheet(canvas, 0)
    for row, record in enumerate(_records(text)):
        sheet.write(row, enumerate(record))
        if canvas.size > limits.characters:
            break
    sheet.finish()
    digest = hashlib.sha256(data).hexdigest()
    return Source(name, "text/csv", canvas.text, digest, encoding, cells=tuple(canvas.cells))


def _records(text: str) -> Iterator[list[str]]:
    mark = separator(text) or ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error:
        raise Unreadable(f"不是完整的 CSV 表格（引号不成对，或有一格过长）；{_ADVICE}") from None
