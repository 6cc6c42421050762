"""Time limits for generated circulars: many wordings, each with the dates that it means."""

import calendar
import datetime as dt
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Time:
    """A time limit: its words, what it means; `recurrence` an RRULE, `kind` as published."""

    words: str
    kind: str
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: str | None = None


def times(year: int, rng: Random, only_by: bool) -> list[Time]:
    """Time limits in many wordings, with the dates they mean in a circular of this year."""
    first, last = sorted(rng.sample(range(3, 13), 2))
    day, ten = rng.randint(1, 28), rng.choice((("上", 1, 10), ("中", 11, 20), ("下", 21, 0)))

    def date(month: int, at: int = 0) -> dt.date:
        return dt.date(year, month, at or calendar.monthrange(year, month)[1])

    by = [
        Time(f"{last}月底前", "by", None, date(last)),
        Time(f"{last}月{day}日前", "by", None, date(last, day)),
        Time(f"{year}年{last}月底前", "by", None, date(last)),
        Time(f"{year}年{last}月{day}日前", "by", None, date(last, day)),
        Time("年底前", "by", None, date(12)),
    ]
    if only_by:
        return by
    return [
        *by,
        Time(f"{first}月份", "during", date(first, 1), date(first)),
        Time(f"{year}年{first}月", "during", date(first, 1), date(first)),
        Time("全年", "during", date(1, 1), date(12)),
        Time("上半年", "during", date(1, 1), date(6)),
        Time("三季度", "during", date(7, 1), date(9)),
        Time(f"{first}月{ten[0]}旬", "during", date(first, ten[1]), date(first, ten[2])),
        Time(f"{first}月至{last}月", "range", date(first, 1), date(last)),
        Time(f"{first}—{last}月份", "range", date(first, 1), date(last)),
        Time(f"{first}月{day}日至{last}月{day}日", "range", date(first, day), date(last, day)),
        Time(f"每月{day}日前", "recurring", recurrence=f"FREQ=MONTHLY;BYMONTHDAY={day}"),
        Time("长期坚持", "ongoing"),
    ]
