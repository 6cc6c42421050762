"""What a file looks like from outside: its first bytes, what lies in it if it is a container."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cached_property
from pathlib import PurePath

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 8192
_TYPES = "[Content_Types].xml"
_TELLING = (_TYPES, "word/", "xl/", "ppt/", "OFD.xml")


class Look:
    """A file as the registry sees it; what takes work is done once, when it is asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        self.data = data
        self.suffix = PurePath(name).suffix.lower()
        self.head = data[:_HEAD].lstrip()

    @cached_property
    def members(self) -> frozenset[str]:
        """The names in a zip; of one whose directory is gone, what its beginning tells."""
        if not self.data.startswith(_ZIP):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return frozenset(name.lstrip("/") for name in archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            head = self.head.decode("latin-1")
            return frozenset(name for name in _TELLING if name in head)


Claim = Callable[[Look], bool]


def begins(*magic: bytes) -> Claim:
    """Files that begin with one of these bytes, blanks left out."""
    return lambda look: look.head.startswith(magic)


def markup(look: Look) -> bool:
    """Web pages; a text file that shows tags stays a text file."""
    head = look.head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    tagged = any(tag in head for tag in (b"<html", b"<body", b"<table", b"<div", b"<p"))
    return head.startswith(b"<") and tagged and look.suffix not in (".txt", ".md", ".markdown")


def zipped(*starts: str) -> Claim:
    """Zip files in which the name of a member begins so."""
    return lambda look: any(name.startswith(starts) for name in look.members)


def office(folder: str) -> Claim:
    """Office Open XML with a folder of that name: docx, xlsx, pptx; a zip that happens to hold one is none."""
    return lambda look: _TYPES in look.members and any(name.startswith(folder) for name in look.members)


def opendocument(kind: str) -> Claim:
    """OpenDocument files of that kind, which the first member names in clear."""
    sign = f"mimetypeapplication/vnd.oasis.opendocument.{kind}".encode()
    return lambda look: look.data.startswith(_ZIP[0]) and sign in look.data[:200]


def stream(*names: str) -> Claim:
    """OLE compound files (Office 97) with a stream of one of these names."""
    wanted = [name.encode("utf-16-le") + b"\0\0" for name in names]
    return lambda look: look.data.startswith(OLE) and any(name in look.data for name in wanted)
