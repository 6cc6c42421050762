"""Marks -> tree: a stack of open lists, small positive predicates, linear time.

Like a good clerk it never refuses: any text yields a tree. What does not fit stays body text; a list whose
numbers jump or repeat is kept and marked with the trouble it shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence

from schemas.outline import RANK, Marker, Node

_GAP = 6  # numbers that a damaged text may lose in a row and still go on
_JUMP = 30  # numbers that a text may lose before a list that goes on
_SHORT = 24  # characters of a heading that only heads a list
_HEADING = 40  # characters of a heading, at most
_HAN = ("han", "han_paren")
_NONE = 99  # a rank inside all others


class Outline:
    """The stack while reading: open nodes from the outermost to the innermost."""

    def __init__(self, marks: Sequence[Marker], breaks: Sequence[int], notes: Sequence[int] = ()) -> None:
        self.marks = marks
        self.after = _following(marks)
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.breaks = list(breaks)  # where an annexed document begins: every list is closed
        self.notes = deque(notes)  # where notes begin that may close them too
        self.outermost = _outermost(self.marks, breaks) if notes else []
        self.shut: list[int] = []  # where they do
        self.part = 0
        self.last: dict[str, int] = {}
        self.inside: dict[str, str] = {}  # the kind that a kind stood under when it was read last
        self.path: tuple[int, ...] = ()  # the last decimal

    def read(self) -> list[Node]:
        """Take the marks into the tree whose place and number allow it."""
        for index, marker in enumerate(self.marks):
            while self.breaks and marker.number >= self.breaks[0]:
                self._break()
            while self.notes and marker.start >= self.notes[0]:
                self._note(self.notes.popleft(), index)
            trouble = self._decimal(marker, index) if marker.path else self._trouble(marker, index)
            if trouble is not None:
                self._add(marker, index, trouble)
        return self.nodes

    def _break(self) -> None:
        self.breaks.pop(0)
        self._shut()
        self.part += 1

    def _shut(self) -> None:
        self.open.clear()
        self.last.clear()
        self.inside.clear()
        self.path = ()

    def _note(self, at: int, index: int) -> None:
        """说明：1.…2.… behind the last unit is no list of that unit; one that outer units follow is."""
        if self.outermost[index] >= RANK[self.marks[index].kind]:
            self._shut()
            self.shut.append(at)

    def _trouble(self, marker: Marker, index: int) -> str | None:
        """The trouble that the mark has in its place, "" for none; None where it is no mark."""
        depth = self._depth(marker.kind)
        return self._opens(marker, index) if depth < 0 else self._continues(marker, depth, index)

    def _depth(self, kind: str) -> int:
        """The depth at which a list of this kind is open; -1 where none is."""
        for depth, node in enumerate(self.open):
            if node.marker.kind == kind:
                return depth
        return -1

    def _continues(self, marker: Marker, depth: int, index: int) -> str | None:
        """Does the mark go on with the open list at `depth`, or begin it again?"""
        last = self.open[depth].marker.value
        if marker.value == last + 1:
            return "" if marker.strength > 1 or depth >= len(self.open) - 2 or marker.kind in _HAN else None
        if marker.value == 1:
            begins = marker.strength == 3 or (self._is_followed(index) and (marker.strength == 2 or last > 1))
            return "" if begins and (marker.strength > 1 or marker.kind in _HAN) else None
        if marker.strength == 3 and marker.value == last:
            return "numbering_repeat"
        if last < marker.value <= last + _GAP and (marker.strength >= 2 or self._is_followed(index)):
            return "numbering_gap"
        ahead = marker.strength == 3 and marker.value > last
        return "numbering_gap" if ahead and (depth == 0 or marker.value <= last + _JUMP) else None

    def _opens(self, marker: Marker, index: int) -> str | None:
        """May the mark begin a list one deeper (or, mid-document, the outermost)?"""
        last = self.last.get(marker.kind, 0)
        if marker.value == 1:
            sure = marker.kind in _HAN or self._is_first(marker, index)
            firm = marker.strength == 3 or (marker.strength == 2 and sure)
            leads = marker.kind in _HAN and self._leads(index)
            return "" if firm or leads or self._is_followed(index) else None
        if marker.value == last + 1:
            return ""  # numbering that runs through the chapters
        near = 0 < marker.value - last <= _GAP and (marker.strength == 3 or self._heads(index))
        # Where no list is open yet, the text may begin in mid-document.
        cut = marker.strength == 3 and marker.kind in _HAN and not self.open
        if near or cut or (marker.strength == 3 and self._is_followed(index)):
            return "numbering_gap"
        return (
            "numbering_gap"
            if marker.strength == 2 and self._is_followed(index) and marker.value - last <= _JUMP
            else None
        )

    def _decimal(self, marker: Marker, index: int) -> str | None:
        """1.2.3 goes on where the last one stopped, goes one deeper, or one up and on; nothing else is a mark."""
        path, last, size = marker.path, self.path, len(marker.path)
        above = self.open[-1].marker if self.open else None
        if size <= len(last) and path[:-1] == last[: size - 1]:
            ahead = path[-1] - last[size - 1]
            return (
                "" if ahead == 1 else "numbering_gap" if 1 < ahead <= _GAP and marker.strength == 3 else None
            )
        follower = self.after[index]
        if not last and follower is not None and follower.path == (*path[:-1], path[-1] + 1):
            return "" if path[-1] == 1 else "numbering_gap"
        if path[-1] != 1:
            return None
        deeper = path[:-1] == last[: size - 1] or set(path) == {1}
        sibling = size > 1 and path[0] in (last[0] + 1 if last else 1, self.last.get("number", 0))
        return "" if deeper or (sibling and (marker.strength > 1 or above is None or above.path)) else None

    def _is_followed(self, index: int) -> bool:
        """Does the next number of the same kind come before an outer list goes on?"""
        follower = self.after[index]
        return follower is not None and follower.value == self.marks[index].value + 1

    def _is_first(self, marker: Marker, index: int) -> bool:
        """（一）优化服务1.减少环节…: does the list begin right behind the heading that opened last?"""
        above = self.open[-1].marker if self.open else None
        heads = above is not None and above is self.marks[index - 1] and RANK[above.kind] < RANK[marker.kind]
        return heads and above is not None and marker.start - above.stop <= _HEADING

    def _heads(self, index: int) -> bool:
        """四、时间安排（一）…: does it stand behind a sentence, and a list begin behind its few words?"""
        marker = self.marks[index]
        return marker.strength >= 2 and marker.kind == "han" and self._leads(index)

    def _leads(self, index: int) -> bool:
        """Does a list one deeper begin right behind a heading's few words?"""
        marker, below = self.marks[index], self.marks[index + 1 : index + 2]
        begins = bool(below) and below[0].value == 1 and RANK[below[0].kind] > RANK[marker.kind]
        return begins and below[0].start - marker.stop <= _SHORT

    def _add(self, marker: Marker, index: int, trouble: str) -> None:
        self._close(marker, index)
        parent = self.open[-1] if self.open else None
        node = Node(marker, parent, len(self.open) + 1, self.part, trouble=trouble or None)
        if parent is not None:
            parent.children.append(node)
        self.open.append(node)
        self.nodes.append(node)
        self.last[marker.kind] = marker.value
        self.inside[marker.kind] = parent.marker.kind if parent else ""
        self.path = marker.path or self.path

    def _close(self, marker: Marker, index: int) -> None:
        """Close the lists that end where the mark stands."""
        depth = self._depth(marker.kind)
        if depth >= 0 and not marker.path:
            del self.open[depth:]
            return
        while self.open and self._ends(self.open[-1].marker, marker, index):
            self.open.pop()

    def _ends(self, inner: Marker, marker: Marker, index: int) -> bool:
        """Does the list of `inner` end where `marker` begins another? An outer kind ends it unless it goes on."""
        if marker.path and inner.path:
            return marker.path[: len(inner.path)] != inner.path
        if marker.path and inner.kind == "number":
            return marker.path[0] != inner.value or len(marker.path) == 1
        if RANK[inner.kind] <= RANK[marker.kind]:
            return False
        if inner.path:
            return marker.kind not in ("number", *_HAN[1:])
        again = self.inside.get(marker.kind) == inner.kind
        return marker.value != 1 or not (again or self._goes_on(inner, index))

    def _goes_on(self, inner: Marker, index: int) -> bool:
        """1.… （一）…（二）… 2.…: the outer kind may stand inside where the inner list goes on behind it."""
        for other in self.marks[index + 1 : index + 60]:
            if other.kind == inner.kind:
                return other.value == inner.value + 1 and other.strength > 1
        return False


