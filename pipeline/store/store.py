"""The interface of the store."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError
from sqlalchemy import Connection, Select, Table, func, select

from pipeline.store.connect import (
    SQLITE,
    StoreError,
    address,
    complaining,
    engine,
    is_there,
    label,
    make_file,
)
from pipeline.store.filters import Answer, Filter, answers
from pipeline.store.schema import circulars, ledger, places, revisions, store
from pipeline.store.writing import Also, create, write
from schemas.circular import Circular

_AT_ONCE = 500  # rows fetched from the database at once


def open_store(url: str) -> Store:
    """The store at a URL (`sqlite:///…`, `postgresql://…`), in a file, or in the folder of a batch's results.

    Nothing is opened yet: the first `upsert` makes the store where none is; whatever reads says `StoreError` then.

    >>> with open_store("nowhere.sqlite") as archive:
    ...     archive.there
    False
    """
    return Store(url)


class Store:
    """Circulars, kept. One `Store` may be used by several threads; every call stands for itself.

    >>> with open_store("archive.sqlite") as archive:  # doctest: +SKIP
    ...     archive.upsert(documents)
    """

    def __init__(self, url: str) -> None:
        self.url = address(url)
        self._engine = engine(self.url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; the next call opens it again."""
        self._engine.dispose()

    @property
    def file(self) -> Path | None:
        """The file of a store in SQLite."""
        return Path(str(self.url.database)) if self.url.get_backend_name() == SQLITE else None

    @property
    def there(self) -> bool:
        """Is there a store at the address? Raises `StoreError` where something else is."""
        if not self._has_file():
            return False
        with complaining(self.url), self._engine.connect() as connection:
            return is_there(connection, self.url)

    @property
    def revision(self) -> int:
        """Rises by one with every `upsert` that changes anything; 0 where there is no store yet."""
        if not self._has_file():
            return 0
        with complaining(self.url), self._engine.connect() as connection:
            if not is_there(connection, self.url):
                return 0
            found: int = connection.execute(select(store.c.revision)).scalar_one()
            return found

    def revision_at(self, moment: dt.datetime) -> int:
        """The revision that the store had then: `circulars(since=…)` of it are the changes since."""
        at = moment.astimezone(dt.UTC).replace(tzinfo=None)
        with self._reading() as connection:
            asked = select(func.max(revisions.c.revision)).where(revisions.c.at <= at)
            return connection.execute(asked).scalar_one() or 0

    def upsert(self, documents: Iterable[dict[str, Any]], also: Also | None = None) -> None:
        """Put published documents into the store, all of them or (where it raises) none.

        All circulars of one file (`source.path`) stand in one call: they replace what the store had of that file;
        what it held before stays, no longer `current`. A document without a path replaces none but its own source's.
        `also`: further files of the very same bytes by the path of the one that was read.
        """
        with complaining(self.url):
            if not self._has_file():
                make_file(self.url, self._engine)
            self._write(documents, also or {})

    def circulars(
        self, *, since: int = 0, ledger_only: bool = False, ids: Collection[str] | None = None
    ) -> Iterator[Circular]:
        """Whole circulars, validated, by id: those that lie in some place today, or the newest of each alone.

        `since`: only what changed after that revision. `ids`: only these.
        """
        table = ledger if ledger_only else circulars
        chosen = select(table.c.document).where(table.c.current)
        if ids is not None:
            chosen = chosen.where(table.c.id.in_(ids))
        yield from self._documents(table, chosen, since)

    def superseded(self, *, since: int = 0) -> Iterator[Circular]:
        """Circulars whose files hold something else today."""
        yield from self._documents(circulars, select(circulars.c.document).where(~circulars.c.current), since)

    def answers(self, wanted: Filter, limit: int | None = None) -> Iterator[Answer]:
        """The items that fit, at most `limit`: by due date, then circular and place in it."""
        with self._reading() as connection:
            yield from answers(connection, wanted, limit)

    def dump(self) -> Iterator[str]:
        """Everything current, a line a row, in an order that content alone decides; without clock times, revisions."""
        from pipeline.store.dump import lines

        with self._reading() as connection:
            yield from lines(connection)

    def _write(self, documents: Iterable[dict[str, Any]], also: Also) -> None:
        with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            if not is_there(connection, self.url):
                create(connection)
            write(connection, documents, also)

    def _documents(self, table: Table, chosen: Select[Any], since: int) -> Iterator[Circular]:
        first = (
            select(places.c.source)
            .where(places.c.sha256 == table.c.sha256)
            .order_by(places.c.current.desc(), places.c.path, places.c.name)
            .limit(1)
            .scalar_subquery()
        )
        asked = chosen.add_columns(first).where(table.c.revision > since)
        with self._reading() as connection:
            ordered = asked.order_by(table.c.id, table.c.sha256, table.c.ordinal)
            for document, source in connection.execute(ordered):
                yield self._circular(document, source)

    def _circular(self, document: str, source: str) -> Circular:
        try:
            return Circular.model_validate_json(f'{{"source":{source},{document[1:]}')
        except ValidationError:
            name = json.loads(source).get("name")
            raise StoreError(f"{label(self.url)}：其中 {name} 的公文与本版本不符；请重新解析该文件") from None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if not self._has_file():
            raise StoreError(f"没有库 {label(self.url)}；请先用 circulars batch 生成")
        with complaining(self.url), self._engine.connect() as connection:
            if not is_there(connection, self.url):
                raise StoreError(f"{label(self.url)}：里面还没有 circulars 的库；请先用 circulars batch 生成")
            yield connection.execution_options(yield_per=_AT_ONCE)

    def _has_file(self) -> bool:
        return self.file is None or self.file.exists()
