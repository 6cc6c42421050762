"""`circulars watch`: what arrives in a folder is parsed as it arrives; every round is a batch that is resumed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.archive.batch import Marks, batch, look, tell
from pipeline.archive.inputs import files
from pipeline.archive.places import place
from pipeline.archive.session import Session, resumable, stoppable
from pipeline.archive.tasks import Interrupted
from pipeline.console import say

Look = dict[str, tuple[int, int] | None]


def watch(paths: Sequence[str], session: Session, seconds: float) -> bool:
    """Look every so many seconds; True when a signal ends it, False when results cannot be written."""
    there = place(session.out)
    request = replace(session.request(there), resume=True)
    marks = Marks()
    done: Look = {}
    with there.alone(), stoppable() as stop:
        say(f"正在等待 {'、'.join(paths)} 里的新文件，结果写到 {session.out}；按 Ctrl-C 结束")
        try:
            with session.engine() as engine:
                for settled in _rounds(paths, session.out, seconds, stop):
                    if settled.items() <= done.items():
                        continue
                    entries = batch(list(settled), request, engine, stop, marks)
                    told = {there.seen(path) for path, _ in settled.items() - done.items()}
                    done = settled
                    tell([entry for entry in entries if entry.path in told], session.out)
        except Interrupted as ended:
            if not stop.is_set():
                say(resumable(ended))
            return stop.is_set()
    return True


def _rounds(paths: Sequence[str], out: str, seconds: float, stop: threading.Event) -> Iterator[Look]:
    """Look after look, the files that look as they did the time before: whoever still writes is waited for."""
    before: Look = {}
    while not stop.is_set():
        now = {path: look(path) for path in files(paths, out)}
        yield {path: state for path, state in now.items() if state and before.get(path) == state}
        before = now
        stop.wait(seconds)
