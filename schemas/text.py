"""Characters that remember where they came from.

A reader gives a `Source` (never altered). Normalisation turns it into a `Text`: the characters that the
parsers look at, with an exact map back to the raw characters. Everything the program publishes is an
offset into `Source.raw`, obtained through `Text.span`, never by searching for a string afterwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

Span = tuple[int, int]
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that a reader saw: which characters of the raw string, at which place of which table."""

    table: int
    row: int
    column: int
    span: Span
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader wants the user to know: something set aside, words read with little confidence."""

    code: str
    message: str
    span: Span | None = None
    severity: Literal["info", "warning"] = "info"


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader read: one string, where its pages begin, which spans of it are table cells.

    `text_file`: the name under which `raw` is written beside the result; None where the file itself is the text.
    """

    name: str
    media_type: str
    raw: str
    sha256: str
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    text_file: str | None = None
    notes: tuple[Note, ...] = ()


class Origin:
    """The map from characters to raw offsets, kept as runs.

    Within a run character `i` stands at raw offset `raws[k] + i - starts[k]`; a removed or inserted
    character starts a new run. One entry a character would cost more than all the parsing.
    """

    __slots__ = ("_printed", "raw", "raws", "starts")

    def __init__(self, raw: str, starts: Sequence[int] = (0,), raws: Sequence[int] = (0,)) -> None:
        self.raw, self.starts, self.raws = raw, starts, raws
        self._printed: str | None = None

    def offset(self, index: int) -> int:
        """The raw offset of the character at `index`."""
        run = bisect_right(self.starts, index) - 1
        return self.raws[run] + index - self.starts[run]

    def plain(self, start: int, stop: int) -> int:
        """Where the characters [start, stop) begin in the source, if they stand there unchanged; else -1."""
        run = bisect_right(self.starts, start) - 1
        if start < stop and (run + 1 == len(self.starts) or stop <= self.starts[run + 1]):
            return self.raws[run] + start - self.starts[run]
        return -1

    def pieces(self, start: int, stop: int) -> list[Span]:
        """The raw spans of the characters [start, stop), without what was removed between them."""
        first = self.plain(start, stop)
        if first >= 0:
            return [(first, first + stop - start)]  # by far the most: nothing was changed inside
        run = bisect_right(self.starts, start) - 1
        found: list[Span] = []
        while start < stop:
            end = self.starts[run + 1] if run + 1 < len(self.starts) else stop
            end = min(end, stop)
            raw = self.raws[run] + start - self.starts[run]
            piece = (raw, raw + end - start)
            if (
                found and found[-1][0] <= piece[0] <= found[-1][1]
            ):  # touching, or one raw character that became several
                found[-1] = (found[-1][0], max(found[-1][1], piece[1]))
            else:
                found.append(piece)
            start, run = end, run + 1
        return found

    def printed(self, start: int, stop: int) -> str:
        """The raw characters of [start, stop), without what was removed between them."""
        if self._printed is None:
            self._printed = self._in_order()
        if not self._printed:
            return "".join([self.raw[a:b] for a, b in self.pieces(start, stop)])
        return self._printed[start:stop]

    def _in_order(self) -> str:
        """A raw character for each character; nothing where one raw character became several (㈠: （一）)."""
        raws, starts = self.raws, self.starts
        sizes = [after - start for start, after in pairwise(starts)]
        ends = [raw + size for raw, size in zip(raws, sizes, strict=False)]
        if any(first <= then < end for (first, then), end in zip(pairwise(raws), ends, strict=True)):
            return ""
        raw = self.raw
        return "".join([*(raw[a:b] for a, b in zip(raws, ends, strict=False)), raw[raws[-1] :]])


