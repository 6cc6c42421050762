"""Clues in a responsibility expression: labels before names, verbs behind them, notes in brackets at one name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from parsers import departments
from parsers.departments import Familiar
from parsers.labels import Label, bare, find, kinds
from parsers.vocab import either, terms
from schemas.circular import Role

ROLES: tuple[Role, ...] = ("lead", "support", "responsible")
_WHEN = regex.compile(
    r"""
    [0-9一二三四五六七八九十][年月日] | 季度 | [年月季]底 | 年内 | [上下]半年 | 全年 | 全程 | 长期 | 持续 | 常年 | 常态
  | 立行立改 | 即知即改 | 即日 | 每[年季月周日旬半] | 按[年季月周旬] | 之前 | 前(?:完成|报)
    """,
    regex.VERBOSE,
)


_REMARKABLE = regex.compile(
    "下同|[均都皆]|[参比]照|不再|不分|单独|重复|逐一|一一|另行"
)  # a glance before the look
_DATED = regex.compile("[0-9]{1,4}(?![0-9]|个?(?:小时|分钟|学时|课时|岁|元|%))")
_WITH_OBJECT = {"object": "lead", "charge": "responsible"}  # 牵头制定方案; 负责资金保障


class Clue(NamedTuple):
    """A label or a verb: its role (or joint, helping, deadline, leader, contact, other, remark), where it stands, its words."""

    kind: str
    start: int
    stop: int
    words: str
    label: bool


def clues(
    chars: str, start: int, stop: int, familiar: Familiar, known: Sequence[Label] | None = None
) -> list[Clue]:
    """Labels and verbs of an expression, in order, none over another. `known`: its labels, where they were found.

    >>> [clue.words for clue in clues("责任单位：市教育局牵头，市财政局配合", 0, 18, Familiar())]
    ['责任单位', '牵头', '配合']
    """
    labels = list(known or ())
    if known is None:
        labels = find(chars, start, stop)
        labels += [
            one for one in bare(chars, start, stop) if _stands_alone(chars, one, labels, stop, familiar)
        ]
    if _REMARKABLE.search(chars, start, stop):
        remarks = [Label("remark", m[0], *m.span()) for m in _remark().finditer(chars, start, stop)]
        labels = [one for one in labels if not any(r.start <= one.start < r.stop for r in remarks)] + remarks
    labels.sort(key=lambda label: label.start)
    found = [Clue(label.kind, label.start, label.stop, label.words, True) for label in labels]
    found += _verbal(chars, start, stop, labels)
    return sorted(found, key=lambda clue: clue.start)


def _stands_alone(chars: str, label: Label, others: Sequence[Label], stop: int, familiar: Familiar) -> bool:
    """Is a label without a colon no part of another, and has it a value?"""
    apart = all(other.stop <= label.start or label.stop <= other.start for other in others)
    return apart and introduces(chars, label, stop, familiar)


def _verbal(chars: str, start: int, stop: int, labels: Sequence[Label]) -> Iterator[Clue]:
    """The verbs between the labels."""
    for label in labels:
        yield from _verbs_in(chars, start, label.start)
        start = max(start, label.stop)
    yield from _verbs_in(chars, start, stop)


def _verbs_in(chars: str, start: int, stop: int) -> Iterator[Clue]:
    if stop - start > 1 and _any_verb().search(chars, start, stop):
        for match in _verbs().finditer(chars, start, stop):
            kind = _WITH_OBJECT.get(match.lastgroup or "", match.lastgroup or "")
            yield Clue(kind, *match.span(), match["charge"] or match[0], False)


@cache
def _verbs() -> regex.Pattern[str]:
    """All role verbs, vetoes first; group name = role. 牵头 may have its object behind it, the others end a clause."""
    vetoes = either(word for term in terms("roles") for word in term.unless)
    manner = "|".join(word for term in terms("roles", "manner") for word in term.aliases)
    extent = either(word for term in terms("roles", "extent") for word in term.aliases)
    joint = "|".join(word for term in terms("roles", "joint") for word in term.aliases)
    return regex.compile(
        rf"""
        (?:{vetoes}|（(?:{_roles()})(?:单位|部门)?）)(*SKIP)(*FAIL)
      | (?P<joint>{joint})
      | (?:{manner})?(?:{_roles(named=True)})(?:{extent})?(?:(?=[，。；、）：\n\x20])|$)
      | (?:{manner})?(?P<object>牵头)(?=[^，。；：、）\n\x20])
      | (?:积极|主动)?(?P<helping>配合|协助)(?=[^，。；：、）\n\x20][^，。；：）\n]{{1,40}}(?:[，。；）]|$))(?![^，。；：）\n]{{0,60}}的)
      | (?P<charge>负责)(?![^，。；：）\n]{{0,60}}的)[^，。；：、）\n\x20][^，。；：）\n\x20]{{0,60}}
        """,
        regex.VERBOSE,
    )


@cache
def _remark() -> regex.Pattern[str]:
    """Clauses that speak of the list, not of who: 下同, 不再列出, 以下均需各县落实."""
    words = "|".join(word for term in terms("roles", "remark") for word in term.aliases)
    return regex.compile(rf"(?<=[，；。：（【〔\[\n])(?:{words})(?=[，；。）】〕\]\n]|$)")


@cache
def _any_verb() -> regex.Pattern[str]:
    """A glance: most values of labels hold no verb."""
    words = {alias[:2] for term in terms("roles") for alias in term.aliases}
    return regex.compile("|".join(["会同", "商", *sorted(words)]))


def _roles(*, named: bool = False) -> str:
    """Every role verb, the longest of each role first."""
    return "|".join(f"(?{f'P<{t.canonical}>' if named else ':'}{either(t.aliases)})" for t in terms("roles"))


@cache
def _note() -> regex.Pattern[str]:
    return regex.compile(rf"（(?:{_roles(named=True)})(?:单位|部门)?）")


def note(chars: str, at: int) -> tuple[Role, str] | None:
    """The role that a bracket gives to the name before it, and its words.

    >>> note("市教育局（牵头）、市财政局", 4)
    ('lead', '（牵头）')
    """
    match = _note().match(chars, at) if chars.startswith("（", at) else None
    if match is None:
        return None
    return next(role for role in ROLES if match[role]), match[0]


def noted(chars: str, start: int, stop: int) -> bool:
    """Does a note stand in this list?"""
    return _note().search(chars, start, stop) is not None


def says_when(chars: str, start: int, stop: int) -> bool:
    """Does a clause beside names say when? 6月底前完成, 持续推进.

    >>> says_when("持续推进", 0, 4), says_when("市财政局", 0, 4)
    (True, False)
    """
    return _WHEN.search(chars, start, stop) is not None


def introduces(chars: str, label: Label, stop: int, familiar: Familiar) -> bool:
    """Does a label without a colon stand before a value of its kind? （责任单位市教育局） does."""
    if label.kind == "deadline":
        return any(when.match(chars, label.stop, stop) for when in (_DATED, _WHEN))
    found = departments.list_after(chars, label.stop, stop, familiar) if label.kind in ROLES else None
    return found is not None and (found[1] >= stop or _behind().match(chars, found[1], stop) is not None)


@cache
def _behind() -> regex.Pattern[str]:
    """What may follow the names of a label without a colon: a mark, 等, a verb, another label."""
    return regex.compile(
        rf"[，。；）】〕\]\n\x20\u3000]|等|牵头|负责|配合|{either(word for word in kinds() if len(word) > 3)}"
    )
