"""`circulars batch`: an archive into shards, a manifest and a store; what is done stays done, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive import manifest
from pipeline.archive.documents import Document, documents, fingerprint
from pipeline.archive.engines import Engine, cores
from pipeline.archive.feed import feed
from pipeline.archive.former import Former, parts
from pipeline.archive.manifest import Entry
from pipeline.archive.places import Place
from pipeline.archive.progress import progress
from pipeline.archive.run import Run
from pipeline.archive.shards import SIZE, file, shards
from pipeline.archive.tasks import Interrupted, Job
from pipeline.console import say
from pipeline.readers import Unreadable

Mark = str | Unreadable
_SLICE = 1024  # files whose fingerprints are taken at once


@dataclass(frozen=True)
class Request:
    """What to do: where results go, what they depend on, the url of the store (None: none).

    `resume`: results that lie there stay where they hold, files of earlier runs belong to the archive too.
    """

    place: Place
    job: Job
    store: str | None = None
    resume: bool = False
    size: int = SIZE


@dataclass
class Marks:
    """The fingerprints of files; what has the size and time of the last look is not read again."""

    known: dict[str, tuple[tuple[int, int], Mark]] = field(default_factory=dict)

    def of(self, files: Sequence[str], stop: threading.Event) -> Iterator[tuple[str, Mark]]:
        """Each file with its fingerprint, in order."""
        with ThreadPoolExecutor(cores()) as threads:
            for start in range(0, len(files), _SLICE):
                if stop.is_set():
                    raise Interrupted("已停止")
                some = files[start : start + _SLICE]
                yield from zip(some, threads.map(self._of, some), strict=True)

    def _of(self, path: str) -> Mark:
        state = look(path)
        known = self.known.get(path)
        if known and state and known[0] == state:
            return known[1]
        mark = fingerprint(path)
        if state:
            self.known[path] = state, mark
        return mark


def look(path: str) -> tuple[int, int] | None:
    """Size and time of a file; None where it cannot be seen."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def batch(
    files: Sequence[str], request: Request, engine: Engine, stop: threading.Event, marks: Marks | None = None
) -> list[Entry]:
    """Do the archive of these files; the whole manifest.

    Raises Interrupted when it does not come to its end (`stop`, a full disk, a lost scheduler), Unreadable when
    it must not begin. What is done by then is in the manifest.
    """
    place = request.place
    former = Former.load(place, request.job)
    found = _documents(files, request, former, marks or Marks(), stop)
    try:
        _done(found, request, engine, former, stop)
        return _merged(place)
    except BaseException as end:
        with suppress(OSError):
            _merged(place)
        if isinstance(end, OSError):
            said = f"结果写不出来（{end.strerror or end}）；请检查磁盘空间和权限"
            raise Interrupted(said) from None
        if isinstance(end, Unreadable):  # of the store
            raise Interrupted(str(end)) from None
        raise


def _done(
    found: list[Document], request: Request, engine: Engine, former: Former, stop: threading.Event
) -> None:
    """All shards, and none beside them."""
    plan = shards(found, request.size)
    total = sum(len(document.paths) for document in found)
    with feed(request.place, request.store) as store, progress(total) as bar:
        Run(request.place, request.job, engine, store, former, bar, stop).over(plan)
    for part in list(parts(request.place)):
        if part.shard not in plan:
            request.place.remove(manifest.name(part.shard))
            request.place.remove(file(part.shard))


def _documents(
    files: Sequence[str], request: Request, former: Former, marks: Marks, stop: threading.Event
) -> list[Document]:
    place = request.place
    others = former.paths - {place.seen(path) for path in files}
    if request.resume:
        there = [path for path in map(place.path, others) if look(path)]
        found = documents(marks.of(sorted({*files, *there}), stop))
        gone = former.vanished(place, {document.sha256 for document in found})
        return sorted([*found, *gone], key=lambda document: document.key)
    if others:
        raise Unreadable(
            f"结果文件夹里已有其他文件的结果（{len(others):,} 份，例如 {min(others)}）；并入请加 --resume，否则请换一个 --out"
        )
    former.kept.clear()
    former.whole.clear()
    return documents(marks.of(files, stop))


def _merged(place: Place) -> list[Entry]:
    """The parts as one manifest, by path."""
    entries = {entry.path: entry for part in parts(place) for entry in part.entries}
    made = [entries[path] for path in sorted(entries)]
    place.write(manifest.MANIFEST, b"".join(map(Entry.line, made)))
    return made


def tell(entries: Sequence[Entry], where: str, most: int = 20) -> bool:
    """Say what became of the files; were all of them read?"""
    bad = [entry for entry in entries if entry.status != "ok"]
    for entry in bad[:most]:
        say(f"{entry.path}：{entry.error}")
    if len(bad) > most:
        say(f"…… 另有 {len(bad) - most:,} 份，见 {where}/{manifest.MANIFEST}")
    same = sum(entry.same_as is not None for entry in entries)
    held = sum(entry.circulars for entry in entries if entry.same_as is None)
    said = f"共 {len(entries):,} 份文件，{held:,} 份公文；内容重复 {same:,} 份，未能解析 {len(bad):,} 份；结果在 {where}"
    say(said)
    return not bad
