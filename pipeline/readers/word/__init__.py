"""Word documents (docx, docm; ECMA-376, transitional and strict) -> the text that a person sees.

Automatic numbers are written out, tables stand in reading order with their cells, tracked changes are taken as
accepted. Headers, footers, footnotes and comments are set aside. Macros are never run, nothing is fetched.
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from pipeline.readers.archive import Archive
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.word.body import Body
from pipeline.readers.word.numbering import Numbering
from pipeline.readers.word.styles import Styles
from pipeline.readers.word.xml import document, names, number, stream, value
from schemas.text import Note, Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "word/document.xml"
_INCOMPLETE = "是 Word 文档，但里面没有正文（word/document.xml）；请重新取得完整的文件"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The document as text; `cells` are those of its tables, `pages` where the document tells them reliably."""
    archive = Archive(data, limits)
    relations = _relations(archive, "_rels/.rels")
    main = relations.get("officeDocument", _MAIN)
    if main not in archive:
        raise Unreadable(_INCOMPLETE)
    folder, base = posixpath.split(main)
    parts = _relations(archive, f"{folder}/_rels/{base}.rels", folder)
    styles = Styles(_part(archive, parts.get("styles", f"{folder}/styles.xml")))
    body = Body(styles, Numbering(_part(archive, parts.get("numbering", f"{folder}/numbering.xml")), styles))
    try:
        with archive.open(main) as opened:
            body.read(opened, main)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise Unreadable("文件中的正文已损坏或被截断；请重新取得完整的文件") from None
    pages = body.canvas.pages if len(body.canvas.pages) == _pages(archive, relations) else ()
    return Source(
        name,
        MEDIA_TYPE,
        body.canvas.text,
        hashlib.sha256(data).hexdigest(),
        pages=pages,
        cells=tuple(body.canvas.cells),
        notes=tuple(_notes(archive, body, parts)),
    )


def _part(archive: Archive, name: str) -> etree._Element | None:
    return document(archive.read(name), name) if name in archive else None


def _relations(archive: Archive, name: str, folder: str = "") -> dict[str, str]:
    """What a part refers to inside the package: the last word of the kind, and the name of the part."""
    found: dict[str, str] = {}
    root = _part(archive, name)
    for one in root if root is not None else ():
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        if one.get("TargetMode") != "External":
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found


def _pages(archive: Archive, relations: dict[str, str]) -> int:
    """How many pages the program that saved the document counted; 0 where it does not say."""
    root = _part(
        archive, relations.get("extended-properties", relations.get("extendedProperties", "docProps/app.xml"))
    )
    said = next((one.text for one in root if one.tag.endswith("}Pages")), None) if root is not None else None
    return number(said, 0)


def _notes(archive: Archive, body: Body, parts: dict[str, str]) -> Iterator[Note]:
    """What was left out, so that nobody looks for it in vain."""
    footnotes = sum(_count(archive, parts.get(kind, "")) for kind in ("footnotes", "endnotes"))
    if footnotes:
        yield Note("footnotes", f"有 {footnotes} 条脚注、尾注，未列入正文")
    if body.contents:
        yield Note("table_of_contents", f"有自动生成的目录 {body.contents} 行，未列入正文")
    if body.foreign:
        yield Note(
            "foreign_part", f"有 {body.foreign} 处插入的外部文件，未列入正文；请打开核对", severity="warning"
        )
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        yield Note("macros", "文件带有宏；没有运行")


def _count(archive: Archive, name: str) -> int:
    """The notes in a part, the lines that part them from the text left out."""
    if name not in archive:
        return 0
    tags, found = names("footnote", "endnote"), 0
    for _, element in stream(BytesIO(archive.read(name)), name, tags, ("end",)):
        found += value(element, "type") is None
        element.clear()
    return found
