"""Items in the making: a numbered unit, the words that are its own, what they say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from parsers.bearing import Manner
from parsers.time_limits import Dated, TimeMention
from parsers.voices import Voice, voice
from schemas.circular import Evidence
from schemas.duties import Expression, Trouble
from schemas.outline import Node
from schemas.text import Span

_MONTH = regex.compile("[0-9]月|年[底内]")


class Timed(NamedTuple):
    """A time of an item: as found, how it binds, what it means."""

    mention: TimeMention
    evidence: Evidence
    dated: Dated


@dataclass(slots=True, eq=False)
class Draft:
    """A numbered unit: [start, stop) are its own words; expressions and times as they were found there."""

    node: Node
    start: int
    stop: int
    heading: Span = (0, 0)
    expressions: list[Expression] = field(default_factory=list)
    times: list[Timed] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    parent: Draft | None = None
    label: str | None = None  # the number, where it is not printed at the marker
    words: tuple[Span, ...] | None = None  # its own words, where they are not all of [start, stop)
    voice: Voice | None = None  # how it speaks, once somebody asked
    tail: Span | None = None  # its words behind its sub-units: 以上材料于9月20日前报送

    @property
    def assigned(self) -> bool:
        """Does a bracket, a label or a table say who?"""
        return any(expression.assignments for expression in self.expressions)


def drafts(nodes: Sequence[Node], expressions: Sequence[Expression]) -> list[Draft]:
    """A draft a node, in reading order, with the expressions that stand in its own words."""
    found = [Draft(node, node.marker.stop, node.stop) for node in nodes]
    by_node = dict(zip(map(id, nodes), found, strict=True))
    for draft in found:
        if draft.node.parent is not None:
            draft.parent = by_node[id(draft.node.parent)]
            draft.parent.children.append(draft)
    starts = [draft.start for draft in found]
    for expression in expressions:
        index = bisect_right(starts, expression.start) - 1
        if index >= 0 and expression.start < found[index].stop:
            found[index].expressions.append(expression)
    return found


def heard(chars: str, draft: Draft, manner: Manner) -> Voice:
    """How a unit speaks; what stands below 主要做法 tells like it. `manner`: how the whole circular does."""
    if draft.voice is None:
        above = heard(chars, draft.parent, manner) if draft.parent else "orders"
        draft.voice = voice(chars, draft.start, draft.stop, manner) if above == "orders" else above
    return draft.voice


def release(found: Sequence[Draft]) -> None:
    """Parents and children hold each other: let go of that, and all is freed at once, without the collector."""
    for draft in found:
        draft.children.clear()
        draft.node.children.clear()


def lift(chars: str, found: Sequence[Draft]) -> None:
    """One responsibility after a list of sub-items belongs to the unit above them."""
    for parent in found:
        children = parent.children
        if len(children) < 2 or parent.assigned or any(child.children for child in children):
            continue
        *before, last = children
        if any(child.assigned for child in before) or not last.assigned or not _stands_last(chars, last):
            continue
        inner = last.node.marker.kind in ("number_paren", "number_half", "circle")
        if inner or _own_line(chars, last) or _is_field(chars, parent, last):
            tail = [e for e in last.expressions if e.assignments or e.fields]
            parent.expressions += tail
            last.expressions = [e for e in last.expressions if e not in tail]
            last.stop = min([last.stop, *(e.start for e in tail)])


def _stands_last(chars: str, draft: Draft) -> bool:
    """The expressions end the unit's words."""
    return not chars[draft.expressions[-1].stop : draft.stop].strip("。； \n\u3000")


def _is_field(chars: str, parent: Draft, last: Draft) -> bool:
    """整改措施：1.…2.…整改时限：…责任科室：… are the fields of one record, the list is one of them."""
    words = chars[max(parent.start, parent.stop - 8) : parent.stop].rstrip(" \n\u3000")
    if _MONTH.search(chars, parent.stop, last.start):  # the others have limits of their own
        return False
    return words.endswith(("措施：", "举措：", "任务：", "内容：")) and all(
        e.evidence == "label" for e in last.expressions if e.assignments or e.fields
    )


def _own_line(chars: str, draft: Draft) -> bool:
    """The bracket or label begins a paragraph of its own."""
    first = next(e for e in draft.expressions if e.assignments)
    return first.start > draft.start and chars[first.start - 1] == "\n" and draft.node.marker.kind == "number"
