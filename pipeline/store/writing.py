"""What one call of `upsert` changes, in one transaction: nothing where the store says the same already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic_core import to_json
from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update
from sqlalchemy.exc import DBAPIError

from pipeline.store import rows
from pipeline.store.connect import POSTGRESQL
from pipeline.store.rows import Document, Entry, Place, Row
from pipeline.store.schema import (
    VERSION,
    circulars,
    issues,
    item_departments,
    items,
    metadata,
    names,
    places,
    revisions,
    search,
    store,
    time_limits,
)

T = TypeVar("T")
Also = Mapping[str, Sequence[str]]
_ASKED = 1000  # values in one question


class _Known(NamedTuple):
    """A circular that the store has."""

    row: int
    digest: str


_Knowledge = dict[tuple[str, int], _Known]


@dataclass
class _Rows:
    """What is to be inserted, by table."""

    made: dict[Table, list[Row]] = field(
        default_factory=lambda: {
            table: [] for table in (circulars, items, item_departments, time_limits, issues, search)
        }
    )

    def add(self, entry: Entry, circular: int, item: int, revision: int) -> int:
        """All rows of a circular, its items from the row `item` on; the next free row."""
        made, words = self.made, rows.item_words(entry.document)
        units, limits = list[Row](), list[Row]()
        for at, one in enumerate(entry.document["items"]):
            made[items].append(rows.item_row(one, item + at, circular, at))
            units += rows.department_rows(one, item + at)
            limits += rows.limit_rows(one, item + at)
        said = rows.same_text(entry, item, words, units, limits)
        made[circulars].append(rows.circular_row(entry, circular, revision, said))
        made[item_departments] += units
        made[time_limits] += limits
        made[issues] += rows.issue_rows(entry.document, circular)
        made[search] += enumerate(words, item)
        return item + len(words)


def create(connection: Connection) -> None:
    """The tables of an empty store."""
    metadata.create_all(connection)
    connection.execute(insert(store).values(schema_version=VERSION, revision=0))
    if connection.dialect.name == POSTGRESQL:
        # An index for searches where the server has it; they give the same answers without.
        with suppress(DBAPIError), connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql("CREATE INDEX ix_search ON search USING gin (words gin_trgm_ops)")


def write(connection: Connection, documents: Iterable[Document], also: Also) -> None:
    """Put the documents into the store, whose revision rises where anything changed."""
    # Whoever writes next waits here, so that rows and revisions are given once.
    connection.execute(update(store).values(revision=store.c.revision))
    revision = connection.execute(select(store.c.revision)).scalar_one() + 1
    entries = rows.entries(documents)
    known = _known(connection, {entry.place.sha256 for entry in entries})
    changed = _write_circulars(connection, entries, known, revision)
    moved = _write_places(connection, _places(entries, also))
    new = {entry.place.sha256 for entry in entries} - {sha256 for sha256, _ in known}
    _mark(connection, moved - new, revision)
    if changed or moved:
        connection.execute(update(store).values(revision=revision))
        connection.execute(insert(revisions).values(revision=revision))


def _write_circulars(
    connection: Connection, entries: Sequence[Entry], known: _Knowledge, revision: int
) -> bool:
    """Insert what is new, replace what reads otherwise today, drop what a source no longer has; was there any?"""
    wanted: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        wanted.setdefault(entry.key, entry)  # of several places the first
    fresh = [entry for key, entry in wanted.items() if key not in known or known[key].digest != entry.digest]
    gone = [key for key in known if key not in wanted]
    stale = [known[key].row for key in (*gone, *(entry.key for entry in fresh)) if key in known]
    circular, item = (_next(connection, table) for table in (circulars, items))
    _drop(connection, stale)
    made = _Rows()
    for entry in fresh:
        before = known.get(entry.key)
        item = made.add(entry, before.row if before else circular, item, revision)
        circular += before is None
    for table, inserted in made.made.items():
        _insert(connection, table, inserted)
    _write_names(connection, {row[4] for row in made.made[item_departments]})
    return bool(fresh or gone)


def _known(connection: Connection, sources: set[str]) -> _Knowledge:
    columns = (circulars.c.sha256, circulars.c.ordinal, circulars.c.row, circulars.c.digest)
    made = {}
    for some in _parts(sorted(sources)):
        for sha256, ordinal, row, digest in connection.execute(
            select(*columns).where(circulars.c.sha256.in_(some))
        ):
            made[sha256, ordinal] = _Known(row, digest)
    return made


def _drop(connection: Connection, stale: Sequence[int]) -> None:
    for some in _parts(stale):
        inside = [row for (row,) in connection.execute(select(items.c.row).where(items.c.circular.in_(some)))]
        for part in _parts(inside):
            connection.execute(delete(item_departments).where(item_departments.c.item.in_(part)))
            connection.execute(delete(time_limits).where(time_limits.c.item.in_(part)))
            connection.execute(delete(search).where(search.c.rowid.in_(part)))
            connection.execute(delete(items).where(items.c.row.in_(part)))
        connection.execute(delete(issues).where(issues.c.circular.in_(some)))
        connection.execute(delete(circulars).where(circulars.c.row.in_(some)))


def _next(connection: Connection, table: Table) -> int:
    """The first free row."""
    most: int | None = connection.execute(select(func.max(table.c.row))).scalar_one()
    return (most or 0) + 1


def _insert(connection: Connection, table: Table, inserted: Sequence[Row]) -> None:
    """As fast as each database takes rows: by the driver's own means, past SQLAlchemy's handling of each value."""
    if not inserted:
        return
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == POSTGRESQL:
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as stream:
            for row in inserted:
                stream.write_row(row)
        return
    marks = ", ".join("?" * len(table.columns))
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', list(inserted))


def _write_names(connection: Connection, given: set[str]) -> None:
    known = {
        name
        for some in _parts(sorted(given))
        for (name,) in connection.execute(select(names.c.name).where(names.c.name.in_(some)))
    }
    _insert(connection, names, [(name, rows.folded(name)) for name in sorted(given - known)])


def _places(entries: Iterable[Entry], also: Also) -> dict[Place, None]:
    """Every place of every content, once, in order: those of the documents and of files of the very same bytes."""
    made: dict[Place, None] = {}
    for entry in entries:
        made[entry.place] = None
        for path in also.get(entry.place.path, ()):
            made[_moved(entry, rows.plain(path))] = None
    return made


def _moved(entry: Entry, path: str) -> Place:
    """The same content at another path: the published name begins with that of the file."""
    _, slash, member = entry.place.name.partition("/")
    name = path.replace("\\", "/").rpartition("/")[2] + slash + member
    source = to_json(entry.document["source"] | {"path": path, "name": name})
    return replace(entry.place, path=path, name=name, source=source.decode("utf-8"))


def _write_places(connection: Connection, wanted: Mapping[Place, None]) -> set[str]:
    """Note which content lies where, and that what lay there before does no longer; the sources concerned."""
    before = _lying(connection, wanted)
    there = {(place.path, place.name, place.sha256): place for place in wanted}
    held = {place.path for place in wanted if place.path}
    changed = [key for key, place in there.items() if before.get(key) != (place.source, True)]
    left = [key for key, (_, current) in before.items() if current and key[0] in held and key not in there]
    _delete_places(connection, [key for key in (*changed, *left) if key in before])
    _insert(connection, places, [(*key, there[key].source, True) for key in changed])
    _insert(connection, places, [(*key, before[key][0], False) for key in left])
    return {sha256 for _, _, sha256 in (*changed, *left)}


def _lying(
    connection: Connection, wanted: Mapping[Place, None]
) -> dict[tuple[str, str, str], tuple[str, bool]]:
    """The places that the store has for these paths and contents."""
    made = {}
    given = list(wanted)
    for some in _parts(given):
        asked = or_(
            places.c.path.in_({place.path for place in some if place.path}),
            places.c.sha256.in_({place.sha256 for place in some}),
        )
        for path, name, sha256, source, current in connection.execute(select(places).where(asked)):
            made[path, name, sha256] = source, current
    return made


def _delete_places(connection: Connection, keys: Sequence[tuple[str, str, str]]) -> None:
    for path, name, sha256 in keys:
        connection.execute(
            delete(places).where(places.c.path == path, places.c.name == name, places.c.sha256 == sha256)
        )


def _mark(connection: Connection, touched: set[str], revision: int) -> None:
    """Sources whose places changed: do they lie anywhere, and since which revision."""
    lies = select(places.c.sha256).where(places.c.sha256 == circulars.c.sha256, places.c.current).exists()
    for some in _parts(sorted(touched)):
        concerned = circulars.c.sha256.in_(some)
        connection.execute(update(circulars).where(concerned).values(current=lies, revision=revision))


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _ASKED):
        yield values[start : start + _ASKED]
