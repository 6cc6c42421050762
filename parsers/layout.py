"""How a text is set: where its lines begin and end, which width they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

DEEP = 4  # half-width cells: what begins a paragraph is indented by two characters
_DENSE = 85  # of a hundred lines
_FEW = 4  # lines that tell nothing of a layout


class Line(NamedTuple):
    """[start, stop) without the blanks at its ends; `left` and `right`: the half-width cells where it begins and ends.

    `length`: its characters, the blanks before it too.
    """

    start: int
    stop: int
    left: int
    right: int
    length: int


class Layout(NamedTuple):
    """How a text is set: the width of its full lines (0: lines are paragraphs), its margin, whether it indents.

    `length`: the characters of every full line where a program cut the text by counting them, else 0; `dense`: such
    lines are nearly all there are, so that hardly a paragraph ends.
    """

    width: int
    length: int
    margin: int
    indents: bool
    dense: bool = False


def even(lines: list[Line]) -> list[Line]:
    """The first line as wide as it was printed: copied from its first letter on, it lost the blanks of the others."""
    first, rest = lines[0] if lines else None, lines[1:]
    if first is None or len(lines) < _FEW or first.left or not all(line.left for line in rest):
        return lines
    left = min(line.left for line in rest)
    size = min(line.length - line.stop + line.start for line in rest)
    return [first._replace(left=left, right=first.right + left, length=first.length + size), *rest]


def measured(lines: Sequence[Line]) -> Layout:
    """The layout that the lines share."""
    if len(lines) < _FEW:
        return Layout(0, 0, 0, False)
    length = _length([line.length for line in lines])
    width = _width([line.right for line in lines]) or (length and max(line.right for line in lines))
    if not width:
        return Layout(0, 0, 0, False)
    lefts = sorted([line.left for line in lines])
    margin = lefts[len(lefts) // 5]
    deep = sum(left - margin >= DEEP for left in lefts)
    cut = sum(line.length == length for line in lines)
    return Layout(width, length, margin, deep * 10 >= len(lefts), cut * 100 >= _DENSE * len(lines))


def _length(lengths: Sequence[int]) -> int:
    """The characters of a full line: many lines have just as many, and none has more. 0 for none."""
    longest = max(lengths)
    often = lengths.count(longest) >= max(3, len(lengths) // 10)
    return longest if often and 12 <= longest <= 100 else 0


def _width(cells: Sequence[int]) -> int:
    """The width of full lines in a hard-wrapped text, in half-width cells; 0 where lines are paragraphs."""
    widest = sorted(cells)[int(len(cells) * 0.95)]
    if not 24 <= widest <= 130:
        return 0
    near = sum(count for size, count in Counter(cells).items() if widest - 4 <= size <= widest + 2)
    return widest if near >= max(3, len(cells) // 5) else 0
