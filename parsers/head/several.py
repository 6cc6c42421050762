"""Several circulars in one text: cut before each further head, where one is certain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

import regex

from parsers.head.days import days
from parsers.head.issuers import printed_above
from parsers.head.metadata import skip
from parsers.head.number import Number, numbers
from parsers.head.recipients import recipients_at
from parsers.head.title import find_title
from parsers.head.wording import is_organ
from schemas.text import Text

_ABOVE, _BELOW = 500, 900  # characters of a head above and below its number
_ANNEXED = regex.compile(r"附[ ]?件")
_SIGNED = regex.compile(  # from 年 on, the year looked at from there: a scan for one character is cheap
    r"年(?<=(?P<year>[12][0-9]{3}|[一二][〇零○O0一二三四五六七八九]{3})年)[^年月日\n]{1,3}月[^年月日\n]{1,3}日[ \u3000]*(?:\n|\Z)"
    r"(?:[ \u3000\n]*（[^）\n]{0,20}）[ \u3000]*\n)?"
)
_CLOSE, _LINES = 200, 5  # characters and lines between a signature and the title of the next circular
_NUMBER = 60  # characters in which a number below the title ends
_MOST = 100  # days on lines of their own that are looked at
_BLANK = " \u3000\n"
_LINK = regex.compile(r"[ \u3000\n*#（）【】]*(?:签发人[^\n]{0,20}\n)?[ \u3000\n*#]*")


def circulars(text: Text) -> list[Text]:
    """The circulars of a text, one after the other: one, unless a further head is certain.

    A head is certain that has another number, a title with 关于… and addressees, behind the signature of the
    circular before it and not annexed to it; without another number, if it stands right below that signature and
    is signed itself. A covering notice and the plan that it sends are one circular.
    """
    cuts = [0, *(list(_heads(text)) or _below_signatures(text)), len(text)]
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


def _below_signatures(text: Text) -> Iterator[int]:
    """Where heads begin right below the day that signs the circular before."""
    low = 0
    for line in islice(_SIGNED.finditer(text.chars), _MOST):
        begin = line.end()
        if "关于" not in text.chars[begin : begin + _CLOSE] or not _is_organ_above(
            text.chars, line.start("year")
        ):
            continue
        first, second = _complete(text, low, begin), _complete(text, begin, len(text))
        near = second is not None and text.chars.count("\n", begin, second) <= _LINES
        signed = second is not None and _SIGNED.search(text.chars, second) is not None
        if first is not None and near and signed and _ANNEXED.search(text.chars, low, begin) is None:
            yield begin
            low = begin


def _is_organ_above(chars: str, stop: int) -> bool:
    """Does the name of an organ stand before the day, on its line or the line above?"""
    line = chars[:stop].rstrip(_BLANK)[-60:].rpartition("\n")[2]
    return is_organ(line.strip(_BLANK))


def _complete(text: Text, low: int, limit: int) -> int | None:
    """Where the title with 关于… begins that stands first behind `low` and has addressees; None where none does."""
    stop = text.chars.find("。", low, min(limit, low + _BELOW))
    title = find_title(text, low, stop) if stop > 0 else None
    if title is None or title.opener is None:
        return None
    below = next(
        (one.text.end - text.at for one in numbers(text, title.stop, min(stop, title.stop + _NUMBER))), 0
    )
    places = {skip(text, end, stop) for end in (title.stop, below) if end}
    return title.start if any(recipients_at(text, at, stop + 1) for at in places) else None


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
