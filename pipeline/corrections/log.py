"""The log of corrections: JSON lines, only ever added to, one write a line.

A line that a crash cut off spoils no other: the next one begins on its own line, and what cannot be read is
reported, never dropped in silence.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.corrections.change import Correction, Undo

try:
    import fcntl
except ImportError:  # a system without it has no two servers on one folder either
    fcntl = None  # type: ignore[assignment]

NAME = "corrections.jsonl"
Entry = Correction | Undo


@dataclass(frozen=True)
class Log:
    """The log at `path`, most often `corrections.jsonl` in the folder of the results; it need not be there yet."""

    path: Path

    def add(self, entry: Entry) -> None:
        """Put an entry at the end, wholly or not at all, on the disk when this returns."""
        data = entry.model_dump_json(exclude_none=True).encode("utf-8") + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            os.write(file, (b"" if _ended(file) else b"\n") + data)
            os.fsync(file)
        finally:
            os.close(file)

    def entries(self) -> tuple[list[Entry], list[str]]:
        """All entries in order, and a Chinese line for each that cannot be read."""
        read: list[Entry] = []
        troubles = []
        lines = self.path.read_bytes().split(b"\n") if self.path.exists() else []
        for number, data in enumerate(lines, 1):
            if data.strip():
                try:
                    read.append(_entry(data))
                except (ValidationError, ValueError):
                    troubles.append(f"{self.path} 第 {number} 行读不出来，已跳过；请检查这一行")
        return read, troubles

    def of(self, circular: str) -> list[Correction]:
        """The corrections of one circular that hold: made and not undone."""
        return live(entry for entry in self.entries()[0] if entry.circular == circular)


def live(entries: Iterable[Entry]) -> list[Correction]:
    """The corrections that were not undone, in order."""
    given = list(entries)
    undone = {entry.undoes for entry in given if isinstance(entry, Undo)}
    return [entry for entry in given if isinstance(entry, Correction) and entry.id not in undone]


def by_circular(entries: Iterable[Entry]) -> dict[str, list[Correction]]:
    """The corrections that hold, by the circular's id."""
    grouped: dict[str, list[Correction]] = {}
    for one in live(entries):
        grouped.setdefault(one.circular, []).append(one)
    return grouped


def last(corrections: Sequence[Correction]) -> Correction | None:
    """The one that an undo takes back."""
    return corrections[-1] if corrections else None


def _entry(data: bytes) -> Entry:
    undo = json.loads(data).get("op") == "undo"
    return Undo.model_validate_json(data) if undo else Correction.model_validate_json(data)


def _ended(file: int) -> bool:
    """Is the file empty, or does it end with a line's end?"""
    size = os.fstat(file).st_size
    with suppress(OSError):
        return size == 0 or os.pread(file, 1, size - 1) == b"\n"
    return False
