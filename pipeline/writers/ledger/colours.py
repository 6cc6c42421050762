"""The date cell and the warning days that a user may change, and the colours that follow them.

Colours are those of the 三色督办单: blue for what is soon due, yellow for what should have begun, red for what is
overdue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from pipeline.writers.ledger.book import BOX, CENTRE, Cell, Formula, Sheet
from pipeline.writers.ledger.layout import AHEAD, FIRST, SETTINGS, TODAY
from pipeline.writers.ledger.template import Template

RED = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
YELLOW = {"bg_color": "#FFEB9C", "font_color": "#7F6000"}
BLUE = {"bg_color": "#BDD7EE", "font_color": "#1F4E78"}
_CHANGED = {**BOX, **CENTRE, "bg_color": "#FFFFE0"}
_COLOURED = ("index", "start_date", "due_date", "remaining_days", "status")


class Rule(NamedTuple):
    """When a row takes a colour, as a formula of its first row, and what to say of it."""

    criteria: str
    colour: dict[str, str]
    meaning: str


def rules(template: Template) -> Iterator[Rule]:
    """Red before yellow before blue, each where the template has the columns it looks at; nothing for what is done."""
    start, due, status = (
        f"${xl_col_to_name(at)}{FIRST + 1}" if (at := template.place(field)) is not None else None
        for field in ("start_date", "due_date", "status")
    )
    undone = f',{status}<>"{template.states[-1]}"' if status else ""
    if due:
        yield Rule(f"=AND(ISNUMBER({due}),{due}<{TODAY}{undone})", RED, "红：已逾期")
    if start and status:
        idle = f'OR({status}="",{status}="{template.states[0]}")'
        yield Rule(
            f"=AND(ISNUMBER({start}),{start}<{TODAY},{idle})", YELLOW, f"黄：应启动，{template.states[0]}"
        )
    if due:
        yield Rule(f"=AND(ISNUMBER({due}),{due}-{TODAY}<={AHEAD}{undone})", BLUE, "蓝：临近到期")


def paint(sheet: Sheet, template: Template, last: int) -> None:
    """Colour the tasks down to that row."""
    painted = [(rule.criteria, sheet.book.file.add_format(rule.colour)) for rule in rules(template)]
    for at in [at for field in _COLOURED if (at := template.place(field)) is not None]:
        for criteria, colour in painted:
            look = {"type": "formula", "criteria": criteria, "format": colour, "stop_if_true": True}
            sheet.page.conditional_format(FIRST, at, last, at, look)


def settings(sheet: Sheet, template: Template, widths: Sequence[float]) -> None:
    """The date and the days that a user may change, and what the colours mean."""
    days = {**_CHANGED, "num_format": f'"{AHEAD}："0'}
    shown: list[tuple[Cell, dict[str, Any]]] = [
        (Formula("=TODAY()"), {**_CHANGED, "num_format": f'"{TODAY}："yyyy-mm-dd'}),
        (template.warning_days, days),
        *((rule.meaning, {**BOX, **CENTRE, **rule.colour}) for rule in rules(template)),
    ]
    if template.place("start_date") is not None or template.place("due_date") is not None:
        shown.append(("斜体日期：推定，见备注", {**BOX, **CENTRE, "italic": True}))
    slots = list(_slots([22, 13, *(2 * len(str(words)) + 2 for words, _ in shown[2:])], widths))
    for (value, style), (first, last) in zip(shown, slots, strict=True):
        if last > first:
            sheet.page.merge_range(SETTINGS, first, SETTINGS, last, "", sheet.book.style(**style))
        sheet.put(SETTINGS, first, value, **style)
    sheet.page.set_row(SETTINGS, 20)
    _changeable(sheet, slots[0][0], slots[1][0])


def _slots(needed: Sequence[int], widths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """First and last column of as many neighbours as give each the width that it needs."""
    columns = count()
    for least in needed:
        first = last = next(columns)
        room = 0.0
        while (room := room + (widths[last] if last < len(widths) else 8.43)) < least:
            last = next(columns)
        yield first, last


def _changeable(sheet: Sheet, today: int, ahead: int) -> None:
    """Names for the two cells, and what may be put into them."""
    for name, column in ((TODAY, today), (AHEAD, ahead)):
        cell = xl_rowcol_to_cell(SETTINGS, column, row_abs=True, col_abs=True)
        sheet.book.file.define_name(name, f"='{sheet.name}'!{cell}")
    told = "默认是打开这份台账的当天，可以改成任何一天；剩余天数和颜色随之变化。"
    sheet.page.data_validation(
        *(SETTINGS, today, SETTINGS, today),
        {
            "validate": "date",
            "criteria": ">=",
            "value": "=DATE(1900,1,1)",
            "input_title": TODAY,
            "input_message": told,
        },
    )
    sheet.page.data_validation(
        *(SETTINGS, ahead, SETTINGS, ahead),
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": 366,
            "input_title": AHEAD,
            "input_message": "离截止日期不超过这么多天的，标为蓝色。",
        },
    )
