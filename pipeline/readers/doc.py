"""Word 97–2003 documents (doc, dot; also WPS Writer's wps), through LibreOffice."""

from __future__ import annotations

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.office import converted
from schemas.text import Source

_SECTOR = 512
_HEADER = b"\xec\xa5"  # the file information block, first of the stream WordDocument ([MS-DOC] 2.5.1)
_ENCRYPTED = 0x0100


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The document as text; a locked one is told before LibreOffice is started."""
    if _is_locked(data):
        raise Unreadable("文件有密码；请在 Word 或 WPS 中去掉密码再试")
    return converted(name, data, limits, ".doc", "application/msword")


def _is_locked(data: bytes) -> bool:
    at = data.find(_HEADER)
    while at >= 0 and at % _SECTOR:
        at = data.find(_HEADER, at + 1)
    return at >= 0 and bool(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED)
