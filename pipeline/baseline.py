"""The accepted figures, kept with the project, and gains and losses against them, value by value.

The file holds no word of the circulars, which are not ours to publish: a circular and each of its wrong
values stand there as 12 hex digits. What they mean is known again when the same gold is at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from pipeline.matching import Json
from pipeline.outputs import write_whole
from pipeline.scoring import Finding, Tally


@dataclass
class Changes:
    """What became right and what became wrong, as (circular, finding); circulars unknown before."""

    gains: list[tuple[str, Finding]] = field(default_factory=list)
    losses: list[tuple[str, Finding]] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def compare(accepted: Json, found: Sequence[Tally]) -> Changes:
    """Gains and losses of a run against the accepted one."""
    changes = Changes()
    for tally in found:
        before = accepted["wrong"].get(_digits(tally.name))
        if before is None:
            changes.new.append(tally.name)
            continue
        now = _wrong(tally)
        changes.losses += [(tally.name, one) for key, one in now.items() if key not in before]
        changes.gains += [(tally.name, one) for one in _mended(tally, set(before) - now.keys())]
    return changes


def _mended(tally: Tally, gone: set[str]) -> Iterator[Finding]:
    """The findings behind digits that are wrong no more; an alarm that is gone has left only its field."""
    for one in tally.findings:
        key = _key(replace(one, outcome="missed"))
        if one.outcome == "right" and key in gone:
            gone = gone - {key}
            yield one
    for key in sorted(gone):
        yield Finding(key.split(":")[0], "", "", "alarm")


def record(figures: Json, found: Sequence[Tally]) -> Json:
    """What is kept of a run."""
    return {"figures": figures, "wrong": {_digits(tally.name): sorted(_wrong(tally)) for tally in found}}


def load(path: Path) -> Json | None:
    """The accepted run; None where there is none yet."""
    if not path.exists():
        return None
    accepted: Json = json.loads(path.read_text("utf-8"))
    return accepted


def save(path: Path, accepted: Json) -> None:
    """Accept a run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, (json.dumps(accepted, indent=1, sort_keys=True) + "\n").encode("utf-8"))


def _wrong(tally: Tally) -> dict[str, Finding]:
    return {_key(one): one for one in tally.findings if one.outcome != "right"}


def _key(one: Finding) -> str:
    return f"{one.figure}:{_digits(one.where, one.value, one.outcome)}"


def _digits(*words: str) -> str:
    return sha256("\t".join(words).encode("utf-8")).hexdigest()[:12]
