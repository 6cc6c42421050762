"""Does a time in running text bind a task? 请于6月底前报送 does; 到2025年产值达到500亿元 does not.

Labels, brackets and table cells need no such question: there every time binds.
"""

from __future__ import annotations

from functools import cache

import regex

from parsers.time_limits import TimeMention
from parsers.vocab import terms

_CLAUSE = "，。；！？\n"
_SPANS = frozenset(("month", "months", "days", "week", "quarters", "half"))
_OPENS = regex.compile(r"(?:[，]|组织|开展|完成|召开|举办|集中|进行|实施|推进|由|各|对|报送|上报|启动|印发|制定|形成|为)")


@cache
def _cue(name: str) -> regex.Pattern[str]:
    term = next(term for term in terms("bearing") if term.canonical == name)
    return regex.compile("|".join(term.aliases))


def binds(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Whether the time binds; [start, stop) are the words of the item it stands in.

    Example: 截至12月底 tells a state, 12月底前完成 binds.
    """
    begin = max([start, *(chars.rfind(mark, start, mention.start) + 1 for mark in _CLAUSE)])
    end = min([stop, *(at for mark in _CLAUSE[1:] if (at := chars.find(mark, mention.stop, stop)) >= 0)])
    if _cue("reference").search(chars, max(begin, mention.start - 6), mention.start + 2):
        if mention.form != "recurring":
            return False
    if _cue("condition").match(chars, mention.stop, end):
        return False
    return _FORMS.get(mention.form, _never)(chars, mention, begin, end)


def _never(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    return False


def _by(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """6月底前, 截止5月3日: binds, but for an aim (到2025年达到…)."""
    if mention.prefix == "until" and mention.unit not in ("day", "days"):
        return not mention.target and not _cue("aim").search(chars, mention.stop, end)
    return True


def _period(chars: str, mention: TimeMention, begin: int, end: int) -> bool:
    """4月至6月，组织…: some days or months at a sentence's start, followed by what is done then; a lone day tells."""
    before = chars[begin - 1] if begin else "\n"
    opens = mention.start - begin <= 1 and before in "。；！\n）、."
    spans = mention.form == "range" or mention.unit in _SPANS
    return opens and spans and _OPENS.match(chars, mention.stop, end) is not None


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
}
