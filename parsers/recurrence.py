"""Recurring time limits -> RFC 5545 rules: 每月28日前, 每季度首月5日前, 每周一、三, 逢单月, 季后10日内.

Each rule is a pattern with named groups and a small builder; the first that matches at a place wins. What a
duty must meet is the last day of its period (每月上旬: by the 10th); a plain frequency (每月) names none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import regex

from parsers.calendar import festival
from parsers.numerals import number
from parsers.time_values import festival_rule
from parsers.time_words import CLOCK, COUNT, DIGIT, N12, N31, trie, words_of

Groups = Mapping[str, str]
QUARTER_ENDS, HALF_ENDS = (3, 6, 9, 12), (6, 12)
WORKDAYS = "MO,TU,WE,TH,FR"
_CODES = dict(
    zip("一二三四五六日天末", ["MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU", "SA,SU"], strict=True)
)
_LIST = "[、，和及与]|至|到|—|-|~"
_DONE = (
    "至少|不少于|不低于|召开|开展|报送|各|集中|通报|调度|检查|汇报|报告|更新|组织|评选|研究|会商|研判|督查|督导|反馈|总结|公布|公示|演练|巡查"
    "|排查|考核|评估|清查|培训|学习|讲评|走访|梳理|上报|听取|分析|例会|会议|抽查|举办|举行|安排|专题|向[市县区州省局委]?[政党委府组]{1,3}|研讨|评比|点评|编发"
)
_TIMES = f"(?:(?:{_DONE}){{0,3}}[{DIGIT}两1-9]至?[{DIGIT}两1-9]?[次轮期遍](?!性))?"
_ONCE = "[次期报篇讲练题课更评会调检考研学]"
_ORDINAL = f"第[{DIGIT}1-5]|最后一?|首"


class Recurring(NamedTuple):
    """A kind of recurrence: its pattern and what builds the rule.

    `second`: what the second character can be, so that no pattern is tried (nor compiled) without need.
    """

    name: str
    second: str
    pattern: str
    build: Callable[[Groups], str]


def _every(freq: str, interval: int = 1, **by: str) -> str:
    """FREQ=MONTHLY;BYMONTHDAY=28"""
    parts = [f"FREQ={freq}", *([f"INTERVAL={interval}"] if interval > 1 else [])]
    return ";".join([*parts, *(f"{key}={value}" for key, value in by.items() if value)])


def _numbers(text: str) -> list[int]:
    """10、20、30; 一、三; 1至5 and 9月到11月 with all between."""
    found = regex.findall(f"([0-9]+|[{DIGIT}十廿]+)|(至|到|—|-|~)", text)
    values: list[int] = []
    for digits, link in found:
        value = number(digits) if digits else None
        if link and values:
            values.append(-1)
        elif value and values[-1:] == [-1]:
            values[-1:] = range(values[-2] + 1, value + 1)
        elif value:
            values.append(value)
    return [value for value in values if value > 0]


def _joined(values: list[int] | tuple[int, ...]) -> str:
    return ",".join(str(value) for value in values)


def _monthday(text: str) -> str:
    """25日 -> 25; 底 -> -1; 上旬 -> 10; 初 -> 1; "" where no day is named."""
    if not text:
        return ""
    if text[-1] in "底末" or text.startswith("最后"):
        return "-1"
    if "旬" in text:
        return {"上": "10", "中": "20", "下": "-1"}[text[text.index("旬") - 1]]
    return "1" if text.endswith("初") else _joined(_numbers(text))


def _interval(groups: Groups) -> str:
    """每两周, 每隔3天; 隔月, which says no number, is every second month."""
    count = number(groups["n"]) or 1 if "n" in groups else 2
    unit = groups["unit"].replace("份", "")
    freq, times = {
        "年": ("YEARLY", 1), "季": ("MONTHLY", 3), "季度": ("MONTHLY", 3), "月": ("MONTHLY", 1), "周": ("WEEKLY", 1),
        "星期": ("WEEKLY", 1), "天": ("DAILY", 1), "日": ("DAILY", 1), "工作日": ("DAILY", 1), "半年": ("MONTHLY", 6),
    }[unit]  # fmt: skip
    return _every(freq, count * times)


def _daily(_groups: Groups) -> str:
    return _every("DAILY")


def _workdays(_groups: Groups) -> str:
    return _every("WEEKLY", BYDAY=WORKDAYS)


def _ten_days(_groups: Groups) -> str:
    return _every("MONTHLY", BYMONTHDAY="10,20,-1")


def _half_months(_groups: Groups) -> str:
    return _every("MONTHLY", BYMONTHDAY="15,-1")


def _weekly(groups: Groups) -> str:
    days = [_CODES[char] for char in groups.get("days") or "" if char in _CODES]
    return _every("WEEKLY", 1 + ("odd" in groups), BYDAY=",".join(dict.fromkeys(days)))


def _monthly(groups: Groups) -> str:
    return _every("MONTHLY", BYMONTHDAY=_monthday(groups.get("day") or ""))


def _nth(text: str) -> int:
    return -1 if text.startswith("最后") else 1 if text == "首" else number(text[1:]) or 1


def _monthly_nth(groups: Groups) -> str:
    """每月第一个工作日, 每月最后一周周五, 每月前3个工作日"""
    if count := groups.get("count"):
        return _every("MONTHLY", BYDAY=WORKDAYS, BYSETPOS=str(number(count) or 1))
    nth = _nth(groups.get("nth") or "首")
    if "工作日" in groups["what"]:
        return _every("MONTHLY", BYDAY=WORKDAYS, BYSETPOS=str(nth))
    code = _CODES.get(groups["what"][-1], "SU")  # 第一周 ends on its Sunday
    return _every("MONTHLY", BYDAY=f"{nth}{code}")


def _quarterly(groups: Groups) -> str:
    """每季度末, 每季度首月5日前, 每季度最后一个月25日前"""
    which, day = groups.get("which") or "", groups.get("day") or ""
    if not which:
        if not day:
            return _every("MONTHLY", 3)
        months = (1, 4, 7, 10) if day.endswith("初") else QUARTER_ENDS
        return _every("YEARLY", BYMONTH=_joined(months), BYMONTHDAY=_monthday(day))
    nth = 1 if which[0] == "首" else 3 if which[0] in "末最" else number(which[1]) or 1
    return _every("YEARLY", BYMONTH=_joined(list(range(nth, 13, 3))), BYMONTHDAY=_monthday(day))


def _after(groups: Groups) -> str:
    """每季度结束后15日内, 月后5日内, 每年终了后30日内: counted from the period's end."""
    months = {"季": (1, 4, 7, 10), "月": (), "半": (1, 7), "年": (1,)}[groups["period"].lstrip("每个")[0]]
    count = str(number(groups["n"]) or 1)
    if groups["unit"].endswith("工作日"):  # a position counts within each month that BYMONTH leaves
        return _every("MONTHLY", BYMONTH=_joined(months), BYDAY=WORKDAYS, BYSETPOS=count)
    day = count if int(count) <= 28 else "-1"
    return _every("YEARLY" if months else "MONTHLY", BYMONTH=_joined(months), BYMONTHDAY=day)


