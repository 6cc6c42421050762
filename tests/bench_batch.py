"""`make bench-batch`: 20,000 generated circulars into shards on one core and on two, with and without the store.

Every run is a process of its own, bound to its cores. Rates are of the wall clock and of a whole run, from the start
of the program; the processor's time of all its processes stands beside them, for a machine that has other work.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.archives import ROOT, command, generated, manifest
from tests.kills import children

DOCUMENTS = 20_000
_ALONE = 2_000  # documents parsed in this process, for comparison
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """One run: seconds by the wall, of the processor, of workers at documents; megabytes by shards done."""

    seconds: float = 0.0
    processor: float = 0.0
    parsing: float = 0.0
    memory: list[tuple[int, float]] = field(default_factory=list)

    def megabytes(self, least: float, most: float) -> float:
        """The median while so much of the run was done."""
        end = self.memory[-1][0]
        return statistics.median(size for done, size in self.memory if least * end <= done <= most * end)


def main(documents: int) -> None:
    """Print the figures for so many documents."""
    with tempfile.TemporaryDirectory() as folder:
        archive = generated(Path(folder) / "in", documents)
        alone = parse_alone(archive)
        for line in report(archive, Path(folder), documents, alone):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def report(archive: Path, folder: Path, documents: int, alone: float) -> Iterator[str]:
    """The lines that are printed."""
    load = os.getloadavg()[0]
    yield f"{documents:,} documents; parsing alone {alone * 1000:.2f} ms each; load of the machine {load:.1f}"
    for store in ("none", ""):
        runs = {cores: measured(archive, folder / f"{store}{cores}", cores, store) for cores in (1, 2)}
        for cores, run in runs.items():
            name = "shards alone  " if store else "with the store"
            share = alone * documents / (cores * run.seconds)
            own, busy = alone * documents / run.processor, run.parsing / (cores * run.seconds)
            yield (
                f"{name} {cores} cores: {documents / run.seconds:7.1f} a second, {share:6.1%} of parsing alone x cores; "
                f"parsing alone is {own:6.1%} of the processor's time, workers are at documents {busy:6.1%} of theirs"
            )
        early, late = runs[2].megabytes(0.08, 0.12), runs[2].megabytes(0.95, 1.0)
        yield f"  2 cores / 1 core {runs[1].seconds / runs[2].seconds:.2f}; {early:.0f} MB at a tenth, {late:.0f} MB at the end ({late / early - 1:+.1%})"


def parse_alone(archive: Path) -> float:
    """Seconds of the processor that one document takes from its bytes to its JSON, in one process."""
    from pipeline.archive.loaded import Options, readings
    from pipeline.readers import Limits

    files = sorted(archive.rglob("*.txt"))[:_ALONE]
    begun = time.process_time()
    for path in files:
        for reading in readings(str(path), Options(), Limits()):
            assert not isinstance(reading, Exception)
            "".join(circular.model_dump_json() for circular in reading[1]).encode()
    return (time.process_time() - begun) / len(files)


def measured(archive: Path, out: Path, cores: int, store: str) -> Run:
    """A run on so many cores; `store`: the option, empty for the usual store."""
    run = Run()
    extra = ["--store", store] if store else []
    begun = time.monotonic()
    with subprocess.Popen(
        command("batch", archive, "--out", out, "--workers", str(cores), *extra),
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, range(cores)),  # noqa: PLW1509 - no threads here
    ) as process:
        while process.poll() is None:
            time.sleep(0.2)
            family = [process.pid, *descendants(process.pid)]
            done = len(list(out.glob("manifest/*")))
            run.processor = max(run.processor, sum(map(processor, family)))
            run.memory.append((done, sum(map(megabytes, family))))
    run.seconds = time.monotonic() - begun
    run.parsing = sum(entry["milliseconds"] for entry in manifest(out)) / 1000
    run.memory = [(done, size) for done, size in run.memory if size > 0]
    assert process.returncode == 0
    return run


def descendants(process: int) -> list[int]:
    found = children(process)
    return [*found, *(below for child in found for below in descendants(child))]


def processor(process: int) -> float:
    """Seconds of the processor so far, with those of its children that have ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK


def megabytes(process: int) -> float:
    """Memory, what is shared with others in equal parts."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
