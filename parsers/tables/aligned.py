"""Tables whose columns are only held apart by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.pages import FURNITURE
from parsers.tables.columns import SECTION
from parsers.tables.fit import fit
from parsers.tables.grid import LEFT, NUMBER, Grid, GridCell, Row, cell
from parsers.tables.header import Header, find
from schemas.text import Span

_GAP = regex.compile(r"[ ]{2,}\u3000*|\u3000[ \u3000]*|[ ](?=[ \u3000])")
_TIGHT = regex.compile(r"(?<![^ \u3000\n])[\u4e00-\u9fff][ \u3000]{1,4}[\u4e00-\u9fff](?=[ \u3000\n]|$)")
_FAR = 12  # half-width columns that words may stand off their column's heading


def aligned(chars: str, spans: Sequence[Span]) -> Iterator[Grid]:
    """The tables of the text that stand in columns of blanks."""
    index = 0
    while index < len(spans) - 1:
        pieces = split(chars, *spans[index])
        head = find([[chars[a:b] for a, b in pieces], [""] * len(pieces)]) if len(pieces) > 1 else None
        if head is None:
            index += 1
            continue
        reading = _Reading(chars, head, pieces)
        stop = reading.read(spans, index + 1)
        if len(reading.rows) > 1:
            yield Grid(spans[index][0], spans[stop - 1][1], tuple(reading.rows))
        index = max(stop, index + 1)


def split(chars: str, start: int, stop: int) -> list[Span]:
    """The words of a line that two blanks or more hold apart; 序　号 is one word.

    >>> split("序  号  任务    牵头单位", 0, 15)
    [(0, 4), (6, 8), (12, 16)]
    """
    tight = [match.span() for match in _TIGHT.finditer(chars, start, stop)]
    found, at = [], start
    for gap in _GAP.finditer(chars, start, stop):
        if any(a < gap.start() < b for a, b in tight):
            continue
        if gap.start() > at:
            found.append((at, gap.start()))
        at = gap.end()
    return [*found, (at, stop)] if at < stop else found


def _width(text: str) -> int:
    """Half-width columns."""
    return sum(1 if char < "\u2000" else 2 for char in text)


class _Reading:
    """The rows while they are read line by line."""

    def __init__(self, chars: str, head: Header, pieces: Sequence[Span]) -> None:
        self.chars, self.head = chars, head
        self.columns = [self._place(piece) for piece in pieces]
        self.rows: list[Row] = [tuple(cell(chars, piece) for piece in pieces)]
        self.numbered = head.kinds[0] == "number"

    def _place(self, piece: Span) -> tuple[int, int]:
        line = self.chars.rfind("\n", 0, piece[0]) + 1
        left = _width(self.chars[line : piece[0]])
        return left, left + _width(self.chars[slice(*piece)])

    def read(self, spans: Sequence[Span], index: int) -> int:
        """Take lines in until the table ends; where it does."""
        stop, strange = index, 0
        for at in range(index, len(spans)):
            if FURNITURE.fullmatch(self.chars, *spans[at]):
                continue
            if self._take(spans[at]):
                stop, strange = at + 1, 0
            else:
                strange += 1
                if strange >= 1:
                    break
        return stop

    def _take(self, span: Span) -> bool:
        pieces = split(self.chars, *span)
        if not pieces:
            return True
        if len(pieces) == 1 and SECTION.match(self.chars, *pieces[0]) and span[1] - span[0] <= 60:
            self.rows.append(
                (cell(self.chars, pieces[0]), *[GridCell(merged=LEFT)] * (len(self.columns) - 1))
            )
            return True
        if self._begins(pieces):
            row = self._row(pieces)
            if row is not None:
                self.rows.append(row)
            return row is not None
        return len(self.rows) > 1 and self._goes_on(pieces)

    def _begins(self, pieces: Sequence[Span]) -> bool:
        """Does the line begin a row? One with a number does; where no column holds numbers, one at the left."""
        if self.numbered:
            return len(pieces) > 1 and NUMBER.fullmatch(self.chars, *pieces[0]) is not None
        return len(pieces) > 1 and self._place(pieces[0])[0] <= self.columns[0][0] + 2

    def _row(self, pieces: Sequence[Span]) -> Row | None:
        if len(pieces) > len(self.columns):
            return None
        if len(pieces) == len(self.columns):
            return tuple(cell(self.chars, piece) for piece in pieces)
        words = [self.chars[a:b] for a, b in pieces]
        placed = self._placed(pieces)
        if placed is None:
            found, _ = fit(words, self.head.kinds)
            placed = {column: taken[0] for column, taken in enumerate(found) if taken}
        return tuple(
            cell(self.chars, pieces[placed[column]]) if column in placed else GridCell()
            for column in range(len(self.columns))
        )

    def _placed(self, pieces: Sequence[Span]) -> dict[int, int] | None:
        """column -> piece by where the words stand; None where that does not tell."""
        placed: dict[int, int] = {}
        for index, piece in enumerate(pieces):
            left, right = self._place(piece)
            over = [min(right, b) - max(left, a) for a, b in self.columns]
            column = max(range(len(over)), key=over.__getitem__)
            if over[column] < -_FAR or column in placed or (placed and column < max(placed)):
                return None
            placed[column] = index
        return placed

    def _goes_on(self, pieces: Sequence[Span]) -> bool:
        """Give the words of a line that begins no row to the cells above them."""
        first = self._place(pieces[0])[0]
        if (
            first <= self.columns[0][1]
            if self.numbered
            else len(pieces) == 1 and first < self.columns[1][0] - _FAR
        ):
            return False
        placed = self._placed(pieces)
        if placed is None:
            return False
        row = list(self.rows[-1])
        for column, index in placed.items():
            row[column] = GridCell((*row[column].lines, *cell(self.chars, pieces[index]).lines))
        self.rows[-1] = tuple(row)
        return True
