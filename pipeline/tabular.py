"""Rows of tables -> drafts, which go on like numbered items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.expressions import brackets
from parsers.tables import Record, flat, spans, unreadable
from parsers.time_limits import Reference, TimeMention, scan
from pipeline.draft import Draft
from pipeline.publish import Printer
from pipeline.timing import collect
from schemas.circular import Issue
from schemas.duties import Expression
from schemas.outline import Marker, Node

_UNREADABLE = (
    "表格失去了分隔，各列粘连在一起：只读出能确定的序号、内容和时限，单位分不清属于哪一列，请对照原文核对"
)
_UNREAD = "这里像是任务表格的表头，但下面的行列无法确定，没有读出事项，请对照原文核对"
_WHO = r"(?:责任|牵头|主办|承办|主责)[^，。；：、\n]{0,4}(?:单位|部门|[处科股部]室)"
_HEADINGS = regex.compile(  # 序号 工作任务 责任单位 完成时限, a first row below it
    rf"(?P<heads>[序编][ \u3000]?号(?=[^，。；：、]{{0,50}}?{_WHO})(?=[^，。；：、]{{0,60}}?(?:时限|时间|期限|配合|协办))"
    r"[^，。；：、]{6,60}?)[ \u3000\n](?:1|一)[.、 \u3000\n]{0,2}[\p{Han}“《]{2}"
)

_GLUED = regex.compile(  # 序号主要指标责任单位1工业增加值增长8%区经信局2…
    rf"(?P<heads>[序编]号[^，。；：、\s0-9]{{0,30}}(?:20[0-9]{{2}}年[^，。；：、\s0-9]{{0,20}})?{_WHO})"
    r"1[\p{Han}“《][^，。；：\n]{1,80}?2[\p{Han}“《](?<![年月日])"
)


def beside(
    units: list[Draft], chars: str, tables: Sequence[Sequence[Record]], reference: Reference
) -> list[Draft]:
    """The numbered items and the rows of the tables, in reading order; `chars` hold the tables."""
    if not tables:
        return units
    places = [Expression(start, stop, "table") for start, stop in spans(chars)]
    for unit in units:  # a table inside an item is no part of its words
        inside = [place for place in places if unit.start <= place.start < unit.stop]
        unit.expressions = sorted([*unit.expressions, *inside], key=lambda expression: expression.start)
    rows = [draft for part, records in enumerate(tables) for draft in _rows(part, records)]
    cells = flat(chars)
    collect(cells, rows, _mentions(cells, tables), brackets(cells, 0, len(cells)), reference)
    return sorted([*units, *rows], key=lambda draft: draft.node.marker.start)


def _rows(part: int, records: Sequence[Record]) -> list[Draft]:
    found: list[Draft] = []
    above: list[tuple[int, Draft]] = []
    for record in records:
        while above and above[-1][0] >= record.rank:
            above.pop()
        draft = _draft(part, record, above[-1][1] if above else None)
        above.append((record.rank, draft))
        found.append(draft)
    for draft in reversed(found):
        draft.node.end = max([draft.node.end, *(child.node.end for child in draft.children)])
    return found


def _draft(part: int, record: Record, parent: Draft | None) -> Draft:
    marker = Marker("row", record.value, record.start, *record.number, 3)
    level = parent.node.level + 1 if parent else 1
    node = Node(marker, parent.node if parent else None, level, part, record.stop, record.stop)
    draft = Draft(node, record.start, record.stop, record.title, list(record.expressions))
    draft.parent, draft.label, draft.words = parent, record.label, record.words
    if parent is not None:
        parent.children.append(draft)
        parent.node.children.append(node)
    return draft


def _mentions(chars: str, tables: Sequence[Sequence[Record]]) -> list[TimeMention]:
    """The times in the sentences of the cells that may say by when."""
    said = (span for records in tables for record in records for span in record.said)
    return sorted((m for span in said for m in scan(chars, *span)), key=lambda mention: mention.start)


def issues(printer: Printer, prose: str) -> Iterator[Issue]:
    """The tables whose columns could not be told apart, or whose headings stand in `prose`, the text without tables."""
    for start, stop in unreadable(printer.text.chars):
        span = printer.place(start + 2, stop - 1)
        yield Issue(code="table_unreadable", severity="warning", message=_UNREADABLE, span=span)
    counted = "序号" in prose or "编号" in prose or "序 号" in prose
    for match in (*_HEADINGS.finditer(prose), *_GLUED.finditer(prose)) if counted else ():
        span = printer.place(*match.span("heads"))
        yield Issue(code="table_unreadable", severity="warning", message=_UNREAD, span=span)
