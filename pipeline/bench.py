"""`make bench`: parsing to a JSON string against `jieba.lcut` on the same text, in one process and one run.

Prints the ratio, the speed and where the time goes, stage by stage. Ratios, not absolutes, are what to trust:
both sides are measured in turns and the best of each counts.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from pipeline.readers import read
from pipeline.run import parse
from pipeline.writers.json import dumps
from schemas.text import Source

SAMPLE = "samples/qinghai_2021_15.txt"
_ROUNDS = 15


def main(files: Sequence[str]) -> None:
    """Measure on the files, by default on the sample."""
    sources = [read(file) for file in files or [SAMPLE]]
    for line in report(sources):
        sys.stdout.write(line + "\n")


def report(sources: Sequence[Source], rounds: int = _ROUNDS) -> Iterator[str]:
    """The lines that `make bench` prints."""
    import jieba

    jieba.setLogLevel("ERROR")
    text = "".join(source.raw for source in sources)
    size = len(text.encode("utf-8"))
    to_json, lcut = race(lambda: publish(sources), lambda: jieba.lcut(text), rounds)
    yield f"{len(sources)} 份，{len(text):,} 字，{size:,} 字节（UTF-8）；{rounds} 轮取最快"
    yield f"解析为 JSON   {to_json * 1000:9.2f} ms   {size / to_json / 1e6:7.2f} MB/s"
    yield f"jieba.lcut    {lcut * 1000:9.2f} ms   {size / lcut / 1e6:7.2f} MB/s"
    yield f"比值          {lcut / to_json:9.2f}（jieba.lcut 的时间 ÷ 解析的时间）"
    yield from stages(sources, rounds)


def publish(sources: Sequence[Source]) -> str:
    """From the decoded text to the published JSON."""
    return "".join(dumps(circular) for source in sources for circular in parse(source))


def race(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The best seconds of both, run in turns after a first round that does not count."""
    times = [(_seconds(one), _seconds(other)) for _ in range(rounds + 1)][1:]
    return min(first for first, _ in times), min(second for _, second in times)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def stages(sources: Sequence[Source], rounds: int) -> Iterator[str]:
    """What `pipeline.run` calls, and the share of the time that each call takes (profiled, so slowed down)."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(rounds):
        publish(sources)
    profile.disable()
    taken = _calls_of_the_stages(profile)
    whole = sum(taken.values()) or 1.0
    for name, seconds in sorted(taken.items(), key=lambda stage: -stage[1]):
        yield f"  {name:32}{seconds / rounds * 1000:9.2f} ms {seconds / whole:7.1%}"


def _calls_of_the_stages(profile: cProfile.Profile) -> dict[str, float]:
    """Seconds, by name, of the functions that `pipeline.run` calls, and of the writer."""
    taken: dict[str, float] = {}
    for (file, _, name), (_, _, _, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        room = "/".join(file.replace("\\", "/").removesuffix(".py").split("/")[-2:])
        for (caller, _, _), (*_, cumulative) in callers.items():
            by_a_stage = caller.replace("\\", "/").endswith("pipeline/run.py") and room != "pipeline/run"
            if by_a_stage or room == "writers/json":
                label = f"{room}.{name}"
                taken[label] = taken.get(label, 0.0) + cumulative
    return taken


if __name__ == "__main__":
    main(sys.argv[1:])
