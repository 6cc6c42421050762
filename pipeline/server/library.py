"""The folder of results that a server shows: store, texts, uploads and corrections.

The layout is that of `circulars batch`: `circulars.sqlite`, `texts/`; beside it `uploads/` with the files as they
were given and `corrections.jsonl`. What is shown is the parse with the corrections laid over it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any

import regex

from pipeline.corrections import Change, Correction, Log, Outdated, corrected_by
from pipeline.corrections.change import Undo
from pipeline.corrections.log import NAME, by_circular
from pipeline.corrections.overlay import corrected
from pipeline.corrections.texts import Lost, text_of
from pipeline.outputs import TEXT_SUFFIX, write_whole
from pipeline.server.problems import Problem
from pipeline.server.work import Outcome, Read
from pipeline.store import open_store
from schemas.circular import Circular
from schemas.text import Source

STORE = "circulars.sqlite"
_UNSAFE = regex.compile(r'[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]')
_LONGEST = 60  # characters of a file name that is kept


class Library:
    """The circulars of a folder, read anew when the store or the log has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._store = open_store(str(folder / STORE))
        self._log = Log(folder / NAME)
        self._lock = RLock()
        self._stamps: tuple[int, object] = (0, None)
        self._parsed: dict[str, Circular] = {}
        self._made: dict[str, list[Correction]] = {}
        self._shown: dict[str, tuple[Circular, list[Outdated]]] = {}

    def all(self) -> list[Circular]:
        """Every circular, corrected, by id."""
        with self._lock:
            self._refresh()
            return [self._corrected(name)[0] for name in sorted(self._parsed)]

    def one(self, name: str) -> tuple[Circular, list[Outdated]]:
        """A circular, corrected, and the corrections that no longer hold; `Problem` where there is none."""
        with self._lock:
            self._refresh()
            if name not in self._parsed:
                raise Problem(404, f"没有公文 {name[:80]}")
            return self._corrected(name)

    def made(self, name: str) -> list[Correction]:
        """The corrections of a circular that were made and not undone."""
        with self._lock:
            self.one(name)
            return list(self._made.get(name, ()))

    def source(self, circular: Circular) -> Source:
        """The text that a circular's spans point into; `Problem` where it is gone."""
        info = circular.source
        try:
            raw = text_of(self.folder, info)
        except Lost as reason:
            raise Problem(409, f"{reason}；请把文件重新交来解析") from None
        pages = _pages_beside(self.folder, info.text_file)
        return Source(info.name, info.media_type, raw, info.sha256, info.encoding, pages)

    def correct(self, name: str, change: Change, now: dt.datetime) -> None:
        """Keep a change; raises `Unfit` where it does not fit."""
        with self._lock:
            self.one(name)
            parsed = self._parsed[name]
            raw = self.source(parsed).raw
            self._log.add(corrected_by(parsed, self._made.get(name, ()), change, raw, now))

    def undo(self, name: str, by: str | None, now: dt.datetime) -> None:
        """Take back the last correction of a circular."""
        with self._lock:
            made = self.made(name)
            if not made:
                raise Problem(409, "没有可以撤销的更正")
            undoes = made[-1].id
            self._log.add(Undo(id=secrets.token_hex(8), circular=name, time=now, by=by, undoes=undoes))

    def place(self, name: str, data: bytes) -> Path:
        """Where an uploaded file is kept: under its content, so that no name can reach anything else."""
        path = self.folder / "uploads" / hashlib.sha256(data).hexdigest()[:16] / plain(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)  # anew where it is there already: of two versions the one given last is shown
        return path

    def keep(self, path: Path, outcome: Outcome) -> None:
        """Put the circulars of an uploaded file into the store, their texts beside it; without any the file goes."""
        placed = [one for read in outcome.read for one in self._placed(path, read)]
        if not placed:
            self.tidy(path)
        else:
            with self._lock:
                self._store.upsert(placed)
                self._refresh()
                for document in placed:
                    self._take(Circular.model_validate_json(json.dumps(document)))

    def tidy(self, path: Path) -> None:
        """Take away an uploaded file that no circular was read from."""
        with self._lock:
            self._refresh()
            name = path.relative_to(self.folder).as_posix()
            if not any(circular.source.path == name for circular in self._parsed.values()):
                path.unlink(missing_ok=True)
                with suppress(OSError):  # the same content was given under another name
                    path.parent.rmdir()

    def _placed(self, path: Path, read: Read) -> Iterator[dict[str, Any]]:
        text_file = None
        for written in read.circulars:
            circular = json.loads(written)
            if circular["source"]["text_file"] is not None:
                text_file = text_file or self._written(read)
                circular["source"]["text_file"] = text_file
            circular["source"]["path"] = path.relative_to(self.folder).as_posix()
            yield circular

    def _written(self, read: Read) -> str:
        """Named by the text itself, as in an archive."""
        data = read.raw.encode("utf-8", "replace")
        digest = hashlib.sha256(data).hexdigest()
        name = f"texts/{digest[:2]}/{digest}{TEXT_SUFFIX}"
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / name, data)
        if read.pages:
            write_whole(_pages_file(self.folder / name), json.dumps(read.pages).encode())
        return name

    def _refresh(self) -> None:
        store, log = self._store.revision, _stamp(self._log.path)
        if store != self._stamps[0]:
            self._load(self._stamps[0], store)
        if log != self._stamps[1]:
            self._made = by_circular(self._log.entries()[0])
            self._shown = {}
        self._stamps = store, log

    def _load(self, known: int, store: int) -> None:
        """What changed in the store since the revision `known`; everything where something is no longer current."""
        if store < known or any(True for _ in self._store.superseded(since=known)):
            known, self._parsed = 0, {}
        for circular in self._store.circulars(since=known) if store else ():
            self._take(circular)

    def _take(self, circular: Circular) -> None:
        """Of several versions of a circular the one whose file was given last is shown."""
        other = self._parsed.get(circular.id)
        if other is None or self._given(other) <= self._given(circular):
            self._parsed[circular.id] = circular
            self._shown.pop(circular.id, None)

    def _given(self, circular: Circular) -> int:
        path = self.folder / (circular.source.path or "-")
        return path.stat().st_mtime_ns if path.exists() else 0

    def _corrected(self, name: str) -> tuple[Circular, list[Outdated]]:
        if name not in self._shown:
            made = self._made.get(name, ())
            parsed = self._parsed[name]
            self._shown[name] = corrected(self.folder, parsed, made) if made else (parsed, [])
        return self._shown[name]


def plain(name: str) -> str:
    """A name that a client gave, fit for a file: no folders, nothing hidden, nothing invisible, not long.

    >>> plain("../../etc/passwd"), plain("C:\\\\台账\\\\通知.docx"), plain("..")
    ('passwd', '通知.docx', '未命名')
    """
    last = _UNSAFE.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, suffix = last.rpartition(".")
    kept = f"{stem[: _LONGEST - len(suffix)]}{dot}{suffix}" if stem and len(suffix) < 12 else last[:_LONGEST]
    return kept.strip(" .") or "未命名"


def _stamp(path: Path) -> tuple[int, int] | None:
    """Changes whenever the file does."""
    return (path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else None


def _pages_file(text_file: Path) -> Path:
    return text_file.with_name(text_file.name.removesuffix(TEXT_SUFFIX) + ".pages.json")


def _pages_beside(folder: Path, text_file: str | None) -> tuple[int, ...]:
    """Where pages begin, as far as it was kept."""
    path = _pages_file(folder / text_file) if text_file else None
    return tuple(json.loads(path.read_bytes())) if path is not None and path.exists() else ()
