"""Rows that are counted, one cell behind the other: what stands between two numbers is a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from parsers.pages import FURNITURE
from parsers.tables.columns import SECTION
from parsers.tables.fit import fit, paged, scores
from parsers.tables.grid import ABOVE, LEFT, NUMBER, GridCell, Row, cell
from parsers.tables.header import DUTIES, find
from schemas.text import Span

_ENDS = regex.compile(
    r"(?:注|说明|备注|附)[：:1]|附[件表]|抄送|抄报|（此件|[^\n]{0,20}(?:办公室|办公厅)[ \u3000]{0,8}20[0-9]{2}年"
)
_MOST = 12  # columns
_LONGEST = 100  # lines of one row
_LINES = 30  # lines of one cell
_BROKEN = 2  # lines that the last row may have beyond all others
_NEVER, _MUCH = -1e9, 2.0
_BREAK = 3.0  # how much likelier a row goes on in all its columns below a page's end
_MANY = 3  # numbers that follow each other by no accident
_JUMP = 30  # running numbers that a table may leave out
_FAR = 500  # below the heading of a section: an extract shows those that concern one office


def numbered(chars: str, words: Sequence[str], spans: Sequence[Span]) -> tuple[list[Row], int] | None:
    """The rows that these cells make up below headings of which the first counts, and how many cells they take."""
    head = find([list(words), [""] * len(words)])
    return Numbered(chars, words, list(head.kinds), spans).read(0) if head else None


class Numbered:
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
        if (plain := self._plain(start)) is not None:
            return plain
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
            headed = index > start and SECTION.match(self.chars, *self.spans[index - 1]) is not None
            if self._follows(found, (last, sub), (value, minor), gap, _FAR if headed else _JUMP):
                found.append(index)
                last, sub = value, minor
        return found

    def _plain(self, start: int) -> list[int] | None:
        """The lines that hold a number, where those are 1, 2, 3 … and no others: rows may be short then."""
        found: list[int] = []
        for index in range(start, len(self.spans)):
            if index - (found[-1] if found else start) > _LONGEST:
                break
            match = NUMBER.fullmatch(self.chars, *self.spans[index])
            if match and (match["sub"] or int(match["n"]) != len(found) + 1):
                return None
            if match:
                found.append(index)
        near = all(below - above > 1 for above, below in pairwise(found))
        return found if near and len(found) > _MANY else None

    def _follows(self, found: Sequence[int], last: Span, new: Span, gap: int, jump: int) -> bool:
        if not found:
            return True
        if gap < max(1, (len(self.kinds) - 1) // 2):
            return False
        if new[1]:
            return new == (last[0], last[1] + 1) or new == (last[0] + 1, 1)
        return new[0] == last[0] + 1 or (last[0] < new[0] <= last[0] + jump and gap >= len(self.kinds) - 2)

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
        kinds, units = self.kinds[1:], _units(self.chars, lines)
        texts = ["".join([self.chars[a:b] for a, b in unit]) for unit in units]
        places, best = fit(texts, kinds, _LINES)
        if len(units) == len(kinds) and not _better(texts, kinds):
            places = [[index] for index in range(len(kinds))]
        elif len(units) == len(lines):
            places = self._paged(lines, texts, places, best)
        cells = [[line for index in taken for line in units[index]] for taken in places]
        return (cell(self.chars, number), *[cell(self.chars, *found) for found in cells])

    def _paged(
        self, lines: Sequence[Span], texts: Sequence[str], places: list[list[int]], best: float
    ) -> list[list[int]]:
        """The row, if it is broken at a page's end, in two parts."""
        for page in self._pages(lines):
            parted, score = paged(texts, page, self.kinds[1:], _LINES)
            if score + _BREAK > best:
                best, places = score + _BREAK, parted
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
        units = _units(self.chars, lines)
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


def _units(chars: str, lines: Sequence[Span]) -> list[list[Span]]:
    """The lines that belong together: where blank lines part the cells, lines without one between them do."""
    apart = [chars.count("\n", above[1], below[0]) > 1 for above, below in pairwise(lines)]
    if sum(apart) * 2 <= len(apart):
        return [[line] for line in lines]
    units = [[lines[0]]]
    for line, new in zip(lines[1:], apart, strict=True):
        units += [[line]] if new else []
        units[-1] += [] if new else [line]
    return units


def _better(texts: Sequence[str], kinds: Sequence[str]) -> bool:
    """Is another fit much better than a cell a line?"""
    _, best = fit(texts, kinds, _LINES)
    _, straight = fit(texts, kinds)
    return best > straight + _MUCH + 1


def inner(
    chars: str, kinds: Sequence[str], spans: Sequence[Span], start: int
) -> tuple[list[Row], int] | None:
    """Rows whose numbers stand in a later column; what stands before a number may span several rows.

    Example: 信息公开 | 1 | 公开预算 | 财务科, below it 2 | 更新栏目 | 办公室.
    """
    column = kinds.index("number")
    starts = _running(chars, spans, start, column, len(kinds))
    if len(starts) < 2 or starts[0] - start > column:
        return None
    rows: list[Row] = []
    before = [[line] for line in spans[start : starts[0]]]
    behind = len(kinds) - column - 1
    end = min(starts[-1] + 1 + behind, len(spans))
    for begin, stop in zip(starts, [*starts[1:], end], strict=True):
        units = _units(chars, spans[begin + 1 : stop]) if stop - begin > 1 else []
        over, places = _behind(["".join([chars[a:b] for a, b in unit]) for unit in units], kinds, column)
        above = [GridCell(merged=ABOVE)] * (column - len(before)) if rows else [GridCell()] * column
        led = [*above, *[cell(chars, *unit) for unit in before]][-column:]
        cells = [cell(chars, *[line for index in taken for line in units[index]]) for taken in places]
        rows.append((*led, cell(chars, spans[begin]), *cells))
        before = units[len(units) - over :]
    return rows, end


def _behind(texts: Sequence[str], kinds: Sequence[str], column: int) -> tuple[int, list[list[int]]]:
    """How many of the words behind a number stand before the next, and which make up the row's cells."""
    rest = kinds[column + 1 :]
    over = min(column, max(0, len(texts) - len(rest)))
    body = texts[: len(texts) - over]
    if len(body) == len(rest) and not _better(body, rest):
        return over, [[index] for index in range(len(rest))]
    counts = range(over, -1, -1)
    over = max(counts, key=lambda count: fit(texts[: len(texts) - count], rest, _LINES)[1])
    return over, fit(texts[: len(texts) - over], rest, _LINES)[0]


def _running(chars: str, spans: Sequence[Span], start: int, column: int, width: int) -> list[int]:
    """The lines that hold nothing but the next number, a row apart from each other."""
    found: list[int] = []
    for index in range(start, len(spans)):
        if index - (found[-1] if found else start) > width + column:
            break
        match = NUMBER.fullmatch(chars, *spans[index])
        if match and int(match["n"]) == len(found) + 1 and (not found or index - found[-1] > 1):
            found.append(index)
    return found
