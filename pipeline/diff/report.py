"""The changes as a reader wants them: a table for the screen, JSON, a workbook."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from pipeline.diff.changes import Change, Field, Kind
from pipeline.writers.table import grid, wrap
from pipeline.writers.tasks import held, visible

KINDS: dict[Kind, str] = {"added": "新增", "dropped": "删除", "changed": "变更", "moved": "移动"}
FIELDS = {
    "title": "标题",
    "text": "内容",
    "time_limits": "完成时限",
    "lead_departments": "牵头单位",
    "supporting_departments": "配合单位",
    "responsible_departments": "责任单位",
    "open_roles": "名单末尾有“等”",
    "leaders": "分管领导",
    "doc_type": "文种",
    "doc_number": "文号",
    "issuers": "发文机关",
    "recipients": "主送机关",
    "issue_date": "成文日期",
    "contacts": "联系人",
    "attachments": "附件",
    "place": "位置",
}
ROLES = {"lead": "牵头", "support": "配合", "responsible": "责任"}
COLUMNS = ("变化", "事项", "字段", "原", "现")
_FIXED = {"变化": 4, "字段": 8}
_SHARES = {"事项": 2, "原": 3, "现": 3}
_MOST_CELL = 32_000  # a workbook's cell holds 32,767 characters
_MOST_SHOWN = 240


def table(changes: Sequence[Change], width: int = 120) -> str:
    """A table a circular and the sum below."""
    lines: list[str] = []
    for name in dict.fromkeys((change.circular, change.name) for change in changes):
        mine = [change for change in changes if (change.circular, change.name) == name]
        rows = [[held(cell, _MOST_SHOWN) for cell in row] for change in mine for row in _rows(change)]
        lines += [*wrap(visible(name[1]), width), *grid([COLUMNS, *rows], _widths(width))]
    counts = Counter(change.kind for change in changes)
    said = "，".join(f"{chinese} {counts[kind]}" for kind, chinese in KINDS.items() if counts[kind])
    return "\n".join([*lines, f"共 {len(changes)} 处：{said}" if changes else "没有变化"]) + "\n"


def as_json(changes: Sequence[Change]) -> str:
    """`{"counts": {kind: n}, "changes": [{kind, circular, name, key, number, title, fields: [{name, old, new}]}]}`."""
    counts = Counter(change.kind for change in changes)
    document = {
        "counts": {kind: counts[kind] for kind in KINDS},
        "changes": [asdict(change) for change in changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def workbook(changes: Sequence[Change]) -> bytes:
    """One sheet, a row a field, frozen head and filter; text stays text."""
    import xlsxwriter

    page = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(page, plain | {"in_memory": True})
    sheet = book.add_worksheet("变化")
    head, cell = (
        book.add_format({"bold": True, "border": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    rows = [(change.name, *row) for change in changes for row in _rows(change)]
    for column, (name, wide) in enumerate(zip(("公文", *COLUMNS), (30, 8, 30, 14, 45, 45), strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, name, head)
    for at, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            sheet.write_string(at, column, held(visible(words), _MOST_CELL), cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS))
    book.close()
    return page.getvalue()


RENDER: dict[str, Callable[[Sequence[Change]], bytes]] = {
    "table": lambda changes: table(changes).encode("utf-8"),
    "json": lambda changes: as_json(changes).encode("utf-8"),
    "xlsx": workbook,
}


def _widths(width: int) -> list[int]:
    free = max(width - 3 * len(COLUMNS) - 1 - sum(_FIXED.values()), 24)
    shared = {name: free * share // sum(_SHARES.values()) for name, share in _SHARES.items()}
    return [(_FIXED | shared)[name] for name in COLUMNS]


def _rows(change: Change) -> Iterator[tuple[str, ...]]:
    """A row a field; a change without fields (a circular that came or went) is one row."""
    what = change.number + change.title
    for field in change.fields or (Field("", (), ()),):
        old, new = _words(field)
        yield KINDS[change.kind], what, FIELDS.get(field.name, field.name), old, new


def _words(field: Field) -> tuple[str, str]:
    between = "；" if field.name == "time_limits" else "、"
    old, new = (between.join(ROLES.get(word, word) for word in side) for side in (field.old, field.new))
    return old, new
