"""Values of an item put right: other words, another role, other dates, one more, one less.

What a heading says holds for the items below that say nothing themselves, so what is put right at the heading is
put right in them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from pipeline.corrections.change import LISTS, Correction
from pipeline.corrections.values import Value, department, reference, time_limit
from pipeline.corrections.words import Stale, found
from schemas.circular import Circular, Department, Item, TimeLimit
from schemas.text import Span


def put(circular: Circular, change: Correction, raw: str) -> Circular:
    """The value that was there gives way to the one that a person chose; where it is gone, that one is added."""
    place = item_at(circular, change, raw)
    item = circular.items[place]
    old = _old(item, change, raw)
    quoted = change.after or change.before
    if quoted is None:
        raise Stale("没有记下原来的字")
    span = old.span if old is not None and change.after is None else found(quoted, raw, item.span)
    new = _value(circular, change, raw, span, old)
    return _replaced(circular, place, change, old, new)


def add(circular: Circular, change: Correction, raw: str) -> Circular:
    """One more value; one that was read there already counts as corrected."""
    return put(circular, change, raw)


def delete(circular: Circular, change: Correction, raw: str) -> Circular:
    """One value less."""
    place = item_at(circular, change, raw)
    return _replaced(circular, place, change, _old(circular.items[place], change, raw), None)


def accept(circular: Circular, change: Correction, raw: str) -> Circular:
    """Nothing changes; raises `Stale` where the words that somebody found right are gone."""
    item = circular.items[item_at(circular, change, raw)]
    if change.before is not None:
        found(change.before, raw, item.span)
    return circular


def item_at(circular: Circular, change: Correction, raw: str) -> int:
    """Where the item stands: by its key, else (its title was read otherwise) the innermost around the words."""
    for place, item in enumerate(circular.items):
        if item.key == change.item:
            return place
    quoted = change.before or change.after
    start, stop = found(quoted, raw) if quoted else (-1, -1)
    around = [
        (item.span[1] - item.span[0], place)
        for place, item in enumerate(circular.items)
        if item.span[0] <= start and stop <= item.span[1]
    ]
    if not around or start < 0:
        raise Stale("找不到更正过的事项")
    return min(around)[1]


def values(item: Item, field: str) -> tuple[Value, ...]:
    """The values of a list of an item: lead, support, responsible, time_limit."""
    return cast("tuple[Value, ...]", getattr(item, LISTS[field]))


def _old(item: Item, change: Correction, raw: str) -> Value | None:
    """The value that is to give way, told by its words: at their place, else with the same text."""
    if change.before is None or change.field is None:
        return None
    listed = values(item, change.field)
    span = found(change.before, raw, item.span)
    same = [value for value in listed if value.span == span]
    alike = [value for value in listed if value.span[0] < span[1] and span[0] < value.span[1]]
    return next(iter([*same, *alike]), None)


def _value(circular: Circular, change: Correction, raw: str, span: Span, old: Value | None) -> Value:
    if change.field == "time_limit":
        was = old if isinstance(old, TimeLimit) else None
        made: Value = time_limit(raw, span, change, was, reference(circular))
    else:
        made = department(raw, span, change, old if isinstance(old, Department) else None)
    return (
        made
        if old is not None and old.span == span
        else made.model_copy(update={"page": _page(circular, span)})
    )


def _replaced(
    circular: Circular, place: int, change: Correction, old: Value | None, new: Value | None
) -> Circular:
    items = list(circular.items)
    own = items[place].id
    items[place] = _with(items[place], change, old, new)
    below = {own}
    for at in range(place + 1, len(items)):
        item = items[at]
        if item.parent in below:
            below.add(item.id)
            held = _inherited(item, change, old)
            if held is not None:
                passed = new.model_copy(update={"evidence": "inherited"}) if new is not None else None
                items[at] = _with(item, change, held, passed)
    return circular.model_copy(update={"items": tuple(items), "corrected": True})


def _inherited(item: Item, change: Correction, old: Value | None) -> Value | None:
    """The value that the item has from the one that was put right."""
    listed = values(item, change.field or "lead") if old is not None else ()
    return next(
        (v for v in listed if old is not None and v.evidence == "inherited" and v.span == old.span), None
    )


def _with(item: Item, change: Correction, old: Value | None, new: Value | None) -> Item:
    """The item with `new` in place of `old`."""
    field = change.field or "lead"
    target = change.to_field or field
    update: dict[str, Any] = {}
    listed = list(values(item, field))
    at = listed.index(old) if old is not None else len(listed)
    listed = [value for value in listed if value is not old]
    update[LISTS[field]] = tuple(listed)
    if new is not None:
        others = listed if target == field else list(values(item, target))
        others = [value for value in others if value.span != new.span]
        at = at if target == field and old is not None else _sorted_in(others, new)
        others.insert(min(at, len(others)), new)
        update[LISTS[target]] = tuple(others)
    if field == "time_limit":
        update["time_limits"] = with_main(cast("tuple[TimeLimit, ...]", update["time_limits"]))
    update |= {"corrected": True, "is_task": item.is_task or new is not None}
    return item.model_copy(update=update)


def _sorted_in(listed: Sequence[Value], new: Value) -> int:
    """Where a value goes into a list: behind those that stand before it."""
    return sum(value.span[0] < new.span[0] for value in listed)


def with_main(limits: Sequence[TimeLimit]) -> tuple[TimeLimit, ...]:
    """Exactly one is main: the one that was, else the labelled one, else the last one-off date, else the first."""
    order = range(len(limits))
    dated = [at for at in order if limits[at].end and limits[at].kind not in {"recurring", "ongoing"}]
    labelled = [at for at in order if limits[at].evidence in {"label", "inline", "table"}]
    mains = [at for at in order if limits[at].main]
    chosen = next(iter([*mains, *labelled, *reversed(dated), *order]), -1)
    return tuple(
        limit if limit.main == (at == chosen) else limit.model_copy(update={"main": at == chosen})
        for at, limit in enumerate(limits)
    )


def _page(circular: Circular, span: Span) -> int | None:
    """The page of a place, where what stands before and after it is on one page."""
    if circular.source.pages is None:
        return None
    every = [value for item in circular.items for field in LISTS for value in values(item, field)]
    known = [(one.span[0], one.page) for one in [*circular.items, *every] if one.page is not None]
    before = [page for at, page in known if at <= span[0]]
    after = [page for at, page in known if at >= span[0]]
    return before_page if (before_page := max(before, default=0)) == min(after, default=-1) else None
