"""Mails (eml) -> their text and their attachments, each a file of its own."""

from __future__ import annotations

import html
from collections.abc import Iterator
from email.message import Message

import regex

from pipeline.readers import mime
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits

_REPLY = regex.compile(r"(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：])+\s*", regex.IGNORECASE)


def members(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The body of the mail, then what is attached, in order; pictures inside the text are part of it."""
    found = list(mime.parts(data))
    body = _body(found)
    if body is not None:
        yield from _said(body, _subject(data))
    for number, part in enumerate(found, 1):
        if part is not body and _is_attached(part):
            yield _named(part, number), _held(part)


def _body(parts: list[Message]) -> Message | None:
    """What the mail says, as a web page where there is one: tables survive in it."""
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attached(part)]
    return next((part for part in texts if part.get_content_subtype() == "html"), texts[0] if texts else None)


def _is_attached(part: Message) -> bool:
    """Does the part stand beside the text? A picture that the text shows does not."""
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
        return True
    return bool(mime.file_name(part)) and not (
        part.get_content_maintype() == "image" and part.get("Content-ID")
    )


def _said(body: Message, subject: str) -> Iterator[tuple[str, bytes]]:
    """The body under its subject, unless it begins with the same words; nothing for an empty one."""
    words = mime.words(body)
    is_page = body.get_content_subtype() == "html"
    if not regex.sub(r"<[^<>]*>|&nbsp;|\s", "", words):
        return
    if subject and subject not in words:
        words = f"<p>{html.escape(subject)}</p>{words}" if is_page else f"{subject}\n{words}"
    yield ("正文.html" if is_page else "正文.txt"), words.encode("utf-8", "replace")


def _subject(data: bytes) -> str:
    """转发：关于…的通知 -> 关于…的通知."""
    return _REPLY.sub("", mime.header(mime.opened(data), "Subject"), 1)


def _named(part: Message, number: int) -> str:
    name = mime.file_name(part).replace("\\", "/").rpartition("/")[2]
    if name:
        return name
    return f"附件{number}" + (".eml" if part.get_content_maintype() == "message" else "")


def _held(part: Message) -> bytes | Unreadable:
    try:
        return mime.content(part) or Unreadable("是空文件（0 字节）；请检查附件是否完整")
    except Unreadable as wrong:
        return wrong
