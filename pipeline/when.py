"""`circulars when`: time limits alone, from arguments, standard input or a text file.

One line of JSON a time limit, in order. An expression is read as a field (a label's value, a cell): its main
time limit is the answer, further ones stand in `others`, and where none is found `kind` is `unresolved`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from parsers.folding import fold
from parsers.normalise import normalise
from parsers.time_limits import Reference, TimeMention, date_all, read, scan
from pipeline.console import say
from pipeline.publish import Printer
from pipeline.readers import Unreadable
from pipeline.readers import read as load
from schemas.circular import TimeLimit
from schemas.text import Origin, Source, Text


def when(expressions: Sequence[str], issue_date: date | None = None, scan_file: Path | None = None) -> int:
    """Print what the expressions (none: the lines of standard input) or all times of a file mean.

    Returns the exit status: 1 where the file could not be read. `issue_date`: what a missing year, 下月 or
    印发之日 is taken from; without it they stay unresolved.
    """
    reference = Reference.option(issue_date)
    if scan_file is not None:
        return _scan(str(scan_file), reference)
    if not expressions and sys.stdin is None:
        raise Unreadable("没有标准输入；请用 | 或 < 把说法逐行送进来，或写在命令后面")
    for line in expressions or sys.stdin:
        _print(answer(line.rstrip("\r\n"), reference))
    return 0


def answer(expression: str, reference: Reference) -> dict[str, object]:
    """The main time limit of an expression as JSON values, the others in `others`.

    >>> answer("6月底前", Reference.option(date(2021, 3, 20)))["end"]
    '2021-06-30'
    """
    found = read(Text(fold(expression), Origin(expression)), reference)
    if not found:
        unread = TimeLimit(text=expression, kind="unresolved", evidence="label", span=(0, len(expression)))
        return unread.model_dump(mode="json")
    main = next(limit for limit in found if limit.main)
    others = [limit.model_dump(mode="json") for limit in found if limit is not main]
    return main.model_dump(mode="json") | ({"others": others} if others else {})


def limits(source: Source, reference: Reference) -> Iterator[TimeLimit]:
    """All times of a text, in reading order; a year printed in a paragraph holds for what follows in it."""
    text = normalise(source)
    printer = Printer(text, explain=True, pages=source.pages)
    for _, group in groupby(scan(text.chars), lambda mention: _paragraph(text.chars, mention)):
        mentions = list(group)
        for mention, dated in zip(mentions, date_all(mentions, reference), strict=True):
            yield printer.time_limit(mention, dated, "sentence")


def _paragraph(chars: str, mention: TimeMention) -> int:
    return chars.rfind("\n", 0, mention.start)


def _scan(file: str, reference: Reference) -> int:
    try:
        source = load(file)
    except Unreadable as problem:
        say(f"{file}：{problem}")
        return 1
    for limit in limits(source, reference):
        _print(limit.model_dump(mode="json"))
    return 0


def _print(values: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stdout.flush()
