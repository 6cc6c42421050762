"""`python -m tests.kills [30]`: runs that are killed at random moments and resumed, against one that nobody disturbs."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.archives import batch, generated, start, state

DOCUMENTS = 400
VICTIMS = ("worker", "parent", "both")


def main(runs: int) -> int:
    """Kill so many runs; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        bad = 0
        for number, (victim, after, same) in enumerate(kills(Path(folder), runs, DOCUMENTS), 1):
            bad += not same
            sys.stdout.write(f"{number:3} {victim:7} {after:6.2f} s  {'same' if same else 'DIFFERS'}\n")
            sys.stdout.flush()
    return 1 if bad else 0


def kills(folder: Path, runs: int, documents: int, seed: int = 1) -> Iterator[tuple[str, float, bool]]:
    """Of every run who was killed, after how many seconds, and whether the resumed results are the undisturbed ones."""
    rng = Random(seed)
    archive = generated(folder / "in", documents)
    begun = time.monotonic()
    assert batch(archive, "--out", folder / "calm").returncode == 0
    took, calm = time.monotonic() - begun, state(folder / "calm")
    for number in range(runs):
        out, victim, after = folder / f"out{number}", VICTIMS[number % 3], rng.uniform(0.3, took)
        killed(victim, after, archive, out, rng)
        again = batch(archive, "--out", out, "--resume", "--workers", str(rng.randint(1, 3)))
        yield victim, after, again.returncode == 0 and state(out) == calm


def killed(victim: str, after: float, archive: Path, out: Path, rng: Random) -> None:
    """A run of which a worker, the parent or both are killed after so many seconds."""
    process = start("batch", archive, "--out", out, "--resume")
    time.sleep(after)
    if victim != "parent" and (found := workers(process.pid)):
        _kill(rng.choice(found))
    if victim != "worker":
        process.kill()
    _, said = process.communicate(timeout=300)
    assert b"Traceback" not in said


def workers(parent: int) -> list[int]:
    """The worker processes: the children of the server that they are forked from."""
    return [worker for server in children(parent) for worker in children(server)]


def children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
    except OSError:
        return []


def _kill(process: int) -> None:
    subprocess.run(["kill", f"-{signal.SIGKILL.value}", str(process)], check=False, capture_output=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
