"""Marks -> tree: a stack of open lists, small positive predicates, linear time.

Like a good clerk it never refuses: any text yields a tree. What does not fit stays body text; a list whose
numbers jump or repeat is kept and marked with the trouble it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.outline import RANK, Marker, Node

_GAP = 6  # numbers that a damaged text may lose in a row and still go on


class Outline:
    """The stack while reading: open nodes from the outermost to the innermost."""

    def __init__(self, breaks: Sequence[int]) -> None:
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.breaks = list(breaks)  # where an annexed document begins: every list is closed
        self.part = 0
        self.last: dict[str, int] = {}

    def level(self, kind: str) -> int:
        """The depth at which a list of this kind is open; -1 where none is."""
        for depth, node in enumerate(self.open):
            if node.marker.kind == kind:
                return depth
        return -1

    def place(self, marker: Marker, after: Sequence[Marker]) -> None:
        """Take the mark into the tree if its place and number allow it."""
        while self.breaks and marker.start >= self.breaks[0]:
            self.breaks.pop(0)
            self.open.clear()
            self.last.clear()
            self.part += 1
        depth = self.level(marker.kind)
        trouble = self._continues(marker, depth, after) if depth >= 0 else self._opens(marker, after)
        if trouble is not None:
            self._add(marker, depth, trouble)

    def _continues(self, marker: Marker, depth: int, after: Sequence[Marker]) -> str | None:
        """Does the mark go on with the open list at `depth`? The trouble it has in doing so, "" for none."""
        last = self.open[depth].marker.value
        if marker.value == last + 1:
            return "" if marker.strength > 1 or _sane(marker, depth, self.open) else None
        if marker.value == 1:
            firm = marker.strength == 3 or (marker.strength == 2 or marker.kind == "han") and _followed(marker, after)
            return "" if firm else None
        if marker.strength == 3 and marker.value == last:
            return "numbering_repeat"
        if last < marker.value <= last + _GAP and marker.strength >= 2:
            return "numbering_gap"
        return "numbering_gap" if marker.strength == 3 and marker.value > last and depth == 0 else None

    def _opens(self, marker: Marker, after: Sequence[Marker]) -> str | None:
        """May the mark begin a list one deeper (or, mid-document, the outermost)?"""
        if marker.value == 1:
            firm = marker.strength == 3 or (marker.strength == 2 and marker.kind in ("han", "han_paren"))
            return "" if firm or _followed(marker, after) else None
        if marker.value == self.last.get(marker.kind, 0) + 1:
            return ""  # numbering that runs through the chapters
        if marker.strength == 3 or (marker.strength == 2 and _followed(marker, after)):
            return "numbering_gap" if marker.value - self.last.get(marker.kind, 0) <= 30 else None
        return None

    def _add(self, marker: Marker, depth: int, trouble: str) -> None:
        if depth < 0:
            depth = len(self.open)
            while depth and RANK[self.open[depth - 1].marker.kind] > RANK[marker.kind]:
                depth -= 1
        del self.open[depth:]
        parent = self.open[-1] if self.open else None
        node = Node(marker, parent, depth + 1, self.part, trouble=trouble or None)
        if parent is not None:
            parent.children.append(node)
        self.open.append(node)
        self.nodes.append(node)
        self.last[marker.kind] = marker.value


def _followed(marker: Marker, after: Sequence[Marker]) -> bool:
    """Does the next number of the same kind come before the list begins again?"""
    for other in after:
        if other.kind == marker.kind and other.value != marker.value:
            return other.value == marker.value + 1
        if RANK[other.kind] < RANK[marker.kind] and other.strength == 3 and other.value > 1:
            return False
    return False


def _sane(marker: Marker, depth: int, open_: Sequence[Node]) -> bool:
    """A glued mark goes on with the innermost lists only, where the words before it are few."""
    return depth >= len(open_) - 2 or marker.kind in ("han", "han_paren")


def outline(marks: Iterable[Marker], stop: int, breaks: Sequence[int] = ()) -> list[Node]:
    """The numbered units in reading order, each with its parent, its own words' end and its whole end.

    `stop`: where the numbered body ends; `breaks`: where annexed documents begin.
    """
    found = list(marks)
    reading = Outline(breaks)
    for index, marker in enumerate(found):
        reading.place(marker, found[index + 1 : index + 200])
    _close(reading.nodes, stop, breaks)
    return reading.nodes


def _close(nodes: list[Node], stop: int, breaks: Sequence[int]) -> None:
    """Say where each unit ends: at the next mark, at an annex, or where the body does."""
    ends = [*breaks, stop]
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        limit = next((end for end in ends if end > node.marker.start), stop)
        following = nodes[index + 1].marker.start if index + 1 < len(nodes) else limit
        node.stop = node.end = min(limit, following)
        if node.children:
            node.end = node.children[-1].end
