"""Worker processes, each driven by a thread of its own: when one ends, it is known which document it was at.

The processes are forks of a server that has loaded the parser and runs no thread. A process that does not come
back (killed, out of memory, crashed in foreign code, ended because it did not heed its time) costs nothing but
time: the documents around the one it was at are parsed anew, that one is tried once more alone, then set aside.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from ctypes import c_long
from multiprocessing import connection

from pipeline.archive.tasks import Interrupted, Job, Outcome, Tasks
from pipeline.archive.version import version

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_NOWHERE = -1
_RENEWED = (
    16  # shards after which a process makes way for a fresh one, with what caches and libraries have piled up
)


class Lane:
    """One worker process, and the place where it notes which document it is at."""

    def __init__(self) -> None:
        multiprocessing.current_process().daemon = (
            False  # dask's workers are daemons, which may have no children
        )
        context = multiprocessing.get_context(_METHOD)
        if _METHOD == "forkserver":
            multiprocessing.set_forkserver_preload(["pipeline.archive.loaded"])
        self.position: c_long = context.RawValue(c_long, _NOWHERE)
        self.runs = 0
        self.pool = ProcessPoolExecutor(1, context, initializer=_begin, initargs=(self.position,))
        _lanes.add(self)

    def run(self, tasks: Tasks, job: Job) -> list[Outcome]:
        """Parse in the process; BrokenProcessPool when it ends."""
        self.position.value = _NOWHERE
        self.runs += 1
        return self.pool.submit(_work, tasks, job).result()

    def close(self) -> None:
        """End the process, and wait for it: a pool that is still closing when Python ends may print a traceback."""
        self.pool.shutdown()
        _lanes.discard(self)


class _Here(threading.local):
    """The lane of this thread; in a worker process, the place for its notes."""

    lane: Lane | None = None
    position: c_long


_here = _Here()
_lanes: set[Lane] = set()  # whose process may run
_stopped = threading.Event()


def _begin(position: c_long) -> None:
    """Make this process a worker: the parent alone hears Ctrl-C, and without the parent there is no worker."""
    _here.position = position
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(tasks: Tasks, job: Job) -> list[Outcome]:
    from pipeline.archive.work import work

    return work(tasks, job, _here.position)


def settle(tasks: Tasks, job: Job, *, again: bool = True) -> list[Outcome]:
    """What became of every document, in order, whatever happens to the process that parses them.

    `again`: a process that ends is given a second chance with the document it was at.
    """
    if not tasks:
        return []
    if job.version != version():
        raise Interrupted(f"工作节点上的程序是 {version()}，与这里的 {job.version} 不同；请装同一版本")
    lane = _here.lane = _here.lane or Lane()
    begun = time.monotonic()
    try:
        made = lane.run(tasks, job)
    except BrokenProcessPool:
        made = None
    if made is None or lane.runs == _RENEWED:
        _here.lane = None
        lane.close()
    if made is not None:
        return made
    if _stopped.is_set():
        raise Interrupted("已停止")
    return _parted(tasks, job, lane.position.value, time.monotonic() - begun, again=again)


def _parted(tasks: Tasks, job: Job, at: int, seconds: float, *, again: bool) -> list[Outcome]:
    """After the process ended at document `at`."""
    if at == _NOWHERE:
        if not again:
            raise Interrupted("工作进程一启动就退出；请检查内存和程序安装")
        return settle(tasks, job, again=False)
    if len(tasks) > 1:
        parts = tasks[:at], tasks[at : at + 1], tasks[at + 1 :]
        return [outcome for part in parts for outcome in settle(part, job)]
    return settle(tasks, job, again=False) if again else [_quarantined(job, seconds)]


def _quarantined(job: Job, seconds: float) -> Outcome:
    limits = job.limits
    why = (
        f"解析超过时间上限 {limits.seconds} 秒而且停不下来"
        if seconds > limits.seconds
        else f"解析它的进程两次异常退出（程序崩溃，或内存超过系统所有；上限 {limits.memory} MB）"
    )
    return Outcome("quarantined", f"{why}，已隔离；请单独检查这份文件", milliseconds=round(seconds * 1000, 3))


def start() -> None:
    """Worker processes that end are taken for an accident again."""
    _stopped.clear()


def stop() -> None:
    """End the worker processes of this program now; what they were at is not done."""
    _stopped.set()
    for process in multiprocessing.active_children():
        process.kill()


def end() -> None:
    """No worker process is left, once no thread drives one."""
    for lane in list(_lanes):
        lane.close()
