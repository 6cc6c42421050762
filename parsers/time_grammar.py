"""The grammar of a time expression: rules over the letters of its tokens, each building a TimeMention.

A rule sees 6月底前 as `MEB`. Rules are tried in the order of RULES at the first token; the first that matches
takes its tokens and the next begin a new expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import regex

from parsers.durations import Duration, duration
from parsers.time_points import Point, Word, contiguous, point

Form = Literal["by", "during", "range", "since", "within", "event", "recurring", "ongoing", "at_once"]


class TimeMention(NamedTuple):
    """A time expression found in a text, not yet dated.

    `start`, `stop`: offsets in the scanned text. `form`: by (前, 底, 截止, 到…), during (a period named), range,
    since (自…起, 后), within (a duration), event (两会召开前), recurring, ongoing, at_once.
    `edge`: which edge of the last point is meant: "" (all of it), "end" (底, 内), "before" (前).
    `prefix`: 自/从 "from", 到/至/截至 "until". `target`: 到2025年, a year or plan to reach, mostly no time limit.
    `event`: the words a duration counts from; `anchored`: it is the issue of the circular itself.
    """

    start: int
    stop: int
    rule: str
    form: Form
    first: Point | None = None
    last: Point | None = None
    edge: str = ""
    prefix: str = ""
    approximate: bool = False
    duration: Duration | None = None
    event: str = ""
    anchored: bool = False
    recurrence: str | None = None

    @property
    def unit(self) -> str:
        """The finest unit printed: day, days, month, months, quarters, year, plan, festival, week, ..."""
        named = self.last or self.first
        return named.unit if named else self.duration.unit if self.duration else ""

    @property
    def target(self) -> bool:
        """Is this 到2025年 or 到“十四五”末: mostly an aim, not a time limit?"""
        return self.prefix == "until" and self.unit in ("year", "plan")


class Rule(NamedTuple):
    """`letters`: pattern over token letters with groups a (first point), b (last), e (end), z (edges).

    `needs`: letters of which one must be there, so that no pattern is tried (nor compiled) without need.
    """

    name: str
    needs: str
    letters: str
    build: Callable[[Found], TimeMention | None]
    whole: bool = False  # holds only where the text is nothing but a time limit


class Found(NamedTuple):
    """What a rule matched: its name, the groups' words, the span, what stands before."""

    rule: str
    groups: Mapping[str, Sequence[Word]]
    start: int
    stop: int
    prefix: str
    whole: bool = False
    event: str = ""
    anchored: bool = False


WT = "(?:[WT]{1,3}(?:RT{1,2})?)?"
DAY = f"(?:(?:[CsDdkw]|[Yyz]?(?:[lV]|[Mm]D)){WT}|8)"
MONTH = "(?:c|[Yyz]?[Mm]b?[Xxi]?|bx?)"
LONG = "(?:[Yyz]?[QhHAS]|qu?|u|[Yy]a?x?|ax?|z|P)"
POINT = f"(?:{DAY}|{MONTH}|{LONG})"
OPENING = f"(?:O|[Yyz]?M?N|n|{POINT})"
CLOSING = f"(?:[Yyz]?M?N|n|{POINT}|X)"
BARE = f"(?:(?:[Ck]|[Yyz]?(?:l|[Mm]D)|[Yy]V){WT}|{MONTH}|[Yyz]?[QhHAS]|qu?|[Yy]a?x|[Yy]|ax|Px?(?=I))"


def _range(found: Found) -> TimeMention | None:
    first, last = point(found.groups["a"]), point(found.groups["b"])
    if first is None or last is None:
        return None
    first = first.like(last)
    if not found.whole and _is_count(first, found.groups["a"]):
        return None
    edge = _edge(found.groups["z"], found.groups["e"])
    about = any(word.letter == "F" for word in found.groups["z"])
    return TimeMention(found.start, found.stop, found.rule, "range", first, last, edge, found.prefix, about)


def _is_count(first: Point, words: Sequence[Word]) -> bool:
    """1—2日 in running text: two days of no month are a count."""
    return (
        first.unit == "day" and first.month is None and first.month_shift is None and words[0].letter == "N"
    )


