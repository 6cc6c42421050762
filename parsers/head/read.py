"""Text -> Head: everything above and below the numbered body."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import regex

from parsers.head.number import Number, numbers
from parsers.head.organs import organs
from parsers.head.recipients import recipients_at
from parsers.head.signature import DATE, Signature, date_of, signatures
from parsers.head.title import Title, find_title
from parsers.head.wording import HAN, is_organ, words
from parsers.vocab import either
from schemas.text import Text

_ZONE = 3000
_BLANK = regex.compile(r"(?:[ \u3000\n*#（【）】]|（[^）\n〔]{1,30}）|[^\n：。，]{0,6}签发[^\n]{0,20}\n)*")
_RED = regex.compile(rf"(?P<organs>[{HAN} \n、]{{2,200}}?)(?:\n|[ ])*(?:部门)?文[ ]?件(?=[ \n\u3000]|[{HAN}A-Za-z]{{0,20}}[ ]?[〔\[（])")
_META = regex.compile(rf"(?:{either(words('portal', 'date'))})[ ]?：[ ]*")
_META_ISSUER = regex.compile(rf"(?:{either(words('portal', 'issuer'))})[ ]?：[ ]*(?P<organs>[{HAN} 、]{{2,80}}?)(?=\n|发文|文号|来源|成文|主题|索引|公文|[ ]{{2}}|\Z)")
_BRACKET_DATE = regex.compile(r"[ \n　]*（(?=(?:19|20|[一二][〇零一二三四五六七八九]))")
_YEAR = regex.compile(r"(?<![0-9〔\[（—-])(?P<year>(?:19|20)[0-9]{2})年?(?:度|(?=[^0-9—至-]))")


@dataclass(frozen=True, slots=True)
class Head:
    title: Title | None
    number: Number | None
    issuers: tuple[Text, ...]
    recipients: tuple[Text, ...]
    issue_date: tuple[Text, dt.date | None] | None
    signature: Signature | None
    start: int


def read(text: Text) -> Head:
    chars = text.chars
    stop = _zone(chars)
    title = find_title(text, 0, stop)
    found = _recipients(text, title, stop)
    start = found[1] if found else title.stop if title else 0
    number = _own_number(text, title, start if (found or title) else min(stop, 80))
    if number and title and number.text.end - text.at > start:
        start = number.text.end - text.at
    named = _title_issuers(text, title)
    red = _red_issuers(text, start)
    known = [o.chars for o in (*named, *red)]
    signature = _best(list(signatures(text, start, known)), known)
    issuers = _issuers(named, signature.issuers if signature else (), red) or _meta_issuers(text, start)
    date = (signature.date_text, signature.date) if signature else _head_date(text, title, start)
    return Head(title, number, issuers, found[0] if found else (), date, signature, start)


def _zone(chars: str) -> int:
    stop = chars.find("。", 0, _ZONE)
    return min(len(chars), _ZONE) if stop < 0 else stop


def _recipients(text: Text, title: Title | None, stop: int) -> tuple[tuple[Text, ...], int] | None:
    start = _skip(text, title.stop if title else 0, stop)
    found = next(iter(numbers(text, start, min(stop, start + 60))), None)
    if found and found.text.at - text.at - start <= 2:
        start = _skip(text, found.text.end - text.at, stop)
    return recipients_at(text, start, stop + 1)


def _skip(text: Text, start: int, stop: int) -> int:
    return _BLANK.match(text.chars, start, stop).end()


def _own_number(text: Text, title: Title | None, stop: int) -> Number | None:
    """The number above the title or right below it; without a title, the one at the beginning."""
    low = title.stop if title else 0
    below = [n for n in numbers(text, low, stop + 60) if _BLANK.fullmatch(text.chars, low, n.text.at - text.at)]
    above = list(numbers(text, 0, title.start + 40)) if title else []
    above = [n for n in above if n.text.at - text.at < title.start or n.text.at - text.at == title.start]
    found = below or above[::-1]
    return found[0] if found else None


def _title_issuers(text: Text, title: Title | None) -> tuple[Text, ...]:
    if title is None:
        return ()
    if title.opener is None:
        match = regex.match(rf"[{HAN}]{{2,30}}?(?=(?:19|20)[0-9]{{2}}年)", text.chars[title.start : title.stop])
        return (text[title.start : title.start + match.end()],) if match and is_organ(match[0]) else ()
    part = text[title.start : title.opener].strip(" \n　*#")
    return organs(part) if is_organ(part.chars) else ()


def _red_issuers(text: Text, stop: int) -> tuple[Text, ...]:
    match = _RED.search(text.chars, 0, stop)
    if match is None:
        return ()
    part = text[match.start("organs") : match.end("organs")].strip(" \n　")
    return organs(part) if is_organ(part.chars) else ()


def _meta_issuers(text: Text, stop: int) -> tuple[Text, ...]:
    match = _META_ISSUER.search(text.chars, 0, stop)
    return organs(text[match.start("organs") : match.end("organs")].strip()) if match else ()


def _best(found: list[Signature], known: list[str]) -> Signature | None:
    for wanted in (lambda s: any(i.chars in known for i in s.issuers), lambda s: bool(s.issuers), lambda s: True):
        for s in found:
            if wanted(s):
                return s
    return None


def _issuers(named, signed, red):
    if len(signed) > len(named) or (len(signed) == len(named) and sum(map(len, signed)) > sum(map(len, named))):
        return signed
    return named or signed or red


def _head_date(text: Text, title: Title | None, stop: int):
    for pattern, start in ((_META, 0), (_BRACKET_DATE, title.stop if title else 0)):
        match = pattern.search(text.chars, start, stop + 40) if pattern is _META else pattern.match(text.chars, start)
        if match:
            date = DATE.match(text.chars, match.end())
            if date:
                return text[date.start() : date.end()], date_of(date)
    return None