@dataclass(frozen=True, slots=True)
class Text:
    """Normalised characters and their origin; slicing keeps the map, so nobody adds offsets.

    >>> text = Text.plain("请于6月底前报送")
    >>> text[2:6].chars, text[2:6].span()
    ('6月底前', (2, 6))
    """

    chars: str
    origin: Origin = field(repr=False, compare=False)
    at: int = 0

    @classmethod
    def plain(cls, raw: str) -> Text:
        """A text whose characters are the raw characters themselves."""
        return cls(raw, Origin(raw))

    def __len__(self) -> int:
        return len(self.chars)

    def __bool__(self) -> bool:
        return bool(self.chars)

    def __str__(self) -> str:
        return self.chars

    def __getitem__(self, part: slice) -> Text:
        start, stop, _ = part.indices(len(self.chars))
        return Text(self.chars[start:stop], self.origin, self.at + start)

    def strip(self, blank: str = " \n\t") -> Text:
        """The same text without the given characters at its ends."""
        left = len(self.chars) - len(self.chars.lstrip(blank))
        return self[left : left + len(self.chars.strip(blank))]

    @property
    def end(self) -> int:
        """Where the text ends in the characters of the whole document (`at` is where it begins)."""
        return self.at + len(self.chars)

    def pieces(self) -> list[Span]:
        """The raw spans whose concatenation is this text as printed."""
        return self.origin.pieces(self.at, self.end)

    def span(self) -> Span:
        """The raw span [start, end) from the first character to the last."""
        if not self.chars:
            start = self.origin.offset(self.at)
            return start, start
        return self.origin.offset(self.at), self.origin.offset(self.end - 1) + 1

    def printed(self) -> str:
        """The text as the document prints it: raw characters, wraps and wrap blanks removed."""
        return self.origin.printed(self.at, self.end)


def rewrite(text: Text, edits: Iterable[Edit]) -> Text:
    """The text with [start, stop) replaced, edits in order; a new character maps to where its edit began.

    >>> rewrite(Text.plain("㈠总 则"), [(0, 1, "（一）"), (2, 3, "")]).pieces()
    [(0, 2), (3, 4)]
    """
    chars, at = text.chars, text.at
    pieces: list[str] = []
    runs = _Runs(text.origin)
    keep = runs.keep
    size = done = 0
    for start, stop, new in edits:
        if start > done:
            pieces.append(chars[done:start])
            keep(done + at, start + at, size)
            size += start - done
        if new:
            pieces.append(new)
            runs.add(new, start + at, size)
            size += len(new)
        done = stop
    if not done:
        return text
    pieces.append(chars[done:])
    keep(done + at, text.end, size)
    return Text("".join(pieces), Origin(text.origin.raw, runs.starts or (0,), runs.raws or (0,)))


class _Runs:
    """The runs of a new origin while it is built from an old one, from left to right."""

    __slots__ = ("last", "old_raws", "old_starts", "raws", "run", "starts")

    def __init__(self, origin: Origin) -> None:
        self.old_starts, self.old_raws = origin.starts, origin.raws
        self.run, self.last = 0, len(origin.starts) - 1
        self.starts: list[int] = []
        self.raws: list[int] = []

    def keep(self, start: int, stop: int, size: int) -> None:
        """Carry the old characters [start, stop) over to `size`."""
        if stop <= start:
            return
        run, last, starts, raws = self.run, self.last, self.old_starts, self.old_raws
        while run < last and starts[run + 1] <= start:
            run += 1
        self.starts.append(size)
        self.raws.append(raws[run] + start - starts[run])
        while run < last and starts[run + 1] < stop:
            run += 1
            self.starts.append(size + starts[run] - start)
            self.raws.append(raws[run])
        self.run = run

    def add(self, new: str, at: int, size: int) -> None:
        """New characters at `size`; all of them map to the old character `at`."""
        run, starts = self.run, self.old_starts
        while run < self.last and starts[run + 1] <= at:
            run += 1
        self.run = run
        raw = self.old_raws[run] + at - starts[run]
        self.starts.extend(range(size, size + len(new)))
        self.raws.extend([raw] * len(new))
