"""What every feed says of a task: its heading, who and when in words, where it stands; and text made safe for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from schemas.circular import Circular, Department, Item, TimeLimit

ROLES = {
    "牵头单位": "lead_departments",
    "配合单位": "supporting_departments",
    "责任单位": "responsible_departments",
}
# Controls that no file of text should carry, and those that turn the direction of what follows.
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069--[\t\n]]", regex.VERSION1)


class Task(NamedTuple):
    """An item of a circular, the headings above it (一、防汛 / （一）水库) and what is to be queried in it."""

    circular: Circular
    item: Item
    section: str
    queries: tuple[str, ...]

    @property
    def name(self) -> str:
        """Number and title on one line: （一）排查隐患."""
        return " ".join(visible(self.item.number + self.item.title).split())

    @property
    def lead(self) -> str:
        """The one unit that a tracker can assign: the first that leads, else the first that answers for it."""
        units = (*self.item.lead_departments, *self.item.responsible_departments)
        return visible(units[0].name) if units else ""

    @property
    def dates(self) -> tuple[str, str]:
        """Start and due date of the main time limit, ISO or empty."""
        main = self.item.main_limit
        return (str(main.start or ""), str(main.end or "")) if main else ("", "")


def items(circular: Circular) -> Iterator[Task]:
    """Every item, in reading order."""
    queries = defaultdict(list)
    for issue in circular.issues:
        queries[issue.item].append(issue.message)
    sections: dict[str | None, str] = {}
    for item in circular.items:
        above = sections.get(item.parent, "")
        sections[item.id] = f"{above} / {item.number}{item.title}" if above else item.number + item.title
        yield Task(circular, item, above, tuple(queries[item.id]))


def tasks(circulars: Sequence[Circular]) -> Iterator[Task]:
    """The items that are tasks, of all circulars."""
    return (task for circular in circulars for task in items(circular) if task.item.is_task)


def facts(task: Task) -> Iterator[tuple[str, str]]:
    """Label and words of all that the item says beside its heading; nothing that it does not say."""
    item = task.item
    said = [("任务内容", item.text)]
    said += [(label, names(getattr(item, field))) for label, field in ROLES.items()]
    said.append(("分管领导", "、".join(leader.text for leader in item.leaders)))
    said += [("完成时限", when(limit)) for limit in item.time_limits]
    said += [("所属", task.section), ("来源", origin(task)), ("注意", "；".join(task.queries))]
    said.append(("编号", item.key))
    return ((label, visible(words)) for label, words in said if words)


def names(units: Sequence[Department]) -> str:
    """市水务局、市应急局."""
    return "、".join(unit.name for unit in units)


def when(limit: TimeLimit) -> str:
    """The words and what they mean: 6月底前（2021-06-30 止；年份推定）."""
    ends = f"{limit.start} 起" if limit.start and not limit.end else f"{limit.end} 止" if limit.end else ""
    dates = f"{limit.start} 至 {limit.end}" if limit.start and limit.end else ends
    implied = "含推定" if limit.implied else ""
    meant = "；".join(part for part in (dates, limit.recurrence or "", implied) if part)
    return f"{limit.text}（{meant}）" if meant else limit.text


def origin(task: Task) -> str:
    """青总办〔2021〕15号《…》，第 3 页，qinghai.pdf."""
    circular = task.circular
    number = circular.doc_number.text if circular.doc_number else ""
    title = f"《{circular.title}》" if circular.title else ""
    page = f"第 {task.item.page} 页" if task.item.page else ""
    return "，".join(part for part in (number + title, page, circular.source.name) if part)


def visible(text: str) -> str:
    r"""Controls as the terminal shows them, line ends as \n: nothing unseen, nothing lost.

    >>> visible("通知\x00\r\n报送")
    '通知\\x00\n报送'
    """
    return _UNSEEN.sub(_escape, text.replace("\r\n", "\n").replace("\r", "\n"))


def held(text: str, most: int) -> str:
    """A text within what a field holds; where it is cut, the field says so and how much is missing.

    >>> held("关于" * 50, 40)
    '关于关于关于关于关于关于关于关于……（此处放不下，略去 84 字，全文见来源）'
    """
    if len(text) <= most:
        return text
    kept = most - len(_CUT.format(len(text)))
    return text[:kept] + _CUT.format(len(text) - kept)


_CUT = "……（此处放不下，略去 {} 字，全文见来源）"


def _escape(match: regex.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")
