"""Responsibility in running text: 由A牵头，B配合 · A会同B… · A负责…，B负责… · 请A、B在2月底前… · 各单位于每月25日前….

Conservative: a name counts where a verb of responsibility follows it, and where its sentence carries a time limit.
The subject of any other sentence is nobody's duty. What is told, not ordered (牵头制定了…), is none either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import regex

from parsers import departments
from parsers.assigning import assign, settle
from parsers.departments import Familiar
from parsers.sentence_words import pattern, verbs
from schemas.duties import Assignment, Expression
from schemas.text import Span

_SENTENCE = regex.compile(r"[^。；\n！？]+")
_CLAUSES = "，；：、）"
_JOINT = regex.compile("[，、]?并?(?:会同|联合(?=[^，。；]{2,40}(?:[，。；]|开展|推进|制定|组织)))")
_BREAK = regex.compile(r"[，：][，、：）\x20\u3000]*+")
_GAP = regex.compile(r"[，、：）\x20\u3000]*+")
_TO_CLAUSE_END = regex.compile(r"[^，：（]{0,40}")
_HELD = 120  # characters between 由 and the verb
_UNIT = regex.compile(
    r"[\p{Han}--[的任设在为以把将对向从到与或其是要应可不了已由]]{1,11}[局委办厅部院室处科股会组队站所司校社庭班]",
    regex.V1,
)
_MOST = 60  # clauses of one sentence
_CLAUSE = 200  # characters of a clause, at most


@dataclass(slots=True)
class _Sentence:
    """One sentence while it is read: [start, stop), the time limits in it, what was found so far in its item."""

    chars: str
    start: int
    stop: int
    times: Sequence[Span]
    familiar: Familiar
    opens: bool  # the item begins with it
    companions: bool  # an earlier sentence of the item named somebody
    linked: bool  # one before a ； did
    found: list[Assignment] = field(default_factory=list)

    def read(self) -> list[Assignment]:
        """The assignments of the sentence, in reading order."""
        done = self.start
        for verb in verbs().finditer(self.chars, self.start, self.stop):
            if verb.start() < done:
                continue
            taken = self._verb(verb, done)
            done = max(done, taken)
        if not self.found and self.times:
            self.found += self._asked() or self._subjects()
        return self.found

    def _verb(self, verb: regex.Match[str], done: int) -> int:
        """Take the names before a verb; where the words are dealt with up to."""
        role = verb.lastgroup or ""
        if verb.start() == done > self.start and role == "responsible":  # 负责 | 组织
            return verb.end()
        names = None
        if verb.start() > done and self.chars[verb.start() - 1] not in "，；：、":
            low = self._behind_object(done, verb.start())
            names = departments.list_before(self.chars, verb.start(), low, self.familiar)
        if role in ("lead", "responsible") and (names is None or self._is_rest(names)):
            names = self._held(verb.start(), done) or names
        if names is None or not self._orders(role, verb, names.names[0].start):
            return self._joined(verb) if role == "joint" and self._leads() else done
        words = ("由…" if self._introduced(names.names[0].start) else "") + verb[0]
        self.found += assign(self.chars, "lead" if role == "joint" else role, names, words, verbal=True)
        if role == "joint":
            return self._joined(verb)
        joint = _JOINT.match(self.chars, verb.end(), self.stop) if role == "lead" else None
        return self._joined(joint) if joint else verb.end()

    def _behind_object(self, done: int, stop: int) -> int:
        """党政办负责宣传，｜安监办负责检查: where what the last verb speaks of ends."""
        if done == self.start or self.chars[done] in _CLAUSES:
            return done
        return max(done, self.chars.find("，", done, stop) + 1)

    def _is_rest(self, names: departments.Names) -> bool:
        """Do other words of the list stand before them? 由宣教中心、｜审计处负责."""
        return bool(names.names) and self.chars.startswith("、", names.names[0].start - 1)

    def _held(self, stop: int, done: int) -> departments.Names | None:
        """由执行局牵头: names, known or not, held between 由 and the verb, that end like names."""
        start = self.chars.rfind("由", max(done, stop - _HELD), stop) + 1
        if not 0 < start < stop - 2 or self.chars.find("，", start, stop) >= 0:
            return None
        names = departments.split(self.chars, start, stop, self.familiar)
        held = all(self._is_unit(*name[:2]) for name in names.names)
        return names if names.names and held else None

    def _is_unit(self, start: int, stop: int) -> bool:
        if _UNIT.fullmatch(self.chars, start, stop):
            return True
        return departments.looks_like(self.chars, start, stop, self.familiar)

    def _ends(self, verb: regex.Match[str]) -> bool:
        return verb.end() >= self.stop or self.chars[verb.end()] in _CLAUSES

    def _leads(self) -> bool:
        return bool(self.found) and self.found[-1].role == "lead"

    def _joined(self, joint: regex.Match[str]) -> int:
        """Those whom the lead acts with: 会同A、B."""
        after = departments.list_after(self.chars, joint.end(), self.stop, self.familiar)
        end = after[1] if after else self._list_end(joint.end())
        if end > joint.end():
            names = departments.split(self.chars, joint.end(), end, self.familiar)
            self.found += assign(self.chars, "responsible", names, "会同", verbal=True)
        return end

    def _list_end(self, start: int) -> int:
        """Where names end that a verb follows which no list knows: 各通信运营商｜倒排工期."""
        clause = _TO_CLAUSE_END.match(self.chars, start, self.stop)
        ends = range(clause.end() if clause else start, start + 2, -1)
        return next(
            (end for end in ends if departments.looks_like(self.chars, start, end, self.familiar)), start
        )

    def _clause(self, low: int, at: int) -> int:
        """Where the clause begins in which `at` lies; the case it is for is part of it: 跨区域的，由…."""
        begin = max(low, *(self.chars.rfind(mark, low, at) + 1 for mark in "，；"))
        if self.chars.endswith("的，", low, begin):
            begin = max(low, *(self.chars.rfind(mark, low, begin - 1) + 1 for mark in "，；"))
        return begin

    def _orders(self, role: str, verb: regex.Match[str], first: int) -> bool:
        """Does the verb give a task to the names that begin at `first`?"""
        clause = self._clause(max(self.start, first - _CLAUSE), first)
        if pattern("generic").search(self.chars, clause, first) or pattern("told").match(
            self.chars, verb.end(), self.stop
        ):
            return False
        introduced = self._introduced(first) or self._is_added(verb, first)
        if not introduced and not self._opens_clause(first):
            return False
        if not self.times and pattern("roles").fullmatch(self.chars, first, verb.start()):
            return False  # 各牵头单位要牵头抓总: those of every task
        if role == "support":
            return introduced or self.companions or bool(self.found) or self._is_led_by_person(first)
        if role == "responsible":
            return self._answers(verb, first, introduced)
        return (
            introduced
            or bool(self.times)
            or first == self.start
            or pattern("stage").search(self.chars, self.start, first) is not None
            or verb[0].endswith(("单位", "部门"))  # X为…的牵头单位 says nothing else
            or pattern("order").match(self.chars, verb.end(), self.stop) is not None
        )

    def _answers(self, verb: regex.Match[str], first: int, introduced: bool) -> bool:
        """由A负责; A负责…，B负责…; A负责… where an item begins with it or a time stands beside."""
        if not introduced and not verb[0].endswith("负责") and not (self.found and self._ends(verb)):
            return first == self.start and self._is_shared(verb, first)
        if self.times:
            return True
        if pattern("whose").match(self.chars, verb.end(), self.stop) or pattern("work").fullmatch(verb[0]):
            return False
        return (
            introduced
            or self.linked
            or bool(self.found)
            or (self.opens and first == self.start)
            or self._again(verb)
            or self._is_whole(verb, first)
            or self._closes(verb, first)
        )

    def _is_shared(self, verb: regex.Match[str], first: int) -> bool:
        """市教育局组织实施，市财政局配合; 市教育局、市财政局按职责分工抓好落实."""
        if pattern("helped").match(self.chars, verb.end(), self.stop):
            return True
        divided = verb[0].startswith(("按", "根", "依")) and verb.end() >= self.stop
        return divided and pattern("anybody").match(self.chars, first, self.stop) is None

    def _closes(self, verb: regex.Match[str], first: int) -> bool:
        """开展自查，各企业负责: the last clause says who, of a task and not of a case (跨区的，市局负责)."""
        if verb.end() < self.stop or first < self.start + 2 or self.chars[first - 1] != "，":
            return False
        named = verb.start() - first > 2 and pattern("anybody").match(self.chars, first, self.stop) is None
        return named and self.chars[first - 2] != "的"

    def _is_whole(self, verb: regex.Match[str], first: int) -> bool:
        """水利所和各村负责具体实施。: a sentence that says who, and nothing more than that."""
        if first != self.start and not self.chars.endswith(("：", "——"), 0, first):
            return False
        return pattern("whole").match(self.chars, verb.end(), self.stop) is not None

    def _is_led_by_person(self, first: int) -> bool:
        """由副镇长牵头，水利站、｜各村配合."""
        return pattern("person leads").search(self.chars, self.start, first) is not None

    def _again(self, verb: regex.Match[str]) -> bool:
        """Is a duty of another named behind it? 市教育局负责…；市财政局负责…; 市教育局负责，市财政局配合."""
        if pattern("again").search(self.chars, verb.end(), min(self.stop, verb.end() + 200)):
            return True
        return pattern("further").match(self.chars, self.stop) is not None

    def _introduced(self, first: int) -> bool:
        """Does 由, 请 or the like stand before the names?"""
        return pattern("introducer").search(self.chars, max(self.start, first - 6), first) is not None

    def _is_added(self, verb: regex.Match[str], first: int) -> bool:
        """第3项增加｜市教育局为配合单位; 以｜市教育局为主，市财政局配合."""
        if verb[0] == "为主":
            return self.chars.startswith("以", first - 1)
        adding = pattern("adding").match(self.chars, max(self.start, first - 2), first)
        return adding is not None and verb[0].endswith(("单位", "部门"))

    def _opens_clause(self, first: int) -> bool:
        if first == self.start or self.chars.endswith((*_CLAUSES, "——", " "), 0, first):
            return True
        return any(stop == first for _, stop in self.times)

    def _asked(self) -> list[Assignment]:
        """请A、B在2月底前完成…."""
        for match in pattern("request").finditer(self.chars, self.start, self.stop):
            after = self._names_from(match.end())
            if after:
                return list(assign(self.chars, "responsible", after[0], "请…", verbal=True))
        return []

    def _subjects(self) -> list[Assignment]:
        """各单位要于5月10日前…; 12月底前，党委会审定…: the subjects of a dated sentence, each with a time of its own."""
        found: list[Assignment] = []
        done = self.start
        for place in self._places():
            after = (
                departments.list_after(self.chars, place, self.stop, self.familiar) if place >= done else None
            )
            if after is None or not self._is_subject(place, after[1], bool(found)):
                continue
            found += assign(self.chars, "responsible", after[0], "subject of a dated sentence", verbal=True)
            done = after[1]
        return found

    def _names_from(self, place: int) -> tuple[departments.Names, int] | None:
        """The names that begin here, up to the next time: 请各单位｜本月底前完成."""
        limit = min([start for start, _ in self.times if start > place], default=self.stop)
        return departments.list_after(self.chars, place, limit, self.familiar)

    def _places(self) -> list[int]:
        """Where a subject may begin: the sentence, its clauses, behind a time; in the first clauses only."""
        marks = islice(_BREAK.finditer(self.chars, self.start, self.stop), _MOST)
        places = {self.start, *(mark.end() for mark in marks)}
        for _, stop in self.times[:_MOST]:
            gap = _GAP.match(self.chars, stop, self.stop)
            places.add(gap.end() if gap else stop)
        split = {place for place in places if self.chars[place - 1] == "："}  # 17：00前 is one time
        within = {place for place in split for start, stop in self.times[:_MOST] if start < place < stop}
        return sorted(places - within)

    def _is_subject(self, place: int, end: int, further: bool) -> bool:
        end += self.chars[end : end + 1] == "，"
        dated = any(start == end for start, _ in self.times)
        if not dated and not pattern("duty").match(self.chars, end, self.stop):
            return False
        return not further or any(
            (start - end <= 4 and start >= end) or stop == place for start, stop in self.times
        )


def sentences(
    chars: str, start: int, stop: int, dated: Sequence[Span], familiar: Familiar, *, tells: bool = False
) -> Iterator[Expression]:
    """The assignments that the sentences of an item make, in reading order.

    `dated`: spans of the time limits that were found in the item's sentences. `tells`: the document reports or lays
    down standing rules, so that only what is dated is a task.
    """
    hint = pattern("hint")
    if not dated and (tells or not hint.search(chars, start, stop)):
        return
    before = linked = False
    for match in _SENTENCE.finditer(chars, start, stop):
        begin, end = match.span()
        times = [span for span in dated if begin <= span[0] < end]
        if not times and (tells or not hint.search(chars, begin, end)):
            continue
        opens = not chars[start:begin].strip()
        linked = linked and chars[begin - 1] == "；"
        begin += len(chars[begin:end]) - len(chars[begin:end].lstrip(" \u3000"))
        found = _Sentence(chars, begin, end, times, familiar, opens, before, linked).read()
        if found:
            before = linked = True
            yield Expression(begin, begin, "sentence", tuple(settle(found)))
