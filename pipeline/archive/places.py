"""Where results go: a folder, or any place that fsspec writes to. Every name there holds the old bytes or the new."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from pipeline.readers import Unreadable
from pipeline.readers.parts import Part

FSSPEC = Part("fsspec", "请安装：pip install 'circulars[cluster]'", modules=("fsspec",))
_DRAFTS = ".drafts"


class Place(Protocol):
    """Names with slashes -> bytes."""

    folder: Path | None  # where it is one of this machine

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """The bytes, or those from `start` to `stop`; None where there are none."""

    def write(self, name: str, data: bytes) -> None:
        """All of it or nothing; OSError where there is no room."""

    def remove(self, name: str) -> None:
        """No longer there."""

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, sorted, without the folder's name."""

    def seen(self, path: str) -> str:
        """How a file of this machine is written down in results that lie here."""

    def path(self, seen: str) -> str:
        """Back from there."""

    def alone(self) -> AbstractContextManager[None]:
        """Within it, no other run writes here, as far as that can be helped."""


class Directory:
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder: Path | None = folder
        self._root = folder
        self._real = os.path.realpath(folder)
        self._made: set[Path] = set()

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """As `Place.read`."""
        try:
            with (self._root / name).open("rb") as stream:
                stream.seek(start)
                return stream.read() if stop is None else stream.read(stop - start)
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Drafts lie in a folder of their own, so that those of a killed run are easily found."""
        path, draft = self._root / name, self._root / _DRAFTS / secrets.token_hex(8)
        for folder in {path.parent, draft.parent} - self._made:
            folder.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        try:
            draft.write_bytes(data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """As `Place.remove`."""
        (self._root / name).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """As `Place.names`."""
        path = self._root / folder
        return sorted(os.listdir(path)) if path.is_dir() else []  # noqa: PTH208 - names are wanted

    def seen(self, path: str) -> str:
        """Relative to the folder; bytes that are no UTF-8 as \\xb9, so that no two names look alike."""
        return os.fsencode(os.path.relpath(path, self._real)).decode("utf-8", "backslashreplace")

    def path(self, seen: str) -> str:
        """As `Place.path`."""
        return os.path.normpath(os.path.join(self._real, seen))  # noqa: PTH118 - many thousands

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One run at a time; what a killed one left half written goes."""
        import fcntl

        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Unreadable(
                    f"{self._root} 正由另一个 batch 或 watch 写入；请等它结束，或换一个 --out"
                ) from None
            shutil.rmtree(self._root / _DRAFTS, ignore_errors=True)
            yield
            shutil.rmtree(self._root / _DRAFTS, ignore_errors=True)
            self._made.clear()


class Remote:
    """A place of fsspec: s3://bucket/folder, memory://folder. An object there appears when it is wholly written."""

    def __init__(self, url: str) -> None:
        if not FSSPEC.installed:
            raise Unreadable(f"--out {url} {FSSPEC.missing}")
        import fsspec

        self.folder: Path | None = None
        try:
            files, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as wrong:
            raise Unreadable(f"--out {url} 写不了：{' '.join(str(wrong).split())}") from None
        self._files: Any = files

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """As `Place.read`."""
        try:
            data: bytes = self._files.cat_file(f"{self._root}/{name}", start, stop)
        except FileNotFoundError:
            return None
        return data

    def write(self, name: str, data: bytes) -> None:
        """As `Place.write`."""
        path = f"{self._root}/{name}"
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(path, data)

    def remove(self, name: str) -> None:
        """As `Place.remove`."""
        if self._files.exists(path := f"{self._root}/{name}"):
            self._files.rm_file(path)

    def names(self, folder: str) -> list[str]:
        """As `Place.names`."""
        try:
            found = self._files.ls(f"{self._root}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return sorted(str(path).rpartition("/")[2] for path in found)

    def seen(self, path: str) -> str:
        """The whole path: nothing leads there from elsewhere."""
        return os.fsencode(path).decode("utf-8", "backslashreplace")

    def path(self, seen: str) -> str:
        """The same."""
        return seen

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody can be kept out there."""
        yield


def place(out: str) -> Directory | Remote:
    """The place that `--out` names.

    >>> place("file:///srv/台账").folder
    PosixPath('/srv/台账')
    """
    if "://" in out and not out.startswith("file://"):
        return Remote(out)
    folder = Path(out.removeprefix("file://"))
    if not out or (folder.exists() and not folder.is_dir()):
        raise Unreadable(f"--out 的 {out} 是文件，不是文件夹" if out else "--out 后面是空的，请写明文件夹")
    return Directory(folder)
