"""The samples as the tests see them: each read and parsed once."""

from functools import cache
from pathlib import Path

from pipeline.readers import read
from pipeline.run import parse
from schemas.circular import Circular
from schemas.text import Source

FOLDER = Path(__file__).resolve().parent.parent / "samples"
NAMES = tuple(path.stem for path in sorted(FOLDER.glob("*.txt")))


@cache
def source(name: str) -> Source:
    return read(str(FOLDER / f"{name}.txt"))


@cache
def circular(name: str) -> Circular:
    """The one circular of the sample."""
    (found,) = parse(source(name))
    return found
