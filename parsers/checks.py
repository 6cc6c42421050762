"""What a careful clerk would query: gaps in the numbering, tasks without a lead, dates that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from schemas.circular import Department, Evidence, Issue, Item, TimeLimit
from schemas.text import Span

_ASKS = {
    "numbering_gap": "编号不连续：{number} 之前缺少编号，请核对原文是否有遗漏",
    "numbering_repeat": "编号重复：{number} 出现两次，请核对原文",
    "empty_label": "{number} 的“{words}”后面没有内容，请核对原文是否漏填",
    "unread_time_limit": "{number} 的时限“{words}”看不出日期，请核对或自行填写",
    "unread_department": "{number} 的责任单位“{words}”看不出单位名称，请核对",
    "ambiguous_role": "{number} 中“{words}”同时列在两种职责下，请核对",
    "impossible_date": "{number} 的时限“{words}”是不存在的日期，已按当月最后一天处理，请核对",
    "other_weekday": "{number} 的时限“{words}”那天不是所写的星期，请核对日期和年份",
    "unknown_workdays": "{number} 的时限“{words}”按工作日计算，而那一年的工作日历未知，没有算出日期",
}

FORMAL: frozenset[Evidence] = frozenset(("label", "inline", "table"))
_FEW = 5  # members; a longer list may have a form without brackets

Query = tuple[str, str, Span | None]  # what could not be read: the code, the words, their place in the source


def checks(
    items: Sequence[Item], queries: Sequence[Sequence[Query]], issued: dt.date | None
) -> Iterator[Issue]:
    """The queries about the items of one circular; `queries`: what could not be read, an entry an item."""
    for item, asked in zip(items, queries, strict=True):
        for code, words, span in asked:
            message = _ASKS[code].format(number=item.number, words=words[:40])
            yield Issue(code=code, severity="warning", message=message, item=item.id, span=span or item.span)
    yield from _missing(items)
    if issued is not None:
        yield from _overdue(items, issued)


def _missing(items: Sequence[Item]) -> Iterator[Issue]:
    """Tasks that lack what the others in their list have. A heading whose sub-items are the tasks lacks nothing."""
    lists: dict[str, list[Item]] = {}
    above = {item.parent for item in items if item.is_task}
    for item in items:
        if item.is_task and item.id not in above:
            lists.setdefault(item.id.rpartition(".")[0], []).append(item)  # T1 and A1 are lists of their own
    for tasks in lists.values():
        leads = is_due([_evidence(_leading(task)) for task in tasks])
        timed = [_evidence(task.time_limits) for task in tasks]
        times, most = is_due(timed), is_due(timed, most=True)
        for task in tasks:
            if leads and not _leading(task):
                yield _issue("missing_lead", "warning", f"{task.number} 没有写明牵头（责任）单位", task)
            if not task.time_limits and (most or (times and _leading(task))):
                yield _issue("missing_time_limit", "warning", f"{task.number} 没有写明完成时限", task)


def is_due(said: Sequence[Evidence | None], *, most: bool = False) -> bool:
    """Must every member of a list say what these say: half of them (or more, `most`), or all but one of many?

    What a sentence says is less of a form that the others lack than a bracket, a label or a cell, and counts half;
    `said`: where each says it, None where it does not.

    >>> is_due(["inline", None]), is_due(["sentence", None])
    (True, False)
    """
    formal = sum(evidence in FORMAL for evidence in said)
    silent = said.count(None)
    if len(said) > _FEW and silent <= 1:
        return True
    return formal > 0 and formal + len(said) - silent >= len(said) + most


def _leading(item: Item) -> Sequence[Department]:
    return (*item.lead_departments, *item.responsible_departments)


def _evidence(values: Sequence[Department | TimeLimit]) -> Evidence | None:
    """Where a value is said that is the item's own; a formal place before a sentence."""
    found = [value.evidence for value in values if value.evidence]
    return next((evidence for evidence in found if evidence in FORMAL), found[0] if found else None)


def _overdue(items: Sequence[Item], issued: dt.date) -> Iterator[Issue]:
    for item in items:
        for limit in item.time_limits:
            if limit.end and limit.end < issued and limit.evidence != "inherited":
                message = f"完成时限“{limit.text}”（{limit.end}）早于成文日期 {issued}，请核对"
                yield Issue(
                    code="due_before_issue",
                    severity="warning",
                    message=message,
                    item=item.id,
                    span=limit.span,
                )


def _issue(code: str, severity: str, message: str, item: Item) -> Issue:
    return Issue.model_validate(
        {"code": code, "severity": severity, "message": message, "item": item.id, "span": item.span}
    )
