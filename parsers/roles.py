"""The grammar of responsibility: A牵头，B、C按职责分工负责 · 牵头单位：A；责任单位：B · A会同B负责.

One reading for brackets, label values and clauses: labels and verbs are clues, in order; a label gives its role to
the names after it, a verb to the names before it, and a verb inside a label's value wins over the label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from parsers import departments
from parsers.departments import Familiar
from parsers.labels import Label, find, leading
from parsers.vocab import either, terms
from schemas.circular import Role
from schemas.duties import Assignment, Unit
from schemas.text import Span

ROLES: tuple[Role, ...] = ("lead", "support", "responsible")
_MANNER = (
    r"(?:按照?(?:各自)?(?:职责|职能|分工|部门|任务|法定|管理|权限|属地|有关|工作|业务|责任)[^，。；：、）]{0,12}?"
    r"|共同|分别|联合|具体|各自|分头|依职责|依法|统筹|总体|分工|积极|做好|全程)?"
)
_EXTENT = r"(?:负责|组织|落实|实施|推进|办理|抓好|抓落实|完成|开展|工作|做好|组织实施|责任)?"
_JOINT = r"(?:会同|(?<=[局委办部厅院])商(?=[省市县区州盟旗自国中各有][^，。；]))"
_CLAUSE_END = r"(?=[，。；、）：\n\x20]|$)"


@dataclass(frozen=True, slots=True)
class Clue:
    """A label or a verb: its role (or joint, deadline, leader, contact, other), where it stands, its words."""

    kind: str
    start: int
    stop: int
    words: str
    label: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says: roles, spans of time values, spans of persons."""

    assignments: tuple[Assignment, ...] = ()
    fields: tuple[Span, ...] = ()
    leaders: tuple[Span, ...] = ()


@cache
def _verbs() -> regex.Pattern[str]:
    """All role verbs, vetoes first; group name = role."""
    vetoes = either(word for term in terms("roles") for word in term.unless)
    groups = "|".join(f"(?P<{term.canonical}>{either(term.aliases)})" for term in terms("roles"))
    return regex.compile(
        rf"(?:{vetoes})(*SKIP)(*FAIL)|(?P<joint>{_JOINT}(?=[^，。；]{{2,80}}(?:负责|牵头|落实|$)))"
        rf"|{_MANNER}(?:{groups}){_EXTENT}{_CLAUSE_END}"
    )


def clues(chars: str, start: int, stop: int) -> list[Clue]:
    """Labels and clause-final verbs of an expression, in order."""
    first = leading(chars, start, stop)
    labels = find(chars, start, stop)
    if first is not None and not any(label.start == first.start for label in labels):
        labels = [first, *labels]
    found = [Clue(label.kind, label.start, label.stop, label.words, True) for label in labels]
    for match in _verbs().finditer(chars, start, stop):
        begin, end = match.span()
        if not any(clue.start < end and begin < clue.stop for clue in found):
            found.append(Clue(match.lastgroup or "", begin, end, match[0], False))
    return sorted(found, key=lambda clue: clue.start)


def read(chars: str, start: int, stop: int, familiar: Familiar) -> Reading:
    """What the expression [start, stop) says.

    Example: 市教育局牵头，市财政局等部门配合 -> lead 市教育局; support 市财政局 (open).
    """
    assignments: list[Assignment] = []
    fields: list[Span] = []
    leaders: list[Span] = []
    label: Clue | None = None
    done = start
    marks = clues(chars, start, stop)
    for index, clue in enumerate(marks):
        if clue.label:
            _close(chars, label, done, clue.start, familiar, assignments, fields, leaders)
            label = clue
        elif label is None or label.kind in ROLES:
            assignments += _verbal(chars, marks, index, done, familiar, label is not None)
        done = clue.stop
    _close(chars, label, done, stop, familiar, assignments, fields, leaders)
    return Reading(tuple(settle(assignments)), tuple(fields), tuple(leaders))


