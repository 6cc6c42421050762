"""Offsets in the normalised text -> published objects: words as printed, spans into the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from parsers.time_limits import Dated, TimeMention
from schemas.circular import Attachment, Evidence, Leader, Rule, TimeLimit
from schemas.duties import Assignment, Unit
from schemas.text import Span, Text

Published = dict[str, Any]  # the fields of a published object that is still to be validated


@dataclass(frozen=True, slots=True)
class Printer:
    """Turns places in the text of one circular into published values.

    `explain`: keep the name of the rule that found a value. `pages`: where the pages of the source begin.
    """

    text: Text
    explain: bool = False
    pages: tuple[int, ...] = ()
    rules: dict[Span, Rule] = field(default_factory=dict)

    def page(self, span: Span) -> int | None:
        """The page, from 1, on which a span of the source begins; None where there are no pages."""
        return max(1, bisect_right(self.pages, span[0])) if self.pages else None

    def printed(self, start: int, stop: int) -> str:
        """What the document prints there, paragraphs apart."""
        at = self.text.at
        return self.text.origin.printed(at + start, at + stop)

    def words(self, start: int, stop: int) -> str:
        """What the document prints there, on one line."""
        return self.printed(start, stop).replace("\n", "")

    def place(self, start: int, stop: int) -> Span:
        """The span in the source, from the first character to the last."""
        if stop <= start:
            return self.text[start:stop].span()
        first, last = (
            self.text.origin.offset(self.text.at + start),
            self.text.origin.offset(self.text.at + stop - 1),
        )
        return min(first, last), max(first, last) + 1

    def around(self, start: int, stop: int) -> Span:
        """The span in the source of words that do not stand there in order: the cells of a box, line by line."""
        return self.quote(start, stop)[1]

    def quote(self, start: int, stop: int) -> tuple[str, Span, tuple[Span, ...] | None]:
        """The words as printed, their span in the source and, where foreign characters stand inside, its parts."""
        raw, start, stop = self.text.origin.raw, self.text.at + start, self.text.at + stop
        first = self.text.origin.plain(start, stop)
        if first >= 0:
            span = first, first + stop - start
            return raw[first : span[1]].replace("\n", ""), span, None
        pieces = self.text.origin.pieces(start, stop)
        if not pieces:
            at = self.text.origin.offset(start)
            return "", (at, at), None
        words = "".join([raw[a:b] for a, b in pieces]).replace("\n", "")
        between = [raw[left[1] : right[0]] for left, right in pairwise(pieces)]
        foreign = any(gap.strip() for gap in between)
        span = (min([start for start, _ in pieces]), max([stop for _, stop in pieces]))
        return words, span, tuple(pieces) if foreign else None

    def department(
        self, unit: Unit, evidence: Evidence | None, assignment: Assignment | None = None
    ) -> Published:
        """A unit as published, still to be validated; `assignment` says by which rule it has its role."""
        words, span, spans = self.quote(unit.start, unit.stop)
        name = unit.name
        if name != words and name == self.text.chars[unit.start : unit.stop]:
            name = words
        kind = "collective" if unit.collective else "agency"
        found: Published = {"text": words, "name": name, "kind": kind, "evidence": evidence, "span": span}
        if spans is not None:
            found["spans"] = spans
        if self.pages:
            found["page"] = self.page(span)
        if assignment is not None:
            if assignment.basis is not None:
                found["basis"] = self.rule(assignment.basis)
            if self.explain:
                found["rule"] = assignment.rule
        return found

    def rule(self, span: Span) -> Rule:
        """The words of the document-wide rule that decided a role."""
        if span not in self.rules:
            self.rules[span] = Rule(text=self.words(*span), span=self.place(*span))
        return self.rules[span]

    def time_limit(self, mention: TimeMention, dated: Dated, evidence: Evidence) -> TimeLimit:
        """A time limit as published; which one is main is decided afterwards."""
        words, span, spans = self.quote(mention.start, mention.stop)
        return TimeLimit(
            text=words,
            kind=dated.kind,
            start=dated.start,
            end=dated.end,
            recurrence=dated.recurrence,
            implied=tuple(dated.implied),
            basis=dated.basis,
            approximate=dated.approximate,
            evidence=evidence,
            span=span,
            spans=spans,
            rule=mention.rule if self.explain else None,
            page=self.page(span),
        )

    def leaders(self, spans: Sequence[Span]) -> tuple[Leader, ...]:
        """Persons named beside a 分管领导 label."""
        return tuple(Leader(text=self.words(*span), span=self.place(*span)) for span in spans)

    def attachment(self, title: Text) -> Attachment:
        """An attachment's or annexed plan's title."""
        return Attachment(title=title.printed().replace("\n", ""), span=title.span())
