"""Rules that a circular states once for all its lists: 列第一位者为牵头单位，下同; 无牵头单位的，责任单位即为牵头单位."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from schemas.circular import Role
from schemas.duties import Assignment, Expression
from schemas.text import Span

_UNIT = "(?:单位|部门|处室|科室|机构|公司|者|名|位)"
_FIRST = rf"""
    (?: (?:排列?|位列|位居|位于|排名|列|名列|排序|排位|序列|序号|顺序)(?:在|于|为)?(?:责任单位|各?单位|名单|前|列)?[的中里]?
          (?:第一|第1|首|最前|前面|前列)[位名个]?(?:置)?
      | (?:第一|第1|首)[个家位名]?(?:顺位|责任|序位)?
    )[的者]?(?:责任|承办)?{_UNIT}?"""
_LEADS = r"(?:总)?(?:牵头|主办|主责|第一责任|主要责任|主体责任)(?:责任)?(?:单位|部门|处室|科室|机构|公司)?(?:[或、和及/][^，。；：（）\n]{1,6}(?:单位|部门))?"
_TASK = r"(?:(?:该|本|此)?[项条]?(?:任务|工作|措施)?的?)"
_OTHERS = rf"""
    (?: [，；、。]?(?:其他|其余|其它|其后|后面|剩余)(?:的)?{_UNIT}?(?:均|都|按[^，。；）]{{0,8}}?)?[为是]?(?P<others>配合|协办|责任|参与|协同)
        (?:责任)?{_UNIT}?(?:落实)?
    )?(?:[，；、。]?(?P<on>以?下同))?"""
_RULE = regex.compile(
    rf"""
    (?:除[^，。；（）\n]{{1,20}}外[，]?)?
    (?: (?:未明确|未列明|未注明|未标明|未标注|没有明确|没有注明|没有列出|没有|未设|未确定|不明确|无){_TASK}?牵头{_UNIT}的?(?:任务|事项|工作)?
        [，]?(?:其|均|则)?由?
        (?: (?P<no_lead_first>{_FIRST})(?:责任{_UNIT})?(?:[即均都也]?[为是作]|负责)?{_LEADS}
          | (?P<no_lead>责任{_UNIT}[即均都也]?[为是作]?{_LEADS}) ){_OTHERS}
  | (?P<first>{_FIRST})(?:[即均]?[为是]|作为){_TASK}{_LEADS}{_OTHERS}
  | (?P<first_verb>(?:排|列)(?:名)?[在于]?(?:第一|首)位?(?:的|者)?(?:责任)?{_UNIT}?牵头){_OTHERS}
  | (?P<first_back>牵头{_UNIT}(?:即|均)?[为是][^，。；）]{{0,10}}?{_FIRST}){_OTHERS}
  | [“"]?(?P<mark>[*★▲☆※●△])[”"]?(?:[号的者]{{0,2}}|标[记志识注])?(?:的|者)?{_UNIT}?[即均]?[为是]{_TASK}{_LEADS}{_OTHERS}
    )
    """,
    regex.VERBOSE,
)
_HINT = regex.compile(
    r"第一|第1|首位|首个|最前|牵头(?:单位|部门)的?[，由其责]|[*★▲☆※●△][^，。；\n]{0,8}[为是]|列首|排首|前面"
)
_LEADING = regex.compile("牵头|主办|主责|第一责任|主要责任|主体责任")
_NEAR = 60  # characters: a rule is no longer on either side of its hint
_BEFORE = 20  # characters of a rule before what it says: 各项任务的责任单位中
_OWN = "，。；：、（） \n"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a document says of its own lists.

    `kind` first (of a list leads), all (answer and lead), mark (the marked ones lead); `mark` which sign; `others` the
    role of the rest; `span` its words; [start, stop) where it holds.
    """

    kind: str
    span: Span
    start: int
    stop: int
    others: Role | None = None
    mark: str = ""


def rules(chars: str, start: int, stop: int, brackets: Sequence[Span]) -> list[Rule]:
    """The rules of a text. One inside a bracket that assigns, without 下同, holds for that bracket alone.

    >>> [(r.kind, r.start) for r in rules("（甲局、乙局负责。列第一位者为牵头单位，下同）", 0, 23, [(0, 23)])]
    [('first', 0)]
    """
    found: list[Rule] = []
    done = start
    for hint in _HINT.finditer(chars, start, stop):
        window = max(done, hint.start() - _NEAR), min(stop, hint.end() + _NEAR)
        if _LEADING.search(chars, *window):
            for match in _RULE.finditer(chars, *window):
                found.append(_rule(chars, match, stop, brackets))
                done = match.end()
    return found


