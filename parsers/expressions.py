"""Where responsibility stands: brackets and labelled fields anywhere in a circular."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from parsers.clues import ROLES, introduces, says_when
from parsers.departments import Familiar
from parsers.labels import Label, find, line_openers
from parsers.roles import Reading, is_list, read, trim
from schemas.circular import Evidence
from schemas.duties import Expression
from schemas.text import Span

_OPENING = frozenset("（【〔[")
_MARKS = "（）【】〔〕[]"
_CLUE = regex.compile(
    "牵头|负责|配合|责任|主办|主责|协办|会办|参与|落实|承办|承担|指导|实施|协助|协同|支持|参加|督导|单位|部门|时限|期限|时间"
    "|处室|科室|主抓|领导|会同"
)
_DUE = regex.compile(
    "[0-9年月日底旬度末]前|[年月]底|完成|长期|持续|全年"
)  # beside names: by when they answer
_LONGEST = 600  # characters of a bracket or a label's value
_LINE = 80  # characters of a line of names below a label
_ENDS = regex.compile(  # of a line, or of a unit: the next number follows
    r"[。；]?[\x20\u3000]*(?:\n|$|[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
)
_AT_END = "。；\n \u3000（0123456789一二三四五六七八九十"  # what _ENDS may begin with
_CONTACT = regex.compile("联系(?:人|电话|方式)")
_OF_UNITS = regex.compile(
    "[部门单位机构企业组织员科处室站所局办委厅院校会组队类方个家者地区]$"
)  # 重点部门（…）: which
_OFFICES = ("局", "委", "办", "部", "厅", "处", "科", "室")
_GAP = "，；。：、 \n\u3000*-—【】〔〕[]（）"


def expressions(
    chars: str,
    start: int,
    stop: int,
    bounds: Sequence[int],
    familiar: Familiar,
    pairs: Sequence[Span] | None = None,
) -> list[Expression]:
    """Every bracket and labelled field that assigns a task, in reading order, without overlaps.

    `bounds`: where numbered units begin; no value reaches over one. `pairs`: the brackets, where they are known.
    """
    found = list(_bracketed(chars, brackets(chars, start, stop) if pairs is None else pairs, familiar))
    found += _labelled(chars, start, stop, bounds, found, familiar)
    return sorted(found, key=lambda expression: expression.start)


def brackets(chars: str, start: int, stop: int) -> list[Span]:
    """All pairs of brackets of any shape, also mixed ones, outer before inner; none reaches over a paragraph's end.

    >>> brackets("A（B（C））D", 0, 9)
    [(1, 8), (3, 6)]
    """
    pairs: list[Span] = []
    opened: list[int] = []
    for at in _places(chars, start, stop):
        if opened and chars.find("\n", opened[-1], at) >= 0:
            opened.clear()
        if chars[at] in _OPENING:
            opened.append(at)
        elif opened:
            pairs.append((opened.pop(), at + 1))
    return sorted(pairs)


def _places(chars: str, start: int, stop: int) -> list[int]:
    """Where brackets stand, in order; a search for one character is many times faster than one for several."""
    found = []
    for mark in _MARKS:
        at = chars.find(mark, start, stop)
        while at >= 0:
            found.append(at)
            at = chars.find(mark, at + 1, stop)
    found.sort()
    return found


def _bracketed(chars: str, pairs: Sequence[Span], familiar: Familiar) -> Iterator[Expression]:
    """The brackets that say who or by when; where an outer one does, its inner ones are part of it."""
    done = 0
    for start, stop in pairs:
        if start < done or not 4 <= stop - start <= _LONGEST or not _may_assign(chars, start, stop):
            continue
        reading = read(chars, start + 1, stop - 1, familiar)
        if _assigns(chars, start, stop, reading):
            yield _expression(start, stop, "inline", reading)
            done = stop


def _may_assign(chars: str, start: int, stop: int) -> bool:
    if _closes(chars, start) or (chars[stop : stop + 1] in _AT_END and _ENDS.match(chars, stop)):
        return True
    return any(hint.search(chars, start, stop) for hint in (_CLUE, _DUE))


def _closes(chars: str, start: int) -> bool:
    """Does the bracket stand behind a sentence, or below it? There a mere list of names assigns: …。（市财政局、市税务局）."""
    before = start - 2 if chars[start - 1 : start] == "\n" else start - 1
    return before >= 0 and chars[before] in "。；！"


def _assigns(chars: str, start: int, stop: int, reading: Reading) -> bool:
    if (
        any(assignment.rule != "bare list" for assignment in reading.assignments)
        or reading.fields
        or reading.leaders
    ):
        return True
    if not reading.assignments or not all(says_when(chars, *aside) for aside in reading.asides):
        return False
    if _CONTACT.search(chars, start, stop):  # （市教育局联系人：…）
        return False
    if not reading.asides and _ENDS.match(chars, stop) and not _OF_UNITS.search(chars, start - 2, start):
        names = [chars[unit.start : unit.stop] for one in reading.assignments for unit in one.units]
        if chars[start - 1 : start] == "\n":
            said = chars.find("，", chars.rfind("\n", 0, start - 1) + 1, start) >= 0  # a sentence, no heading
            return _closes(chars, start) and (len(names) > 1 or said)
        return _closes(chars, start) or (len(names) > 1 and all(name.endswith(_OFFICES) for name in names))
    return _closes(chars, start) or any(_DUE.search(chars, *aside) for aside in reading.asides)


def _expression(start: int, stop: int, evidence: Evidence, reading: Reading) -> Expression:
    return Expression(
        start,
        stop,
        evidence,
        reading.assignments,
        reading.fields,
        reading.leaders,
        tuple(reading.asides),
        reading.troubles,
        reading.kept,
    )


def _labelled(
    chars: str, start: int, stop: int, bounds: Sequence[int], taken: Sequence[Expression], familiar: Familiar
) -> Iterator[Expression]:
    """Labels outside brackets; labels whose values follow each other are one expression."""
    covered = [(expression.start, expression.stop) for expression in taken]
    labels = [
        label for label in _labels(chars, start, stop, bounds, familiar) if not _inside(covered, label.start)
    ]
    ends = [*(label.start for label in labels[1:]), stop]
    run: list[Label] = []
    end = 0
    for label, following in zip(labels, ends, strict=False):
        if run and (chars[end : label.start].strip(_GAP) or _between(bounds, run[0].start, label.start)):
            yield from _fields(chars, run, end, familiar)
            run = []
        run.append(label)
        end = _value_end(chars, label.stop, following, bounds)
        if label.kind in ROLES:
            end = _further(chars, label.stop, end, following, bounds, familiar)
    if run:
        yield from _fields(chars, run, end, familiar)


def _labels(chars: str, start: int, stop: int, bounds: Sequence[int], familiar: Familiar) -> list[Label]:
    """Labels with a colon, and those at a line's start that lost it."""
    labels = find(chars, start, stop)
    places = {label.start for label in labels}
    for label in line_openers(chars, start, stop, bounds):
        line = chars.find("\n", label.stop, stop)
        end = _unit_end(bounds, label.start, line if line >= 0 else stop)
        if label.start not in places and introduces(chars, label, end, familiar):
            labels.append(label)
    return sorted(labels, key=lambda label: label.start)


