"""Stores of both kinds for tests, and documents to put into them."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pipeline.readers import Limits, text
from pipeline.run import parse
from pipeline.store import Filter, Store, open_store
from schemas.circular import Circular
from tests import generator, postgres
from tests.stubs import circular

Document = dict[str, Any]
NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """One server for all tests of a process."""
    if postgres.programs() is None:
        pytest.skip("needs system package postgresql")
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "circulars.sqlite")
    return emptied(request.getfixturevalue("server"))


def emptied(server: str) -> str:
    """The server's own database, made empty: quicker than a new one."""
    import psycopg

    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return server.format("postgres")


def database(server: str) -> str:
    """An empty database on the server."""
    import psycopg

    name = f"store{next(NUMBERS)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.format(name)


@cache
def _generated(number: int, seed: int) -> tuple[str, ...]:
    made = enumerate(generator.circulars(number, seed))
    sources = [text.read(f"{at}.txt", one.text.encode(), Limits()) for at, one in made]
    return tuple(circular.model_dump_json() for source in sources for circular in parse(source))


def generated(number: int = 40, seed: int = 3) -> list[Document]:
    """Generated circulars as published, each at a place of its own."""
    documents: list[Document] = list(map(json.loads, _generated(number, seed)))
    for document in documents:
        document["source"]["path"] = f"archive/{document['source']['name']}"
    return documents


def document(*items: Any, path: str | None = "a.txt", data: str = "", **changes: Any) -> Document:
    """A document put together by hand; `data`: what tells one content from another."""
    name = (path or "stdin").rpartition("/")[2]
    made: Document = json.loads(circular(*items, name=name, data=data.encode()).model_dump_json())
    made["source"] |= {"path": path} if path else {}
    return made | {"id": sha256(data.encode()).hexdigest()[:16]} | changes


def numbered(serial: int, year: int | None = 2021) -> Document:
    """The fields of a circular with a number."""
    text = f"青总办〔{year}〕{serial}号"
    whole = {"text": text, "agency": "青总办", "year": year, "serial": serial, "span": [0, len(text)]}
    return {"id": "-".join(map(str, filter(None, ("青总办", year, serial)))), "doc_number": whole}


def filled(url: str, documents: Sequence[Document]) -> Store:
    store = open_store(url)
    store.upsert(documents)
    return store


def titles(store: Store, **wanted: Any) -> list[str | None]:
    """The titles of the items that fit."""
    return [answer.title for answer in store.answers(Filter(**wanted))]


def published(circulars: Iterator[Circular]) -> list[Document]:
    return [json.loads(one.model_dump_json()) for one in circulars]
