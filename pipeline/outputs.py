"""Where results go: their names, whose results may be replaced, and no file that is half written.

`NAME.json` for `NAME.ext` (other formats have other suffixes: `pipeline.writers.FORMATS`); `NAME.ext.json` where
inputs of one run share a NAME; `NAME__1.json`, `NAME__2.json` for a file that holds several circulars. Beside the
results of what is not plain text lies the text that spans point into, `NAME.source.txt`; for a file of several
sources under the number of the first circular of each. A result belongs to the source it names: the same bytes, or
the same place on the disk (`source.path`), so that a corrected circular replaces its own result and no other.
"""

from __future__ import annotations

import csv
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from pipeline.readers import STDIN, name_of
from pipeline.writers import FORMATS, Unwritable, render
from pipeline.writers.csv import HEADER, defuse
from schemas.circular import Circular
from schemas.text import Source

if TYPE_CHECKING:
    from pipeline.writers.ledger.template import Template

TEXT_SUFFIX = ".source.txt"
Reading = tuple[Source, Sequence[Circular]]


class Page(NamedTuple):
    """A file to be written: its content, the source it belongs to, the NAME of the result that says so."""

    path: Path
    data: bytes
    source: Source
    name: str


def stems(files: Sequence[str]) -> list[str]:
    """The NAME of every input's results.

    >>> stems(["a/通知.txt", "方案.md", "方案.txt"])
    ['通知', '方案.md', '方案.txt']
    """
    names = [_name(file) for file in files]
    places = {_place(file): Path(name).stem for file, name in zip(files, names, strict=True)}
    shared = Counter(places.values())
    return [name if shared[Path(name).stem] > 1 else Path(name).stem for name in names]


@dataclass
class Folder:
    """The folder that one run writes to; it remembers which input every file of the run came from."""

    directory: Path
    formats: Sequence[str]
    force: bool = False
    template: Template | None = None
    written: dict[Path, str] = field(default_factory=dict)

    def save(self, file: str, stem: str, readings: Sequence[Reading]) -> list[Path]:
        """Write all results of one input, or none: `Unwritable` where one belongs to another source."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            pages = list(self._pages(file, stem, readings))
            for page in pages:
                self._check(page, file)
            for page in pages:
                write_whole(page.path, page.data)
        except OSError as error:
            reason = f"在 {self.directory} 写不出结果（{error.strerror}）"
            raise Unwritable(f"{reason}；请检查文件夹权限、文件名长度和磁盘空间") from None
        paths = [page.path for page in pages]
        self.written.update(dict.fromkeys(paths, _place(file)))
        self._tidy(stem, file)
        return paths

    def _pages(self, file: str, stem: str, readings: Sequence[Reading]) -> Iterator[Page]:
        """The files to be written; a text before the results that point into it."""
        position, several = 0, sum(len(circulars) for _, circulars in readings) > 1
        for source, circulars in readings:
            names = [f"{stem}__{position + n}" if several else stem for n in range(1, len(circulars) + 1)]
            position += len(names)
            text_file = None
            if source.text_file and names:
                text_file = (names[0] if len(readings) > 1 else stem) + TEXT_SUFFIX
                yield Page(
                    self.directory / text_file, source.raw.encode("utf-8", "replace"), source, names[0]
                )
            placed = {"path": self._seen_from_here(file), "text_file": text_file}
            for name, circular in zip(names, circulars, strict=True):
                info = circular.source.model_copy(update=placed)
                for form in self.formats:
                    ready = circular.model_copy(update={"source": info})
                    data = render(form, [ready], [source], self.template)
                    yield Page(self.directory / f"{name}{FORMATS[form].suffix}", data, source, name)

    def _seen_from_here(self, file: str) -> str | None:
        if file == STDIN:
            return None
        path = os.path.relpath(_place(file), self.directory.resolve())
        return os.fsencode(path).decode("utf-8", "replace")

    def _check(self, page: Page, file: str) -> None:
        path = page.path
        if str(path.resolve()) == _place(file):
            raise Unwritable(f"结果会覆盖原文件 {path}；请用 --out 指定另一个文件夹")
        if path.is_dir():
            raise Unwritable(f"{path} 是文件夹，结果写不进去；请换一个 --out")
        if self.written.get(path, _place(file)) != _place(file):
            raise Unwritable(
                f"结果 {path} 已由本次运行的 {self.written[path]} 写出；请分开运行，各用一个 --out"
            )
        if path.exists() and not self.force and not self._is_ours(page, file):
            raise Unwritable(f"{path} 已存在，看不出是这份文件的结果；要覆盖请加 --force，或换一个 --out")

    def _is_ours(self, page: Page, file: str) -> bool:
        """Is there an earlier result of this source, or the very same file? Only JSON tells for certain.

        `通知.feishu.json` may be a feed of 通知.txt or the result of 通知.feishu.txt: the file itself is asked first.
        """
        record = self.directory / f"{page.name}.json"
        owner = _owner(page.path) or _owner(record)
        if not owner and not record.exists():
            same = page.path.read_bytes() == page.data
            return same or _names_source(self.directory / f"{page.name}.csv", page.source)
        return owner.get("sha256") == page.source.sha256 or self._is_at(owner, file)

    def _is_at(self, owner: dict[str, Any], file: str) -> bool:
        path = owner.get("path")
        return isinstance(path, str) and str((self.directory / path).resolve()) == _place(file)

    def _tidy(self, stem: str, file: str) -> None:
        """Take away what an earlier run wrote of the same file under numbers that it no longer has."""
        for record in self.directory.glob(f"{escape(stem)}*.json"):
            rest = record.name[len(stem) :]
            if not regex.fullmatch(r"(__[0-9]+)?\.json", rest) or self._was_written(record):
                continue
            if self._is_at(_owner(record), file):
                record.unlink()
                for beside in _siblings(record):
                    if beside not in self.written:
                        beside.unlink(missing_ok=True)

    def _was_written(self, record: Path) -> bool:
        return any(path in self.written for path in _siblings(record))


def _siblings(record: Path) -> Iterator[Path]:
    """All that may lie beside a JSON result under its NAME, itself included."""
    name = record.name.removesuffix(".json")
    for suffix in (*(form.suffix for form in FORMATS.values()), TEXT_SUFFIX):
        yield record.with_name(name + suffix)


def _name(file: str) -> str:
    return name_of(file) if file == STDIN else Path(file).name


def _place(file: str) -> str:
    """Where an input lies, wherever the program was called."""
    return file if file == STDIN else os.path.realpath(file)


def _owner(record: Path) -> dict[str, Any]:
    """What a result says of its source; nothing where the file is no result."""
    try:
        source = json.loads(record.read_bytes())["source"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return source if isinstance(source, dict) else {}


def _names_source(path: Path, source: Source) -> bool:
    """Does a CSV without its JSON name this source?"""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = islice(csv.reader(stream), 2)
    except (OSError, ValueError, csv.Error):
        return False
    if tuple(header) != HEADER:
        return False
    return all(dict(zip(HEADER, row, strict=False)).get("source") == defuse(source.name) for row in rows)


def write_whole(path: Path, data: bytes) -> None:
    """All of it or nothing: whoever looks at `path` sees the old file or the new one."""
    with draft(path) as beside:
        beside.write_bytes(data)


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when all has been written."""
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
