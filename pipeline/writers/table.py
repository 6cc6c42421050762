"""The ledger on the screen: what is to be done, by whom, by when; a list where columns do not fit.

Characters of the circular reach the terminal only through `printable`. Lines are broken here, not by rich:
it breaks Chinese at blanks and lets lines begin with 、.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.console import printable, shorten
from schemas.circular import Circular, Department, Item, Role

COLUMNS = ("序号", "事项", "牵头", "配合", "责任", "时限", "截止")
SEVERITY = {"info": "提示", "warning": "注意", "error": "错误"}
_FIXED = {"序号": 8, "截止": 10}  # in cells of the terminal; a Chinese character takes two
_SHARES = {"事项": 9, "牵头": 6, "配合": 6, "责任": 6, "时限": 4}
_BORDERS = 3 * len(COLUMNS) + 1
_NARROW = 100  # below, seven columns of Chinese cannot be read
_WIDE = 120  # where there is no terminal
_MOST_ROWS, _MOST_ISSUES, _MOST_TITLE = 500, 30, 80
_DUE = {"recurring": "定期", "ongoing": "长期", "unresolved": "未定"}
_NOT_FIRST = frozenset("，。、；：！？）》〉”’】〕…·,;:!?)↑")
_NOT_LAST = frozenset("（《〈“‘【〔(")


def show(circular: Circular, file: IO[str] | None = None, width: int | None = None) -> None:
    """Print head, ledger and issues; `width` in cells of the terminal, by default the terminal's own."""
    console = Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False, width=width)
    if width is None and not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDE
    _print(console, circular.title or f"（没有标题）{circular.source.name}", style="bold")
    for fact in _facts(circular):
        _print(console, fact)
    rows = _rows(circular)
    if console.width < _NARROW:
        _list(console, rows[:_MOST_ROWS])
    elif rows:
        console.print(_table(rows[:_MOST_ROWS], console.width))
    for line in _foot(circular, rows):
        _print(console, line)


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` cells; no closing mark begins one, no opening mark ends one.

    >>> list(wrap("省总宣教部、省总经济部", 10))
    ['省总宣教', '部、省总经', '济部']
    """
    line, cells = "", 0
    for char in text:
        size = cell_len(char)
        if cells + size > width and line:
            carried = line[-1] if len(line) > 1 and (char in _NOT_FIRST or line[-1] in _NOT_LAST) else ""
            yield line.removesuffix(carried).rstrip()
            line, cells = carried, cell_len(carried)
        line += char
        cells += size
    yield line


def _print(console: Console, text: str, indent: int = 0, style: str = "") -> None:
    for line in wrap(printable(text), max(console.width - indent, 10)):
        console.print(Text(" " * indent + line, style=style), soft_wrap=True)


def _facts(circular: Circular) -> Iterator[str]:
    if circular.doc_number:
        yield f"文号：{circular.doc_number.text}"
    for role, units in (("发文机关", circular.issuers), ("主送", circular.recipients)):
        if units:
            yield f"{role}：{'、'.join(unit.text for unit in units)}"
    if circular.issue_date:
        yield f"成文日期：{circular.issue_date.date or circular.issue_date.text}"


def _rows(circular: Circular) -> list[Item]:
    """The tasks with the headings above them; all items where there is no task."""
    wanted = {item.id for item in circular.items if item.is_task} or {item.id for item in circular.items}
    for item in reversed(circular.items):  # a heading stands before what it is above
        if item.id in wanted and item.parent:
            wanted.add(item.parent)
    return [item for item in circular.items if item.id in wanted]


def _table(rows: Sequence[Item], width: int) -> Table:
    free = width - _BORDERS - sum(_FIXED.values())
    widths = _FIXED | {name: free * share // sum(_SHARES.values()) for name, share in _SHARES.items()}
    table = Table(box=box.SQUARE, show_lines=True)
    for name in COLUMNS:
        table.add_column(name, width=widths[name], no_wrap=True)
    for item in rows:
        cells = [
            "\n".join(line for part in printable_lines(cell) for line in wrap(part, widths[name]))
            for name, cell in zip(COLUMNS, _cells(item, "\n"), strict=True)
        ]
        table.add_row(*map(Text, cells), style="" if item.is_task else "bold")
    return table


def printable_lines(cell: str) -> list[str]:
    """The lines of a cell, each safe for a terminal."""
    return [printable(line) for line in cell.split("\n")]


def _list(console: Console, rows: Sequence[Item]) -> None:
    """One task after the other, for terminals too narrow for columns."""
    for item in rows:
        number, title, *values = _cells(item, "、")
        _print(console, f"{number} {title}", style="bold")
        for name, value in zip(COLUMNS[2:], values, strict=True):
            if value:
                _print(console, f"{name}：{value}", indent=4)


def _cells(item: Item, between: str) -> tuple[str, ...]:
    return (
        item.number,
        shorten(item.title, _MOST_TITLE),
        _names(item, "lead", item.lead_departments, between),
        _names(item, "support", item.supporting_departments, between),
        _names(item, "responsible", item.responsible_departments, between),
        between.join(dict.fromkeys(limit.text for limit in item.time_limits)),
        _due(item),
    )


def _names(item: Item, role: Role, units: Sequence[Department], between: str) -> str:
    """The names, 等 where the list was open, an arrow where they stand at a heading above."""
    names = between.join(unit.name + ("↑" if unit.evidence == "inherited" else "") for unit in units)
    return names + ("等" if names and role in item.open_roles else "")


def _due(item: Item) -> str:
    limit = item.main_limit
    if limit is None:
        return ""
    return str(limit.end) if limit.end else _DUE.get(limit.kind, "未定")


def _foot(circular: Circular, rows: Sequence[Item]) -> Iterator[str]:
    tasks = sum(item.is_task for item in circular.items)
    yield f"共 {len(circular.items)} 条，其中任务 {tasks} 条；↑ 表示写在上级标题处"
    if len(rows) > _MOST_ROWS:
        yield f"屏幕上只列出前 {_MOST_ROWS} 条，其余 {len(rows) - _MOST_ROWS} 条见 JSON 或 CSV（--out）"
    for issue in circular.issues[:_MOST_ISSUES]:
        yield f"{SEVERITY[issue.severity]}　{f'[{issue.item}] ' if issue.item else ''}{issue.message}"
    if len(circular.issues) > _MOST_ISSUES:
        yield f"另有 {len(circular.issues) - _MOST_ISSUES} 条提示，见 JSON（--out）"
