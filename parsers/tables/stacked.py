"""Tables with one cell a line: the headings one below the other, then the cells in the same cycle.

Cells that are missing shift the cycle, cells that are broken stretch it: numbers and what a cell looks like keep step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from parsers.pages import FURNITURE
from parsers.tables.columns import SECTION
from parsers.tables.fit import fit, scores
from parsers.tables.grid import LEFT, NUMBER, Grid, GridCell, Row, cell
from parsers.tables.header import DUTIES, find, kind_of
from schemas.text import Span

_ENDS = regex.compile(
    r"(?:注|说明|备注|附)[：:1]|附[件表]|抄送|抄报|（此件|[^\n]{0,20}(?:办公室|办公厅)[ \u3000]{0,8}20[0-9]{2}年"
)
_HEADING = 24  # characters
_MOST = 12  # columns
_LONGEST = 100  # lines of one row
_LINES = 30  # lines of one cell
_BROKEN = 2  # lines that the last row may have beyond all others
_NEVER, _MUCH = -1e9, 2.0
_JUMP = 30  # running numbers that a table may leave out


def stacked(chars: str, spans: Sequence[Span]) -> Iterator[Grid]:
    """The tables of the text that hold one cell a line."""
    index = 0
    while index < len(spans) - 3:
        labels, stop = _labels(chars, spans, index)
        found = _table(chars, labels, spans, stop) if labels else None
        if found is None:
            index = max(stop, index + 1)
            continue
        rows, end = found
        yield Grid(spans[index][0], spans[end - 1][1], (tuple(cell(chars, span) for span in labels), *rows))
        index = end


def _labels(chars: str, spans: Sequence[Span], index: int) -> tuple[list[Span], int]:
    """The headings that begin at a line, each once, and the line where the cells begin; nothing where none do."""
    first = _kind(chars, spans[index])
    if first is None:
        return [], index
    labels: list[Span] = []
    stop = index
    while stop < len(spans) and len(labels) < _MOST:
        words = chars[slice(*spans[stop])]
        if len(words) > _HEADING or NUMBER.fullmatch(words) or SECTION.match(words) or words[-1] in "。；":
            break
        if first != "number" and _kind(chars, spans[stop]) is None:
            break
        if not labels or words != chars[slice(*labels[-1])]:
            labels.append(spans[stop])
        stop += 1
    if first == "number" and not _counts(chars, spans, stop):
        labels, stop = _known(chars, spans, index)
    labels = _unfolded(chars, labels)
    said = [chars[a:b] for a, b in labels]
    twice = len(said) - len(set(said)) > 1
    head = find([said, [""] * len(said)])
    return (labels, stop) if head is not None and len(said) > 1 and not twice else ([], stop)


def _kind(chars: str, span: Span) -> str | None:
    return kind_of(chars[slice(*span)]) if span[1] - span[0] <= _HEADING else None


def _counts(chars: str, spans: Sequence[Span], index: int) -> bool:
    return any(NUMBER.fullmatch(chars, *span) for span in spans[index : index + 3])


def _known(chars: str, spans: Sequence[Span], index: int) -> tuple[list[Span], int]:
    """The headings that are known words, where nothing else says where the cells begin."""
    stop = index
    while stop < min(len(spans), index + _MOST) and _kind(chars, spans[stop]) is not None:
        stop += 1
    return list(spans[index:stop]), stop


def _unfolded(chars: str, labels: Sequence[Span]) -> list[Span]:
    """责任单位 with 牵头 and 配合 behind the other headings: these take its place."""
    kinds = [_kind(chars, span) for span in labels]
    sub = len(labels)
    while sub and kinds[sub - 1] in ("lead", "support"):
        sub -= 1
    over = [i for i, kind in enumerate(kinds[:sub]) if kind == "responsible"]
    if len(labels) - sub < 2 or len(over) != 1 or over[0] == sub - 1:
        return list(labels)
    return [*labels[: over[0]], *labels[sub:], *labels[over[0] + 1 : sub]]


def _table(
    chars: str, labels: Sequence[Span], spans: Sequence[Span], start: int
) -> tuple[list[Row], int] | None:
    """The rows below the headings and the line where the table ends."""
    words = [chars[a:b] for a, b in labels]
    kinds = list(find([words, [""] * len(words)]).kinds)  # type: ignore[union-attr]
    if kinds[0] == "number" and _counts(chars, spans, start):
        return _Numbered(chars, words, kinds, spans).read(start)
    return _cycle(chars, words, kinds, spans, start) if set(kinds) & DUTIES else None


def numbered(chars: str, words: Sequence[str], spans: Sequence[Span]) -> tuple[list[Row], int] | None:
    """The rows that these cells make up below headings of which the first counts, and how many cells they take."""
    head = find([list(words), [""] * len(words)])
    return _Numbered(chars, words, list(head.kinds), spans).read(0) if head else None


class _Numbered:
    """A table whose first column counts."""

    def __init__(self, chars: str, words: Sequence[str], kinds: Sequence[str], spans: Sequence[Span]) -> None:
        self.chars, self.words, self.kinds, self.spans = chars, words, kinds, spans

    def read(self, start: int) -> tuple[list[Row], int] | None:
        """The rows and the line where the table ends."""
        starts = self._starts(start)
        if not starts or (len(starts) == 1 and not set(self.kinds) & DUTIES):
            return None
        rows: list[Row] = [self._section(span) for span in self._kept(start, starts[0])]
        sizes = []
        for begin, stop in pairwise(starts):
            kept = self._kept(begin + 1, stop)
            sections = self._sections(kept)
            body = kept[: len(kept) - len(sections)]
            sizes.append(len(body))
            rows += [self._row(self.spans[begin], body), *[self._section(span) for span in sections]]
        body, end = self._last(starts[-1], sizes)
        return [*rows, self._row(self.spans[starts[-1]], body)], end

    def _starts(self, start: int) -> list[int]:
        """The lines that begin a row: the next number, or a later one where enough cells stand between."""
        found: list[int] = []
        last, sub = 0, 0
        for index in range(start, len(self.spans)):
            gap = index - found[-1] - 1 if found else _MOST
            if gap > _LONGEST:
                break
            match = NUMBER.fullmatch(self.chars, *self.spans[index])
            if match is None:
                continue
            value, minor = int(match["n"]), int(match["sub"] or 0)
            if self._follows(found, (last, sub), (value, minor), gap):
                found.append(index)
                last, sub = value, minor
        return found

    def _follows(self, found: Sequence[int], last: Span, new: Span, gap: int) -> bool:
        if not found:
            return True
        if gap < max(1, (len(self.kinds) - 1) // 2):
            return False
        if new[1]:
            return new == (last[0], last[1] + 1) or new == (last[0] + 1, 1)
        return new[0] == last[0] + 1 or (last[0] < new[0] <= last[0] + _JUMP and gap >= len(self.kinds) - 2)

    def _kept(self, start: int, stop: int) -> list[Span]:
        """The lines of a row, without page numbers and headings printed again."""
        spans = [span for span in self.spans[start:stop] if not FURNITURE.fullmatch(self.chars, *span)]
        texts = [self.chars[a:b] for a, b in spans]
        tail = len(texts)
        while tail and texts[tail - 1] in self.words:
            tail -= 1
        return spans[:tail] if len(texts) - tail >= min(3, len(self.words)) else spans

    def _sections(self, lines: Sequence[Span]) -> list[Span]:
        """The lines at a row's end that head the rows to come."""
        first = len(lines)
        while (
            first > 1
            and lines[first - 1][1] - lines[first - 1][0] <= 60
            and SECTION.match(self.chars, *lines[first - 1])
        ):
            first -= 1
        return list(lines[first:])

    def _section(self, span: Span) -> Row:
        return (cell(self.chars, span), *[GridCell(merged=LEFT)] * (len(self.kinds) - 1))

    def _row(self, number: Span, lines: Sequence[Span]) -> Row:
        kinds, units = self.kinds[1:], self._units(lines)
        texts = ["".join([self.chars[a:b] for a, b in unit]) for unit in units]
        places, best = fit(texts, kinds, _LINES)
        if len(units) == len(kinds) and not _better(texts, kinds):
            places = [[index] for index in range(len(kinds))]
        elif len(units) == len(lines):
            places = self._paged(lines, texts, places, best)
        cells = [[line for index in taken for line in units[index]] for taken in places]
        return (cell(self.chars, number), *[cell(self.chars, *found) for found in cells])

    def _units(self, lines: Sequence[Span]) -> list[list[Span]]:
        """The lines that belong together: where blank lines part the cells, lines without one between them do."""
        apart = [self.chars.count("\n", above[1], below[0]) > 1 for above, below in pairwise(lines)]
        if sum(apart) * 2 <= len(apart):
            return [[line] for line in lines]
        units = [[lines[0]]]
        for line, new in zip(lines[1:], apart, strict=True):
            units += [[line]] if new else []
            units[-1] += [] if new else [line]
        return units

    def _paged(
        self, lines: Sequence[Span], texts: Sequence[str], places: list[list[int]], best: float
    ) -> list[list[int]]:
        """The row, if it is broken at a page's end, in two parts."""
        kinds = self.kinds[1:]
        for page in self._pages(lines):
            above, upper = fit(texts[:page], kinds, _LINES)
            below, lower = fit(texts[page:], kinds, _LINES)
            if upper + lower > best:
                best = upper + lower
                places = [[*a, *[i + page for i in b]] for a, b in zip(above, below, strict=True)]
        return places

    def _pages(self, lines: Sequence[Span]) -> list[int]:
        """Where a new page may begin: a row that is broken there goes on in all its columns."""
        gaps = (self.chars[above[1] : below[0]] for above, below in pairwise(lines))
        return [i for i, gap in enumerate(gaps, 1) if gap.count("\n") > 1 or "\f" in gap][:4]

    def _last(self, start: int, sizes: Sequence[int]) -> tuple[list[Span], int]:
        """The lines of the last row, and where the table ends: nothing but its like says so."""
        plain = len(self.kinds) - 1
        most = max([plain + _BROKEN, *sizes])
        steady = all(size <= plain for size in sizes)
        stop = start + 1
        while (
            stop < len(self.spans) and stop - start <= most and not _ENDS.match(self.chars, *self.spans[stop])
        ):
            stop += 1
        lines = self._kept(start + 1, stop)
        if steady or len(lines) <= plain:
            counts = list(range(some := min(plain, len(lines)), max(0, some - 3), -1))
        else:
            counts = [*range(min(plain, len(lines)), len(lines) + 1)]
        units = self._units(lines)
        if len(units) < len(lines):
            found = [line for unit in units[:plain] for line in unit]
            return found, start + 1 + len(found)
        texts = [self.chars[a:b] for a, b in lines]
        fits = scores(texts, self.kinds[1:], _LINES)
        best = max(counts or [0], key=lambda count: fits.get(count, _NEVER))
        for more in range(
            plain + 1, plain + 1 + _BROKEN
        ):  # a cell of two lines, in a table that had none so far
            best = more if fits.get(more, _NEVER) > fits.get(best, _NEVER) + _MUCH else best
        return lines[:best], start + 1 + best


