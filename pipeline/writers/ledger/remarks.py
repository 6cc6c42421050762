"""备注: what nobody printed and where it was taken from, and what does not fit the other columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.writers.explain import BASIS, IMPLIED
from schemas.circular import Department, Item, Role, TimeLimit

ROLES: dict[Role, str] = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}


def departments(item: Item) -> Iterator[tuple[Role, tuple[Department, ...]]]:
    """The units of an item, role by role."""
    yield "lead", item.lead_departments
    yield "support", item.supporting_departments
    yield "responsible", item.responsible_departments


def remarks(item: Item, messages: Sequence[str] = ()) -> Iterator[str]:
    """One line a remark; `messages`: the queries about the item.

    >>> from schemas.circular import TimeLimit
    >>> limit = TimeLimit(text="6月底前", kind="by", implied=("year",), basis="title", evidence="label", span=(0, 4))
    >>> list(taken(limit))
    ['年份原文未写，据标题推定']
    """
    for limit in item.time_limits:
        said = [*taken(limit), *_manner(limit)]
        if not limit.main:
            yield "；".join([f"另有时限“{limit.text}”{_dates(limit)}", *said])
        elif said:
            yield "时限" + "；".join(said)
    for role, units in departments(item):
        yield from _units(ROLES[role], units)
        if role in item.open_roles:
            yield f"{ROLES[role]}原文以“等”字收尾，未列全"
    if item.leaders:
        yield f"分管领导：{'、'.join(leader.text for leader in item.leaders)}"
    if item.corrected and not any(unit.corrected for _, units in departments(item) for unit in units):
        yield "已更正"
    yield from (f"待核：{message}" for message in messages)


def taken(limit: TimeLimit) -> Iterator[str]:
    """What of a time limit was not printed, and from what it was taken."""
    if limit.implied:
        parts = "、".join(IMPLIED.get(part, part) for part in limit.implied)
        yield f"{parts}原文未写，据{BASIS[limit.basis]}推定"


def _manner(limit: TimeLimit) -> Iterator[str]:
    if limit.evidence == "inherited":
        yield "承自上级标题"
    if limit.approximate:
        yield "为大约时间"
    if limit.corrected:
        yield "已更正"


def _dates(limit: TimeLimit) -> str:
    dates = " 至 ".join(str(date) for date in (limit.start, limit.end) if date)
    return f"（{dates}）" if dates else ""


def _units(role: str, units: Sequence[Department]) -> Iterator[str]:
    """Inherited, completed, decided by a rule, put right: each named."""
    if inherited := [unit.name for unit in units if unit.evidence == "inherited"]:
        yield f"{role}{'、'.join(inherited)}承自上级标题"
    for unit in units:
        if unit.name != unit.text:
            yield f"“{unit.text}”补全为“{unit.name}”"
    for rule in dict.fromkeys(unit.basis.text for unit in units if unit.basis):
        yield f"{role}据全文规定“{rule}”确定"
    if corrected := [unit.name for unit in units if unit.corrected]:
        yield f"{role}{'、'.join(corrected)}已更正"
