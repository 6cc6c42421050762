"""A report to read (Markdown, CommonMark with tables): head, tasks at a glance, each item, what is to be queried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.writers.table import SEVERITY
from pipeline.writers.tasks import ROLES, Task, facts, items, names, visible
from pipeline.writers.trackers import markdown
from schemas.circular import Circular

_COLUMNS = ("序号", "事项", *ROLES, "完成时限", "起始日期", "截止日期")
_BEGINNING = regex.compile(r"^[-+=]|(?<=^[0-9]{1,9})[.)]")  # of a paragraph: it would be a list or a rule
_IN_HEADING = {"编号", "来源", "所属"}  # said once for all, or by the heading's place


def render(circulars: Sequence[Circular]) -> bytes:
    """One report after the other."""
    return "\n".join(line for circular in circulars for line in _report(circular)).encode("utf-8")


def _report(circular: Circular) -> Iterator[str]:
    yield f"# {_plain(circular.title or circular.source.name)}"
    yield ""
    for label, words in _head(circular):
        yield f"- {label}：{_plain(words)}"
    found = list(items(circular))
    tasks = [task for task in found if task.item.is_task]
    yield f"- 共 {len(found)} 条，其中任务 {len(tasks)} 条"
    yield ""
    if tasks:
        yield "## 任务一览"
        yield ""
        yield from _table(tasks)
        yield ""
    if found:
        yield "## 逐条"
        yield ""
    for task in found:
        yield from _item(task)
    yield from _queries(circular)


def _head(circular: Circular) -> Iterator[tuple[str, str]]:
    number, date = circular.doc_number, circular.issue_date
    said = {
        "文号": number.text if number else "",
        "发文机关": names(circular.issuers),
        "主送": names(circular.recipients),
        "成文日期": str(date.date or date.text) if date else "",
        "联系人": "；".join(contact.text for contact in circular.contacts),
        "附件": "；".join(attachment.title for attachment in circular.attachments),
        "来源": circular.source.name,
    }
    return ((label, words) for label, words in said.items() if words)


def _table(tasks: Sequence[Task]) -> Iterator[str]:
    yield f"| {' | '.join(_COLUMNS)} |"
    yield "|" + " --- |" * len(_COLUMNS)
    for task in tasks:
        item = task.item
        units = [names(getattr(item, field)) for field in ROLES.values()]
        limits = "；".join(limit.text for limit in item.time_limits)
        cells = [_plain(cell) for cell in (item.number, item.title, *units, limits, *task.dates)]
        yield f"| {' | '.join(cells)} |"


def _item(task: Task) -> Iterator[str]:
    yield f"{'#' * min(2 + task.item.level, 6)} {_plain(task.name)}"
    yield ""
    said = [(label, words) for label, words in facts(task) if label not in _IN_HEADING]
    for label, words in said:
        yield (
            _BEGINNING.sub(r"\\\g<0>", _plain(words))
            if label == "任务内容"
            else f"- {label}：{_plain(words)}"
        )
        if label == "任务内容":
            yield ""
    if said and said[-1][0] != "任务内容":
        yield ""


def _queries(circular: Circular) -> Iterator[str]:
    if circular.issues:
        yield "## 请核对"
        yield ""
        for issue in circular.issues:
            place = f"（{issue.item}）" if issue.item else ""
            yield f"- {SEVERITY[issue.severity]}{place}：{_plain(issue.message)}"
        yield ""


def _plain(words: str) -> str:
    """On one line, printed as it stands: no mark of the circular is one of Markdown."""
    return markdown(" ".join(visible(words).split()))
