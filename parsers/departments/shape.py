"""The regular names: level + field of work + ending, 县财政局; they can be told from any words around them.

A walk over sets instead of a pattern: a pattern with all the fields in it takes longer to compile than
a circular to parse.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from parsers.departments.terms import by_first, words

LEVEL = "自治区|自治州|自治县|自治旗|省|市|县|区|州|盟|旗|镇|乡"
_FIELDS, _ORGANS, _OWN = (frozenset(words(key)) for key in ("field", "organ", "own"))
_ENDS = frozenset(words("office"))
_INNER_ENDS = frozenset(words("inner"))
_INNER_BARE = frozenset(end for end in _INNER_ENDS if len(end) > 1)
_NO_PLACE = "局厅部委由请责（0123456789"
_LONGEST = max(map(len, _FIELDS))
_MAX_FIELDS = 5
_REACH = 12  # characters in which the level stands
_LEVEL = regex.compile(rf"[{_NO_PLACE}]|[各同本]级|{LEVEL}|兵团|开发区|高新区|经开区|新区|园区")
_ABBREVIATED = regex.compile(
    "[文体旅广新科教卫农林牧渔商工信住建人社发改经财规环监交运执医保统数综应粮]{2,5}(局|委|办|厅)"
)
_HOUSES_AT = by_first(words("house"))


class Shape(NamedTuple):
    """The parts of a regular name.

    `level` 县 or empty; `party` for 宣传部, 市委宣传部; `end` 局, or empty for 县人社; `house` 省总 for 省总宣教部.
    """

    level: str
    party: bool
    end: str
    house: str = ""

    @property
    def ended(self) -> bool:
        """Whether the name is complete, unlike 县人社."""
        return self.party or bool(self.end) or bool(self.house)


@lru_cache(maxsize=1 << 14)
def shape(name: str) -> Shape | None:
    """The parts of a regular name; None when it is not of that shape.

    >>> shape("县财政局"), shape("国网青海公司")
    (Shape(level='县', party=False, end='局', house=''), None)
    """
    if len(name) > 40:
        return None
    house = next((house for house in _HOUSES_AT.get(name[:1], ()) if name.startswith(house)), "")
    inner = name[len(house) :] if house else ""
    if house and (inner in _INNER_BARE or _end_of_work(inner, _INNER_ENDS)):
        return Shape("", False, "", house)
    plain = _without_level("", name)
    if plain:
        return plain
    for level in _LEVEL.finditer(name, 0, _REACH):
        if level[0] in _NO_PLACE:
            break  # the second 县 of 县教育局县财政局 begins another name
        end = level.end() + name.startswith("级", level.end())
        found = _without_level(name[:end], name[end:])
        if found:
            return found
    return None


def _without_level(level: str, rest: str) -> Shape | None:
    organ = rest[1:] if level and rest[:1] == "委" else rest
    if organ in _ORGANS or (organ != rest and organ in ("办", "办公室")):
        return Shape(level, True, "")
    for office in ("人民政府", "政府") if level else ():
        rest = rest.removeprefix(office)
    if rest in _OWN:
        return Shape(level, False, rest)
    abbreviated = _ABBREVIATED.fullmatch(rest) if 2 < len(rest) < 7 and rest[-1] in "局委办厅" else None
    end = abbreviated[1] if abbreviated else _end_of_work(rest, _ENDS)
    return None if end is None else Shape(level, False, end)


def _end_of_work(text: str, ends: frozenset[str], depth: int = 0) -> str | None:
    """What follows one to five fields of work, when it is one of the ends or nothing: 人力资源和社会保障｜局."""
    if depth and (not text or text in ends):
        return text
    if depth == _MAX_FIELDS:
        return None
    if depth and text[0] == "和":
        text = text[1:]
    for length in range(min(_LONGEST, len(text)), 1, -1):
        if text[:length] in _FIELDS:
            end = _end_of_work(text[length:], ends, depth + 1)
            if end is not None:
                return end
    return None
