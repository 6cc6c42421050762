"""Who parses the shards: the cores of this machine, or a Dask cluster through its Executor interface."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.archive.lanes import end, start, stop
from pipeline.readers import Unreadable
from pipeline.readers.parts import Part

DISTRIBUTED = Part("Dask distributed", "请安装：pip install 'circulars[cluster]'", modules=("distributed",))
_AHEAD = 2  # shards in hand for every worker, so that none waits while results are written
_PATIENCE = 5  # seconds for the scheduler to answer
_RETRIES = 10  # of a shard whose machine is lost


@dataclass(frozen=True)
class Engine:
    """`executor` takes shards; `ahead`: how many at once."""

    executor: Executor
    ahead: int


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local(workers: int) -> Iterator[Engine]:
    """A thread and a process a worker; left early, the processes are ended."""
    start()
    executor = ThreadPoolExecutor(workers)
    try:
        yield Engine(executor, workers * _AHEAD)
    except BaseException:
        stop()
        raise
    finally:
        executor.shutdown(cancel_futures=True)
        end()


@contextmanager
def dask(scheduler: str) -> Iterator[Engine]:
    """The workers of a cluster, as many as there are when the run begins."""
    if not DISTRIBUTED.installed:
        raise Unreadable(f"--engine dask {DISTRIBUTED.missing}")
    from distributed import Client

    connect: Any = Client  # its types are not declared

    try:
        client = connect(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as wrong:
        said = " ".join(str(wrong).split())
        raise Unreadable(f"连不上调度器 {scheduler}（{said}）；请检查地址，或先启动 dask scheduler") from None
    with client:
        threads = sum(client.nthreads().values())
        executor = client.get_executor(pure=False, retries=_RETRIES)
        try:
            yield Engine(executor, max(threads, _AHEAD) * _AHEAD)
        finally:
            executor.shutdown(wait=False)
