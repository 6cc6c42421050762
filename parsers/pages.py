"""Page furniture: the page numbers and running heads that a paged document prints between its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from schemas.text import Edit, Span

FURNITURE = regex.compile(
    r"""[ \u3000]*(?:[-—·](?:[ ]?[-—·]){0,5}[ ]*[0-9]{1,4}[ ]*[-—·]+|第[ ]*[0-9]{1,4}[ ]*页(?:[ /，（]*共[ ]*[0-9]{1,4}[ ]*页）?)?
    |[0-9]{1,4}[ ]?/[ ]?[0-9]{1,4}[ ]*页?|[Pp]age[ ]?[0-9]{1,4}(?:[ ]?(?:of|/)[ ]?[0-9]{1,4})?)[ \u3000]*""",
    regex.VERBOSE,
)
_NUMBERED = regex.compile(
    r"(?P<head>[^\n]{2,40}?)[ \u3000]+(?:[-—·]+[ ]*[0-9]{1,4}[ ]*[-—·]+|第[ ]*[0-9]{1,4}[ ]*页[^\n]{0,12})"
)
_HINT = regex.compile(r"\n(?<=(?:[-0-9—·页]|页）)[ ]?\n)")  # how a page number ends its line
_BARE = regex.compile(r"[0-9]{1,3}")
_INSIDE = [  # — 2 — of a text that lost its line ends; a pattern that begins with one character is scanned for fast
    regex.compile(
        rf"""{dash}(?<![0-9A-Za-z—-][ ]{{0,2}}{dash})(?:[ ]?{dash}){{0,5}}[ ]?(?P<number>[0-9]{{1,3}})[ ]?{dash}(?:[ ]?{dash}){{0,5}}+
        (?![ ]{{0,2}}[A-Za-z—-]|[0-9]+[ ]?[-—年月日号时])[ ]{{0,2}}""",
        regex.VERBOSE,
    )
    for dash in "-—"
]
_ENDED = regex.compile("[。；！？）》”：|][ ]?$")
_COUNTS = regex.compile(
    "[1-9][0-9]?[.、](?![0-9])|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、"
)
_LAST = frozenset("-—·页）0123456789 \u3000")  # what a page number may end with
_LONG = 40  # characters: a running head is short
_OFTEN = 3  # times: what stands at fewer page breaks may be the text's own


def furniture(chars: str, lines: Sequence[Span]) -> Iterator[int]:
    """The indices of the lines that belong to the pages, not to the text.

    A page number in a form of its own; a bare number at a form feed; a short line that stands at three page breaks.
    """
    feeds = _feeds(chars, lines)
    if not feeds and chars[-1:] not in _LAST and _HINT.search(chars) is None:
        return
    numbers = [
        i
        for i, line in enumerate(lines)
        if line[1] - line[0] <= 24 and chars[line[1] - 1] in _LAST and FURNITURE.fullmatch(chars, *line)
    ]
    numbers += [i for i in _beside(feeds) if i < len(lines) and _BARE.fullmatch(chars, *lines[i])]
    taken = set(numbers)
    yield from taken
    yield from _heads(chars, lines, taken, feeds)


def inside(chars: str) -> Iterator[Edit]:
    """The edits that take out page numbers standing in a line: two in sequence, one set apart by blanks or before a unit.

    >>> list(inside("严格落实责任。- 2 -2.加强督导"))
    [(7, 12, '\\n')]
    """
    found = sorted(
        [match for scan in _INSIDE for match in scan.finditer(chars)], key=lambda match: match.start()
    )
    values = [0, *[int(match["number"]) for match in found], 0]
    for match, before, value, after in zip(found, values, values[1:], values[2:], strict=False):
        start, stop = match.span()
        counts = _COUNTS.match(chars, stop) is not None
        if start and (before + 1 == value > 1 or value + 1 == after or counts or match[0].count(" ") > 1):
            ended = counts or _ENDED.search(chars, max(0, start - 2), start)
            yield start, stop, "\n" if ended else ""


def _feeds(chars: str, lines: Sequence[Span]) -> set[int]:
    """The indices of the lines that follow a form feed."""
    found: set[int] = set()
    at = chars.find("\f")
    index = 0
    while at >= 0:
        while index < len(lines) and lines[index][0] < at:
            index += 1
        found.add(index)
        at = chars.find("\f", at + 1)
    return found


def _beside(feeds: set[int]) -> set[int]:
    return {i for feed in feeds for i in (feed - 1, feed) if i >= 0}


def _heads(chars: str, lines: Sequence[Span], numbers: set[int], feeds: set[int]) -> Iterator[int]:
    """Running heads: beside a page number or a form feed, or with the page number on their own line."""
    near = {j for i in numbers for j in (i - 1, i + 1)} | _beside(feeds)
    keys: dict[int, str] = {}
    for index, (start, stop) in enumerate(lines):
        if index in numbers or stop - start > _LONG:
            continue
        match = _NUMBERED.fullmatch(chars, start, stop) if chars[stop - 1] in _LAST else None
        if match:
            keys[index] = match["head"]
        elif index in near:
            keys[index] = chars[start:stop]
    often = {key for key, count in Counter(keys.values()).items() if count >= _OFTEN}
    yield from (index for index, key in keys.items() if key in often)
