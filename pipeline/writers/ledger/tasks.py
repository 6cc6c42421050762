"""The first sheet: the tasks under the columns of the template, counted and coloured against one date cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from pipeline.writers.ledger.book import BOX, CENTRE, DATE, Book, Cell, Formula, Known, Sheet, width
from pipeline.writers.ledger.colours import paint, settings
from pipeline.writers.ledger.layout import FACTS, FIRST, HEAD, NAME, TITLE, TODAY
from pipeline.writers.ledger.rows import FIELDS, Row, Value, label
from pipeline.writers.ledger.template import Template
from schemas.circular import Circular

# Least and most width of a column by what it shows, in half-width characters.
_WIDTHS = {
    "index": (6, 7), "number": (6, 12), "path": (8, 14), "title": (14, 22), "text": (14, 40), "page": (6, 6),
    "start_date": (11, 11), "due_date": (11, 11), "issue_date": (11, 11), "remaining_days": (9, 9), "status": (8, 8),
    "lead_departments": (8, 13), "supporting_departments": (8, 15), "responsible_departments": (8, 15),
    "time_limit": (8, 11), "progress": (14, 14), "source": (10, 16), "remarks": (10, 18),
}  # fmt: skip
_OTHER_WIDTH = (10, 24)
_CENTRED = {"index", "number", "page", "remaining_days", "status", "time_limit"}


@dataclass(frozen=True, slots=True)
class Tasks:
    """The first sheet as the others see it: where the row of a task stands, even after the user sorted."""

    template: Template
    rows: Sequence[Row]

    @property
    def last(self) -> int:
        """The last row of tasks, from 0."""
        return HEAD + len(self.rows)

    def range(self, field: str) -> str | None:
        """The cells under that field, as formulas name them; None where the template has no such column."""
        at = self.template.place(field)
        return None if at is None else f"'{NAME}'!{_range(at, self.last)}"

    def place(self, index: int) -> str:
        """The expression for how many rows below the head the task with that number stands."""
        numbers = self.range("index")
        return f"MATCH({index},{numbers},0)" if numbers else str(index)

    def value(self, field: str, row: Row) -> Cell:
        """What the first sheet shows there, followed when the user changes it; the value itself without a column."""
        known = text(FIELDS[field](row), self.template.separator)
        if (column := self.range(field)) is None:
            return known
        cell = f"INDEX({column},{self.place(row.index)})"
        return Formula(f'=IFERROR(IF({cell}="","",{cell}),"")', known or "")

    def link(self, index: int, shown: str | int) -> Formula:
        """A link to the row of the task with that number."""
        return link(NAME, f"{FIRST}+{self.place(index)}", shown)


def link(sheet: str, row: str, shown: str | int) -> Formula:
    """A link to a row of a sheet: an expression that says where it stands, so that sorting breaks no link."""
    words = f'"{shown}"' if isinstance(shown, str) else str(shown)
    return Formula(f"=IFERROR(HYPERLINK(\"#'{sheet}'!A\"&{row},{words}),{words})", shown)


def text(value: Value, separator: str) -> Known | None:
    """The value of a field as a cell holds it."""
    return separator.join(value) if isinstance(value, tuple) else value


def open_first(book: Book, template: Template) -> Sheet:
    """The first sheet, still empty."""
    return book.sheet(NAME, [column.label for column in template.columns])


def fill(sheet: Sheet, tasks: Tasks, stated: str) -> None:
    """The first sheet; `stated`: the line below its title."""
    columns = tasks.template.columns
    sheet.head(HEAD, tasks.last)
    for at, row in enumerate(tasks.rows, FIRST):
        for number, column in enumerate(columns):
            _fill(sheet, at, number, column.field, row, tasks.template)
    bounds = [
        (column.width, column.width) if column.width else _WIDTHS.get(column.field or "", _OTHER_WIDTH)
        for column in columns
    ]
    widths = sheet.measure(bounds)
    _top(sheet, tasks.template, widths, stated)
    settings(sheet, tasks.template, widths)
    if tasks.rows:
        _choices(sheet, tasks)
        paint(sheet, tasks.template, tasks.last)
    sheet.printed()


def _fill(sheet: Sheet, at: int, number: int, field: str | None, row: Row, template: Template) -> None:
    value = FIELDS[field](row) if field else None
    style: dict[str, Any] = {**BOX, **(CENTRE if field in _CENTRED else {})}
    if field in {"start_date", "due_date"}:
        limit = row.item.main_limit
        style |= {**DATE, "italic": bool(limit and limit.implied)}
    elif field == "issue_date":
        style |= DATE
    if field == "remaining_days":
        sheet.put(at, number, _remaining(template, at, str(value)), **style, num_format='0;"逾期"0;0')
    else:
        sheet.put(at, number, text(value, template.separator), **style)


def _remaining(template: Template, row: int, otherwise: str) -> Formula:
    """Days from the date cell to the due date; nothing for what is done."""
    due, status = template.place("due_date"), template.place("status")
    cell = xl_rowcol_to_cell(row, due or 0)
    days = f"{cell}-{TODAY}"
    if status is not None:
        days = f'IF({xl_rowcol_to_cell(row, status)}="{template.states[-1]}","",{days})'
    return Formula(f'=IF(ISNUMBER({cell}),{days},"{otherwise}")', otherwise)


def facts(circulars: Sequence[Circular], tasks: int, others: int) -> str:
    """What the ledger was drawn up from, and what it leaves to the other sheets."""
    counted = f"共 {tasks} 项任务" + (f"，另有 {others} 条不是任务，见“其他条目”" if others else "")
    if len(circulars) != 1:
        return f"{len(circulars)} 份公文（见“来源公文”）　{counted}"
    one = circulars[0]
    issued = one.issue_date and (one.issue_date.date or one.issue_date.text)
    cited = (one.title, label(one) if one.doc_number else None, issued and f"成文日期 {issued}", counted)
    return "　".join(str(part) for part in cited if part)


def _top(sheet: Sheet, template: Template, widths: Sequence[float], stated: str) -> None:
    for row, words, size in ((TITLE, template.title, 18), (FACTS, stated, 10)):
        style = {**CENTRE, "font_size": size, "font_name": "黑体" if row == TITLE else "宋体"}
        if len(widths) > 1:
            sheet.page.merge_range(row, 0, row, len(widths) - 1, "")
        sheet.put(row, 0, words, **style)
        lines = ceil(width(words) * size / 10 / sum(widths))
        sheet.page.set_row(row, min(1.5 * size * lines, 409))


def _choices(sheet: Sheet, tasks: Tasks) -> None:
    if (at := tasks.template.place("status")) is not None:
        told = f"请从下拉列表中选择：{'、'.join(tasks.template.states)}"
        sheet.page.data_validation(
            *(FIRST, at, tasks.last, at),
            {
                "validate": "list",
                "source": list(tasks.template.states),
                "error_title": "状态",
                "error_message": told,
            },
        )


def _range(column: int, last: int) -> str:
    name = xl_col_to_name(column)
    return f"${name}${FIRST + 1}:${name}${max(last, FIRST) + 1}"
