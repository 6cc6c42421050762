"""Values that a person looked at and found right."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.corrections.change import LISTS, Correction
from pipeline.corrections.lists import item_at, values
from pipeline.corrections.words import Stale, found
from schemas.circular import Circular


def accepted(circular: Circular, corrections: Sequence[Correction], raw: str) -> list[str]:
    """The values of a (corrected) circular that were accepted, as `item key/field/index`.

    >>> from pipeline.readers import read
    >>> from pipeline.run import parse
    >>> accepted(parse(read("samples/no_tasks.txt"))[0], [], "")
    []
    """
    places = (_place(circular, one, raw) for one in corrections if one.op == "accept")
    return [place for place in places if place is not None]


def _place(circular: Circular, one: Correction, raw: str) -> str | None:
    if one.before is None or one.field not in LISTS:
        return None
    try:
        item = circular.items[item_at(circular, one, raw)]
        span = found(one.before, raw, item.span)
    except Stale:
        return None
    spans = [value.span for value in values(item, one.field)]
    return f"{item.key}/{one.field}/{spans.index(span)}" if span in spans else None
