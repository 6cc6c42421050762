"""Which times an item carries, and their dates: fields, brackets, sentences."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from parsers.bearing import binds
from parsers.time_limits import Reference, TimeMention, date_all, scan
from pipeline.draft import Draft, Timed
from pipeline.publish import Printer
from schemas.circular import Evidence, TimeLimit
from schemas.duties import Expression
from schemas.text import Span

_RULE_KINDS = frozenset(("article", "chapter"))


def collect(
    chars: str,
    drafts: Sequence[Draft],
    mentions: Sequence[TimeMention],
    inline: Sequence[Span],
    reference: Reference,
) -> None:
    """Give every draft its times in reading order, dated. `inline`: the brackets of the text."""
    starts = [mention.start for mention in mentions]
    for draft in drafts:
        own = mentions[bisect_left(starts, draft.start) : bisect_left(starts, draft.stop)]
        fields = [span for e in draft.expressions for span in (*e.fields, *e.asides)]
        found = [pair for e in draft.expressions for pair in _of_fields(chars, e)]
        for mention in own:
            if not any(start <= mention.start < stop for start, stop in fields):
                evidence = _evidence(chars, draft, mention, inline)
                if evidence is not None:
                    found.append((mention, evidence))
        draft.times = _dated(sorted(found, key=lambda pair: pair[0].start), reference)


def _of_fields(chars: str, expression: Expression) -> Iterator[tuple[TimeMention, Evidence]]:
    """The times of labelled values: 完成时限：全年."""
    for start, stop in (*expression.fields, *expression.asides):
        for mention in scan(chars, start, stop, whole=True):
            yield mention, expression.evidence


def _evidence(chars: str, draft: Draft, mention: TimeMention, brackets: Sequence[Span]) -> Evidence | None:
    """How the mention binds: in a bracket that says who, in a bracket of its own, in a sentence; None: not at all."""
    for expression in draft.expressions:
        if expression.start <= mention.start < expression.stop:
            return "inline" if expression.evidence == "inline" else None
    for start, stop in brackets:
        if start < mention.start < stop and draft.start <= start:
            if (mention.stop - mention.start) * 2 >= stop - start - 2 and mention.form != "within":
                return "inline" if mention.unit != "year" or mention.edge else None
            return None
    if draft.node.marker.kind in _RULE_KINDS:
        return None
    return "sentence" if binds(chars, mention, draft.start, draft.stop) else None


def _dated(found: Sequence[tuple[TimeMention, Evidence]], reference: Reference) -> list[Timed]:
    """The times of one item with their dates, without those that add nothing."""
    dates = date_all([mention for mention, _ in found], reference)
    timed = [Timed(mention, evidence, date) for (mention, evidence), date in zip(found, dates, strict=True)]
    return [one for one in timed if not _idle(one, timed, reference)]


def limits(printer: Printer, draft: Draft) -> list[TimeLimit]:
    """The published time limits of a draft, one of them main."""
    published = [printer.time_limit(one.mention, one.dated, one.evidence) for one in draft.times]
    if published:
        index = main(published)
        published[index] = published[index].model_copy(update={"main": True})
    return published


def _idle(one: Timed, beside: Sequence[Timed], reference: Reference) -> bool:
    """A sentence's time that adds nothing to a label's, or that was over before the circular was issued."""
    if one.evidence != "sentence":
        return False
    last = one.dated.end or one.dated.start
    if last and "year" not in one.dated.implied and _before(last, reference):
        return True
    labels = [other.dated for other in beside if other.evidence in ("label", "table")]
    for label in labels:
        inside = last is not None and label.end is not None and last <= label.end
        if inside or one.mention.form != "by" or label.end is None:
            return True
    return False


def _before(last: dt.date, reference: Reference) -> bool:
    """Over before the circular was issued, as far as its date or its year tells."""
    if reference.issue_date is not None:
        return last < reference.issue_date
    return any(basis == "doc_number" and last.year < year for basis, year in reference.years)


def main(published: Sequence[TimeLimit]) -> int:
    """Which limit leads: the labelled one, else the last one-off date, else the first (CONTRACT.md)."""
    labelled = [i for i, limit in enumerate(published) if limit.evidence != "sentence"]
    among = labelled or list(range(len(published)))
    once = [i for i in among if published[i].end and published[i].recurrence is None]
    return once[-1] if once else among[0]
