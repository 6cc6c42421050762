"""Items by who, when and what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.circular import Circular, Department, Item, Role


class Wanted(NamedTuple):
    """Filters; None lets everything pass. `role` is that of the department, or that the item has anyone in it."""

    department: str | None = None
    role: Role | None = None
    due_from: dt.date | None = None
    due_to: dt.date | None = None
    text: str | None = None
    circular: str | None = None


def search(circulars: Iterable[Circular], wanted: Wanted) -> Iterator[tuple[Circular, Item]]:
    """The items that meet all filters, with their circulars.

    >>> list(search([], Wanted(department="教育局")))
    []
    """
    for circular in circulars:
        if wanted.circular in {None, circular.id}:
            yield from ((circular, item) for item in circular.items if _meets(item, wanted))


def _meets(item: Item, wanted: Wanted) -> bool:
    return _is_asked(item, wanted) and _is_due(item, wanted) and (wanted.text or "") in item.title + item.text


def _is_asked(item: Item, wanted: Wanted) -> bool:
    if wanted.department is None and wanted.role is None:
        return True
    name = wanted.department or ""
    return any(name in unit.name or name in unit.text for unit in _units(item, wanted.role))


def _units(item: Item, role: Role | None) -> Iterator[Department]:
    roles: dict[Role, tuple[Department, ...]] = {
        "lead": item.lead_departments,
        "support": item.supporting_departments,
        "responsible": item.responsible_departments,
    }
    for one, units in roles.items():
        if role in {None, one}:
            yield from units


def _is_due(item: Item, wanted: Wanted) -> bool:
    if wanted.due_from is None and wanted.due_to is None:
        return True
    end = item.main_limit.end if item.main_limit else None
    return end is not None and (wanted.due_from or dt.date.min) <= end <= (wanted.due_to or dt.date.max)
