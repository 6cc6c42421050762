"""Headings and lines that name who is to do what stands behind them: 县财政局：落实资金…; 县财政局。负责…."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers import departments
from parsers.assigning import assign
from parsers.departments import Familiar
from parsers.sentence_words import pattern
from schemas.duties import Expression
from schemas.text import Span

_MARK = regex.compile("[：。\n]")
_CLAUSE_WORDS = regex.compile("[^，。；\n]*")
_BODIES = ("组", "专班", "指挥部")  # a heading above their members
_EDGE = " \n\u3000：。"
_COLON = 80  # characters: a heading that names the unit
_LINE = regex.compile(r"(?<=\n)[ \u3000]*+(?P<name>[^\n，。；：0-9]{2,24}+)：(?=[^\n]{6})")
_FEW = 2  # lines that make a list of who does what


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


def named_lines(
    chars: str, start: int, stop: int, dated: Sequence[Span], familiar: Familiar
) -> list[Expression]:
    """The lines of a unit's words that open with a name, where some are and one of them says by when.

    Example: 教务处：2月9日前排好课表 above 保卫处：维护校门秩序; not 教务处：某某, a list of people.
    """
    lines = [
        line
        for line in _LINE.finditer(chars, start, stop)
        if departments.looks_like(chars, *line.span("name"), familiar)
    ]
    if len(lines) < _FEW or not any(time >= lines[0].start() for time, _ in dated):
        return []
    return [_named(chars, *line.span("name"), familiar, "line names the unit") for line in lines]


def _named(
    chars: str, start: int, stop: int, familiar: Familiar, rule: str = "heading names the unit"
) -> Expression:
    names = departments.split(chars, start, stop, familiar)
    return Expression(start, start, "label", tuple(assign(chars, "responsible", names, rule)))
