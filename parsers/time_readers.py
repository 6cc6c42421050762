"""What stands before and after a number or word decides which token it is, if any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import regex

from parsers import time_words as tw
from parsers.numerals import number
from parsers.time_points import Word
from parsers.time_proposal import Proposal
from parsers.time_words import CLOSE, DIGIT, OPEN, trie, words_of

_FESTIVAL = regex.compile(
    f"[{CLOSE}]?(?:国际)?(?:劳动妇女节|劳动节|妇女节|儿童节|青年节|建党节|建军节|国庆节|节日|节)?(?:小长假|假期|假日|黄金周|长假)?"
)
_PLAN = regex.compile(f"[{CLOSE}]?(?:规划纲要|规划|计划)?(?:实施)?(?:初期|中期|前期|后期|期(?=末))?")
_WEEK = regex.compile(f"(?:的|周|星期)?(?:{tw.WEEKDAY}(?![{DIGIT}次])|末)")
_OF = regex.compile("的(?=第|最后|[上中下]旬|(?:[12]?[0-9]|3[01])[日号])")
_BEFORE = regex.compile("[之以]?前")
_SHORT_YEAR = regex.compile(f"第?(?:{tw.N12}(?:月|季度)|[上下]半年|底|末|[前首后])")
_HAN_YEAR = regex.compile(f"[一二][〇零OＯ0{DIGIT}]{{3}}|[一两二]千(?:零[{DIGIT}]|[{DIGIT}]?十[{DIGIT}]?)?")
_ISSUED = regex.compile(f"(?:{trie(words_of('issue'))})$")
_OF_EVENT = regex.compile(r"(?![于在请须要应将即并但且者和及])\p{Han}")  # 会议当天 is not the day of issue
_A_DAY = ("D", "C", "d", "l", "V")
_LENGTH = f"{tw.COUNT}个?(?:工作日|日|天|小时|周|月)"
_EVENT = regex.compile(
    f"[{CLOSE}]?的?(?:召开|开始|结束|到来|来临|启动|实施)?(?:[之以]?前的?(?={_LENGTH})|(?=[之以]?前|后|期间|内|末|底|初|{_LENGTH}(?:[以之]?内|后)))"
)


def _compact(at: Proposal) -> Word | None:
    """2021.5.1, 2021-05-01, 2021/5; not 2021.5% nor 1.2.2021.5.1"""
    full = sum(char in "./-" for char in at.printed) == 2
    after = at.text[at.stop : at.stop + 2]
    if after[:1] in ("./" if full else "./%％万亿元个") and after[:1] and (not full or after[1:].isdigit()):
        return None
    year = int(at.printed[:4])
    if not 1800 <= year < 2200 or (not full and not at.whole):
        return None
    return at.word("C" if full else "c")


def _chain(at: Proposal) -> Word | None:
    """5 of 5、6月份; not 三、 at the head of a line, where it numbers what follows."""
    digits = at.printed.lstrip("第")
    before = at.text[at.start - 1 : at.start]
    if not at.last and (before in "-—~、" and before and at.text[at.start - 2 : at.start - 1].isdigit()):
        return None
    if not at.whole and before in ("", "\n") and at.text[at.stop] == "、":
        return None
    if digits.isascii() and len(digits) > 2:
        return at.word("n") if len(digits) == 4 and 1800 <= int(digits) < 2200 else None
    return at.word("N")


def _number(at: Proposal) -> Word | None:
    """A number with its unit: a year, month, day or quarter, or a length of time."""
    count, _ = at.group("count")
    printed, end = at.group("unit")
    unit, ordinal = printed.lstrip(), count[0] == "第"
    end += len(printed) - len(unit)
    reader = _quarter if printed == "个季度" and ordinal else _UNITS.get(unit[0])
    found = reader(at, count.lstrip("第"), unit, end) if reader else None
    return found or (None if ordinal else _length(at, count, unit))


def _year(at: Proposal, count: str, unit: str, place: int) -> Word | None:
    """2021年, 二〇二一年; 21年 where a month or quarter follows, or in a field."""
    if unit == "年半" or at.vetoed("年", place):
        return None
    value = number(count) or 0
    if 1800 <= value < 2200 and ((len(count) == 4 and count.isdigit()) or _HAN_YEAR.fullmatch(count)):
        return at.word("Y")
    if len(count) != 2 or set(count) & set("十廿卅百千两"):
        return None
    alone = at.whole and (count.isascii() or count[0] in "〇零") and not at.text.startswith("内", at.stop)
    return at.word("z") if alone or _SHORT_YEAR.match(at.text, at.stop) else None


def _month(at: Proposal, count: str, _unit: str, place: int) -> Word | None:
    """6月; a 13th month is an impossible one only after a year."""
    value = number(count) or 0
    damaged = count.isascii() and at.last in ("Y", "y", "z")
    if not value or len(count) > 2 or (value > 12 and not damaged) or at.vetoed("月", place):
        return None
    at.extend(_OF)
    return at.word("M")


def _day(at: Proposal, count: str, unit: str, place: int) -> Word | None:
    """6月10日, 10号; 10日内 is a length of time, but for the 内 of 6月10日内."""
    value = number(count) or 0
    if not value or len(count) > (2 if count.isascii() else 3) or (value > 31 and not count.isascii()):
        return None
    counted = at.last == "v" or at.later() or _held(at)
    if at.last in (("M", "m") if unit == "日" else ("R",)):  # whatever follows: 6月20日报送, 6月20日本人到场
        return at.word("D")
    if at.vetoed(unit, place) or (unit == "日" and counted):
        return None
    return at.word("D")


def _quarter(at: Proposal, count: str, _unit: str, _place: int) -> Word | None:
    if not 1 <= (number(count) or 0) <= 4 or at.vetoed("季度", at.stop - 2):
        return None
    return at.word("Q")


_UNITS = {"年": _year, "月": _month, "日": _day, "号": _day, "季": _quarter}


def _held(at: Proposal) -> bool:
    """会议召开3日前: a length of time before what is held, not a day of the month."""
    if at.last or _BEFORE.match(at.text, at.stop) is None:
        return False
    return tw.HELD.search(at.text, max(0, at.start - 2), at.start) is not None


def _length(at: Proposal, count: str, unit: str) -> Word | None:
    """30日 of 30日内, 一个月 of 一个月后, 提前一周, 放假前5天, 会议召开3日前; in a field 三天 of 三天前."""
    if unit in ("号", "月份") or (unit == "月" and count != "半"):
        return None
    ago = (at.whole and unit != "日" and _BEFORE.match(at.text, at.stop)) or _held(at)
    if at.last not in ("", "U", "O", "d", "J", "v") or not (at.last == "v" or at.later() or ago):
        return None
    word = at.word("L")
    if word and at.text[max(0, at.start - 2) : at.start] == "提前":
        return Word("L", "提前" + word.text, word.start - 2, word.stop)
    return word


def _first(at: Proposal) -> Word | None:
    """前三季度, 首季度; 前3个月 only where no word stands before it (到期前3个月)."""
    if at.printed[0] in "首末Q":
        return at.word("Q")
    before = at.text[at.start - 1 : at.start]
    joined = not at.last and "一" <= before <= "龥" and at.printed.endswith("月")
    return None if joined else at.word("h")


def _plan(at: Proposal) -> Word | None:
    at.unquote()
    at.extend(_PLAN)
    return at.word("P")


def _issued(at: Proposal) -> Word | None:
    return at.word("O") if _ISSUED.search(at.text, max(0, at.start - 8), at.start) else None


def fixed(at: Proposal) -> Word | None:
    """A fixed word, unless vetoed."""
    if at.vetoed(at.printed, at.start):
        return None
    letter = at.vocabulary.letters[at.printed]
    if letter == "V":
        at.unquote()
        at.extend(_FESTIVAL)
    elif letter == "k":
        at.extend(_WEEK)
    elif letter == "d" and at.printed[0] == "当":
        if at.last in _A_DAY:
            letter = "W"  # 6月10日当天
        elif _OF_EVENT.search(at.text, max(0, at.start - 1), at.start):
            return None
    elif letter == "v":
        after = _EVENT.match(at.text, at.stop)
        if after is None:
            return None
        at.unquote()
        at.start -= not at.last and at.text[max(0, at.start - 1) : at.start] == "每"
        at.stop = after.end()
    return at.word(letter)


def _bare(at: Proposal) -> Word | None:
    """年 of 年底, but not of “年末”百日攻坚 nor of 十余年内."""
    opened = at.text[at.start - 1 : at.start] in tuple(OPEN)
    closed = at.text[at.stop + 1 : at.stop + 2] in tuple(CLOSE)
    odd = at.text.endswith("余", 0, at.start) and not at.text.endswith("其余", 0, at.start)
    if odd or (opened and closed and not at.last):
        return None
    return at.word({"年": "a", "月": "b", "季": "u"}[at.printed[0]])


def _note(at: Proposal) -> Word | None:
    """（星期三） and ，星期三 say nothing new after a day; 周五 may be a day itself."""
    if at.last in _A_DAY:
        return at.word("W")
    return None if at.printed[0] in "（，" else at.word("w")


def _stretch(at: Proposal) -> Word | None:
    """未来两个月; 前两周, but not 提前两周 nor 结束后10日内."""
    before = at.text[at.start - 1 : at.start]
    joined = at.printed[0] in "前上后下" and ("一" <= before <= "龥" or at.later() or at.last == "V")
    return None if joined else at.word("L")


def _after(letter: str, *last: str) -> Callable[[Proposal], Word | None]:
    """A token that stands only after some others."""
    return lambda at: at.word(letter) if at.last in last else None


def _plain(letter: str) -> Callable[[Proposal], Word | None]:
    return lambda at: at.word(letter)


READERS: Mapping[str, Callable[[Proposal], Word | None]] = {
    "compact": _compact,
    "chain": _chain,
    "number": _number,
    "first": _first,
    "plan": _plan,
    "lunar": _plain("l"),
    "lunar_month": _plain("l"),
    "bare": _bare,
    "issued": _issued,
    "digits": _plain("8"),
    "spaced": _plain("C"),
    "reversed": _plain("C"),
    "month_day": _plain("s"),
    "lone_year": _plain("n"),
    "stretch": _stretch,
    "weekday": _plain("w"),
    "later_day": _after("s", "R"),
    "first_of_year": _after("h", "Y", "y", "z"),
    "nth": _after("i", "M", "m"),
    "start": _after("x", "M", "m", "Y", "y", "z", "a", "b", "v"),
    "season": _after("S", "Y", "y", "z"),
    "note": _note,
    "han_day": _after("D", "M"),
    "lost_unit": _after("D", "M"),
    "clock": _after("T", "D", "C", "d", "l", "V", "k", "w", "W", "s", "8", "R", "T", "E"),
    "ahead": _after("e", "B"),
    "stroke": _after("R", "D", "M", "X", "C", "T", "Y"),  # 5月21日一6月2日: a dash misread
    "comma": _plain("J"),
}