def _fields(chars: str, run: list[Label], end: int, familiar: Familiar) -> Iterator[Expression]:
    if not any(label.kind in (*ROLES, "deadline", "leader") for label in run):
        return
    yield _expression(run[0].start, end, "label", read(chars, run[0].start, end, familiar, run))


def _inside(spans: Sequence[Span], at: int) -> bool:
    index = bisect_right(spans, (at, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _between(bounds: Sequence[int], start: int, stop: int) -> bool:
    index = bisect_right(bounds, start)
    return index < len(bounds) and bounds[index] <= stop


def _further(
    chars: str, start: int, end: int, following: int, bounds: Sequence[int], familiar: Familiar
) -> int:
    """Where a value ends that goes on below: lines of mere names under a label that stands alone or up to the next one."""
    opens = chars.find("\n", start, end + 1)
    alone = not chars[start:opens].strip() or chars.rfind("\n", start - 9, start) >= 0
    limit = _unit_end(bounds, end, following)
    while 0 <= end < limit and chars[end] == "\n":
        line = chars.find("\n", end + 1, limit)
        line = limit if line < 0 else line
        names = trim(chars, end + 1, line)
        if names[1] - names[0] > _LINE or not is_list(chars, *names, familiar):
            break
        if not alone and chars[line:following].strip(_GAP):
            break
        end = line
    return end


def _unit_end(bounds: Sequence[int], at: int, stop: int) -> int:
    """Where the unit ends in which a place lies, at `stop` at the latest."""
    index = bisect_right(bounds, at)
    return min(stop, bounds[index]) if index < len(bounds) else stop


def _value_end(chars: str, start: int, stop: int, bounds: Sequence[int]) -> int:
    """A value ends at its line's end, at a full stop, at the next label or numbered unit."""
    while start < stop and chars[start] in " \n\u3000":
        start += 1
    stop = _unit_end(bounds, start - 1, stop)
    for mark in "\n。":
        at = chars.find(mark, start, min(stop, start + _LONGEST))
        if at >= 0:
            stop = at
    return min(stop, start + _LONGEST)
