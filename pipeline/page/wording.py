"""What the page says of a value: on what it rests, in one short Chinese sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.writers.explain import BASIS, IMPLIED
from schemas.circular import Department, TimeLimit

ROLES = {"lead": "牵头", "support": "配合", "responsible": "责任", "time_limit": "时限"}
KINDS = {
    "by": "截止",
    "during": "期间",
    "range": "起止",
    "recurring": "定期",
    "ongoing": "长期",
    "relative": "相对",
    "unresolved": "未定",
}
SEVERITY = {"info": "提示", "warning": "注意", "error": "错误"}
_EVIDENCE = {
    "label": "读自标签",
    "inline": "读自括号",
    "sentence": "读自句子",
    "table": "读自表格",
    "inherited": "本条未写，承自上级标题",
}
_FREQUENCY = {"DAILY": "日", "WEEKLY": "周", "MONTHLY": "月", "YEARLY": "年"}


def of_department(unit: Department) -> Iterator[str]:
    """Why this name, why this role."""
    if unit.name != unit.text:
        yield f"原文作“{unit.text}”，名称据上下文补全"
    if unit.basis:
        yield f"角色据全文规定“{unit.basis.text}”"
    if unit.evidence:
        yield _EVIDENCE[unit.evidence]


def of_limit(limit: TimeLimit) -> Iterator[str]:
    """Why these dates.

    >>> limit = TimeLimit(text="6月底前", kind="by", implied=("year",), basis="title", evidence="label", span=(0, 4))
    >>> list(of_limit(limit))
    ['年份原文未写，据标题推定', '读自标签']
    """
    if limit.implied:
        parts = "、".join(IMPLIED.get(part, part) for part in limit.implied)
        yield f"{parts}原文未写，据{BASIS[limit.basis]}推定"
    if limit.approximate:
        yield "原文为约数"
    yield _EVIDENCE[limit.evidence]


def rhythm(rule: str) -> str:
    """How often a recurrence comes.

    >>> rhythm("FREQ=MONTHLY;BYMONTHDAY=25"), rhythm("FREQ=MONTHLY;INTERVAL=2")
    ('每月', '每2月')
    """
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    months = parts.get("BYMONTH", "").count(",") + 1
    if parts.get("FREQ") == "YEARLY" and months > 1:
        return {2: "每半年", 4: "每季度", 12: "每月"}.get(months, f"每年{months}次")
    interval = parts.get("INTERVAL", "1")
    return f"每{'' if interval == '1' else interval}{_FREQUENCY.get(parts.get('FREQ', ''), '期')}"
