"""Jira: an issue a task. `Due Date` as yyyy-MM-dd; `Assignee` the first unit in the lead, to be mapped at import.

`Reporter` and `Priority` are columns of the import, but nothing that a circular prints: they stay empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.writers.tasks import tasks
from pipeline.writers.trackers import description, title, written
from schemas.circular import Circular

HEADER = ("Summary", "Issue Type", "Description", "Assignee", "Reporter", "Priority", "Due Date")
_MOST = 32_767  # jira.text.field.character.limit
_MARKUP = regex.compile(r"[\\{}\[\]!|*_^~+#?]|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])")


def render(circulars: Sequence[Circular]) -> bytes:
    """All tasks under one header."""
    return written(
        HEADER,
        (
            (title(task), "Task", description(task, wiki, _MOST), task.lead, "", "", task.dates[1])
            for task in tasks(circulars)
        ),
    )


def wiki(text: str) -> str:
    r"""Text that prints as it stands in Jira's wiki markup.

    >>> wiki("!x.png! 2021-06-30")
    '\\!x.png\\! 2021-06-30'
    """
    return _MARKUP.sub(r"\\\g<0>", text)
