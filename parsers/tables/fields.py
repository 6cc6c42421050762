"""Tables turned on their side: a label and its value on every line, one task below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.tables.grid import Grid, GridCell, Row, cell
from parsers.tables.header import find
from schemas.text import Span

_FIELD = regex.compile(r"(?P<label>[^\n|：。]{2,20}：)[ \u3000]*\|[ \u3000]*(?P<value>[^\n|]*)\|?")


def fields(chars: str, spans: Sequence[Span]) -> Iterator[Grid]:
    """The tables whose lines read 牵头单位： | 市教育局 |; a label that comes again begins the next task."""
    run: list[regex.Match[str]] = []
    for span in [*spans, (len(chars), len(chars))]:
        match = _FIELD.fullmatch(chars, *span)
        if match:
            run.append(match)
        elif run:
            yield from _grid(chars, run)
            run = []


def _grid(chars: str, run: Sequence[regex.Match[str]]) -> Iterator[Grid]:
    """The lines as a table, if their labels head one of tasks."""
    tasks: list[list[regex.Match[str]]] = []
    for match in run:
        if not tasks or match["label"] == tasks[0][0]["label"]:
            tasks.append([])
        tasks[-1].append(match)
    labels = {match["label"]: match.span("label") for match in reversed(run)}
    named = sorted(labels, key=lambda label: labels[label])
    head = find([named, [""] * len(named)])
    if head is not None and head.duties and head.has("title"):
        rows = [tuple(cell(chars, labels[label]) for label in named)]
        yield Grid(run[0].start(), run[-1].end(), (*rows, *[_row(chars, named, task) for task in tasks]))


def _row(chars: str, labels: Sequence[str], task: Sequence[regex.Match[str]]) -> Row:
    values = {match["label"]: match.span("value") for match in task}
    return tuple(cell(chars, values[label]) if label in values else GridCell() for label in labels)
