"""The persons of a label: 分管领导：张某某（副镇长）、李某某."""

from __future__ import annotations

import regex

from schemas.text import Span

_PERSON = regex.compile(  # 张某某（副镇长）, 张某某00000000000, 各村（社区）书记
    r"(?P<name>(?:(?![0-9]{5})[^，；。：、\n\x20（）]){2,12}(?:（[^（）\n]{1,20}）[^，；。：、\n\x20（）]{1,8})?)(?:[0-9]{5,}|（[^（）\n]{0,40}）)*"
)
_DAY = regex.compile(r"[0-9]{1,4}[年月]")


def persons(chars: str, start: int, stop: int) -> list[Span]:
    """Where the persons stand that a label like 分管领导 names.

    >>> persons("张某某（副镇长）、李某某", 0, 12)
    [(0, 3), (9, 12)]
    """
    stop = min(stop, start + 200)
    colon = chars.find("：", start, stop)
    if colon >= 0:  # a label that nobody knows: its value is no person
        stop = max(chars.rfind(mark, start, colon) for mark in "，；。\n ")
    dated = _DAY.search(chars, start, max(start, stop))  # 张某某6月3日前
    stop = dated.start() if dated else stop
    return [match.span("name") for match in _PERSON.finditer(chars, start, max(start, stop))]
