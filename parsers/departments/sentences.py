"""Department lists inside running text: those that end or begin at a place, and those that stand alone."""

from __future__ import annotations

from functools import lru_cache

import regex

from parsers.departments.edges import name_behind, name_in_front
from parsers.departments.lists import NOBODY, Familiar, Name, Names, looks_like, split
from parsers.departments.pieces import tail_start
from parsers.departments.separators import spans
from parsers.departments.shape import shape
from parsers.departments.terms import BRACKET, HAN, guarded, words
from parsers.departments.vocabulary import FIXED, LAST, Grade, bare, grade, is_collective, subject_end
from parsers.vocab import either

MAX_TAIL = 20
WINDOW = 400  # characters: no list in a sentence is longer
_HARD = regex.compile(r"[。；;：:！？!?\n《》]|——|“(?![^“”\n]{1,16}”)|”(?<!“[^“”\n]{1,16}”)")
_LAST_HARD = regex.compile(_HARD.pattern, regex.REVERSE)
_INTRODUCER = regex.compile(
    rf"{guarded('introducer')}|[） ]|(?<=[年月日底季旬号])(?:前|底前?|末前?|内|起|后)|(?<=[0-9一二三四上中下][年月日旬])"
)
_BRACKETS = regex.compile("[（）]")
_ETC = regex.compile(
    r"""
    (?<![高中初平同优劣对均头何])等等?
    (?:(?:国务院|中央|[国省市县区州]家?[直级]?)?(?:各?(?:有关|相关)|各|多个|[0-9一二三四五六七八九十]{1,3}个)?
       (?:职能|成员|责任|行业|主管)?(?:部门|单位|机构|企业)(?:[和及](?:单位|部门))?)?
    """,
    regex.VERBOSE,
)
_OFFICE = regex.compile(
    rf"(?:主要|分管|党政|有关|相关|行政|副)*(?:{either(words('title'))})"
)  # 县水利局｜局长
_OPENS = regex.compile(rf"(?:具体|主要|统一|分别|并)?(?:{guarded('introducer')})")
_ALONE = regex.compile(
    rf"""
    (?<![^、，,；;。：:（）\n\x20])
    (?:[各省市县区]{HAN}{{0,2}}{BRACKET})?[^、，,；;。：:（）\n\x20“”《》]{{1,29}}?[{LAST}]
    (?=[、，,；;。：:（）\n\x20]|$|{either(words("role"))}|等|会同|要)
    """,
    regex.VERBOSE,
)


def list_before(chars: str, stop: int, start: int, familiar: Familiar = NOBODY) -> Names | None:
    """The longest department list that ends at `stop`, not reaching before `start`.

    >>> [name.name for name in list_before("此项工作由市发展改革委会同市财政局牵头", 17, 0).names]
    ['市发展改革委', '市财政局']
    """
    low = max(start, stop - WINDOW)
    mark = _LAST_HARD.search(chars, low, stop)
    low = _behind_unclosed(chars, mark.end() if mark else low, stop)
    clause = chars[low : tail_start(chars, max(low, stop - MAX_TAIL), stop)]
    begin = _begin(clause, familiar)
    names = None if begin is None else split(chars, low + begin, low + len(clause), familiar)
    return names if names and names.names else None  # 各项目负责人 are addressed, and no department


def _behind_unclosed(chars: str, start: int, stop: int) -> int:
    """Behind the last bracket that is open at `stop`: …环境（｜市营商环境局; `start` when none is."""
    depth = 0
    if chars.find("（", start, stop) < 0:
        return start
    for bracket in reversed(list(_BRACKETS.finditer(chars, start, stop))):
        depth += 1 if bracket.group() == "）" else -1
        if depth < 0:
            return bracket.end()
    return start


@lru_cache(maxsize=1 << 12)
def _begin(clause: str, familiar: Familiar) -> int | None:
    """Where the list that ends with the clause begins: walk back from piece to piece until one is no name."""
    begin: int | None = None
    anchor = len(clause)  # the end of the nearest name that needs no neighbour to be one
    for a, b in reversed([(a, b) for a, b, _ in spans(clause)]):
        if looks_like(clause, a, b, familiar):
            anchor = b
        elif not looks_like(clause, a, anchor, familiar):
            inner = _behind_words(clause, (a, b), anchor, familiar)
            return begin if inner is None else inner
        begin = a
        if _OPENS.match(clause, a, b):
            break
    return begin


def _behind_words(clause: str, piece: tuple[int, int], anchor: int, familiar: Familiar) -> int | None:
    """Where a name begins inside a piece that is none: 此项工作由｜市财政局."""
    start, stop = piece
    for word in _INTRODUCER.finditer(clause, start, stop):
        if looks_like(clause, word.end(), anchor, familiar):
            return word.end()
    if clause[stop : stop + 1] not in ("", "、"):  # the object of another clause: 报送市发改委，市财政局牵头
        return None
    inner = name_behind(clause[start:stop], familiar.names)
    return None if inner is None else start + inner


def list_after(chars: str, start: int, stop: int, familiar: Familiar = NOBODY) -> tuple[Names, int] | None:
    """The longest department list that starts at `start`, and where it ends.

    >>> list_after("市教育局、市财政局在2月底前完成", 0, 16)[1]
    9
    """
    stop = min(stop, start + WINDOW)
    hard = _HARD.search(chars, start, stop)
    end = _end(chars[start : hard.start() if hard else stop], familiar)
    if end is None:
        return None
    found = split(chars, start, start + end, familiar)
    if not found.names:
        return None
    return found, start + end if found.open else found.names[-1].stop


@lru_cache(maxsize=1 << 12)
def _end(clause: str, familiar: Familiar) -> int | None:
    """Where the list that begins the clause ends: walk on until a name is followed by its predicate."""
    end: int | None = None
    anchor = 0  # the start of the names that wait for one that completes them
    for a, b, kept in spans(clause):
        if looks_like(clause, anchor, b, familiar):
            end, anchor = b, b + 1
            continue
        subject = 0 if kept else _subject(clause[a:b], familiar)
        if subject and looks_like(clause, anchor, a + subject, familiar):
            return None if _OFFICE.match(clause, a + subject) else a + subject
        if subject or b - a > 6:
            break
    return end


def _subject(piece: str, familiar: Familiar) -> int:
    """Where the name at the front of a piece, or 等部门 behind it, is followed by something else; 0 if nowhere."""
    etc = _ETC.search(piece)
    if etc and etc.start() and looks_like(piece, 0, etc.start(), familiar):
        return etc.end()
    return subject_end(piece) or name_in_front(piece, familiar.names)


def find_all(chars: str, start: int, stop: int, familiar: Familiar = NOBODY) -> list[Name]:
    """Every name in running text that is certain: alone between marks, with its level or known as it stands.

    >>> [name.name for name in find_all("抄送：市委办公室，市教育局。", 0, 14)]
    ['市委办公室', '市教育局']
    """
    return [
        Name(*match.span(), match.group(), is_collective(match.group()))
        for match in _ALONE.finditer(chars, start, stop)
        if match.group() in familiar.names or match.group() in FIXED or _is_certain(match.group())
    ]


def _is_certain(name: str) -> bool:
    form = shape(bare(name))
    return form is not None and bool(form.level) and grade(name) is Grade.SURE
