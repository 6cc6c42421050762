"""Numbering marks: 一、（一） 1. （1） ① 第三条 1.2, wherever they may stand."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.contents import numbering
from parsers.numerals import number
from schemas.outline import Marker

_N = "一二三四五六七八九十百零〇"
_UNIT = (
    "季月级类期线是年届次等产档批轮楼号层组区者方种道环审"  # 一、二级 lists two levels, it numbers nothing
)
_CITED = "(?![ ]?(?:[至和及或与到、]第?（|、[0-9]|[项款](?![目项])|目(?![标录的前])|条(?![件例块线])|）|（[一二三四五六七八九十0-9]{1,3}）))"
_MEASURE = "(?![ ]?(?:[万亿元%％倍℃折版]|个百分|个工作日|平方|立方|公[里顷斤]|千[米克瓦]|[月年日米吨分秒](?![\u4e00-\u9fff])|[年月]))"
_MARK = regex.compile(
    rf"""
    (?: （[ ]?(?:(?P<han_paren>[{_N}]{{1,4}})|(?P<number_paren>[0-9]{{1,3}}))[ ]?）(?:[、.](?![ ]?（))?{_CITED}
      | （[ ]?(?:(?P<han_paren_x>[{_N}]{{0,3}}(?:[—ーニ-]|(?<=[{_N}])[lI1|!])|(?<=（)[{_N}]{{1,3}}(?=[、.](?![{_N}])))|(?P<number_paren_x>[lI]))[ ]?[）、.]
      | (?P<number>(?:(?<![0-9])0?|(?<=：[0-9]{{2}}))[1-9][0-9]{{0,2}})(?:[ ]?\\?[.、]{{1,2}}(?:(?![0-9])|(?=20[0-9][0-9](?:年|[-.])))|(?P<half>[ ]?）[、.]?))
      | (?P<number_x>[1-9][0-9]?)[ ]?(?:[.、](?=1?[0-9]月|[0-9]{{4}}|[0-9]{{2}}(?:个工作日|小时)|[0-9]{{1,2}}[GD](?![0-9A-Z]))|[，。：·](?=[\u4e00-\u9fff]))
      | (?P<decimal>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})[.、]?(?=[ \u3000“《A-Z\u4e00-\u9fff]){_MEASURE}
      | (?P<decimal_x>[1-9][0-9]?)[ \u3000]?(?=[\u4e00-\u9fffA-Za-z“”、（）]{{2,24}}[ \n]{{0,3}}(?P=decimal_x)\.1(?![0-9]))
      | (?P<han>[{_N}]{{1,4}})[ ]?[、.]{{1,2}}(?![{_N}]{{1,3}}[{_UNIT}、])
      | (?P<han_x>[{_N}]{{1,4}})(?:、(?=[{_N}]{{1,3}}[{_UNIT}])|[，：](?=[\u4e00-\u9fff][^\n]{{1,30}}(?:\n|\Z)))
      | (?<!星期|礼拜|周)(?P<han_half_x>[{_N}]{{1,3}})）
      | (?P<circle>[①-⑳])
      | 第[ ]?(?P<article>[{_N}0-9]{{1,7}})[ ]?条(?![、和至第款项的及规与中之例]|（[{_N}0-9]{{1,3}}）)
      | 第(?P<stage>[一二三四五六七八1-8])(?:阶段|步骤?|环节)(?=[：。（ \n]|\Z)
      | 第[ ]?(?P<chapter>[{_N}0-9]{{1,4}})[ ]?(?P<named>[章节编篇]|部分)(?![的第规和与、])
      | (?P<han_dash_x>[—ー-]{{1,2}})、
      | (?P<number_letter_x>[lI])[.、]
    )
    """,
    regex.VERBOSE,
)
_STARTS = [  # where a mark may begin; a pattern that begins with one character or range is scanned for fast
    regex.compile(start)
    for start in (
        rf"（(?=[ ]?[{_N}0-9lI—ーニ-])",
        r"[0-9](?=[0-9]{0,2}[ .、），。：·])",
        "[①-⑳]",
        rf"第(?=[ ]?[{_N}0-9])",
    )
]
_BARE = regex.compile("[1-9](?=[0-9]?[ \u3000]?[\u4e00-\u9fff]{2})")  # 1总则1.1目的
_HAN_ENDS = [regex.compile(rf"{end}(?<=[{_N}][ ]?{end})") for end in ("、", r"\.", "）")]
_LINES = regex.compile(rf"\n(?=[-*+>·●■◆★▲□# \t\u3000]{{0,8}}[{_N}0-9lI—ーニ-])")
_NOTES = regex.compile(r"\n[ \u3000]{0,8}（?(?:说明|备注|附注|注)：(?=[ ]{0,2}(?:1[.、]|（1）|①))")
_NAMED = {"编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "section"}
_BULLETS = " \t\u3000-*+>·●■◆★▲□#"
_SENTENCE_END = "。；！？…."
_CLOSED = '）》”"：】]〕|'
_LISTED = "第至和及、"
_CITES = _LISTED + "附共约按据照见图表之"  # 按（一）办理, 附件1. and the like cite
_OPENED = "“《（〈「"
_JOINED = ("和", "及", "与", "或", "、")
# 统一、规范, 单一、: the numeral is part of a word; 任务清单一、 and 行动计划一、 it is not
_WORD = regex.compile(
    "[统唯惟万同逐专归合扩初高大周之其不如任]|(?<=星)期|(?<![清名账订表])单|(?<![计规策])划"
)
_CLAUSE = regex.compile("[，。；：\n]")
_HEADING = 32  # characters: what stands between two glued marks is a heading, where it is no longer
_INDENT = 4  # blanks that indent the line of a text that lost its line ends
_LINE_ONLY = frozenset(("circle", "article", "chapter", "section", "part", "number_half", "stage"))
_DIVISIONS = frozenset(("part", "chapter", "section"))
_HEADS = regex.compile(
    rf"[^，。；：\n]{{0,30}}(?:\n|\Z|第[{_N}0-9]{{1,5}}[条节章]|[{_N}]、|（[{_N}]）|1[.、])"
)
_DAMAGED = str.maketrans("—ー-ニlI|!", "一一一二1111")


def markers(chars: str, start: int = 0, stop: int | None = None) -> list[Marker]:
    """The places that could be numbering marks of the text's units, with how likely each place makes it.

    >>> [(m.kind, m.value, m.strength) for m in markers("一、总体要求（一）原则。1.统筹")]
    [('han', 1, 3), ('han_paren', 1, 2), ('number', 1, 2)]
    """
    return numbering(chars, list(_candidates(chars, start, len(chars) if stop is None else stop)))


def notes(chars: str, start: int, stop: int) -> list[int]:
    """Where the lines begin that number notes: 说明：1.…；2.…."""
    if "注：" not in chars and "说明：" not in chars:
        return []
    return [match.start() + 1 for match in _NOTES.finditer(chars, start, stop)]


def _candidates(chars: str, start: int, stop: int) -> Iterator[Marker]:
    heading = -_HEADING
    for match in _matches(chars, start, stop):
        at = match.start()
        kind, path, doubtful = _kind(match)
        begin, strength = _strength(chars, match, start, kind)
        if strength == 1 and _follows_heading(chars, heading, at, begins=path == (1,)):
            strength = 2  # 一、总体要求（一）…: the words between are the heading above
        if doubtful:
            strength = min(
                strength - (2 if kind == "han" else 1), 1
            )  # 。二、三级网点 goes on with the sentence
        elif strength == 2 and kind in _DIVISIONS and not _HEADS.match(chars, match.end()):
            continue
        if strength == 1 and chars.startswith("\n", match.end()):
            continue  # 工作计划（一）: a part of a title, nothing stands below it on its line
        if kind == "stage" and at - heading <= 1:
            continue  # （一）第一阶段：the words of another unit
        if strength > (kind in _LINE_ONLY) and path and all(path):
            heading = match.end()
            yield Marker(
                kind, path[-1], begin, at, heading, strength, path if kind.startswith("decimal") else ()
            )


def _follows_heading(chars: str, start: int, stop: int, *, begins: bool) -> bool:
    """Do the words [start, stop) between two glued marks make a heading? Where a list `begins`, one of two halves may."""
    if stop - start >= _HEADING + 10 * begins:
        return False
    clause = _CLAUSE.search(chars, start, stop)
    if clause is None:
        return True
    return begins and clause[0] == "，" and not _CLAUSE.search(chars, clause.end(), stop)


def _matches(chars: str, start: int, stop: int) -> Iterator[regex.Match[str]]:
    """What has the form of a mark, in order, without overlaps."""
    done = start
    for at in _begins(chars, start, stop):
        match = _MARK.match(chars, at, stop) if at >= done else None
        if match is not None:
            done = match.end()
            yield match


def _begins(chars: str, start: int, stop: int) -> list[int]:
    """The places where a mark could begin."""
    found = {match.start() for scan in _STARTS for match in scan.finditer(chars, start, stop)}
    if "1.1" in chars:
        found.update([match.start() for match in _BARE.finditer(chars, start, stop)])
    for scan in _HAN_ENDS:
        found.update([_han_start(chars, match.start(), start) for match in scan.finditer(chars, start, stop)])
    return sorted(found.union(_line_starts(chars, start, stop)))


def _han_start(chars: str, at: int, floor: int) -> int:
    """Where the numeral before `at` begins."""
    begin = at - (chars[at - 1] == " ")
    while begin > floor and at - begin < 5 and chars[begin - 1] in _N:
        begin -= 1
    return begin


def _line_starts(chars: str, start: int, stop: int) -> Iterator[int]:
    """Where the words of a line begin that looks numbered."""
    for begin in [start, *[match.end() for match in _LINES.finditer(chars, start, stop)]]:
        at = begin
        while at < stop and at - begin < 8 and chars[at] in _BULLETS:
            at += 1
        yield at


def _kind(match: regex.Match[str]) -> tuple[str, tuple[int, ...], bool]:
    """The kind of the mark, its number (of decimals all of it), and whether it is damaged or could be none."""
    group = match.lastgroup or ""
    if group == "half":
        return "number_half", _value(match["number"]), False
    if group == "named":
        return _NAMED[match["named"]], _value(match["chapter"]), False
    if group == "decimal":
        path = tuple([int(part) for part in match["decimal"].split(".")])
        return f"decimal{len(path)}", path, False
    if group == "decimal_x":
        return "decimal1", _value(match[group]), False
    if group.endswith("_x"):
        kind = {"han_half_x": "han_paren", "han_dash_x": "han", "number_letter_x": "number"}.get(
            group, group[:-2]
        )
        return kind, _damaged(match[group], kind), True
    return group, _value(match[group]), False


def _value(printed: str) -> tuple[int, ...]:
    return (number(printed) or 0,)


def _damaged(printed: str, kind: str) -> tuple[int, ...]:
    """（一l） is （一）, — for 一 and l for 1."""
    if kind.startswith("han"):
        return _value(
            printed[:-1] if len(printed) > 1 and printed[-1] in "lI1|!" else printed.translate(_DAMAGED)[:4]
        )
    return _value(printed.translate(_DAMAGED))


def _strength(chars: str, match: regex.Match[str], floor: int, kind: str) -> tuple[int, int]:
    """Where the mark's line or bullet begins, and 3: at a line's start; 2: after a sentence; 1: glued; 0: no mark."""
    begin = at = match.start()
    while begin > floor and at - begin < 8 and chars[begin - 1] in _BULLETS:
        begin -= 1
    before = chars[begin - 1] if begin > floor else "\n"
    if before == "\n":
        return begin, 3
    apart = at - begin > 1 or chars[at - 1] == "\u3000"
    if _is_cited(chars, at, before, kind, apart=apart) or _is_enclosed(chars, at, match.end()):
        return at, 0
    if apart or before in _SENTENCE_END or before in _CLOSED:
        return begin, 3 if at - begin >= _INDENT and kind.startswith("han") else 2
    return at, 0 if chars.startswith(_JOINED, match.end()) else 1


def _is_cited(chars: str, at: int, before: str, kind: str, *, apart: bool) -> bool:
    """按（一）办理, 附件1. and the like cite, no word a paragraph's blanks `apart`; 统一、, 2.5 and 16：00 are no marks."""
    if not apart and before in (_LISTED if kind == "han" else _CITES):
        return True
    if before in _OPENED:
        return True
    if kind == "han" and _WORD.match(chars, at - 1):
        return True
    if chars.startswith("附件", max(0, at - 2)) or (kind == "article" and before == "》"):
        return True
    arabic = chars[at].isdigit()
    clock = arabic and chars[max(0, at - 3) : at - 2] == "："
    return arabic and not clock and (before in ".〔—~/@" or (before.isascii() and before.isalnum()))


def _is_enclosed(chars: str, start: int, stop: int) -> bool:
    """Inside （…） or 《…》: what is listed there is part of a sentence or a name."""
    for a, b in ("（）", "《》"):
        opened = chars.rfind(a, max(0, start - 200), start)
        if opened < 0 or chars.rfind(b, opened, start) > opened or chars.find("\n", opened, start) >= 0:
            continue
        closed = chars.find(b, stop, stop + 200)
        if closed >= 0 and chars.find(a, stop, closed) < 0:
            return True
    return False
