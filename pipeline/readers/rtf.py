"""Rich Text Format, through LibreOffice; without it as bare text, which has its words but not its tables."""

from __future__ import annotations

import hashlib

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.office import converted
from pipeline.readers.parts import LIBREOFFICE
from schemas.text import Note, Source

MEDIA_TYPE = "application/rtf"
_BARE = "没有安装 LibreOffice，只取了 RTF 的文字，表格的行列、自动编号可能不全；安装后重新解析更可靠"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The document as text."""
    if LIBREOFFICE.installed:
        return converted(name, data, limits, ".rtf", MEDIA_TYPE)
    note = Note("plain_rtf", _BARE, severity="warning")
    return Source(name, MEDIA_TYPE, _bare(data), hashlib.sha256(data).hexdigest(), notes=(note,))


def _bare(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    if not data.rstrip(b"\0\r\n ").endswith(b"}"):
        raise Unreadable("RTF 文件不完整（末尾缺少内容）；请重新取得完整的文件")
    try:
        words: str = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, RecursionError, IndexError):
        raise Unreadable("RTF 文件已损坏；请用 Word 或 WPS 打开后另存为 docx 再试") from None
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n")
