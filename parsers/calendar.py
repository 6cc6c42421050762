"""Dates of the Chinese working year: periods, festivals by calculation, China's published workdays.

Everything here is arithmetic on years and days: no clock, no text. A period is (first day, last day).
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

Period = tuple[date, date]

DAY = timedelta(days=1)
FIRST_PLAN = 1953  # 一五: 1953-1957; from 六五 (1981-1985) on every five years
_FESTIVAL_REACH = 12  # days; a published holiday around a festival is never longer


@lru_cache(maxsize=2048)
def month(year: int, number: int) -> Period:
    """The month; `number` may lie outside 1..12 and then falls into a neighbouring year.

    >>> month(2021, 14)
    (datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
    """
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Period:
    """From the first day of month `first` to the last day of month `last`."""
    return month(year, first)[0], month(year, last)[1]


def quarters(year: int, first: int, last: int) -> Period:
    """From the first day of quarter `first` to the last day of quarter `last`."""
    return months(year, 3 * first - 2, 3 * last)


def days(year: int, number: int, first: int, last: int) -> Period:
    """Days of a month, `last` cut to the month's length: 下旬 is (21, 31)."""
    start, end = month(year, number)
    return start.replace(day=min(first, end.day)), start.replace(day=min(last, end.day))


def years(first: int, last: int) -> Period:
    """Whole years."""
    return date(first, 1, 1), date(last, 12, 31)


def plan(number: int) -> Period:
    """A five-year plan from 六五 on: 14 is 十四五, 2021-2025."""
    first = 1981 + 5 * (number - 6)
    return years(first, first + 4)


def week(day: date, shift: int = 0) -> Period:
    """Monday to Sunday of the week `shift` weeks after the one that holds `day`."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return monday, monday + 6 * DAY


def nth_weekday(start: date, end: date, weekday: int, nth: int) -> date:
    """The nth (1, 2, … or -1 for the last) given weekday (Monday 0) of a period."""
    if nth > 0:
        return start + timedelta(days=(weekday - start.weekday()) % 7, weeks=nth - 1)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def add_months(day: date, count: int) -> date:
    """The same day `count` months later, cut to the month's length (GB: 一个月 from 01-31 ends on 02-28)."""
    start, end = month(day.year, day.month + count)
    return start.replace(day=min(day.day, end.day))


def add_workdays(day: date, count: int) -> tuple[date, bool]:
    """The day `count` workdays after `day` (negative: before), and whether China's published holidays
    and swapped workdays were known for all of it; where they are not, Monday to Friday count."""
    step = DAY if count >= 0 else -DAY
    known = True
    for _ in range(abs(count)):
        day += step
        while True:
            works, published = is_workday(day)
            known &= published
            if works:
                break
            day += step
    return day, known


@lru_cache(maxsize=4096)
def is_workday(day: date) -> tuple[bool, bool]:
    """Does China work on this day; and was that published (else: Monday to Friday)?"""
    import chinese_calendar  # noqa: PLC0415 - its tables are wanted by few circulars

    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < 5, False


@lru_cache(maxsize=512)
def holiday(day: date) -> Period:
    """The published days off around a festival's day; the day alone where nothing was published."""
    start = end = day
    if not is_workday(day)[1] or is_workday(day)[0]:
        return start, end
    while (day - start).days < _FESTIVAL_REACH and not is_workday(start - DAY)[0]:
        start -= DAY
    while (end - day).days < _FESTIVAL_REACH and not is_workday(end + DAY)[0]:
        end += DAY
    return start, end


@lru_cache(maxsize=512)
def lunar(year: int, number: int, day: int, leap: bool = False) -> date | None:
    """The day of a lunar date; day 0 is the last day of the month. None for a date that does not exist.

    >>> lunar(2021, 8, 15)
    datetime.date(2021, 9, 21)
    """
    from lunardate import LunarDate  # noqa: PLC0415

    wanted = [day] if day else [30, 29]
    for each in wanted:
        try:
            return _plain(LunarDate(year, number, each, leap).to_solar_date())
        except (ValueError, TypeError):
            continue
    return None


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


@lru_cache(maxsize=512)
def solar_term(year: int, index: int) -> date:
    """The day, Beijing time, on which the sun reaches 15 degrees times `index`: 0 春分, 1 清明, … 21 立春.

    Low-precision solar longitude (Meeus, Astronomical Algorithms, ch. 25), good to about ten minutes.

    >>> solar_term(2021, 1)
    datetime.date(2021, 4, 4)
    """
    target = 15.0 * index
    guess = 365.2422 * ((index + 5) % 24 + 0.35) / 24  # days from 1 January: 小寒 (19) is the first term
    moment = (date(year, 1, 1) - date(2000, 1, 1)).days - 0.5 + guess  # days since J2000.0
    for _ in range(6):
        moment += ((target - _sun_longitude(moment) + 180) % 360 - 180) * 365.2422 / 360
    return date(2000, 1, 1) + timedelta(days=math.floor(moment + 0.5 + 8 / 24))


def _sun_longitude(moment: float) -> float:
    """Apparent longitude of the sun in degrees; `moment` in days since J2000.0."""
    century = moment / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * century)
    centre = (1.914602 - 0.004817 * century) * math.sin(anomaly)
    centre += 0.019993 * math.sin(2 * anomaly) + 0.000289 * math.sin(3 * anomaly)
    node = math.radians(125.04 - 1934.136 * century)
    return (280.46646 + 36000.76983 * century + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


@lru_cache(maxsize=1024)
def festival(rule: str, year: int) -> date | None:
    """The day of a festival in a year, by its rule in vocab/time.toml.

    `05-01`: a day of the solar calendar; `lunar 08-15`: of the lunar one, its year beginning in `year`;
    `eve`: the day before the lunar year `year`; `term 1`: a solar term; `nth 5 2 7`: the second Sunday of May.

    >>> festival("lunar 05-05", 2021), festival("term 1", 2020)
    (datetime.date(2021, 6, 14), datetime.date(2020, 4, 4))
    """
    kind, _, rest = rule.rpartition(" ") if rule.startswith("lunar") else rule.partition(" ")
    if kind == "lunar":
        return lunar(year, int(rest[:2]), int(rest[3:]))
    if kind == "eve":
        first = lunar(year, 1, 1)
        return first - DAY if first else None
    if kind == "term":
        return solar_term(year, int(rest))
    if kind == "nth":
        number, nth, weekday = (int(part) for part in rest.split())
        return nth_weekday(*month(year, number), weekday - 1, nth)
    return date(year, int(rule[:2]), int(rule[3:]))
