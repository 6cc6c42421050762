"""Rules that a circular states once for all its lists: 列第一位者为牵头单位，下同."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from schemas.duties import Assignment, Expression
from schemas.text import Span

_FIRST = regex.compile(
    r"""
    (?:责任单位|责任部门|各项任务|各项工作|任务|分工|其中)?[中里]?[，]?
    (?: (?:排列?|列|位列|排名|列于|排序|排)[在于]?(?:责任单位|各单位|名单)?(?:的|中)?(?:第一|首)位?(?:置)?(?:的|者|为)?(?:是)?[^，。；）]{0,10}?
      | (?:责任单位|责任部门|责任处室)?(?:中|里|的)?第一(?:个|家|位|顺位|责任)?(?:的)?(?:责任)?(?:单位|部门|处室|者|名|位)?(?:的)?[^，。；）]{0,6}?
      | 首位[^，。；）]{0,8}?
      | 标[^，。；）]{0,6}[*★▲☆][^，。；）]{0,8}?)
    [为是](?:该项任务|该项工作|本项任务|该任务)?(?:的)?(?:总)?(?P<role>牵头|主办|主责|第一责任)(?:责任)?(?:单位|部门|处室|科室|机构)?(?P<on>[，、]?(?:以)?下同|，以下同)?
    """,
    regex.VERBOSE,
)
_NO_LEAD = regex.compile(
    r"""(?:无|未|没有)(?:明确|列出|注明|标明|标注|设|写明)?(?:有)?牵头(?:单位|部门)的?[，]?(?:其|由)?(?P<first>第一|排?列?首位?|排在第一位的)?(?:责任)?(?:单位|部门)
    (?:即|均|都|也)?[为是]?(?:牵头(?:单位|部门)?|牵头)""",
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a document says of its own lists: `kind` first (of a list leads) or no_lead; where; from where to where."""

    kind: str
    span: Span
    start: int
    stop: int


def rules(chars: str, expressions: Sequence[Expression], stop: int) -> list[Rule]:
    """The rules of a text. One inside a bracket without 下同 holds for that bracket alone.

    >>> [(r.kind, r.start) for r in rules("（A、B负责。列第一位者为牵头单位，下同）", [], 30)]
    [('first', 0)]
    """
    found = []
    for kind, pattern in (("first", _FIRST), ("no_lead", _NO_LEAD)):
        for match in pattern.finditer(chars, 0, stop):
            home = _home(expressions, match.start())
            general = home is None or kind == "no_lead" or bool(match.groupdict().get("on"))
            begin = home.start if home else 0
            found.append(
                Rule(kind, match.span(), begin, len(chars) if general or home is None else home.stop)
            )
    return found


def _home(expressions: Sequence[Expression], at: int) -> Expression | None:
    index = bisect_right([expression.start for expression in expressions], at) - 1
    if index >= 0 and expressions[index].start <= at < expressions[index].stop:
        return expressions[index]
    return None


def apply(expression: Expression, found: Sequence[Rule]) -> Expression:
    """The expression as the document's rules want it read."""
    for rule in found:
        if rule.start <= expression.start < rule.stop:
            if any(assignment.role == "lead" for assignment in expression.assignments):
                return expression
            changed = [part for one in expression.assignments for part in _first(one, rule)]
            return replace(expression, assignments=tuple(changed))
    return expression


def _first(assignment: Assignment, rule: Rule) -> list[Assignment]:
    """Part a list into its first name, which leads, and the others. A lone name or a collective does not lead."""
    units = assignment.units
    several = len(units) > 1 or assignment.open
    if assignment.role != "responsible" or not several or units[0].collective:
        return [assignment]
    lead = replace(
        assignment, role="lead", units=units[:1], open=False, basis=rule.span, rule="first of the list"
    )
    rest = replace(assignment, units=units[1:])
    return [lead, rest] if rest.units or rest.open else [lead]
