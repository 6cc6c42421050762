"""What one circular may take of time and memory, held in this very process: a plain parse forks nothing.

The alarm interrupts Python code; a single long match inside a pattern ends first. Memory is a ceiling on the
address space, counted from where the process stands. Where the system knows neither, nothing is held.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from pipeline.readers import Limits, Unreadable

MEGABYTE = 1_000_000


@contextmanager
def guard(limits: Limits) -> Iterator[None]:
    """Within it, what goes beyond the limits ends as `Unreadable` with the limit's name.

    >>> with guard(Limits(seconds=60)):
    ...     len("关于印发方案的通知")
    9
    """
    with ExitStack() as held:
        held.enter_context(_memory(limits.memory))
        held.enter_context(_seconds(limits.seconds))
        try:
            yield
        except MemoryError:
            raise Unreadable(
                f"解析所需内存超过上限 {limits.memory} MB；请拆分文件，或用 --limit-memory 提高上限"
            ) from None


@contextmanager
def _seconds(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise Unreadable(f"解析超过时间上限 {seconds} 秒；请拆分文件，或用 --limit-seconds 提高上限")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    standing = _address_space()
    if standing is None:
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = standing + megabytes * MEGABYTE
    if before[0] == resource.RLIM_INFINITY or ceiling < before[0]:
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int | None:
    """The bytes of address space that the process holds now; None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return None
    import resource

    return pages * resource.getpagesize()
