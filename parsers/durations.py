"""Lengths of time: 30日, 10个工作日, 一个半月, 半年, 两周."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import regex

from parsers import calendar
from parsers.calendar import DAY
from parsers.numerals import number

_UNITS = {
    "工作日": "workday", "交易日": "workday", "自然日": "day", "小时": "hour", "日": "day", "天": "day", "周": "week",
    "星期": "week", "月": "month", "季度": "quarter", "学期": "term", "年": "year",
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_PARTS = regex.compile(
    "(?P<count>[0-9]+|[一二两三四五六七八九十百]+|半|数|几)?(?:多)?个?(?P<half>半)?(?P<unit>"
    + "|".join(_UNITS)
    + ")(?P<tail>半)?"
)


class Duration(NamedTuple):
    """`amount` of `unit` (day, workday, week, month, quarter, year, hour, term) and `days`; amount 0: not known.

    Negative: back from the reference (近三年, 3天前). `early`: 提前, before an event that is not named.
    """

    amount: int
    unit: str
    days: int = 0
    early: bool = False

    def back(self) -> Duration:
        """The same length into the past: 三天前."""
        return self._replace(amount=-self.amount, days=-self.days)


@lru_cache(maxsize=1024)
def duration(text: str) -> Duration:
    """The length that the words name.

    >>> duration("10个工作日"), duration("一个半月"), duration("近半年")
    (Duration(amount=10, unit='workday', days=0, early=False), Duration(amount=1, unit='month', days=15, early=False), \
Duration(amount=-6, unit='month', days=0, early=False))
    """
    found = _PARTS.search(text)
    if found is None:
        return Duration(0, "day")
    printed, unit = found["count"] or "", _UNITS[found["unit"]]
    half = printed == "半" or bool(found["half"] or found["tail"])
    count = 0 if printed in ("半", "数", "几", "") else number(printed) or 0
    length = _halved(count, unit) if half else Duration(count, unit)
    if text.startswith(("近", "最近", "过去", "前", "上")):
        length = length.back()
    return length._replace(early=text.startswith("提前"))


def _halved(count: int, unit: str) -> Duration:
    """半月, 一个半月, 半年, 一年半"""
    if unit == "year":
        return Duration(12 * count + 6, "month")
    return Duration(count, unit, {"month": 15, "week": 3}.get(unit, 0))


def after(day: date, length: Duration) -> tuple[date, bool]:
    """The day that lies so long after `day`; whether the workdays on the way were published.

    Raises ValueError for a length that names no days (数日, 一学期).
    """
    if not length.amount and not length.days:
        raise ValueError(f"no length: {length}")
    shift = timedelta(days=length.days)
    if length.unit == "workday":
        return calendar.add_workdays(day, length.amount)
    if length.unit in _MONTHS:
        return calendar.add_months(day, length.amount * _MONTHS[length.unit]) + shift, True
    days = {"day": 1, "week": 7}.get(length.unit)
    if days is None and (length.unit != "hour" or length.amount % 24):
        raise ValueError(f"no days: {length}")
    return day + (length.amount * days if days else length.amount // 24) * DAY + shift, True


def period(base: date, length: Duration) -> calendar.Period:
    """The day, week, month or year in which `base` plus the length falls: 4周后, 三年后."""
    day, _ = after(base, length)
    if length.unit == "week":
        return calendar.week(day)
    if length.unit in ("month", "quarter") and not length.days:
        return calendar.month(day.year, day.month)
    return calendar.years(day.year, day.year) if length.unit == "year" else (day, day)


def stretch(base: date, length: Duration) -> calendar.Period:
    """未来两个月: from `base`; 近三年: up to `base`."""
    day, _ = after(base, length)
    if day < base:
        return day, base
    return base, day - DAY if length.unit in _MONTHS else day
