"""What one circular may cost; known to every reader, so that it can stop before the damage is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one circular may cost; beyond it the file is refused. Each is an option of the command line."""

    megabytes: int = 50
    characters: int = 10_000_000
    pages: int = 2_000
    seconds: int = 60
    memory: int = 2_048
