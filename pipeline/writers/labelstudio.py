"""Label Studio: tasks with pre-annotations, `[{"data": {"text"}, "predictions": [{"result": [{"value": …}]}]}]`.

Its regions of a `Text` count code points, as Python does (label-studio pull request 1559), and every line end as it
stands. The labelling set-up names `label` (Labels) and `text` (Text, value `$text`), with the labels of
`spans.LABELS`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.writers.spans import spans
from schemas.circular import Circular
from schemas.text import Source


def render(circulars: Sequence[Circular], sources: Sequence[Source]) -> bytes:
    """One list, a task a circular."""
    tasks = [_task(circular, source.raw) for circular, source in zip(circulars, sources, strict=True)]
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _task(circular: Circular, raw: str) -> dict[str, Any]:
    regions = [
        {
            "id": f"r{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": raw[start:end], "labels": [label]},
        }
        for number, (start, end, label) in enumerate(spans(circular, raw), 1)
    ]
    data = {"text": raw, "circular": circular.id, "source": circular.source.name}
    return {"data": data, "predictions": [{"model_version": "circulars", "result": regions}]}
