"""The registry of formats: how each is told by content, what reads it, what it needs or what to do instead.

The first entry that claims a file has it; what no entry claims is text.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.look import (
    OLE,
    Claim,
    Look,
    begins,
    markup,
    message,
    office,
    office_xml,
    opendocument,
    saved_page,
    separated,
    stream,
    zipped,
)
from pipeline.readers.parts import CALC, LIBREOFFICE, OCR, Part

_SAVE_AS_TEXT = "请在原程序中另存为纯文本（.txt，UTF-8）再试"
_PICTURE = "pipeline.readers.paged.image"
_UNPACK = "请先解压，再解析其中的文件"
_SAVE_AS_MAIL = "请在邮件程序中另存为 .eml，或把附件另存出来再试"
_PASSWORD = "请在原程序中去掉密码再试"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what a clerk calls it, the usual endings of names, how it is told by its content.

    `reader`: the module with `read(name, data, limits) -> Source`. `container`: the module with
    `members(name, data, limits) -> Iterator[tuple[str, bytes | Unreadable]]`, each of which is read like a file.
    `advice`: what to do where neither is there. `needs`: the optional part without which it cannot be read.
    `plain`: the characters of the file are the text itself, no other has to be written beside the result.
    """

    label: str
    suffixes: tuple[str, ...]
    claims: Claim
    reader: str | None = None
    container: str | None = None
    advice: str = ""
    needs: Part | None = None
    plain: bool = False


TEXT = Format("纯文本", (".txt", ".md"), lambda _: True, "pipeline.readers.text", plain=True)
FORMATS = (
    Format("PDF", (".pdf",), begins(b"%PDF-"), "pipeline.readers.paged.pdf"),
    Format("Word 文档", (".docx", ".docm", ".dotx"), office("word/"), "pipeline.readers.word"),
    Format("Excel 表格", (".xlsx", ".xlsm"), office("xl/"), "pipeline.readers.excel"),
    Format("OFD 版式文档", (".ofd",), zipped("OFD.xml"), "pipeline.readers.paged.ofd"),
    Format("PowerPoint 演示文稿", (".pptx",), office("ppt/"), advice=_SAVE_AS_TEXT),
    Format(
        "OpenDocument 文档",
        (".odt", ".ott"),
        opendocument("text"),
        "pipeline.readers.odt",
        needs=LIBREOFFICE,
    ),
    Format("ZIP 压缩包", (".zip",), begins(b"PK\x03\x04", b"PK\x05\x06"), container="pipeline.readers.zip"),
    Format("加密的 Office 文档", (), stream("EncryptedPackage"), advice=_PASSWORD),
    Format(
        "Word 97–2003、WPS 文字文档",
        (".doc", ".wps"),
        stream("WordDocument"),
        "pipeline.readers.doc",
        needs=LIBREOFFICE,
    ),
    Format(
        "旧版 Excel、WPS 表格",
        (".xls", ".et"),
        stream("Workbook", "Book"),
        "pipeline.readers.xls",
        needs=CALC,
    ),
    Format("Outlook 邮件", (".msg",), stream("__properties_version1.0"), advice=_SAVE_AS_MAIL),
    Format("旧版 Office 文档", (), begins(OLE), advice=_SAVE_AS_TEXT),
    Format("RTF 文档", (".rtf",), begins(b"{\\rtf"), "pipeline.readers.rtf"),
    Format("RAR 压缩包", (".rar",), begins(b"Rar!\x1a\x07"), advice=_UNPACK),
    Format("7z 压缩包", (".7z",), begins(b"7z\xbc\xaf\x27\x1c"), advice=_UNPACK),
    Format("gzip 压缩文件", (".gz",), begins(b"\x1f\x8b\x08"), advice=_UNPACK),
    Format("PNG 图片", (".png",), begins(b"\x89PNG\r\n\x1a\n"), _PICTURE, needs=OCR),
    Format("JPEG 图片", (".jpg", ".jpeg"), begins(b"\xff\xd8\xff"), _PICTURE, needs=OCR),
    Format("GIF 图片", (".gif",), begins(b"GIF8"), _PICTURE, needs=OCR),
    Format("TIFF 图片", (".tif", ".tiff"), begins(b"II*\0", b"MM\0*"), _PICTURE, needs=OCR),
    Format(
        "BMP 图片",
        (".bmp",),
        lambda look: look.head[:2] + look.data[6:10] == b"BM\0\0\0\0",
        _PICTURE,
        needs=OCR,
    ),
    Format(
        "WebP 图片",
        (".webp",),
        lambda look: look.head[:4] + look.head[8:12] == b"RIFFWEBP",
        _PICTURE,
        needs=OCR,
    ),
    Format("Outlook 附件包", (".dat",), begins(b"\x78\x9f\x3e\x22"), advice=_SAVE_AS_MAIL),
    Format(
        "Office XML 文件", (".xml",), office_xml, advice="请在 Word、Excel 或 WPS 中另存为 docx 或 xlsx 再试"
    ),
    Format("网页归档", (".mht", ".mhtml"), saved_page, "pipeline.readers.mht"),
    Format("邮件", (".eml",), message, container="pipeline.readers.mail"),
    Format("网页", (".html", ".htm"), markup, "pipeline.readers.html"),
    Format("CSV 表格", (".csv", ".tsv"), separated, "pipeline.readers.csv"),
    Format("可执行程序", (), begins(b"\x7fELF"), advice="请给出公文本身"),
    TEXT,
)


def recognise(name: str, data: bytes) -> Format:
    """The format of a file; its name only breaks ties.

    >>> recognise("通知.txt", b"%PDF-1.7").label
    'PDF'
    """
    look = Look(name, data)
    return next(form for form in FORMATS if form.claims(look))
