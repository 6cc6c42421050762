"""Duties that stand in no numbered unit: they make no item, and are told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from parsers.bearing import binds, holds, ordered
from parsers.time_limits import TimeMention
from pipeline.draft import Draft
from pipeline.publish import Printer
from schemas.circular import Issue
from schemas.duties import Expression
from schemas.text import Span

_MESSAGE = "“{words}”不在任何编号条目内，没有列入事项，如属任务请自行登记"
_CHARGE = regex.compile(
    r"由[^，。；\n]{2,30}?(?:牵头|负责)|\p{Han}[：]负责|牵头，"
)  # who has to do it stands beside
_SHOWN = 40  # characters of the sentence that the message shows
_LONGEST = 160  # characters of a sentence on either side of the place


def outside(
    printer: Printer,
    chars: str,
    units: Sequence[Draft],
    mentions: Sequence[TimeMention],
    found: Sequence[Expression],
) -> Iterator[Issue]:
    """A query about every sentence outside all units that orders something by a time, or says who leads or answers.

    Example: 为做好防汛工作，请各村于3月20日前将方案报镇应急办。
    """
    covered = sorted([*((u.node.marker.number, u.stop) for u in units), *(u.tail for u in units if u.tail)])
    taken = {e.start for unit in units for e in unit.expressions}
    places = [e.start for e in found if e.assignments and e.start not in taken]
    places += [m.start for m in mentions if not _inside(covered, m.start) and _orders(chars, m)]
    done = -1
    for at in sorted(places):
        start, stop = _sentence(chars, at)
        if start > done and not any(e.start <= at < e.stop for u in units for e in u.expressions):
            done = start
            words = printer.words(start, stop).strip()
            message = _MESSAGE.format(words=words[:_SHOWN] + "…" * (len(words) > _SHOWN))
            yield Issue(
                code="unnumbered_duty", severity="warning", message=message, span=printer.place(start, stop)
            )


def _inside(covered: Sequence[Span], at: int) -> bool:
    index = bisect_right(covered, (at, 1 << 60)) - 1
    return index >= 0 and at < covered[index][1]


def _orders(chars: str, mention: TimeMention) -> bool:
    """Is something to be done by then? What is merely told of a time is no duty."""
    if mention.form not in ("by", "range", "within", "recurring"):
        return False
    span = _sentence(chars, mention.start)
    asked = ordered(chars, mention, *span) or holds(chars, mention, *span)  # 各镇6月25日前报送
    asked = asked or _CHARGE.search(chars, *span) is not None
    return bool(asked) and binds(chars, mention, *span)


def _sentence(chars: str, at: int) -> Span:
    """The sentence around a place, without blanks before it; a bracket belongs to the sentence that it follows."""
    low = max(0, at - _LONGEST)
    start = max(low, chars.rfind("\n", low, at) + 1, chars.rfind("。", low, max(at - 1, low)) + 1)
    while start < at and chars[start] in " \u3000":
        start += 1
    stop = min(
        [found for mark in "\n。" if (found := chars.find(mark, at, at + _LONGEST)) >= 0]
        or [min(len(chars), at + _LONGEST)]
    )
    return start, stop
