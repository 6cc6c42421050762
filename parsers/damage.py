"""Characters that are no text any more: signs of a file that was decoded or converted wrongly.

Replacement characters, Private Use characters of a font that a PDF did not explain, UTF-8 read as Latin-1
(ä¸å›½) or as GBK (鍏充簬, 锟斤拷). What is garbled is told, and numbers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from schemas.circular import Issue
from schemas.text import Span, Text

_FEW = 6  # garbled characters that a text may hold without a word about it
_NEAR = 12  # characters between two garbled ones that make them one place
_LATIN = regex.compile("[\xc0-\xff]")
_FONT = regex.compile("[\ue000-\uf8ff]")
_SIGNS = (
    "\ufffd\x00锟烫屯锘銆锛鈥"  # one of them stands in every text that was decoded wrongly to Han characters
)
_LOST = regex.compile("[\ufffd\x00\ue000-\uf8ff]+|锟斤拷|烫烫烫|屯屯屯|锘匡豢")
_WESTERN = regex.compile(
    "[\xc2-\xef\u0178\u0160][\x80-\xbf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122\u20ac](?:[\x80-\xff\u0152-\u02dc\u2013-\u203a\u20ac-\u2122])*"
    "|[\xb0-\xf7][\xa1-\xfe](?:[\xb0-\xf7][\xa1-\xfe])+"
)
_READ_AS_GBK = regex.compile("[銆锛鈥][\u4e00-\u9fff€]?|鐨勶|鍏充簬|閫氱煡|宸ヤ綔|鏈堝簳")
_MESSAGE = "有 {count} 个字符是乱码（如“{quote}”），多为编码或转换错误，请用原文件重新转换后再解析"


def garbled(chars: str) -> list[Span]:
    """The places where the text is garbled, in order; near ones are one.

    >>> garbled("一、总体要求"), garbled("关于锟斤拷锟斤拷的通知")
    ([], [(2, 8)])
    """
    found = sorted(_found(chars))
    merged: list[Span] = []
    for start, stop in found:
        if merged and start - merged[-1][1] <= _NEAR:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged if sum(stop - start for start, stop in found) >= _FEW else []


def _found(chars: str) -> Iterator[Span]:
    signs = any(sign in chars for sign in _SIGNS)
    if signs or _FONT.search(chars):
        yield from (match.span() for match in _LOST.finditer(chars))
    if len(_LATIN.findall(chars)) - chars.count("×") >= _FEW // 2:
        yield from (match.span() for match in _WESTERN.finditer(chars))
    if signs and sum(chars.count(sign) for sign in "銆锛鈥") > 2:
        yield from (match.span() for match in _READ_AS_GBK.finditer(chars))


def damage(text: Text) -> Iterator[Issue]:
    """A query about a text that is garbled, at its first place; an error where most of it is."""
    raw = text.printed()
    places = garbled(raw)
    if places:
        count = sum(stop - start for start, stop in places)
        start, stop = text.span()
        first = text.origin.raw.find(raw[places[0][0] : places[0][1]], start, stop)
        span = (first, first + places[0][1] - places[0][0]) if first >= 0 else (start, stop)
        message = _MESSAGE.format(count=count, quote=raw[places[0][0] : places[0][0] + 8])
        yield Issue(
            code="garbled_text",
            severity="error" if count * 3 > len(raw) else "warning",
            message=message,
            span=span,
        )
