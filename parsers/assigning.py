"""Names with a role: what a note behind a name changes, and what several assignments of one text make of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers import departments
from parsers.clues import note
from schemas.circular import Role
from schemas.duties import Assignment, Trouble, Unit


def assign(
    chars: str, role: str, names: departments.Names, rule: str, verbal: bool = False
) -> Iterator[Assignment]:
    """The names with their role; those with a note behind them have the note's: 市教育局（牵头）、市财政局."""
    kind: Role = "lead" if role == "lead" else "support" if role == "support" else "responsible"
    if names.names and not any(chars.startswith("（", name.stop) for name in names.names):
        units = tuple([Unit(name.start, name.stop, name.name, name.collective) for name in names.names])
        yield Assignment(kind, units, names.open, rule, verbal)  # by far the most: no note at any name
        return
    groups = groupby(names.names, key=lambda name: note(chars, name.stop) or (kind, rule))
    for (given, why), group in groups:
        units = tuple([Unit(name.start, name.stop, name.name, name.collective) for name in group])
        last = units[-1].start == names.names[-1].start
        yield Assignment(given, units, names.open and last, why, verbal and why == rule)


def settle(assignments: list[Assignment]) -> Iterator[Assignment]:
    """A负责，B配合 and A主办，B承办 make A the lead; 主要责任单位 leads only where a supporting list stands beside it."""
    roles = {assignment.role for assignment in assignments}
    hosted = len(assignments) > 1 and any(one.rule.endswith("承办") for one in assignments)  # 由A主办，B承办
    for assignment in assignments:
        rule = assignment.rule
        plain = assignment.verbal and rule.endswith(("负责", "主办", "list")) and "按" not in rule
        beside = "support" in roles or (hosted and rule.endswith("主办"))
        if plain and assignment.role == "responsible" and beside and "lead" not in roles:
            yield assignment._replace(role="lead")
        elif assignment.rule.startswith("主要责任") and "support" not in roles:
            yield assignment._replace(role="responsible")
        else:
            yield assignment


def twice(assignments: Sequence[Assignment]) -> Iterator[Trouble]:
    """Names that one expression lists under two roles."""
    roles: dict[str, Role] = {}
    for assignment in assignments:
        for unit in assignment.units:
            if roles.setdefault(unit.name, assignment.role) != assignment.role:
                yield "ambiguous_role", (unit.start, unit.stop)
