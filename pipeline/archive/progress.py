"""How far a run is: a live bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pipeline.console import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_EVERY = 10.0  # seconds between plain lines
_SOON = 3.0  # seconds to the first


class Progress(Protocol):
    """Told of every shard that is done."""

    def advance(self, done: int, failed: int) -> None:
        """So many more files are through, so many of them could not be read."""


class Silent:
    """Says nothing."""

    def advance(self, done: int, failed: int) -> None:
        """As `Progress.advance`."""


@dataclass
class Lines:
    """A line now and then."""

    total: int
    begun: float = field(default_factory=time.monotonic)
    due: float = _SOON
    done: int = 0
    failed: int = 0

    def advance(self, done: int, failed: int) -> None:
        """As `Progress.advance`."""
        self.done, self.failed = self.done + done, self.failed + failed
        seconds = time.monotonic() - self.begun
        if seconds >= self.due and self.done < self.total:
            self.due = seconds + _EVERY
            rate = self.done / seconds
            left = span((self.total - self.done) / rate) if rate else "未知"
            said = f"已完成 {self.done:,}/{self.total:,} 份，未能解析 {self.failed:,}"
            say(f"{said}，每秒 {rate:,.1f} 份，约剩 {left}")


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """The bar or the lines for so many files."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield Lines(total)
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.BarColumn(),
        bars.TextColumn("{task.completed:,.0f}/{task.total:,.0f} 份　未能解析 {task.fields[failed]:,}"),
        bars.TextColumn("每秒 {task.fields[rate]:,.1f} 份　约剩"),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, bar.add_task("", total=total, failed=0, rate=0.0))


@dataclass(frozen=True)
class _Bar:
    bars: Bars
    task: TaskID

    def advance(self, done: int, failed: int) -> None:
        task = self.bars.tasks[0]
        rate = (task.completed + done) / max(task.elapsed or 0.0, 0.001)
        self.bars.update(self.task, advance=done, failed=task.fields["failed"] + failed, rate=rate)


def span(seconds: float) -> str:
    """A length of time as people say it.

    >>> span(3725), span(59)
    ('1 小时 2 分', '59 秒')
    """
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
    return f"{whole // 60} 分 {whole % 60} 秒" if whole >= 60 else f"{whole} 秒"
