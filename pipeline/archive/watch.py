"""`circulars watch`: what arrives in a folder is parsed as it arrives; every round is a batch that is resumed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.archive.batch import Marks, batch, look, tell
from pipeline.archive.inputs import files
from pipeline.archive.places import place
from pipeline.archive.session import Session, stoppable
from pipeline.archive.tasks import Interrupted
from pipeline.console import say

Look = dict[str, tuple[int, int] | None]


def watch(paths: Sequence[str], session: Session, seconds: float) -> None:
    """Look every so many seconds, until a signal ends it; Interrupted where results cannot be written."""
    there = place(session.out)
    request = replace(session.request(there), resume=True)
    marks = Marks()
    done: Look = {}
    with there.alone(), stoppable() as stop, session.engine() as engine:
        say(f"正在等待 {'、'.join(paths)} 里的新文件，结果写到 {session.out}；按 Ctrl-C 结束")
        for settled in _rounds(paths, session.out, seconds, stop):
            fresh = {path for path, state in settled.items() if done.get(path) != state}
            if not fresh:
                continue
            try:
                entries = batch(list(settled), request, engine, stop, marks)
            except Interrupted:
                if stop.is_set():
                    return
                raise
            done = settled
            told = {there.seen(path) for path in fresh}
            tell([entry for entry in entries if entry.path in told], session.out)


def _rounds(paths: Sequence[str], out: str, seconds: float, stop: threading.Event) -> Iterator[Look]:
    """Look after look, the files that look as they did the time before: whoever still writes is waited for."""
    before: Look = {}
    while not stop.is_set():
        now = {path: look(path) for path in files(paths, out)}
        yield {path: state for path, state in now.items() if state and before.get(path) == state}
        before = now
        stop.wait(seconds)