def _better(texts: Sequence[str], kinds: Sequence[str]) -> bool:
    """Is another fit much better than a cell a line?"""
    _, best = fit(texts, kinds, _LINES)
    _, straight = fit(texts, kinds)
    return best > straight + _MUCH + 1


def _cycle(
    chars: str, words: Sequence[str], kinds: Sequence[str], spans: Sequence[Span], start: int
) -> tuple[list[Row], int] | None:
    """Rows without numbers: as many lines as headings, one less or more where that fits better."""
    if kinds[0] == "number":
        kinds = kinds[1:]
    rows: list[Row] = []
    width, index = len(kinds), start
    while index < len(spans):
        texts = [chars[a:b] for a, b in spans[index : index + width + 2]]
        if (
            SECTION.match(texts[0])
            and len(texts[0]) <= 60
            and _score(texts[1:], kinds, width) > _score(texts, kinds, width)
        ):
            rows.append((cell(chars, spans[index]), *[GridCell(merged=LEFT)] * (len(words) - 1)))
            index += 1
            continue
        size = max((width, width - 1, width + 1), key=lambda count: _score(texts, kinds, count))
        if _score(texts, kinds, size) < 0.5 * width:
            break
        places, _ = fit(texts[:size], kinds, 3)
        empty = [GridCell()] * (len(words) - width)
        rows.append((*empty, *[cell(chars, *[spans[index + i] for i in taken]) for taken in places]))
        index += size
    return (rows, index) if rows else None


def _score(texts: Sequence[str], kinds: Sequence[str], count: int) -> float:
    """How well the next lines fit the columns."""
    if not 2 <= count <= len(texts):
        return -9.0
    return fit(texts[:count], kinds, 3)[1]
