"""Files -> Sources. The format is told by content; a name alone proves nothing.

`FORMATS` is the registry: leading bytes, what a clerk calls it, the module that reads it (loaded when it is
needed) or what to do instead. What no entry claims is text.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module

from pipeline.readers.errors import Unreadable
from schemas.text import Source

__all__ = ["FORMATS", "Format", "Limits", "Unreadable", "read"]

STDIN = "-"
_SAVE_AS_TEXT = "请在原程序中另存为纯文本（.txt，UTF-8）再试"
_RECOGNISE = "请先识别图中文字并存为 .txt 再试"
_UNPACK = "请先解压，再解析其中的文件"
_BLANK = " \t\r\n\f\v\x85\xa0\u2000\u2001\u2002\u2003\u2028\u2029\u200b\u2060\u3000\ufeff"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one circular may cost; beyond it the file is refused. Each is an option of the command line."""

    megabytes: int = 50
    characters: int = 10_000_000
    pages: int = 2_000
    seconds: int = 60
    memory: int = 2_048


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its first bytes, its name, its reader or the advice, what else its head must hold."""

    magic: bytes
    label: str
    advice: str = ""
    reader: str | None = None
    inside: bytes = b""

    def claims(self, head: bytes) -> bool:
        """Is this the format of the file that begins like this?"""
        return head.startswith(self.magic) and self.inside in head


TEXT = Format(b"", "纯文本", reader="pipeline.readers.text")
FORMATS = (
    Format(b"%PDF-", "PDF", _SAVE_AS_TEXT),
    Format(b"PK\x03\x04", "Word 文档（docx）", _SAVE_AS_TEXT, inside=b"word/"),
    Format(b"PK\x03\x04", "Excel 表格（xlsx）", _SAVE_AS_TEXT, inside=b"xl/"),
    Format(b"PK\x03\x04", "OFD 版式文档", _SAVE_AS_TEXT, inside=b"OFD.xml"),
    Format(b"PK\x03\x04", "ZIP 压缩包", _UNPACK),
    Format(b"PK\x05\x06", "空的 ZIP 压缩包", _UNPACK),
    Format(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word、WPS 或 Excel 文档", _SAVE_AS_TEXT),
    Format(b"{\\rtf", "RTF 文档", _SAVE_AS_TEXT),
    Format(b"Rar!\x1a\x07", "RAR 压缩包", _UNPACK),
    Format(b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _UNPACK),
    Format(b"\x1f\x8b\x08", "gzip 压缩文件", _UNPACK),
    Format(b"\x89PNG\r\n\x1a\n", "PNG 图片", _RECOGNISE),
    Format(b"\xff\xd8\xff", "JPEG 图片", _RECOGNISE),
    Format(b"GIF8", "GIF 图片", _RECOGNISE),
    Format(b"II*\0", "TIFF 图片", _RECOGNISE),
    Format(b"MM\0*", "TIFF 图片", _RECOGNISE),
    Format(b"RIFF", "WebP 图片", _RECOGNISE, inside=b"WEBP"),
    Format(b"\x7fELF", "可执行程序", "请给出公文本身"),
    TEXT,
)


def read(file: str, limits: Limits | None = None) -> Source:
    """The source that `file` (`-`: standard input) holds; `Unreadable` says what is wrong with it."""
    limits = limits or Limits()
    data = _load(file, limits.megabytes)
    if not data:
        raise Unreadable("是空文件（0 字节）；请检查文件是否完整")
    head = data[:8192].lstrip()
    form = next(form for form in FORMATS if form.claims(head))
    if form.reader is None:
        raise Unreadable(f"这是 {form.label}，不是纯文本；{form.advice}")
    source: Source = import_module(form.reader).read(name_of(file), data)
    _check(source, limits)
    return source


def name_of(file: str) -> str:
    """The name that is published: without folders, always printable as UTF-8."""
    name = "stdin" if file == STDIN else os.path.basename(os.path.normpath(file))  # noqa: PTH119 - a bare string
    return os.fsencode(name).decode("utf-8", "replace")


def _load(file: str, megabytes: int) -> bytes:
    """The bytes, one more than the limit at most: an endless file must not fill the memory."""
    most = megabytes * 1_000_000
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with open(file, "rb") as stream:  # noqa: PTH123 - also pipes and hostile names
                data = stream.read(most + 1)
    except OSError as error:
        raise Unreadable(_complaint(error)) from None
    except ValueError:
        raise Unreadable("文件名含有不允许的字符；请改名再试") from None
    if len(data) > most:
        raise Unreadable(f"超过大小上限 {megabytes} MB；请拆分文件，或用 --limit-mb 提高上限")
    return data


def _complaint(error: OSError) -> str:
    """An operating system's refusal in words that a clerk can act on."""
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件；请检查文件名和路径"
    if isinstance(error, IsADirectoryError):
        return "是文件夹，不是文件；请给出其中的文件，例如 文件夹/*.txt"
    if isinstance(error, PermissionError):
        return "没有读取权限；请检查文件权限"
    return f"读不出来（{error.strerror}）；请检查文件和磁盘"


def _check(source: Source, limits: Limits) -> None:
    if not source.raw.strip(_BLANK):
        raise Unreadable("只有空白，没有文字；请检查文件是否完整")
    if len(source.raw) > limits.characters:
        size = f"{len(source.raw):,} 个字符，超过上限 {limits.characters:,}"
        raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-characters 提高上限")
    if len(source.pages) > limits.pages:
        size = f"{len(source.pages):,} 页，超过上限 {limits.pages:,}"
        raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-pages 提高上限")
