"""A store -> one file of any format: all circulars or what changed since, whole or the tasks of a unit or a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.corrections.overlay import overlay
from pipeline.corrections.texts import Lost, text_of
from pipeline.outputs import draft
from pipeline.readers import Unreadable
from pipeline.store import StoreError, open_store
from pipeline.writers import pieces
from schemas.circular import Circular, Item
from schemas.text import Source

if TYPE_CHECKING:
    from pipeline.store import Store
    from pipeline.writers.ledger.template import Template


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items: of a unit (part of its name will do), due within days; with nothing said, all."""

    department: str | None = None
    due_from: dt.date | None = None
    due_to: dt.date | None = None

    def part(self, circular: Circular) -> Circular | None:
        """The circular with the items that are wanted and the headings above them; None where none is."""
        if self == Wanted():
            return circular
        kept = {item.id for item in circular.items if self._wants(item)}
        for item in reversed(circular.items):  # a heading stands before what it is above
            if item.id in kept and item.parent:
                kept.add(item.parent)
        items = tuple(item for item in circular.items if item.id in kept)
        issues = tuple(issue for issue in circular.issues if issue.item is None or issue.item in kept)
        return circular.model_copy(update={"items": items, "issues": issues}) if items else None

    def _wants(self, item: Item) -> bool:
        units = (*item.lead_departments, *item.supporting_departments, *item.responsible_departments)
        if self.department and not any(self.department in unit.name for unit in units):
            return False
        if self.due_from is None and self.due_to is None:
            return True
        ends = [limit.end for limit in item.time_limits if limit.end]
        return any((self.due_from or end) <= end <= (self.due_to or end) for end in ends)


@dataclass(slots=True)
class Export:
    """What to write. `since`: a revision of the store or a moment; `folder`: where the paths in it lead from."""

    store: str
    form: str
    folder: Path
    since: int | dt.datetime = 0
    wanted: Wanted = Wanted()
    template: Template | None = None
    count: int = 0  # circulars written

    def save(self, out: Path) -> None:
        """Write the file, wholly or not at all."""
        with draft(out) as path, path.open("wb") as file:
            file.writelines(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The file piece by piece. `Unreadable` where something is missing."""
        try:
            with open_store(self.store) as store:
                yield from pieces(self.form, self._chosen(store), self._source, self.template)
        except StoreError as wrong:
            raise Unreadable(str(wrong)) from None

    def _chosen(self, store: Store) -> Iterator[Circular]:
        """By id, each once: a calendar or a tracker wants a task once, however many copies the archive has."""
        since = self.since if isinstance(self.since, int) else store.revision_at(self.since)
        stored = store.circulars(since=since, ledger_only=True)
        for circular in map(self.wanted.part, overlay(self.folder, stored)):
            if circular is not None:
                self.count += 1
                yield circular

    def _source(self, circular: Circular) -> Source:
        """The text that spans point into: the store has the circulars alone."""
        info = circular.source
        try:
            raw = text_of(self.folder, info)
        except Lost as reason:
            raise Unreadable(
                f"{self.form} 要用原文：{reason}；请用 --folder 指明结果文件夹，或重新解析"
            ) from None
        return Source(info.name, info.media_type, raw, info.sha256, info.encoding, text_file=info.text_file)
