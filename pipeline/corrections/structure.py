"""Items cut in two, made one, called otherwise.

A split item keeps its id and key; the new one gets the id `2.1-2` (the next free number) and a key like any other
item's, from its own title, so that it stays when other corrections are undone. Of two joined items the first keeps
id and key, those of the second are gone; what stood below it now stands below the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, cast

from parsers.folding import fold
from parsers.headings import heading
from parsers.markers import markers
from pipeline.corrections.change import LISTS, Correction
from pipeline.corrections.lists import item_at, values, with_main
from pipeline.corrections.values import Value
from pipeline.corrections.words import Stale, found, line
from pipeline.gate import bare
from pipeline.identity import keys
from schemas.circular import Circular, Item, TimeLimit
from schemas.text import Span


def retitle(circular: Circular, change: Correction, raw: str) -> Circular:
    """Other words for a title; the item keeps its key, so that calendars hold on to it."""
    if change.after is None:
        raise Stale("没有记下选中的字")
    if change.item is None:
        title = line(raw[slice(*found(change.after, raw))])
        return circular.model_copy(update={"title": title, "corrected": True})
    items = list(circular.items)
    place = item_at(circular, change, raw)
    title = line(raw[slice(*found(change.after, raw, items[place].span))])
    items[place] = items[place].model_copy(update={"title": title, "corrected": True})
    return _with(circular, items)


def split(circular: Circular, change: Correction, raw: str) -> Circular:
    """The item's words from `at` on become an item of their own, with the values that stand there."""
    items = list(circular.items)
    place = item_at(circular, change, raw)
    item = items[place]
    at = found(change.after, raw, item.span)[0] if change.after is not None else -1
    if any(other.span[0] == at for other in items):
        return circular  # read so by now
    if not item.span[0] < at < item.span[1]:
        raise Stale("拆分的位置不在这个事项里")
    second = _second(circular, item, at, raw)
    items[place] = _part(item, at, raw, first=True)
    behind = place + 1 + sum(other.span[0] < at for other in items[place + 1 :] if _is_below(other, item))
    moved = {"parent": second.id}
    items = [
        one.model_copy(update=moved) if one.parent == item.id and one.span[0] >= at else one for one in items
    ]
    return _with(circular, [*items[:behind], second, *items[behind:]])


def join(circular: Circular, change: Correction, raw: str) -> Circular:
    """The next item of the same list becomes part of this one."""
    items = list(circular.items)
    place = item_at(circular, change, raw)
    first = items[place]
    second = following(items, place)
    if second is None or change.after is None or second.span[0] != found(change.after, raw, second.span)[0]:
        raise Stale("后面已没有可以合并的事项")
    items[place] = _joined(first, second)
    moved = {"parent": first.id}
    kept = [
        one.model_copy(update=moved) if one.parent == second.id else one for one in items if one is not second
    ]
    issues = [
        issue.model_copy(update={"item": first.id}) if issue.item == second.id else issue
        for issue in circular.issues
    ]
    return _with(circular, kept).model_copy(update={"issues": tuple(issues)})


def following(items: Sequence[Item], place: int) -> Item | None:
    """The item that `join` takes in: the next one with the same parent."""
    parent = items[place].parent
    return next((item for item in items[place + 1 :] if item.parent == parent), None)


def _joined(first: Item, second: Item) -> Item:
    update: dict[str, Any] = {"span": (first.span[0], max(first.span[1], second.span[1])), "corrected": True}
    for field, name in LISTS.items():
        own = values(first, field)
        known = {value.span for value in own}
        update[name] = (*own, *(value for value in values(second, field) if value.span not in known))
    limits = cast("tuple[TimeLimit, ...]", update["time_limits"])
    own_main = len(first.time_limits)
    update["time_limits"] = with_main(
        [limit.model_copy(update={"main": limit.main and at < own_main}) for at, limit in enumerate(limits)]
    )
    update["text"] = "\n".join(part for part in (first.text, second.title, second.text) if part)
    update["open_roles"] = tuple(dict.fromkeys((*first.open_roles, *second.open_roles)))
    update["leaders"] = (*first.leaders, *second.leaders)
    update["is_task"] = first.is_task or second.is_task
    return first.model_copy(update=update)


def _second(circular: Circular, item: Item, at: int, raw: str) -> Item:
    """The new item: its number and heading as printed from `at` on."""
    part = _part(item, at, raw, first=False)
    below = [one.span[0] for one in circular.items if one.parent == item.id and one.span[0] >= at]
    number, (start, stop) = _heading(raw, (at, min([item.span[1], *below])), _places(part))
    title = line(raw[start:stop])
    taken = {one.id for one in circular.items}
    names = (f"{item.id}-{order}" for order in count(2))
    update = {
        "id": next(name for name in names if name not in taken),
        "key": _key(circular, title),
        "number": number,
        "path": (*item.path[:-1], number),
        "title": title,
        "text": _own_text(item, raw, stop)[1].lstrip("。．；;，,、：: \n"),
    }
    return part.model_copy(update=update)


def _heading(raw: str, span: Span, places: Sequence[Span]) -> tuple[str, Span]:
    """The number and the heading of the words at `span`; a bracket with values in it is no part of a heading."""
    start, stop = span
    chars = fold(raw[start:stop])
    marks = [mark for mark in markers(chars[:20]) if mark.start == 0]
    number = raw[start : start + marks[0].stop] if marks else ""
    opened = [chars.rfind("（", 0, place[0] - start) for place in places if start <= place[0] < stop]
    end = min([stop - start, *(at for at in opened if at > 0)])
    begin, finish = heading(chars, marks[0].stop if marks else 0, end, ())
    return "".join(number.split()), (start + begin, start + finish)


def _key(circular: Circular, title: str) -> str:
    taken = {item.key for item in circular.items}
    (key,) = keys(circular.id, [title])
    names = (key if order == 1 else f"{key}~{order}" for order in count(1))
    return next(name for name in names if name not in taken)


def _part(item: Item, at: int, raw: str, *, first: bool) -> Item:
    """The half of an item before or behind `at`; what it has from elsewhere belongs to both."""

    def stays(value: Value) -> bool:
        within = item.span[0] <= value.span[0] < item.span[1]
        return not within or (value.span[0] < at) == first

    update: dict[str, Any] = {
        name: tuple(value for value in values(item, field) if stays(value)) for field, name in LISTS.items()
    }
    update["time_limits"] = with_main(update["time_limits"])
    update["leaders"] = tuple(one for one in item.leaders if (one.span[0] < at) == first)
    update["span"] = (item.span[0], at) if first else (at, item.span[1])
    update["text"] = _own_text(item, raw, at)[0 if first else 1]
    return item.model_copy(update=update | {"corrected": True})


def _own_text(item: Item, raw: str, at: int) -> tuple[str, str]:
    """The item's own words before and from the offset `at` on: they stand in the source in the same order."""
    after = raw.find(item.title, *item.span) if item.title else item.span[0]
    place = max(item.span[0], after + len(item.title))
    for cut, char in enumerate(item.text):
        if bare(char) and (place := raw.find(char, place, item.span[1]) + 1) > at:
            return item.text[:cut].strip(), item.text[cut:].strip()
        if not place:
            break
    return item.text, ""


def _places(item: Item) -> list[Span]:
    return [value.span for field in LISTS for value in values(item, field)]


def _is_below(item: Item, above: Item) -> bool:
    return above.span[0] <= item.span[0] < above.span[1]


def _with(circular: Circular, items: Sequence[Item]) -> Circular:
    return circular.model_copy(update={"items": tuple(items), "corrected": True})
