"""The ledger on the screen: what is to be done, by whom, by when; a list where columns do not fit.

Drawn here: a table library costs more time than the parsing, breaks Chinese at blanks and lets lines begin
with 、. Characters of the circular reach the terminal only through `printable`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import IO
from unicodedata import combining, east_asian_width

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
    width = width or shutil.get_terminal_size((_WIDE, 0)).columns
    for line in ledger(circular, width):
        print(line, file=file or sys.stdout)


def ledger(circular: Circular, width: int) -> Iterator[str]:
    """The lines of the ledger, none wider than `width` cells."""
    rows = _rows(circular)
    yield from _paragraph(circular.title or f"（没有标题）{circular.source.name}", width)
    for fact in _facts(circular):
        yield from _paragraph(fact, width)
    yield from (_list if width < _NARROW else _table)(rows[:_MOST_ROWS], width)
    for line in _foot(circular, rows):
        yield from _paragraph(line, width)


def cells(text: str) -> int:
    """The width of a text on a terminal.

    >>> cells("6月底前")
    7
    """
    return sum(2 if east_asian_width(char) in "WF" else not combining(char) for char in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` cells; no closing mark begins one, no opening mark ends one.

    >>> list(wrap("省总宣教部、省总经济部", 10))
    ['省总宣教', '部、省总经', '济部']
    """
    line, taken = "", 0
    for char in text:
        size = cells(char)
        if taken + size > width and line:
            carried = line[-1] if len(line) > 1 and (char in _NOT_FIRST or line[-1] in _NOT_LAST) else ""
            yield line.removesuffix(carried).rstrip()
            line, taken = carried, cells(carried)
        line += char
        taken += size
    yield line


def _paragraph(text: str, width: int, indent: str = "") -> Iterator[str]:
    for line in wrap(printable(text), max(width - len(indent), 10)):
        yield indent + line


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


def _table(rows: Sequence[Item], width: int) -> Iterator[str]:
    free = width - _BORDERS - sum(_FIXED.values())
    shared = {name: free * share // sum(_SHARES.values()) for name, share in _SHARES.items()}
    widths = [(_FIXED | shared)[name] for name in COLUMNS]
    if rows:
        yield from grid([COLUMNS, *(_cells(item, "\n") for item in rows)], widths)


def grid(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Rows of cells, the first the head, within lines; `widths` of the columns in cells of the terminal.

    >>> print("\\n".join(grid([("事项", "时限"), ("排查隐患", "6月底前")], (4, 8))))
    ┌──────┬──────────┐
    │ 事项 │ 时限     │
    ├──────┼──────────┤
    │ 排查 │ 6月底前  │
    │ 隐患 │          │
    └──────┴──────────┘
    """
    for number, row in enumerate(rows):
        yield _rule("├┼┤" if number else "┌┬┐", widths)
        yield from _row(row, widths)
    yield _rule("└┴┘", widths)


def _rule(ends: str, widths: Sequence[int]) -> str:
    return ends[0] + ends[1].join("─" * (width + 2) for width in widths) + ends[2]


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """One row: every cell in as many lines as it needs; a name of a list begins its own."""
    columns = [
        [line for part in cell.split("\n") for line in wrap(printable(part), width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for lines in zip_longest(*columns, fillvalue=""):
        padded = (line + " " * (width - cells(line)) for line, width in zip(lines, widths, strict=True))
        yield f"│ {' │ '.join(padded)} │"


def _list(rows: Sequence[Item], width: int) -> Iterator[str]:
    """One task after the other, for terminals too narrow for columns."""
    for item in rows:
        number, title, *values = _cells(item, "、")
        yield from _paragraph(f"{number} {title}", width)
        for name, value in zip(COLUMNS[2:], values, strict=True):
            if value:
                yield from _paragraph(f"{name}：{value}", width, "    ")


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
