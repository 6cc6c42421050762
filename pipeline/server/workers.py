"""Worker processes, each for one file at a time: whatever happens to one costs its file and no other."""

from __future__ import annotations

import asyncio
import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from pipeline.server.problems import Problem
from pipeline.server.work import Job, Outcome, serve

_GRACE = 5  # seconds beyond the limit, then a process that does not heed its own alarm is ended
_START = 30  # seconds that the first job of a process may take longer


class Worker:
    """One process, started when it is needed and replaced when it has ended."""

    def __init__(self, context: BaseContext) -> None:
        self._context = context
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def run(self, job: Job) -> Outcome:
        """The outcome of a job; `Problem` where the process did not live to tell it."""
        pipe, fresh = self._ready()
        try:
            pipe.send(job)
            if not pipe.poll(job.limits.seconds + _GRACE + (_START if fresh else 0)):
                self.end()
                raise Problem(504, f"解析超过时间上限 {job.limits.seconds} 秒；请拆分文件")
            outcome: Outcome = pipe.recv()
        except (EOFError, OSError):
            self.end()
            raise Problem(422, "解析这份文件的进程意外中止（多半是内存不够）；请拆分文件") from None
        return outcome

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.close()
        self._process = self._pipe = None

    def _ready(self) -> tuple[Connection, bool]:
        """The pipe to a living process, and whether it has just been started."""
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe, False
        self.end()
        self._pipe, theirs = self._context.Pipe()
        # Not daemonic: a reader may start a program of its own (LibreOffice).
        self._process = self._context.Process(target=serve, args=(theirs,), name="circulars-worker")  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        return self._pipe, True


class Workers:
    """So many processes; whoever finds them all busy waits, and whoever finds too many waiting is turned away."""

    def __init__(self, number: int, waiting: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipeline.archive.loaded"])
        self._all = [Worker(context) for _ in range(number)]
        self._free = asyncio.Queue[Worker]()
        for worker in self._all:
            self._free.put_nowait(worker)
        self._room = number + waiting

    async def run(self, job: Job) -> Outcome:
        """The outcome of a job, as soon as a process is free."""
        if self._room == 0:
            raise Problem(503, "同时解析的文件太多；请稍后再试", {"retry-after": "10"})
        self._room -= 1
        try:
            worker = await self._free.get()
            return await asyncio.shield(asyncio.create_task(self._one(worker, job)))
        finally:
            self._room += 1

    async def _one(self, worker: Worker, job: Job) -> Outcome:
        """A job to its end, even where nobody waits for it any longer: only then is the process free."""
        try:
            return await asyncio.to_thread(worker.run, job)
        finally:
            self._free.put_nowait(worker)

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.end()
