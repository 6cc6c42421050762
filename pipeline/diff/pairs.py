"""Which of the new things is which of the old: equal signatures first, the strictest first, then likeness.

A signature that several things share pairs them in their order. Likeness is Dice's measure over pairs of neighbouring
characters: 1 for equal texts, 0 for texts that share none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from pipeline.gate import bare
from schemas.circular import Circular, Item

T = TypeVar("T")
Pair = tuple[int, int]
Signature = Callable[[T], Hashable]  # a false one (no title) pairs nothing
_ALIKE = 0.5
_RAREST, _NEAREST = 4, 16  # a text is held against those that share its rarest grams, nearest in order


def circulars(old: Sequence[Circular], new: Sequence[Circular]) -> list[Pair]:
    """Indices of the same circular in both: by id, file, title; one beside one is the same whatever it says."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    signatures: list[Signature[Circular]] = [
        lambda one: (one.id, one.source.name),
        lambda one: one.id,
        lambda one: one.source.path,
        lambda one: bare(one.title or ""),
        lambda one: one.source.name,
    ]
    return _paired(old, new, signatures)


def items(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Indices of the same item in both: by all of its words and place, by its words, key, title, likeness."""
    sides = (_sections(old), _sections(new))
    signatures: list[Signature[tuple[Item, str]]] = [
        lambda one: (one[1], bare(one[0].title), one[0].text),
        lambda one: (bare(one[0].title), one[0].text),
        lambda one: one[0].key,
        lambda one: (one[1], bare(one[0].title)) if one[0].title else "",
        lambda one: bare(one[0].title),
    ]
    pairs = _paired(*sides, signatures)
    taken = [{pair[side] for pair in pairs} for side in (0, 1)]
    rest = [
        {at: bare(item.title + item.text) for at, item in enumerate(side) if at not in taken[n]}
        for n, side in enumerate((old, new))
    ]
    return sorted([*pairs, *_alike(rest[0], rest[1])])


def _sections(side: Sequence[Item]) -> list[tuple[Item, str]]:
    """Every item with the titles above it."""
    above: dict[str | None, str] = {}
    found = []
    for item in side:
        section = above.get(item.parent, "")
        above[item.id] = f"{section}/{bare(item.title)}"
        found.append((item, section))
    return found


def _paired(old: Sequence[T], new: Sequence[T], signatures: Iterable[Signature[T]]) -> list[Pair]:
    pairs: list[Pair] = []
    left = (dict(enumerate(old)), dict(enumerate(new)))
    for signature in signatures:
        found = [_by(signature, side) for side in left]
        for mark, places in found[0].items():
            for pair in zip(places, found[1].get(mark, ()), strict=False):
                pairs.append(pair)
                del left[0][pair[0]], left[1][pair[1]]
    return sorted(pairs)


def _by(signature: Signature[T], side: dict[int, T]) -> dict[Hashable, list[int]]:
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, one in side.items():
        if mark := signature(one):
            places[mark].append(at)
    return places


def _alike(old: dict[int, str], new: dict[int, str]) -> Iterator[Pair]:
    """The most alike first, each once; of equally alike ones those that stand first."""
    free = (set(old), set(new))
    for _, a, b in sorted((-score, a, b) for a, b, score in _scores(old, new) if score >= _ALIKE):
        if a in free[0] and b in free[1]:
            free[0].remove(a)
            free[1].remove(b)
            yield a, b


def _scores(old: dict[int, str], new: dict[int, str]) -> Iterator[tuple[int, int, float]]:
    """Texts that share something rare, with their likeness; no text is held against all others."""
    grams = {at: _grams(text) for at, text in new.items()}
    where: defaultdict[str, list[int]] = defaultdict(list)
    for at, found in grams.items():
        for gram in found:
            where[gram].append(at)
    for a, text in old.items():
        mine = _grams(text)
        rare = sorted((len(where[gram]), gram) for gram in mine if gram in where)[:_RAREST]
        for b in sorted({at for _, gram in rare for at in _near(where[gram], a)}):
            both = (mine & grams[b]).total()
            yield a, b, 2 * both / (mine.total() + grams[b].total())


def _near(places: Sequence[int], at: int) -> Sequence[int]:
    first = max(bisect_left(places, at) - _NEAREST // 2, 0)
    return places[first : first + _NEAREST]


def _grams(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(max(len(text) - 1, 1)))
