"""Files -> documents: identical content is one document, however many files hold it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.readers import Unreadable, complaint


@dataclass(frozen=True, slots=True)
class Document:
    """One content: its sha256 and the files that hold it, in order; the first is the one that is read.

    `trouble`: why the file could not be opened; it has no sha256 then.
    """

    sha256: str | None
    paths: tuple[str, ...]
    trouble: str | None = None

    @property
    def key(self) -> str:
        """Hex digits by which documents are ordered and spread over shards: those of the content, else of the path."""
        return self.sha256 or hashlib.sha256(os.fsencode(self.paths[0])).hexdigest()


def fingerprint(path: str) -> str | Unreadable:
    """The sha256 of a file's bytes, or why they cannot be read.

    >>> len(fingerprint("samples/qinghai_2021_15.txt"))
    64
    """
    try:
        if Path(path).exists() and not Path(path).is_file():
            return Unreadable("不是普通文件，或文件夹打不开；请检查路径和权限")
        with open(path, "rb") as stream:  # noqa: PTH123 - hostile names too
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as wrong:
        return Unreadable(complaint(wrong))
    except ValueError:
        return Unreadable("文件名含有不允许的字符；请改名再试")


def documents(marks: Iterable[tuple[str, str | Unreadable]]) -> list[Document]:
    """The documents of files with their fingerprints, in the order of their keys."""
    same: dict[str, list[str]] = {}
    made: list[Document] = []
    for path, mark in marks:
        if isinstance(mark, Unreadable):
            made.append(Document(None, (path,), str(mark)))
        else:
            same.setdefault(mark, []).append(path)
    made += [Document(mark, tuple(sorted(paths))) for mark, paths in same.items()]
    return sorted(made, key=lambda document: document.key)
