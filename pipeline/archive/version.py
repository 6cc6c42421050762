"""Which program made a result: its version and a digest of the code and wording that results depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version as distribution
from pathlib import Path

_SOURCES = (
    "schemas/*.py",
    "parsers/**/*.py",
    "parsers/**/*.toml",
    "pipeline/*.py",
    "pipeline/readers/**/*.py",
)


@cache
def version() -> str:
    """The version, with eight digits of the code's sha256: whoever adds a word to the vocabulary has a new one.

    >>> len(version().partition("+")[2])
    8
    """
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _SOURCES for path in root.glob(pattern)}):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{distribution('circulars')}+{digest.hexdigest()[:8]}"
