"""Does a time in running text bind a task? 请于6月底前报送 does; 到2025年产值达到500亿元 does not.

Labels, brackets and table cells need no such question: there every time binds.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex

from parsers.time_limits import TimeMention
from parsers.vocab import terms

Manner = Literal["orders", "tells", "rules"]

_CLAUSE = "，。；！？\n"
_SPANS = frozenset(("month", "months", "days", "week", "quarters", "half"))


@cache
def _cue(name: str) -> regex.Pattern[str]:
    term = next(term for term in terms("bearing") if term.canonical == name)
    return regex.compile("|".join(term.aliases))


def manner(title: str | None) -> Manner:
    """How a circular of this title speaks: it orders, it tells what was done, it lays down standing rules.

    >>> manner("关于印发某市节水行动方案的通知"), manner("关于检查情况的通报"), manner("关于印发某办法（试行）的通知")
    ('orders', 'tells', 'rules')
    """
    if title and _cue("rules").search(title):
        return "rules"
    return "tells" if title and _cue("tells").search(title) else "orders"


def binds(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Whether the time binds; [start, stop) are the words of the item it stands in.

    Example: 截至12月底 tells a state, 12月底前完成 binds.
    """
    begin = max([start, *(chars.rfind(mark, start, mention.start) + 1 for mark in _CLAUSE)])
    end = min([stop, *(at for mark in _CLAUSE[1:] if (at := chars.find(mark, mention.stop, stop)) >= 0)])
    if mention.form not in ("recurring", "within") and _cue("reference").search(
        chars, max(begin, mention.start - 6), mention.start + 2
    ):
        return False
    if _cue("condition").match(chars, mention.stop, end):
        return False
    return _FORMS.get(mention.form, _never)(chars, mention, begin, end)


def _never(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    return False


def _always(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """持续推进 is found beside a dated milestone only."""
    return True


def _by(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """6月底前, 截止5月3日: binds, but for an aim (到2025年达到…)."""
    if mention.prefix == "until" and mention.unit not in ("day", "days"):
        return not mention.target and not _cue("aim").search(chars, mention.stop, end)
    return True


def _period(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """4月至6月，组织…: some days or months, followed by what is done then, not by what was; a lone day tells."""
    before = chars[begin - 1] if begin else "\n"
    if mention.start - begin > 1 or not (mention.form == "range" or mention.unit in _SPANS):
        return False
    if _cue("tale").match(chars, mention.stop, end):
        return False
    if before in "。；！\n）、.":
        return chars[mention.stop : mention.stop + 1] == "，" or _cue("done").match(chars, mention.stop, end) is not None
    return _cue("done").match(chars, mention.stop, end) is not None


def _recurring(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """每月25日前报送 binds, 每年增长3% does not."""
    exact = chars[mention.stop - 1] in "前底末"
    return exact or _cue("report").match(chars, mention.stop, end) is not None


def _within(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """印发之日起30日内 binds; 10个工作日内办结 is a service time."""
    return mention.anchored


def _event(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """两会召开前 binds; 活动期间 and 竣工后 tell a circumstance."""
    return chars[mention.stop - 1] in "前夕"


_FORMS = {
    "by": _by,
    "during": _period,
    "range": _period,
    "recurring": _recurring,
    "within": _within,
    "event": _event,
    "ongoing": _always,
}
