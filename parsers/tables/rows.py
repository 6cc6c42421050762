"""Rows of a task table: number, title, words, who and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from parsers import assigning, departments, numerals, roles
from parsers.departments import Familiar
from parsers.expressions import expressions
from parsers.headings import heading, remains
from parsers.rules import Rule, applied, rules
from parsers.tables.grid import ABOVE, LEFT
from parsers.tables.header import ROLES
from parsers.tables.persons import persons
from parsers.tables.records import Slot, Slots, Table, marked
from schemas.duties import Assignment, Expression
from schemas.text import Span

_DUTIES = (*ROLES, "mixed", "deadline", "leader")
_WORDS = ("title", "event", "text", "schedule", "when")
_LED = regex.compile(  # a number printed at the head of a title: 1. （1） 7-1 一、
    r"(?:(?P<sub>[0-9]{1,3}-[0-9]{1,3})[.、 ]?|(?P<n>[0-9]{1,3})[.、](?![0-9])|（[0-9]{1,3}）|[①-⑳]"
    r"|[1-9][0-9]?\.[1-9][0-9]?(?=[\p{Han}“《 ])(?![ ]?(?:[万亿个米吨倍元亩年月日]|公[里斤顷]|千[克米瓦]|平方|立方|小时))"
    r"|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)[ ]?"
)
_COUNT = regex.compile(r"[0-9]{1,4}")
_NUMBER = regex.compile(
    r"[（(]?(?:[0-9]{1,4}(?:[-—.][0-9]{1,3})?|[一二三四五六七八九十]{1,3})[)）]?[.、]?|[①-⑳]"
)
_NOBODY = regex.compile(r"[/\\\-—无]{1,4}")


@dataclass(frozen=True, slots=True)
class Record:
    """A row at [start, stop). `number`: where its number is printed; `label`: the number where it stands elsewhere
    or is only counted; `rank`: 0, 1 for the sections above the rows, 2 for rows; `words`: where its other words stand,
    `said`: the cells in whose sentences a time may bind."""

    number: Span
    label: str | None
    value: int
    rank: int
    title: Span
    words: tuple[Span, ...]
    said: tuple[Span, ...]
    expressions: tuple[Expression, ...]
    start: int
    stop: int


def records(chars: str, familiar: Familiar, said: Sequence[Rule] = ()) -> list[list[Record]]:
    """The rows of every table of the normalised text; `said`: the rules of the document, which hold for its tables."""
    tables = list(marked(chars))
    if not tables:
        return []
    own = [[rule for slot in table.heads for rule in _rules(chars, slot)] for table in tables]
    marks = {rule.mark for rules in (said, *own) for rule in rules}
    plain = chars
    for mark in filter(None, marks):  # 市教育局*: the mark is no part of the name
        plain = plain.replace(mark, "，")
    return [
        _Reading(table, familiar, [*rules, *said], plain).read()
        for table, rules in zip(tables, own, strict=True)
    ]


class _Reading:
    """One table while it is read."""

    def __init__(self, table: Table, familiar: Familiar, said: Sequence[Rule], plain: str) -> None:
        self.table, self.familiar, self.said, self.plain = table, familiar, said, plain
        self.kinds = table.header.kinds
        self.counted = self.kinds.index("number") if "number" in self.kinds else None
        if self.counted is not None and not any(row[self.counted].own for row in table.rows):
            self.counted = None
        self.shared = {(slot.start, slot.stop) for row in table.rows for slot in row if slot.merged == ABOVE}
        self.running = _running(table) if self.counted is None else None
        self.rows = self.sections = 0

    def read(self) -> list[Record]:
        """The sections and rows of the table; none where it neither counts nor says who or by when."""
        if self.counted is None and not self.table.header.duties:
            return []
        found: list[Record] = []
        for row in self.table.rows:
            if self.table.is_section(row):
                found.append(self._section(row))
            elif self.table.is_row(row) and (record := self._record(row)):
                found.append(record)
        return found if self.rows else []

    def _section(self, row: Slots) -> Record:
        self.sections += 1
        held = [slot for slot in row if slot.own]
        first, last = held[0], held[1] if len(held) > 1 else held[0]
        start, stop = first.start, last.stop
        match = _LED.match(self.table.chars, start, stop)
        above = match.end() if match and last is first else last.start
        found = self._inline(Slot(above, stop))
        title = heading(self.table.chars, above, stop, found)
        number = (start, match.end()) if match else (start, first.stop if last is not first else start)
        rank = 0 if self.table.chars[start] not in "（(" else 1
        said = tuple(slot for slot in (self.table.chars[slice(*number)],) if slot)
        label = None if said else ""
        value = numerals.number(self.table.chars[slice(*number)].strip("（()）、. ")) or self.sections
        return Record(number, label, value, rank, title, (), (), tuple(found), start, stop)

    def _record(self, row: Slots) -> Record | None:
        title = self._title(row)
        held = [slot for slot in row if slot.own]
        if title is None or not held:
            return None
        self.rows += 1
        number, label, begin = self._number(row, title)
        value = _COUNT.search(label if label is not None else self.table.chars, *((0,) if label else number))
        found = list(self._duties(row))
        shown = heading(self.table.chars, begin, title.stop, [])
        cells = [Slot(shown[1], title.stop), *self._others(row, title)]
        if not self.table.header.has(*ROLES, "mixed"):
            found += [e for slot in cells for e in self._inline(slot)]
        start = min([slot.start for slot in held])
        stop = max([slot.stop for slot in held])
        words = tuple(
            span
            for slot in cells
            for part in remains(slot.start, slot.stop, found)
            for span in _paragraphs(self.table.chars, part)
        )
        timed = self.table.header.duties and "deadline" not in self.kinds
        said = (
            tuple((slot.start, slot.stop) for slot in (Slot(begin, title.stop), *cells[1:])) if timed else ()
        )
        counted = int(value[0]) if value else self.rows
        return Record(number, label, counted, 2, shown, words, said, tuple(found), start, stop)

    def _title(self, row: Slots) -> Slot | None:
        """The cell that names the row: of the words that are its alone, those of a title column first."""
        if self.running is not None and row[self.running].own:
            return row[self.running]
        ranked = [
            slot for named in _WORDS for slot, kind in zip(row, self.kinds, strict=True) if kind == named
        ]
        behind = self.kinds[self.counted + 1 :] if self.counted else ()
        if behind[:1] == ("text",) and "title" not in behind and self.counted is not None:
            ranked.insert(0, row[self.counted + 1])  # 信息公开 | 1 | 公开预算: the words behind the number
        own = [slot for slot in ranked if slot.own and not _is_short(self.table.words(slot))]
        alone = [slot for slot in own if not self._is_shared(slot)]
        if self.counted is None and alone and self._is_shared(row[0]):
            first = min(alone, key=lambda slot: slot.start)  # behind cells that span rows: （2）明确职责
            alone = [first] if _LED.match(self.table.chars, first.start, first.stop) else alone
        return next(iter([*alone, *own, *(slot for slot in ranked if slot.start < slot.stop)]), None)

    def _is_shared(self, slot: Slot) -> bool:
        return bool(slot.merged) or (slot.start, slot.stop) in self.shared

    def _number(self, row: Slots, title: Slot) -> tuple[Span, str | None, int]:
        """Where the number stands, what it is where that does not say, and where the title begins."""
        match = _LED.match(self.table.chars, title.start, title.stop)
        slot = row[self.counted] if self.counted is not None else None
        if (
            match
            and (slot is None or (match["sub"] and (not slot.own or self._is_shared(slot))))
            and match.end() < title.stop
        ):
            return (match.start(), match.end()), None, match.end()
        here = (title.start, title.start)
        if slot is None:
            return here, str(self.rows), title.start
        if slot.own and slot.stop - slot.start <= 12:
            return (slot.start, slot.stop), None, title.start
        return here, self.table.words(slot), title.start

    def _others(self, row: Slots, title: Slot) -> Iterator[Slot]:
        """The cells with words besides the title."""
        for slot, kind in zip(row, self.kinds, strict=True):
            if kind in _WORDS and slot is not title and slot.start < slot.stop and slot.merged != LEFT:
                yield slot

    def _inline(self, slot: Slot) -> list[Expression]:
        """Brackets and labels inside a cell, in a table that has no column for them."""
        return expressions(self.table.chars, slot.start, slot.stop, [], self.familiar)

    def _duties(self, row: Slots) -> Iterator[Expression]:
        """What the columns of roles, times and persons say."""
        done: list[Span] = []
        spoken = [
            (slot.start, slot.stop) for slot, kind in zip(row, self.kinds, strict=True) if kind in _WORDS
        ]
        for column, (slot, kind) in enumerate(zip(row, self.kinds, strict=True)):
            span = (slot.start, slot.stop)
            if kind not in _DUTIES or slot.start >= slot.stop or (slot.merged and span in done):
                continue
            if slot.merged == LEFT and span in spoken:  # words that reach over the columns of who and by when
                continue
            done.append(span)
            if not _NOBODY.fullmatch(self.table.chars, *span):
                yield self._duty(span, kind, column)

    def _duty(self, span: Span, kind: str, column: int) -> Expression:
        if kind == "deadline":
            return Expression(*span, "table", fields=(span,))
        if kind == "leader":
            return Expression(*span, "table", leaders=tuple(persons(self.table.chars, *span)))
        words = self.table.header.words[column]
        reading = roles.read(self.plain, *span, self.familiar)
        if any(assignment.rule != "bare list" for assignment in reading.assignments):
            assignments = tuple(_in_column(reading.assignments, kind))
            return Expression(*span, "table", assignments, reading.fields, reading.leaders)
        names = departments.split(self.plain, *span, self.familiar)
        assignments = tuple(
            assigning.assign(self.table.chars, "responsible" if kind == "mixed" else kind, names, words)
        )
        expression = Expression(*span, "table", assignments)
        return applied(self.table.chars, [expression], self.said)[0]


def _running(table: Table) -> int | None:
    """The first column of words whose cells are counted, each with one number: 一、公开信息 | 1.… | 2.…."""
    for column, kind in enumerate(table.header.kinds):
        held = [row[column] for row in table.rows if row[column].own] if kind in _WORDS else []
        led = [_LED.match(table.chars, slot.start, slot.stop) for slot in held]
        values = [int(match["n"] or 0) if match else 0 for match in led]
        steps = [after - before for before, after in pairwise(values)]
        if (
            all(values)
            and 1 in steps
            and all(a == 1 or (b == 1 and a) for a, b in zip(steps, values[1:], strict=True))
        ):
            return column
    return None


def _in_column(said: Sequence[Assignment], kind: str) -> Iterator[Assignment]:
    """A、B按职责分工负责 in a column 牵头单位: the column says who leads, the cell no more than that they share it."""
    plain = all(assignment.role == "responsible" for assignment in said)
    for assignment in said:
        if plain and (kind in {"lead", "support"}):
            yield assignment._replace(role="lead" if kind == "lead" else "support")
        else:
            yield assignment


def _is_short(text: str) -> bool:
    """A mere number, a mark: no name of a row."""
    return _NUMBER.fullmatch(text) is not None or _NOBODY.fullmatch(text) is not None


def _rules(chars: str, head: Slot) -> list[Rule]:
    """What a heading says of the lists below it: 责任单位（列第一位的为牵头单位）."""
    found = rules(chars, head.start, head.stop, [])
    return [replace(rule, start=0, stop=len(chars)) for rule in found]


def _paragraphs(chars: str, span: Span) -> Iterator[Span]:
    """The paragraphs of a cell."""
    yield from (match.span() for match in regex.finditer("[^\n]+", chars, pos=span[0], endpos=span[1]))
