"""Tables whose cells stand side by side on a line: Markdown pipes and tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.pages import FURNITURE
from parsers.tables.fit import fit, look, resemblance
from parsers.tables.grid import ABOVE, LEFT, NUMBER, Grid, GridCell, Row, cell, texts, trimmed
from parsers.tables.header import DUTIES, Header, counted, find, kind_of
from schemas.text import Span

SECTION = regex.compile(
    r"[*\s]{0,4}(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]|[IVX]{1,4}[、.])"
)
_RULE = regex.compile(r"[|+\s:：=—-]{3,400}")
_BREAK = regex.compile(r"<br[ ]?/?>|\n", regex.IGNORECASE)
_BROKEN = 3  # lines of one cell that stand without a separator
_SHORT = 30  # characters of a line that heads rows
_TALL = 40  # lines of a row that is printed a cell a line
_SUB = regex.compile(r"（[0-9]{1,2}）|[0-9]{1,2}[.、](?![0-9])|[①-⑳]")


def separated(raw: str, chars: str, spans: Sequence[Span], mark: str) -> Iterator[Grid]:
    """The tables whose cells are parted by `mark`, "|" or a tab; `spans`: the lines of the text that hold something."""
    spans = _rejoined(chars, spans) if mark == "|" else spans
    index = 0
    while index < len(spans):
        if raw.find(mark, *spans[index]) < 0 and chars.find(mark, *spans[index]) < 0:
            index += 1
            continue
        stop = _run(raw, chars, spans, index, mark)
        grid = _grid(raw, chars, spans[index:stop], mark)
        if grid is not None:
            yield grid
        index = stop


def _rejoined(chars: str, spans: Sequence[Span]) -> list[Span]:
    """The lines, rows that are printed a cell a line as one: 修路 / | 市交通局 / | 6月底 / |, the last mark alone."""
    found: list[Span] = []
    after = first = None  # where the row begins behind a mark alone, its first line with a mark in front
    for start, stop in spans:
        if chars[start] != "|" or chars.find("|", start + 1, stop) >= 0 or stop - start > 1:
            barred = chars[start] == "|" and chars.find("|", start + 1, stop) < 0
            first = len(found) if barred and first is None else first
            found.append((start, stop))
            continue
        begin = after if after is not None and len(found) - after <= _TALL else first and first - 1
        if begin is None or begin == len(found):
            found.append((start, stop))
        else:
            found[begin:] = [(found[begin][0], stop)]
            after = len(found)
        first = None
    return found


def _holds(raw: str, chars: str, span: Span, mark: str) -> bool:
    return raw.find(mark, *span) >= 0 or chars.find(mark, *span) >= 0


def _run(raw: str, chars: str, spans: Sequence[Span], index: int, mark: str) -> int:
    """Where the run of lines with the mark ends; a few lines without it may stand inside."""
    stop, gap = index + 1, 0
    for at in range(index + 1, len(spans)):
        if _holds(raw, chars, spans[at], mark):
            stop, gap = at + 1, 0
        else:
            gap += 1
            if gap > _BROKEN:
                break
    return stop


def _grid(raw: str, chars: str, spans: Sequence[Span], mark: str) -> Grid | None:
    rows = list(_rows(raw, chars, spans, mark))
    for first in range(min(4, len(rows))):  # the words above the headings are no part of the table
        head = find(texts(chars, rows[first:]))
        if head is None or head.start:
            continue
        kept = [row for row in rows[first:] if row]
        head = counted(head, texts(chars, kept[head.stop :]))
        body = [_fitted(chars, row, head) for row in _mended(chars, kept, head)]
        start = min(line[0] for one in kept[0] for line in one.lines)
        end = max(line[1] for row in kept for one in row for line in one.lines)
        return Grid(_line_start(chars, start), _line_stop(chars, end), tuple(body))
    return None


def _line_start(chars: str, at: int) -> int:
    return chars.rfind("\n", 0, at) + 1


def _line_stop(chars: str, at: int) -> int:
    stop = chars.find("\n", at)
    return len(chars) if stop < 0 else stop


def _rows(raw: str, chars: str, spans: Sequence[Span], mark: str) -> Iterator[Row]:
    """A row a line; a line without the mark goes on with the last cell of the row above, unless it is a section's."""
    rows: list[list[GridCell]] = []
    headed = ""  # what the last column holds, in a table where a line behind the headings heads rows
    for span in spans:
        if _RULE.fullmatch(chars, *span) or FURNITURE.fullmatch(chars, *span):
            continue
        if _holds(raw, chars, span, mark):
            rows.append([_lined(chars, part) for part in _parts(raw, chars, span, mark)])
            continue
        headed = _headed(chars, rows[0], span) if len(rows) == 1 else headed
        if not rows or SECTION.match(chars, *span) or (headed and _heads_rows(chars, rows, span, headed)):
            rows.append([cell(chars, span)])
        else:
            last = max((i for i, one in enumerate(rows[-1]) if one.lines), default=0)
            rows[-1][last] = GridCell((*rows[-1][last].lines, trimmed(chars, *span)))
    yield from (tuple(row) for row in rows if any(one.lines for one in row))


