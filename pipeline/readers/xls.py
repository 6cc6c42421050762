"""Excel 97–2003 workbooks (xls; also WPS Spreadsheets' et), through LibreOffice."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pipeline.readers import excel
from pipeline.readers.limits import Limits
from pipeline.readers.office import convert
from schemas.text import Source

_XLSX = "xlsx:Calc MS Excel 2007 XML"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The workbook as text with its cells."""
    source = excel.read(name, convert(data, ".xls", limits, into=_XLSX), limits)
    return replace(source, media_type="application/vnd.ms-excel", sha256=hashlib.sha256(data).hexdigest())
