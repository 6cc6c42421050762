"""Where a name begins or ends that touches other words: familiar names first, then the shape, then words.

Words cost a dictionary. They are asked only where a name is there for certain and nothing but its edge is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

import regex

from parsers.departments.segments import segment
from parsers.departments.shape import shape
from parsers.departments.terms import by_first, by_last, words
from parsers.departments.vocabulary import FIXED, LAST, Grade, grade

_REACH = 24  # characters: how far an edge is looked for
_LEAST = 4  # characters: shorter names than 市教育局 are regular or familiar
_MANY = regex.compile("各|有关|相关|其他|所在")
_FRONT = regex.compile("(?=各|有关|相关|其他|所在|[省市县区州盟旗镇乡]|国家|国务院|国网|中国|中央|全国)")
_TITLES = words("title")
_FIXED_IN_FRONT, _FIXED_BEHIND = by_first(FIXED), by_last(FIXED)
_LAST = regex.compile(f"[{LAST}]")


def name_behind(text: str, familiar: frozenset[str]) -> int | None:
    """Where the department at the end of a text begins.

    >>> name_behind("结合实际市财政局", frozenset())
    4
    """
    known = _longest(name for name in (*familiar, *_FIXED_BEHIND.get(text[-1:], ())) if text.endswith(name))
    if known:
        return len(text) - known
    if not _LAST.fullmatch(text[-1:]):
        return None
    fronts = (front.start() for front in _FRONT.finditer(text, max(0, len(text) - _REACH)))
    return next((front for front in fronts if _stands_out(text[front:])), None)


@lru_cache(maxsize=1 << 12)
def name_in_front(text: str, familiar: frozenset[str]) -> int:
    """Where the department at the front of a text ends; 0 when none stands there or it is the whole text.

    >>> name_in_front("市财政局拟文上呈", frozenset())
    4
    """
    text = text[:_REACH]
    places = [last.end() for last in _LAST.finditer(text)]
    if not places or grade(text):
        return 0
    known = _longest(name for name in (*familiar, *_FIXED_IN_FRONT.get(text[0], ())) if text.startswith(name))
    if known:
        return known
    regular = [end for end in places if _is_regular(text[:end])]
    if regular:
        return regular[-1]
    ends = [end for end in places if end >= _LEAST and _may_end(text, end)]
    return min(set(accumulate(map(len, segment(text)))).intersection(ends), default=0) if ends else 0


def _may_end(text: str, place: int) -> bool:
    return grade(text[:place]) is Grade.SURE and not text.startswith(_TITLES, place)


def _longest(names: Iterable[str]) -> int:
    return max((len(name) for name in names if len(name) > 2), default=0)


def _stands_out(name: str) -> bool:
    return _is_regular(name) or (_MANY.match(name) is not None and grade(name) is Grade.SURE)


def _is_regular(name: str) -> bool:
    form = shape(name)
    return form is not None and bool(form.level or form.house) and grade(name) is Grade.SURE
