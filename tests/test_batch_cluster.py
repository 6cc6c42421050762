"""The archive on a real Dask cluster on loopback, and in places that fsspec writes to."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.session import Session, run
from pipeline.readers import Limits
from tests.archives import ROOT, TRAP, batch, generated, manifest, shards, start, untimed

distributed: Any = pytest.importorskip("distributed", reason="needs the extra cluster")
fsspec: Any = pytest.importorskip("fsspec", reason="needs the extra cluster")


def started(*arguments: str) -> subprocess.Popen[bytes]:
    """A program of the cluster, from the folder that the guide names."""
    import os

    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": TRAP},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler with two worker processes, and these."""
    note = tmp_path / "scheduler.json"
    plain = ["--no-dashboard"]
    scheduler = started(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(note), *plain
    )
    worker = [
        "dask_worker",
        "--scheduler-file",
        str(note),
        "--nthreads",
        "1",
        "--local-directory",
        str(tmp_path),
        *plain,
    ]
    workers = [started(*worker) for _ in range(2)]
    try:
        with distributed.Client(scheduler_file=str(note), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_a_cluster_gives_the_same_and_survives_the_loss_of_a_worker(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    archive = generated(tmp_path / "in", 150)
    (archive / "crash.txt").write_text("关于测试的通知\n一、陷阱：崩溃。\n", "utf-8")
    assert batch(archive, "--out", tmp_path / "local", "--store", "none", trapped=True).returncode == 1
    out = tmp_path / "out"
    process = start(
        "batch", archive, "--out", out, "--store", "none", "--engine", "dask", "--scheduler", address
    )
    until = time.monotonic() + 60
    while not list(out.glob("manifest/*")) and time.monotonic() < until:
        time.sleep(0.02)
    workers[0].kill()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1, said.decode()
    assert [entry["status"] for entry in manifest(out)].count("quarantined") == 1
    assert (shards(out), untimed(out)) == (shards(tmp_path / "local"), untimed(tmp_path / "local"))


def test_a_scheduler_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    generated(tmp_path / "in", 1)
    wrong = batch(
        tmp_path / "in", "--out", tmp_path / "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"
    )
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "连不上调度器 tcp://127.0.0.1:9" in wrong.stderr


def test_results_go_wherever_fsspec_writes(tmp_path: Path) -> None:
    archive = generated(tmp_path / "in", 20)
    assert run([str(archive)], Session(f"file://{tmp_path}/out", Limits(), store="none", workers=1))
    assert run([str(archive)], Session("memory://archive", Limits(), workers=1))
    memory = fsspec.filesystem("memory")
    found = {
        path.rpartition("/")[2]: memory.cat_file(path) for path in memory.ls("/archive/shards", detail=False)
    }
    assert found.keys() == shards(tmp_path / "out").keys()
    assert b"".join(found.values()).count(b"\n") == 20
    before = [memory.info(path)["created"] for path in memory.ls("/archive/shards", detail=False)]
    assert run([str(archive)], Session("memory://archive", Limits(), workers=1, resume=True))
    assert before == [memory.info(path)["created"] for path in memory.ls("/archive/shards", detail=False)]
