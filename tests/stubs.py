"""Published circulars put together by hand, for tests of what comes after the parsing."""

from hashlib import sha256
from typing import Any

from schemas.circular import Circular, Department, Issue, Item, SourceInfo, TimeLimit

RAW = "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局；配合单位：市应急局。完成时限：6月底前。\n"


def unit(name: str, **changes: Any) -> Department:
    values: dict[str, Any] = {
        "text": name,
        "name": name,
        "kind": "agency",
        "evidence": "label",
        "span": _span(name),
    }
    return Department(**(values | changes))


def limit(text: str = "6月底前", **changes: Any) -> TimeLimit:
    values: dict[str, Any] = {
        "text": text,
        "kind": "by",
        "main": True,
        "evidence": "label",
        "span": _span(text),
    }
    return TimeLimit(**(values | changes))


def item(**changes: Any) -> Item:
    values: dict[str, Any] = {
        "id": "1",
        "key": "0" * 12,
        "parent": None,
        "number": "一、",
        "level": 1,
        "path": ("一、",),
        "title": "排查隐患",
        "text": "",
        "is_task": True,
        "time_limits": (limit(),),
        "lead_departments": (unit("市水务局"),),
        "supporting_departments": (unit("市应急局"),),
        "responsible_departments": (),
        "open_roles": (),
        "leaders": (),
        "span": (12, len(RAW)),
    }
    return Item(**(values | changes))


def circular(
    *items: Item, name: str = "通知.txt", data: bytes = b"", issues: tuple[Issue, ...] = ()
) -> Circular:
    info = SourceInfo(
        name=name,
        media_type="text/plain",
        encoding="utf-8",
        sha256=sha256(data).hexdigest(),
        characters=len(RAW),
        pages=None,
        text_file=None,
    )
    head: dict[str, Any] = {"doc_number": None, "issue_date": None, "doc_type": "通知"}
    lists: dict[str, Any] = {"issuers": (), "recipients": (), "contacts": (), "attachments": ()}
    return Circular(
        id="0" * 16,
        source=info,
        title="关于做好防汛工作的通知",
        items=items or (item(),),
        issues=issues,
        **head,
        **lists,
    )


def _span(words: str) -> tuple[int, int]:
    start = max(RAW.find(words), 0)
    return start, start + len(words)
