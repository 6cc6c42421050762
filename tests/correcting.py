"""Corrections for tests: made like a person makes them, one after the other."""

import datetime as dt
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from pipeline.corrections import Change, Correction, Outdated, apply, corrected_by
from pipeline.corrections.change import LISTS
from pipeline.corrections.lists import values
from pipeline.run import parse
from schemas.circular import Circular, Item
from schemas.text import Source

NOW = dt.datetime(2022, 4, 1, 8, 0, tzinfo=dt.UTC)


def source_of(text: str, name: str = "通知.txt") -> Source:
    return Source(name, "text/plain", text, "0" * 64, "utf-8")


@dataclass
class Desk:
    """A circular on somebody's desk."""

    source: Source
    made: list[Correction] = field(default_factory=list)

    @property
    def parsed(self) -> Circular:
        return parse(self.source)[0]

    @property
    def shown(self) -> Circular:
        return self.applied()[0]

    def applied(self) -> tuple[Circular, list[Outdated]]:
        return apply(self.parsed, self.made, self.source.raw)

    def item(self, number: str) -> Item:
        return next(item for item in self.shown.items if item.number == number)

    def span(self, words: str) -> tuple[int, int]:
        start = self.source.raw.index(words)
        return start, start + len(words)

    def do(self, **change: Any) -> Circular:
        """Make a correction; the circular as it is now."""
        made = corrected_by(self.parsed, self.made, Change(**change), self.source.raw, NOW)
        self.made.append(made)
        return self.shown

    def reads(self, text: str) -> None:
        """The file has another text now."""
        self.source = replace(self.source, raw=text)


def some(desk: Desk, random: Random, number: int) -> None:
    """That many corrections of any kind, wherever they fit."""
    for _ in range(number * 20):
        if len(desk.made) == number:
            return
        try:
            desk.do(**_any(desk.shown, random, len(desk.source.raw)))
        except ValueError:  # what makes no sense or does not fit
            continue


def _any(circular: Circular, random: Random, size: int) -> dict[str, Any]:
    item = random.choice(circular.items)
    name = random.choice(list(LISTS))
    change: dict[str, Any] = {
        "op": random.choice(("set", "add", "delete", "split", "join", "accept")),
        "item": item.key,
        "field": name,
    }
    start = random.randrange(*item.span)
    words = (start, min(start + random.randint(1, 12), size))
    index = random.randrange(max(1, len(values(item, name))))
    if change["op"] == "set":
        ways: list[dict[str, Any]] = [{"span": words}, {"end": dt.date(2022, 7, 1)}, {"to_field": "lead"}]
        return change | {"index": index} | random.choice(ways)
    if change["op"] in {"delete", "accept"}:
        return change | {"index": index}
    more: dict[str, dict[str, Any]] = {"add": {"span": words}, "split": {"at": start}, "join": {}}
    return change | more[change["op"]]
