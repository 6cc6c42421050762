"""`circulars when`: time limits alone, from arguments, standard input or a text file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TextIO

from parsers.folding import fold
from parsers.time_limits import Reference, read
from schemas.circular import TimeLimit
from schemas.text import Origin, Text


def when(expressions: Iterable[str], issue_date: date | None = None, scan_file: Path | None = None, out: TextIO | None = None) -> int:
    """Print one JSON TimeLimit a line for each expression (none: standard input), or all of a file."""
    out = out or sys.stdout
    reference = Reference.option(issue_date)
    for line in list(expressions) or sys.stdin:
        out.write(answer(line.rstrip("\n"), reference) + "\n")
    return 0


def answer(expression: str, reference: Reference) -> str:
    import json
    found = read(Text(fold(expression), Origin(expression)), reference)
    limits = found or [TimeLimit(text=expression, kind="unresolved", span=(0, len(expression)))]
    main = next((limit for limit in limits if limit.main), limits[0])
    dumped = main.model_dump(mode="json")
    if len(limits) > 1:
        dumped["others"] = [limit.model_dump(mode="json") for limit in limits if limit is not main]
    return json.dumps(dumped, ensure_ascii=False)
