"""The ledger on the screen: what is to be done, by whom, by when; a list where columns do not fit.

Characters of the circular reach the terminal only through `printable`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import IO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.console import printable, shorten
from schemas.circular import Circular, Department, Item, Role

COLUMNS = ("序号", "事项", "牵头", "配合", "责任", "时限", "截止")
SEVERITY = {"info": "提示", "warning": "注意", "error": "错误"}
_NARROW = 100  # columns of the terminal: below, seven columns of Chinese cannot be read
_MOST_ROWS, _MOST_ISSUES, _MOST_TITLE = 500, 30, 80
_DUE = {"recurring": "定期", "ongoing": "长期", "unresolved": "未定"}


def show(circular: Circular, file: IO[str] | None = None, width: int | None = None) -> None:
    """Print head, ledger and issues; `width` in terminal columns, by default the terminal's own."""
    console = Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False, width=width)
    if width is None and not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = 120
    _head(console, circular)
    rows, left_out = _rows(circular)
    if console.width < _NARROW:
        _list(console, rows)
    elif rows:
        console.print(_table(rows))
    _foot(console, circular, left_out)


def _head(console: Console, circular: Circular) -> None:
    console.print(Text(printable(circular.title or f"（没有标题）{circular.source.name}"), style="bold"))
    number, date = circular.doc_number, circular.issue_date
    facts = {
        "文号": number.text if number else "",
        "发文机关": "、".join(unit.text for unit in circular.issuers),
        "主送": "、".join(unit.text for unit in circular.recipients),
        "成文日期": (str(date.date) if date.date else date.text) if date else "",
    }
    console.print(Text(printable("　".join(f"{key}：{value}" for key, value in facts.items() if value))))


def _rows(circular: Circular) -> tuple[list[Item], int]:
    """The tasks with the headings above them, at most `_MOST_ROWS`; all items where there is no task."""
    known = {item.id: item for item in circular.items}
    wanted = {item.id for item in circular.items if item.is_task} or set(known)
    for item in reversed(circular.items):  # a heading stands before what it is above
        if item.id in wanted and item.parent in known:
            wanted.add(item.parent)
    rows = [item for item in circular.items if item.id in wanted][:_MOST_ROWS]
    return rows, len(circular.items) - len(rows)


def _table(rows: list[Item]) -> Table:
    table = Table(box=box.SQUARE, show_lines=True, expand=True)
    for name, ratio in zip(COLUMNS, (0, 10, 6, 6, 6, 5, 0), strict=True):
        fixed = {"序号": 8, "截止": 10}.get(name)
        table.add_column(name, width=fixed, ratio=None if fixed else ratio, overflow="fold")
    for item in rows:
        style = "" if item.is_task else "bold"
        table.add_row(*(Text(printable(cell)) for cell in _cells(item)), style=style)
    return table


def _list(console: Console, rows: list[Item]) -> None:
    """One task after the other, for terminals too narrow for columns."""
    for item in rows:
        number, title, *values = map(printable, _cells(item))
        console.print(Text(f"{number} {title}", style="bold" if values else ""))
        for name, value in zip(COLUMNS[2:], values, strict=True):
            if value:
                console.print(Padding(Text(f"{name}：{value}"), (0, 0, 0, 4)))


def _cells(item: Item) -> tuple[str, ...]:
    return (
        item.number,
        shorten(item.title, _MOST_TITLE),
        _names(item, "lead", item.lead_departments),
        _names(item, "support", item.supporting_departments),
        _names(item, "responsible", item.responsible_departments),
        "；".join(dict.fromkeys(limit.text for limit in item.time_limits)),
        _due(item),
    )


def _names(item: Item, role: Role, units: tuple[Department, ...]) -> str:
    """The names, 等 where the list was open, 承上 where they stand at a heading above."""
    names = "、".join(unit.name + ("（承上）" if unit.evidence == "inherited" else "") for unit in units)
    return names + ("等" if names and role in item.open_roles else "")


def _due(item: Item) -> str:
    limit = item.main_limit
    if limit is None:
        return ""
    return str(limit.end) if limit.end else _DUE.get(limit.kind, "未定")


def _foot(console: Console, circular: Circular, left_out: int) -> None:
    tasks = sum(item.is_task for item in circular.items)
    console.print(Text(f"共 {len(circular.items)} 条，其中任务 {tasks} 条{_rest(left_out)}。"))
    for line in _issues(circular):
        console.print(Text(printable(line)))


def _rest(left_out: int) -> str:
    return f"；另有 {left_out} 条未列出，见 JSON 或 CSV" if left_out else ""


def _issues(circular: Circular) -> Iterator[str]:
    numbers = {item.id: item.number for item in circular.items}
    for issue in circular.issues[:_MOST_ISSUES]:
        where = f"{issue.item} {numbers.get(issue.item, '')}：" if issue.item else ""
        yield f"{SEVERITY[issue.severity]}　{where}{issue.message}"
    if len(circular.issues) > _MOST_ISSUES:
        yield f"另有 {len(circular.issues) - _MOST_ISSUES} 条提示未列出，见 JSON"
