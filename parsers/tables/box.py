"""Tables drawn with lines: ┌─┬─┐ │ ├─┼─┤ and +---+---+, cells broken over lines, lines that leave cells merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from parsers.pages import FURNITURE
from parsers.tables.grid import ABOVE, LEFT, NUMBER, Grid, GridCell, Row, cell, texts, trimmed
from parsers.tables.header import find
from schemas.text import Span

DRAWN = "│┃║┌├└┏┣┗╔╠╚+"
_RULED = regex.compile(r"[ \u3000]*[┌├└┏┣┗╔╠╚│┃║|+]")
_POST = regex.compile(r"[│┃║|├┤┣┫╠╣┌┐└┘┏┓┗┛╔╗╚╝┬┴┼┳┻╋╦╩╬+]")
_RULE = regex.compile(r"[─━═\-—=\s\u3000]*[─━═\-—=][─━═\-—=\s\u3000]*")

Segments = list[Span]


def drawn(chars: str, spans: Sequence[Span]) -> Iterator[Grid]:
    """The tables of the text that are drawn with lines."""
    spans = [span for span in spans if not FURNITURE.fullmatch(chars, *span)]
    index = 0
    while index < len(spans):
        stop = index
        while stop < len(spans) and _RULED.match(chars, *spans[stop]):
            stop += 1
        lines = spans[index:stop]
        if (
            len(lines) >= 4
            and any(chars[at] in DRAWN for at, _ in lines)
            and any(_is_rule(chars, _segments(chars, *line)) for line in lines)
        ):
            grid = _grid(chars, lines)
            if grid is not None:
                yield grid
        index = max(stop, index + 1)


def _segments(chars: str, start: int, stop: int) -> Segments:
    """What stands between the posts of a line."""
    posts = [match.start() for match in _POST.finditer(chars, start, stop)]
    return [(a + 1, b) for a, b in pairwise(posts)]


def _is_rule(chars: str, segments: Segments) -> bool:
    return bool(segments) and all(_RULE.fullmatch(chars, *segment) for segment in segments)


def _grid(chars: str, lines: Sequence[Span]) -> Grid | None:
    edges = _Edges(chars, lines)
    rows = _shared(_rows(chars, lines, edges))
    head = find(texts(chars, rows))
    if head is None:
        return None
    return Grid(lines[0][0], lines[-1][1], tuple(rows))


class _Edges:
    """Where the columns lie, in half-width columns from the line's start."""

    def __init__(self, chars: str, lines: Sequence[Span]) -> None:
        self.chars = chars
        self.post = min(
            (1, 2), key=lambda width: len({self._at(start, stop, width) for start, stop in lines})
        )
        fullest = max(lines, key=lambda line: len(_segments(chars, *line)))
        self.columns = [self.place(fullest[0], a) for a, _ in _segments(chars, *fullest)]

    def _at(self, start: int, stop: int, post: int) -> int:
        return sum(self._wide(char, post) for char in self.chars[start:stop])

    @staticmethod
    def _wide(char: str, post: int) -> int:
        if "\u2500" <= char <= "\u257f":
            return post
        return 1 if char < "\u2000" else 2

    def place(self, line: int, at: int) -> int:
        return self._at(line, at, self.post)

    def columns_of(self, line: Span, segments: Segments) -> list[tuple[int, int]]:
        """The first and the last column of every segment."""
        count = len(self.columns)
        if len(segments) == count:
            return [(index, index) for index in range(count)]
        firsts: list[int] = []
        for index, (start, _) in enumerate(segments):
            place = self.place(line[0], start)
            nearest = min(range(count), key=lambda column: abs(self.columns[column] - place))
            low = firsts[-1] + 1 if firsts else 0
            firsts.append(min(max(nearest, low), count - (len(segments) - index)))
        return [(a, b - 1) for a, b in zip(firsts, [*firsts[1:], count], strict=True)]


def _shared(found: Iterator[tuple[Row, Sequence[bool]]]) -> list[Row]:
    """What stands below a missing rule belongs to the cell that began above it."""
    rows: list[list[GridCell]] = []
    for row, ruled in found:
        rows.append(list(row))
        for column, one in enumerate(row):
            owner = next((above for above in reversed(rows[:-1]) if above[column].merged != ABOVE), None)
            if ruled[column] or one.merged or owner is None:
                continue
            owner[column] = GridCell((*owner[column].lines, *one.lines), owner[column].merged)
            rows[-1][column] = GridCell(merged=ABOVE)
    return [tuple(row) for row in rows]


def _rows(chars: str, lines: Sequence[Span], edges: _Edges) -> Iterator[tuple[Row, Sequence[bool]]]:
    """Bands of lines between rules; a column without a rule above it goes on from the band above."""
    width = len(edges.columns)
    ruled = [True] * width
    band: list[tuple[Span, Segments]] = []
    for line in lines:
        segments = _segments(chars, *line)
        flags = [_RULE.fullmatch(chars, *segment) is not None for segment in segments]
        if any(flags) and segments:
            if band:
                yield from _band(chars, band, edges, ruled)
                band, ruled = [], [True] * width
            for (first, last), flag in zip(edges.columns_of(line, segments), flags, strict=True):
                ruled[first : last + 1] = [flag] * (last - first + 1)
            rest = [
                segment if not flag else (segment[0], segment[0])
                for segment, flag in zip(segments, flags, strict=True)
            ]
            if not all(flags):
                band.append((line, rest))
        elif segments:
            band.append((line, segments))
    if band:
        yield from _band(chars, band, edges, ruled)


def _band(
    chars: str, band: Sequence[tuple[Span, Segments]], edges: _Edges, ruled: Sequence[bool]
) -> Iterator[tuple[Row, Sequence[bool]]]:
    """The row of a band; several rows where each line has its own number, or all its cells, and no rule parts them."""
    starts = [
        i for i, (_, segments) in enumerate(band) if NUMBER.fullmatch(chars, *trimmed(chars, *segments[0]))
    ]
    if all(
        len(segments) == len(edges.columns) and all(chars[a:b].strip() for a, b in segments)
        for _, segments in band
    ):
        starts = [*range(len(band))]
    starts = sorted({0, *starts}) if len(starts) > 1 else [0]
    for first, stop in zip(starts, [*starts[1:], len(band)], strict=True):
        own = ruled if first == 0 else [True] * len(ruled)
        yield _row(chars, band[first:stop], edges), own


def _row(chars: str, band: Sequence[tuple[Span, Segments]], edges: _Edges) -> Row:
    lines: list[list[Span]] = [[] for _ in edges.columns]
    spanned: set[int] = set()
    for line, segments in band:
        for (first, last), segment in zip(edges.columns_of(line, segments), segments, strict=True):
            lines[first].append(segment)
            spanned.update(range(first + 1, last + 1))
    cells = [cell(chars, *found) for found in lines]
    return tuple(
        GridCell(merged=LEFT) if column in spanned and not one.lines else one
        for column, one in enumerate(cells)
    )
