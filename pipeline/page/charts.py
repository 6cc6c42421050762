"""Counts per department and the timeline, as geometry: what a template needs to draw inline SVG.

All lengths are in units of the drawing. Nothing here knows today's date; the browser draws its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.console import shorten

ROW = 20
_NAMES, _WIDTH = 150, 420  # of the counts: where bars begin, the whole
_LABELS, _SPAN, _EDGE = 250, 700, 10  # of the timeline: names, months, margin
_MOST_TICKS = 14
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000)  # months between ticks


@dataclass
class Tally:
    """How often a department has each role."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, role: str) -> None:
        """One more item."""
        self.counts[role] = self.counts.get(role, 0) + 1

    @property
    def total(self) -> int:
        """All roles together."""
        return sum(self.counts.values())


class Part(NamedTuple):
    """One colour of a bar."""

    role: str
    number: int
    x: float
    width: float


class Counted(NamedTuple):
    """A department with its bar."""

    name: str
    label: str
    y: int
    total: int
    parts: tuple[Part, ...]
    end: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Departments, those with most items first."""

    lines: tuple[Counted, ...]
    width: int = _WIDTH

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return len(self.lines) * ROW + 4

    @classmethod
    def of(cls, tallies: Iterable[Tally]) -> Chart:
        """The chart of these counts.

        >>> tally = Tally("市教育局", {"lead": 2, "support": 2})
        >>> [(part.role, part.x, part.width) for part in Chart.of([tally]).lines[0].parts]
        [('lead', 150.0, 120.0), ('support', 270.0, 120.0)]
        """
        ordered = sorted(tallies, key=lambda tally: (-tally.total, tally.name))
        unit = (_WIDTH - _NAMES - 30) / max((tally.total for tally in ordered), default=1)
        return cls(tuple(_counted(tally, n * ROW, unit) for n, tally in enumerate(ordered)))


def _counted(tally: Tally, y: int, unit: float) -> Counted:
    parts, x = [], float(_NAMES)
    for role in ("lead", "support", "responsible"):
        if count := tally.counts.get(role, 0):
            parts.append(Part(role, count, round(x, 1), round(count * unit, 1)))
            x += count * unit
    return Counted(tally.name, shorten(tally.name, 12), y, tally.total, tuple(parts), round(x, 1))


class Bar(NamedTuple):
    """A time limit of an item; without `start`, it runs from the circular's date up to `end`."""

    label: str
    ref: str
    start: dt.date | None
    end: dt.date | None


class Drawn(NamedTuple):
    """A bar in its place; `open`: its beginning was not printed, `due`: its last day."""

    bar: Bar
    label: str
    y: int
    x: float
    width: float
    open: bool
    due: dt.date | None


class Tick(NamedTuple):
    """The first day of a month."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars over months; `first`, `last`: the days at `left` and `right`."""

    bars: tuple[Drawn, ...]
    ticks: tuple[Tick, ...]
    first: dt.date | None
    last: dt.date | None
    undated: int
    width: int = _LABELS + _SPAN + _EDGE
    left: int = _LABELS
    right: int = _LABELS + _SPAN

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return len(self.bars) * ROW + 4

    @classmethod
    def of(cls, bars: Sequence[Bar], signed: dt.date | None = None) -> Timeline:
        """The bars that have a date, the earliest end first; `signed`: the date of the circular."""
        dated = sorted((bar for bar in bars if bar.start or bar.end), key=_order)
        undated = len(bars) - len(dated)
        if not dated:
            return cls((), (), None, None, undated)
        days = [day for bar in dated for day in (bar.start, bar.end) if day]
        if signed and min(days) >= signed and (min(days) - signed).days < 400:
            days.append(signed)
        scale = _Scale(min(days).replace(day=1), _month(max(days), 1))
        drawn = tuple(scale.draw(bar, n * ROW, signed) for n, bar in enumerate(dated))
        return cls(drawn, tuple(scale.ticks()), scale.first, scale.last, undated)


class _Scale(NamedTuple):
    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> float:
        whole = (self.last - self.first).days or 1
        return round(_LABELS + _SPAN * (day - self.first).days / whole, 1)

    def draw(self, bar: Bar, y: int, signed: dt.date | None) -> Drawn:
        end = bar.end or self.last
        start = bar.start or max(self.first, min(signed or end.replace(day=1), end.replace(day=1)))
        x = self.at(start)
        # The last day counts; a day in a long timeline is still to be seen.
        width = max(round(self.at(end) + _SPAN / ((self.last - self.first).days or 1) - x, 1), 3.0)
        return Drawn(
            bar, shorten(bar.label, 19), y, x, min(width, _LABELS + _SPAN - x), not bar.start, bar.end
        )

    def ticks(self) -> Iterator[Tick]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in _STEPS if months / step <= _MOST_TICKS), _STEPS[-1])
        for n in range(0, months, step):
            day = _month(self.first, n)
            name = f"{day.year}年" if step >= 12 else f"{day.month}月"
            yield Tick(self.at(day), f"{day.year}年{day.month}月" if not n and step < 12 else name)


def _month(day: dt.date, later: int) -> dt.date:
    """The first day of the month that comes `later` months after; beyond the calendar, its last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return dt.date(years, month + 1, 1) if years <= dt.MAXYEAR else dt.date.max


def _order(bar: Bar) -> tuple[dt.date, dt.date]:
    last = bar.end or dt.date.max
    return last, bar.start or last
