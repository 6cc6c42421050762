"""Either side of a comparison: a JSON result, a folder of them, what `batch` wrote, a store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.readers import Unreadable
from schemas.circular import Circular


def load(where: str) -> list[Circular]:
    """The circulars there, in the order of names; `Unreadable` where it is nothing that this program wrote."""
    path = Path(where)
    if "://" in where or path.suffix in {".sqlite", ".db"}:
        return list(_stored(where))
    if not path.exists():
        raise Unreadable("没有这个文件或文件夹")
    found = [circular for file in _files(path) for circular in _read(file, named=file == path)]
    if not found:
        raise Unreadable("里面没有解析结果（JSON）；请给出 parse、batch 的结果文件、文件夹或数据库")
    return found


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return sorted((path / "shards").glob("*.jsonl")) or sorted(path.glob("*.json"))


def _stored(where: str) -> Iterator[Circular]:
    from pipeline.store import StoreError, open_store

    try:
        with open_store(where) as store:
            yield from store.circulars()
    except StoreError as wrong:
        raise Unreadable(str(wrong)) from None


def _read(file: Path, *, named: bool) -> Iterator[Circular]:
    """The circulars of one file; in a folder, JSON that is no result of a parse (feeds, the user's own) is none."""
    for document in _documents(file):
        if named or '"schema_version"' in document[:64]:
            try:
                yield Circular.model_validate_json(document)
            except ValidationError as wrong:
                place = ".".join(str(part) for part in wrong.errors()[0]["loc"])
                raise Unreadable(
                    f"{file.name} 不是解析结果（{place or '格式'} 不对）；请重新 parse"
                ) from None


def _documents(file: Path) -> Iterator[str]:
    """The JSON documents of a file, one after the other."""
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError) as wrong:
        raise Unreadable(f"{file.name} 读不出来（{wrong}）") from None
    if file.suffix == ".jsonl":
        yield from (line for line in text.split("\n") if line.strip())
        return
    decoder, at = json.JSONDecoder(), _after_blanks(text, 0)
    while at < len(text):
        try:
            _, stop = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            stop = len(text)
        yield text[at:stop]
        at = _after_blanks(text, stop)


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
