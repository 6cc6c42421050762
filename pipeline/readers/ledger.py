"""Sheets of rows -> a readable text and its cells: what xlsx and csv have in common."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex

from pipeline.readers.canvas import Canvas
from schemas.text import Cell, Span

Area = tuple[int, int, int, int]  # first row, first column, last row, last column of cells made one
_LINE_END = regex.compile(r"[ \t]*\r?\n[ \t]*|\r")
_WIDEST = 256  # columns that one cell may reach over


class Sheet:
    """A sheet while it is written down: a row a line, its cells parted by tabs.

    Lines of one cell above the first full row and below the last one (the title, 填报单位：…, notes) are no rows of
    a table and stay plain lines. Rows without words are left out: those of the table follow each other.
    """

    def __init__(self, canvas: Canvas, number: int) -> None:
        self.canvas, self.number = canvas, number
        self.rows: list[int] = []
        self.places: list[list[tuple[int, Span]]] = []

    def write(self, row: int, words: Iterable[tuple[int, str]]) -> None:
        """A row of the sheet: column and words of its cells, in order."""
        places: list[tuple[int, Span]] = []
        for column, said in words:
            shown = said.strip()
            if "\n" in shown or "\r" in shown or "\t" in shown:
                shown = _LINE_END.sub("\n", shown).replace("\t", " ")
            if shown:
                self.canvas.write("\t" if places else "")
                start = self.canvas.size
                self.canvas.write(shown)
                places.append((column, (start, self.canvas.size)))
        if places:
            self.canvas.write("\n")
            self.rows.append(row)
            self.places.append(places)

    def finish(self, merged: Sequence[Area] = ()) -> None:
        """Hand the cells of the table over, those that reach over others with what they reach over."""
        covered = self._covered(merged)
        full = [at for at, places in enumerate(self.places) if len(places) > 1 or at in covered]
        if not full:
            return
        first, last = full[0], full[-1]
        areas = dict(self._areas(merged))
        hidden = {place for origin, area in areas.items() for place in _places(area) if place != origin}
        for at in range(first, last + 1):
            for column, span in self.places[at]:
                if (at, column) not in hidden:
                    _, _, below, right = areas.get((at, column), (at, column, at, column))
                    rows, columns = min(below, last) - at + 1, right - column + 1
                    self.canvas.cells.append(Cell(self.number, at - first, column, span, rows, columns))

    def _areas(self, merged: Sequence[Area]) -> Iterator[tuple[tuple[int, int], Area]]:
        """Where the areas lie among the rows that were kept."""
        for top, left, bottom, right in merged:
            first, stop = bisect_left(self.rows, top), bisect_right(self.rows, bottom)
            if first < stop and self.rows[first] == top:
                yield (first, left), (first, left, stop - 1, min(right, left + _WIDEST))

    def _covered(self, merged: Sequence[Area]) -> set[int]:
        """The rows that a cell above reaches into."""
        return {at for _, (top, _, bottom, _) in self._areas(merged) for at in range(top + 1, bottom + 1)}


def _places(area: Area) -> Iterator[tuple[int, int]]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
