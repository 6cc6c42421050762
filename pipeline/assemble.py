"""Drafts -> published items: titles, roles, time limits, inheritance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from parsers.bearing import Manner, is_requirement
from parsers.checks import FORMAL, Query, is_due
from parsers.departments import Familiar
from parsers.headings import heading, remains
from parsers.named_headings import named_heading, named_lines
from parsers.sentences import sentences
from pipeline.draft import Draft, heard
from pipeline.identity import item_ids, keys
from pipeline.publish import Printer, Published
from pipeline.timing import limits
from schemas.circular import Evidence, Item, Leader, Role, TimeLimit
from schemas.duties import Expression, Trouble
from schemas.text import Span

_ROLES: tuple[Role, ...] = ("lead", "support", "responsible")
_NOBODY: dict[Role, tuple[Published, ...]] = dict.fromkeys(_ROLES, ())
_INHERITED = {"evidence": "inherited"}
_DELIMITERS = "。．；;，,、：:"
_RULE_KINDS = frozenset(("article", "chapter"))


def speak(chars: str, drafts: Sequence[Draft], familiar: Familiar, manner: Manner = "orders") -> None:
    """Read the sentences of the items that no bracket and no label assigns. `manner`: how the circular speaks."""
    tells = manner != "orders"
    for draft in drafts:
        draft.heading = heading(chars, draft.start, draft.stop, draft.expressions)
        if draft.node.marker.kind in _RULE_KINDS or (manner == "rules" and not _is_dated(draft)):
            continue
        if not draft.assigned:
            said = _said(chars, draft, familiar, tells=tells)
        elif chars.find("牵头", draft.start, draft.stop) >= 0 and not _leads(draft.expressions):
            said = [one for one in _said(chars, draft, familiar, tells=tells) if _leads([one], "由…")]
        else:
            continue
        if said and heard(chars, draft, manner) == "told" and not _is_dated(draft):
            continue
        draft.expressions = sorted([*draft.expressions, *said], key=lambda expression: expression.start)


def _is_dated(draft: Draft) -> bool:
    """Does a sentence say by when? In a circular that brings rules such an item orders: 设备部牵头，于3月底前完成."""
    return any(t.evidence == "sentence" and t.mention.form != "recurring" for t in draft.times)


def _leads(expressions: Sequence[Expression], by: str = "") -> bool:
    """Does one say who leads (`by` these words)? Where a label only says who answers, 由A牵头 in a sentence does."""
    return any(
        one.role == "lead" and one.rule.startswith(by)
        for expression in expressions
        for one in expression.assignments
    )


def _said(chars: str, draft: Draft, familiar: Familiar, *, tells: bool) -> list[Expression]:
    """县财政局：落实资金… says it by its heading, another item by its sentences."""
    above = any(child.times for child in draft.children)  # duties, not members or conditions, stand below
    named = None if tells else named_heading(chars, draft.start, draft.stop, familiar, above=above)
    if named is not None:
        return [named]
    dated = [(t.mention.start, t.mention.stop) for t in draft.times if t.evidence == "sentence"]
    lines = named_lines(chars, draft.start, draft.stop, dated, familiar) if dated and not tells else []
    return [*lines, *sentences(chars, draft.start, draft.stop, dated, familiar, tells=tells)]


def queries(printer: Printer, drafts: Sequence[Draft]) -> list[list[Query]]:
    """What could not be read, an entry an item: code, words, place in the source."""
    return [
        [
            *([(draft.node.trouble, number(printer, draft), None)] if draft.node.trouble else []),
            *((code, printer.words(*span), printer.place(*span)) for code, span in _troubles(draft)),
        ]
        for draft in drafts
    ]


def _troubles(draft: Draft) -> Iterator[Trouble]:
    """A label that opens its item and has nothing behind it is a heading (（二）活动时间：), no gap."""
    found = [*(trouble for e in draft.expressions for trouble in e.troubles), *draft.troubles]
    for code, span in found:
        if code != "empty_label" or span[0] > draft.start + 2:
            yield code, span


def items(circular: str, printer: Printer, drafts: Sequence[Draft]) -> list[Item]:
    """The published items of a circular, in reading order."""
    values = list(_inherited(printer, drafts))
    titles = [printer.words(*draft.heading) for draft in drafts]
    tasks = _tasks(printer.text.chars, drafts, values)
    rows = zip(drafts, values, keys(circular, titles), titles, tasks, strict=True)
    return [Item(**_row(printer, *row)) for row in rows]


def _row(printer: Printer, draft: Draft, own: _Values, key: str, title: str, task: bool) -> Published:
    span = _span(printer, draft)
    return {
        "id": own.id,
        "key": key,
        "parent": own.parent,
        "number": own.path[-1],
        "level": draft.node.level,
        "path": own.path,
        "title": title,
        "text": _text(printer, draft),
        "is_task": task,
        "time_limits": tuple(own.limits),
        "lead_departments": own.roles["lead"],
        "supporting_departments": own.roles["support"],
        "responsible_departments": own.roles["responsible"],
        "open_roles": tuple([role for role in _ROLES if role in own.open]) if own.open else (),
        "leaders": own.leaders,
        "span": span,
        "page": printer.page(span),
    }


class _Values:
    """What an item carries while it is being put together; its departments are validated with it."""

    __slots__ = ("id", "inherited", "leaders", "limits", "open", "parent", "path", "roles")

    def __init__(self, name: str, limits: list[TimeLimit]) -> None:
        self.id, self.limits = name, limits
        self.parent: str | None = None
        self.path: tuple[str, ...] = ()
        self.roles = _NOBODY
        self.open: frozenset[Role] = frozenset()
        self.leaders: tuple[Leader, ...] = ()
        self.inherited = False

    def said(self) -> Evidence | None:
        """Where the item says who or when; a formal place before a sentence. None where it says neither itself."""
        if self.inherited or not self.carries():
            return None
        for role in _ROLES:
            for unit in self.roles[role]:
                if unit["evidence"] in FORMAL:
                    return cast("Evidence", unit["evidence"])
        return next((limit.evidence for limit in self.limits if limit.evidence in FORMAL), "sentence")

    def carries(self) -> bool:
        return bool(self.limits) or self.named()

    def named(self) -> bool:
        roles = self.roles
        return bool(roles["lead"] or roles["responsible"] or roles["support"])


def _inherited(printer: Printer, drafts: Sequence[Draft]) -> Iterator[_Values]:
    """The values of each draft with what it has from those above; a parent comes before its children."""
    of: dict[int, _Values] = {}
    for draft, name in zip(drafts, item_ids(drafts), strict=True):
        own = of[id(draft)] = _values(printer, draft, name)
        if draft.parent is None:
            own.path = (number(printer, draft),)
        else:
            above = of[id(draft.parent)]
            own.parent, own.path = above.id, (*above.path, number(printer, draft))
            _inherit(own, above, whole=draft.parent.tail is None)
        yield own


def _values(printer: Printer, draft: Draft, name: str) -> _Values:
    own = _Values(name, limits(printer, draft))
    if draft.expressions:
        own.roles = _roles(printer, draft.expressions)
        own.open = frozenset([a.role for e in draft.expressions for a in e.assignments if a.open])
        own.leaders = printer.leaders([span for e in draft.expressions for span in e.leaders])
    return own


def _roles(printer: Printer, expressions: Sequence[Expression]) -> dict[Role, tuple[Published, ...]]:
    """The ordered union over an item's brackets; a unit that leads is dropped from the other roles."""
    seen: set[str] = set()
    roles = _NOBODY.copy()
    given = [(a, e.evidence) for e in expressions for a in e.assignments]
    for role in ("lead", "responsible", "support") if given else ():
        kept = []
        for assignment, evidence in given:
            for unit in assignment.units if assignment.role == role else ():
                department = printer.department(unit, evidence, assignment)
                if department["name"] not in seen:
                    seen.add(department["name"])
                    kept.append(department)
        roles[role] = tuple(kept)
    return roles