def _half_yearly(groups: Groups) -> str:
    if not groups.get("day"):
        return _every("MONTHLY", 6)
    months = (1, 7) if groups["day"].endswith("初") else HALF_ENDS
    return _every("YEARLY", BYMONTH=_joined(months), BYMONTHDAY=_monthday(groups["day"]))


def _yearly(groups: Groups) -> str:
    """每年3月15日前, 每年6月、12月底前, 每年年底前, 每年一季度"""
    if months := groups.get("months"):
        return _yearly_months(months, groups.get("day") or "")
    named = groups.get("named") or ""
    if "季" in named:
        last = 3 * (_numbers(named) or [1])[0]
        return _every_year(last, last) if named[-1] in "末底" else _every_year(last - 2, last)
    if named.endswith("半年"):
        return _every_year(1, 6) if named[0] == "上" else _every_year(7, 12)
    if named:
        return {"初": _every_year(1, 2), "中": _every_year(6, 6)}.get(named[-1], _every_year(12, 12))
    return _every("YEARLY")


def _every_year(first: int, last: int) -> str:
    """The months from `first` to `last`; one alone: its last day."""
    months = list(range(first, last + 1))
    return _every("YEARLY", BYMONTH=_joined(months), BYMONTHDAY="-1" if first == last else "")


