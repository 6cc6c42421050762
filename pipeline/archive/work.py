"""What a worker process does: documents -> their lines of JSON and the texts that these point into."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import time
from collections.abc import Iterator
from ctypes import c_long
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO, TypeVar

from pipeline.archive.documents import fingerprint
from pipeline.archive.loaded import Options, confess, readings
from pipeline.archive.tasks import Job, Outcome, Task, Tasks
from pipeline.outputs import TEXT_SUFFIX, Reading
from pipeline.readers import Unreadable

GRACE = 3  # seconds beyond the limit, then a process that does not heed the alarm is ended
TEXTS = "texts"
T = TypeVar("T")


class Read(NamedTuple):
    """One reading as it is kept: the objects themselves are let go, an archive may hold thousands."""

    lines: bytes
    circulars: int
    items: int
    text: tuple[str, bytes] | None


@dataclass
class Watch:
    """The alarm ends Python code that takes too long; this ends a process that is lost in foreign code."""

    seconds: int
    nowhere: TextIO
    set: float = 0.0

    def over(self, found: Iterator[T]) -> Iterator[T]:
        """The same readings, each within its time; set anew once a second at most, for it starts a thread."""
        while True:
            if time.monotonic() - self.set > 1:
                self.set = time.monotonic()
                faulthandler.dump_traceback_later(self.seconds + GRACE, exit=True, file=self.nowhere)
            one = next(found, None)
            if one is None:
                return
            yield one


def work(tasks: Tasks, job: Job, position: c_long) -> list[Outcome]:
    """What became of the documents, in order; `position` tells the parent which one is being parsed."""
    made = []
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        watch = Watch(job.limits.seconds, nowhere)
        for at, task in enumerate(tasks):
            position.value = at
            made.append(_outcome(task, job, watch))
        faulthandler.cancel_dump_traceback_later()
    return made


def _outcome(task: Task, job: Job, watch: Watch) -> Outcome:
    begun = time.perf_counter()
    found = _survived(watch.over(readings(task.path, Options(job.issue_date), job.limits)))
    kept = [one if isinstance(one, Unreadable) else _read(one, task.seen) for one in found]
    troubles = [str(one) for one in kept if isinstance(one, Unreadable)]
    read = [one for one in kept if isinstance(one, Read)]
    if fingerprint(task.path) != task.sha256:
        troubles, read = ["文件在解析时有改动；请加 --resume 再做一次"], []
    elif not kept:
        troubles = ["里面没有公文；请检查文件内容"]
    return Outcome(
        status=("partial" if read else "failed") if troubles else "ok",
        error="；".join(troubles) or None,
        circulars=sum(one.circulars for one in read),
        items=sum(one.items for one in read),
        milliseconds=round((time.perf_counter() - begun) * 1000, 3),
        lines=b"".join(one.lines for one in read),
        texts=dict(one.text for one in read if one.text),
    )


def _survived(found: Iterator[Reading | Unreadable]) -> Iterator[Reading | Unreadable]:
    """A defect of the program costs one document and is told like what is wrong with a file."""
    try:
        yield from found
    except Unreadable as wrong:
        yield wrong
    except Exception as defect:  # noqa: BLE001 - whatever goes wrong in one document, the others are parsed
        yield Unreadable(f"未能解析，{confess(defect)}")


def _read(reading: Reading, seen: str) -> Read:
    """The circulars as published, one a line; their paths lead from the folder of the results."""
    source, circulars = reading
    text = _text(source.raw) if source.text_file else None
    placed = {"path": seen, "text_file": text[0] if text else None}
    lines = [
        circular.model_copy(update={"source": circular.source.model_copy(update=placed)}).model_dump_json()
        for circular in circulars
    ]
    items = sum(len(circular.items) for circular in circulars)
    return Read("".join(line + "\n" for line in lines).encode("utf-8"), len(lines), items, text)


def _text(raw: str) -> tuple[str, bytes]:
    """Named by the text itself: files of the same text share it, no other can take its place."""
    data = raw.encode("utf-8", "replace")
    digest = hashlib.sha256(data).hexdigest()
    return f"{TEXTS}/{digest[:2]}/{digest}{TEXT_SUFFIX}", data
