"""The values of a circular as labelled spans of its source text, for tools of annotation."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.writers.tasks import ROLES
from schemas.circular import Circular, Department, TimeLimit

LABELS = ("文号", "发文机关", "主送机关", "成文日期", *ROLES, "完成时限")
Labelled = tuple[int, int, str]


def spans(circular: Circular, raw: str) -> list[Labelled]:
    """Start, end and label of every printed value, in order and each once; a value in parts gives a span a part.

    What a person put right and the source does not print has no span of its own, so that it is left out.
    """
    return sorted(set(_spans(circular, raw)))


def _spans(circular: Circular, raw: str) -> Iterator[Labelled]:
    for label, fact in (("文号", circular.doc_number), ("成文日期", circular.issue_date)):
        if fact:
            yield (*fact.span, label)
    for label, units in (("发文机关", circular.issuers), ("主送机关", circular.recipients)):
        yield from (found for unit in units for found in _parts(unit, label, raw))
    for item in circular.items:
        for label, field in ROLES.items():
            yield from (found for unit in getattr(item, field) for found in _parts(unit, label, raw))
        yield from (found for limit in item.time_limits for found in _parts(limit, "完成时限", raw))


def _parts(value: Department | TimeLimit, label: str, raw: str) -> Iterator[Labelled]:
    parts = [part for part in value.spans or (value.span,) if part[0] < part[1]]
    printed = "".join("".join(raw[start:end] for start, end in parts).split())
    if not value.corrected or printed == "".join(value.text.split()):
        yield from ((start, end, label) for start, end in parts)
