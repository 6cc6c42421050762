"""The everyday questions: what is due when, whose it is, what speaks of something; answered item by item."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Alias, ColumnElement, Connection, Row, Select, Table, and_, false, or_, select

from pipeline.store.recurring import first_within, names_a_day
from pipeline.store.rows import ROLES, folded, mended, numbered
from pipeline.store.schema import circulars, item_departments, items, ledger, names, places, time_limits
from pipeline.store.search import holds, items_with

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What all rows of an answer have; what is not said holds for every row.

    `due_from`, `due_to`: some time limit of the item ends then, or recurs then. `overdue_at`: the main one has ended
    by then. `lead`, `department` (any role): part of a unit's name. `text`: each in the title or text of the item or
    the title of the circular. `number`: part of a 文号. `everything`: copies of the same circular and what its file
    no longer holds too.
    """

    due_from: dt.date | None = None
    due_to: dt.date | None = None
    overdue_at: dt.date | None = None
    lead: str | None = None
    department: str | None = None
    text: tuple[str, ...] = ()
    number: str | None = None
    everything: bool = False

    @property
    def between(self) -> bool:
        """Is it asked for what is due between dates?"""
        return self.due_from is not None or self.due_to is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """An item with its circular; a circular without items stands alone, what concerns items is empty then.

    Where dates were asked for, the time limit is the one that fits them, else the main one.
    """

    circular: str
    doc_number: str | None
    circular_title: str | None
    item: str | None
    key: str | None
    number: str | None
    title: str | None
    text: str | None
    time_limit: str | None
    kind: str | None
    start_date: dt.date | None
    due_date: dt.date | None
    recurrence: str | None
    source: str
    span: tuple[int, int] | None
    lead_departments: tuple[str, ...] = ()
    supporting_departments: tuple[str, ...] = ()
    responsible_departments: tuple[str, ...] = ()


def answers(connection: Connection, wanted: Filter, limit: int | None = None) -> Iterator[Answer]:
    """All rows that fit, at most `limit`: by due date, then circular and place in it."""
    asked = _asked(wanted, connection.dialect.name)
    # Two results at once want two cursors, so that each portion is fetched whole.
    found = connection.execution_options(yield_per=_AT_ONCE).execute(asked).partitions()
    fitting = (answer for portion in found for answer in _completed(connection, portion, wanted))
    # On which days something recurs the database does not know.
    yield from islice(sorted(fitting, key=_order) if wanted.due_from else fitting, limit)


def _order(answer: Answer) -> tuple[bool, str, str]:
    return answer.due_date is None, str(answer.due_date), answer.circular


def _asked(wanted: Filter, dialect: str) -> Select[Any]:
    table = circulars if wanted.everything else ledger
    joined = table.join(items, items.c.circular == table.c.row, isouter=True).join(
        time_limits, and_(time_limits.c.item == items.c.row, _limit_of(wanted)), isouter=True
    )
    name = (
        select(places.c.name)
        .where(places.c.sha256 == table.c.sha256)
        .order_by(places.c.current.desc(), places.c.path, places.c.name)
        .limit(1)
        .scalar_subquery()
    )
    limit = time_limits.c
    columns = (
        items.c.row.label("row"), table.c.id.label("circular"), table.c.doc_number,
        table.c.title.label("circular_title"), items.c.id.label("item"), items.c.key, items.c.number, items.c.title,
        items.c.text, limit.text.label("time_limit"), limit.kind, limit.start_date, limit.end_date, limit.recurrence,
        name.label("source"), items.c.span_start, items.c.span_end,
    )  # fmt: skip
    order = (
        limit.end_date.is_(None), limit.end_date, table.c.id, table.c.sha256, table.c.ordinal, items.c.position,
        limit.position,
    )  # fmt: skip
    return select(*columns).select_from(joined).where(*_conditions(wanted, table, dialect)).order_by(*order)


def _limit_of(wanted: Filter) -> ColumnElement[bool]:
    """Which time limit of an item the answer shows."""
    limit = time_limits.c
    if not wanted.between:
        return limit.main
    ends: list[ColumnElement[bool]] = [limit.end_date.is_not(None)]
    goes_on: list[ColumnElement[bool]] = [limit.recurrence.is_not(None)]
    if wanted.due_from:
        ends.append(limit.end_date >= wanted.due_from)
        goes_on.append(or_(limit.end_date.is_(None), limit.end_date >= wanted.due_from))
    if wanted.due_to:
        ends.append(limit.end_date <= wanted.due_to)
        goes_on.append(or_(limit.start_date.is_(None), limit.start_date <= wanted.due_to))
    return or_(and_(limit.recurrence.is_(None), *ends), and_(*goes_on) if wanted.due_from else false())


def _conditions(wanted: Filter, table: Table | Alias, dialect: str) -> Iterator[ColumnElement[bool]]:
    if wanted.between:
        yield time_limits.c.item.is_not(None)
    if wanted.overdue_at:
        yield time_limits.c.end_date < wanted.overdue_at
        if not wanted.between:
            yield time_limits.c.main
    if wanted.lead:
        yield _unit(wanted.lead, "lead", dialect)
    if wanted.department:
        yield _unit(wanted.department, None, dialect)
    for words in filter(None, map(_words, wanted.text)):
        yield or_(items.c.row.in_(items_with(words, dialect)), holds(table.c.words, words, dialect))
    if wanted.number:
        yield _number(wanted.number, table, dialect)


def _words(typed: str) -> str:
    return folded(mended(typed))


def _unit(name: str, role: str | None, dialect: str) -> ColumnElement[bool]:
    spelled = select(names.c.name).where(holds(names.c.words, _words(name), dialect))
    rows = select(item_departments.c.item).where(item_departments.c.name.in_(spelled))
    return items.c.row.in_(rows.where(item_departments.c.role == role) if role else rows)


def _number(number: str, table: Table | Alias, dialect: str) -> ColumnElement[bool]:
    """15 is not the beginning of 150."""
    words = numbered(mended(number))
    if not words:
        return false()
    if not words[-1:].isdigit():
        return holds(table.c.number_words, words, dialect)
    return or_(*(holds(table.c.number_words, words + end, dialect) for end in ("-", "\n")))


def _completed(connection: Connection, portion: Sequence[Row[Any]], wanted: Filter) -> Iterator[Answer]:
    units = _units(connection, [row.row for row in portion if row.row is not None])
    for row in portion:
        due = row.end_date
        if wanted.due_from and row.recurrence and names_a_day(row.recurrence):
            due = first_within(row.recurrence, row.start_date, wanted.due_from, wanted.due_to)
            if due is None:
                continue
        yield _answer(row, due, units.get(row.row, {}))


def _units(connection: Connection, rows: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """By item and field the names of its units."""
    unit = item_departments.c
    asked = select(unit.item, unit.role, unit.name).where(unit.item.in_(rows))
    made: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for item, role, name in connection.execute(asked.order_by(unit.item, unit.role, unit.position)):
        field = ROLES[role]
        made[item][field] = (*made[item].get(field, ()), name)
    return made


def _answer(row: Row[Any], due: dt.date | None, units: dict[str, tuple[str, ...]]) -> Answer:
    fields: dict[str, Any] = row._asdict() | {"due_date": due} | units
    start, stop = fields.pop("span_start"), fields.pop("span_end")
    del fields["row"], fields["end_date"]
    return Answer(**fields, span=None if start is None else (start, stop))
