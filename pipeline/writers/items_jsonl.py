"""An item a line: `circular` (the head, with the issues of the whole), `item`, `section`, `issues` of the item.

Objects have the fields of the published JSON. A circular without items gives no line.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.writers.jsonl import line
from pipeline.writers.tasks import items
from schemas.circular import Circular


def render(circulars: Sequence[Circular]) -> bytes:
    """All items of all circulars."""
    return "".join(text for circular in circulars for text in _lines(circular)).encode("utf-8")


def _lines(circular: Circular) -> Iterator[str]:
    head = circular.model_dump(mode="json", exclude={"items", "issues"})
    issues: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for issue in circular.issues:
        issues[issue.item].append(issue.model_dump(mode="json"))
    head["issues"] = issues[None]
    for task in items(circular):
        entry = {"circular": head, "item": task.item.model_dump(mode="json"), "section": task.section}
        yield line(json.dumps(entry | {"issues": issues[task.item.id]}, ensure_ascii=False))
