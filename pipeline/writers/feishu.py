"""飞书多维表格: bodies of `records/batch_create`, `[{"records": [{"fields": {…}}]}]`, at most 500 records each.

Dates are milliseconds of the day's beginning in China (UTC+8); several units a list (多选); what is not said is left
out. 编号 is the item's key, by which a later run finds its record.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from pipeline.writers.tasks import ROLES, Task, held, origin, tasks, visible
from schemas.circular import Circular

BATCH = 500
MOST = 100_000  # characters of a text field
_CHINA = dt.timezone(dt.timedelta(hours=8))


def render(circulars: Sequence[Circular]) -> bytes:
    """The bodies, to be posted one after the other."""
    records = [{"fields": _fields(task)} for task in tasks(circulars)]
    bodies = [{"records": records[at : at + BATCH]} for at in range(0, len(records), BATCH)]
    return (json.dumps(bodies, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _fields(task: Task) -> dict[str, Any]:
    item, main = task.item, task.item.main_limit
    texts = {
        "事项": task.name,
        "任务内容": item.text,
        "完成时限": "；".join(limit.text for limit in item.time_limits),
        "所属": task.section,
        "来源": origin(task),
        "注意": "；".join(task.queries),
        "编号": item.key,
    }
    lists = {label: [visible(unit.name) for unit in getattr(item, field)] for label, field in ROLES.items()}
    days = {"起始日期": main and main.start, "截止日期": main and main.end}
    said = {label: held(visible(words), MOST) for label, words in texts.items() if words}
    return (
        said
        | {label: list(dict.fromkeys(units)) for label, units in lists.items() if units}
        | {label: milliseconds(day) for label, day in days.items() if day}
    )


def milliseconds(day: dt.date) -> int:
    """The beginning of a day in China since 1970.

    >>> milliseconds(dt.date(2021, 6, 30))
    1624982400000
    """
    return int(dt.datetime.combine(day, dt.time(), _CHINA).timestamp()) * 1000
