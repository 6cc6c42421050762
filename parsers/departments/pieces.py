"""The names inside a piece between two separators: 和 and 会同 between names, 等 behind them, words at the edges.

All offsets are relative to the string that is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from parsers.departments.glue import seams
from parsers.departments.separators import spans
from parsers.departments.shape import shape
from parsers.departments.terms import BRACKET, guarded, words
from parsers.departments.vocabulary import Grade, grade, is_double, is_generic
from parsers.vocab import either

Range = tuple[int, int]


class Piece(NamedTuple):
    """A name inside a list: where it stands, whether 等 follows (and the 部门 behind it, that its names
    share), whether all that was trimmed or left out was mere wording.
    """

    start: int
    stop: int
    open: bool = False
    clean: bool = True
    shared: str = ""

    def moved(self, by: int) -> Piece:
        """The same piece of a longer text."""
        return Piece(self.start + by, self.stop + by, self.open, self.clean, self.shared)


_AT_NAME = "(?=[省市县区州盟旗各有相国])"
_JOINER = regex.compile(
    rf"""
    {BRACKET}
  | (?P<join> 以及 | 会同 | 联合(?!会|国|体|大|组|办|社|工|参谋|执法|网络|征信) | {guarded("joiner")} | 暨
    | [同商]{_AT_NAME} | / | [\x20\u3000\n\t]+ )
    """,
    regex.VERBOSE,
)
_PARTIES, _PARTNERS = ("党委", "党工委", "工委"), ("人民政府", "政府", "管委会", "办事处")
_JOINER_CHARS = frozenset("以会联和与及并暨同商/ \u3000\n\t")
_ETC = regex.compile(r"(?<![高中初平同优劣对均头何一二三四五六七八九十])等等?(?!级|次|分)|…+")
_AGAIN = regex.compile(r"(?:和|及|以及|与|、)")
_VAGUE = regex.compile(r"(?:有关|相关|其他|其它)?(?:部门|单位|机构|企业|人员|方面)")
_ROLES = either(words("role"))
_FRONT = regex.compile(
    rf"""
    ^(?: [\s．.…·★☆▲△●○※]+ | [0-9]{{1,2}}[.．)]
       | (?:具体|主要|统一|分别|并|可|应|须|拟|现|再|则|其中)?(?:由|请|会同(?!县)|责成|交由|商请|委托)
       | 联合{_AT_NAME}
       | (?:督促|指导|组织|协调|要求)(?=各|有关|相关|[省市县区](?!级))
       | (?:责任|牵头|配合|主办|承办|协办)(?:单位|部门)(?=[省市县区各国]) | 以及 | {guarded("joiner")} | 暨 )+
    """,
    regex.VERBOSE,
)
_FRONT_CHARS = frozenset(
    " ．.…·★☆▲△●○※\n\t\u30000123456789具主统分并可应须拟现再则其由请会责交商委联督指组协要以与及和暨责牵配承"
)
_ROLE = regex.compile(_ROLES)
_TAIL = regex.compile(
    rf"""
    (?: [\s：:。.]+ | {either(words("adverb"))} | {_ROLES}
    )+$
    """,
    regex.VERBOSE,
)
_TAIL_CHARS = frozenset("：:。." + "".join(word[-1] for word in words("adverb", "role")))
_NOTE = regex.compile(  # behind a name in a table: （牵头）, （联系人：某某）
    rf"(?<!^)（(?:(?:{either(words('adverb'))})?(?:{_ROLES})(?:单位|部门)?|(?:分别|共同|联合)(?:办理|主办|承办)|分办|(?:联系|电话)[^（）]{{0,40}})）$"
)
MAX_NAME = 120  # characters; a longer piece is prose and is not looked into


def trim(text: str, start: int, stop: int) -> Range:
    """The range without words glued to its edges: 由｜市财政局｜牵头."""
    if "（" in text or "）" in text:
        start, stop = _balanced(text, start, stop)
    front = _FRONT.match(text[start:stop]) if text[start:stop][:1] in _FRONT_CHARS else None
    if front and front.end() < stop - start:
        start += front.end()
    note = _NOTE.search(text, start, stop) if text.endswith("）", start, stop) else None
    if note:
        stop = note.start()
    piece = text[start:stop]
    tail = tail_start(piece, 0, len(piece))
    return start, start + tail if tail and not grade(piece) else stop


def tail_start(text: str, start: int, stop: int) -> int:
    """Where the words of a duty begin that end at `stop`: 市财政局｜具体负责; `stop` where there are none."""
    last = text[stop - 1 : stop]
    tail = _TAIL.search(text, start, stop) if last in _TAIL_CHARS or last.isspace() else None
    return tail.start() if tail else stop


def _balanced(text: str, start: int, stop: int) -> Range:
    """The range without a bracket at an edge whose partner is lost."""
    surplus = text.count("（", start, stop) - text.count("）", start, stop)
    if surplus > 0 and text.startswith("（", start):
        return start + 1, stop
    if surplus < 0 and text.endswith("）", start, stop):
        return start, stop - 1
    return start, stop


def cut(piece: str, familiar: frozenset[str] = frozenset()) -> tuple[Range, ...]:
    """The names inside a piece without list separators: 市发展改革委会同市财政局, 县教育局县财政局.

    A joiner only cuts between complete names, so 人力资源和社会保障局 stays one.
    """
    if len(piece) > MAX_NAME:
        return ((0, len(piece)),)
    found: list[Range] = []
    for start, stop in _joined(piece):
        places = (start, *(start + seam for seam in seams(piece[start:stop], familiar)), stop)
        found.extend(pairwise(places))
    return tuple(found)


def _joined(piece: str) -> list[Range]:
    if _JOINER_CHARS.isdisjoint(piece):
        return [(0, len(piece))]
    found: list[Range] = []
    last = 0
    for joiner in _JOINER.finditer(piece):
        left, right = piece[last : joiner.start()], piece[joiner.end() :]
        if joiner["join"] and grade(left) and _begins_name(right) and not _is_one(left, right):
            found.append((last, joiner.start()))
            last = joiner.end()
    return [*found, (last, len(piece))]


def _is_one(left: str, right: str) -> bool:
    """各县（市、区）党委和人民政府: both organs of one place; 实验室与设备管理处: an office for both."""
    return (right in _PARTNERS and left.endswith(_PARTIES)) or is_double(f"{left}与{right}")


def _begins_name(right: str) -> bool:
    """Whether a complete name stands at the front of what follows a joiner."""
    ends = [joiner.start() for joiner in _JOINER.finditer(right) if joiner["join"]][:4]
    ends.append(len(right))
    return not is_generic(right[: ends[0]]) and any(grade(right[:end].strip()) for end in ends)


def pieces(text: str, familiar: frozenset[str]) -> list[Piece]:
    """The names of a list, in order."""
    found: list[Piece] = []
    for start, stop, kept in spans(text):
        if kept:
            found.append(Piece(start, stop))
        elif start:
            found += [piece.moved(start) for piece in _read(text[start:stop], familiar)]
        else:
            found += _read(text[:stop], familiar)
    return found


def is_plain(name: str) -> bool:
    """Whether a string is a regular name with nothing to cut and nothing to trim: 县财政局."""
    form = shape(name)
    return form is not None and form.ended and len(form.level) == 1


@lru_cache(maxsize=1 << 14)
def _read(piece: str, familiar: frozenset[str]) -> tuple[Piece, ...]:
    if is_plain(piece):
        return (Piece(0, len(piece)),)
    etc = _ETC.search(piece) if len(piece) <= MAX_NAME and ("等" in piece or "…" in piece) else None
    if etc is None:
        return tuple(_names(piece, 0, len(piece), familiar))
    found = list(_names(piece, 0, etc.start(), familiar)) or [Piece(0, 0)]
    rest = slice(*trim(piece, etc.end(), len(piece)))
    shared = "部门" if piece.startswith("部门", etc.end()) else ""
    found[-1] = Piece(found[-1].start, found[-1].stop, True, _is_wording(piece[rest]), shared)
    return (*found, *_behind_etc(piece, etc.end(), familiar))


def _behind_etc(piece: str, start: int, familiar: frozenset[str]) -> Iterator[Piece]:
    """What 和 or 及 adds behind 等: 等部门和｜各地方人民政府."""
    for again in _AGAIN.finditer(piece, start):
        rest = trim(piece, again.end(), len(piece))
        string = piece[slice(*rest)]
        if grade(string) is Grade.SURE and not _VAGUE.fullmatch(string):
            yield from _names(piece, *rest, familiar)
            return


def _is_wording(rest: str) -> bool:
    """Whether what follows 等 only says what the list was of: 等国务院相关部门及各地区."""
    parts = (rest[a:b] for a, b in cut(rest))
    return not rest or all(grade(part) or is_generic(part) for part in parts)


def _names(text: str, start: int, stop: int, familiar: frozenset[str]) -> Iterator[Piece]:
    begin, end = trim(text, start, stop)
    role = _has_role(text, end, stop)
    ranges = cut(text[begin:end], familiar)
    for a, b in ranges:
        first, last = trim(text, begin + a, begin + b) if len(ranges) > 1 else (begin, end)
        if first < last:
            yield Piece(first, last, clean=not role and not _has_role(text, last, begin + b))


def _has_role(text: str, start: int, stop: int) -> bool:
    return start < stop and _ROLE.search(text, start, stop) is not None
