"""Several circulars in one text: cut before each further head, where one is certain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from parsers.head.issuers import printed_above
from parsers.head.number import Number, numbers
from parsers.head.recipients import recipients_at
from parsers.head.signature import days
from parsers.head.title import find_title
from schemas.text import Text

_ABOVE, _BELOW = 500, 900  # characters of a head above and below its number
_ANNEXED = regex.compile(r"附[ ]?件")
_LINK = regex.compile(r"[ \u3000\n*#（）【】]*(?:签发人[^\n]{0,20}\n)?[ \u3000\n*#]*")


def circulars(text: Text) -> list[Text]:
    """The circulars of a text, one after the other: one, unless a further head is certain.

    A head is certain that has another number, a title with 关于… and addressees, behind the signature of the
    circular before it and not annexed to it. A covering notice and the plan that it sends are one circular.
    """
    cuts = [0, *_heads(text), len(text)]
    return [text[start:stop] for start, stop in pairwise(cuts) if start < stop]


def _heads(text: Text) -> Iterator[int]:
    """Where further heads begin."""
    found = list(numbers(text, 0, len(text)))
    seen: set[str] = set()
    low = 0
    for number in found if len({one.text.chars for one in found}) > 1 else ():
        if number.text.chars in seen or (begin := _head_around(text, number, low)) is None:
            continue
        if begin > low and seen and _is_over(text, low, begin):
            yield begin
        seen.add(number.text.chars)
        low = number.text.end - text.at


def _head_around(text: Text, number: Number, low: int) -> int | None:
    """Where the head begins that this number belongs to; None where it is cited or stands in no complete head."""
    begin, end = number.text.at - text.at, number.text.end - text.at
    low = max(low, begin - _ABOVE, text.chars.rfind("。", 0, begin) + 1)
    stop = text.chars.find("。", end, end + _BELOW)
    if stop < 0:
        return None
    title = find_title(text, low, stop)
    if title is None or title.opener is None:
        return None
    above, below = sorted([(begin, end), (title.start, title.stop)])
    linked = _LINK.fullmatch(text.chars, above[1], max(above[1], below[0]))
    if not linked or recipients_at(text, _skip(text, below[1], stop), stop + 1) is None:
        return None
    names = [organ.text.at - text.at for organ in printed_above(text, low, begin)]
    return min([begin, title.start, *names])


def _skip(text: Text, start: int, stop: int) -> int:
    match = _LINK.match(text.chars, start, stop)
    return match.end() if match else start


def _is_over(text: Text, low: int, begin: int) -> bool:
    """Has the circular before been signed, and does nothing annex what follows to it?"""
    signed = any(days(text, max(low, begin - _BELOW), begin))
    return signed and _ANNEXED.search(text.chars, low, begin) is None