def _yearly_months(months: str, day: str) -> str:
    """6、12月底, 9月到11月; 3月15日、9月15日: the last day that is named counts for all."""
    last_day = regex.split("月份?", months + day)[-1]
    numbers = _numbers(regex.sub(f"月份?(?:{N31}[日号]|[底末])?", "", months))
    return _every("YEARLY", BYMONTH=_joined(numbers), BYMONTHDAY=_monthday(last_day))


def _over_the_year(groups: Groups) -> str:
    """每年10月1日至次年3月31日: what counts is the last day."""
    return _yearly_months(groups["until"], "")


def _festival(groups: Groups) -> str:
    """每年国庆节前: a day of the solar calendar has a rule, a lunar festival only its frequency."""
    rule = festival_rule(groups["festival"])
    if not rule[0].isdigit():
        return _every("YEARLY")
    day = festival(rule, 2021) or date.min
    day -= timedelta(days="before" in groups)
    return _every("YEARLY", BYMONTH=str(day.month), BYMONTHDAY=str(day.day))


def _odd_even(groups: Groups) -> str:
    start = 1 if groups["odd"] == "单" else 2
    return _every(
        "YEARLY", BYMONTH=_joined(list(range(start, 13, 2))), BYMONTHDAY=_monthday(groups.get("day") or "")
    )


def _frequency(groups: Groups) -> str:
    """按月, 一季度一次, 半年一次"""
    return _interval({"unit": groups["unit"], "n": "1"})


_DAY = f"(?:{N31}(?:[日号]?(?:{_LIST}){N31}){{0,5}}[日号]|月?[底末]|月?初(?!步)|[上中下]旬|最后一[天日])"
_M = rf"{N12}(?:月份?(?:{N31}[日号]|[底末])?)?"
_NTH = f"(?P<nth>{_ORDINAL})个?(?P<what>工作日|周(?:的|周|星期)?[一二三四五六日天]|(?:周|星期)[一二三四五六日天末]|周)"
_FIRST = f"(?:前|初的?前?)(?P<count>{COUNT})个(?P<what>工作日)"
_WEEKDAYS = f"""(?P<days>[一二三四五六日天末](?!{_ONCE})(?:[、和及](?:周|星期)?[一二三四五六日天](?![{DIGIT}])){{0,6}})"""
_OF_QUARTER = "首个?月|末月|次月|第[一二三123]个月|最后一?个?月|后第一个月"
_OF_YEAR = "年?[底末初](?!步)|年中|[上下]半年|第?[一二三四1-4]季度[末底]?"
_USES = "报送|上报|通报|调度|汇总|统计|更新|公布|发布|开展|推进|报告|$|[，。；、）]"
RECURRENCES = (
    Recurring("every_nth", f"间隔0123456789百十两{DIGIT}", rf"每(?:间?隔)?(?P<n>{COUNT})个?(?P<unit>年|季度|月|周|星期|天|日|工作日)", _interval),
    Recurring("every_other", "年月周日天", "(?<!间)隔(?P<unit>年|月|周|日|天)", _interval),
    Recurring("every_day", "一个日天晚", "每(?:一|个)?(?:日|天|晚)", _daily),
    Recurring("every_workday", "个工", "每个?工作日", _workdays),
    Recurring("every_week", "逢一个双单周星礼", rf"(?:每逢?|逢)[一个]?(?P<odd>[双单])?(?:周|星期|礼拜)的?(?:(?:周|星期)?{_WEEKDAYS})?(?![岁边期])", _weekly),
    Recurring("every_ten_days", "一个旬", "每(?:一|个)?旬", _ten_days),
    Recurring("every_half_month", "半", "每半个?月", _half_months),
    Recurring("odd_months", "逢年单双", rf"(?:每逢|逢|每)年?(?P<odd>单|双)月份?的?(?P<day>{_DAY})?", _odd_even),
    Recurring("nth_of_month", "一个月", rf"每(?:一|个)?月度?的?(?:{_NTH}|{_FIRST})", _monthly_nth),
    Recurring("after_period", "个季半年月度终结末之后", rf"""(?P<period>每?个?(?:季度?|半年度?|年度|月度?))(?:终了|结束|末)?(?:之日起|后|之后)的?
      (?P<n>{COUNT})(?P<unit>个?工作日|日|天)(?=以?之?内|前)""", _after),
    Recurring("every_month", "一个月", rf"每(?:一|个)?月(?:度|份)?(?:的|次月)?(?P<day>{_DAY})?", _monthly),
    Recurring("every_quarter", "一个季度首末", rf"""(?:每(?:一|个)?季度?的?|季度?(?=[首末]月))(?P<which>{_OF_QUARTER})?的?
      (?P<day>{_DAY}|季?度?[末底初])?""", _quarterly),
    Recurring("every_half_year", "一个半", "每(?:一|个)?半年度?(?P<day>[末底初])?", _half_yearly),
    Recurring("over_the_year", "年", rf"每年的?{_M}(?:{_LIST})(?:次|翌|来|第二)年(?P<until>{_M})(?=[月日号底末份]|(?<=[月日号底末份]))月?", _over_the_year),
    Recurring("every_festival", "年", rf"每年的?[“\"]?(?P<festival>{trie(words_of('festival'))})[”\"]?(?P<before>前)?", _festival),
    Recurring("every_year", "一个年", rf"""每(?:一|个)?年度?的?(?:
      (?P<months>{_M}(?:(?:{_LIST}){_M}){{0,11}}(?<=月份?|[日号底末]))的?(?P<day>{_DAY})?|(?P<named>{_OF_YEAR}))?""", _yearly),
    Recurring("times", "个半年季月周日天度至一二两三四1234", rf"""(?<![0-9{DIGIT}第])(?:[一1]个?)?(?P<unit>半年|年|季度|季|月|周|日|天)度?(?:至少)?
      [一二两三四1-4]次(?!性|于)""", _frequency),
    Recurring("by_unit", "半季年月周日", f"按(?P<unit>半年|季度|季|年|月|周|日)度?(?={_USES})", _frequency),
    Recurring("by_ten_days", "旬", f"按旬(?={_USES})", _ten_days),
)  # fmt: skip
_HEAD = regex.compile(
    "每(?!位|名|人|户|家|次|件|项|亩|吨|股|辆|台|套|处|所|一位)|逢|隔(?=[年月周日天])|季度?(?=[终结末后]|首月)|(?<![0-9十一二三四五六七八九])月度?(?=[终结后])"
    "|年度(?=[终结后])|[一1]?个?(?:年|季度?|月|周|日|天)(?=度?(?:至少)?[一二两三四1-4]次)|半年(?=度?(?:至少)?[一二两三四1-4]次)"
    "|按(?=[半季年月周日旬])"
)


