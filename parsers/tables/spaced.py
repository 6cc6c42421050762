"""Tables whose cells stand side by side, one blank apart: 序号 任务 责任单位 below it 1 修路 市交通局.

A blank may also stand inside a cell, and a cell may go on below; which words make up a cell is told by what they look
like, as in tables with one cell a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from parsers.tables.fit import resemblance
from parsers.tables.glued import known
from parsers.tables.grid import Grid, Row, cell
from parsers.tables.header import DUTIES, ROLES, find, kind_of
from parsers.tables.numbered import inner, numbered
from schemas.text import Span

_HEAD = regex.compile(r"(?:序[ \u3000]?号|编[ \u3000]?号)[ \u3000]")
_GLUED = regex.compile(r"[序编]号[^ \u3000，。；：、]{4,40}")
_ROW = regex.compile(r"(?P<n>[0-9]{1,3})[.、]?(?:[ \u3000]|\Z|(?=[\p{Han}“《])(?![年月日个]))")
_WORD = regex.compile(r"[0-9]{1,4}[ ](?=[年月日季])[^ \u3000]{1,60}|[^ \u3000]+")
_LONGEST = 60  # characters of the line of headings
_ENDS = regex.compile("[。；：:]|^[一二三四五六七八九十]{1,3}、|附件|20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日")
_BROKEN = 3  # lines of the last row, at most
_BETWEEN = 6  # lines that one row may have more
_INSIDE = regex.compile(rf"(?<![^ \u3000。：\n]){_HEAD.pattern}")
_BODY = regex.compile(
    r"[0-9]{1,3}[.、]?\Z|1(?=[\p{Han}“《])(?![年月日个])|[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）"
)
_MOST = 30  # words of the headings in a text without line ends
_TIGHT = 4  # blanks between two headings
_HEADING = 12  # characters of one


def spaced(chars: str, spans: Sequence[Span]) -> Iterator[Grid]:
    """The tables of the text whose headings stand on one line and whose rows are counted."""
    index = 0
    while index < len(spans):
        span, index = spans[index], index + 1
        if span[1] - span[0] > _LONGEST:
            yield from _run_on(chars, span)
            continue
        labels = _headings(chars, span)
        found = below(chars, labels, spans, index, chars[slice(*span)]) if labels else None
        if not labels and (labels := _words(chars, span)) and len(labels) > 2:
            found = _even(chars, labels, spans, index)
        if found is not None:
            index = found[1]
            yield Grid(span[0], spans[index - 1][1], (_row(chars, labels), *found[0]))


def _headings(chars: str, span: Span) -> list[Span]:
    """序号 任务 责任单位, one blank apart or none; nothing where the line is no line of headings."""
    if _HEAD.match(chars, *span):
        return _merged(_words(chars, span))
    glued = _GLUED.fullmatch(chars, *span)
    labels = [place for _, place in known(chars, *span)] if glued else []
    return labels if sum(stop - start for start, stop in labels) == span[1] - span[0] else []


def below(
    chars: str, labels: Sequence[Span], spans: Sequence[Span], index: int, again: str = ""
) -> tuple[list[Row], int] | None:
    """The counted rows below the headings, their cells a blank or a line apart, and the line where the table ends."""
    words = [chars[a:b] for a, b in labels]
    head = find([words, [""] * len(words)]) if len(words) > 2 else None
    rows = list(_rows(chars, spans, index, len(labels), again)) if head and head.duties else []
    if len(rows) < 2:
        return None
    stop = rows[-1][1]
    found = numbered(chars, words, _cells(chars, spans[rows[0][0] : stop], again))
    return (found[0], stop) if found is not None else None


def _even(
    chars: str, labels: Sequence[Span], spans: Sequence[Span], index: int
) -> tuple[list[Row], int] | None:
    """Rows without numbers, each a line of as many words as there are headings, which look like what these head."""
    words = [chars[a:b] for a, b in labels]
    head = find([words, [""] * len(words)]) if all(kind_of(word) for word in words) else None
    rows: list[Row] = []
    while head and head.has(*ROLES, "mixed") and index < len(spans):
        cells = _words(chars, spans[index])
        if len(cells) != len(labels) or resemblance([chars[a:b] for a, b in cells], head.kinds) < len(cells):
            break
        rows.append(_row(chars, cells))
        index += 1
    return (rows, index) if len(rows) > 1 else None


def _run_on(chars: str, line: Span) -> Iterator[Grid]:
    """The tables in a text without line ends: … 序号 任务 责任单位 1 修路 市交通局 2 …."""
    words = _words(chars, line) if _INSIDE.search(chars, *line) else []
    heads = [index for index, word in enumerate(words) if _INSIDE.match(chars, word[0])]
    for start, stop in pairwise([*heads, len(words)]):
        grid = _table(chars, words[start:stop], led=False)
        if grid is None and start and words[start][0] - words[start - 1][1] < _TIGHT:
            led = _is_heading(chars, words[start - 1])
            grid = _table(chars, words[start - 1 : stop], led=True) if led else None
        if grid is not None:
            yield grid


def _is_heading(chars: str, word: Span) -> bool:
    return word[1] - word[0] <= _HEADING and kind_of(chars[slice(*word)]) in ("title", "text")


def _table(chars: str, words: Sequence[Span], *, led: bool) -> Grid | None:
    """The table whose headings these words begin with; `led`: a column stands before that of the numbers."""
    first = words[:_MOST]
    size = max(0, next((i for i, word in enumerate(first) if _BODY.match(chars, *word)), 0) - led)
    labels = [*words[:led], *_merged(words[led:size])]
    said = [chars[a:b] for a, b in labels]
    short = len(said) > 2 and max(map(len, said)) <= _HEADING
    head = find([said, [""] * len(said)]) if short else None
    body = list(_apart(chars, words[size:])) if head and head.duties else []
    if head is None or not body:
        return None
    found = inner(chars, head.kinds, body, 0) if led else numbered(chars, said, body)
    last = max((i for i, kind in enumerate(head.kinds) if kind in DUTIES), default=-1)
    if found is None or sum(bool(row[led].lines and row[last].lines) for row in found[0]) < 2:
        return None
    return Grid(words[0][0], body[found[1] - 1][1], (_row(chars, labels), *found[0]))


def _apart(chars: str, words: Sequence[Span]) -> Iterator[Span]:
    """The words, the next number apart that touches one: 1修路 市交通局 2架桥."""
    last = 0
    for start, stop in words:
        match = _ROW.match(chars, start, stop)
        counts = match is not None and int(match["n"]) == last + 1
        last += counts
        cut = match.end() if match and counts else stop
        yield start, cut
        if cut < stop:
            yield cut, stop


def _row(chars: str, spans: Sequence[Span]) -> Row:
    return tuple(cell(chars, span) for span in spans)


def _cells(chars: str, lines: Sequence[Span], headings: str) -> list[Span]:
    """The words of the rows, without the headings that a new page repeats."""
    kept = [line for line in lines if chars[slice(*line)] != headings]
    return [word for line in kept for word in _counted(chars, _words(chars, line))]


def _counted(chars: str, words: Sequence[Span]) -> Iterator[Span]:
    """The words of a line, the number apart that touches the first: 1修路."""
    for start, stop in words[:1]:
        match = _ROW.match(chars, start, stop)
        yield from (
            ((start, match.end()), (match.end(), stop)) if match and match.end() < stop else ((start, stop),)
        )
    yield from words[1:]


def _rows(chars: str, spans: Sequence[Span], start: int, columns: int, again: str) -> Iterator[Span]:
    """The lines of every row, from its number to the next, up to other headings; of the last as many as it needs."""
    begun = None
    for index in range(start, len(spans)):
        if _ROW.match(chars, *spans[index]):
            if begun is not None:
                yield begun, index
            begun = index
        elif begun is None or index - begun > _BETWEEN:
            break
        elif again and _HEAD.match(chars, *spans[index]) and chars[slice(*spans[index])] != again:
            break  # the next table
    if begun is not None:
        yield begun, _last(chars, spans, begun, columns)


def _last(chars: str, spans: Sequence[Span], begun: int, columns: int) -> int:
    stop, words = begun + 1, len(_words(chars, spans[begun]))
    alone = words == 1  # a number: its cells stand on lines of their own
    while (
        words < columns
        and stop < min(len(spans), begun + max(_BROKEN, columns))
        and (alone or not _ENDS.search(chars, *spans[stop]))
    ):
        words += len(_words(chars, spans[stop])) - 1
        stop += 1
    return stop


def _merged(words: Sequence[Span]) -> list[Span]:
    """The headings that these words make up; 工 作 任 务 is one."""
    found: list[Span] = []
    lone = False
    for start, stop in words:
        if lone and stop - start == 1:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
        lone = stop - start == 1
    return found


def _words(chars: str, span: Span) -> list[Span]:
    return [match.span() for match in _WORD.finditer(chars, *span)]
