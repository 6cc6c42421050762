"""Names that stay: the id of a circular, of an item, and the key that calendars and stores hold on to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.draft import Draft
from pipeline.gate import bare
from schemas.circular import DocNumber


def circular_id(number: DocNumber | None, chars: str) -> str:
    """青总办-2021-15, or 16 hex digits of the folded text (`chars`, blanks removed) where there is no number."""
    if number is not None and number.agency and number.serial is not None:
        return "-".join(str(part) for part in (number.agency, number.year, number.serial) if part is not None)
    return hashlib.sha256("".join(chars.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def item_ids(drafts: Sequence[Draft]) -> Iterator[str]:
    """Ordinal paths: 2.1; A1.2.1 in an annex with its own numbering; T1.3 for table rows; 2.1~2 for repeats."""
    seen: Counter[str] = Counter()
    numbered = sorted({draft.node.part for draft in drafts if draft.node.marker.kind != "row"})
    prefix = {part: f"A{order}." if order else "" for order, part in enumerate(numbered)}
    paths: dict[int, str] = {}
    for draft in drafts:
        node = draft.node
        above = paths[id(node.parent)] + "." if node.parent is not None else prefix.get(node.part, "")
        if node.marker.kind == "row":
            above = f"T{node.part + 1}." if node.parent is None else above
        path = f"{above}{node.marker.value}"
        seen[path] += 1
        paths[id(node)] = path if seen[path] == 1 else f"{path}~{seen[path]}"
        yield paths[id(node)]


def keys(circular: str, titles: Sequence[str]) -> Iterator[str]:
    """12 hex digits of circular id and folded title; ~2 on repeats: stable when items are inserted."""
    seen: Counter[str] = Counter()
    for title in titles:
        key = hashlib.sha256((circular + bare(title)).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}~{seen[key]}"
