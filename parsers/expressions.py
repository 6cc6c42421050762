"""Where responsibility stands: brackets and labelled fields anywhere in a circular."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from parsers import departments, roles
from parsers.departments import Familiar
from parsers.labels import Label, find
from schemas.duties import Assignment, Expression, Unit
from schemas.text import Span

_CLUE = regex.compile(
    "牵头|负责|配合|责任|主办|协办|会办|参与|落实|承办|指导|实施|协助|单位|部门|时限|期限|时间|处室|科室|主抓|领导"
)
_LONGEST = 600  # characters of a bracket or a label's value


def expressions(chars: str, start: int, stop: int, bounds: Sequence[int], familiar: Familiar) -> list[Expression]:
    """Every bracket and labelled field that assigns a task, in reading order, without overlaps.

    `bounds`: where numbered units begin; no value reaches over one.
    """
    found = list(_bracketed(chars, brackets(chars, start, stop), familiar))
    found += _labelled(chars, start, stop, bounds, found, familiar)
    return sorted(found, key=lambda expression: expression.start)


def brackets(chars: str, start: int, stop: int) -> list[Span]:
    """All pairs （…）, the outer before the inner; no pair reaches over a paragraph's end.

    >>> brackets("A（B（C））D", 0, 9)
    [(1, 8), (3, 6)]
    """
    pairs: list[Span] = []
    open_: list[int] = []
    for match in regex.finditer("[（）\n]", chars, pos=start, endpos=stop):
        if match[0] == "（":
            open_.append(match.start())
        elif match[0] == "\n":
            open_.clear()
        elif open_:
            pairs.append((open_.pop(), match.end()))
    return sorted(pairs)


def _bracketed(chars: str, pairs: list[Span], familiar: Familiar) -> Iterator[Expression]:
    """The brackets that say who or by when; where an outer one does, its inner ones are part of it."""
    done = 0
    for start, stop in pairs:
        if start < done or not 4 <= stop - start <= _LONGEST or not _CLUE.search(chars, start, stop):
            if start >= done and _is_bare_list(chars, start, stop, familiar):
                yield _bare(chars, start, stop, familiar)
                done = stop
            continue
        reading = roles.read(chars, start + 1, stop - 1, familiar)
        if reading.assignments or reading.fields or reading.leaders:
            yield Expression(start, stop, "inline", reading.assignments, reading.fields, reading.leaders)
            done = stop


def _is_bare_list(chars: str, start: int, stop: int, familiar: Familiar) -> bool:
    """（市财政局、市税务局） behind a full stop: nothing but names, and no alias of the words before."""
    behind = start > 0 and chars[start - 1] in "。；！" and 4 <= stop - start <= 160
    return behind and departments.looks_like(chars, start + 1, stop - 1, familiar)


def _bare(chars: str, start: int, stop: int, familiar: Familiar) -> Expression:
    names = departments.split(chars, start + 1, stop - 1, familiar)
    units = tuple(Unit(name.start, name.stop, name.name, name.collective) for name in names.names)
    return Expression(start, stop, "inline", (Assignment("responsible", units, names.open, "bare list"),))


def _labelled(
    chars: str, start: int, stop: int, bounds: Sequence[int], taken: Sequence[Expression], familiar: Familiar
) -> Iterator[Expression]:
    """Labels outside brackets; labels whose values follow each other are one expression."""
    covered = [(expression.start, expression.stop) for expression in taken]
    labels = [label for label in find(chars, start, stop) if not _inside(covered, label.start)]
    run: list[Label] = []
    end = 0
    for index, label in enumerate(labels):
        following = labels[index + 1].start if index + 1 < len(labels) else stop
        if run and (chars[end : label.start].strip("，；。：、 \n\u3000*-") or _between(bounds, run[0].start, label.start)):
            yield from _fields(chars, run, end, familiar)
            run = []
        run.append(label)
        end = _value_end(chars, label.stop, min(following, stop), bounds)
    if run:
        yield from _fields(chars, run, end, familiar)


def _fields(chars: str, run: list[Label], end: int, familiar: Familiar) -> Iterator[Expression]:
    if not any(roles.named(label) for label in run):
        return
    reading = roles.read(chars, run[0].start, end, familiar)
    yield Expression(run[0].start, end, "label", reading.assignments, reading.fields, reading.leaders)


def _inside(spans: Sequence[Span], at: int) -> bool:
    index = bisect_right(spans, (at, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _between(bounds: Sequence[int], start: int, stop: int) -> bool:
    index = bisect_right(bounds, start)
    return index < len(bounds) and bounds[index] <= stop


def _value_end(chars: str, start: int, stop: int, bounds: Sequence[int]) -> int:
    """A value ends at its line's end, at a full stop, at the next label or numbered unit."""
    while start < stop and chars[start] in " \n\u3000":
        start += 1
    index = bisect_right(bounds, start - 1)
    if index < len(bounds):
        stop = min(stop, bounds[index])
    for mark in "\n。":
        at = chars.find(mark, start, min(stop, start + _LONGEST))
        if at >= 0:
            stop = at
    return min(stop, start + _LONGEST)
