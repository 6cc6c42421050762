"""The CSV: one row an item, with a byte order mark, so that a double click opens it in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.writers.tasks import items
from schemas.circular import Circular, Department, Item

if TYPE_CHECKING:
    from pipeline.writers.ledger.template import Template

HEADER = (
    "circular", "item", "number", "level", "section", "title", "time_limit", "start_date", "due_date",
    "lead_departments", "supporting_departments", "responsible_departments", "is_task", "issues", "source",
    "span_start", "span_end",
)  # fmt: skip
# What makes a spreadsheet run a cell (OWASP, CSV injection); East Asian versions read the wide signs too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def render(circulars: Sequence[Circular], template: Template | None = None) -> bytes:
    """All items of all circulars under one header, or what a template wants under its labels."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerows([defuse(cell) for cell in row] for row in _lines(circulars, template))
    return page.getvalue().encode("utf-8-sig")


def _lines(circulars: Sequence[Circular], template: Template | None) -> Iterator[Sequence[str]]:
    if template is None:
        return chain([HEADER], *map(rows, circulars))
    from pipeline.writers.ledger.plain import table

    return table(circulars, template)


def rows(circular: Circular) -> Iterator[tuple[str, ...]]:
    """One row an item, cells in the order of `HEADER`."""
    return (_row(circular, task.item, task.section, task.queries) for task in items(circular))


def _row(circular: Circular, item: Item, section: str, messages: Sequence[str]) -> tuple[str, ...]:
    main = item.main_limit
    units = (item.lead_departments, item.supporting_departments, item.responsible_departments)
    return (
        *(circular.id, item.id, item.number, str(item.level), section, item.title),
        "；".join(limit.text for limit in item.time_limits),
        str(main.start or "") if main else "",
        str(main.end or "") if main else "",
        *map(_names, units),
        *(str(item.is_task).lower(), "；".join(messages), circular.source.name, *map(str, item.span)),
    )


def defuse(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula, made text.

    >>> defuse('=HYPERLINK("x")'), defuse("报送")
    ('\\'=HYPERLINK("x")', '报送')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _names(departments: tuple[Department, ...]) -> str:
    return "；".join(department.name for department in departments)
