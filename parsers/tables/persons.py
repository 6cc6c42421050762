"""Persons in a cell of leaders, also where only their blanks were between them: 张 三李四."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.departments.vocabulary import may_be_person
from schemas.text import Span

_CHUNK = regex.compile(r"[^，；。：、\n\x20\u3000（）/]{2,20}")
_SHORT = regex.compile(r"\p{Han}{4,9}")
_TITLED = regex.compile("长|主任|书记|领导|同志|委员|主席|经理|校|院|组|处|局|员")


def persons(chars: str, start: int, stop: int) -> Iterator[Span]:
    """The persons of a cell.

    >>> list(persons("张三李四、王小明", 0, 8))
    [(0, 2), (2, 4), (5, 8)]
    """
    for match in _CHUNK.finditer(chars, start, min(stop, start + 400)):
        cuts = _names(match[0]) if _SHORT.fullmatch(match[0]) and not _TITLED.search(match[0]) else None
        at = match.start()
        for size in cuts or (len(match[0]),):
            yield at, at + size
            at += size


def _names(text: str) -> tuple[int, ...] | None:
    """The lengths of the names that a run of characters is made of; None where it is not."""
    if not text:
        return ()
    for size in (2, 3):
        if len(text) >= size and may_be_person(text[:size]) and (rest := _names(text[size:])) is not None:
            return (size, *rest)
    return None
