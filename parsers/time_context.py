"""What stands beside a time expression and belongs to it: the event a duration counts from, 并持续推进, 2019年起，每年….

These look at a few characters around an expression that was found; none scans the text again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from parsers.time_grammar import TimeMention
from parsers.time_words import HELD, trie
from parsers.vocab import terms

_STOPS = "，。；：！？、（）\n"
_REACH = 24  # characters: an event is named shortly before its duration
_AFTER = "之日起|之日后|之日|当日起|起|之后|以后|后"
_BESIDE = 60  # characters after a milestone within which it may be said to go on
_SENTENCE_END = regex.compile("[。；！？\n]")
_NOT_EVENT = regex.compile(
    "(?:应当|应该|应|必须|须|需|请|要|将|在|于|并|及时|务必|可|由|自|从)(?=[^应须请要将在于并]*$)"
)
_GAP = regex.compile(
    "[，]?(?:各[^，。；：（）\n]{1,14}|由?[^，。；：（）\n0-9]{2,10})?(?:应当|应|须|要)?(?:于|在|按)?"
)


@cache
def _prefixes(leave: str = "") -> tuple[regex.Pattern[str], str]:
    """Words before an expression, and their last characters; `leave`: a veto to leave out, for tests."""
    known = terms("time", "prefix")
    parts = "|".join(f"(?P<{term.canonical}>{trie(term.aliases)})" for term in known)
    unless = "|".join(word for term in known for word in term.unless if word != leave)
    return regex.compile(f"(?:{parts})$(?<!{unless})"), "".join(
        {word[-1] for term in known for word in term.aliases}
    )


def before(text: str, begin: int, start: int) -> tuple[str, int]:
    """自, 从 ("from") or 到, 截至, 不迟于 ("until") right before an expression, and where it then begins.

    >>> before("不迟于6月底", 0, 3)
    ('until', 0)
    """
    pattern, ends = _prefixes()
    if start <= begin or text[start - 1] not in ends:
        return "", start
    match = pattern.search(text, max(begin, start - 6), start)
    return (match.lastgroup or "", match.start()) if match else ("", start)


@cache
def _issue() -> regex.Pattern[str]:
    issued, documents = (
        trie(word for term in terms("time", section) for word in term.aliases)
        for section in ("issue", "document")
    )
    return regex.compile(
        f"(?P<from>自|从|在|于)?(?P<event>(?:{documents})?(?:正式|公开)?(?:{issued}))(?:{_AFTER})?[，]?的?$"
    )


_BRIEF = "会课赛训考"  # events of one character: 会后3日内
_HELD = regex.compile(f"(?P<event>[^{_STOPS}]{{0,{_REACH}}}{HELD.pattern.removesuffix('$')})$")
_EVENT = regex.compile(
    f"(?P<event>[^{_STOPS}]{{2,{_REACH}}}|(?<![^{_STOPS}于在请须应])[{_BRIEF}])(?:{_AFTER})[，]?的?$"
    f"|自(?P<event>[^{_STOPS}]{{3,{_REACH}}})$"
)


def anchor(text: str, begin: int, start: int) -> tuple[int, str, bool]:
    """Where the expression really begins, the event its duration counts from, is that the circular's issue?

    >>> anchor("应在通知印发后10个工作日内", 0, 7)
    (2, '通知印发', True)
    """
    begin = max(begin, start - _REACH)
    found = _issue().search(text, begin, start)
    if found:
        return found.start() + (found["from"] in ("在", "于")), found["event"], True
    found = _EVENT.search(text, begin, start) or _HELD.search(text, begin, start)
    if found is None:
        return start, "", False
    event = found["event"]
    word = _NOT_EVENT.search(event)
    cut = word.end() if word else 0
    shown = word.start() if word and word[0] in ("自", "从") else cut
    if len(event) - cut < 2 and event[cut:] not in tuple(_BRIEF):
        return start, "", False
    return found.start() + shown, event[cut:], False


def merged(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """从2019年起，各有关部门于每年2月底前: one recurring time limit with a start."""
    kept: list[TimeMention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if before and mention.form == "recurring" and _opens(text, before, mention):
            kept[-1] = mention._replace(
                start=before.start, first=before.first or before.last, last=before.last
            )
        else:
            kept.append(mention)
    return kept


def _opens(text: str, before: TimeMention, mention: TimeMention) -> bool:
    """Does the first name the span of time in which the second recurs?"""
    if before.form == "since":
        return _GAP.fullmatch(text, before.stop, mention.start) is not None
    years = before.unit in ("year", "plan") and text[before.stop : mention.start] == "，"
    return before.form in ("range", "during") and (years or before.stop == mention.start)


@cache
def _ongoing() -> regex.Pattern[str]:
    words = "|".join(
        f"(?P<{name}>{trie(word for term in terms('time', name) for word in term.aliases)})"
        for name in ("ongoing", "at_once")
    )
    ahead = "(?:并|且|应|需|须|要|此后|之后|后续|全年|作为|属于|分步|分阶段){0,2}"
    return regex.compile(
        f"(?<=(?P<joined>[并且后])|[{_STOPS} /;]|^)(?P<ahead>{ahead})(?:{words})(?:任务|工作)?(?=[{_STOPS} /;]|$)"
    )


@cache
def _starts() -> frozenset[str]:
    return frozenset(
        word[0] for name in ("ongoing", "at_once") for term in terms("time", name) for word in term.aliases
    )


def with_ongoing(text: str, start: int, end: int, found: list[TimeMention], whole: bool) -> list[TimeMention]:
    """The mentions and 长期, 持续推进, …: alone in a field, or beside a dated milestone in the same sentence."""
    if whole and _starts().isdisjoint(text[start:end]):
        return found
    if whole:
        extra = [each for each in _stated(text, start, start, end) if not _covered(each, found)]
    else:
        extra = [
            each
            for mention in found
            if mention.form in ("by", "during")
            for each in _beside(text, mention, end)
        ]
    extra = list({each.start: each for each in extra}.values())
    return sorted([*found, *extra], key=lambda mention: mention.start) if extra else found


def _stated(text: str, start: int, at: int, end: int) -> Iterator[TimeMention]:
    for match in _ongoing().finditer(text, at, end):
        if match.start() > start or not start or match.start() == start:
            name = "ongoing" if match["ongoing"] else "at_once"
            yield TimeMention(
                match.start(name), match.end(), name, "ongoing" if match["ongoing"] else "at_once"
            )


def _beside(text: str, mention: TimeMention, end: int) -> Iterator[TimeMention]:
    """并持续推进 after a milestone, at the end of its clause."""
    limit = min(end, mention.stop + _BESIDE)
    if _starts().isdisjoint(text[mention.stop : limit]):
        return
    stop = _SENTENCE_END.search(text, mention.stop, limit)
    limit = stop.end() if stop else limit
    for each in _stated(text, mention.stop, mention.stop, limit):
        if each.form == "ongoing" and each.stop - each.start >= 4:
            yield each


def _covered(each: TimeMention, found: list[TimeMention]) -> bool:
    return any(mention.start < each.stop and each.start < mention.stop for mention in found)