def _outermost(marks: Sequence[Marker], breaks: Sequence[int]) -> list[int]:
    """For each mark the rank of the outermost sure one behind it in its document, a large number where none is."""
    found, rank = [_NONE] * len(marks), _NONE
    for index in range(len(marks) - 2, -1, -1):
        mark, behind = marks[index], marks[index + 1]
        cut = bisect_right(breaks, mark.start)
        if cut < len(breaks) and breaks[cut] <= behind.start:
            rank = _NONE
        elif behind.strength == 3:
            rank = min(rank, RANK[behind.kind])
        found[index] = rank
    return found


def _following(marks: Sequence[Marker]) -> list[Marker | None]:
    """For each mark the next of its kind with another number; None where an outer list goes on before it."""
    found: list[Marker | None] = [None] * len(marks)
    coming: dict[str, tuple[Marker, Marker | None]] = {}
    for index in range(len(marks) - 1, -1, -1):
        marker = marks[index]
        later = coming.get(marker.kind)
        if later is not None:
            first, second = later
            other = (
                first.strength == 1 and first.value != marker.value + 1
            )  # glued somewhere, perhaps no mark
            found[index] = second if other or first.value == marker.value else first
        coming[marker.kind] = (marker, found[index])
        if marker.strength == 3 and marker.value > 1:
            for kind in [kind for kind in coming if RANK[kind] > RANK[marker.kind]]:
                del coming[kind]
    return found


def outline(
    marks: Iterable[Marker],
    stop: int,
    breaks: Sequence[int] = (),
    signed: int | None = None,
    notes: Sequence[int] = (),
) -> list[Node]:
    """The numbered units in reading order, each with its parent, its own words' end and its whole end.

    `stop`: where the numbered body ends; `breaks`: where annexed documents begin; `signed`: where the words of the
    notice before them end, above its signature; `notes`: where lines like 说明：1.… begin.
    """
    reading = Outline(list(marks), breaks, notes)
    nodes = reading.read()
    _end(nodes, stop, sorted({*breaks, *reading.shut, stop if signed is None else signed}))
    return nodes


def _end(nodes: Sequence[Node], stop: int, breaks: Sequence[int]) -> None:
    """Say where each unit ends: at the next mark, at an annex, or where the body does."""
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        cut = bisect_right(breaks, node.marker.number)
        limit = breaks[cut] if cut < len(breaks) else stop
        following = nodes[index + 1].marker.start if index + 1 < len(nodes) else limit
        node.stop = node.end = min(limit, following)
        if node.children:
            node.end = node.children[-1].end
