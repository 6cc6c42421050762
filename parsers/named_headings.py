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
_BODIES = ("组", "专班", "指挥部")  # a heading above their members
_EDGE = " \n\u3000：。"
_COLON = 80  # characters: a heading that names the unit


def named_heading(
    chars: str, start: int, stop: int, familiar: Familiar, *, above: bool = False
) -> Expression | None:
    """县财政局：落实资金…; 县财政局。负责…: names as a heading, then what they do; in the units below, where it is `above` some.

    Example: （一）县财政局 above 1.落实资金，6月底前到位。
    """
    end = min(stop, start + _COLON)
    mark = _MARK.search(chars, start, end)
    name = mark.start() if mark is not None else stop
    if name > end or not departments.looks_like(chars, start, name, familiar):
        return None
    if above and not chars[name:stop].strip(_EDGE) and not chars.endswith(_BODIES, start, name):
        return _named(chars, start, name, familiar)
    if mark is None:
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
    return _named(chars, start, name, familiar) if says else None


def _named(chars: str, start: int, name: int, familiar: Familiar) -> Expression:
    names = departments.split(chars, start, name, familiar)
    return Expression(
        start, start, "label", tuple(assign(chars, "responsible", names, "heading names the unit"))
    )
