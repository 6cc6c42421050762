"""Worker processes that hang or die: it costs their file, and the next one is parsed."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pipeline.readers import Limits
from pipeline.server import workers as room
from pipeline.server.problems import Problem
from pipeline.server.work import Job, Outcome, outcome
from pipeline.server.workers import Workers
from tests.serving import SAMPLE

Trial = Callable[[Workers], Awaitable[None]]


def tried(trial: Trial, number: int = 1, waiting: int = 5) -> None:
    async def whole() -> None:
        workers = Workers(number, waiting)
        try:
            await trial(workers)
        finally:
            await asyncio.to_thread(workers.close)

    asyncio.run(whole())


def job(seconds: int = 20) -> Job:
    return Job(str(SAMPLE), Limits(seconds=seconds))


async def started(workers: Workers) -> int:
    """Parse something; the id of the process that did."""
    found = await workers.run(job())
    assert isinstance(found, Outcome)
    assert len(found.read) == 1
    process = workers._all[0]._process
    assert process is not None
    assert process.pid is not None
    return process.pid


def test_a_process_that_is_killed_costs_its_file_alone() -> None:
    async def trial(workers: Workers) -> None:
        pid = await started(workers)
        os.kill(pid, signal.SIGSTOP)
        waiting = [asyncio.create_task(workers.run(job())) for _ in range(3)]
        await asyncio.sleep(0.2)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(Problem, match="意外中止"):
            await waiting[0]
        assert [len((await one).read) for one in waiting[1:]] == [1, 1]
        assert await started(workers) != pid

    tried(trial)


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_GRACE", 0.2)

    async def trial(workers: Workers) -> None:
        os.kill(await started(workers), signal.SIGSTOP)
        with pytest.raises(Problem, match="时间上限 1 秒"):
            await workers.run(job(seconds=1))
        await started(workers)

    tried(trial)


def test_who_gives_up_frees_the_process_only_when_it_is_done() -> None:
    async def trial(workers: Workers) -> None:
        pid = await started(workers)
        os.kill(pid, signal.SIGSTOP)
        given_up = asyncio.create_task(workers.run(job()))
        await asyncio.sleep(0.1)
        given_up.cancel()
        later = asyncio.create_task(workers.run(job()))
        await asyncio.sleep(0.1)
        os.kill(pid, signal.SIGCONT)
        assert len((await later).read) == 1

    tried(trial)


def test_too_many_at_once_are_turned_away() -> None:
    async def trial(workers: Workers) -> None:
        fates = await asyncio.gather(*(workers.run(job()) for _ in range(5)), return_exceptions=True)
        turned = [fate for fate in fates if isinstance(fate, Problem)]
        assert [fate.status for fate in turned] == [503, 503]
        assert (turned[0].headers or {})["retry-after"]

    tried(trial, number=1, waiting=2)


def test_a_document_beyond_its_time_is_told_by_name(tmp_path: Path) -> None:
    row = "由市教育局牵头，市财政局、市水务局配合，6月底前完成。"
    (tmp_path / "长.txt").write_text(
        "关于检查的通知\n" + "".join(f"（{n % 9 + 1}）{row}\n" for n in range(150_000)), "utf-8"
    )

    async def trial(workers: Workers) -> None:
        found = await workers.run(Job(str(tmp_path / "长.txt"), Limits(seconds=1)))
        assert found.read == ()
        assert "1 秒" in found.troubles[0]

    tried(trial)


def test_an_outcome_never_raises(tmp_path: Path) -> None:
    gone = outcome(Job(str(tmp_path / "没有.txt"), Limits()))
    assert gone.read == ()
    assert "找不到" in gone.troubles[0]
