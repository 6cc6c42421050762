"""`circulars watch`: files are parsed as they arrive, and the program ends when it is told to."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.archives import batch, manifest, shards, start, untimed

NOTICE = "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局；完成时限：2021年{}月底前。\n"


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    (tmp_path / "in").mkdir()
    process = start(
        "watch", tmp_path / "in", "--out", tmp_path / "out", "--interval", "0.2", "--workers", "1"
    )
    yield process
    process.kill()
    process.communicate()


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)


def test_what_arrives_is_parsed_and_what_is_still_written_waits(
    watching: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"

    def ends() -> dict[str, str]:
        return {Path(entry["path"]).name: entry["status"] for entry in manifest(out)} if there() else {}

    def there() -> bool:
        return (out / "manifest.jsonl").exists()

    (folder / "a.txt").write_text(NOTICE.format(6), "utf-8")
    until(lambda: ends() == {"a.txt": "ok"})
    with (folder / "b.txt").open("w", encoding="utf-8") as slow:
        for line in NOTICE.format(7).splitlines(keepends=True) * 8:
            slow.write(line)
            slow.flush()
            time.sleep(0.1)
            assert "b.txt" not in ends()
    until(lambda: ends() == {"a.txt": "ok", "b.txt": "ok"})
    (folder / "a.txt").write_text(NOTICE.format(8), "utf-8")
    until(lambda: any(b'"2021-08-31"' in data for data in shards(out).values()))
    os.killpg(watching.pid, signal.SIGTERM)
    assert watching.wait(timeout=30) == 0
    assert batch(folder, "--out", tmp_path / "fresh").returncode == 0
    assert (shards(out), untimed(out)) == (shards(tmp_path / "fresh"), untimed(tmp_path / "fresh"))
