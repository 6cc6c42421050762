"""A text while it is written down: lines, cells of tables, beginnings of pages."""

from __future__ import annotations

from schemas.text import Cell, Span


class Canvas:
    """The string that becomes `Source.raw`, with the places of its cells and pages.

    A paragraph is a line; the cells of a row stand on one line, parted by tabs, paragraphs within a cell on lines.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.size = 0
        self.cells: list[Cell] = []
        self.breaks: list[int] = []
        self._last = "\n"
        self._turned = False

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    @property
    def pages(self) -> tuple[int, ...]:
        """Where pages begin; nothing where no break was seen."""
        return (0, *sorted(set(self.breaks) - {0})) if self.breaks else ()

    def write(self, words: str) -> None:
        """Go on in the same line."""
        if words:
            if self._turned and words.strip("\n\t "):
                self.breaks.append(self.size)
                self._turned = False
            self._pieces.append(words)
            self.size += len(words)
            self._last = words[-1]

    def line(self, words: str) -> None:
        """A line of its own, behind whatever stands on the one before."""
        self.end_line()
        self.write(words)
        self.write("\n")

    def page(self) -> None:
        """What is written next stands on a new page; turning twice before it is turning once."""
        self._turned = True

    def end_line(self) -> None:
        """Make sure that what comes next begins a line."""
        if self._last != "\n":
            self.write("\n")

    def trim(self, start: int) -> Span:
        """Take line ends and blanks off the end, back to `start` at most; the span that is left."""
        while self.size > start and self._pieces[-1].strip(" \n") == "":
            self.size -= len(self._pieces.pop())
        if self.size > start:
            last = self._pieces.pop()
            self._pieces.append(last.rstrip(" \n"))
            self.size -= len(last) - len(self._pieces[-1])
        self._last = self._pieces[-1][-1] if self._pieces else "\n"
        return start, self.size
