"""A partial date in its document: which days a point names, and what had to be implied for that.

What is implied is taken from the reference and listed, never from today's date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parsers import calendar
from parsers.calendar import DAY, Period
from parsers.time_points import Point
from schemas.circular import YearBasis

_LATE, _SOON = 150, 120  # days: 春节期间 in a circular of December is the coming one
_SEPTEMBER = 9  # when a school year begins
_SPRING = 3  # the last month that a circular of the old year may mean without naming the new one
_PASSED = 60  # days: 春节前 in a circular of August is the coming one, in one of February it was missed
Printed = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Reference:
    """What implied parts are taken from: years in order of preference, and the day of issue.

    `coming`: the year after the issue that the words before an item print last. `school`: the year in which the
    school year ends of which a text without any other year tells.
    """

    years: tuple[tuple[YearBasis, int], ...] = ()
    issue_date: date | None = None
    issue_basis: YearBasis = "issue_date"
    coming: int | None = None
    school: int | None = None

    @classmethod
    def option(cls, issue_date: date | None) -> Reference:
        """The reference of `circulars when --issue-date`."""
        return cls((("option", issue_date.year),), issue_date, "option") if issue_date else cls()


def _falls(year: int, point: Point) -> bool:
    """Is the point the weekday in that year that is printed beside it?"""
    if (
        point.month is None
        or not 1 <= point.month <= 12
        or point.first > calendar.month(year, point.month)[1].day
    ):
        return False
    return point.first > 0 and date(year, point.month, point.first).isoweekday() == point.weekday


class NotImpliedError(Exception):
    """A part is neither printed nor implied by the reference."""


class Placing:
    """Points of one mention being placed: remembers what had to be implied, from what, and what was wrong.

    `printed`: the year and month printed last before. `forward`: a bare day before the issue is one of the next month.
    """

    def __init__(
        self, reference: Reference, printed: Printed = (None, None), *, forward: bool = True
    ) -> None:
        self.reference = reference
        self.implied: list[str] = []
        self.basis: YearBasis | None = None
        self.problems: list[str] = []
        self.text_year, self.text_month = printed
        self.forward = forward

    def imply(self, part: str, basis: YearBasis) -> None:
        """Note that a part was not printed and what it was taken from."""
        if part not in self.implied:
            self.implied.append(part)
        self.basis = self.basis or basis

    def issue(self, *parts: str) -> date:
        """The day of issue, from which `parts` are implied."""
        if self.reference.issue_date is None:
            raise NotImpliedError
        for part in parts:
            self.imply(part, self.reference.issue_basis)
        return self.reference.issue_date

    def year(self, point: Point) -> int:
        """The printed year, the relative one (今年), or the implied one."""
        if point.year is not None:
            return point.year
        shift = point.year_shift or 0
        from_text = point.year_shift is None or point.name[:1] in "次翌同当"
        if from_text and self.text_year is not None:
            self.imply("year", "text")
            return self.text_year + shift
        years = self.reference.years
        if not years and self.reference.issue_date:
            years = ((self.reference.issue_basis, self.reference.issue_date.year),)
        if not years:
            return self.school_year(point) + shift
        basis, year = self._likely(years, point) if point.weekday else years[0]
        self.imply("year", basis)
        return year + shift

    def _likely(self, years: Sequence[tuple[YearBasis, int]], point: Point) -> tuple[YearBasis, int]:
        """The first year in which the day falls on the weekday printed beside it; the coming one too for a day in spring
        that would else lie before the issue."""
        basis, first = years[0]
        month, issued = point.month or 12, self.reference.issue_date
        late = issued is None or (issued.year, issued.month) > (first, month)
        coming = [(basis, first + 1)] if month <= _SPRING and late else []
        return next((each for each in (*years, *coming) if _falls(each[1], point)), years[0])

    def school_year(self, point: Point) -> int:
        """The year of a school year's month: of 2017-2018学年 September lies in 2017, May in 2018."""
        if self.reference.school is None or point.month is None:
            raise NotImpliedError
        self.imply("year", "text")
        return self.reference.school - (point.month >= _SEPTEMBER)

    def year_month(self, point: Point) -> tuple[int, int]:
        """Year and month; a month that is not printed is the one printed before, else that of the issue."""
        if point.month is not None:
            return self.year(point), point.month
        if point.month_shift is not None or point.unit == "month":
            issue = self.issue("year", "month")
            start, _ = calendar.month(issue.year, issue.month + (point.month_shift or 0))
            return start.year + (point.year_shift or 0), start.month
        if self.text_month is not None:
            self.imply("month", "text")
            return self.year(point), self.text_month
        issue = self.issue("year", "month")
        for shift in range(int(self.forward and point.first < issue.day), 12):
            start, end = calendar.month(issue.year, issue.month + shift)
            if point.first <= end.day:
                break
        return start.year, start.month

    def place(self, point: Point) -> Period:
        """First and last day of the point's period; a bare number that nothing gives a unit has none."""
        if point.unit not in _PLACES:
            raise NotImpliedError
        return _PLACES[point.unit](self, point)

    def month(self, point: Point) -> Period:
        """Place a month."""
        year, month = self.year_month(point)
        self.check(possible=1 <= month <= 12)
        return calendar.month(year, month)

    def days(self, point: Point) -> Period:
        """Place a day or some days of a month."""
        year, month = self.year_month(point)
        self.check(possible=1 <= month <= 12)
        if point.unit == "day":
            last = calendar.month(year, month)[1].day
            if not 1 <= point.first <= last:
                self.problems.append("impossible_date")
            elif point.weekday and date(year, month, point.first).isoweekday() != point.weekday:
                self.problems.append("other_weekday")
            return calendar.days(year, month, max(1, point.first), max(1, point.first))
        return calendar.days(year, month, point.first, point.last)

    def check(self, *, possible: bool) -> None:
        """Note an impossible date, of which nothing can be said."""
        if not possible:
            self.problems.append("impossible_date")
            raise NotImpliedError

    def months(self, point: Point) -> Period:
        """Place months of a year."""
        self.check(possible=1 <= point.first <= point.last <= 12)
        return calendar.months(self.year(point), point.first, point.last)

    def quarters(self, point: Point) -> Period:
        """Place quarters of a year."""
        return calendar.quarters(self.year(point), point.first, point.last)

    def whole_year(self, point: Point) -> Period:
        """Place a year."""
        year = self.year(point)
        return calendar.years(year, year)

    def several_years(self, point: Point) -> Period:
        """Place 今明两年."""
        year = self.year(point)
        return calendar.years(year + point.first, year + point.last)

    def season(self, point: Point) -> Period:
        """From 立春, 立夏, 立秋 or 立冬 to the day before the next."""
        year, term = self.year(point), (21 + 6 * point.first) % 24
        following = year + (point.first == 3)
        return calendar.solar_term(year, term), calendar.solar_term(following, (term + 6) % 24) - DAY

    def nth(self, point: Point) -> Period:
        """6月第一周, 10月的第一个星期一, 12月最后一个工作日"""
        start, end = self.month(point)
        if point.last == 9:
            before = start - DAY if point.first > 0 else end + DAY
            day, _ = calendar.add_workdays(before, point.first)
        else:
            day = calendar.nth_weekday(start, end, max(point.last, 1) - 1, point.first)
        return (day, day) if point.last else (day, day + 6 * DAY)

    def plan(self, point: Point) -> Period:
        """Place a five-year plan or a part of it."""
        start, end = calendar.plan(point.first)
        first = {"初期": 0, "前期": 0, "中期": 2, "后期": 3}.get(point.name)
        if first is None:
            return start, end
        return calendar.years(start.year + first, start.year + first + (0 if point.name == "中期" else 1))

    def festival(self, point: Point) -> Period:
        """Place a festival: where no year is printed and it is long past, the coming one."""
        year = self.year(point)
        day = calendar.festival(point.name, year)
        if day is None:
            raise ValueError(f"no {point.name} in {year}")
        issue = self.reference.issue_date
        fresh = point.year is None and point.year_shift is None and self.text_year is None
        if fresh and issue and day < issue and (following := calendar.festival(point.name, year + 1)):
            late, soon = (issue - day).days, (following - issue).days
            coming = late > _PASSED if self.forward else late > _LATE and soon < _SOON
            day = following if coming else day
        return day, day

    def lunar(self, point: Point) -> Period:
        """Place a day or month of the lunar calendar."""
        year, leap = self.year(point), point.name == "leap"
        first = calendar.lunar(year, point.month or 0, point.first or 1, leap)
        last = calendar.lunar(year, point.month or 0, point.first or 0, leap)
        if first is None or last is None:
            raise ValueError(f"no such day of the lunar year {year}")
        return first, last

    def week(self, point: Point) -> Period:
        """Place a week or a day of it."""
        issue = self.issue("week")
        start, end = calendar.week(issue, point.shift)
        if point.first == 8:
            return start + 5 * DAY, end
        if point.first:
            start = end = start + (point.first - 1) * DAY
            if point.name != "relative" and start <= issue:
                start = end = start + 7 * DAY
        return start, end

    def issued(self, _point: Point) -> Period:
        """Place the day of issue."""
        day = self.issue("start")
        return day, day

    def today(self, point: Point) -> Period:
        """Place a day counted from the issue."""
        day = self.issue("year", "month", "day") + point.shift * DAY
        return day, day

    def relative_quarter(self, point: Point) -> Period:
        """Place a quarter counted from the issue."""
        issue = self.issue("year", "quarter")
        quarter = (issue.month - 1) // 3 + 1 + point.shift
        year, index = issue.year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
        return calendar.quarters(year, index, index)


_PLACES: Mapping[str, Callable[[Placing, Point], Period]] = {
    "day": Placing.days,
    "days": Placing.days,
    "month": Placing.month,
    "months": Placing.months,
    "quarters": Placing.quarters,
    "year": Placing.whole_year,
    "years": Placing.several_years,
    "season": Placing.season,
    "nth": Placing.nth,
    "plan": Placing.plan,
    "festival": Placing.festival,
    "lunar": Placing.lunar,
    "week": Placing.week,
    "issue": Placing.issued,
    "today": Placing.today,
    "relative_quarter": Placing.relative_quarter,
}
