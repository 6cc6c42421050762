"""Mentions -> dates: which edge of what was named is meant, and what an item printed before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from parsers import calendar, durations
from parsers.calendar import DAY
from parsers.time_grammar import TimeMention
from parsers.time_places import NotImpliedError, Placing, Printed, Reference
from parsers.time_points import Point
from schemas.circular import Kind, YearBasis

_NEAR = 45  # days: what is due so soon after the issue is due in its year, whatever year the title names
_LONG_AGO = 270  # days: what is due so long before the issue is due in the year after


class Dated(NamedTuple):
    """What a mention means. `problems`: impossible_date, other_weekday, unknown_workdays."""

    kind: Kind
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: str | None = None
    implied: tuple[str, ...] = ()
    basis: YearBasis | None = None
    approximate: bool = False
    problems: tuple[str, ...] = ()


def date(mention: TimeMention, reference: Reference, earlier: Sequence[TimeMention] = ()) -> Dated:
    """Put dates to a mention; `earlier`: the mentions of the same item before it, which may print its year.

    >>> from parsers.time_limits import scan
    >>> date(scan("6月底前")[0], Reference((("doc_number", 2021),))).end
    datetime.date(2021, 6, 30)
    """
    return _date(mention, reference, _printed_in(earlier))


def date_all(mentions: Iterable[TimeMention], reference: Reference) -> list[Dated]:
    """dt.date the mentions of one item in order: a year printed in one holds for those after it."""
    printed: Printed = (None, None)
    dates = []
    for mention in mentions:
        dates.append(_date(mention, reference, printed))
        printed = _printed_in((mention,), printed)
    return dates


def _printed_in(mentions: Sequence[TimeMention], printed: Printed = (None, None)) -> Printed:
    """Year and month printed last."""
    year, month = printed
    for mention in mentions:
        for point in (mention.first, mention.last):
            if point is not None:
                year = point.year if point.year is not None else year
                month = point.month if point.month is not None else month
    return year, month


def _date(mention: TimeMention, reference: Reference, printed: Printed) -> Dated:
    placing = Placing(reference, printed, forward=mention.form != "during")
    try:
        kind, start, end = _FORMS[mention.form](placing, mention)
    except (NotImpliedError, ValueError, OverflowError):
        return Dated(_UNDATED.get(mention.form, "unresolved"), problems=tuple(placing.problems))
    implied, problems = tuple(placing.implied), tuple(placing.problems)
    return Dated(kind, start, end, mention.recurrence, implied, placing.basis, mention.approximate, problems)


_Value = tuple[Kind, dt.date | None, dt.date | None]


def _by(placing: Placing, mention: TimeMention) -> _Value:
    last = _named(mention.last)
    start, end = _coming(placing, last)
    if mention.duration is None:
        return "by", None, _edge(mention, last, start, end)
    end, known = durations.after(start, mention.duration)
    placing.problems += [] if known else ["unknown_workdays"]
    return "by", None, end


def _coming(placing: Placing, last: Point) -> tuple[dt.date, dt.date]:
    """1月22日前 in a circular of December, or of January with the old year in its title, is the coming one.

    So is 4月21日前 in a circular of October that told what is due in March 2023 just before; 12月31日前 in one of
    28 December about the next year is due in the old one.
    """
    start, end = placing.place(last)
    issued, told = placing.reference.issue_date, placing.reference.coming
    guessed = (
        not last.weekday and last.year_shift is None and "year" in placing.implied and placing.basis != "text"
    )
    if issued is not None and guessed and last.unit == "day" and end.year == issued.year + 1:
        soon = placing.place(last._replace(year=issued.year))
        if 0 <= (soon[1] - issued).days <= _NEAR:
            placing.basis = placing.reference.issue_basis
            return soon
    late = end.year + 1 if issued is not None and (issued - end).days >= _LONG_AGO else told
    if issued is None or not guessed or end >= issued or late is None:
        return start, end
    placing.basis = placing.reference.issue_basis
    return placing.place(last._replace(year=late))


def _edge(mention: TimeMention, last: Point, start: dt.date, end: dt.date) -> dt.date:
    """前 excludes a month, quarter, plan, week or festival and includes a day, ten days, half year or year."""
    excluded = last.unit in ("month", "quarters", "relative_quarter", "plan", "festival")
    excluded |= last.unit == "week" and not last.first
    excluded |= last.unit == "months" and last.first > 6
    return start - DAY if mention.edge == "before" and excluded else end


def _during(placing: Placing, mention: TimeMention) -> _Value:
    if mention.first is not None:
        return _range(placing, mention)
    last = _named(mention.last)
    start, end = placing.place(last)
    if last.unit == "festival" and mention.edge == "within":
        start, end = calendar.holiday(start)
    return "during", start, end


def _range(placing: Placing, mention: TimeMention) -> _Value:
    first, last = _named(mention.first), _named(mention.last)
    unsigned = placing.reference.issue_date is None
    if first.unit in ("today", "issue") and unsigned:  # 即日起至5月31日
        return "range", None, _edge(mention, last, *placing.place(last))
    if first.year is None and first.year_shift is None and last.year is not None and first.unit not in _FIXED:
        first = first._replace(year=last.year)
        late = placing.place(first)[0] > placing.place(last)[1]
        first = first._replace(year=last.year - late)
    start, _ = placing.place(first)
    begins, end = placing.place(_carry(first, last))
    if end < start and last.year is None:
        bare = last.unit == "day" and last.month is None and first.month is None
        begins, end = (calendar.add_months(day, 1 if bare else 12) for day in (begins, end))
    placing.check(possible=start <= end)
    return (
        "range" if mention.form == "range" else "during",
        start,
        max(start, _edge(mention, last, begins, end)),
    )


def _named(point: Point | None) -> Point:
    """The point that the form of a mention needs."""
    if point is None:
        raise NotImpliedError
    return point


def _carry(first: Point, last: Point) -> Point:
    """What the second part of a range does not print, it has from the first: 9月1日—30日."""
    if last.year is None and last.year_shift is None:
        last = last._replace(year=first.year, year_shift=first.year_shift)
    if last.unit in ("day", "days") and last.month is None and last.month_shift is None:
        last = last._replace(month=first.month, month_shift=first.month_shift)
    return last


def _since(placing: Placing, mention: TimeMention) -> _Value:
    first = _named(mention.first)
    start, end = placing.place(first)
    return (
        "ongoing",
        end + DAY if mention.edge == "after" and first.unit in ("day", "festival") else start,
        None,
    )


def _within(placing: Placing, mention: TimeMention) -> _Value:
    """A duration counts from the named day, else the issue of the circular; from another event nothing is certain."""
    length = mention.duration
    if length is None or length.early or (mention.event and not mention.anchored):
        return "relative", None, None
    named = mention.first is not None and mention.first.unit != "issue"
    base = placing.place(_named(mention.first))[0] if named else placing.issue("start")
    if mention.edge == "span":
        return "during", *durations.stretch(base, length)
    if mention.edge in ("after", "before"):
        return "relative", *durations.period(base, length)
    end, known = durations.after(base, length)
    placing.problems += [] if known else ["unknown_workdays"]
    return "relative", None, end


def _recurring(placing: Placing, mention: TimeMention) -> _Value:
    """从2019年起，…每年2月底前; 2021—2023年每年12月底前"""
    try:
        start = placing.place(mention.first)[0] if mention.first else None
        end = placing.place(mention.last)[1] if mention.last else None
        placing.check(possible=not (start and end) or start <= end)
    except NotImpliedError:
        start = end = None
    return "recurring", start, end


_FORMS: dict[str, Callable[[Placing, TimeMention], _Value]] = {
    "by": _by,
    "during": _during,
    "range": _range,
    "since": _since,
    "within": _within,
    "event": lambda _placing, _mention: ("relative", None, None),
    "recurring": _recurring,
    "ongoing": lambda _placing, _mention: ("ongoing", None, None),
    "at_once": lambda _placing, _mention: ("relative", None, None),
}
_FIXED = ("festival", "plan", "week", "issue", "today", "relative_quarter")  # name their year, or none
_UNDATED: dict[str, Kind] = {"within": "relative", "since": "ongoing"}
