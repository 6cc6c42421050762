"""What earlier runs left in the place of the results, and what of it holds today."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.archive import manifest
from pipeline.archive.documents import Document
from pipeline.archive.manifest import Entry, Part
from pipeline.archive.places import Place
from pipeline.archive.shards import file
from pipeline.archive.tasks import Job, Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that is done: the entries of its files; its lines stand in the shard that they name."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The file that was parsed."""
        return self.entries[0]

    def outcome(self, shard: bytes) -> Outcome:
        """What became of it, from the bytes of its shard."""
        first = self.first
        lines = shard[slice(*first.extent)]
        return Outcome("ok", None, first.circulars, first.items, first.milliseconds, lines)


@dataclass
class Former:
    """`paths`: every file that has a line, as written down. `kept`: the documents that need not be parsed again,
    by sha256 and path. `whole`: of each shard that is whole, the sha256 and how many files have lines in it.
    """

    paths: set[str] = field(default_factory=set)
    kept: dict[tuple[str | None, str], Kept] = field(default_factory=dict)
    whole: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def load(cls, place: Place, job: Job) -> Former:
        """All parts that lie there. A shard without its part, or with that of other bytes, was not finished."""
        made = cls()
        for part in parts(place):
            made.paths |= {entry.path for entry in part.entries}
            if part.holds(place.read(file(part.shard)), job):
                made._add(part)
        return made

    def _add(self, part: Part) -> None:
        self.whole[part.shard] = part.sha256, len(part.entries)
        for _, group in groupby(part.entries, lambda entry: (entry.sha256, entry.extent)):
            kept = Kept(tuple(group))
            if kept.first.status == "ok":  # what failed is tried again: something may have been installed
                self.kept[kept.first.sha256, kept.first.path] = kept

    def has(self, shard: str, documents: Sequence[tuple[Document, Sequence[str]]]) -> bool:
        """Does the whole shard stand there as it is to be, for these documents with their paths as written down?"""
        if shard not in self.whole or self.whole[shard][1] != sum(len(seen) for _, seen in documents):
            return False
        found = [self.kept.get((document.sha256, seen[0])) for document, seen in documents]
        return all(
            kept is not None
            and kept.first.shard == shard
            and [entry.path for entry in kept.entries] == list(seen)
            for kept, (_, seen) in zip(found, documents, strict=True)
        )

    def vanished(self, place: Place, found: set[str | None]) -> Iterator[Document]:
        """Documents that are done and whose files are gone; `found`: the contents that are still there."""
        for (sha256, path), kept in self.kept.items():
            if sha256 not in found and not os.path.lexists(place.path(path)):
                yield Document(sha256, tuple(place.path(entry.path) for entry in kept.entries))


def parts(place: Place) -> Iterator[Part]:
    """The parts that lie there, in the order of their names."""
    for name in place.names(manifest.PARTS):
        part = Part.read(place.read(f"{manifest.PARTS}/{name}") or b"")
        if part and name == f"{part.shard}.jsonl":
            yield part
