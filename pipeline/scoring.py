"""One circular against its gold: what was claimed, what was due, what was right, field by field.

Items first, then what they carry, then the head. `Tally` counts; `Finding`s name every single value, so that
two runs can be compared item by item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.matching import ROLES, Json, carries, fold, met, names, pairs, says_when, without_inherited

HEAD = ("title", "doc_number", "issue_date", "issuer", "recipient")
FIELDS = (
    "item", "lead", "others", "support", "responsible", "deadline", "milestone", "heading", *HEAD,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One value of one field that is right, missed or claimed without ground."""

    figure: str
    where: str
    value: str
    outcome: Literal["right", "missed", "alarm"]
    detail: str = field(default="", compare=False)


@dataclass
class Tally:
    """Hits, claims and dues per field of one circular."""

    name: str
    hit: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    due: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def f1(self, name: str) -> float:
        """The F1 of a field that was due or claimed here."""
        return 2 * self.hit[name] / (self.said[name] + self.due[name])

    def one(self, name: str, where: str, value: str, detail: str = "", *, said: bool, good: bool) -> None:
        """Count a single value that is due."""
        self.hit[name] += good
        self.said[name] += said
        self.due[name] += 1
        self.findings.append(Finding(name, where, value, "right" if good else "missed", detail))

    def alarm(self, name: str, where: str, value: str, detail: str = "") -> None:
        """Count a claim that nothing is due for."""
        self.said[name] += 1
        self.findings.append(Finding(name, where, value, "alarm", detail))

    def lists(
        self, name: str, want: Sequence[str], got: Sequence[str], where: str, accept: Collection[str] = ()
    ) -> None:
        """Compare two lists of names; those in `accept` are right too, but not owed."""
        due, said = Counter(want), Counter(got)
        both = due & said
        short, extra = due - both, said - both
        fine = sum(count for unit, count in extra.items() if unit in accept)
        self.hit[name] += both.total()
        self.said[name] += said.total() - fine
        self.due[name] += due.total() - min(fine, short.total())
        self.findings += [Finding(name, where, unit, "right") for unit in both]
        self.findings += [Finding(name, where, unit, "missed") for unit in short if not fine]
        self.findings += [Finding(name, where, unit, "alarm") for unit in extra if unit not in accept]


def score(name: str, gold: Json, parsed: Json) -> Tally:
    """The tally of one circular; `parsed` without items where there is no readable output."""
    tally = Tally(name)
    _head(tally, gold.get("doc") or {}, parsed)
    whole, outline = gold.get("complete", True), gold.get("outline", False)
    items = [without_inherited(item) for item in parsed.get("items") or []]
    for want, got in pairs(gold.get("items") or [], items):
        if want is not None:
            _item(tally, want, got, outline=outline)
        elif got is not None and (outline or (whole and carries(got))):
            _unasked(tally, got, whole=whole)
    return tally


def _unasked(tally: Tally, got: Json, *, whole: bool) -> None:
    """An item that gold does not have."""
    where = f"{got.get('number')} {(got.get('title') or '')[:16]}"
    tally.alarm("item", where, "")
    if whole:
        _roles(tally, {}, got, where)
        if any(map(says_when, got.get("time_limits") or [])):
            tally.alarm("deadline", where, "")


def _item(tally: Tally, want: Json, got: Json | None, *, outline: bool) -> None:
    if want.get("optional"):
        return
    where = f"{want.get('number')} {(want.get('title') or '')[:16]}"
    tally.one("item", where, "", said=got is not None, good=got is not None)
    if got is not None and outline:
        good = fold(want.get("title")) == fold(got.get("title"))
        tally.one("heading", where, "", f"得到 {got.get('title')}", said=True, good=good)
    _roles(tally, want, got or {}, where)
    _deadline(tally, want, (got or {}).get("time_limits") or [], where)