def _headed(chars: str, heads: Sequence[GridCell], span: Span) -> str:
    """What the last of these headings stands for, if the line below it is no part of it."""
    words = heads[-1].words(chars)
    kind = kind_of(words)
    return kind if kind in DUTIES and kind_of(words + chars[slice(*span)]) != kind else ""


def _heads_rows(chars: str, rows: Sequence[Sequence[GridCell]], span: Span, kind: str) -> bool:
    """Does the line, which has no mark, head the rows to come, as another behind the headings does?"""
    words, above = chars[slice(*span)], rows[-1][-1].words(chars)
    if (
        len(words) > _SHORT
        or words[-1] in "。；，"
        or words[0] in "（，、。；）"
        or len(rows[-1]) < len(rows[0])
    ):
        return False
    return len(rows) == 1 or (above[-1:] not in "、，；（" and look(words, kind) <= 0 < look(words, "title"))


def _mended(chars: str, rows: Sequence[Row], head: Header) -> Iterator[Row]:
    """Rows that a line's end inside a cell broke in two: what has no number goes on with a row that lacks cells."""
    width, last = len(head.kinds), rows[0]
    for row in rows[1:]:
        words = row[0].words(chars)
        broken = head.kinds[0] == "number" and not NUMBER.fullmatch(words) and not SECTION.match(words)
        whole = not broken or (not words and len(last) + len(row) - 1 != width)
        if whole or len(last) < 2 or len(last) == width or len(last) + len(row) - 1 > width:
            yield last
            last = row
        else:
            last = (*last[:-1], GridCell((*last[-1].lines, *row[0].lines)), *row[1:])
    yield last


def _lined(chars: str, span: Span) -> GridCell:
    """A cell; <br> parts its lines, a line's end in a row of several lines too."""
    at, stop = span
    lines = []
    for match in _BREAK.finditer(chars, *span):
        lines.append((at, match.start()))
        at = match.end()
    return cell(chars, *lines, (at, stop))


def _parts(raw: str, chars: str, span: Span, mark: str) -> Iterator[Span]:
    """The spans between the marks; the outer ones of | … | part nothing."""
    start, stop = span
    text = raw if mark == "\t" else chars
    if mark == "|":
        start, stop = trimmed(chars, start, stop)
        start += chars.startswith("|", start)
        stop -= stop > start and chars[stop - 1] == "|"
    else:
        while raw.startswith(mark, stop):  # empty cells at the ends
            stop += 1
        while start and raw.startswith(mark, start - 1):
            start -= 1
    while (at := text.find(mark, start, stop)) >= 0:
        yield start, at
        start = at + 1
    yield start, stop


def _fitted(chars: str, row: Row, head: Header) -> Row:
    """The row with a cell a column; what was lost is told by what the cells look like."""
    width = len(head.kinds)
    held = [one for one in row if one.lines]
    if len(held) == 1 and (len(row) == 1 or SECTION.match(held[0].words(chars))):
        return (held[0], *[GridCell(merged=LEFT)] * (width - 1))
    kept = row[: 1 + max([column for column, one in enumerate(row) if one.lines], default=0)]
    if _is_spanned(chars, kept, head.kinds):  # 2.… | 各科室 | |
        return (*[GridCell(merged=ABOVE)] * (width - len(kept)), *kept)
    if len(row) >= width and not any(one.lines for one in row[width:]):
        return row[:width]
    if len(held) > width:
        return (*held[: width - 1], GridCell(tuple(line for one in held[width - 1 :] for line in one.lines)))
    places, score = fit([one.words(chars) for one in held], head.kinds)
    straight = (*row, *[GridCell()] * (width - len(row)))
    if (
        len(straight) == width
        and resemblance([one.words(chars) for one in straight], head.kinds) >= score - 0.5
    ):
        return straight
    return tuple(held[place[0]] if place else GridCell() for place in places)


def _is_spanned(chars: str, row: Row, kinds: Sequence[str]) -> bool:
    """Does a row lack its first cells because those above span it? It begins with a number of its own: （2）…."""
    words = [one.words(chars) for one in row]
    before = kinds[: len(kinds) - len(row) + 1]
    if not (2 <= len(words) < len(kinds) and all(words)) or not set(before) <= {"title", "text"}:
        return False
    return _SUB.match(words[0]) is not None and look(words[-1], kinds[-1]) > 0
