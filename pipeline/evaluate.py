"""Gold against output: precision, recall and F1 per field, and what changed since the accepted figures.

`micro` counts everything once; `macro` is the mean F1 over the circulars that hold at least five of a field
(one, for the head), so that neither one long circular nor one single name decides. A gold circular without a
readable result counts as wholly missed, so that a crash cannot raise a figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.baseline import compare, load, record, save
from pipeline.console import printable
from pipeline.matching import Json
from pipeline.readers import Unreadable
from pipeline.scoring import FIELDS, HEAD, Finding, Tally, score

OUTCOMES = {"missed": "漏", "alarm": "误报", "right": "对"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall, F1 of one field; `n` values are due in gold, `of` circulars make up the mean."""

    p: float
    r: float
    micro: float
    macro: float | None
    n: int
    of: int


@dataclass(frozen=True)
class Evaluation:
    """A folder of gold against a folder of results."""

    tallies: Sequence[Tally]
    missing: Sequence[str]

    @classmethod
    def of(cls, gold: Path, parsed: Path) -> Evaluation:
        """Score `parsed/NAME.json` against every `gold/NAME.json`."""
        tallies, missing = [], []
        for path in sorted(gold.glob("*.json")):
            result = _result(parsed / path.name)
            if result is None:
                missing.append(path.stem)
            tallies.append(score(path.stem, _gold(path), result or {}))
        return cls(tallies, missing)

    def figures(self) -> dict[str, Figures]:
        """The figures of every field that was due or claimed anywhere."""
        every = {name: _figures(name, self.tallies) for name in FIELDS}
        return {name: one for name, one in every.items() if one is not None}

    def report(self, *, list_errors: bool, as_json: bool, baseline: Path | None) -> Iterator[str]:
        """What `circulars eval` prints."""
        if list_errors:
            yield from self.errors()
        if as_json:
            yield json.dumps(self._record())
            return
        yield from _table(self.figures())
        yield from self._remarks()
        if baseline and (accepted := load(baseline)):
            yield from self.against(accepted)

    def errors(self) -> Iterator[str]:
        """Every value that is not right, a line each."""
        for tally in self.tallies:
            yield from (_line(tally.name, one) for one in tally.findings if one.outcome != "right")

    def against(self, accepted: Json) -> Iterator[str]:
        """The change since the accepted figures: field by field, then value by value."""
        for name, one in self.figures().items():
            before = (accepted["figures"].get(name) or {}).get("micro", 0.0)
            if abs(one.micro - before) >= 0.0005:
                yield f"{name:12}microF1 {before:.3f} → {one.micro:.3f}"
        changes = compare(accepted, self.tallies)
        yield f"与已认可的结果相比：改善 {len(changes.gains)} 处，退步 {len(changes.losses)} 处"
        if changes.new:
            yield f"以前没有的公文：{'、'.join(changes.new)}"
        yield from (f"+ {_line(*gain)}" for gain in changes.gains)
        yield from (f"- {_line(*loss)}" for loss in changes.losses)

    def accept(self, baseline: Path) -> None:
        """Keep this run as the one that later runs are compared with."""
        save(baseline, record(self._record(), self.tallies))

    def _record(self) -> Json:
        return {name: asdict(one) for name, one in self.figures().items()}

    def _remarks(self) -> Iterator[str]:
        """What the table does not show: results that are not there, alarms where nothing is due."""
        if self.missing:
            yield f"没有可读的结果：{'、'.join(self.missing)}"
        quiet = [tally for tally in self.tallies if not tally.due["item"]]
        alarms = sum(tally.said["item"] for tally in quiet)
        yield f"{len(quiet)} 份没有任务的公文中误报 {alarms} 条"


def _gold(path: Path) -> Json:
    gold = _result(path)
    if gold is None:
        raise Unreadable(f"{path}：不是标注文件（JSON 对象）；请检查")
    return gold


def _result(path: Path) -> Json | None:
    try:
        result = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return result if isinstance(result, dict) else None


def _figures(name: str, tallies: Sequence[Tally]) -> Figures | None:
    hit = sum(tally.hit[name] for tally in tallies)
    said = sum(tally.said[name] for tally in tallies)
    due = sum(tally.due[name] for tally in tallies)
    if not said + due:
        return None
    least = 1 if name in HEAD else 5
    each = [tally.f1(name) for tally in tallies if tally.due[name] >= least]
    return Figures(
        p=hit / said if said else 0.0,
        r=hit / due if due else 0.0,
        micro=2 * hit / (said + due),
        macro=sum(each) / len(each) if each else None,
        n=due,
        of=len(each),
    )


def _table(every: dict[str, Figures]) -> Iterator[str]:
    yield f"{'field':12}{'P':>8}{'R':>8}{'microF1':>9}{'macroF1':>9}{'gold':>7}{'of':>5}"
    for name, one in every.items():
        macro = "-" if one.macro is None else f"{one.macro:.3f}"
        yield f"{name:12}{one.p:8.3f}{one.r:8.3f}{one.micro:9.3f}{macro:>9}{one.n:7d}{one.of:5d}"


def _line(name: str, one: Finding) -> str:
    """A finding in one line: circular, field, outcome, item, value."""
    parts = (name, one.figure, OUTCOMES[one.outcome], one.where, one.value, one.detail)
    return printable("  ".join(part for part in parts if part))
