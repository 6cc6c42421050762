"""Plain text: bytes -> characters, strictly; no guess that would turn a circular into nonsense.

The ladder: byte order mark, UTF-8, UTF-16 without a mark, GB18030. Detectors that weigh languages were tried
and read short GBK texts as Big5. `bytes.decode` with the encoding named here gives the characters again.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import PurePath

import regex

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from schemas.text import Source

MARKDOWN = {".md", ".markdown"}
# The mark and the codec that swallows it.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GB18030_MARK = b"\x84\x31\x95\x33"
# What official texts are full of, simplified or not: the sign that an encoding was guessed right.
_FREQUENT = regex.compile(
    "[的和在为是有不年月日一二三四五六七八九十大中上下以及等于对各部局市省工作公安全人民政府委會会"
    "位责任通知要前底完成行全面加强推进建设管理制度项目时間间]"
)
_HAN = regex.compile(r"[\u3400-\u9fff]")
_ORDINARY = regex.compile(
    r"[\x20-\x7e\t\r\n\f\xa0\xb7\u2000-\u203b\u2460-\u25ff\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]"
)
_CONTROL = regex.compile(rb"[\x00-\x08\x0e-\x1f]")
_SAMPLE = 4000
_BINARY = "含有空字符（NUL），是二进制文件，不是文本；请检查是否选错了文件"
_TORN = "文件可能不完整，请重新取得完整的文件"
_ADVICE = "请用记事本或 WPS 打开核对后另存为 UTF-8 再试"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The decoded file, byte order mark removed, line ends as they are.

    >>> read("通知.txt", "关于做好报送工作的通知".encode("gb18030"), Limits()).encoding
    'gb18030'
    """
    raw, encoding = decode(data)
    if "\0" in raw:
        raise Unreadable(_BINARY)
    media_type = "text/markdown" if PurePath(name).suffix.lower() in MARKDOWN else "text/plain"
    return Source(name, media_type, raw, hashlib.sha256(data).hexdigest(), encoding, _pages(raw))


def decode(data: bytes) -> tuple[str, str]:
    """The characters and the encoding; `Unreadable` where none fits without damage."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _marked(data, codec), codec
    if data.startswith(_GB18030_MARK):
        return _marked(data, "gb18030").removeprefix("\ufeff"), "gb18030"
    if _CONTROL.search(data):
        if found := _utf16(data):
            return found
        if b"\0" in data:
            raise Unreadable(_BINARY)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _unmarked(data, error)
    return _short_gbk(data, text) or (text, "utf-8")


def _marked(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        label = codec.removesuffix("-sig").upper()
        raise Unreadable(
            f"开头标明是 {label} 编码，但第 {error.start + 1} 个字节起不合该编码；{_TORN}"
        ) from None


def _unmarked(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """What is not UTF-8 and has no mark: UTF-16, UTF-8 with damage, GB18030 or none of these."""
    if found := _utf16(data):
        return found
    if _is_damaged_utf8(data):
        raise Unreadable(f"是 UTF-8 编码，但第 {error.start + 1} 个字节处已损坏或被截断；{_TORN}")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as wrong:
        text = data[: wrong.start].decode("gb18030")
        if wrong.start >= len(data) - 3 and _makes_sense(text):
            raise Unreadable(f"是 GB18030 编码，但末尾缺字节；{_TORN}") from None
        raise Unreadable(f"不是 UTF-8、UTF-16 或 GB18030 编码的文本；{_ADVICE}") from None
    if not _makes_sense(text):
        raise Unreadable(f"按 UTF-8、UTF-16、GB18030 都读不出通顺的中文，可能是 Big5 等其他编码；{_ADVICE}")
    return text, "gb18030"


def _short_gbk(data: bytes, text: str) -> tuple[str, str] | None:
    """A few words in GBK may pass for UTF-8: 通知 would be two letters of other scripts and no Han."""
    if text.isascii() or _HAN.search(text):
        return None
    other = data.decode("gb18030", "replace")
    return (other, "gb18030") if len(_FREQUENT.findall(other)) > 0.2 * len(other) else None


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, told by its characters; both orders are weighed against each other."""
    even = data[: len(data) // 2 * 2]
    heads = {codec: even[: 2 * _SAMPLE].decode(codec, "replace") for codec in ("utf-16-le", "utf-16-be")}
    codec, head = max(heads.items(), key=lambda found: _ordinary(found[1]))
    if _ordinary(head) < 0.9 * len(head) or not head:
        return None
    try:
        return data.decode(codec), codec
    except UnicodeDecodeError as error:
        if len(head) < 8:
            return None
        raise Unreadable(f"是 UTF-16 编码，但第 {error.start + 1} 个字节起不合该编码；{_TORN}") from None


def _ordinary(text: str) -> float:
    """How many characters a Chinese or English text would have; frequent ones break the tie."""
    frequent = len(_FREQUENT.findall(text)) + sum(char.isascii() for char in text)
    return len(_ORDINARY.findall(text)) + frequent / (len(text) + 1)


def _is_damaged_utf8(data: bytes) -> bool:
    """Nearly all that is not ASCII is good UTF-8: GB18030 would decode it too, into nonsense."""
    text = data.decode("utf-8", "replace")
    beyond = sum(not char.isascii() for char in text)
    return text.count("\ufffd") * 5 < beyond


def _makes_sense(text: str) -> bool:
    """Does a text that was decoded by guess hold the characters every circular is full of?"""
    han = len(_HAN.findall(text[:_SAMPLE]))
    return han < 40 or len(_FREQUENT.findall(text[:_SAMPLE])) >= 0.06 * han


def _pages(raw: str) -> tuple[int, ...]:
    """Where pages begin, for texts that keep form feeds; none for others."""
    written = len(raw.rstrip())
    feeds = [match.end() for match in regex.finditer("\f", raw[:written])]
    return (0, *feeds) if feeds else ()
