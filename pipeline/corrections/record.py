"""A change that somebody asks for -> the entry of the log, with the words that it is about."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from pipeline.corrections.apply import apply
from pipeline.corrections.change import LISTS, Change, Correction, Quote, Unfit
from pipeline.corrections.lists import values
from pipeline.corrections.structure import following
from pipeline.corrections.words import quote
from schemas.circular import Circular, Item
from schemas.text import Span

_LONGEST = {"title": 400, "time_limit": 200}  # characters of a value; departments are shorter still
_LONGEST_UNIT = 100
_SHOWN = 8  # characters of an item that it is told by: few, since what follows may change


def corrected_by(
    circular: Circular, made: Sequence[Correction], change: Change, raw: str, now: dt.datetime
) -> Correction:
    """The entry for a change to the circular as it stands after the corrections `made`.

    Raises `Unfit` where the change does not fit the circular: one Chinese line.
    """
    seen, _ = apply(circular, made, raw)
    item, before, after = None, None, None
    if change.item is not None:
        place = _place(seen, change.item)
        item = seen.items[place]
        before = _before(item, change, raw)
        after = _after(seen, place, change, raw)
    elif change.span is not None:
        after = _selected(change, raw, change.span)
    known = {
        "id": secrets.token_hex(8),
        "circular": circular.id,
        "time": now,
        "before": before,
        "after": after,
    }
    entry = Correction.model_validate(change.model_dump() | known)
    _, outdated = apply(circular, [*made, entry], raw)
    for one, reason in outdated:
        if one is entry:
            raise Unfit(reason)
    return entry


def _place(circular: Circular, key: str) -> int:
    for place, item in enumerate(circular.items):
        if item.key == key:
            return place
    raise Unfit(f"这份公文里没有事项 {key[:40]}；请刷新页面再试")


def _before(item: Item, change: Change, raw: str) -> Quote | None:
    """The words of the value that the change is about; those that the item begins with where it is about all of it."""
    if change.op in {"split", "join"}:
        return quote(raw, (item.span[0], min(item.span[0] + _SHOWN, item.span[1])))
    if change.op not in {"set", "delete", "accept"} or change.field not in LISTS or change.index is None:
        return None
    listed = values(item, change.field)
    if change.index >= len(listed):
        raise Unfit(f"{item.number} 没有第 {change.index + 1} 个值；请刷新页面再试")
    return quote(raw, listed[change.index].span)


def _after(circular: Circular, place: int, change: Change, raw: str) -> Quote | None:
    """The words that hold from now on; for a split and a join those that the second item begins with."""
    if change.op in {"set", "add"} and change.span is not None:
        return _selected(change, raw, change.span)
    at: int | None = None
    if change.op == "split":
        at = change.at
        item = circular.items[place]
        if at is None or not item.span[0] < at < item.span[1] or not raw[at : item.span[1]].strip():
            raise Unfit("拆分的位置要在这个事项的文字中间")
    elif change.op == "join":
        second = following(circular.items, place)
        if second is None:
            raise Unfit("后面没有同一级的事项，不能合并")
        at = second.span[0]
    return quote(raw, (at, min(at + _SHOWN, len(raw)))) if at is not None else None


def _selected(change: Change, raw: str, span: Span) -> Quote:
    if not 0 <= span[0] < span[1] <= len(raw) or not raw[slice(*span)].strip():
        raise Unfit("选中的不是原文中的字；请重新选择")
    quoted = quote(raw, span)
    most = _LONGEST.get(change.field or "", _LONGEST_UNIT)
    if len(quoted.text) > most:
        raise Unfit(f"选中的字太多（{len(quoted.text)} 个），最多 {most} 个；请只选这个值的字")
    return quoted
