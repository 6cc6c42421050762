"""Shards -> the store. Which of them it holds is noted beside the results.

A shard may be given to the store twice, never not at all: giving is idempotent, and it is noted afterwards.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic_core import from_json

from pipeline.archive.manifest import Part
from pipeline.archive.places import Place

SQLITE = "sqlite:///"
DATABASE = "circulars.sqlite"
NOTES = "stored.json"
_EVERY = 5.0  # seconds between notes


class Store(Protocol):
    """What the archive asks of a store of circulars."""

    def upsert(self, documents: Iterable[dict[str, Any]], also: Mapping[str, Sequence[str]], /) -> None:
        """Published circulars, in one transaction; once or twice is the same. `also`: files of the same content."""


@dataclass
class Feed:
    """`held`: the sha256 of every shard that the store holds, by name. Without a store nothing happens."""

    place: Place
    store: Store | None
    name: str
    held: dict[str, str]
    noted: float = 0.0

    def needs(self, shard: str, sha256: str) -> bool:
        """Is the store still to be given this shard?"""
        return self.store is not None and self.held.get(shard) != sha256

    def give(self, part: Part, data: bytes) -> None:
        """Let the store hold a shard."""
        if self.store is None:
            return
        also: dict[str, list[str]] = defaultdict(list)
        for entry in part.entries:
            if entry.same_as is not None:
                also[entry.same_as].append(entry.path)
        self.store.upsert(map(from_json, data.splitlines()), also)
        self.held[part.shard] = part.sha256
        if time.monotonic() - self.noted > _EVERY:
            self.note()

    def note(self) -> None:
        """Write down what the store holds."""
        if self.store is not None:
            notes = {"store": self.name, "shards": self.held}
            self.place.write(NOTES, json.dumps(notes, sort_keys=True).encode("ascii"))
            self.noted = time.monotonic()


@contextmanager
def feed(place: Place, url: str | None) -> Iterator[Feed]:
    """The store at `url` (None: none) with what is noted of it; without its database the notes are void."""
    if url is None:
        yield Feed(place, None, "", {})
        return
    from pipeline.store import open_store

    name = hashlib.sha256(url.encode()).hexdigest()[:16]  # a url may hold a password
    held = _noted(place, name) if _is_there(url) else {}
    with open_store(url) as store:
        made = Feed(place, store, name, held)
        try:
            yield made
        finally:
            made.note()


def _noted(place: Place, name: str) -> dict[str, str]:
    try:
        notes = json.loads(place.read(NOTES) or b"")
        return dict(notes["shards"]) if notes["store"] == name else {}
    except (ValueError, KeyError, TypeError):
        return {}


def _is_there(url: str) -> bool:
    return not url.startswith(SQLITE) or Path(url.removeprefix(SQLITE)).exists()
