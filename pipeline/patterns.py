"""Compiled patterns, kept from run to run as Python keeps bytecode: beside it, and trusted like it.

`regex` takes longer to compile the patterns than a run takes for everything else; unpickled they are there at
once. What is kept is found by pattern and flags, so a changed pattern is simply compiled anew.
"""

from __future__ import annotations

import pickle
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import regex

Key = tuple[str, int]
_MOST = 2000  # patterns; beyond, those of old versions of the program are dropped


class Kept:
    """The patterns of former runs and of this one; `compile` takes the place of `regex.compile`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.compile_anew = regex.compile
        self.former: dict[Key, regex.Pattern[str]] = _load(path)
        self.used: dict[Key, regex.Pattern[str]] = {}

    def compile(self, pattern: Any, flags: int = 0, **options: Any) -> Any:
        """As `regex.compile`."""
        if options or not isinstance(pattern, str):
            return self.compile_anew(pattern, flags, **options)
        key = pattern, int(flags)
        if key not in self.used:
            self.used[key] = self.former.get(key) or self.compile_anew(pattern, flags)
        return self.used[key]

    def save(self) -> None:
        """Keep what this run compiled, where the folder can be written; it is no loss where it cannot."""
        if sys.dont_write_bytecode or self.used.keys() <= self.former.keys():
            return
        from pipeline.outputs import write_whole

        every = self.former | self.used
        try:
            self.path.parent.mkdir(exist_ok=True)
            write_whole(self.path, pickle.dumps(every if len(every) <= _MOST else self.used))
        except OSError:
            return


def recall() -> Kept:
    """Let `regex.compile` in this process answer from what is kept."""
    bytecode = Path(cache_from_source(str(Path(__file__).with_name("patterns.py"))))
    kept = Kept(bytecode.with_suffix(f".regex-{regex.__version__}.pickle"))
    setattr(regex, "compile", kept.compile)  # noqa: B010 - mypy knows it as a function that never changes
    return kept


def _load(path: Path) -> dict[Key, regex.Pattern[str]]:
    try:
        former = pickle.loads(path.read_bytes())
    except Exception:  # noqa: BLE001 - a damaged file is as good as none
        return {}
    return former if isinstance(former, dict) else {}
