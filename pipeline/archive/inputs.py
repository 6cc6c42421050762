"""What a user names -> files: folders with all below, globs, lists on standard input; each file once, in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from pipeline.readers import STDIN, Unreadable
from pipeline.readers.zip import LEFTOVER


def files(paths: Sequence[str], out: str | None = None) -> list[str]:
    """The absolute paths of all files that `paths` mean, sorted; the folder `out` of the results is none of them.

    What does not exist stays in the list: it gets its line in the manifest. Hidden files and what systems leave
    behind in folders (Thumbs.db, locks of Word) are no circulars; named outright they are taken.

    >>> [os.path.basename(file) for file in files(["samples/qinghai_2021_15.*"])]
    ['qinghai_2021_15.txt']
    """
    seen = {os.path.realpath(out)} if out else set[str]()
    named = [found for path in paths for found in (_listed() if path == STDIN else _globbed(path))]
    return sorted({file for path in named for file in _below(os.path.abspath(path), seen)})  # noqa: PTH100


def _listed() -> Iterator[str]:
    """A path a line."""
    if sys.stdin is None:
        raise Unreadable("没有标准输入；请用 | 或 < 把文件名列表送进来")
    for line in sys.stdin.buffer:
        if name := line.rstrip(b"\r\n"):
            yield os.fsdecode(name)


def _globbed(path: str) -> Sequence[str]:
    if has_magic(path) and not os.path.lexists(path):
        return glob(path, recursive=True) or [path]  # noqa: PTH207 - absolute patterns too
    return [path]


def _below(path: str, seen: set[str]) -> Iterator[str]:
    """The file itself, or every file in the folder; a link that leads back into it ends there."""
    if not Path(path).is_dir():
        yield path
        return
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    try:
        inside = sorted(os.listdir(path))  # noqa: PTH208 - names are wanted
    except OSError:
        yield path  # its line says that it is no file
        return
    for name in inside:
        if _is_no_circular(name):
            continue
        yield from _below(os.path.join(path, name), seen)  # noqa: PTH118 - many thousands


def _is_no_circular(name: str) -> bool:
    return name.startswith(".") or bool(LEFTOVER.search(name)) or name == "__MACOSX"
