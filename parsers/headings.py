"""What an item is called, and what remains of its words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import regex

from schemas.duties import Expression
from schemas.text import Span

_STOP = regex.compile(r"[。\n]|：(?=[^\n])(?<=[^，。；：]{2,30}：)(?!(?<=[0-9]：)[0-9]{2})")
_TIME_BRACKET = regex.compile(r"（[^（）\n]{0,24}(?:前|底|完成|月|年|全年|长期|持续)[^（）\n]{0,12}）")
_CLAUSE = regex.compile(r"[，；]|：(?!(?<=[0-9]：)[0-9]{2})")  # 17：00 is one word
_LONG = 60  # characters: a longer first sentence is no heading, its first clause stands for it
_TRIED = 30  # places in brackets where a heading could end, but does not
_OPENS = " \u3000*\n。：，（_"  # what may open what stands there
_OPENING = regex.compile(  # what may stand between a number and its words: （3月1日至5日）：, **
    r"[ \u3000*\n。：，]*+(?:（[^（）\n]{0,12}[0-9日月年底季][^（）\n]{0,24}）[：，。 \n\u3000]*+(?![）\n]|\Z))?(?:__)?+"
)
_NAMED = regex.compile(
    r"[（【](?P<name>\p{Han}[\p{Han}、]{1,15})[）】][ \u3000]?(?=\p{Han}|《)"
)  # 第一条（目的依据）为…
_TRAILING = "。；;，,：: \n\u3000*#"


def heading(chars: str, start: int, stop: int, expressions: Sequence[Expression]) -> Span:
    """The span of the heading of the words [start, stop): up to the first 。, or the whole short line.

    A bracket that says who or by when is no part of it.
    """
    starts = [e.start for e in expressions if e.start >= start and e.evidence != "sentence"]
    if chars[start : start + 1] in _OPENS:
        start = _start(chars, start, stop, starts)
    named = (
        _NAMED.match(chars, start, stop)
        if chars.startswith(("（", "【"), start) and start not in starts
        else None
    )
    if named:
        return named.span("name")
    end = min([at for at in starts if at > start], default=stop)
    end = _stop(_STOP, chars, start, min(end, stop))
    bracket = _TIME_BRACKET.search(chars, start, end) if chars.endswith("）", start, end) else None
    if bracket and bracket.end() == end and bracket.start() > start:
        end = bracket.start()
    if end - start > _LONG:
        end = _stop(_CLAUSE, chars, start, end, ahead=4)
    while end > start and chars[end - 1] in _TRAILING:
        end -= 1
    return start, end


def _start(chars: str, start: int, stop: int, taken: Sequence[int]) -> int:
    """Where the words of the heading begin; a bracket that assigns is left where it stands."""
    match = _OPENING.match(chars, start, stop)
    end = match.end() if match else start
    return min([end, *(at for at in taken if at >= start)])


def _stop(pattern: regex.Pattern[str], chars: str, start: int, end: int, ahead: int = 0) -> int:
    """The first place where the heading may end; inside an open bracket it ends at no colon or comma: （网址：…）."""
    for match in islice(pattern.finditer(chars, start + ahead, end), _TRIED):
        at = match.start()
        if chars[at] in "。\n" or not _is_enclosed(chars, start, at, end):
            return at
    return end


def _is_enclosed(chars: str, start: int, at: int, end: int) -> bool:
    opened = chars.count("（", start, at)
    return opened > 0 and opened > chars.count("）", start, at) and chars.find("）", at, end) >= 0


def remains(start: int, stop: int, expressions: Sequence[Expression]) -> list[Span]:
    """The spans of [start, stop) without the responsibility expressions in it; what they keep is not lost."""
    found: list[Span] = []
    for expression in expressions:
        if expression.stop <= start or expression.start >= stop or expression.start == expression.stop:
            continue
        if expression.start > start:
            found.append((start, expression.start))
        found += [span for span in expression.kept if span[0] >= start]
        start = max(start, expression.stop)
    return [*found, (start, stop)] if start < stop else found