def _roles(tally: Tally, want: Json, got: Json, where: str) -> None:
    lead, support, responsible = (names(want.get(role)) for role in ("lead", "support", "responsible"))
    got_lead, got_support, got_responsible = (names(got.get(role)) for role in ROLES)
    accept = _accepted(want)
    if want.get("dept_optional"):
        known = {*lead, *support, *responsible, *accept}
        said = [unit for unit in got_lead + got_support + got_responsible if unit not in known]
        tally.lists("others", [], said, where)
    elif want.get("role_optional"):
        said = got_lead + got_support + got_responsible
        tally.lists("others", lead + support + responsible, said, where, accept)
    else:
        tally.lists("lead", lead, got_lead, where, accept)
        tally.lists("others", support + responsible, got_support + got_responsible, where, accept)
        tally.lists("support", support, got_support, where, accept)
        tally.lists("responsible", responsible, got_responsible, where, accept)


def _accepted(want: Json) -> list[str]:
    """Other ways to name the same units: completed names, unsplit ones."""
    expanded = [want.get(f"{role}_expanded") for role in ("lead", "support", "responsible")]
    return [
        unit for listed in [*expanded, *(want.get("also_accept") or {}).values()] for unit in names(listed)
    ]


def _deadline(tally: Tally, want: Json, limits: Sequence[Json], where: str) -> None:
    dated = [limit for limit in limits if says_when(limit)]
    got = "；".join(f"{limit.get('text')} {limit.get('start')}..{limit.get('end')}" for limit in dated)
    main = want.get("deadline") or {}
    if main.get("kind") in {None, "none"}:
        if dated and not want.get("deadline_optional"):
            tally.alarm("deadline", where, "", got)
        return
    good = met(main, dated)
    if want.get("deadline_optional") and not good and not dated:
        return
    if want.get("invalid_date"):
        good = good or any(limit.get("text") and not limit.get("end") for limit in limits)
    value = str(want.get("deadline_text"))
    tally.one("deadline", where, value, f"得到 {got}", said=bool(dated) or good, good=good)
    listed = [day for day in want.get("deadlines") or [main] if day.get("kind") not in {None, "none"}]
    _milestones(tally, listed, dated, where)


def _milestones(tally: Tally, listed: Sequence[Json], dated: Sequence[Json], where: str) -> None:
    """All dates of an item: those owed and found, and the extra ones, which count against."""
    for day in listed:
        if not day.get("optional"):
            good = met(day, dated)
            value = f"{day.get('kind')} {day.get('start')}..{day.get('end')}"
            tally.one("milestone", where, value, said=good, good=good)
    for limit in dated:
        if not any(met(day, [limit]) for day in listed):
            tally.alarm("milestone", where, f"{limit.get('text')} {limit.get('start')}..{limit.get('end')}")


def _head(tally: Tally, doc: Json, parsed: Json) -> None:
    outside = set(doc.get("outside_text") or [])
    number, date = parsed.get("doc_number") or {}, parsed.get("issue_date") or {}
    for name, keys, got in (
        ("title", ("title", "notice_title"), parsed.get("title")),
        ("doc_number", ("doc_number", "doc_number_clean"), number.get("text")),
        ("issue_date", ("date",), date.get("date")),
    ):
        if not outside.intersection(keys):
            _value(tally, name, [doc[key] for key in keys if doc.get(key)], got)
    for name, keys in (("issuer", ("issuers", "issuer")), ("recipient", ("recipients",))):
        key = next((key for key in keys if doc.get(key)), keys[-1])
        if key in doc and key not in outside:
            _units(tally, name, names(doc[key]), names(parsed.get(f"{name}s")))


def _value(tally: Tally, name: str, want: Sequence[str], got: str | None) -> None:
    """A single value of the head; any of the wanted forms is right."""
    if want:
        good = fold(got) in set(map(fold, want))
        tally.one(name, "", want[0], f"得到 {got}", said=bool(got), good=good)
    elif got:
        tally.alarm(name, "", got)


def _units(tally: Tally, name: str, want: Sequence[str], got: Sequence[str]) -> None:
    """A list of the head. Where recipients are cut is a matter of taste: both sides are cut everywhere."""
    if name == "recipient":
        want, got = ([part for unit in side for part in _cut(unit)] for side in (want, got))
    tally.lists(name, want, got, "")


def _cut(unit: str) -> list[str]:
    return [part for part in unit.replace("、", ",").split(",") if part]
