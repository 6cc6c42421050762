"""The rows of a ledger, and what of an item or its circular a column may show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.writers.ledger.remarks import remarks
from pipeline.writers.tasks import items
from schemas.circular import Circular, Department, Item

Value = str | int | dt.date | tuple[str, ...] | None  # several names are joined as the template says
Kind = Literal["tasks", "others", "items"]
WITHOUT_DATE = {"ongoing": "长期", "recurring": "定期"}


@dataclass(frozen=True, slots=True)
class Row:
    """An item with what surrounds it. `index`: from 1 in its table; `section`: the headings above it."""

    index: int
    circular: Circular
    item: Item
    section: str
    messages: tuple[str, ...]


def rows(circulars: Sequence[Circular], kind: Kind = "tasks") -> list[Row]:
    """The rows of that kind through all circulars: the tasks, what is no task (`others`), or every item.

    A heading whose sub-items are the tasks is among the others unless it carries a time limit or departments itself.
    """
    wanted = {"tasks": (True,), "others": (False,), "items": (True, False)}[kind]
    found = (row for circular in circulars for row in _rows(circular))
    kept = [row for row in found if row.item.is_task in wanted]
    return [
        Row(index, row.circular, row.item, row.section, row.messages) for index, row in enumerate(kept, 1)
    ]


def _rows(circular: Circular) -> Iterator[Row]:
    return (Row(0, circular, task.item, task.section, task.queries) for task in items(circular))


def label(circular: Circular) -> str:
    """What a circular is cited as: its number, else its title, else its file."""
    if circular.doc_number:
        return circular.doc_number.text
    return f"《{circular.title}》" if circular.title else circular.source.name


def _source(row: Row) -> str:
    page = f"第{row.item.page}页" if row.item.page else ""
    return "\n".join(filter(None, (label(row.circular), page, "".join(row.item.path))))


def _names(units: Sequence[Department]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.name for unit in units))


def _main(row: Row, end: str) -> dt.date | None:
    date: dt.date | None = getattr(row.item.main_limit, end, None)
    return date


def _remaining(row: Row) -> str:
    """In place of days where there is no date to count to."""
    limit = row.item.main_limit
    return WITHOUT_DATE.get(limit.kind, "待定") if limit and not limit.end else ""


def _everyone(row: Row) -> tuple[str, ...]:
    item = row.item
    return _names((*item.lead_departments, *item.supporting_departments, *item.responsible_departments))


# Every field that a template may show; those that a person fills in, or the workbook counts, are empty here.
FIELDS: dict[str, Callable[[Row], Value]] = {
    "index": lambda row: row.index,
    "number": lambda row: row.item.number,
    "path": lambda row: "".join(row.item.path),
    "section": lambda row: row.section,
    "title": lambda row: row.item.title,
    "text": lambda row: row.item.text,
    "lead_departments": lambda row: _names(row.item.lead_departments),
    "supporting_departments": lambda row: _names(row.item.supporting_departments),
    "responsible_departments": lambda row: _names(row.item.responsible_departments),
    "departments": _everyone,
    "leaders": lambda row: tuple(leader.text for leader in row.item.leaders),
    "time_limit": lambda row: "；".join(dict.fromkeys(limit.text for limit in row.item.time_limits)),
    "start_date": lambda row: _main(row, "start"),
    "due_date": lambda row: _main(row, "end"),
    "recurrence": lambda row: row.item.main_limit.recurrence if row.item.main_limit else None,
    "remaining_days": _remaining,
    "status": lambda _: None,
    "progress": lambda _: None,
    "source": _source,
    "doc_number": lambda row: row.circular.doc_number.text if row.circular.doc_number else None,
    "doc_title": lambda row: row.circular.title,
    "issuers": lambda row: _names(row.circular.issuers),
    "issue_date": lambda row: row.circular.issue_date.date if row.circular.issue_date else None,
    "page": lambda row: row.item.page,
    "file": lambda row: row.circular.source.name,
    "id": lambda row: row.item.id,
    "key": lambda row: row.item.key,
    "remarks": lambda row: "\n".join(remarks(row.item, row.messages)),
    "issues": lambda row: "；".join(row.messages),
}