def _listed(found: Found) -> TimeMention | None:
    """5、6月份; 二、三季度; 9月10号，11号: one period, where the parts follow each other."""
    first, last = contiguous(found.groups["a"])
    if first is None or last is None or (not found.whole and _is_count(first, found.groups["a"])):
        return None
    edge = _edge(found.groups["z"], found.groups["e"])
    return TimeMention(
        found.start, found.stop, found.rule, "by" if edge else "during", first, last, edge, found.prefix
    )


def _apart(found: Found) -> TimeMention | None:
    """6 of 6、12月底前, 第二 of 第二、第四季度: parts that do not follow each other share the unit and edge of the last."""
    named, last = point(found.groups["a"]), point(found.groups["b"])
    if named is None or last is None:
        return None
    edge = _edge(found.groups["z"], found.groups["e"])
    named = named.like(last).on_day_of(last) if edge else named.like(last)
    if not found.whole and not edge and _is_count(named, found.groups["a"]):
        return None
    form: Form = "by" if edge else "during"
    return TimeMention(found.start, found.stop, found.rule, form, None, named, edge, found.prefix)


def _since(found: Found) -> TimeMention | None:
    named = point(found.groups["a"])
    if found.groups["u"] and found.groups["u"][-1].text == "开始" and found.groups["a"][-1].letter == "T":
        return named and TimeMention(  # 8：00开始: when a meeting begins
            found.start, found.stop, found.rule, "during", None, named, "", found.prefix
        )
    after = "after" if found.groups["u"] and found.groups["u"][-1].text.endswith("后") else ""
    return named and TimeMention(
        found.start, found.stop, found.rule, "since", named, None, after, found.prefix
    )


def _by(found: Found) -> TimeMention | None:
    named = point(found.groups["a"])
    edge = _edge(found.groups["z"], found.groups["e"])
    if named is None:
        return None
    form: Form = "during" if edge == "within" else "by"
    edge = "end" if edge == "within" and named.unit not in ("festival", "plan") else edge
    form = "by" if edge == "end" else form
    return TimeMention(found.start, found.stop, found.rule, form, None, named, edge, found.prefix)


def _shared(found: Found) -> TimeMention | None:
    """5月 of 5月、8月底前: its end; 3月 of 3月、12月25日前: its 25th."""
    mention, last = _by(found), point(found.groups["b"])
    if mention is None or mention.last is None or last is None:
        return mention
    return mention._replace(last=mention.last.on_day_of(last))


def _ahead(found: Found) -> TimeMention | None:
    """国庆节前3天: by the day so long before."""
    named, length = point(found.groups["a"]), duration(found.groups["b"][0].text).back()
    return named and TimeMention(
        found.start, found.stop, found.rule, "by", None, named, "before", found.prefix, duration=length
    )


def _about(found: Found) -> TimeMention | None:
    named = point(found.groups["a"])
    edge = _edge((), found.groups["e"])
    form: Form = "by" if edge else "during"
    return named and TimeMention(
        found.start, found.stop, found.rule, form, None, named, edge, found.prefix, approximate=True
    )


_BACK = ("当", "同", "该")  # 当月, 同年 point back to something said before, unless a day or an edge follows


def _during(found: Found) -> TimeMention | None:
    named = point(found.groups["a"])
    if named is None or (
        not found.whole and named.unit in ("month", "relative_quarter", "year") and named.name in _BACK
    ):
        return None
    form: Form = {"from": "since", "until": "by"}.get(found.prefix, "during")  # type: ignore[assignment]
    if form == "since":
        return TimeMention(found.start, found.stop, found.rule, form, named, None, "", found.prefix)
    edge = "end" if form == "by" else ""
    return TimeMention(found.start, found.stop, found.rule, form, None, named, edge, found.prefix)


def _within(found: Found) -> TimeMention | None:
    """印发之日起30日内, 6月1日起10个工作日内, 20天后, 近三个月"""
    base = point(found.groups["p"]) if found.groups["p"] else None
    length = duration(found.groups["a"][0].text)
    letters = {word.letter for word in found.groups["z"]}
    ahead = found.groups["a"][0].text.startswith(("未来", "今后", "接下来"))
    length = length.back() if "B" in letters else length
    edge = (
        "span"
        if ahead
        else ""
        if "I" in letters
        else "before"
        if "B" in letters
        else "after"
        if letters
        else "span"
    )
    anchored = found.anchored or bool(base and base.unit in ("issue", "today"))
    return TimeMention(
        found.start, found.stop, found.rule, "within", base, None, edge,
        duration=length, event=found.event, anchored=anchored,
    )  # fmt: skip