# what may follow any of them: a number of times, a clock, 前, 内
_REST = f"{_TIMES}(?:{CLOCK})?(?:[之以]?前(?![三两四五六](?!、)|[往期置述列]|提[下工条是])|截止|[之以]内|内(?![蒙部容外控设生需])|左右)?"


# 每季度末（即3月、6月和12月底）前: the bracket names the months
_NOTE = rf"（(?:分别|具体)?(?:[在为于即是])?(?P<months>{_M}(?:[、和及与]{_M}){{0,11}})）的?(?P<day>{_DAY})?[之以]?前?"
_NOTED = ("every_quarter", "every_half_year", "every_year", "every_nth")


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERBOSE)


def _noted(note: regex.Match[str], built: str) -> str:
    """The months of the bracket, with the day that either of them names."""
    day = note["day"] or (
        "" if note["months"][-1] in "日号底末" else "底" if "BYMONTHDAY=-1" in built else ""
    )
    return _yearly_months(note["months"], day)


def match(text: str, at: int) -> tuple[int, str, str] | None:
    """The recurrence that begins at `at`: where it ends, its RRULE, the name of the rule.

    >>> match("每月28日前报送", 0)
    (6, 'FREQ=MONTHLY;BYMONTHDAY=28', 'every_month')
    """
    if not _HEAD.match(text, at):
        return None
    second = text[at + 1 : at + 2]
    for rule in RECURRENCES:
        found = _compiled(rule.pattern).match(text, at) if second in rule.second else None
        if found:
            groups = {key: value for key, value in found.groupdict().items() if value is not None}
            rest = _compiled(_REST).match(text, found.end())
            stop = rest.end() if rest else found.end()
            if rule.name in _NOTED and (note := _compiled(_NOTE).match(text, stop)):
                return note.end(), _noted(note, rule.build(groups)), rule.name
            return stop, rule.build(groups), rule.name
    return None
