"""Which words belong to which column, where cells were lost or broken: the best fit of what they look like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from parsers.departments import looks_like
from parsers.departments.vocabulary import Grade, grade
from parsers.tables.grid import NUMBER
from parsers.time_limits import scan

_VERB = regex.compile(r"(?:牵头|负责|配合|落实|协办|参与|承办)(?=[，；、。]|$)")
_VERBS = ("职责", "分工", "牵头", "负责", "配合", "落实", "协办", "参与", "承办", "主办")
_NONE = regex.compile(r"[/\\\-—无]{1,4}")
_WORDED = ("title", "text")
_UNITS = ("lead", "support", "responsible", "mixed")
_EMPTY = -3.0
_LIST_END = "、，（"
_SOON = regex.compile("尽快|待定|适时|另行通知|按[^，。；]{1,12}(?:要求|时间|进度|部署|安排)[^，。；]{0,6}")
_FIRST = regex.compile("[^、，；。（）]*+")
_SKIPPED = {
    "support": -0.9,
    "text": -0.6,
    "title": -2.0,
    "number": -2.0,
    "contact": -0.4,
}  # a column that stays empty
_IMPOSSIBLE = -1e9

Fit = tuple[float, tuple[int, ...]]


@lru_cache(maxsize=1 << 12)
def look(text: str, kind: str) -> float:
    """How much the words look like what a column of this kind holds.

    >>> look("市教育局、市财政局", "lead") > look("市教育局、市财政局", "text")
    True
    """
    if kind in _UNITS:
        return 1.0 if _NONE.fullmatch(text) else _unit(text)
    if kind in ("deadline", "weak"):
        return 0.5 if _NONE.fullmatch(text) else _time(text)
    if kind == "number":
        return 3.0 if NUMBER.fullmatch(text) else -3.0
    if kind in ("leader", "contact", "schedule"):
        return 0.6 if len(text) <= 16 and text[-1] not in "。；" and _unit(text) < 2 else -1.0
    return (
        1.0
        - max(0.0, _unit(text)) * 0.8
        - max(0.0, _time(text)) * 0.8
        - (1.5 if NUMBER.fullmatch(text) else 0)
    )


@lru_cache(maxsize=1 << 12)
def _unit(text: str) -> float:
    bare = text.strip("、，；。 \n")
    if not bare or len(text) > 400:
        return -2.0
    if looks_like(bare, 0, len(bare)):
        return 1.0 if text[-1] == "。" else 3.0  # 扩建市残疾人康复中心。 is a task
    if _VERB.search(text):
        return 2.0 if "、" in text or len(text) < 40 else 0.0
    if grade(bare):
        return 0.8
    names = [name for name in regex.split("[、，；]", bare) if name]
    known = sum(looks_like(name, 0, len(name)) for name in names)
    return 2.5 * known / len(names) if known * 2 >= len(names) else -2.0


@lru_cache(maxsize=1 << 12)
def _time(text: str) -> float:
    if len(text) > 80:
        return -2.0
    read = sum(mention.stop - mention.start for mention in scan(text, 0, len(text), whole=True))
    if not read:
        return 0.8 if _SOON.fullmatch(text) else -2.0
    return 3.0 if read * 2 >= len(text) else 0.3 if read * 6 >= len(text) else -1.0


def fit(pieces: Sequence[str], kinds: Sequence[str], most: int = 1) -> tuple[list[list[int]], float]:
    """The pieces of every column, in order, and how well they fit; `most`: into how many a cell may be broken.

    >>> fit(["推进改革", "6月底前"], ["title", "lead", "deadline"])[0]
    [[0], [], [1]]
    """
    score, ends = _fits(pieces, kinds, most).get(len(pieces), (_IMPOSSIBLE, (0,) * len(kinds)))
    return [list(range(a, b)) for a, b in zip((0, *ends), ends, strict=False)], score


def paged(pieces: Sequence[str], page: int, kinds: Sequence[str], most: int) -> tuple[list[list[int]], float]:
    """The same for a row that a page's end breaks before piece `page`: below it every column may go on.

    >>> paged(["推进城市更新，补齐", "市住房城乡建设局、", "设施短板。", "市财政局"], 2, ["title", "lead"], 3)[0]
    [[0, 2], [1, 3]]
    """
    return max(
        (_broken(pieces, page, kinds, most, fewer) for fewer in (0.0, _EMPTY)), key=lambda found: found[1]
    )


def _broken(
    pieces: Sequence[str], page: int, kinds: Sequence[str], most: int, fewer: float
) -> tuple[list[list[int]], float]:
    """`fewer`: what a column costs, more than elsewhere, that holds nothing above the break."""
    upper, rest = pieces[:page], pieces[page:]
    score, ends = _fits(upper, kinds, most, fewer=fewer).get(page, (_IMPOSSIBLE, (0,) * len(kinds)))
    score -= fewer * sum(a == b for a, b in pairwise((0, *ends)))
    above = [pieces[b - 1] if a < b else "" for a, b in pairwise((0, *ends))]
    more, lower = _fits(rest, kinds, most, above).get(len(rest), (_IMPOSSIBLE, (0,) * len(kinds)))
    bounds = zip(pairwise((0, *ends)), pairwise((0, *lower)), strict=True)
    return [[*range(*first), *range(page + a, page + b)] for first, (a, b) in bounds], score + more


def scores(pieces: Sequence[str], kinds: Sequence[str], most: int) -> dict[int, float]:
    """How well the first pieces fit the columns, for every number of them.

    >>> max((score, count) for count, score in scores(["甲", "市财政局", "请认真落实。"], ["title", "lead"], 2).items())[1]
    2
    """
    return {count: score for count, (score, _) in _fits(pieces, kinds, most).items()}


def _fits(
    pieces: Sequence[str], kinds: Sequence[str], most: int, above: Sequence[str] = (), fewer: float = 0.0
) -> dict[int, Fit]:
    """Pieces taken -> the best score, and where each column's pieces end; `above`: what the columns may go on from."""
    widest = max(map(len, (*pieces, *above)), default=0)
    best: dict[int, Fit] = {0: (0.0, ())}
    for column, kind in enumerate(kinds):
        following: dict[int, Fit] = {}
        last = above[column] if above else ""
        for taken, (score, ends) in best.items():
            for stop, more in _columns(pieces, taken, kind, most, widest, last):
                total = score + more + (fewer if stop == taken else 0.0)
                if stop not in following or total > following[stop][0]:
                    following[stop] = (total, (*ends, stop))
        best = following
    return best


