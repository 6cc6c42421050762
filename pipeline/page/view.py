"""A circular as the page shows it: its values in the order of reading, each with its words and its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from pipeline.page import wording
from pipeline.page.charts import Bar, Chart, Tally, Timeline
from pipeline.page.marks import Claim, Passages, cut, visible
from schemas.circular import Circular, Department, Issue, Item, TimeLimit
from schemas.text import Source, Span

_FIELDS = {
    "lead": "lead_departments",
    "support": "supporting_departments",
    "responsible": "responsible_departments",
}
_HEADING = regex.compile(r"[^。\r\n]{0,80}")  # as much of an item as stands for it in the text


@dataclass(frozen=True, slots=True)
class Value:
    """A value to be clicked. `ref`: what a correction calls it, `item key/field/index`; `ground`: the words that
    it rests on beside its own; `when`: its dates, each part with whether it was implied.
    """

    role: str
    ref: str
    shown: str
    spans: tuple[Span, ...]
    ground: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    when: tuple[tuple[str, bool], ...] = ()
    kind: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    implied: bool = False
    inherited: bool = False
    corrected: bool = False
    accepted: bool = False

    @property
    def title(self) -> str:
        """What hovering says."""
        changed = self.corrected and self.role != "item"  # of an item, anything in it
        states = ("已更正",) * changed + ("已核对",) * self.accepted
        return "；".join((*states, *self.notes))

    @property
    def flagged(self) -> bool:
        """Is there more to it than words that were read?"""
        return self.implied or self.inherited or self.corrected or self.accepted

    @property
    def look(self) -> str:
        """The classes of its element."""
        if not self.flagged:
            return self.role
        flags = ("implied", "inherited", "corrected", "accepted")
        return " ".join((self.role, *(flag for flag in flags if getattr(self, flag))))


@dataclass(frozen=True, slots=True)
class Row:
    """An item: a card or a row of the table."""

    item: Item
    place: Value
    values: dict[str, tuple[Value, ...]]
    issues: tuple[Value, ...]
    open_roles: frozenset[str]

    @property
    def number(self) -> str:
        """As printed, nothing hidden in it."""
        return visible(self.item.number)

    def all(self) -> Iterator[Value]:
        """Its place and its values, in the order of the page."""
        yield self.place
        for values in self.values.values():
            yield from values
        yield from self.issues


@dataclass(frozen=True)
class View:
    """One circular beside its source; `name` parts its marks from those of others on the same page.

    `accepted`: refs of values that a person found right; `stale`: what to say of corrections that no longer fit.
    """

    circular: Circular
    source: Source
    name: str = "c1"
    accepted: Collection[str] = ()
    stale: Sequence[str] = ()

    @property
    def title(self) -> str:
        """What it is called; the file where it has no title."""
        return visible(self.circular.title or self.source_name)

    @property
    def source_name(self) -> str:
        """The file that was read."""
        return visible(self.circular.source.name)

    @cached_property
    def head(self) -> tuple[tuple[str, tuple[Value, ...]], ...]:
        """文号, 发文机关 …: what it is called, and its values."""
        one = self.circular
        number = [_plain("doc_number", 0, one.doc_number.text, one.doc_number.span)] if one.doc_number else []
        date = one.issue_date
        signed = [_plain("issue_date", 0, str(date.date or date.text), date.span)] if date else []
        contacts = [_plain("contacts", n, each.text, each.span) for n, each in enumerate(one.contacts)]
        annexes = [_plain("attachments", n, each.title, each.span) for n, each in enumerate(one.attachments)]
        rows = (
            ("文号", number),
            ("发文机关", _units("head", "/issuers", one.issuers)),
            ("主送", _units("head", "/recipients", one.recipients)),
            ("成文日期", signed),
            ("联系人", contacts),
            ("附件", annexes),
        )
        listed = ((label, tuple(values)) for label, values in rows)
        return tuple((label, values) for label, values in listed if values)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The items in reading order."""
        asked: dict[str, list[Value]] = {}
        for n, issue in enumerate(self.circular.issues):
            asked.setdefault(issue.item or "", []).append(self._query(n, issue))
        return tuple(self._row(item, tuple(asked.get(item.id, ()))) for item in self.circular.items)

    @cached_property
    def issues(self) -> tuple[Value, ...]:
        """What is queried of the circular as a whole."""
        ids = {item.id for item in self.circular.items}
        issues = enumerate(self.circular.issues)
        return tuple(self._query(n, issue) for n, issue in issues if issue.item not in ids)

    @cached_property
    def passages(self) -> Passages:
        """The source text with the words of all values marked."""
        return cut(self.source.raw, list(self._claims()), self.source.pages)

    @cached_property
    def chart(self) -> Chart:
        """How many items each department leads, supports, answers for."""
        tallies: dict[str, Tally] = {}
        for row in self.rows:
            for role in _FIELDS:
                for name in dict.fromkeys(value.shown for value in row.values[role]):
                    tallies.setdefault(name, Tally(name)).add(role)
        return Chart.of(tallies.values())

    @cached_property
    def timeline(self) -> Timeline:
        """The dated items over the months."""
        signed = self.circular.issue_date.date if self.circular.issue_date else None
        bars = [
            Bar(visible(f"{row.item.number} {row.item.title}"), value.ref, value.start, value.end)
            for row in self.rows
            for value in row.values["time_limit"]
        ]
        return Timeline.of(bars, signed)

    def run(self, spans: Sequence[Span]) -> str:
        """The marks of these spans."""
        return self.passages.run(spans)

    def _claims(self) -> Iterator[Claim]:
        listed = [value for _, values in self.head for value in values]
        listed += [value for row in self.rows for value in row.all()] + list(self.issues)
        for value in sorted(listed, key=lambda value: value.role in {"item", "issue"}):
            yield from ((span, value.role) for span in value.spans)
            yield from ((span, "head") for span in value.ground)

    def _row(self, item: Item, issues: tuple[Value, ...]) -> Row:
        place = Value("item", f"{item.key}/title/", visible(item.title), (self._opening(item.span),))
        if item.corrected:
            place = replace(place, corrected=True, notes=("本条有更正",))
        values = {role: _units(role, item.key, getattr(item, field)) for role, field in _FIELDS.items()}
        limits = enumerate(item.time_limits)
        values["time_limit"] = (self._limit(f"{item.key}/time_limit/{n}", limit) for n, limit in limits)
        checked = {role: tuple(map(self._checked, several)) for role, several in values.items()}
        return Row(item, place, checked, issues, frozenset(item.open_roles))

    def _checked(self, value: Value) -> Value:
        return replace(value, accepted=True) if value.ref in self.accepted else value

    def _limit(self, ref: str, limit: TimeLimit) -> Value:
        head = {"doc_number": self.circular.doc_number, "issue_date": self.circular.issue_date}
        ground = head.get(limit.basis or "")
        return Value(
            "time_limit",
            ref,
            visible(limit.text),
            limit.spans or (limit.span,),
            ground=(ground.span,) if ground else (),
            notes=tuple(wording.of_limit(limit)),
            when=tuple(_when(limit)),
            kind=limit.kind,
            start=limit.start,
            end=limit.end,
            implied=bool(limit.implied),
            inherited=limit.evidence == "inherited",
            corrected=bool(limit.corrected),
        )

    def _query(self, n: int, issue: Issue) -> Value:
        spans = (self._opening(issue.span),) if issue.span else ()
        return Value("issue", f"/issues/{n}", visible(issue.message), spans, kind=issue.severity)

    def _opening(self, span: Span) -> Span:
        """The first words of what is too long to light up."""
        found = _HEADING.match(self.source.raw, span[0])
        return span[0], min(span[1], found.end() if found else span[1])


