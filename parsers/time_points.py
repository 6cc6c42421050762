"""A point of a time expression: one day, month, quarter, year, ... as far as it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from parsers.time_values import READERS, value


class Word(NamedTuple):
    """A token in a text."""

    letter: str
    text: str
    start: int
    stop: int


class Point(NamedTuple):
    """A period by its parts; what is not printed is None and taken from elsewhere when it is dated.

    `unit` says how to read `first`, `last`: days of `month` (day, days), months or quarters of `year`, the
    number of a plan, the weekday (1 Monday … 7, 8 the weekend, 0 the whole week). `shift` counts days, weeks or
    quarters from the reference; `year_shift` and `month_shift` years and months (今年 0, 下月 1). `weekday`: the one
    printed beside a day (1 Monday … 7), 0 for none.
    """

    unit: str
    year: int | None = None
    year_shift: int | None = None
    month: int | None = None
    month_shift: int | None = None
    first: int = 0
    last: int = 0
    shift: int = 0
    name: str = ""
    weekday: int = 0

    def like(self, last: Point) -> Point:
        """A bare number that opens a range counts what closes it: 4 of 4—7月份 is a month."""
        if self.unit != "number":
            return self
        return _unit_of(self, last)

    def on_day_of(self, last: Point) -> Point:
        """A month before others shares the day that the last of them prints: 3月 of 3月、12月25日前 is its 25th."""
        shares = self.unit == "month" and last.unit == "day" and last.month is not None
        return self._replace(unit="day", first=last.first, last=last.last) if shares else self


def _unit_of(opening: Point, last: Point) -> Point:
    value = opening.first
    if last.unit == "month":
        return opening._replace(unit="month", month=value, first=0)
    if last.unit == "quarters":
        return opening._replace(unit="quarters", last=value)
    if last.unit == "year":
        return opening._replace(unit="year", year=value if value > 99 else None, first=0)
    if last.unit in ("day", "days") and opening.month is None and last.month is not None:
        return opening._replace(unit="month", month=value, first=0)
    return opening._replace(unit="day", last=value)


def point(words: Sequence[Word]) -> Point | None:
    """The point that the words name, None where they contradict each other."""
    parts: dict[str, Any] = {}
    for word in words:
        if word.letter in READERS:
            parts |= value(word.letter, word.text)
    if "unit" not in parts:
        return None
    if parts["unit"] == "start":
        parts |= _start(parts)
    return Point(**parts)


def _start(parts: Mapping[str, Any]) -> dict[str, Any]:
    """初: of a year January and February, of a month its first five days. 中: 11-20."""
    if "month" in parts or "month_shift" in parts:
        first, last = (11, 20) if parts["name"] == "中" else (1, 5)
        return {"unit": "days", "first": first, "last": last, "name": ""}
    first, last = (6, 6) if parts["name"] == "中" else (1, 2)
    return {"unit": "months", "first": first, "last": last, "name": ""}


def contiguous(words: Sequence[Word]) -> tuple[Point | None, Point | None]:
    """First and last of an enumeration if its parts follow each other: 5、6月份."""
    groups: list[list[Word]] = [[]]
    for word in words:
        if word.letter == "J":
            groups.append([])
        else:
            groups[-1].append(word)
    points = [point(group) for group in groups]
    last = points[-1]
    if last is None or None in points:
        return None, None
    same = [each.like(last) for each in points if each]
    values = [_value(each) for each in same]
    if [values[0] + i for i in range(len(values))] != values:
        return None, None
    return same[0], last


def _value(each: Point) -> int:
    if each.unit == "month" and each.month:
        return each.month + 12 * (each.year or 0)
    return each.year or 0 if each.unit == "year" else each.first
