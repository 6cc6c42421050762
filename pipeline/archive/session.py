"""A run from outside: the place, the engine, the signals that end it; what is said at its end."""

from __future__ import annotations

import datetime as dt
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import FrameType

from pipeline.archive import engines
from pipeline.archive.batch import Request, batch, tell
from pipeline.archive.engines import Engine
from pipeline.archive.feed import DATABASE, SQLITE
from pipeline.archive.inputs import files
from pipeline.archive.manifest import Entry
from pipeline.archive.places import Place, place
from pipeline.archive.shards import SIZE
from pipeline.archive.tasks import Interrupted, Job
from pipeline.archive.version import version
from pipeline.console import say
from pipeline.readers import Limits, Unreadable
from pipeline.writers import Unwritable

NO_STORE = "none"


@dataclass(frozen=True)
class Session:
    """What a user asks for; `out`, `store` and `scheduler` as typed."""

    out: str
    limits: Limits
    issue_date: dt.date | None = None
    store: str | None = None
    workers: int | None = None
    scheduler: str | None = None
    resume: bool = False
    size: int = SIZE
    formats: Sequence[str] = ()

    def request(self, there: Place) -> Request:
        """The same for a run into that place."""
        job = Job(version(), self.limits, self.issue_date)
        return Request(there, job, self._store(there), self.resume, self.size)

    def engine(self) -> AbstractContextManager[Engine]:
        """Who does it."""
        if self.scheduler:
            return engines.dask(self.scheduler)
        return engines.local(self.workers or engines.cores())

    def _store(self, there: Place) -> str | None:
        if self.store is None:
            return f"{SQLITE}{there.folder / DATABASE}" if there.folder else None
        return None if self.store == NO_STORE else self.store


def run(paths: Sequence[str], session: Session) -> bool:
    """One run over the files that `paths` mean; were all of them read?"""
    there = place(session.out)
    found = files(paths, session.out)
    if not found:
        raise Unreadable(f"{'、'.join(paths)} 里没有文件；请检查路径")
    if there.folder is None and session.store is None:
        say("结果不在本机，不建 SQLite 数据库；需要时请加 --store postgresql://…")
    try:
        with there.alone(), stoppable() as stop, session.engine() as engine:
            entries = batch(found, session.request(there), engine, stop)
            _write(entries, there, session)
            return tell(entries, session.out)
    except Unwritable as wrong:
        say(str(wrong))
        return False
    except Interrupted as ended:
        say(resumable(ended))
        return False


def _write(entries: Sequence[Entry], there: Place, session: Session) -> None:
    """The whole archive in every format that was asked for."""
    for form in session.formats:
        from pipeline.archive.ledger import write

        say(f"已写出 {session.out}/{write(there, entries, form)}")


def resumable(ended: Interrupted) -> str:
    """Why a run ended, and what can be done.

    >>> resumable(Interrupted("已停止"))
    '已停止。已完成的都已保存，加 --resume 可以接着做'
    """
    return f"{ended}。已完成的都已保存，加 --resume 可以接着做"


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Ctrl-C and SIGTERM end the run in good order; a second one ends it at once."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heed(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, heed)
    try:
        yield stop
    finally:
        for number, former in before.items():
            signal.signal(number, former)
