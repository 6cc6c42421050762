"""Words that a person chose -> published values, by the same parsers that read the circular."""

from __future__ import annotations

from typing import Any

from parsers.departments import split
from parsers.folding import fold
from parsers.head.reading import title_year
from parsers.time_limits import Reference, read
from pipeline.corrections.change import Correction
from pipeline.corrections.words import line
from schemas.circular import Circular, Department, Kind, TimeLimit, YearBasis
from schemas.text import Origin, Span, Text

Value = Department | TimeLimit


def department(raw: str, span: Span, change: Correction, old: Department | None) -> Department:
    """The department whose name stands at `span`, words as selected; `name` is the given one or what is printed."""
    words = line(raw[slice(*span)])
    if old is not None and old.span == span:
        made: dict[str, Any] = {"name": change.name or old.name}
        return old.model_copy(update=made | _evident(old))
    names = split(fold(words), 0, len(words)).names
    alone = names[0] if len(names) == 1 else None
    return Department(
        text=words,
        name=change.name or words,
        kind="collective" if alone is not None and alone.collective else "agency",
        evidence="sentence" if old is None or old.evidence == "inherited" else old.evidence,
        span=span,
        corrected=True,
    )


def time_limit(
    raw: str, span: Span, change: Correction, old: TimeLimit | None, known: Reference
) -> TimeLimit:
    """What the words at `span` mean as a time limit; dates that a person gave stand in for what they mean."""
    made = old if old is not None and old.span == span else _read(raw, span, known)
    update = _evident(old) | {"main": old is not None and old.main}
    if change.start or change.end:
        update |= _dates(change, made)
    return made.model_copy(update=update)


def reference(circular: Circular) -> Reference:
    """What implied years are taken from, as far as the published head tells."""
    years: list[tuple[YearBasis, int]] = []
    if circular.title and (named := title_year(circular.title)):
        years.append(("title", named))
    if circular.doc_number and circular.doc_number.year:
        years.append(("doc_number", circular.doc_number.year))
    issued = circular.issue_date.date if circular.issue_date else None
    if issued:
        years.append(("issue_date", issued.year))
    return Reference((*years, *_implied(circular)), issued)


def _implied(circular: Circular) -> list[tuple[YearBasis, int]]:
    """The year that other limits had from elsewhere: from the command line, from the opening words."""
    limits = (limit for item in circular.items for limit in item.time_limits)
    found = (
        (limit.basis, limit.end.year) for limit in limits if limit.basis in {"option", "text"} and limit.end
    )
    return [(basis, year) for basis, year in [next(found, (None, 0))] if basis]


def _read(raw: str, span: Span, known: Reference) -> TimeLimit:
    words = raw[slice(*span)]
    found = read(Text(fold(words), Origin(raw, (0,), (span[0],))), known)
    unread = TimeLimit(text="", kind="unresolved", evidence="sentence", span=span)
    chosen = next((limit for limit in found if limit.main), unread)
    whole = {"text": line(words), "span": span, "spans": None, "rule": None, "main": False}
    return chosen.model_copy(update=whole)


def _evident(old: Value | None) -> dict[str, Any]:
    """How the value is known: an inherited one that a person changed is the item's own."""
    evidence = old.evidence if old is not None and old.evidence != "inherited" else "sentence"
    return {"evidence": evidence, "corrected": True}


def _dates(change: Correction, made: TimeLimit) -> dict[str, Any]:
    kind: Kind = "by" if change.end else "ongoing"
    if change.start and change.end:
        kind = "during" if made.kind == "during" else "range"
    given = {"start": change.start, "end": change.end, "kind": kind, "recurrence": None}
    return given | {"implied": (), "basis": None, "approximate": False}