def _event(found: Found) -> TimeMention | None:
    if not found.whole and found.groups["z"][0].letter == "U":
        return None  # 竣工后 tells when something holds, not until when it is done
    year = point(found.groups["a"]) if found.groups["a"] else None
    return TimeMention(found.start, found.stop, found.rule, "event", year, event=found.groups["b"][0].text)


def _after_event(found: Found) -> TimeMention:
    """开学后两周内, 放假前5个工作日, 会议召开3日前: from an event whose date no one knows."""
    return TimeMention(
        found.start, found.stop, found.rule, "within", duration=duration(found.groups["a"][0].text),
        event=found.groups["b"][0].text,
    )  # fmt: skip


def _edge(after: Sequence[Word], end: Sequence[Word]) -> str:
    """`end` where 底/末 is printed (then 前 adds nothing), else what 前 or 内 say."""
    if end:
        return "end"
    letters = {word.letter for word in after}
    return "before" if "B" in letters else "within" if "I" in letters else ""


RULES = (
    Rule("range", "R", f"(?P<a>{OPENING})E?B?(?:UJ?)?R(?P<b>{CLOSING})(?P<e>E?)(?P<z>[BIF]{{0,2}})", _range),
    Rule("between", "J", f"(?P<a>{POINT})J(?P<b>{POINT})(?P<e>)(?P<z>I)", _range),
    Rule("listed", "J", f"(?P<a>{OPENING}(?:J(?:N|{POINT})){{1,11}})(?P<e>E?)(?P<z>[BI]?)", _listed),
    Rule("apart", "J", f"(?P<a>[Yyz]?N)(?=(?:JN){{0,10}}J(?P<b>{POINT})(?P<e>E?)(?P<z>[BI]?))", _apart),
    Rule("within", "L", f"(?:(?P<p>O|{POINT}U{{1,2}})J?)?(?P<a>L)(?P<z>[IUB]?)", _within),
    Rule("since", "U", f"(?P<a>{POINT})(?P<e>E?)(?P<u>U{{1,2}})", _since),
    Rule(
        "shared_edge", "J", f"(?P<a>{POINT})(?=(?:J{POINT}){{0,10}}J(?P<b>{POINT})(?P<e>E?)(?P<z>B))", _shared
    ),
    Rule("about", "F", f"(?P<a>{POINT})(?P<e>E?)F", _about),
    Rule("ahead", "e", "(?P<a>[Yyz]?V)B(?P<b>e)", _ahead),
    Rule("by", "EBI", f"(?P<a>{POINT})(?:(?P<e>E)(?P<z>T?[BI]{{0,2}})|(?P<e>E?)(?P<z>[BI]{{1,2}}))", _by),
    Rule("issued", "O", "(?P<a>O)(?P<e>)(?P<u>)", _since),
    Rule("after_event", "v", "(?P<b>v)(?:U{1,2}J?)?(?P<a>L)[IUB]?", _after_event),
    Rule("event", "v", "(?P<a>[Yyz]?)(?P<b>v)(?P<z>[BUIE]{1,2}|x)", _event),
    Rule("lone", "", f"(?P<a>{POINT}|n)", _during, True),
    Rule("during", "", f"(?P<a>{BARE})", _during),
)


@cache
def _compiled(letters: str) -> regex.Pattern[str]:
    return regex.compile(letters)


class Candidate(NamedTuple):
    """A rule that the letters begin with: which of them its groups hold, how many it takes."""

    rule: Rule
    groups: Mapping[str, slice]
    taken: int


@lru_cache(maxsize=4096)
def candidates(letters: str, whole: bool) -> tuple[Candidate, ...]:
    """The rules that the letters begin with, in order.

    >>> [(each.rule.name, each.taken) for each in candidates("MEB", False)]
    [('by', 3), ('during', 1)]
    """
    found = []
    for rule in RULES:
        if (rule.whole and not whole) or (rule.needs and not any(need in letters for need in rule.needs)):
            continue
        pattern = _compiled(rule.letters)
        if match := pattern.match(letters):
            groups = {name: slice(*match.span(name)) for name in pattern.groupindex}
            found.append(Candidate(rule, groups, match.end()))
    return tuple(found)
