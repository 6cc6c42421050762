"""The stages, in order: the architecture on one screen."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from parsers import head as heads
from parsers import tables
from parsers.bearing import manner
from parsers.checks import checks
from parsers.damage import damage
from parsers.departments import Familiar
from parsers.expressions import brackets, expressions
from parsers.markers import markers, notes
from parsers.normalise import normalise
from parsers.outline import outline
from parsers.rules import applied, rules, without
from parsers.time_limits import scan
from pipeline import closings, tabular
from pipeline.assemble import items, queries, speak
from pipeline.draft import drafts, lift, release
from pipeline.frame import frame, noted, reference
from pipeline.gate import check
from pipeline.outside import outside
from pipeline.publish import Printer
from pipeline.timing import collect
from schemas.circular import Circular
from schemas.text import Source, Text


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say beside the document. `issue_date` stands in where the text has none."""

    issue_date: dt.date | None = None
    explain: bool = False


def parse(source: Source, options: Options | None = None) -> list[Circular]:
    """Every circular in the source (most often one), in reading order.

    Raises nothing for a document, whatever it holds; ProvenanceError is a defect of the program.
    """
    with uncollected():
        return list(_each(source, options or Options()))


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of cycles waits: what a parse makes is all in use until it ends, and looking at it costs a tenth."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _each(source: Source, options: Options) -> Iterator[Circular]:
    whole = tables.opened(normalise(source, tables.arrange))
    for prose in heads.circulars(replace(whole, chars=tables.blanked(whole.chars))):
        yield check(_circular(source, whole[prose.at : prose.end], prose, options), source.raw)


def _circular(source: Source, text: Text, prose: Text, options: Options) -> Circular:
    """`prose`: the text without its tables, of the same length."""
    chars = prose.chars
    head = heads.read(prose)
    start, stop = head.body
    stop = max([stop, *(annex.stop for annex in head.annexes)])
    breaks = [annex.start for annex in head.annexes]
    nodes = outline(markers(chars, start, stop), stop, breaks, head.body[1], notes(chars, start, stop))
    bounds = [node.marker.start for node in nodes]
    familiar = Familiar(frozenset(organ.name for organ in (*head.issuers, *head.recipients)))
    pairs = brackets(chars, start, stop)
    said = rules(chars, start, stop, pairs)
    plain = without(chars, said)
    found = expressions(plain, start, stop, bounds, familiar, pairs)
    assigned = applied(chars, found, said)
    units = drafts(nodes, assigned)
    closings.end(chars, units)
    lift(chars, units)
    fields = [span for unit in units for e in unit.expressions for span in (*e.fields, *e.asides)]
    mentions = scan(chars, start, stop, passed=fields)
    known = reference(head, options.issue_date, chars, mentions, min(bounds, default=stop))
    how = manner(head.title_text)
    collect(chars, units, mentions, pairs, known, how)
    speak(plain, units, familiar, how)
    units = tabular.beside(units, text.chars, tables.records(text.chars, familiar, said), known)
    printer = Printer(text, options.explain, source.pages)
    made = frame(source, printer, head)
    listed = items(made.id, printer, units)
    issued = head.issue_date[1] if head.issue_date else options.issue_date
    whole = [*noted(source, text), *damage(text), *tabular.issues(printer, chars)]
    whole += outside(printer, chars, units, mentions, assigned)
    issues = (*whole, *checks(listed, queries(printer, units), issued))
    release(units)
    return made.model_copy(update={"items": tuple(listed), "issues": issues})
