"""doccano, sequence labelling: `{"text", "labels": [[start, end, label]]}`, a circular a line.

doccano's page counts in UTF-16 units (doccano issue 2290), Python in code points: a rare character, 𠮷, or an emoji
before a span moves it by one. `meta` says which circular it is.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.writers.jsonl import line
from pipeline.writers.spans import spans
from schemas.circular import Circular
from schemas.text import Source


def render(circulars: Sequence[Circular], sources: Sequence[Source]) -> bytes:
    """One line a circular, with the whole text of its source."""
    pairs = zip(circulars, sources, strict=True)
    return "".join(line(_document(circular, source.raw)) for circular, source in pairs).encode("utf-8")


def _document(circular: Circular, raw: str) -> str:
    units = Units(raw)
    labels = [[units.at(start), units.at(end), label] for start, end, label in spans(circular, raw)]
    meta = {"circular": circular.id, "source": circular.source.name, "sha256": circular.source.sha256}
    return json.dumps({"text": raw, "labels": labels, "meta": meta}, ensure_ascii=False)


class Units:
    """Code points -> UTF-16 units of one text.

    >>> Units("𠮷林省").at(1)
    2
    """

    def __init__(self, raw: str) -> None:
        self.wide = (
            [at for at, char in enumerate(raw) if char > "\uffff"] if max(raw, default="") > "\uffff" else []
        )

    def at(self, offset: int) -> int:
        """The unit at which the character `offset` begins."""
        return offset + bisect_left(self.wide, offset)
