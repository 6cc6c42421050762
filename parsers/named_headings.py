"""Headings that name who is to do what stands below them: 县财政局：落实资金…; 县财政局。负责…."""

from __future__ import annotations

import regex

from parsers import departments
from parsers.assigning import assign
from parsers.departments import Familiar
from parsers.sentence_words import pattern
from schemas.duties import Expression

_MARK = regex.compile("[：。\n]")
_CLAUSE_WORDS = regex.compile("[^，。；\n]*")
_COLON = 80  # characters: a heading that names the unit


def named_heading(chars: str, start: int, stop: int, familiar: Familiar) -> Expression | None:
    """县财政局：落实资金…; 县财政局。负责…: names as a heading, then what they do."""
    end = min(stop, start + _COLON)
    mark = _MARK.search(chars, start, end)
    if mark is None or not departments.looks_like(chars, start, mark.start(), familiar):
        return None
    after = mark.end()
    while after < stop and chars[after] in " \n\u3000":
        after += 1
    if mark[0] == "：":
        clause = _CLAUSE_WORDS.match(chars, after, stop)
        says = (
            clause is not None
            and clause.end() > after
            and not departments.looks_like(chars, *clause.span(), familiar)
        )
    else:
        says = pattern("charge").match(chars, after, stop) is not None
    if not says:
        return None
    names = departments.split(chars, start, mark.start(), familiar)
    return Expression(
        start, start, "label", tuple(assign(chars, "responsible", names, "heading names the unit"))
    )
