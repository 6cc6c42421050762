"""Partial dates -> dates: what is implied is taken from the reference and listed, never today's date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta

from parsers import calendar, durations
from parsers.calendar import DAY, Period
from parsers.time_grammar import TimeMention
from parsers.time_points import Point
from schemas.circular import Kind, YearBasis


@dataclass(frozen=True, slots=True)
class Reference:
    """What implied parts are taken from: years in order of preference, and the day of issue."""

    years: tuple[tuple[YearBasis, int], ...] = ()
    issue_date: Date | None = None
    issue_basis: YearBasis = "issue_date"

    @classmethod
    def option(cls, issue_date: Date | None) -> Reference:
        """The reference of `circulars when --issue-date`."""
        return cls((("option", issue_date.year),), issue_date, "option") if issue_date else cls()


@dataclass(frozen=True, slots=True)
class Dated:
    """What a mention means. `problems`: impossible_date, unknown_workdays."""

    kind: Kind
    start: Date | None = None
    end: Date | None = None
    recurrence: str | None = None
    implied: tuple[str, ...] = ()
    basis: YearBasis | None = None
    approximate: bool = False
    problems: tuple[str, ...] = ()


class _Missing(Exception):
    """A part is neither printed nor implied by the reference."""


class _Dating:
    """One mention being dated: remembers what had to be implied, from what, and what was wrong."""

    def __init__(self, reference: Reference, earlier: Sequence[TimeMention]) -> None:
        self.reference = reference
        self.implied: list[str] = []
        self.basis: YearBasis | None = None
        self.problems: list[str] = []
        self.text_year, self.text_month = _printed(earlier)
        self.forward = True  # a bare day before the issue is one of the next month

    def imply(self, part: str, basis: YearBasis) -> None:
        if part not in self.implied:
            self.implied.append(part)
        self.basis = self.basis or basis

    def issue(self, *parts: str) -> Date:
        """The day of issue, from which `parts` are implied."""
        if self.reference.issue_date is None:
            raise _Missing
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
            raise _Missing
        self.imply("year", years[0][0])
        return years[0][1] + shift

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
        """First and last day of the point's period."""
        return _PLACES[point.unit](self, point)

    def month(self, point: Point) -> Period:
        year, month = self.year_month(point)
        self.check(1 <= month <= 12)
        return calendar.month(year, month)

    def days(self, point: Point) -> Period:
        year, month = self.year_month(point)
        self.check(1 <= month <= 12)
        if point.unit == "day":
            last = calendar.month(year, month)[1].day
            if not 1 <= point.first <= last:
                self.problems.append("impossible_date")
            return calendar.days(year, month, max(1, point.first), max(1, point.first))
        return calendar.days(year, month, point.first, point.last)

    def check(self, possible: bool) -> None:
        if not possible:
            self.problems.append("impossible_date")
            raise _Missing

    def months(self, point: Point) -> Period:
        self.check(1 <= point.first <= point.last <= 12)
        return calendar.months(self.year(point), point.first, point.last)

    def quarters(self, point: Point) -> Period:
        return calendar.quarters(self.year(point), point.first, point.last)

    def whole_year(self, point: Point) -> Period:
        year = self.year(point)
        return calendar.years(year, year)

    def several_years(self, point: Point) -> Period:
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
        start, end = calendar.plan(point.first)
        first = {"初期": 0, "前期": 0, "中期": 2, "后期": 3}.get(point.name)
        if first is None:
            return start, end
        return calendar.years(start.year + first, start.year + first + (0 if point.name == "中期" else 1))

    def festival(self, point: Point) -> Period:
        year = self.year(point)
        day = calendar.festival(point.name, year)
        self.check(day is not None)
        assert day is not None
        issue = self.reference.issue_date
        fresh = point.year is None and point.year_shift is None and self.text_year is None
        if fresh and issue and day < issue and (following := calendar.festival(point.name, year + 1)):
            day = following if (issue - day).days > _LATE and (following - issue).days < _SOON else day
        return day, day

    def lunar(self, point: Point) -> Period:
        year, leap = self.year(point), point.name == "leap"
        first = calendar.lunar(year, point.month or 0, point.first or 1, leap)
        last = calendar.lunar(year, point.month or 0, point.first or 0, leap)
        self.check(first is not None and last is not None)
        assert first and last
        return first, last

    def week(self, point: Point) -> Period:
        issue = self.issue("week" if not point.first else "week")
        start, end = calendar.week(issue, point.shift)
        if point.first == 8:
            return start + 5 * DAY, end
        if point.first:
            start = end = start + (point.first - 1) * DAY
            if point.name != "relative" and start <= issue:
                start = end = start + 7 * DAY
        return start, end

    def issued(self, point: Point) -> Period:
        day = self.issue("start")
        return day, day

    def today(self, point: Point) -> Period:
        day = self.issue("year", "month", "day") + point.shift * DAY
        return day, day

    def relative_quarter(self, point: Point) -> Period:
        issue = self.issue("year", "quarter")
        quarter = (issue.month - 1) // 3 + 1 + point.shift
        year, index = issue.year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
        return calendar.quarters(year, index, index)


