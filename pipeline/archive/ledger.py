"""The circulars of a whole archive in one file of any output format, read back from the shards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pipeline.archive.manifest import Entry
from pipeline.archive.places import Place
from pipeline.archive.shards import file
from pipeline.corrections.overlay import overlay
from pipeline.readers import Unreadable, read
from pipeline.writers import FORMATS, pieces
from schemas.circular import Circular
from schemas.text import Source

NAME = "ledger"


def write(place: Place, entries: Sequence[Entry], form: str) -> str:
    """Write `ledger`, corrections applied, in the order of the files' paths; the name under which it lies."""
    name = f"{NAME}{FORMATS[form].suffix}"
    found = circulars(place, entries)
    shown = overlay(place.folder, found) if place.folder else found
    place.write(name, b"".join(pieces(form, shown, partial(_source, place))))
    return name


def circulars(place: Place, entries: Sequence[Entry]) -> Iterator[Circular]:
    """Every circular of the archive, files of the same content once."""
    for entry in entries:
        if entry.same_as is None and entry.circulars:
            lines = place.read(file(entry.shard), *entry.extent) or b""
            yield from map(Circular.model_validate_json, lines.splitlines())


def _source(place: Place, circular: Circular) -> Source:
    """The text that the circular's spans point into."""
    info = circular.source
    if info.text_file is None:
        return _read(place.path(info.path or ""))
    text = place.read(info.text_file)
    if text is None:
        raise Unreadable(f"结果里缺少 {info.text_file}；请重新运行 circulars batch")
    return Source(info.name, info.media_type, text.decode("utf-8"), info.sha256, info.encoding)


def _read(path: str) -> Source:
    try:
        return read(path)
    except Unreadable as wrong:
        raise Unreadable(f"{path}：{wrong}") from None