def resemblance(cells: Sequence[str], kinds: Sequence[str]) -> float:
    """How well cells fit their columns as they stand."""
    return sum(
        look(text, kind) if text else _SKIPPED.get(kind, -1.2)
        for text, kind in zip(cells, kinds, strict=True)
    )


def _columns(
    pieces: Sequence[str], taken: int, kind: str, most: int, widest: int, last: str = ""
) -> list[tuple[int, float]]:
    """Every number of pieces that a column may take from here on, with its score; `last`: what it held above."""
    found = [(taken, 0.0 if last else _SKIPPED.get(kind, -1.2))]
    score = 0.0
    for index in range(taken, min(taken + most, len(pieces))):
        if index == taken and last:
            score = _goes_on(last, pieces[index], kind, widest)
            score -= 2.0 if last[-1] in "。；" and kind in _WORDED else 0.0
        elif index == taken:
            score = look(pieces[index], kind) + (
                _begins(pieces[index - 1], pieces[index], widest) if most > 1 and index else 0.0
            )
        else:
            score += _goes_on(pieces[index - 1], pieces[index], kind, widest)
        found.append((index + 1, score))
    return found


def _begins(above: str, below: str, widest: int) -> float:
    """How likely it is that a cell begins between two lines."""
    if above[-1] in _LIST_END or above.count("（") > above.count("）"):
        return -2.0
    if above[-1] in "。；":
        return 1.0
    if above[-1] + below[0] in _VERBS or ("、" in above and _is_parted(above, below)):
        return -2.0  # 市财政局牵 | 头
    return -1.0 if 10 <= widest <= 40 and len(above) >= widest - 1 else 0.0


def _is_parted(above: str, below: str) -> bool:
    """Does a name end below that the list above began? 省审计厅、省交 | 通厅"""
    first = _FIRST.match(below)
    return first is not None and grade(above.rpartition("、")[2] + first[0]) == Grade.SURE


def _goes_on(above: str, below: str, kind: str, widest: int) -> float:
    """How likely it is that a cell was broken between two lines."""
    bonus = 0.5 * max(-1.0, min(1.0, look(below, kind)))
    if kind in _WORDED and _unit(below) >= 2:
        bonus -= 0.5  # who is to do it stands in a column of its own
    if above[-1] in _LIST_END or above.count("（") > above.count("）") or below[0] in "，。、；）":
        return 1.5 + bonus
    if kind in _UNITS and not grade(below) and _unit(above + below) > 2:
        return 2.5 - look(above, kind)  # 县自然资源 | 局
    if kind in _UNITS and grade(above) and grade(below):
        return 1.2  # a department a line
    if above[-1] in "。；：":
        return bonus - (0.3 if kind in _WORDED else 1.5)
    return bonus + (0.6 if len(above) >= 0.7 * widest and widest >= 6 else -1.2)