_PLACES = {
    "day": _Dating.days,
    "days": _Dating.days,
    "month": _Dating.month,
    "months": _Dating.months,
    "quarters": _Dating.quarters,
    "year": _Dating.whole_year,
    "years": _Dating.several_years,
    "season": _Dating.season,
    "nth": _Dating.nth,
    "plan": _Dating.plan,
    "festival": _Dating.festival,
    "lunar": _Dating.lunar,
    "week": _Dating.week,
    "issue": _Dating.issued,
    "today": _Dating.today,
    "relative_quarter": _Dating.relative_quarter,
}
_LATE, _SOON = 150, 120  # days: 春节前 in a circular of December is the coming one


def date(mention: TimeMention, reference: Reference, earlier: Sequence[TimeMention] = ()) -> Dated:
    """Put dates to a mention; `earlier`: the mentions of the same item before it, which may print its year.

    >>> from parsers.time_limits import scan
    >>> date(scan("6月底前")[0], Reference((("doc_number", 2021),))).end
    datetime.date(2021, 6, 30)
    """
    dating = _Dating(reference, earlier)
    dating.forward = mention.form != "during"
    try:
        dated = _FORMS[mention.form](dating, mention)
    except (_Missing, ValueError, OverflowError):
        dated = Dated("unresolved" if mention.form not in _UNDATED else _UNDATED[mention.form])
        return replace(dated, recurrence=mention.recurrence, problems=tuple(dating.problems))
    return replace(
        dated,
        implied=tuple(dating.implied),
        basis=dating.basis,
        approximate=mention.approximate,
        problems=tuple(dating.problems),
    )


def date_all(mentions: Iterable[TimeMention], reference: Reference) -> list[Dated]:
    """Date the mentions of one item in order: a year printed in one holds for those after it."""
    ordered = list(mentions)
    return [date(mention, reference, ordered[:i]) for i, mention in enumerate(ordered)]


def _printed(earlier: Sequence[TimeMention]) -> tuple[int | None, int | None]:
    """Year and month printed last before."""
    year = month = None
    for mention in earlier:
        for point in (mention.first, mention.last):
            if point is not None:
                year = point.year if point.year is not None else year
                month = point.month if point.month is not None else month
    return year, month


def _by(dating: _Dating, mention: TimeMention) -> Dated:
    assert mention.last is not None
    start, end = dating.place(mention.last)
    return Dated("by", end=_edge(mention, mention.last, start, end))


def _edge(mention: TimeMention, last: Point, start: Date, end: Date) -> Date:
    """前 excludes a month, quarter, plan, week or festival and includes a day, ten days, half year or year."""
    excluded = last.unit in ("month", "quarters", "relative_quarter", "plan", "festival")
    excluded |= last.unit == "week" and not last.first
    excluded |= last.unit == "months" and last.first > 6
    return start - DAY if mention.edge == "before" and excluded else end


def _during(dating: _Dating, mention: TimeMention) -> Dated:
    if mention.first is not None:
        return _range(dating, mention)
    assert mention.last is not None
    start, end = dating.place(mention.last)
    if mention.last.unit == "festival" and mention.edge == "within":
        start, end = calendar.holiday(start)
    return Dated("during", start, end)


def _range(dating: _Dating, mention: TimeMention) -> Dated:
    first, last = mention.first, mention.last
    assert first is not None and last is not None
    last = _carry(first, last)
    start, _ = dating.place(first)
    begins, end = dating.place(last)
    if end < start and mention.last and mention.last.year is None:
        bare = last.unit == "day" and mention.last.month is None and first.month is None
        begins, end = (calendar.add_months(day, 1 if bare else 12) for day in (begins, end))
    kind: Kind = "range" if mention.form == "range" else "during"
    return Dated(kind, start, max(start, _edge(mention, last, begins, end)))


def _carry(first: Point, last: Point) -> Point:
    """What the second part of a range does not print, it has from the first: 9月1日—30日."""
    if last.year is None and last.year_shift is None:
        last = last._replace(year=first.year, year_shift=first.year_shift)
    if last.unit in ("day", "days") and last.month is None and last.month_shift is None:
        last = last._replace(month=first.month, month_shift=first.month_shift)
    return last


def _since(dating: _Dating, mention: TimeMention) -> Dated:
    assert mention.first is not None
    start, end = dating.place(mention.first)
    return Dated("ongoing", start=end + DAY if mention.edge == "after" and mention.first.unit == "day" else start)


def _within(dating: _Dating, mention: TimeMention) -> Dated:
    """A duration counts from the named day, else the issue of the circular; from another event nothing is certain."""
    length = mention.duration
    if length is None or length.early or (mention.event and not mention.anchored):
        return Dated("relative")
    if mention.first is not None and mention.first.unit != "issue":
        base = dating.place(mention.first)[0]
    else:
        base = dating.issue("start")
    if mention.edge == "span":
        return Dated("during", *durations.stretch(base, length))
    if mention.edge == "after" or mention.edge == "before":
        return Dated("relative", *durations.period(base, length))
    end, known = durations.after(base, length)
    dating.problems += [] if known else ["unknown_workdays"]
    return Dated("relative", end=end)


_FORMS = {
    "by": _by,
    "during": _during,
    "range": _range,
    "since": _since,
    "within": _within,
    "event": lambda dating, mention: Dated("relative"),
    "recurring": lambda dating, mention: Dated("recurring", recurrence=mention.recurrence),
    "ongoing": lambda dating, mention: Dated("ongoing"),
    "at_once": lambda dating, mention: Dated("relative"),
}
_UNDATED: dict[str, Kind] = {"within": "relative", "since": "ongoing"}
