"""GitLab: an issue a task, `due date` as yyyy-mm-dd. A `/` never begins a line: GitLab would run it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.writers.tasks import tasks
from pipeline.writers.trackers import description, markdown, title, written
from schemas.circular import Circular

HEADER = ("title", "description", "due date")
_MOST = 1_000_000


def render(circulars: Sequence[Circular]) -> bytes:
    """All tasks under one header; a title knows no escape, so that its @ is the wide one, which calls nobody."""
    return written(
        HEADER,
        (
            (title(task).replace("@", "＠"), description(task, markdown, _MOST), task.dates[1])
            for task in tasks(circulars)
        ),
    )
