"""OpenDocument texts (odt, ott), through LibreOffice."""

from __future__ import annotations

from pipeline.readers.archive import Archive
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.office import converted
from schemas.text import Source

_MANIFEST = "META-INF/manifest.xml"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The document as text; bombs and locked ones are told before LibreOffice is started."""
    archive = Archive(data, limits)
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise Unreadable("文件有密码；请在原程序中去掉密码再试")
    return converted(name, data, limits, ".odt", "application/vnd.oasis.opendocument.text")
