"""All that a store says, in an order that content alone decides: for comparing stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, select

from pipeline.store.schema import (
    circulars,
    duplicates,
    issues,
    item_departments,
    items,
    ledger,
    places,
    search,
    time_limits,
)

_SOURCE = (circulars.c.sha256, circulars.c.ordinal)
_INTERNAL = {"row", "circular", "rowid", "revision", "current"}


def lines(connection: Connection) -> Iterator[str]:
    """A line a row: the table's name and the row as JSON, beside the key of its circular."""
    for name, chosen in _asked():
        for row in connection.execute(chosen):
            yield f"{name}\t{json.dumps(list(row), ensure_ascii=False, default=str)}"


def _asked() -> Iterator[tuple[str, Select[*tuple[Any, ...]]]]:
    inside = circulars.join(items, items.c.circular == circulars.c.row)
    current = circulars.c.current
    place = select(*_said(places)).where(places.c.current)
    yield "places", place.order_by(places.c.sha256, places.c.path, places.c.name)
    yield "circulars", select(*_said(circulars)).where(current).order_by(*_SOURCE)
    chosen = select(*_SOURCE, *_said(items)).select_from(inside).where(current)
    yield "items", chosen.order_by(*_SOURCE, items.c.position)
    for table, order in (
        (item_departments, (item_departments.c.role, item_departments.c.position)),
        (time_limits, (time_limits.c.position,)),
    ):
        joined = inside.join(table, table.c.item == items.c.row)
        columns = [column for column in _said(table) if column.name != "item"]
        chosen = select(*_SOURCE, items.c.position, *columns).select_from(joined).where(current)
        yield table.name, chosen.order_by(*_SOURCE, items.c.position, *order)
    joined = inside.join(search, search.c.rowid == items.c.row)
    chosen = select(*_SOURCE, items.c.position, search.c.words).select_from(joined).where(current)
    yield "search", chosen.order_by(*_SOURCE, items.c.position)
    yield from _of_circulars()


def _of_circulars() -> Iterator[tuple[str, Select[*tuple[Any, ...]]]]:
    queried = circulars.join(issues, issues.c.circular == circulars.c.row)
    chosen = select(*_SOURCE, *_said(issues)).select_from(queried).where(circulars.c.current)
    yield "issues", chosen.order_by(*_SOURCE, issues.c.position)
    yield "ledger", select(ledger.c.sha256, ledger.c.ordinal).order_by(ledger.c.sha256, ledger.c.ordinal)
    other = circulars.alias()
    linked = circulars.join(duplicates, duplicates.c.circular == circulars.c.row).join(
        other, duplicates.c.same_as == other.c.row
    )
    names = (*_SOURCE, other.c.sha256, other.c.ordinal, duplicates.c.reason)
    yield "duplicates", select(*names).select_from(linked).order_by(*names)


def _said(table: Table) -> list[Column[object]]:
    return [column for column in table.columns if column.name not in _INTERNAL]
