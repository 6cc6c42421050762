"""`--explain`: for every value the words it was read from, where they stand, the evidence and the rule."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.console import printable, shorten
from schemas.circular import Circular, Department, Item, TimeLimit
from schemas.text import Span

EVIDENCE = {
    "label": "标签",
    "inline": "括号",
    "sentence": "句子",
    "table": "表格",
    "inherited": "承上",
    None: "版式",
}
BASIS = {
    "doc_number": "文号",
    "issue_date": "成文日期",
    "title": "标题",
    "text": "上文",
    "option": "参数",
    None: "上下文",
}
IMPLIED = {"year": "年份", "month": "月份", "day": "日期", "start": "起始日", "end": "截止日"}
ROLES = {
    "牵头": "lead_departments",
    "配合": "supporting_departments",
    "责任": "responsible_departments",
}


def lines(circular: Circular, raw: str) -> Iterator[str]:
    """One line a value, those of an item under its number and title; `raw` is the source text."""
    if number := circular.doc_number:
        yield f"文号 {number.text}{_quote(raw, [number.span])}"
    if date := circular.issue_date:
        yield f"成文日期 {date.date or '未定'}{_quote(raw, [date.span])}"
    for role, units in (("发文机关", circular.issuers), ("主送", circular.recipients)):
        yield from (_unit(role, unit, raw) for unit in units)
    for item in circular.items:
        values = list(_values(item, raw))
        if values:
            yield printable(f"{item.number} {shorten(item.title, 60)}")
            yield from (f"    {value}" for value in values)


def _values(item: Item, raw: str) -> Iterator[str]:
    for role, field in ROLES.items():
        yield from (_unit(role, unit, raw) for unit in getattr(item, field))
    yield from (_limit(limit, raw) for limit in item.time_limits)


def _unit(role: str, unit: Department, raw: str) -> str:
    basis = f"，据全文规定“{unit.basis.text}”" if unit.basis else ""
    return printable(f"{role} {unit.name}") + _grounds(unit, raw) + printable(basis)


def _limit(limit: TimeLimit, raw: str) -> str:
    dates = (
        " 至 ".join(str(date) for date in (limit.start, limit.end) if date) or limit.recurrence or limit.kind
    )
    implied = "、".join(IMPLIED.get(part, part) for part in limit.implied)
    taken = f"，{implied}原文未写，据{BASIS[limit.basis]}推定" if implied else ""
    return f"时限 {dates}" + ("（主）" if limit.main else "") + _grounds(limit, raw) + taken


def _grounds(value: Department | TimeLimit, raw: str) -> str:
    rule = f"，规则 {value.rule}" if value.rule else ""
    return _quote(raw, value.spans or [value.span]) + f" 依据{EVIDENCE[value.evidence]}{rule}"


def _quote(raw: str, spans: tuple[Span, ...] | list[Span]) -> str:
    """The printed words and where they stand: characters of the source text, counted from 0."""
    words = "".join("".join(raw[start:stop] for start, stop in spans).split())
    return f" ← “{printable(shorten(words, 60))}”[{spans[0][0]}, {spans[-1][1]})"
