"""What the CSV files of issue trackers share: a header and rows, no byte order mark, no cell that is a formula.

A description is markup: what the circular says is escaped, so that it prints as it stands and does nothing (no macro,
mention, image or quick action). A value takes one line, the line begins with its label, the longest come last.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

import regex

from pipeline.writers.csv import defuse
from pipeline.writers.tasks import Task, facts, held

MOST_TITLE = 255  # of a summary, in Jira, Redmine and GitLab alike
_MARKDOWN = regex.compile(r"[\\`*_{}\[\]<>#!|~$@&^]")


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file: UTF-8 without a mark (a tracker would read it as part of the first column's name), CRLF (RFC 4180)."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(header)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    return page.getvalue().encode("utf-8")


def title(task: Task) -> str:
    """The heading within a tracker's bounds; where it is cut, the description has all of it."""
    kept = name = task.name or "（没有标题）"
    while _units(kept) > MOST_TITLE:
        kept = kept[: MOST_TITLE - 1] if len(kept) > MOST_TITLE else kept[:-2]
    return kept if kept == name else kept[:-1] + "…"


def description(task: Task, escape: Callable[[str], str], most: int) -> str:
    """A line a fact, at most so many characters; what is left out is said."""
    said = [(label, " ".join(words.split())) for label, words in facts(task)]
    if title(task) != task.name:
        said.append(("事项", task.name))
    said.sort(key=lambda fact: len(fact[1]) > MOST_TITLE)
    return held("\n\n".join(f"{label}：{escape(words)}" for label, words in said), most)


def markdown(text: str) -> str:
    r"""Text that prints as it stands in CommonMark.

    >>> markdown("*报送* @all")
    '\\*报送\\* \\@all'
    """
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _units(text: str) -> int:
    """UTF-16 units, which Java counts; never fewer than the characters that the others count."""
    return len(text.encode("utf-16-le", "replace")) // 2
