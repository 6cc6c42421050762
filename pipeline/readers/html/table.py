"""The places of cells in a table with rows and columns that span several."""

from __future__ import annotations

from pipeline.readers.html.tree import Element

_MOST = 200  # rows or columns that one cell may span


class Table:
    """A table while it is walked through: which places are taken."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row, self.column = -1, 0
        self.taken: dict[int, int] = {}  # column -> the first row in which it is free

    def begin(self) -> None:
        """Begin a row."""
        self.row, self.column = self.row + 1, 0

    def place(self, rows: int, columns: int) -> int:
        """The column of the next cell of the row, which takes its places."""
        self.row = max(self.row, 0)
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        column = self.column
        self.column += columns
        self.taken.update(dict.fromkeys(range(column, self.column), self.row + rows))
        return column


def spans(cell: Element) -> tuple[int, int]:
    """How many rows and columns a cell reaches over; 1 where it says nothing sensible."""
    return _span(cell.get("rowspan")), _span(cell.get("colspan"))


def _span(printed: str) -> int:
    digits = printed.strip()
    return min(max(int(digits), 1), _MOST) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
