"""Cutting a list into names: separators, enumerations that stay whole, 和 between names, 等 at the end.

All offsets are relative to the string that is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from parsers.departments.glue import seams
from parsers.departments.terms import words
from parsers.departments.vocabulary import BRACKET, Grade, grade, is_generic
from parsers.vocab import either

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A name inside a list: where it stands, whether 等 follows (and the 部门 behind it, that its names
    share), whether all that was trimmed or left out was mere wording.
    """

    start: int
    stop: int
    open: bool = False
    clean: bool = True
    shared: str = ""


_STEP = "设区的?市|县级市|地级市|计划单列市|副省级城市|自治区|自治州|自治县|自治旗|直辖市|省直管县|兵团|苏木|省|市|州|盟|地区|县|区|旗|镇|乡"
_ORGAN = "部|委|办|局|厅|署|室|院|系|处|科|所|站|馆|场|队|司"
# Levels or kinds that share one head noun: 各市、州、县人民政府; 区政府各委、办、局; 省委、省政府.
KEPT = rf"""
    (?:各|有关|相关|全国各|沿海各|本)?(?:{_STEP})(?:{BRACKET})?
        (?:[、，](?:各)?(?:{_STEP})(?:{BRACKET})?)+
        (?:及|和)?(?:新疆生产建设兵团|计划单列市)?(?:党委、)?
        (?:人民政府|政府|党委|总工会|妇联|团委|[^、，,；;：。\n（）]{{0,16}}(?:局|厅|委|办|部门|单位|政府|会|院|公司)|(?=[、，,；;和及]|$))
  | [^、，,；;：。\n（）]{{0,8}}各(?:{_ORGAN}){{1,3}}(?:、(?:{_ORGAN}){{1,2}})+(?:级)?(?:单位|部门)?(?=[、，,；;和及]|$)
  | [^、，,；;：。\n（）]{{0,8}}(?:各|有关|相关)(?:部委|部门|厅委|厅局|委办局)(?:办)?、(?:各|有关|相关)?直属(?:事业)?(?:机构|单位|部门|機構)
  | (?P<level>[^、，,；;：。\n（）]{{0,9}}(?:{BRACKET})?)(?:党委|党工委|工委|委)、(?:(?P=level))?(?:人民)?(?:政府|管委会|行署|办事处)
        (?:(?:有关|相关)部门|办公[厅室]|督查室|目督办)?(?![^、，,；;\n]{{0,8}}[局厅委办室心部院])
"""
_SEPARATOR = "、，,；;|"
LIST = regex.compile(
    rf"""
    (?:(?:具体|统一|并)?(?:由|请|责成|督促|指导|会同|以及|及|和))?(?P<kept>{KEPT})
  | (?P<piece>(?:[^{_SEPARATOR}（）]++|{BRACKET}|[（）])++)
    """,
    regex.VERBOSE,
)
_JOINER = regex.compile(
    rf"""
    {BRACKET}
  | (?P<join>以及 | 会同(?!县) | 联合(?!会|国|体|大|组|办|社|工) | 和(?!平|田|县|顺|政|龙|静|硕|布|谐|睦) | 及(?!其|时) | 与
    | 暨 | 并(?!购) | 同(?=[省市县区州盟旗各有相国]) | 商(?=[省市县区州盟旗各有相国]) | / | [\x20\u3000\n\t]+)
    """,
    regex.VERBOSE,
)
_ETC = regex.compile(r"(?<![高中初平同优劣对均头何一二三四五六七八九十])等等?(?!级|次|分)|…+")
_AGAIN = regex.compile(r"(?:和|及|以及|与|、)")
_VAGUE = regex.compile(r"(?:有关|相关|其他|其它)?(?:部门|单位|机构|企业|人员|方面)")
_ROLES = either(words("role"))
_FRONT = regex.compile(
    r"""
    ^(?: [\s．.…·]+ | [0-9]{1,2}[.．)]
       | (?:具体|主要|统一|分别|并|可|应|须|拟|现|再|则|其中)?(?:由|请|会同(?!县)|责成|交由|商请|委托|联合(?!会|国|大))
       | (?:督促|指导|组织|协调|要求)(?=各|有关|相关|[省市县区](?!级))
       | 以及 | 及(?!其|时) | 和(?!平|田|县|顺|政|龙|静|硕|布) | 与 | 暨 )+
    """,
    regex.VERBOSE,
)
_ROLE = regex.compile(_ROLES)
TAIL = regex.compile(
    rf"""
    (?: [\s：:。.]+ | {either(words("adverb"))} | {_ROLES}
    )+$
    """,
    regex.VERBOSE,
)
_NOTE = regex.compile(  # behind a name in a table: （牵头）, （联系人：某某）
    rf"(?<!^)（(?:(?:{either(words('adverb'))})?(?:{_ROLES})(?:单位|部门)?|(?:联系|电话)[^（）]{{0,40}})）$"
)
MAX_NAME = 120  # characters; a longer piece is prose and is not looked into


