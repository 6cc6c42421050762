"""What a file looks like from outside: its first bytes, what lies in it if it is a container."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cached_property
from pathlib import PurePath

import regex

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 8192
_RECORDS = 20  # lines that tell what parts values
_TABLES = (".csv", ".tsv")
_PAGE = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<meta",
    b"<body",
    b"<div",
    b"<p>",
    b"<p ",
    b"<span",
    b"<h1",
    b"<h2",
)
_CLOSED = (b"</p>", b"</div>", b"</li>")
_PARAGRAPHS = 3  # of a page that was pasted into a text file, at least
_TEXTS = (".txt", ".md", ".markdown")
_QUOTED = regex.compile(r'"[^"]*+"')
_HEADERS = regex.compile(  # three header lines of a message, one of which no other text has
    rb"(?=[^\0]{0,6000}?(?:^|\n)(?:MIME-Version|Content-Type|Received|Message-ID|Return-Path):)"
    rb"(?:[A-Za-z][A-Za-z0-9\-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){3}",
    regex.IGNORECASE,
)
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
        import zipfile

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
    """Web pages, also what of one was pasted into a text file; a text that only shows tags stays a text."""
    head = look.head.translate(None, b"\0").lstrip(b"\xef\xbb\xbf\xff\xfe\t\n\r ").lower()
    tagged = any(tag in head for tag in (b"<html", b"<body", b"<table", b"<div", b"<p"))
    if not head.startswith(b"<") or not tagged:
        return False
    return look.suffix not in _TEXTS or (look.suffix == ".txt" and _is_pasted(head))


def _is_pasted(head: bytes) -> bool:
    """Does a text file begin as a page does, and are its paragraphs closed by tags?"""
    return head.startswith(_PAGE) and sum(head.count(end) for end in _CLOSED) >= _PARAGRAPHS


def office_xml(look: Look) -> bool:
    """Word 2003 XML, Excel 2003 XML, a flat package: one XML file in place of a zip."""
    signs = (
        b"<w:wordDocument",
        b"<pkg:package",
        b"urn:schemas-microsoft-com:office:spreadsheet",
        b"<?mso-application",
    )
    return look.head.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") and any(sign in look.head for sign in signs)


def message(look: Look) -> bool:
    """Mails and saved web pages: header lines, one of them of MIME or of the transport."""
    return _HEADERS.match(look.head) is not None and look.suffix not in _TEXTS


def saved_page(look: Look) -> bool:
    """A message that holds a web page and its pictures, and was sent to nobody."""
    top = look.head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0].lower()
    sent = any(top.startswith(name) or b"\n" + name in top for name in (b"to:", b"received:"))
    return message(look) and not sent and (b"multipart/related" in top or b"text/html" in top)


def separated(look: Look) -> bool:
    """Tables of separated values; a file that goes by another name must hold nothing else."""
    table = look.suffix in _TABLES
    return (
        separator(
            look.head.translate(None, b"\0").decode("latin-1"), 0.5 if table else 0.95, 1 if table else 3
        )
        is not None
    )


def separator(text: str, share: float = 0.5, least: int = 1) -> str | None:
    """What parts the values of the first records: that many of them, `least` or more, in such a share of the lines.

    >>> separator("序号;任务;时限\\n1;排查;6月"), separator("关于做好防汛工作的通知\\n各县：")
    (';', None)
    """
    lines = [line for line in _QUOTED.sub("", text[:_HEAD]).split("\n") if line.strip()][:_RECORDS]
    counts = {mark: [line.count(mark) for line in lines] for mark in ",\t;"}
    most = {mark: max(found, default=0) for mark, found in counts.items()}
    even = [m for m in most if most[m] >= least and counts[m].count(most[m]) >= max(2, share * len(lines))]
    return max(even, key=most.__getitem__, default=None)


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
