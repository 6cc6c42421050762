"""The address of a store -> a database; what goes wrong there is one Chinese line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipeline.console import shorten
from pipeline.readers import Unreadable
from pipeline.store.schema import VERSION, store

FILE = "circulars.sqlite"  # in the folder of a batch's results
SQLITE, POSTGRESQL = "sqlite", "postgresql"
WAIT = 5  # seconds for another program that is writing
_PREFIXES = ("sqlite:", "postgresql:", "postgresql+psycopg:", "postgres:")
# What SQLite says, and what that means.
_SAID = (
    ("database is locked", "库正被另一个程序占用；请等它结束后再试"),
    ("file is not a database", "不是 circulars 的库；请核对 --store"),
    ("database disk image is malformed", "库已损坏；请删除后用 circulars batch 重新生成"),
    ("database or disk is full", "磁盘已满，库没有改动；请腾出空间后再试"),
    ("readonly database", "库是只读的，写不进去；请检查文件权限"),
    ("unable to open database file", "库打不开；请检查路径和文件权限"),
    ("disk I/O error", "库读写出错；请检查磁盘"),
)


class StoreError(Unreadable):
    """A store that cannot be used: one Chinese line, which store, why and what to do."""


def address(store: str) -> URL:
    """The URL of a store as a user names it: a URL, a file, or the folder that `circulars batch` wrote.

    >>> address("archive.sqlite").database, address("postgresql://host/db").drivername
    ('archive.sqlite', 'postgresql+psycopg')
    """
    if not store.startswith(_PREFIXES):
        path = Path(store)
        return URL.create(SQLITE, database=str(path / FILE if path.is_dir() else path))
    try:
        url = make_url(store)
    except (ArgumentError, ValueError):
        raise StoreError(f"库的地址 {store} 不对；请写成 postgresql://用户@主机/库名 或文件路径") from None
    if url.get_backend_name() == SQLITE:
        if not url.database or url.database == ":memory:":
            raise StoreError("sqlite 的库要有文件名；请写成 sqlite:///路径/circulars.sqlite")
        return url
    if find_spec("psycopg") is None:
        raise StoreError(
            "PostgreSQL 的库需要 psycopg，还没有安装；请安装：pip install 'circulars[postgresql]'"
        )
    return url.set(drivername="postgresql+psycopg")


def engine(url: URL) -> Engine:
    """The engine; nothing is opened yet."""
    if url.get_backend_name() == POSTGRESQL:
        options = {"connect_timeout": 10, "options": "-c timezone=UTC -c client_encoding=UTF8"}
        return create_engine(url, connect_args=options)
    made = create_engine(url, connect_args={"timeout": WAIT})
    event.listen(made, "connect", _prepared)
    event.listen(made, "begin", _begun)
    return made


def _prepared(connection: Any, _record: object) -> None:
    """Transactions begin where this program says."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = NORMAL")


def _begun(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def make_file(url: URL, made: Engine) -> None:
    """The file of a new store, with a log that a killed program leaves whole and that lets others read meanwhile."""
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    connection = made.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def label(url: URL) -> str:
    """The store in a message: without its password."""
    if url.get_backend_name() == SQLITE:
        return str(url.database)
    return url.set(drivername=POSTGRESQL).render_as_string(hide_password=True)


@contextmanager
def complaining(url: URL) -> Iterator[None]:
    """Within it, what the database says ends as `StoreError`."""
    try:
        yield
    except _errors(url) as wrong:
        said = " ".join(str(getattr(wrong, "orig", wrong)).split())
        meant = next((meant for words, meant in _SAID if words in said), None)
        raise StoreError(f"{label(url)}：{meant or _refused(said)}") from None


def _errors(url: URL) -> tuple[type[Exception], ...]:
    """What the driver raises, through SQLAlchemy and past it."""
    if url.get_backend_name() == SQLITE:
        return (DBAPIError,)
    from psycopg import Error

    return DBAPIError, Error


def _refused(said: str) -> str:
    reason = shorten(said, 200)
    if "connection" in said:
        return f"连不上数据库（{reason}）；请检查地址、用户名、密码和服务器是否已启动"
    return f"数据库拒绝了这次操作（{reason}）"


def is_there(connection: Connection, url: URL) -> bool:
    """Is there a store? `StoreError` where something else is, or one of another version."""
    names = set(inspect(connection).get_table_names())
    if store.name not in names:
        if names and url.get_backend_name() == SQLITE:
            raise StoreError(f"{label(url)}：不是 circulars 的库；请核对 --store")
        return False
    version = connection.execute(select(store.c.schema_version)).scalar_one()
    if version != VERSION:
        raise StoreError(
            f"{label(url)}：库的版本是 {version}，本程序用的是 {VERSION}；请用相应版本的程序，或重新生成库"
        )
    return True
