"""When gold and output mean the same: strings, numbers, items, time limits. Pure, over published JSON.

Width, quotes, dashes, blanks and end marks do not count; items pair in reading order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import regex

Json = dict[str, Any]

ROLES = ("lead_departments", "supporting_departments", "responsible_departments")
_ALIKE = {
    '"': "“”",
    "'": "‘’",
    "《": "〈",
    "》": "〉",
    "-": "—–―~",
    "·": "•・",
    "[": "〔",
    "]": "〕",
    "〇": "○",
    ".": "．",
}
_FOLD = str.maketrans({char: plain for plain, chars in _ALIKE.items() for char in chars})
_ENDS = "。.;；,，:：、"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}


def fold(text: str | None) -> str:
    """The form in which strings are compared.

    >>> fold("青总办〔２０２１〕15 号。")
    '青总办[2021]15号'
    """
    plain = "".join(unicodedata.normalize("NFKC", text or "").translate(_FOLD).split())
    return regex.sub("-+", "-", plain).strip(_ENDS)


def ordinal(number: str | None) -> str:
    """A numbering mark without its dress.

    >>> ordinal("(二十一)"), ordinal("21．"), ordinal("3-1")
    ('21', '21', '3-1')
    """
    text = fold(number)
    if digits := regex.search("[0-9]+(?:-[0-9]+)*", text):
        return digits[0]
    han = regex.search("[零〇一二三四五六七八九十百廿卅两]+", text)
    return str(_value(han[0])) if han else text


def _value(han: str) -> int:
    total = unit = 0
    for char in han.replace("廿", "二十").replace("卅", "三十"):
        if char in _TENS:
            total, unit = total + (unit or 1) * _TENS[char], 0
        else:
            unit = _DIGITS[char]
    return total + unit


def names(departments: str | Sequence[str | Json] | None) -> list[str]:
    """Department names as printed, folded; gold writes strings, the output objects."""
    listed = [departments] if isinstance(departments, str) else departments or []
    printed = (unit if isinstance(unit, str) else unit.get("text") or unit.get("name") for unit in listed)
    return [name for name in map(fold, printed) if name]


def pairs(gold: Sequence[Json], parsed: Sequence[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """Every gold item with the item that is meant by it or None, then the items left over."""
    used: set[int] = set()
    last = -1
    for item in gold:
        order = chain(range(last + 1, len(parsed)), range(last, -1, -1))
        hit = next((i for i in order if i not in used and _same_item(item, parsed[i])), None)
        if hit is None:
            yield item, None
            continue
        used.add(hit)
        last = hit
        yield item, parsed[hit]
    yield from ((None, item) for i, item in enumerate(parsed) if i not in used)


def _same_item(gold: Json, parsed: Json) -> bool:
    if ordinal(gold.get("number")) != ordinal(parsed.get("number")):
        return False
    want, got = fold(gold.get("title")), fold(parsed.get("title"))
    if not want or not got:
        return want == got
    return want[:10] == got[:10] or want.startswith(got) or got.startswith(want)


def without_inherited(item: Json) -> Json:
    """The item without the values that it only inherits: those are counted where they stand."""
    own = {key: [value for value in item.get(key) or [] if _is_own(value)] for key in (*ROLES, "time_limits")}
    return item | own


def _is_own(value: str | Json) -> bool:
    return isinstance(value, str) or value.get("evidence") != "inherited"


def says_when(limit: Json) -> bool:
    """Does this time limit say when? An unresolved one claims nothing."""
    return bool(
        limit.get("start") or limit.get("end") or limit.get("kind") in {"recurring", "ongoing", "relative"}
    )


def carries(item: Json) -> bool:
    """Does the item claim a department or a time limit?"""
    return any(item.get(role) for role in ROLES) or any(map(says_when, item.get("time_limits") or []))


def met(gold: Json, limits: Sequence[Json]) -> bool:
    """Is this gold deadline among the parsed limits?"""
    return any(_meets(gold, limit) for limit in limits)


def _meets(gold: Json, limit: Json) -> bool:
    kind, start, end = gold.get("kind"), gold.get("start"), gold.get("end")
    if not end and kind in {"ongoing", "recurring"}:
        return bool(limit.get("kind") == kind)
    if not end and kind == "relative":
        return limit.get("kind") == kind and not limit.get("end")
    starts_alike = kind not in {"during", "range"} or not start or limit.get("start") == start
    return limit.get("end") == end and starts_alike
