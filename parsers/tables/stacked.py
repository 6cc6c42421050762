"""Tables with one cell a line: the headings one below the other, then the cells in the same cycle.

Cells that are missing shift the cycle, cells that are broken stretch it: numbers and what a cell looks like keep step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.tables.columns import SECTION
from parsers.tables.fit import fit
from parsers.tables.grid import LEFT, NUMBER, Grid, GridCell, Row, cell
from parsers.tables.header import DUTIES, find, kind_of
from parsers.tables.numbered import Numbered, inner
from parsers.tables.spaced import below
from schemas.text import Span

_HEADING = 24  # characters
_MOST = 12  # columns


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
        heads = [cell(chars, span) for span in labels]
        if len(rows[0]) > len(heads):  # a column of numbers that nothing heads
            heads.insert(_unheaded(chars, spans, stop), GridCell())
        yield Grid(spans[index][0], spans[end - 1][1], (tuple(heads), *rows))
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
        if labels and words[0] + words[-1] == "（）":  # 责任股室 | （单位）
            labels[-1] = (labels[-1][0], spans[stop][1])
        elif not labels or words != chars[slice(*labels[-1])]:
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
        return Numbered(chars, words, kinds, spans).read(start)
    if kinds[0] == "number" and (rows := below(chars, labels, spans, start)):
        return rows
    if "number" not in kinds and (column := _unheaded(chars, spans, start)):
        kinds.insert(column, "number")
    if "number" in kinds[1:] and set(kinds) & DUTIES and (found := inner(chars, kinds, spans, start)):
        return found
    kinds = [kind for kind in kinds if kind != "number"]
    return _cycle(chars, words, kinds, spans, start) if set(kinds) & DUTIES else None


def _unheaded(chars: str, spans: Sequence[Span], start: int) -> int:
    """In which column, but the first, a number stands in the first row; 0 for none."""
    words = [chars[a:b] for a, b in spans[start : start + 3]]
    return next((column for column, text in enumerate(words) if column and NUMBER.fullmatch(text)), 0)


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
