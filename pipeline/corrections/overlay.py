"""The corrections of a folder laid over its circulars: what ledgers, feeds, queries and the page read through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.console import say
from pipeline.corrections.apply import Outdated, apply
from pipeline.corrections.change import Correction
from pipeline.corrections.log import NAME, Log, by_circular
from pipeline.corrections.texts import Lost, text_of
from schemas.circular import Circular, Issue


def overlay(folder: Path, circulars: Iterable[Circular]) -> Iterator[Circular]:
    """The same circulars, corrected where `folder/corrections.jsonl` says so; nothing else is touched or read.

    >>> list(overlay(Path("outputs/nowhere"), []))
    []
    """
    entries, troubles = Log(folder / NAME).entries()
    for trouble in troubles:
        say(trouble)
    made = by_circular(entries)
    for circular in circulars:
        corrections = made.get(circular.id, ())
        yield corrected(folder, circular, corrections)[0] if corrections else circular


def beside(store: str) -> Path:
    """The folder that a store lies in, as a user names the store: its corrections and texts lie there too.

    >>> beside("results/circulars.sqlite").as_posix()
    'results'
    """
    path = Path(store.removeprefix("sqlite:///"))
    return path if path.is_dir() else path.parent


def corrected(
    folder: Path, circular: Circular, corrections: Iterable[Correction]
) -> tuple[Circular, list[Outdated]]:
    """A circular of the folder with its corrections; without its text none of them can be told to hold."""
    given = list(corrections)
    try:
        raw = text_of(folder, circular.source)
    except Lost as reason:
        message = f"有 {len(given)} 处更正没有套用：{reason}"
        issue = Issue(code="stale_correction", severity="warning", message=message)
        update = {"issues": (*circular.issues, issue)}
        return circular.model_copy(update=update), [Outdated(one, str(reason)) for one in given]
    return apply(circular, given, raw)
