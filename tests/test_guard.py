"""Time and memory of one circular, and that the process is left as it was."""

import signal
import time

import pytest

from pipeline.guard import guard
from pipeline.readers import Limits, Unreadable

resource = pytest.importorskip("resource")


def test_beyond_the_seconds_the_line_names_the_limit() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(Unreadable, match=r"1 秒.*--limit-seconds"), guard(Limits(seconds=1)):
        time.sleep(10)
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_beyond_the_memory_the_line_names_the_limit() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(Unreadable, match=r"100 MB.*--limit-memory"), guard(Limits(memory=100)):
        bytearray(150_000_000)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_within_the_limits_nothing_happens() -> None:
    with guard(Limits(seconds=5, memory=200)):
        assert len(bytearray(100_000_000)) == 100_000_000
