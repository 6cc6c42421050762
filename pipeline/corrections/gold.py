"""Corrected circulars as gold for `circulars eval`: what an office put right measures the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.matching import ROLES, Json, carries, names, pairs, says_when, without_inherited
from schemas.circular import Circular

_GOLD_ROLES = ("lead", "support", "responsible")


def gold(circular: Circular) -> Json:
    """The gold of a circular that a person went through, in the format that the README describes.

    Inherited values count where they stand; what says nothing of who and when is not listed.
    """
    published = circular.model_dump(mode="json")
    items = [without_inherited(item) for item in published["items"]]
    return {
        "name": circular.source.name,
        "complete": True,
        "outline": False,
        "doc": _doc(published),
        "items": [_item(item) for item in _listed(items)],
    }


def _listed(items: Sequence[Json]) -> list[Json]:
    """The items that carry something, and those that could be taken for them: of the same number and title."""
    carrying = [item for item in items if carries(item)]
    return [item for item in items if carries(item) or _is_like_one(item, carrying)]


def _is_like_one(item: Json, carrying: Sequence[Json]) -> bool:
    alike = [one for one in carrying if one["number"] == item["number"]]
    return any(next(pairs([item], [one]))[1] is not None for one in alike)


def _item(item: Json) -> Json:
    dated = [limit for limit in item["time_limits"] if says_when(limit)]
    main = next((limit for limit in dated if limit["main"]), dated[0] if dated else None)
    made: dict[str, Any] = {
        "number": item["number"],
        "path": item["path"],
        "title": item["title"],
        "deadline_text": "；".join(limit["text"] for limit in dated) or None,
        "deadline": _deadline(main),
        "deadlines": [_deadline(limit) for limit in dated],
    }
    for role, field in zip(_GOLD_ROLES, ROLES, strict=True):
        made[role] = [unit["text"] for unit in item[field]]
        expanded = [unit["name"] for unit in item[field]]
        if names(expanded) != names(made[role]):
            made[f"{role}_expanded"] = expanded
    return made


def _deadline(limit: Json | None) -> Json:
    if limit is None:
        return {"kind": "none", "start": None, "end": None}
    return {key: limit[key] for key in ("kind", "start", "end")}


def _doc(published: Json) -> Json:
    number, date = published["doc_number"] or {}, published["issue_date"] or {}
    return {
        "title": published["title"],
        "doc_number": number.get("text"),
        "issuers": [unit["text"] for unit in published["issuers"]],
        "recipients": [unit["text"] for unit in published["recipients"]],
        "date": date.get("date"),
    }
