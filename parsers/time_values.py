"""What each token adds to a point: 6月 a month, 中旬 the days 11 to 20, 今年 a year relative to the reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import regex

from parsers.numerals import number
from parsers.vocab import terms


@lru_cache(maxsize=8192)
def value(letter: str, text: str) -> dict[str, Any]:
    """What one token adds to a point."""
    return READERS[letter](text)


_NUMBER = regex.compile("[0-9]+|[〇零OO一二两三四五六七八九十廿卅百千]+")
_DIGITS = regex.compile("[0-9]+")


def _first_number(text: str) -> int:
    found = _NUMBER.search(text)
    return (number(found[0]) or 0) if found else 0


def _year(text: str) -> dict[str, Any]:
    digits = text.rstrip("年度 ")
    return {"unit": "year", "year": number(digits)}


def _short_year(text: str) -> dict[str, Any]:
    value = number(text.rstrip("年")) or 0
    return {"unit": "year", "year": value + (1900 if value >= 50 else 2000)}


def _compact(text: str) -> dict[str, Any]:
    parts = [int(part) for part in _DIGITS.findall(text)]
    if len(parts) == 1:
        parts = [parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100]
    if parts[-1] > 99:
        parts = [parts[2], parts[1], parts[0]] if parts[1] <= 12 else [parts[2], parts[0], parts[1]]
    if len(parts) == 2:
        return {"unit": "month", "year": parts[0], "month": parts[1]}
    return {"unit": "day", "year": parts[0], "month": parts[1], "first": parts[2], "last": parts[2]}


def _month(text: str) -> dict[str, Any]:
    return {"unit": "month", "month": _first_number(text)}


def _day(text: str) -> dict[str, Any]:
    value = _first_number(text)
    return {"unit": "day", "first": value, "last": value}


_TENS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上中旬": (1, 20), "中下旬": (11, 31)}
_TENS |= {"上半月": (1, 15), "下半月": (16, 31)}


def _ten_days(text: str) -> dict[str, Any]:
    first, last = _TENS[text]
    return {"unit": "days", "first": first, "last": last}


def _quarter(text: str) -> dict[str, Any]:
    value = 1 if text[0] == "首" else 4 if text[0] == "末" else _first_number(text)
    return {"unit": "quarters", "first": value, "last": value}


def _firsts(text: str) -> dict[str, Any]:
    """前三季度, 前5个月, 后三个月, 首月, 第八个月."""
    count = _first_number(text) or 1
    if "季" in text:
        return {"unit": "quarters", "first": 1, "last": count}
    if text[0] == "第":
        return {"unit": "months", "first": count, "last": count}
    return {
        "unit": "months",
        "first": 13 - count if text[0] == "后" else 1,
        "last": 12 if text[0] == "后" else count,
    }


def _half(text: str) -> dict[str, Any]:
    return (
        {"unit": "months", "first": 1, "last": 6}
        if text[0] in "上前"
        else {"unit": "months", "first": 7, "last": 12}
    )


def _lunar(text: str) -> dict[str, Any]:
    head, _, day = text.replace("大年初", "正月初").partition("月")
    leap, plain = "闰" in head, head.lstrip("农阴旧历闰")
    year, _, plain = plain.rpartition("年") if "年" in plain else ("", "", plain)
    plain = plain.lstrip("闰")
    month = {"正": 1, "冬": 11, "腊": 12}.get(plain) or number(plain) or 0
    value = 0 if not day or day == "底" else _first_number(day.lstrip("初"))
    found = {"unit": "lunar", "month": month, "first": value, "last": value, "name": "leap" if leap else ""}
    return found | ({"year": number(year)} if year else {})


def _weekday(text: str) -> dict[str, Any]:
    return {"unit": "week", "first": _WEEKDAYS.find(text[-1].replace("天", "日")) + 1}


def _beside(text: str) -> dict[str, Any]:
    """（星期三） beside a day; （含当日） says nothing of the kind."""
    found = _NAMED_DAY.search(text)
    return {"weekday": _WEEKDAYS.find(found[1].replace("天", "日")) + 1} if found else {}


def _nth_week(text: str) -> dict[str, Any]:
    """第三周, 第一个星期一, 最后一个工作日: `first` the ordinal, `last` the weekday (0 the week, 9 workdays)."""
    nth = -1 if text.startswith("最后") else 1 if text[0] == "首" else _first_number(text)
    weekday = 9 if text.endswith("工作日") else _WEEKDAYS.find(text[-1].replace("天", "日")) + 1
    return {"unit": "nth", "first": nth, "last": weekday}


def _season(text: str) -> dict[str, Any]:
    return {"unit": "season", "first": "春夏秋冬".index(text[0])}


def _month_and_day(text: str) -> dict[str, Any]:
    month, day = (int(part) for part in _DIGITS.findall(text))
    return {"unit": "day", "month": month, "first": day, "last": day}


def _all_year(text: str) -> dict[str, Any]:
    return (
        {"unit": "years", "year_shift": 0, "first": 0, "last": 1} if text == "今明两年" else {"unit": "year"}
    )


def _plan(text: str) -> dict[str, Any]:
    bare = text.strip("“‘\"'「")
    part = next((part for part in ("初期", "前期", "中期", "后期") if part in text), "")
    return {"unit": "plan", "first": number(bare[:2]) or 0, "name": part}


_WEEKDAYS = "一二三四五六日末"
_NAMED_DAY = regex.compile("(?:周|星期|礼拜)([一二三四五六日天])")


@cache
def _shifts(section: str) -> Mapping[str, int]:
    return {word: int(term.more["shift"]) for term in terms("time", section) for word in term.aliases}


def _week(text: str) -> dict[str, Any]:
    """本周, 下周五, 下周周六, 本周末"""
    name = next(word for word in _week_words() if text.startswith(word))
    rest = text[len(name) :]
    weekday = _WEEKDAYS.find(rest[-1].replace("天", "日")) + 1 if rest else 0
    return {"unit": "week", "shift": _shifts("week")[name], "first": weekday, "name": "relative"}


@cache
def _week_words() -> tuple[str, ...]:
    return tuple(sorted(_shifts("week"), key=len, reverse=True))


@cache
def _festival_rules() -> tuple[tuple[str, str], ...]:
    found = [(word, str(term.more["rule"])) for term in terms("time", "festival") for word in term.aliases]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def festival_rule(text: str) -> str:
    """The rule (calendar.festival) of a festival as printed: “五一”国际劳动节 -> 05-01."""
    bare = text.translate(dict.fromkeys(map(ord, "“”‘’\"'「」")))
    return next(rule for word, rule in _festival_rules() if word in bare)


def _festival(text: str) -> dict[str, Any]:
    return {"unit": "festival", "name": festival_rule(text)}


READERS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "Y": _year,
    "n": _year,
    "z": _short_year,
    "y": lambda text: {"unit": "year", "year_shift": _shifts("year")[text], "name": text[0]},
    "M": _month,
    "m": lambda text: {"unit": "month", "month_shift": _shifts("month")[text], "name": text[0]},
    "D": _day,
    "d": lambda text: {"unit": "today", "shift": _shifts("day")[text]},
    "C": _compact,
    "8": _compact,
    "c": _compact,
    "N": lambda text: {"unit": "number", "first": _first_number(text)},
    "X": _ten_days,
    "x": lambda text: {"unit": "start", "name": text[0]},
    "Q": _quarter,
    "q": lambda text: {"unit": "relative_quarter", "shift": _shifts("quarter")[text], "name": text[0]},
    "u": lambda _text: {"unit": "relative_quarter"},
    "h": _firsts,
    "H": _half,
    "A": _all_year,
    "a": lambda _text: {"unit": "year"},
    "b": lambda _text: {"unit": "month", "month_shift": 0},
    "l": _lunar,
    "i": _nth_week,
    "k": _week,
    "S": _season,
    "s": _month_and_day,
    "W": _beside,
    "w": _weekday,
    "O": lambda _text: {"unit": "issue"},
    "P": _plan,
    "V": _festival,
}
