"""The grammar of responsibility: A牵头，B、C按职责分工负责 · 牵头单位：A；责任单位：B · A（牵头）、B · A会同B负责.

One reading for brackets and label values: labels and verbs are clues, in order; a label gives its role to the names
after it, a verb to those before it (also inside a label's value), a note in brackets to the one name it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from parsers import departments
from parsers.assigning import assign, settle, twice
from parsers.clues import ROLES, Clue, clues, noted, says_when
from parsers.departments import Familiar
from parsers.labels import Label
from parsers.leaders import persons
from schemas.duties import Assignment, Trouble
from schemas.text import Span

_CLAUSES = "，；。"
_CLAUSE = regex.compile(r"[^，；。]+")
_BLANK = "，；。：、 \n\u3000*-—【】〔〕[]"
_GENERAL = regex.compile(
    r"(?:以下(?![简统]称)|以上|上述|其他|其余|各项(?!目)|均)(?![^，。；]{0,6}由)"
)  # 以下均需…落实: of the document
_PROSE = regex.compile(
    r"\G(?:如(?![东皋])|含(?!山)|指|即(?!墨)|以)|[0-9]{2}|[了的着过将对把被于]|前|完成|底|年|月|工作$|要$|项目(?![部组办公单中])|资金|机制|需|以上|以下|社会$|群众$|(?<!\p{Han})(?:鼓励|引导|动员|发动|吸引|广泛)|[不未也都均可自]$"
)
_NO_NAME = regex.compile(
    r"[。：；！？“”]|[0-9]{3}|[，要须]|进行|开展|推进|落实|加强|做好|不少于|的[^，、]{3}"
)
_NOTHING = regex.compile(r"[无略/—\-－\s待定]*")
_GLUED = regex.compile(  # a blank between them went with the wraps
    r"[局委办厅部院会司处社团](?=[0-9]{1,4}(?:年|月(?!刊))[^，。；、]{0,12}$|[0-9]{4}年[0-9]{1,2}月|(?:上半年|年底|全年|长期|持续)[^，。；、]{0,8}$)"
)
_LONGEST_NAME = 30
_GIVES = {"joint": "lead", "helping": "support"}  # 市教育局会同…; 市财政局配合市教育局
_PARTICLE = 3  # characters: 由, 并, 另; what is longer says something
_ENDS = "，。；、）：\n 】〕]"


class Reading(NamedTuple):
    """What an expression says: roles, spans of labelled times, of clauses that say neither, of persons; what failed;
    spans of fields that say something else."""

    assignments: tuple[Assignment, ...] = ()
    fields: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    leaders: tuple[Span, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    kept: tuple[Span, ...] = ()


def read(
    chars: str, start: int, stop: int, familiar: Familiar, labels: Sequence[Label] | None = None
) -> Reading:
    """What the expression [start, stop) says. `labels`: those in it, where they are known.

    Example: 市教育局牵头，市财政局等部门配合 -> lead 市教育局; support 市财政局 (open).
    """
    reader = _Reader(chars, familiar)
    label: Clue | None = None
    done = start
    for clue in clues(chars, start, stop, familiar, labels):
        if clue.label:
            reader.segment(label, done, clue.start)
            label = clue if clue.kind != "remark" else None
        elif not (label is None or label.kind in ROLES) or not reader.verb(clue, label, done):
            continue
        done = clue.stop
    reader.segment(label, done, stop)
    return reader.reading()


@dataclass(slots=True)
class _Reader:
    """An expression while it is read: segments between clues, in order."""

    chars: str
    familiar: Familiar
    assignments: list[Assignment] = field(default_factory=list)
    fields: list[Span] = field(default_factory=list)
    asides: list[Span] = field(default_factory=list)
    leaders: list[Span] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)

    def reading(self) -> Reading:
        settled = tuple(settle(self.assignments))
        if len(settled) > 1:
            self.troubles += twice(settled)
        spans = (tuple(self.fields), tuple(self.asides), tuple(self.leaders))
        return Reading(settled, *spans, tuple(self.troubles), tuple(self.kept))

    def segment(self, label: Clue | None, start: int, stop: int) -> None:
        """What stands before the next label or the end: the value of the label before it."""
        begin, end = start, stop
        start, stop = trim(self.chars, start, stop)
        if label is None:
            self.loose(start, stop)
        elif start >= stop:
            if begin == label.stop and label.kind in (*ROLES, "deadline"):
                self.troubles.append(("empty_label", (label.start, label.stop)))
        elif label.kind == "deadline":
            self.fields.append((start, stop))
        elif label.kind == "leader":
            self.leaders += persons(self.chars, *self._dated(start, stop))
        elif label.kind in ROLES:
            self.value(label, start, stop)
        else:
            self.kept.append((label.start, end))

    def value(self, label: Clue, start: int, stop: int) -> None:
        """The names of a label, and the clauses behind them that say when."""
        if (full := self.chars.find("。", start, stop)) >= 0:  # a new sentence: 以下均需各区县落实
            self.loose(full, stop)
            stop = full
        start, stop = self._dated(start, stop)
        if start >= stop or _NOTHING.fullmatch(self.chars, start, stop):
            return
        names = departments.split(self.chars, start, stop, self.familiar)
        kept = tuple(self._undated(name) for name in names.names if self._is_name(name))
        if not kept:
            self.troubles.append(("unread_department", (start, stop)))
        self.assignments += assign(self.chars, label.kind, departments.Names(kept, names.open), label.words)

    def _dated(self, start: int, stop: int) -> Span:
        """The value without its last clauses that say when: 市教育局，6月底前; 市教育局6月底前."""
        glued = _GLUED.search(self.chars, start, stop)
        if glued is not None:
            self.asides.append(trim(self.chars, glued.end(), stop))
            stop = glued.end()
        while True:
            comma = max(self.chars.rfind(mark, start, stop) for mark in "，； ")
            if comma < 0 or not says_when(self.chars, comma, stop) or self._is_inside(comma, stop):
                return trim(self.chars, start, stop)
            self.asides.append(trim(self.chars, comma, stop))
            stop = comma

    def _is_inside(self, at: int, stop: int) -> bool:
        """Does a place lie in a bracket that closes behind it? 市教育局（校舍，｜6月底前）."""
        closed = self.chars.find("）", at, stop)
        return closed >= 0 and self.chars.find("（", at, closed) < 0

    def _undated(self, name: departments.Name) -> departments.Name:
        """The name without a bracket that says by when: 市教育局（校舍，6月底前）."""
        opened = self.chars.rfind("（", name.start, name.stop) if self.chars[name.stop - 1] == "）" else -1
        if opened <= name.start or not says_when(self.chars, opened, name.stop):
            return name
        self.asides.append((opened + 1, name.stop - 1))
        return name._replace(stop=opened, name=name.name.partition("（")[0])

    def _is_name(self, name: departments.Name) -> bool:
        """Could this be a name, known or not? A sentence could not."""
        if departments.looks_like(self.chars, name.start, name.stop, self.familiar):
            return True
        return name.stop - name.start <= _LONGEST_NAME and not _NO_NAME.search(
            self.chars, name.start, name.stop
        )

    def verb(self, clue: Clue, label: Clue | None, done: int) -> bool:
        """Names before a verb, if any. A会同B负责: A leads, B answers; what stands before the names is read by itself."""
        names = self._subject(clue, done) if label is None or clue.kind != "helping" else None
        if names is not None and label is not None and done == label.stop and clue.kind != label.kind:
            names = self._last_clause(names, clue)
        elif names is not None and label is None and clue.kind == "support" and not self.assignments:
            names = self._helpers(names, clue)
        if names is None:
            return False
        self.before(label, done, names.names[0].start)
        role = _GIVES.get(clue.kind, clue.kind)
        if label is not None and role == "responsible" and not self._stands_before(label, names):
            role = label.kind  # 牵头单位：A、B按职责分工负责
        self.assignments += assign(self.chars, role, names, clue.words, verbal=label is None)
        return True

    def _stands_before(self, label: Clue, names: departments.Names) -> bool:
        """Is there anything between a label and the names of a verb in its value?"""
        start, stop = trim(self.chars, label.stop, names.names[0].start)
        return start < stop

    def _last_clause(self, names: departments.Names, clue: Clue) -> departments.Names | None:
        """牵头单位：A，B配合: the verb speaks of B alone; what stands before the comma is the label's."""
        comma = max(self.chars.rfind(mark, names.names[0].start, clue.start) for mark in "，；")
        kept = tuple(name for name in names.names if name.start > comma)
        return names._replace(names=kept) if kept else None

    def _helpers(self, names: departments.Names, clue: Clue) -> departments.Names:
        """市教育局，市财政局、市人社局配合: those behind the one comma help the others."""
        first = names.names[0].start
        return (
            self._last_clause(names, clue) if self.chars.count("，", first, clue.start) == 1 else None
        ) or names

    def before(self, label: Clue | None, start: int, stop: int) -> None:
        """What stands between the last clue and a verb's names."""
        start, stop = trim(self.chars, start, stop)
        if start < stop:
            if label is None:
                self.loose(start, stop)
            else:
                self.value(label, start, stop)

    def _subject(self, clue: Clue, done: int) -> departments.Names | None:
        clause = max(self.chars.rfind(mark, done, clue.start) for mark in _CLAUSES) + 1
        if clause and _GENERAL.match(self.chars, clause, clue.start):
            return None
        found = departments.list_before(self.chars, clue.start, done, self.familiar)
        ends = clue.stop - clue.start == len(clue.words) and self.chars[clue.stop : clue.stop + 1] in _ENDS
        if found is None and ends:
            found = self._plain_list(max(done, clause), clue.start)
        return found if found and found.names else None

    def _plain_list(self, start: int, stop: int) -> departments.Names | None:
        """Names that no vocabulary knows, where the clause before the verb is nothing but a list."""
        listed = self.chars[stop - 1] == "、"  # 揽储、分配、｜实施: what is done
        start, stop = trim(self.chars, start, stop)
        if (
            listed
            or not 2 <= stop - start <= 60
            or _PROSE.search(self.chars, start, stop)
            or says_when(self.chars, start, stop)
        ):
            return None
        return departments.split(self.chars, start, stop, self.familiar)

    def loose(self, start: int, stop: int) -> None:
        """Clauses that no clue explains: lists of names answer for the task, others may say when."""
        for match in _CLAUSE.finditer(self.chars, start, stop):
            begin, end = trim(self.chars, *match.span())
            if is_list(self.chars, begin, end, self.familiar):
                names = departments.split(self.chars, begin, end, self.familiar)
                self.assignments += assign(self.chars, "responsible", names, "bare list", verbal=True)
            elif begin < end:
                self.asides.append((begin, end))
                if end - begin > _PARTICLE and not says_when(self.chars, begin, end):
                    self.kept.append((begin, match.end()))


def is_list(chars: str, start: int, stop: int, familiar: Familiar) -> bool:
    """Is this nothing but names, each with or without a note behind it?"""
    if departments.looks_like(chars, start, stop, familiar):
        return True
    if not noted(chars, start, stop):
        return False
    names = departments.split(chars, start, stop, familiar).names
    return bool(names) and all(departments.looks_like(chars, n.start, n.stop, familiar) for n in names)


def trim(chars: str, start: int, stop: int) -> Span:
    """The span without delimiters, blanks, bullets and halves of brackets at its ends."""
    while start < stop and (chars[start] in _BLANK or chars[start] == "）"):
        start += 1
    while start < stop and (chars[stop - 1] in _BLANK or chars[stop - 1] == "（"):
        if (
            chars[stop - 1] in "〕]"
            and chars.find("〔" if chars[stop - 1] == "〕" else "[", start, stop) > start
        ):
            break  # 办公室[信访办]
        stop -= 1
    return start, stop
