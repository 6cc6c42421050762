"""The source text cut into lines and marked words, so that values may overlap and still light up.

Spans of values nest and overlap; elements of a page cannot. So the text is cut at every edge of a span, and each
piece that some span covers becomes one mark, numbered from 1. A span is then a run of marks, and nobody counts
characters in the browser, which counts some of them twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

import regex

from schemas.text import Span

Claim = tuple[Span, str]  # the words of a value and the role that colours them

_BREAK = regex.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LINES_A_BLOCK = 40  # drawn together, when they come into view
_HIDDEN = [*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, *range(0x7F, 0xA0)]
_VISIBLE = dict.fromkeys(_HIDDEN, "␦") | {code: chr(0x2400 + code) for code in range(32) if code != 9}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line; `mark` 0 for those that no value was read from."""

    text: str
    mark: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the source breaks it; `at`: the offset of its first character."""

    at: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines; `page`: the number of the page that begins with them."""

    page: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """The whole source text, cut; `starts`: where each mark begins, in order."""

    blocks: tuple[Block, ...]
    starts: tuple[int, ...]

    def run(self, spans: Sequence[Span]) -> str:
        """The marks of these spans, as the page writes them: `3-4 9-9`."""
        runs = [(bisect_left(self.starts, a) + 1, bisect_left(self.starts, b)) for a, b in spans]
        return " ".join(f"{first}-{last}" for first, last in runs if first <= last)


def visible(text: str) -> str:
    """One for one, the characters that would turn or hide their neighbours made visible.

    >>> visible("a\\u202eb\\x00")
    'a␦b␀'
    """
    return text.translate(_VISIBLE)


def cut(raw: str, claims: Sequence[Claim], pages: Sequence[int] = ()) -> Passages:
    """The text as lines of pieces; of claims that meet, the shortest colours, then the first.

    >>> passages = cut("省总工会\\n牵头", [((0, 4), "lead"), ((0, 2), "item"), ((2, 7), "issue")])
    >>> passages.run([(0, 4)]), passages.run([(2, 7)]), passages.blocks[0].lines[1].pieces
    ('1-2', '2-3', (Piece(text='牵头', mark=3, role='issue'),))
    """
    lines = list(_lines(raw))
    marks = list(_marks(raw, claims, lines))
    starts = tuple(start for start, _, _ in marks)
    written = [_line(raw, line, marks, bisect_left(starts, line[0])) for line in lines]
    return Passages(tuple(_blocks(written, pages)), starts)


def _lines(raw: str) -> Iterator[Span]:
    start = 0
    for found in _BREAK.finditer(raw):
        yield start, found.start()
        start = found.end()
    if start < len(raw):
        yield start, len(raw)


def _marks(raw: str, claims: Sequence[Claim], lines: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """Every piece of a line that a claim covers: start, end and role, in order."""
    edges = sorted({edge for span, _ in claims for edge in span}.union(*lines))
    waiting = sorted(((*span, order) for order, (span, _) in enumerate(claims)), reverse=True)
    covering: list[tuple[int, int, int]] = []  # length, order, end: the narrowest first
    for start, stop in pairwise(edges):
        while waiting and waiting[-1][0] <= start:
            begin, end, order = waiting.pop()
            heappush(covering, (end - begin, order, end))
        while covering and covering[0][2] <= start:
            heappop(covering)
        if covering and not _BREAK.match(raw, start):
            yield start, stop, claims[covering[0][1]][1]


def _line(raw: str, line: Span, marks: Sequence[tuple[int, int, str]], mark: int) -> Line:
    """The pieces of a line whose first mark is the one at index `mark`."""
    pieces: list[Piece] = []
    done, end = line
    while mark < len(marks) and marks[mark][0] < end:
        start, stop, role = marks[mark]
        if start > done:
            pieces.append(Piece(visible(raw[done:start])))
        mark += 1
        pieces.append(Piece(visible(raw[start:stop]), mark, role))
        done = stop
    if done < end:
        pieces.append(Piece(visible(raw[done:end])))
    return Line(line[0], tuple(pieces))


def _blocks(lines: Sequence[Line], pages: Sequence[int]) -> Iterator[Block]:
    """The lines in blocks, a new one with every page."""
    begins = [line.at for line in lines]
    firsts = {bisect_right(begins, page) - 1 if page else 0: n for n, page in enumerate(pages, 1)}
    edges = sorted({*firsts, *range(0, len(lines), _LINES_A_BLOCK), len(lines)})
    for start, stop in pairwise(edges):
        yield Block(firsts.get(start), tuple(lines[start:stop]))
