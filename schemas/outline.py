"""The numbered structure of a circular."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

KINDS = (
    "part", "chapter", "section", "article", "han", "han_paren", "stage", "number", "decimal1", "decimal2", "decimal3",
    "decimal4", "number_paren", "number_half", "circle",
)  # fmt: skip
RANK = {kind: rank for rank, kind in enumerate(KINDS)}


class Marker(NamedTuple):
    """A numbering mark that was found: （一） is Marker("han_paren", 1, start, start, stop, 3).

    `strength`: 3 at a line's start, 2 after the end of a sentence, 1 glued to the words before it or damaged.
    `start` is where the line's bullet begins, `number` where the printed number does, `stop` where the words do.
    `path`: the whole number of a decimal, (1, 2) for 1.2.
    """

    kind: str
    value: int
    start: int
    number: int
    stop: int
    strength: int
    path: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Node:
    """A numbered unit: `stop` is where its own words end (the next mark), `end` where its last child's do."""

    marker: Marker
    parent: Node | None
    level: int
    part: int = 0
    stop: int = 0
    end: int = 0
    trouble: str | None = None
    children: list[Node] = field(default_factory=list)