def trim(text: str, start: int, stop: int) -> Range:
    """The range without words glued to its edges: 由｜市财政局｜牵头."""
    start, stop = _balanced(text, start, stop)
    front = _FRONT.match(text[start:stop])
    if front and front.end() < stop - start:
        start += front.end()
    note = _NOTE.search(text, start, stop)
    if note:
        stop = note.start()
    piece = text[start:stop]
    tail = TAIL.search(piece) if not grade(piece) else None
    if tail and tail.start():
        stop = start + tail.start()
    return start, stop


def _balanced(text: str, start: int, stop: int) -> Range:
    """The range without a bracket at an edge whose partner is lost."""
    surplus = text.count("（", start, stop) - text.count("）", start, stop)
    if surplus > 0 and text.startswith("（", start):
        return start + 1, stop
    if surplus < 0 and text.endswith("）", start, stop):
        return start, stop - 1
    return start, stop


@lru_cache(maxsize=1 << 14)
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
    found: list[Range] = []
    last = 0
    for joiner in _JOINER.finditer(piece):
        if joiner["join"] and grade(piece[last : joiner.start()]) and _begins_name(piece[joiner.end() :]):
            found.append((last, joiner.start()))
            last = joiner.end()
    return [*found, (last, len(piece))]


def _begins_name(right: str) -> bool:
    """Whether a complete name stands at the front of what follows a joiner."""
    ends = [joiner.start() for joiner in _JOINER.finditer(right) if joiner["join"]][:4]
    return any(grade(right[:end].strip()) and not is_generic(right[:end]) for end in (*ends, len(right)))


def pieces(text: str, familiar: frozenset[str]) -> Iterator[Piece]:
    """The names of a list, in order."""
    for match in LIST.finditer(text):
        if match["kept"]:
            yield Piece(*match.span("kept"))
        else:
            yield from _piece(text, *match.span(), familiar)


def _piece(text: str, start: int, stop: int, familiar: frozenset[str]) -> Iterator[Piece]:
    etc = _ETC.search(text, start, stop) if stop - start <= MAX_NAME else None
    if etc is None:
        yield from _names(text, start, stop, familiar)
        return
    rest = trim(text, etc.end(), stop)
    *names, last = list(_names(text, start, etc.start(), familiar)) or [Piece(start, start)]
    yield from names
    shared = "部门" if text.startswith("部门", etc.end()) else ""
    yield Piece(last.start, last.stop, True, _is_wording(text[slice(*rest)]), shared)
    for again in _AGAIN.finditer(text, etc.end(), stop):
        rest = trim(text, again.end(), stop)
        string = text[slice(*rest)]
        if grade(string) is Grade.SURE and not _VAGUE.fullmatch(string):
            yield from _names(text, *rest, familiar)
            return


def _is_wording(rest: str) -> bool:
    """Whether what follows 等 only says what the list was of: 等国务院相关部门及各地区."""
    parts = (rest[a:b] for a, b in cut(rest))
    return not rest or all(grade(part) or is_generic(part) for part in parts)


def _names(text: str, start: int, stop: int, familiar: frozenset[str]) -> Iterator[Piece]:
    begin, end = trim(text, start, stop)
    role = _ROLE.search(text, end, stop) is not None
    for a, b in cut(text[begin:end], familiar):
        first, last = trim(text, begin + a, begin + b)
        if first < last:
            yield Piece(first, last, clean=not role and not _ROLE.search(text, last, begin + b))
