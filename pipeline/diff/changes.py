"""What is said of the same thing before and after: added, dropped, changed (field by field), moved.

Compared is what a circular says. Places in the text, ids, printed numbers, queries and what counts as a task follow
from it and would report one insertion at every item behind it. Inherited values are compared where they are printed. Moved is what
stands under another heading, or out of the order that the most of its neighbours kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.diff import pairs
from pipeline.writers.tasks import when
from schemas.circular import Circular, Department, Item, TimeLimit

Kind = Literal["added", "dropped", "changed", "moved"]
Said = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that says something else: what it said and what it says, empty for nothing."""

    name: str
    old: Said
    new: Said


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one item, or (without `key`) of a circular itself. `circular` is its id, `name` its title."""

    kind: Kind
    circular: str
    name: str
    key: str | None
    number: str
    title: str
    fields: tuple[Field, ...] = ()


def changes(old: Sequence[Circular], new: Sequence[Circular]) -> list[Change]:
    """All changes, circular by circular in the new order, dropped ones last."""
    matched = {b: a for a, b in pairs.circulars(old, new)}
    found: list[Change] = []
    for at, circular in enumerate(new):
        found += _between(old[matched[at]], circular) if at in matched else [_whole("added", circular)]
    dropped = set(range(len(old))) - set(matched.values())
    return found + [_whole("dropped", old[at]) for at in sorted(dropped)]


def _whole(kind: Kind, circular: Circular, fields: tuple[Field, ...] = ()) -> Change:
    return Change(kind, circular.id, _name(circular), None, "", "（整份公文）", fields)


def _of(kind: Kind, circular: Circular, item: Item, fields: tuple[Field, ...] = ()) -> Change:
    return Change(kind, circular.id, _name(circular), item.key, item.number, item.title, fields)


def _name(circular: Circular) -> str:
    return circular.title or circular.source.name


def _between(old: Circular, new: Circular) -> Iterator[Change]:
    if fields := _differences(head(old), head(new)):
        yield _whole("changed", new, fields)
    matched = {b: a for a, b in pairs.items(old.items, new.items)}
    places = _moved(old.items, new.items, matched)
    for at, item in enumerate(new.items):
        if at not in matched:
            yield _of("added", new, item, _differences({}, body(item)))
            continue
        if at in places:
            yield _of("moved", new, item, (places[at],))
        if fields := _differences(body(old.items[matched[at]]), body(item)):
            yield _of("changed", new, item, fields)
    for at in sorted(set(range(len(old.items))) - set(matched.values())):
        yield _of("dropped", old, old.items[at], _differences(body(old.items[at]), {}))


def head(circular: Circular) -> dict[str, Said]:
    """What the head says, by the names of the published JSON."""
    number, date = circular.doc_number, circular.issue_date
    return {
        "title": (circular.title,) if circular.title else (),
        "doc_type": (circular.doc_type,) if circular.doc_type else (),
        "doc_number": (number.text,) if number else (),
        "issuers": _names(circular.issuers),
        "recipients": _names(circular.recipients),
        "issue_date": (str(date.date or date.text),) if date else (),
        "contacts": tuple(contact.text for contact in circular.contacts),
        "attachments": tuple(attachment.title for attachment in circular.attachments),
    }


def body(item: Item) -> dict[str, Said]:
    """What an item says itself, by the names of the published JSON."""
    return {
        "title": (item.title,) if item.title else (),
        "text": (item.text,) if item.text else (),
        "time_limits": tuple(when(limit) for limit in item.time_limits if _own(limit)),
        "lead_departments": _names(item.lead_departments),
        "supporting_departments": _names(item.supporting_departments),
        "responsible_departments": _names(item.responsible_departments),
        "open_roles": item.open_roles,
        "leaders": tuple(leader.text for leader in item.leaders),
    }


def _names(units: Sequence[Department]) -> Said:
    return tuple(unit.name for unit in units if _own(unit))


def _own(value: Department | TimeLimit) -> bool:
    return value.evidence != "inherited"


def _differences(old: Mapping[str, Said], new: Mapping[str, Said]) -> tuple[Field, ...]:
    found = (Field(name, old.get(name, ()), new.get(name, ())) for name in (new or old))
    return tuple(field for field in found if field.old != field.new)


def _moved(old: Sequence[Item], new: Sequence[Item], matched: Mapping[int, int]) -> dict[int, Field]:
    """The new items that stand elsewhere, with the headings above them before and after."""
    before = _above(old)
    after = [
        None if up is None else matched.get(up, -1) for up in _above(new)
    ]  # as old places; -1: a new heading
    elsewhere = {at for at, was in matched.items() if before[was] != after[at]}
    siblings = defaultdict(list)
    for at in sorted(set(matched) - elsewhere):
        siblings[after[at]].append(at)
    for row in siblings.values():
        kept = rising([matched[at] for at in row])
        elsewhere |= {at for n, at in enumerate(row) if n not in kept}
    olds, news = _places(old), _places(new)
    return {at: Field("place", (olds[matched[at]],), (news[at],)) for at in elsewhere}


def _above(side: Sequence[Item]) -> list[int | None]:
    """The place of every item's parent."""
    places = {item.id: at for at, item in enumerate(side)}
    return [None if item.parent is None else places.get(item.parent) for item in side]


def _places(side: Sequence[Item]) -> list[str]:
    """Where every item stands: 二、活动内容 第 3 条."""
    headings = {item.id: item.number + item.title for item in side}
    counts: Counter[str | None] = Counter()
    found = []
    for item in side:
        counts[item.parent] += 1
        found.append(f"{headings.get(item.parent or '', '')} 第 {counts[item.parent]} 条".strip())
    return found


def rising(numbers: Sequence[int]) -> set[int]:
    """The places of the longest rising run of numbers.

    >>> sorted(rising([0, 3, 1, 2]))
    [0, 2, 3]
    """
    ends: list[int] = []  # the places at which the best run of each length ends
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number, key=numbers.__getitem__)
        before.append(ends[length - 1] if length else -1)
        ends[length:] = [at, *ends[length + 1 :]]
    kept, at = set(), ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept
