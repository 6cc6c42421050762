"""Names that touch each other without any separator: 县教育局县财政局."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.departments.shape import shape
from parsers.departments.vocabulary import Grade, grade

# Between an ending and the front of a name: a level, or an organ of the centre.
_SEAM = regex.compile(
    r"[局厅委部办会院心社处署联协](?=各?[省市县区州盟旗镇乡]|国家|国务院|国网|中国|中央|中共|全国|最高人民|人民银行|税务总局)"
)
MIN_GLUED = 6  # characters: two names of three


def seams(text: str, familiar: frozenset[str]) -> Iterator[int]:
    """Where one complete name ends and the next begins.

    >>> list(seams("县教育局县财政局", frozenset()))
    [4]
    """
    if len(text) < MIN_GLUED or text in familiar:
        return
    last = 0
    places = [seam.end() for seam in _SEAM.finditer(text)]
    for i, place in enumerate(places):
        following = places[i + 1] if i + 1 < len(places) else len(text)
        if _stands(text[last:place]) and _stands(text[place:following]):
            yield place
            last = place
    if not last and familiar:
        yield from _between_familiar(text, familiar)


def _stands(name: str) -> bool:
    """Whether a string is a name beyond doubt: its level and its work are there, or it is one of the centre's."""
    if len(name) < 3 or grade(name) is not Grade.SURE:
        return False
    form = shape(name)
    return (form is not None and bool(form.level) and bool(form.end or form.party)) or (
        name.startswith(("国", "中", "全国", "最高", "各"))
    )


def _between_familiar(text: str, familiar: frozenset[str]) -> Iterator[int]:
    for place in range(2, len(text) - 1):
        if text[:place] in familiar and (text[place:] in familiar or shape(text[place:])):
            yield place
            return
