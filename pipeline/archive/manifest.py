"""The manifest: a line a file. Every shard has its part of it, whose being there says that the shard is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.archive.documents import Document
from pipeline.archive.tasks import Job, Outcome, Status

MANIFEST = "manifest.jsonl"
PARTS = "manifest"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file. `extent`: the bytes where its lines stand in the shard. `same_as`: the file of the very same
    content that was parsed in its place. `milliseconds` alone may differ from run to run.
    """

    path: str
    sha256: str | None
    status: Status
    error: str | None
    circulars: int
    items: int
    shard: str
    extent: tuple[int, int]
    same_as: str | None
    milliseconds: float
    version: str

    def line(self) -> bytes:
        """As the manifest has it."""
        return line(asdict(self))

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Entry:
        """Read back."""
        start, stop = fields["extent"]
        return cls(**fields | {"extent": (start, stop)})


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one shard: the sha256 of the shard's bytes, what its results depend on, its entries."""

    shard: str
    sha256: str
    depends: dict[str, Any]
    entries: tuple[Entry, ...]

    def render(self) -> bytes:
        """A line for the shard, then a line a file."""
        head = {"shard": self.shard, "sha256": self.sha256, "depends": self.depends}
        return line(head) + b"".join(map(Entry.line, self.entries))

    @classmethod
    def read(cls, data: bytes) -> Part | None:
        """Read back; None where it is none."""
        try:
            head, *entries = map(json.loads, data.splitlines())
            return cls(head["shard"], head["sha256"], head["depends"], tuple(map(Entry.of, entries)))
        except (ValueError, KeyError, TypeError):
            return None

    def holds(self, shard: bytes | None, job: Job) -> bool:
        """Are these the bytes of the shard, and would they be the same today?"""
        return shard is not None and self.depends == depends(job) and digest(shard) == self.sha256


def name(shard: str) -> str:
    """Where the part of a shard lies.

    >>> name("00003-of-00016")
    'manifest/00003-of-00016.jsonl'
    """
    return f"{PARTS}/{shard}.jsonl"


def depends(job: Job) -> dict[str, Any]:
    """What results depend on beside the documents, as it is written down."""
    issued = job.issue_date.isoformat() if job.issue_date else None
    return {"version": job.version, "issue_date": issued, "limits": asdict(job.limits)}


def digest(data: bytes) -> str:
    """The sha256."""
    return hashlib.sha256(data).hexdigest()


def line(row: dict[str, Any]) -> bytes:
    """Compact JSON and a line feed."""
    return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def assembled(
    shard: str, documents: Sequence[tuple[Document, Sequence[str], Outcome]], job: Job
) -> tuple[bytes, Part]:
    """The bytes of a shard and its part, from its documents, their paths as written down and what became of them."""
    data = b"".join(outcome.lines for _, _, outcome in documents)
    made, at = list[Entry](), 0
    for document, seen, outcome in documents:
        made += _entries(shard, document, seen, outcome, at, job.version)
        at += len(outcome.lines)
    return data, Part(shard, digest(data), depends(job), tuple(made))


def _entries(
    shard: str, document: Document, seen: Sequence[str], outcome: Outcome, at: int, version: str
) -> Iterator[Entry]:
    for order, path in enumerate(seen):
        yield Entry(
            path=path,
            sha256=document.sha256,
            status=outcome.status,
            error=outcome.error,
            circulars=outcome.circulars,
            items=outcome.items,
            shard=shard,
            extent=(at, at + len(outcome.lines)),
            same_as=seen[0] if order else None,
            milliseconds=outcome.milliseconds,
            version=version,
        )
