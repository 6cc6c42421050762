"""Who does what, as found in a text: offsets into the document's characters, nothing dated yet."""

from __future__ import annotations

from typing import NamedTuple

from schemas.circular import Evidence, Role
from schemas.text import Span

Trouble = tuple[str, Span]  # the code of a query, and the words that gave rise to it


class Unit(NamedTuple):
    """A department's name where it stands; `name` is what is meant (carry-over completed)."""

    start: int
    stop: int
    name: str
    collective: bool


class Assignment(NamedTuple):
    """A list of units with one role. `rule` names what decided; `basis` is the span of a document-wide rule."""

    role: Role
    units: tuple[Unit, ...]
    open: bool
    rule: str
    verbal: bool = False
    basis: Span | None = None


class Expression(NamedTuple):
    """A responsibility expression: a bracket, a label with its value, a clause of a sentence, a table cell.

    [start, stop) is what an item's own words lose, but for `kept`: fields and clauses that say something else.
    `fields` are the spans of time values that labels announce, `leaders` the spans of persons' names, `asides` clauses
    that say neither who nor what (持续推进), `troubles` what could not be read.
    """

    start: int
    stop: int
    evidence: Evidence
    assignments: tuple[Assignment, ...] = ()
    fields: tuple[Span, ...] = ()
    leaders: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    kept: tuple[Span, ...] = ()
