"""The circulars of a folder of results: a store, or what `circulars parse` wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pydantic import ValidationError

from pipeline.console import say
from pipeline.corrections.change import Correction
from pipeline.corrections.log import NAME, Log, by_circular
from pipeline.corrections.overlay import corrected
from pipeline.readers import Unreadable
from pipeline.store import open_store
from schemas.circular import Circular

_STORE = "circulars.sqlite"


class Reviewed(NamedTuple):
    """A circular that a person went through: as parsed, as it is shown now.

    `made`: the corrections that were not undone; `lapsed`: why some of them no longer hold, by their ids.
    """

    name: str
    parsed: Circular
    shown: Circular
    made: Sequence[Correction]
    lapsed: Mapping[str, str]


def reviewed(place: Path) -> Iterator[Reviewed]:
    """The circulars of a folder or store that have corrections; what cannot be read or matched is said."""
    folder, circulars = results(place)
    entries, troubles = Log(folder / NAME).entries()
    for trouble in troubles:
        say(trouble)
    made = by_circular(entries)
    for name, circular in circulars:
        if mine := made.pop(circular.id, None):
            shown, outdated = corrected(folder, circular, mine)
            yield Reviewed(name, circular, shown, mine, {one.id: reason for one, reason in outdated})
    for left, orphans in made.items():
        say(f"{left}：有 {len(orphans)} 处更正，但结果里没有这份公文")


def results(place: Path) -> tuple[Path, list[tuple[str, Circular]]]:
    """The folder and its circulars, each with the NAME of its result.

    Raises `Unreadable` where `place` is neither a folder of results nor a store.
    """
    folder = place if place.is_dir() else place.parent
    store = folder / _STORE if place.is_dir() else place
    if store.is_file():
        return folder, list(_named(open_store(str(store)).circulars(ledger_only=True)))
    if not place.is_dir():
        raise Unreadable(f"没有 {place}；请给出结果文件夹，或 circulars serve、batch 的库")
    return folder, list(_written(folder))


def _written(folder: Path) -> Iterator[tuple[str, Circular]]:
    """Every NAME.json of the folder that is a circular."""
    for path in sorted(folder.glob("*.json")):
        try:
            yield path.stem, Circular.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            continue  # gold, feeds and templates lie beside results


def _named(circulars: Iterable[Circular]) -> Iterator[tuple[str, Circular]]:
    """The names that `circulars parse` would give: that of the file, numbered where it holds several."""
    given = list(circulars)
    stems = [PurePosixPath(one.source.path or one.source.name).stem for one in given]
    shared = Counter(stems)
    seen: Counter[str] = Counter()
    for stem, circular in zip(stems, given, strict=True):
        seen[stem] += 1
        yield (f"{stem}__{seen[stem]}" if shared[stem] > 1 else stem), circular
