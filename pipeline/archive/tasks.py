"""What passes between the parent and its workers, here or on another machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.readers import Limits

Status = Literal["ok", "partial", "failed", "quarantined"]


@dataclass(frozen=True, slots=True)
class Job:
    """What holds for all documents of a run: what results depend on beside the documents."""

    version: str
    limits: Limits
    issue_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be parsed: the file to read, its sha256, and how its path is written down in the results."""

    path: str
    sha256: str
    seen: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document. `lines`: its circulars, one a line. `texts`: name -> text that spans point into.

    `partial`: some of what the file holds was read, `error` says what was not. `quarantined`: the process that
    parsed it ended, twice.
    """

    status: Status
    error: str | None = None
    circulars: int = 0
    items: int = 0
    milliseconds: float = 0.0
    lines: bytes = b""
    texts: dict[str, bytes] = field(default_factory=dict)


class Interrupted(Exception):  # noqa: N818 - it says what happened to the run
    """The run ends before its time, what is done is kept: one Chinese line, why and what to do."""


Tasks = Sequence[Task]