def _rule(chars: str, match: regex.Match[str], stop: int, brackets: Sequence[Span]) -> Rule:
    kind = "mark" if match["mark"] else "all" if match["no_lead"] else "first"
    start = _clause(chars, match.start())
    home = _home(chars, brackets, start)
    begin, end = home or (start, stop)
    if match["on"] or match["no_lead"] or match["no_lead_first"]:
        end = stop
    support = match["others"] in ("配合", "协办", "参与", "协同")
    return Rule(kind, (start, match.end()), begin, end, "support" if support else None, match["mark"] or "")


def _clause(chars: str, at: int) -> int:
    """Where the clause begins whose last words are the rule: 责任单位中列第一位的…."""
    found = [
        place for mark in "，。；（）、\n" if (place := chars.rfind(mark, max(0, at - _BEFORE), at)) >= 0
    ]
    return max(found) + 1 if found else at


def _home(chars: str, brackets: Sequence[Span], at: int) -> Span | None:
    """The bracket around a place, if it says more before it."""
    index = bisect_right(brackets, (at, 0)) - 1
    if index >= 0 and brackets[index][0] < at < brackets[index][1]:
        start, stop = brackets[index]
        return (start, stop) if chars[start:at].strip(_OWN) else None
    return None


def without(chars: str, found: Sequence[Rule]) -> str:
    """The characters with the rules' own words blanked, as long as before: they name no department."""
    for rule in found:
        start, stop = rule.span
        if (
            chars[start - 1 : start] == "（" and chars[stop : stop + 1] == "）"
        ):  # a bracket that says nothing else
            start, stop = start - 1, stop + 1
        chars = chars[:start] + "，" * (stop - start) + chars[stop:]
        if rule.mark:
            chars = chars.replace(rule.mark, "，")
    return chars


def applied(chars: str, expressions: Sequence[Expression], found: Sequence[Rule]) -> list[Expression]:
    """The expressions as the document's rules want them read.

    A rule holds from where it stands; one below all lists, a note, for the lists above it.
    """
    if not found:
        return list(expressions)
    last = max((e.start for e in expressions if e.assignments), default=0)
    spread = [replace(rule, start=0) if rule.start > last else rule for rule in found]
    return [_apply(chars, expression, spread) for expression in expressions]


def _apply(chars: str, expression: Expression, found: Sequence[Rule]) -> Expression:
    if any(assignment.role == "lead" for assignment in expression.assignments):
        return expression
    for rule in found:
        beside = (
            expression.start <= rule.span[0] <= expression.stop + 1
        )  # 责任单位：甲局、乙局（列首位者牵头，下同）
        if beside or rule.start <= expression.start < rule.stop:
            changed = [part for one in expression.assignments for part in _parted(chars, one, rule)]
            return expression._replace(assignments=tuple(changed))
    return expression


def _parted(chars: str, one: Assignment, rule: Rule) -> Iterator[Assignment]:
    """Part a list into those who lead and the others. A lone name or a collective does not lead as the first."""
    if one.role != "responsible":
        yield one
        return
    leads = [unit for index, unit in enumerate(one.units) if _leads(chars, one, index, rule)]
    others = tuple(unit for unit in one.units if unit not in leads)
    if leads:
        yield one._replace(
            role="lead", units=tuple(leads), open=False, basis=rule.span, rule=f"{rule.kind} of the list"
        )
    if others or (one.open and leads):
        rest = rule.others if leads and rule.others else one.role
        yield one._replace(units=others, role=rest, basis=rule.span if rest != one.role else None)
    elif not leads:
        yield one


def _leads(chars: str, one: Assignment, index: int, rule: Rule) -> bool:
    unit = one.units[index]
    if rule.kind == "mark":
        return rule.mark in (chars[unit.start - 1 : unit.start], chars[unit.stop : unit.stop + 1])
    if rule.kind == "all":
        return True
    several = len(one.units) > 1 or one.open
    return index == 0 and several and not unit.collective