def _plain(field: str, n: int, text: str, span: Span) -> Value:
    return Value("head", f"/{field}/{n}", visible(text), (span,))


def _units(role: str, owner: str, units: Sequence[Department]) -> Iterator[Value]:
    place = owner if role == "head" else f"{owner}/{role}"
    for n, unit in enumerate(units):
        yield Value(
            role,
            f"{place}/{n}",
            visible(unit.name),
            unit.spans or (unit.span,),
            ground=(unit.basis.span,) if unit.basis else (),
            notes=tuple(wording.of_department(unit)),
            implied=unit.name != unit.text or unit.basis is not None,
            inherited=unit.evidence == "inherited",
            corrected=bool(unit.corrected),
        )


def _when(limit: TimeLimit) -> Iterator[tuple[str, bool]]:
    """The dates in parts: `2021` implied, `-06-30` read."""
    if limit.recurrence:
        yield wording.rhythm(limit.recurrence), False
    if limit.start and limit.start != limit.end:
        yield from _parts(limit.start, limit.implied, "start")
        yield " 起" if limit.end is None else " 至 ", False
    if limit.end:
        yield from _parts(limit.end, limit.implied, "end")
    elif not limit.recurrence and not limit.start:
        yield wording.KINDS[limit.kind], False


def _parts(date: dt.date, implied: Sequence[str], whole: str) -> Iterator[tuple[str, bool]]:
    if whole in implied:
        yield str(date), True
        return
    year, month, day = str(date).split("-")
    yield from ((year, "year" in implied), (f"-{month}", "month" in implied), (f"-{day}", "day" in implied))
