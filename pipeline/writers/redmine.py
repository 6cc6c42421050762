"""Redmine: an issue a task, with the headings above it as parents (`parent_issue_id`: the row, from 1).

`assigned_to` is the first unit in the lead: it is assigned where the project has a member or group of that name.
Descriptions are CommonMark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.writers.tasks import Task, items
from pipeline.writers.trackers import description, markdown, title, written
from schemas.circular import Circular

HEADER = (
    "subject", "description", "assigned_to", "parent_issue_id", "start_date", "due_date", "done_ratio"
)  # fmt: skip
_MOST = 20_000  # 65,535 bytes, where the base is MySQL


def render(circulars: Sequence[Circular]) -> bytes:
    """All tasks and their headings under one header."""
    return written(HEADER, _rows(circulars))


def _rows(circulars: Sequence[Circular]) -> Iterator[tuple[str, ...]]:
    position = 0
    for circular in circulars:
        rows: dict[str | None, str] = {}
        for task in _branches(circular):
            position += 1
            rows[task.item.id] = str(position)
            start, due = task.dates
            said = description(task, lambda words: markdown(words.replace("{{", "!{{")), _MOST)
            yield title(task), said, task.lead, rows.get(task.item.parent, ""), start, due, "0"


def _branches(circular: Circular) -> list[Task]:
    """The tasks and what stands above them, in order: a parent before its children."""
    wanted = {item.id for item in circular.items if item.is_task}
    for item in reversed(circular.items):
        if item.id in wanted and item.parent:
            wanted.add(item.parent)
    return [task for task in items(circular) if task.item.id in wanted]
