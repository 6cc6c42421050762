"""What stands on a printed page: lines of words with their places, in points or pixels from the upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """Words printed on one line without a wide gap, and the box around them.

    `score`: how sure it is that these are the words, 0 to 1. `at`: the middle of every character, where it is known.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    words: str
    score: float = 1.0
    at: tuple[float, ...] = ()

    @property
    def em(self) -> float:
        """The width of one Han character.

        >>> Line(10, 0, 50, 12, "6月底前").em
        11.428571428571429
        """
        return (self.x1 - self.x0) * 2 / max(cells(self.words), 1)

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    def centres(self) -> Sequence[float]:
        """Where every character stands; estimated from the widths of characters where nobody measured."""
        if self.at:
            return self.at
        half = self.em / 2
        ends = accumulate(_width(char) * half for char in self.words)
        return [self.x0 + end - _width(char) * half / 2 for end, char in zip(ends, self.words, strict=True)]


class Box(NamedTuple):
    """A cell of a table with borders: its place on the page and in the grid."""

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table with borders; `words[i]` are the lines in `boxes[i]`."""

    x0: float
    top: float
    x1: float
    bottom: float
    boxes: tuple[Box, ...]
    words: tuple[list[Line], ...] = field(compare=False)

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def edges(self) -> list[float]:
        """Where its columns part."""
        return sorted({x for box in self.boxes for x in (box.x0, box.x1)})

    @property
    def height(self) -> int:
        """The number of its rows."""
        return max(box.row + box.rows for box in self.boxes)


@dataclass(slots=True)
class Sheet:
    """A page: its size, the lines that stand outside tables, its tables, what was read and set aside.

    `note`: why nothing could be read from it.
    """

    width: float
    height: float
    lines: list[Line]
    tables: list[Ruled] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    note: str = ""


def cells(words: str) -> int:
    """The half-width cells that words take.

    >>> cells("6月底前")
    7
    """
    return (len(words.encode("utf-8", "replace")) + len(words)) // 2


def pitch(rows: Sequence[Sequence[Line]]) -> float:
    """How far it is from one row of a paragraph to the next; 0 where there are too few."""
    tops = [row[0].middle for row in rows]
    steps = sorted(below - above for above, below in pairwise(tops))
    return steps[len(steps) // 4] if len(steps) > 2 else 0.0


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines side by side, from top to bottom, each row from left to right."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        last = found[-1][-1] if found else None
        if last and min(last.bottom, line.bottom) - max(last.top, line.top) > 0.5 * min(
            last.bottom - last.top, line.bottom - line.top
        ):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row) for row in found]


def _width(char: str) -> int:
    return 1 if char < "\u0300" else 2
