"""Messages as MIME writes them (RFC 5322, 2045–2047, 2231): what mails (eml) and saved web pages (mht) have in common.

Whatever a message holds, taking it apart ends in parts or in one `Unreadable`.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32

import regex

from pipeline.readers.errors import Unreadable
from pipeline.readers.text import decode

_MOST = 2_000  # parts of a message
_BROKEN = "邮件或网页归档已损坏或嵌套过深；请重新取得完整的文件"
_DAMAGE = (MessageError, ValueError, LookupError, RecursionError, TypeError, AttributeError)


class _AsSent(Compat32):
    """Headers with the bytes that were sent; those without an encoding are decoded here."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return value


def opened(data: bytes) -> Message:
    """The message with its parts."""
    return email.message_from_bytes(data, policy=_AsSent())


def parts(data: bytes) -> Iterator[Message]:
    """The parts of a message that hold something themselves, in order, those of attached messages not among them."""
    try:
        todo: list[Message] = [opened(data)]
        count = 0
        while todo:
            part = todo.pop()
            count += 1
            if count > _MOST:
                raise Unreadable(f"有 {_MOST:,} 个以上的部分，超过上限；请拆分文件")
            inner = part.get_payload()
            if part.is_multipart() and part.get_content_maintype() == "multipart" and isinstance(inner, list):
                todo += [one for one in reversed(inner) if isinstance(one, Message)]
            else:
                yield part
    except _DAMAGE:
        raise Unreadable(_BROKEN) from None


def content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; those of an attached message as it was sent."""
    try:
        inner = part.get_payload()
        if isinstance(inner, list):
            return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
        found = part.get_payload(decode=True)
    except _DAMAGE:
        raise Unreadable(_BROKEN) from None
    return found if isinstance(found, bytes) else b""


def words(part: Message) -> str:
    """The text of a part: its own charset where that fits, else the ladder of plain text."""
    data = content(part)
    try:
        charset = (part.get_content_charset() or "").lower()
        return data.decode({"gb2312": "gb18030", "gbk": "gb18030", "us-ascii": ""}.get(charset, charset))
    except _DAMAGE:
        return decode(data)[0] if data else ""


def header(message: Message, name: str) -> str:
    """A header as a person reads it.

    >>> header(opened(b"Subject: =?utf-8?b?6YCa55+l?=\\n\\n"), "Subject")
    '通知'
    """
    return _decoded(str(message.get(name) or ""))


def file_name(part: Message) -> str:
    """The name that a part gives itself; "" for none."""
    try:
        return _decoded(part.get_filename() or "")
    except _DAMAGE:
        return ""


def _decoded(printed: str) -> str:
    """Encoded words (RFC 2047) and raw bytes as text."""
    try:
        pieces = decode_header(printed)
        shown = "".join(_piece(piece, charset) for piece, charset in pieces)
    except (*_DAMAGE, HeaderParseError):
        shown = printed
    return regex.sub(r"[\p{Cc}\p{Cs}]+", " ", _raw(shown)).strip()


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    known = {"gb2312": "gb18030", "gbk": "gb18030", None: "raw_unicode_escape"}.get(
        charset, charset
    ) or "utf-8"
    return piece.decode(known, "surrogateescape" if charset is None else "replace")


def _raw(printed: str) -> str:
    """Bytes that stand in a header without any encoding: UTF-8 or GB18030."""
    try:
        return decode(printed.encode("utf-8", "surrogateescape"))[0]
    except (Unreadable, UnicodeEncodeError):
        return printed
