"""Answers as a person or a program wants them: table, csv, json, parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.console import printable, shorten
from pipeline.outputs import draft
from pipeline.store.connect import StoreError
from pipeline.store.filters import Answer
from pipeline.writers.csv import defuse

HEADINGS = {
    "circular": "公文编号",
    "doc_number": "文号",
    "circular_title": "公文标题",
    "item": "条目编号",
    "key": "条目键",
    "number": "序号",
    "title": "事项",
    "text": "任务内容",
    "time_limit": "完成时限",
    "kind": "时限类型",
    "start_date": "起始日期",
    "due_date": "截止日期",
    "recurrence": "周期",
    "source": "来源",
    "span": "位置",
    "lead_departments": "牵头单位",
    "supporting_departments": "配合单位",
    "responsible_departments": "责任单位",
}
_COLUMNS = (
    "due_date", "title", "lead_departments", "supporting_departments", "responsible_departments", "time_limit",
    "doc_number",
)  # fmt: skip
_MOST_TITLE = 60
_AT_ONCE = 10_000  # rows that parquet holds at once


class Counted:
    """At most `most` of the answers, and how many there were; `more`: were there any beyond?"""

    def __init__(self, answers: Iterator[Answer], most: int | None) -> None:
        self._answers, self._most = answers, most
        self.count, self.more = 0, False

    def __iter__(self) -> Iterator[Answer]:
        for answer in self._answers:
            if self.count == self._most:
                self.more = True
                return
            self.count += 1
            yield answer


def table(answers: Iterable[Answer], width: int) -> Iterator[str]:
    """A ledger for the screen, `width` cells wide."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(show_lines=True)
    for name in _COLUMNS:
        whole = name == "due_date"  # a date stands on one line
        drawn.add_column(HEADINGS[name], no_wrap=whole, min_width=10 if whole else None, overflow="fold")
    for answer in answers:
        shown = asdict(answer)
        shown["title"] = shorten(
            (answer.number or "") + (answer.title or answer.circular_title or ""), _MOST_TITLE
        )
        shown["doc_number"] = answer.doc_number or shorten(answer.circular_title or answer.source, 30)
        drawn.add_row(*(Text(printable(_cell(shown[name], "、"))) for name in _COLUMNS))
    if drawn.row_count:
        page = io.StringIO()
        Console(file=page, width=width, color_system=None, legacy_windows=False).print(drawn)
        yield page.getvalue()


def as_csv(answers: Iterable[Answer], _width: int) -> Iterator[str]:
    """Chinese headings, a line an item; no cell runs as a formula."""
    yield _line(list(HEADINGS.values()))
    for answer in answers:
        row = asdict(answer)
        yield _line([defuse(_cell(row[name], "；")) for name in HEADINGS])


def as_json(answers: Iterable[Answer], _width: int) -> Iterator[str]:
    """A list of objects with the names of `Answer`, an object a line."""
    before = "[\n"
    for answer in answers:
        yield before + json.dumps(asdict(answer), ensure_ascii=False, default=str)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


LISTINGS: dict[str, Callable[[Iterable[Answer], int], Iterator[str]]] = {
    "table": table,
    "csv": as_csv,
    "json": as_json,
}


def write_text(lines: Iterable[str], path: Path, encoding: str) -> None:
    """The lines as a file, all or nothing."""
    with draft(path) as beside, beside.open("w", encoding=encoding, errors="replace", newline="") as stream:
        stream.writelines(lines)


def write_parquet(answers: Iterable[Answer], path: Path) -> None:
    """The answers as Parquet, all or nothing. Lists stay lists, dates are dates."""
    if find_spec("pyarrow") is None:
        raise StoreError("parquet 需要 pyarrow，还没有安装；请安装：pip install 'circulars[parquet]'")
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(field.name, _arrow_type(pa, field.name)) for field in fields(Answer)])
    rest = iter(answers)
    with draft(path) as beside, parquet.ParquetWriter(beside, schema) as writer:
        while some := [asdict(answer) for answer in islice(rest, _AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(some, schema))


def _arrow_type(pa: Any, name: str) -> Any:
    if name.endswith("_departments"):
        return pa.list_(pa.string())
    if name == "span":
        return pa.list_(pa.int64())
    return pa.date32() if name.endswith("_date") else pa.string()


def _line(cells: list[str]) -> str:
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\n").writerow(cells)
    return page.getvalue()


def _cell(value: object, between: str) -> str:
    if isinstance(value, (list, tuple)):
        return between.join(map(str, value))
    return "" if value is None else str(value)
