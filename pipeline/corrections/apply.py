"""Corrections laid over a circular: pure, in the order in which they were made.

Every corrected value quotes its source like a read one and says `corrected`. A correction whose words no longer
stand (the circular was read anew, or is another version) is left out and listed, here and as an Issue.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from parsers.checks import checks
from pipeline.corrections.change import LISTS, Correction
from pipeline.corrections.lists import accept, add, delete, put, values
from pipeline.corrections.structure import join, retitle, split
from pipeline.corrections.words import Stale
from pipeline.gate import check
from schemas.circular import Circular, Issue, Item

_OPS: dict[str, Callable[[Circular, Correction, str], Circular]] = {
    "set": put,
    "add": add,
    "delete": delete,
    "split": split,
    "join": join,
    "accept": accept,
}
_FOUND_ANEW = {"missing_lead", "missing_time_limit", "due_before_issue"}


class Outdated(NamedTuple):
    """A correction that could not be applied, and why."""

    correction: Correction
    reason: str


def apply(circular: Circular, corrections: Sequence[Correction], raw: str) -> tuple[Circular, list[Outdated]]:
    """The circular with the corrections that still hold, and those that do not.

    `raw`: the text that the circular's spans point into. Raises ProvenanceError as the gate does: never for a
    correction that was made through `corrected_by`.
    """
    made, outdated = circular, []
    for one in corrections:
        try:
            titled = one.op == "set" and one.field == "title"
            made = (retitle if titled else _OPS[one.op])(made, one, raw)
        except Stale as reason:
            outdated.append(Outdated(one, str(reason)))
    if made is circular and not outdated:
        return circular, []
    return check(_with_issues(made, outdated), raw), outdated


def _with_issues(circular: Circular, outdated: Sequence[Outdated]) -> Circular:
    """Queries that a correction answered go, those that depend on values are found anew."""
    issued = circular.issue_date.date if circular.issue_date else None
    anew = _FOUND_ANEW if issued else _FOUND_ANEW - {"due_before_issue"}
    items = {item.id: item for item in circular.items}
    kept = [
        issue
        for issue in circular.issues
        if issue.code not in anew and not _is_answered(issue, items.get(issue.item or ""))
    ]
    found = [
        issue for issue in checks(circular.items, [[]] * len(circular.items), issued) if issue.code in anew
    ]
    update: dict[str, Any] = {"issues": (*kept, *found, *_stale(outdated, items))}
    return circular.model_copy(update=update)


def _is_answered(issue: Issue, item: Item | None) -> bool:
    """Is what could not be read now a value that a person chose?"""
    if item is None or issue.span is None or not issue.code.startswith(("unread", "impossible", "ambiguous")):
        return False
    spans = [value.span for field in LISTS for value in values(item, field) if value.corrected]
    return any(span[0] < issue.span[1] and issue.span[0] < span[1] for span in spans)


def _stale(outdated: Sequence[Outdated], items: dict[str, Item]) -> list[Issue]:
    named = {item.key: item.id for item in items.values()}
    return [
        Issue(
            code="stale_correction",
            severity="warning",
            message=f"{one.time:%Y-%m-%d} 的一处更正没有套用：{reason}，请核对",
            item=named.get(one.item or ""),
        )
        for one, reason in outdated
    ]
