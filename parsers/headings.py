"""What an item is called, and what remains of its words."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from schemas.duties import Expression
from schemas.text import Span

_STOP = regex.compile(r"[。\n]|(?<=[^，。；：]{2,30})：(?=[^\n])(?!(?<=[0-9]：)[0-9]{2})")
_TIME_BRACKET = regex.compile(r"（[^（）\n]{0,24}(?:前|底|完成|月|年|全年|长期|持续)[^（）\n]{0,12}）")
_CLAUSE = regex.compile(r"[，；：]")
_LONG = 60  # characters: a longer first sentence is no heading, its first clause stands for it
_TRAILING = "。；;，,：: \n\u3000*#"


def heading(chars: str, start: int, stop: int, expressions: Sequence[Expression]) -> Span:
    """The span of the heading of the words [start, stop): up to the first 。, or the whole short line.

    A bracket that says who or by when is no part of it.
    """
    while start < stop and chars[start] in " \u3000*_\n":
        start += 1
    end = min([stop, *(e.start for e in expressions if e.start > start and e.evidence != "sentence")])
    match = _STOP.search(chars, start, end)
    end = match.start() if match else end
    bracket = _TIME_BRACKET.search(chars, start, end)
    if bracket and bracket.end() == end and bracket.start() > start:
        end = bracket.start()
    if end - start > _LONG:
        clause = _CLAUSE.search(chars, start + 4, end)
        end = clause.start() if clause else end
    while end > start and chars[end - 1] in _TRAILING:
        end -= 1
    return start, end


def remains(start: int, stop: int, expressions: Sequence[Expression]) -> list[Span]:
    """The spans of [start, stop) without the responsibility expressions in it."""
    found: list[Span] = []
    for expression in expressions:
        if expression.stop <= start or expression.start >= stop or expression.start == expression.stop:
            continue
        if expression.start > start:
            found.append((start, expression.start))
        start = max(start, expression.stop)
    return [*found, (start, stop)] if start < stop else found