def _close(
    chars: str, label: Clue | None, start: int, stop: int, familiar: Familiar,
    assignments: list[Assignment], fields: list[Span], leaders: list[Span],
) -> None:  # fmt: skip
    """Give what stands between a label and the next clue to the label."""
    start, stop = _trim(chars, start, stop)
    if label is None or start >= stop:
        return
    if label.kind == "deadline":
        fields.append((start, stop))
    elif label.kind == "leader":
        leaders += _persons(chars, start, stop)
    elif label.kind in ROLES:
        names = departments.split(chars, start, stop, familiar)
        assignments += assign(label.kind, names, label.words)


def _verbal(
    chars: str, marks: list[Clue], index: int, done: int, familiar: Familiar, labelled: bool
) -> Iterator[Assignment]:
    """Names before a verb. A会同B负责: A leads, B answers; A会同B牵头 gives both the lead."""
    clue = marks[index]
    clause = max(chars.rfind(mark, done, clue.start) for mark in "，；。") + 1
    if clause and _GENERAL.match(chars, clause, clue.start):
        return
    names = departments.list_before(chars, clue.start, done, familiar) or _short_list(
        chars, done, clue.start, familiar
    )
    if names is None:
        return
    role = clue.kind
    if role == "joint":
        role = "lead"
    yield from assign(role, names, clue.words, verbal=not labelled)


def _short_list(chars: str, start: int, stop: int, familiar: Familiar) -> departments.Names | None:
    """Names that no vocabulary knows, where the clause before the verb is nothing but a list."""
    clause = max(chars.rfind(mark, start, stop) for mark in "，；。：") + 1
    start, stop = _trim(chars, max(start, clause), stop)
    if not 2 <= stop - start <= 60 or _SENTENCE.search(chars, start, stop):
        return None
    return departments.split(chars, start, stop, familiar)


_GENERAL = regex.compile(r"(?:以下|以上|上述|其他|其余|各项|均)")  # 以下均需…落实 speaks of the document
_SENTENCE = regex.compile(
    r"[0-9]|[了的着过将对把被于]|前|完成|底|年|月|工作$|要$|项目|资金|机制|需|以上|以下"
)


def assign(role: str, names: departments.Names, rule: str, verbal: bool = False) -> Iterator[Assignment]:
    units = tuple(Unit(name.start, name.stop, name.name, name.collective) for name in names.names)
    if units:
        kind: Role = "lead" if role == "lead" else "support" if role == "support" else "responsible"
        yield Assignment(kind, units, names.open, rule, verbal)


def settle(assignments: list[Assignment]) -> Iterator[Assignment]:
    """A负责，B配合 makes A the lead; 主要责任单位 leads only where a supporting list stands beside it."""
    roles = {assignment.role for assignment in assignments}
    for assignment in assignments:
        plain = assignment.verbal and assignment.rule.endswith("负责") and "按" not in assignment.rule
        if plain and assignment.role == "responsible" and "support" in roles and "lead" not in roles:
            yield replace(assignment, role="lead")
        elif assignment.rule.startswith("主要责任") and "support" not in roles:
            yield replace(assignment, role="responsible")
        else:
            yield assignment


def _trim(chars: str, start: int, stop: int) -> Span:
    """The span without delimiters and blanks at its ends."""
    while start < stop and chars[start] in "，；。：、 \n\u3000":
        start += 1
    while start < stop and chars[stop - 1] in "，；。：、 \n\u3000":
        stop -= 1
    return start, stop


_PERSON = regex.compile(r"[^，；。：、\n\x20（）]{2,12}")


def _persons(chars: str, start: int, stop: int) -> list[Span]:
    """张某某、李某某: the persons of a 分管领导 label."""
    return [match.span() for match in _PERSON.finditer(chars, start, min(stop, start + 200))]


def named(label: Label) -> bool:
    """Does the label give a role, a time or a person to a task?"""
    return label.kind in ROLES or label.kind in ("deadline", "leader")
