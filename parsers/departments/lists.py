"""A text that is a department list from end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from parsers.departments.carry import complete
from parsers.departments.pieces import Piece, is_plain, pieces
from parsers.departments.terms import BRACKET
from parsers.departments.vocabulary import Grade, grade, is_collective, is_titled, may_be_person


class Name(NamedTuple):
    """A department: `chars[start:stop]` as printed, `name` what is meant."""

    start: int
    stop: int
    name: str
    collective: bool


class Names(NamedTuple):
    """The departments of a list; `open` when it ended in 等."""

    names: tuple[Name, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Familiar:
    """Names that the document itself shows elsewhere; they help to cut others."""

    names: frozenset[str] = frozenset()


NOBODY = Familiar()
_WRAPPED = regex.compile(rf"（((?:[^（）]++|{BRACKET})*)）")
_DATED = regex.compile("（[^（）]{0,20}[0-9][年月日][^（）]{0,20}）(?=[^、，；（）])")
_SHORT = 3  # characters of a name's part that a stray blank may cut off: 云河市 教育局
_NOTHING = frozenset({"无", "/", "-", "—", "——", "待定", "略", "暂无", ""})


def split(chars: str, start: int, stop: int, familiar: Familiar = NOBODY) -> Names:
    """The departments of a text that is a list: the value of a label, a cell, the front of a parenthesis.

    >>> split("县人社、财政部门", 0, 8).names[0].name
    '县人社部门'
    """
    wrapped = _WRAPPED.fullmatch(chars, start, stop) if chars.startswith("（", start, stop) else None
    if wrapped:
        start, stop = wrapped.span(1)
    found = _split(chars[start:stop], familiar.names)
    if not start:
        return found
    moved = (Name(n.start + start, n.stop + start, n.name, n.collective) for n in found.names)
    return Names(tuple(moved), found.open)


@lru_cache(maxsize=1 << 12)
def _split(text: str, familiar: frozenset[str]) -> Names:
    found = pieces(text, familiar)
    strings = [text[piece.start : piece.stop] for piece in found]
    if all(map(may_be_person, strings)) and not any(map(grade, strings)):
        return Names((), False)
    names = tuple(
        Name(piece.start, piece.stop, name, is_collective(string))
        for piece, string, name in zip(found, strings, _meant(found, strings), strict=True)
        if string not in _NOTHING and not is_titled(string)
    )
    return Names(names, any(piece.open for piece in found))


def _meant(found: Sequence[Piece], strings: Sequence[str]) -> list[str]:
    """The completed names: 县人社、财政等部门 is a list of 部门."""
    shared = [
        string if grade(string) else string + piece.shared
        for piece, string in zip(found, strings, strict=True)
    ]
    return complete(shared)


def looks_like(chars: str, start: int, stop: int, familiar: Familiar = NOBODY) -> bool:
    """Whether a text is nothing but department names.

    >>> looks_like("市财政局", 0, 4), looks_like("以下简称方案", 0, 6)
    (True, False)
    """
    return stop - start <= 600 and _looks_like(chars[start:stop], familiar.names)


@lru_cache(maxsize=1 << 13)
def _looks_like(text: str, familiar: frozenset[str]) -> bool:
    if is_plain(text) and grade(text) is Grade.SURE:
        return True
    if _is_headed(text, familiar):
        return False
    found = pieces(text, familiar)
    strings = [text[piece.start : piece.stop] for piece in found]
    grades = [
        Grade.SURE if string in familiar else grade(string) or grade(name)
        for string, name in zip(strings, _meant(found, strings), strict=True)
    ]
    return Grade.SURE in grades and all(grades) and all(piece.clean for piece in found)


def _is_headed(text: str, familiar: frozenset[str]) -> bool:
    """集中整治（6月1日至30日）镇应急办; 疏通沟渠河道 镇水利站: does a heading that lost its end stand before the name?"""
    if "（" in text and _DATED.search(text):
        return True
    head, _, name = text.rpartition(" ")
    return len(head) > _SHORT and not _looks_like(head, familiar) and _looks_like(name, familiar)
