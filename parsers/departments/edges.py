"""Where a name begins or ends that touches other words: familiar names first, then the shape, then words."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

import regex

from parsers.departments.segments import segment
from parsers.departments.shape import shape
from parsers.departments.vocabulary import FIXED, LAST, Grade, grade

_REACH = 30  # characters: how far an edge is looked for
_FRONT = regex.compile(r"(?=各?(?:[省市县区州盟旗镇乡]|国家|国务院|国网|中国|中央|全国|有关|相关))")
_LAST = regex.compile(f"[{LAST}]")


def name_behind(text: str, familiar: frozenset[str]) -> int | None:
    """Where the department at the end of a text begins.

    >>> name_behind("结合实际市财政局", frozenset())
    4
    """
    low = max(0, len(text) - _REACH)
    if not grade(text[-4:].lstrip("、，")) and not _LAST.fullmatch(text[-1:]):
        return None
    for known in (familiar, FIXED):
        ends = [name for name in known if len(name) > 2 and text.endswith(name)]
        if ends:
            return len(text) - max(map(len, ends))
    for front in _FRONT.finditer(text, low):
        if _is_regular(text[front.start() :]):
            return front.start()
    return _by_words_behind(text, low)


def _by_words_behind(text: str, low: int) -> int | None:
    """The shortest run of whole words at the end that is a name of its own."""
    starts = list(accumulate(map(len, segment(text[low:])), initial=low))[:-1]
    found = [at for at in reversed(starts) if len(text) - at > 3 and grade(text[at:]) is Grade.SURE]
    return found[0] if found else None


@lru_cache(maxsize=1 << 12)
def name_in_front(text: str, familiar: frozenset[str]) -> int:
    """Where the department at the front of a text ends; 0 when none stands there or it is the whole text.

    >>> name_in_front("市财政局拟文上呈", frozenset())
    4
    """
    text = text[:_REACH]
    if grade(text) or not _LAST.search(text):
        return 0
    starts = [len(name) for known in (familiar, FIXED) for name in known if text.startswith(name)]
    if starts and max(starts) > 2:
        return max(starts)
    regular = [end.end() for end in _LAST.finditer(text) if _is_regular(text[: end.end()])]
    return regular[-1] if regular else _by_words_in_front(text)


def _by_words_in_front(text: str) -> int:
    ends = list(accumulate(map(len, segment(text))))
    return next((end for end in ends if end > 3 and grade(text[:end]) is Grade.SURE), 0)


def _is_regular(name: str) -> bool:
    form = shape(name)
    return form is not None and bool(form.level) and grade(name) is Grade.SURE
