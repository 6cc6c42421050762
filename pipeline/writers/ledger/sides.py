"""The sheets behind the tasks: by department, the queries, what is no task, the circulars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from pipeline.writers.ledger.book import BOX, CENTRE, DATE, LINK, Book, Cell, Cut, Formula, Sheet
from pipeline.writers.ledger.layout import NAME
from pipeline.writers.ledger.remarks import ROLES, departments
from pipeline.writers.ledger.rows import FIELDS, Row, label
from pipeline.writers.ledger.tasks import Tasks, link, text
from pipeline.writers.table import SEVERITY
from schemas.circular import Circular

Line = Sequence[tuple[Cell, dict[str, Any]]]  # the cells of a row, each with its style
Severity = Literal["info", "warning", "error"]
PLAIN: dict[str, Any] = {}
NOBODY = "（未写明单位）"


class Side(NamedTuple):
    """A sheet behind the first: its name and its columns, each a label with least and most width."""

    name: str
    columns: Sequence[tuple[str, tuple[float, float]]]

    def fill(self, sheet: Sheet, lines: Iterable[Line]) -> None:
        """The head, a row a line, and the page set up."""
        last = 0
        for last, line in enumerate(lines, 1):
            for at, (value, style) in enumerate(line):
                sheet.put(last, at, value, **BOX, **style)
        sheet.head(0, last)
        sheet.measure([bounds for _, bounds in self.columns])
        sheet.printed()

    def open(self, book: Book) -> Sheet:
        """The sheet, still empty, behind those that are there."""
        return book.sheet(self.name, [label for label, _ in self.columns])


DEPARTMENTS = Side("按单位", (
    ("单位", (14, 30)), ("职责", (8, 8)), ("台账序号", (9, 9)), ("事项", (20, 50)), ("完成时限(原文)", (15, 26)),
    ("截止日期", (11, 11)), ("剩余天数", (9, 9)), ("状态", (9, 9)), ("来源(文号/页/条)", (17, 24)),
))  # fmt: skip
QUERIES = Side("提示", (
    ("序号", (6, 7)), ("级别", (6, 6)), ("所在行", (14, 14)), ("条目", (16, 40)), ("内容", (30, 70)), ("来源", (14, 30)),
))  # fmt: skip
OTHERS = Side("其他条目", (
    ("序号", (6, 7)), ("编号", (8, 14)), ("标题", (16, 40)), ("内容", (20, 80)), ("来源(文号/页/条)", (17, 24)),
))  # fmt: skip
CIRCULARS = Side("来源公文", (
    ("序号", (6, 7)), ("标题", (20, 50)), ("文号", (12, 22)), ("文种", (6, 8)), ("发文机关", (12, 24)),
    ("主送机关", (12, 40)), ("成文日期", (11, 14)), ("联系人", (10, 24)), ("附件", (10, 30)), ("任务", (6, 6)),
    ("其他条目", (9, 9)), ("文件", (12, 30)),
))  # fmt: skip


def by_department(tasks: Tasks) -> Iterator[Line]:
    """Each department's tasks, as lead, support and responsible, in the order in which they are first named."""
    held: dict[str, dict[str, list[Row]]] = {}
    for row in tasks.rows:
        named = [(unit.name, ROLES[role]) for role, units in departments(row.item) for unit in units]
        for name, role in dict.fromkeys(named or [(NOBODY, "")]):
            held.setdefault(name, {}).setdefault(role, []).append(row)
    held |= {NOBODY: held.pop(NOBODY)} if NOBODY in held else {}
    for name, roles in held.items():
        for role in (*ROLES.values(), ""):
            for row in roles.get(role, ()):
                yield [
                    (name, {"font_name": "黑体"}),
                    (role.removesuffix("单位"), CENTRE),
                    *_cited(tasks, row),
                ]


def _cited(tasks: Tasks, row: Row) -> Line:
    return [
        (tasks.link(row.index, row.index), LINK),
        (row.item.title, PLAIN),
        (text(FIELDS["time_limit"](row), "；"), PLAIN),
        (tasks.value("due_date", row), DATE),
        (tasks.value("remaining_days", row), {**CENTRE, "num_format": '0;"逾期"0;0'}),
        (tasks.value("status", row), CENTRE),
        (text(FIELDS["source"](row), "；"), PLAIN),
    ]


def queries(
    circulars: Sequence[Circular], tasks: Tasks, others: Sequence[Row], cuts: Sequence[Cut]
) -> Iterator[Line]:
    """The issues of all circulars, and what did not fit a cell; each leads to its row."""
    places = {
        _key(row.circular, row.item.id): (tasks.link(row.index, f"{NAME} {row.index}"), row)
        for row in tasks.rows
    }
    places |= {_key(row.circular, row.item.id): (_other(row.index), row) for row in others}
    found = [(circular, issue) for circular in circulars for issue in circular.issues]
    for index, (circular, issue) in enumerate(found, 1):
        place, row = places.get(_key(circular, issue.item), (None, None))
        heading = f"{row.item.number}{row.item.title}" if row else None
        yield _query(index, issue.severity, place, heading, issue.message, label(circular))
    for index, cut in enumerate(cuts, len(found) + 1):
        place = link(cut.sheet, str(cut.row + 1), f"{cut.sheet} 第 {cut.row + 1} 行")
        yield _query(index, "warning", place, None, cut.message, None)


def _key(circular: Circular, item: str | None) -> tuple[int, str | None]:
    return id(circular), item  # the same circular may stand in a ledger twice


def _other(index: int) -> Formula:
    return link(OTHERS.name, f"MATCH({index},'{OTHERS.name}'!$A:$A,0)", f"{OTHERS.name} {index}")


def _query(index: int, severity: Severity, place: Cell, heading: Cell, message: str, source: Cell) -> Line:
    return [
        (index, CENTRE),
        (SEVERITY[severity], CENTRE),
        (place, LINK if place else CENTRE),
        (heading, PLAIN),
        (message, PLAIN),
        (source, PLAIN),
    ]


def remaining(others: Sequence[Row]) -> Iterator[Line]:
    """What is no task: nothing of the circular is left out."""
    for row in others:
        values = [FIELDS[field](row) for field in ("index", "number", "title", "text", "source")]
        yield [(text(value, "、"), CENTRE if at < 2 else PLAIN) for at, value in enumerate(values)]


def circulars_listed(circulars: Sequence[Circular]) -> Iterator[Line]:
    """The heads of the circulars."""
    for index, one in enumerate(circulars, 1):
        tasks = sum(item.is_task for item in one.items)
        issued = (one.issue_date.date or one.issue_date.text) if one.issue_date else None
        yield [
            (index, CENTRE),
            (one.title, PLAIN),
            (one.doc_number.text if one.doc_number else None, PLAIN),
            (one.doc_type, CENTRE),
            ("、".join(unit.name for unit in one.issuers), PLAIN),
            ("、".join(unit.name for unit in one.recipients), PLAIN),
            (issued, DATE),
            ("\n".join(contact.text for contact in one.contacts), PLAIN),
            ("\n".join(attachment.title for attachment in one.attachments), PLAIN),
            (tasks, CENTRE),
            (len(one.items) - tasks, CENTRE),
            (one.source.name, PLAIN),
        ]
