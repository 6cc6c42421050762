"""Numbering marks: 一、（一） 1. （1） ① 第三条 1.2, wherever they may stand."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.numerals import number
from schemas.outline import Marker

_N = "一二三四五六七八九十百零〇"
_NO_LIST = "至和及、项款目条或）与到"  # （一）至（三）项 cites, it does not number
_MARK = regex.compile(
    rf"""
    (?=[{_N}（0-9①-⑳第])
    (?: （(?:(?P<han_paren>[{_N}]{{1,4}})|(?P<number_paren>[0-9]{{1,3}}))）(?![{_NO_LIST}])
      | (?P<number>[0-9]{{1,3}})(?:[.、](?:(?![0-9])|(?=20[0-9][0-9](?:年|[-.])))|(?P<half>）)
          |(?P<tail>(?:\.[0-9]{{1,2}}){{1,3}})(?=[ \u3000\u4e00-\u9fff])(?![ ]?[个万亿元年月日倍米吨平公千%％折版版人次户名以分左至—到]))
      | (?P<han>[{_N}]{{1,4}})(?:[、.](?![{_N}]{{1,3}}(?:季|月|级|类|期|线|是|年|届|次|等|、|产|档|批|轮))|，(?=[^\n]{{0,30}}(?:\n|\Z)))
      | (?P<circle>[①-⑳])
      | 第(?P<article>[{_N}0-9]{{1,5}})条(?![、和至第（款项的及规与中之])
      | 第(?P<chapter>[{_N}0-9]{{1,4}})[章节编部](?:分)?(?=[ \u3000\n：]))
    """,
    regex.VERBOSE,
)
_BULLETS = " \t\u3000-*+>·●■◆★▲□#"
_SENTENCE_END = "。；！？…."
_CLOSED = "）》”\"：】|"
_LISTED = "第至和及、"
_CITES = _LISTED + "附共版约期按据照见本之前后图表"  # 按（一）办理, 附件1. and the like cite
_DONE_BY = regex.compile("[年月日旬底末周]前$")  # 6月底前（二）: a value that ends, glued to the next mark
_CLAUSE = regex.compile("[，。；：\n]")
_HEADING = 32  # characters: what stands between two glued marks is a heading, where it is no longer
_LINE_ONLY = frozenset(("decimal2", "decimal3", "decimal4", "circle", "article", "chapter", "number_half"))


def markers(chars: str, start: int = 0, stop: int | None = None) -> Iterator[Marker]:
    """Every place that could be a numbering mark, with how likely its place makes it.

    >>> [(m.kind, m.value, m.strength) for m in markers("一、总体要求（一）原则。1.统筹")]
    [('han', 1, 3), ('han_paren', 1, 1), ('number', 1, 2)]
    """
    heading = -_HEADING
    for match in _MARK.finditer(chars, start, len(chars) if stop is None else stop):
        kind, printed = _kind(match)
        at = match.start()
        begin, strength = _strength(chars, at, start, kind)
        if strength == 1 and at - heading < _HEADING and not _CLAUSE.search(chars, heading, at):
            strength = 2  # 一、总体要求（一）…: the words between are the heading above
        if strength > (kind in _LINE_ONLY):
            value = number(printed)
            if value:
                heading = match.end()
                yield Marker(kind, value, begin, at, heading, strength)


def _kind(match: regex.Match[str]) -> tuple[str, str]:
    """The kind of the mark and the digits that count."""
    group = match.lastgroup or ""
    if group == "half":
        return "number_half", match["number"]
    if group == "tail":
        parts = match["tail"].split(".")
        return f"decimal{len(parts)}", parts[-1]
    return group, match[group]


def _strength(chars: str, at: int, floor: int, kind: str) -> tuple[int, int]:
    """Where the mark's line or bullet begins, and 3: at a line's start; 2: after a sentence; 1: glued; 0: no mark."""
    begin = at
    while begin > floor and at - begin < 8 and chars[begin - 1] in _BULLETS:
        begin -= 1
    before = chars[begin - 1] if begin > floor else "\n"
    if before == "\n":
        return begin, 3
    arabic = chars[at].isdigit()
    if before in _SENTENCE_END or before in _CLOSED:
        return at, 0 if before == "." and arabic else 2
    if before in (_LISTED if kind == "han" else _CITES) and not _DONE_BY.search(chars, max(floor, begin - 3), begin):
        return at, 0
    return at, 0 if arabic and (before.isascii() and before.isalnum() or before in "〔—~/") else 1
