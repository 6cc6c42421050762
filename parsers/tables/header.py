"""What the columns of a table hold, told by the words that head them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

import regex

from parsers.labels import of_header
from parsers.tables.grid import ABOVE, LEFT, NUMBER
from parsers.vocab import terms

ROLES = ("lead", "support", "responsible")
DUTIES = frozenset((*ROLES, "deadline", "leader"))
_KNOWN = DUTIES | {"number", "title", "text", "contact", "event", "schedule", "weak"}
_BRACKET = regex.compile(r"[（(][^（）()]{0,30}[）)]|[*#：:]|(?:19|20)[0-9]{2}年(?:度)?")
_BLANK = regex.compile(r"[\s\u3000]+")
_AND = regex.compile("[及和与、/]")
_WORDED = ("title", "text")
_LONGEST = 24  # characters of a heading
_TOP = 3  # rows above the headings: the table's title, 单位：万元
_WEAK = frozenset(
    (
        "时间",
        "日期",
        "工作时间",
        "活动时间",
        "起止时间",
        "时间安排",
        "会议时间",
        "具体时间",
        "举办时间",
        "举行时间",
        "开展时间",
        "比赛时间",
        "月份",
        "时间段",
    )
)
_NOUN = r"(?:单位|部门|[处科股部]室|机构|主体|公司|站所|司局|镇街|街镇|乡镇|街道|县区|区县|市县|社区|园区)(?:（|及|和|、|/|$)"
_SUFFIXES = tuple(
    (kind, regex.compile(pattern))
    for kind, pattern in (
        (
            "",
            rf"(?:考核|督查|督办|督导|监督|验收|报送|填报|申报|被|建议|提案|使用|建设|产权|编制|受益|供货|施工|设计|监理|中标|采购)(?:责任)?{_NOUN}",
        ),
        (
            "deadline",
            r"(?:时限(?:清单)?|期限|截止(?:时间|日期)|完成(?:时间|日期|节点)|时间(?:节点|进度|要求))(?:（|及|和|$)",
        ),
        (
            "leader",
            r"(?:分管|牵头|责任|包抓|包联|联系|挂帅|督办|市级|县级|区级|校级)[^单部]{0,3}领导(?:（|及|和|$)|责任人(?:（|$)|负责人(?:（|$)",
        ),
        (
            "mixed",
            rf"(?:牵头|主办).{{0,6}}[及和、/（与](?:配合|协办|责任|参与|协同).{{0,6}}{_NOUN}|(?:责任|承办).{{0,4}}[及和、/与](?:配合|协办|参与|协同|协助).{{0,6}}{_NOUN}",
        ),
        ("support", rf"(?:配合|协办|协同|协助|参与|会办|参加|支持|协作)(?:责任|落实)?{_NOUN}"),
        (
            "lead",
            rf"(?:牵头|主办|主责|第一责任|主要责任)(?:责任|落实|负责|承办|组织|实施|推进|协调|执行|抓总){{0,2}}{_NOUN}",
        ),
        (
            "responsible",
            rf"(?:责任|承办|负责|落实|实施|承担|执行|指导)(?:主体)?{_NOUN}|(?:责任|任务|职责)分工$",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Header:
    """`start`, `stop`: the rows of the headings; `kinds`: what each column holds; `words`: its heading."""

    start: int
    stop: int
    kinds: tuple[str, ...]
    words: tuple[str, ...]

    def has(self, *kinds: str) -> bool:
        """Does a column of one of these kinds exist?"""
        return any(kind in kinds for kind in self.kinds)

    @property
    def duties(self) -> bool:
        """Is this a table of tasks: does it say who or by when?"""
        return self.has(*DUTIES, "mixed")


@cache
def _columns() -> dict[str, str]:
    return {word: term.canonical for term in terms("tables") for word in term.aliases}


@lru_cache(maxsize=1 << 12)
def kind_of(heading: str) -> str | None:
    """What a column of this heading holds: a role, deadline, leader, number, title, text …; None for other words.

    >>> [kind_of(heading) for heading in ("序 号", "牵头单位", "2021年工作措施", "完成时限（月）", "市财政局")]
    ['number', 'lead', 'text', 'deadline', None]
    """
    bare = _BLANK.sub("", heading)
    plain = _BRACKET.sub("", bare)
    if not plain or len(plain) > _LONGEST or bare[-1] in "。；":
        return None
    for words in (bare, plain):
        kind = listed(words)
        if kind is not None:
            return kind
    found = next((kind for kind, pattern in _SUFFIXES if pattern.search(bare)), None)
    return found or ("text" if of_header(bare) == "other" or _is_worded(plain) else None)


def _is_worded(heading: str) -> bool:
    """Does it head words by two names? 任务要求及举措, 主要任务和措施"""
    parts = _AND.split(heading)
    return len(parts) > 1 and all(listed(part) in _WORDED for part in parts)


def listed(words: str) -> str | None:
    """What a heading of exactly these words holds, if the vocabulary has them."""
    if words in _WEAK:
        return "weak"
    kind = of_header(words)
    return kind if kind in _KNOWN else _columns().get(words)


def find(rows: Sequence[Sequence[str]]) -> Header | None:
    """The headings of a table, in one row or two, at its top; None for a table whose headings say nothing known."""
    above = False  # a row of several cells that head nothing: a legend, or the first row of a table without headings
    for start in range(min(_TOP + 1, len(rows) - 1)):
        kinds = _kinds(rows[start])
        if _heads(rows[start], kinds) and (not above or _surely(kinds)):
            return _deeper(rows, start, kinds)
        above = above or sum(bool(text.strip(ABOVE + LEFT)) for text in rows[start]) > 2
    return None


def counted(header: Header, rows: Sequence[Sequence[str]]) -> Header:
    """The headings, their first column one of numbers where the rows below are counted under another word.

    >>> head = Header(0, 1, ("title", "text", "lead"), ("改革事项", "内容", "牵头单位"))
    >>> counted(head, [["1", "修路", "县交通局"], ["2", "架桥", "县交通局"]]).kinds
    ('number', 'text', 'lead')
    """
    if "number" in header.kinds:
        return header
    empty = [column for column, text in enumerate(header.words) if not text]
    for column in sorted({0, *empty}):
        cells = [row[column] for row in rows if len(row) > column + 1 and row[column].strip(ABOVE + LEFT)]
        values = [int(found["n"]) for text in cells if (found := NUMBER.fullmatch(text))]
        rising = all(above < below for above, below in pairwise(values))
        if header.kinds[column] in _WORDED and len(values) > 1 and rising and len(values) * 2 >= len(cells):
            kinds = (*header.kinds[:column], "number", *header.kinds[column + 1 :])
            return replace(header, kinds=kinds)
    return header


def _kinds(row: Sequence[str]) -> list[str | None]:
    """The kind of every column; a heading that spans several holds for all of them."""
    kinds: list[str | None] = []
    for text in row:
        kinds.append(kinds[-1] if text == LEFT and kinds else kind_of(text))
    return kinds


def _heads(row: Sequence[str], kinds: Sequence[str | None]) -> bool:
    """Do enough of these cells head something?"""
    words = [text for text in row if text.strip(ABOVE + LEFT)]
    if any(len(_BRACKET.sub("", text)) > _LONGEST or text[-1] in "。；" for text in words):
        return False
    known = [kind for kind in kinds if kind in _KNOWN or kind == "mixed"]
    said = sum(kind in DUTIES or kind in ("number", "mixed") for kind in known)
    return len(known) >= 2 and said >= 1 and len(known) * 2 >= len(words)


def _surely(kinds: Sequence[str | None]) -> bool:
    """Do the cells say what no row of a table would: 序号, 事项, 牵头单位, 完成时限 side by side?"""
    return sum(kind in _KNOWN for kind in kinds) >= 4 and len(DUTIES.intersection(kinds)) >= 2


def _deeper(rows: Sequence[Sequence[str]], start: int, kinds: list[str | None]) -> Header:
    """Take a second row of headings in: 责任单位 over 牵头 and 配合."""
    words, stop = list(rows[start]), start + 1
    if stop + 1 < len(rows) and _is_second(rows[start], rows[stop]):
        for column, text in enumerate(rows[stop][: len(kinds)]):
            if text.strip(ABOVE + LEFT):
                kinds[column], words[column] = kind_of(text), text
        stop += 1
    return Header(start, stop, tuple(_settled(kinds, words)), tuple(words))


def _is_second(first: Sequence[str], second: Sequence[str]) -> bool:
    named = [column for column, text in enumerate(second) if text.strip(ABOVE + LEFT)]
    kinds = [kind_of(second[column]) for column in named]
    if not named or not all(kinds) or len(named) == len(second):
        return False
    below = all(
        not first[column] or LEFT in first[column] or kind_of(first[column])
        for column in named[1:]
        if column < len(first)
    )
    return below and any(kind in DUTIES for kind in kinds)


def _settled(kinds: Sequence[str | None], words: Sequence[str]) -> list[str]:
    """The columns beside each other: 主要责任单位 leads beside a 配合 column; 时间 of a meeting is no deadline."""
    said = set(kinds)
    weak = "when" if said & {"event", "schedule"} and not said & {*ROLES, "leader", "mixed"} else "deadline"
    lists = {"任务清单", "时限清单"} <= {_BLANK.sub("", text) for text in words}
    settled = []
    for kind, text in zip(kinds, words, strict=True):
        bare = _BLANK.sub("", text)
        alone = kind == "lead" and bare.startswith("主要责任") and "support" not in said
        if alone or (lists and bare == "责任清单"):
            settled.append("responsible")
        elif kind == "weak":
            settled.append(weak if "deadline" not in said else "text")
        else:
            settled.append(kind or "text")
    return settled
