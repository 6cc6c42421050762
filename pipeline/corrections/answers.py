"""Queries of a store read through the corrections of its folder.

The few corrected circulars are asked in a store of their own, beside the whole one without them; so a query means the
same, whether something was put right or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.corrections.log import NAME, Log, by_circular
from pipeline.corrections.overlay import overlay
from pipeline.store import Answer, Filter, Store, open_store

Order = tuple[bool, str, str]


def answers(folder: Path, store: Store, wanted: Filter, limit: int | None = None) -> Iterator[Answer]:
    """The items that fit, as `Store.answers` gives them, with corrected values where `folder` has corrections."""
    corrected = set(by_circular(Log(folder / NAME).entries()[0]))
    if not corrected:
        yield from store.answers(wanted, limit)
        return
    with TemporaryDirectory() as place, open_store(str(Path(place) / "corrected.sqlite")) as beside:
        _filled(beside, folder, store, corrected)
        others = (answer for answer in store.answers(wanted) if answer.circular not in corrected)
        own = beside.answers(wanted) if beside.there else iter(())
        yield from islice(merge(others, own, key=_order), limit)


def _filled(beside: Store, folder: Path, store: Store, corrected: Collection[str]) -> None:
    """The corrected circulars, all of a file in one call as the store wants them."""
    files: dict[str, list[dict[str, object]]] = {}
    for circular in overlay(folder, store.circulars(ids=corrected)):
        files.setdefault(circular.source.path or "", []).append(circular.model_dump(mode="json"))
    for documents in files.values():
        beside.upsert(documents)


def _order(answer: Answer) -> Order:
    """By due date, what has none last, then by circular: the order of a store's answers."""
    return answer.due_date is None, str(answer.due_date), answer.circular