def _tasks(chars: str, drafts: Sequence[Draft], values: Sequence[_Values]) -> Iterator[bool]:
    """Tasks carry a limit or a unit, or stand in a list whose members do; general requirements never by that."""
    lists = [(id(draft.parent), draft.node.part, draft.node.marker.kind) for draft in drafts]
    said: dict[tuple[int, int, str], list[Evidence | None]] = {}
    for above, own in zip(lists, values, strict=True):
        said.setdefault(above, []).append(own.said())
    due = {above for above, members in said.items() if is_due(members)}
    for draft, above, own in zip(drafts, lists, values, strict=True):
        heads = draft.node.marker.kind == "row" and draft.children  # a section of a table
        yield own.carries() or (
            above in due and not heads and not is_requirement(chars[slice(*draft.heading)])
        )


def _inherit(own: _Values, above: _Values, whole: bool) -> None:
    """What a heading says of who and when holds for the units below it that say nothing themselves.

    By when the `whole` list is reported, said behind it, is no limit of its members.
    """
    if above.named() and not own.named():
        own.inherited = not own.limits
        own.roles = {role: tuple([d | _INHERITED for d in given]) for role, given in above.roles.items()}
        own.open |= above.open
    if above.limits and not own.limits and whole:
        own.inherited = own.inherited or not own.named()
        own.limits = [limit.model_copy(update=_INHERITED) for limit in above.limits]


def _span(printer: Printer, draft: Draft) -> Span:
    """From the number to the end of the last child."""
    place = printer.around if draft.node.marker.kind == "row" else printer.place
    return place(draft.node.marker.number, max(draft.node.end, draft.node.marker.stop))


def number(printer: Printer, draft: Draft) -> str:
    """The number as printed: （一）, 1．, 第三条."""
    marker = draft.node.marker
    if draft.label is not None:
        return draft.label
    return printer.words(marker.number, marker.stop).replace(" ", "").replace("\u3000", "")


def _text(printer: Printer, draft: Draft) -> str:
    """The own words without heading and responsibility."""
    if draft.words is None and draft.heading[1] >= draft.stop and draft.tail is None:
        return ""
    stripped = [paragraph.strip(" \u3000\t*-") for paragraph in _paragraphs(printer, draft)]
    return "\n".join([line for line in stripped if line.strip(_DELIMITERS)]).lstrip(_DELIMITERS + " \n")


def _paragraphs(printer: Printer, draft: Draft) -> list[str]:
    if draft.words is not None:
        return [printer.words(*span) for span in draft.words]
    start = draft.heading[1]
    spans = remains(start, max(start, draft.stop), draft.expressions)
    tail = ["\n", printer.printed(*draft.tail)] if draft.tail else []
    return _joined([*[printer.printed(a, b) for a, b in spans], *tail]).split("\n")


def _joined(pieces: Sequence[str]) -> str:
    """What is left around a bracket or a label, without the end mark that would then stand twice."""
    text = ""
    for piece in pieces:
        text += piece.lstrip(_DELIMITERS) if text.rstrip()[-1:] in _DELIMITERS else piece
    return text
