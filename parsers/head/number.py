"""发文字号: the circular's own number, never one that it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from parsers.head.wording import HAN, MARKS, SITED, VALID, is_organ
from parsers.numerals import number
from schemas.text import Text

_LOOKS = str.maketrans("OolIZ", "00112")  # letters that OCR reads for digits
_YEAR = "[12IlZ][0-9OoIlZ]{3}|[一二][〇零一二三四五六七八九]{3}"
_OPENED = rf"[〔\[（【{{][ ]?(?P<year>{_YEAR})年?[ ]?(?:[〕\]）】}}J][ ]?|(?=[ ]))(?:的|第|字第|字)?[ ]?"
_SERIAL = "(?P<serial>[0-9OlI]{1,5}(?:-[0-9]{1,3})?)"
_BRACKETED = regex.compile(rf"{_OPENED}{_SERIAL}[ ]?号")
_BARE = regex.compile(rf"{_OPENED}{_SERIAL}(?<![）}}][0-9]{{1,5}})(?=[ ]*\n)")  # without 号
_DIGITS = regex.compile(r"\n(?<=[0-9OlI][ ]{0,9}\n)")  # where a line ends with digits
_ORDER = regex.compile(  # 某省人民政府令第12号, 某总局公告2021年第12号; on a line of its own 某部第12号令
    rf"""
    第(?: (?<=(?P<form>[令告](?<=令|[公通布]告)[ \n]{{0,9}}[（〔]?(?:〔?(?P<year>{_YEAR})(?:年|〕)[ ]?)?)第)
       | (?=[ ]?[0-9一二三四五六七八九十百〇零]{{1,6}}[ ]?号令[ \u3000]*(?:\n|\Z))
    )
    [ ]?(?P<serial>[0-9]{{1,5}}|[一二三四五六七八九十百〇零]{{1,6}})[ ]?号
    (?: 令(?=[ \u3000]*(?:\n|\Z)) | (?<=[令告][ \n]{{0,3}}[（〔][^（）〔〕]{{1,16}})[）〕] )?
    """,
    regex.VERBOSE,
)
_DAY = "(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})年[0-9一二三四五六七八九十]{1,2}月[0-9一二三四五六七八九十]{1,3}日"
_BEGINS = regex.compile(r"(?r)(?:^|\n)[ \u3000*]{0,40}")
_OPENS = regex.compile(  # the bracket below a title, or behind one that stands alone in 《》
    rf"(?r)(?:^|\n)[ \u3000*]{{0,40}}(?:《[^《》\n]{{2,60}}》)?（(?:{_DAY}[ \u3000，]?)?"
)
_AGENCY_END = regex.compile(r"[ \n（〔0-9第]")
_ORDERS = ("令", "公告", "通告", "布告", "公报")
_DAY_AT_END = regex.compile(rf"(?r){_DAY}[ \u3000，]{{0,2}}$")
_PASSED_ON = regex.compile(  # 现将《…》（某发〔2014〕1号）转发你们
    rf"现将[^。]{{0,200}}?[〔\[（](?P<year>{_YEAR})[〕\]）][0-9]{{1,5}}号[）》]{{0,2}}(?:文件|文|原文|全文)?转(?:发|给)"
)
_PASSING = 400  # characters from the addressees on in which a circular says what it passes on
_GAP = 100  # characters of an organ's line and a day, at most
_SENTENCE = regex.compile("[，。；：]")
_CITED = regex.compile(
    "按照|根据|依据|参照|贯彻|落实|执行|结合|印发|下发|符合|关于|明确|废止|调整|延长|修订|修改|转发"
)
_CITING = ("》（", "》", "”（", "和", "及", "、", "，")
_TWIN = rf"（(?![一二三四五六七八九十上中下略章稿])[{HAN}]）[{HAN}]{{0,4}}"  # 云密办（局）函〔2021〕5号
_AGENCY = regex.compile(rf"(?r)(?:[{HAN}A-Za-z]{{2,60}}{_TWIN}|[{HAN}A-Za-z]{{1,60}})[ ]?")
_TITLED = rf"的[{HAN}]{{0,4}}(?:通知|意见|函|报告|请示|决定|批复|通报|公告|通告|纪要|方案|办法)"
_BEFORE = regex.compile(
    rf"(?:{MARKS}|号|{_TITLED}|会议纪要|{SITED}|：[ ]?(?:{VALID})|(?<=[0-9一二三四五六七八九十])日)(?=[{HAN}X])"
)
_PLACE = regex.compile(
    rf"[{HAN}]{{2,10}}?[省市县区州盟旗镇乡]|中共|国家|中国|国务院|国网|最高|[{HAN}]{{2,16}}?(?:公司|集团|大学|学院)"
)
# endings after which a code may begin; 会 and 组 alone end too many codes (专题会纪要)
_ENDS = (
    *("厅", "局", "委", "委员会", "政府", "办公室", "公司", "集团", "部", "院"),
    *("工会", "总会", "协会", "中心", "行", "大学", "督查室", "研究室"),
)
_BODIES = ("公司", "集团", "大学", "学院", "人民政府")  # that end a name also where the whole is short
_OFFICES = ("办公室办", "办公厅办")


@dataclass(frozen=True, slots=True)
class Number:
    """青总办〔2021〕15号: agency 青总办, year 2021, serial 15; no year where none is printed (令第707号)."""

    text: Text
    agency: str
    year: int | None
    serial: int | None


def numbers(text: Text, low: int, stop: int) -> Iterator[Number]:
    """The numbers between two offsets, but for those that are cited: 《…》（某发〔2021〕1号）.

    >>> [one.agency for one in numbers(Text.plain("按《某办法》（某发〔2020〕1号）\\n青总办〔2021〕15号"), 0, 40)]
    ['青总办']
    """
    chars = text.chars
    for match in (*_BRACKETED.finditer(chars, low, stop), *_bare(chars, low, stop)):
        start = _agency_start(chars, low, match.start(), glued=not chars.startswith("\n", match.end()))
        cited = chars.endswith(_CITING, max(low, start - 2), start)
        whole = match[0].endswith("号") or (start < match.start() and _BEGINS.match(chars, 0, start))
        if whole and not cited and not _CITED.search(chars, start, match.start()):
            yield _built(text, start, match, chars[start : match.start()].strip())
    for match in _ORDER.finditer(chars, low, stop):
        begin = match.start("form") if match["form"] else match.start()
        start = _agency_start(chars, low, begin, glued=False)
        printed = start in {0, low} or chars[start - 1] in " \n\u3000：*#" or _OPENS.match(chars, 0, start)
        if start < begin and printed and not _CITED.search(chars, start, begin):
            agency = chars[start:begin].strip() + (_AGENCY_END.split(match["form"] or "")[0] or "令")
            yield _built(text, start, match, agency)


def _bare(chars: str, low: int, stop: int) -> Iterator[regex.Match[str]]:
    """Numbers without 号, which end their line."""
    for end in _DIGITS.finditer(chars, low, stop):
        line = max(low, chars.rfind("\n", 0, end.start()) + 1)
        yield from _BARE.finditer(chars, line, end.end())


def passed_on_year(chars: str, start: int) -> int | None:
    """The year of the number that the circular whose words begin at `start` passes on; None where it passes on none.

    >>> passed_on_year("现将《某通知》（某发〔2014〕1号）转发你们。", 0)
    2014
    """
    match = _PASSED_ON.search(chars, start, start + _PASSING)
    return _int(match["year"]) if match else None


def is_between(chars: str, start: int, stop: int) -> bool:
    """Does nothing stand here but the organ's line or the day, as between a title and its number?

    >>> is_between("某市教育局\\n某教〔2021〕5号", 0, 6), is_between("根据某教〔2021〕5号", 0, 2)
    (True, False)
    """
    gap = _DAY_AT_END.sub("", chars[start:stop]) if stop - start < _GAP else "。"
    lines = [line.strip() for line in gap.split("\n")]
    return all(is_organ(line) for line in lines if line) and _SENTENCE.search(gap) is None


def _built(text: Text, start: int, match: regex.Match[str], agency: str) -> Number:
    return Number(text[start : match.end()], agency, _int(match["year"]), _int(match["serial"].split("-")[0]))


def _int(chars: str | None) -> int | None:
    """2O21 -> 2021, 二〇二一 -> 2021; None for what is no numeral."""
    return number(chars.translate(_LOOKS)) if chars else None


def _agency_start(chars: str, low: int, stop: int, glued: bool) -> int:
    """Where the agency's code begins that ends at `stop`: behind marks, titles and names glued to it."""
    match = _AGENCY.match(chars, low, stop)
    if match is None:
        return stop
    start = max(
        [mark.end() for mark in _BEFORE.finditer(chars, max(low, match.start() - 1), stop)],
        default=match.start(),
    )
    alone = not glued and (start == 0 or chars[start - 1] == "\n")
    return start if alone else start + _name_length(chars[start:stop].partition("（")[0].rstrip())


def _name_length(run: str) -> int:
    """How much of the run is the full name of an organ: 某省生态环境厅 in 某省生态环境厅鲁环便函."""
    if run.endswith(_OFFICES):  # 某公司办公室办〔2021〕5号
        return len(run) - 1
    if len(run) < 6 or not _PLACE.match(run):
        return 0
    ends = _ENDS if len(run) > 7 else _BODIES
    for size in range(len(run) - 2, 3, -1):
        if run.endswith(ends, 0, size) and not run.startswith("委办", size - 1):  # …办公室｜云环委办便函
            return 0 if run[size:] in _ORDERS else size - _doubled(run, size)
    return 0


def _doubled(run: str, size: int) -> int:
    """某省人民政府办公厅办公厅便函: the second 办公厅 belongs to the code."""
    halves = (half for half in range(2, 5) if run[size - half : size] == run[size - 2 * half : size - half])
    return next(halves, 0)
