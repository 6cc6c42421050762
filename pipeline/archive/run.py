"""One run over an archive: files -> documents -> shards, each parsed, written and given to the store in turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field

from pipeline.archive import manifest
from pipeline.archive.documents import Document
from pipeline.archive.engines import Engine
from pipeline.archive.feed import Feed
from pipeline.archive.former import Former
from pipeline.archive.lanes import settle
from pipeline.archive.manifest import Part
from pipeline.archive.places import Place
from pipeline.archive.progress import Progress
from pipeline.archive.shards import file
from pipeline.archive.tasks import Interrupted, Job, Outcome, Task

Placed = tuple[Document, list[str]]  # a document, and its files as they are written down
_BLINK = 0.5  # seconds after which a run looks whether it is to stop


@dataclass
class Run:
    """A run on its way. `stop`: set by whoever wants it to end."""

    place: Place
    job: Job
    engine: Engine
    feed: Feed
    former: Former
    progress: Progress
    stop: threading.Event
    pending: dict[Future[list[Outcome]], tuple[str, list[Placed]]] = field(default_factory=dict)

    def over(self, shards: dict[str, list[Document]]) -> None:
        """Do all shards; Interrupted where that does not come to its end."""
        for name, documents in shards.items():
            placed = [
                (document, [self.place.seen(path) for path in document.paths]) for document in documents
            ]
            if self.former.has(name, placed):
                self._pass(name)
                continue
            while len(self.pending) >= self.engine.ahead:
                self._collect()
            self._send(name, placed)
        while self.pending:
            self._collect()

    def _pass(self, shard: str) -> None:
        """A shard that stands there from an earlier run."""
        if self.stop.is_set():
            raise Interrupted("已停止")
        sha256, files = self.former.whole[shard]
        if self.feed.needs(shard, sha256):
            part = Part.read(self.place.read(manifest.name(shard)) or b"")
            if part:
                self.feed.give(part, self.place.read(file(shard)) or b"")
        self.progress.advance(files, 0)

    def _send(self, shard: str, placed: list[Placed]) -> None:
        tasks = [
            Task(document.paths[0], document.sha256, seen[0])
            for document, seen in self._fresh(placed)
            if document.sha256
        ]
        self.pending[self.engine.executor.submit(settle, tasks, self.job)] = shard, placed

    def _fresh(self, placed: Sequence[Placed]) -> Iterator[Placed]:
        """The documents of a shard that are to be parsed."""
        return (
            one for one in placed if not one[0].trouble and (one[0].sha256, one[1][0]) not in self.former.kept
        )

    def _collect(self) -> None:
        """Write the shards that are parsed by now."""
        done, _ = wait(self.pending, _BLINK, FIRST_COMPLETED)
        if self.stop.is_set():
            raise Interrupted("已停止")
        for future in done:
            shard, placed = self.pending.pop(future)
            try:
                self._write(shard, placed, iter(future.result()))
            except CancelledError:
                raise Interrupted("与调度器的连接断了，没有做完") from None

    def _write(self, shard: str, placed: list[Placed], fresh: Iterator[Outcome]) -> None:
        """Texts before the shard that points into them, the part that vouches for both last."""
        outcomes = self._outcomes(placed, fresh)
        rows = [(document, seen, outcome) for (document, seen), outcome in zip(placed, outcomes, strict=True)]
        data, part = manifest.assembled(shard, rows, self.job)
        for outcome in outcomes:
            for name, text in outcome.texts.items():
                self.place.write(name, text)
        self.place.write(file(shard), data)
        self.place.write(manifest.name(shard), part.render())
        self.feed.give(part, data)
        self.progress.advance(len(part.entries), _failures(part))

    def _outcomes(self, placed: Sequence[Placed], fresh: Iterator[Outcome]) -> list[Outcome]:
        shards: dict[str, bytes] = {}
        made = []
        for document, seen in placed:
            kept = self.former.kept.get((document.sha256, seen[0]))
            if document.trouble:
                made.append(Outcome("failed", document.trouble))
            elif kept:
                shard = kept.first.shard
                shards[shard] = shards[shard] if shard in shards else self.place.read(file(shard)) or b""
                made.append(kept.outcome(shards[shard]))
            else:
                made.append(next(fresh))
        return made


def _failures(part: Part) -> int:
    return sum(entry.status != "ok" for entry in part.entries)
