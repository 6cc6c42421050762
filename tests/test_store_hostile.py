"""What may happen to a store: hostile text, a killed writer, other programs, other versions, other files."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import run
from pipeline.store import Filter, StoreError, connect, open_store
from tests.stores import Document, document, filled, generated, published, titles
from tests.stubs import item, unit

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = (
    "'; DROP TABLE items; --", '" OR ""="', "\\N\t\\.", "%_%", "\0NUL", "a\r\nb", "{brace}", "$1 :name ?", "\ufeff",
    "\U0001f600", "\u202e", "NEAR(a b)", "*", "x" * 40_000,
)  # fmt: skip
WRITER = """
import sys
from pipeline.store import open_store
from tests.stores import Document, document
for number in range(100_000):
    with open_store(sys.argv[1]) as store:
        store.upsert([document(data=f"{number}.{at}", path=f"{number}.{at}") for at in range(5)])
    print(number, flush=True)
"""


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:12]))
def test_hostile_text_is_kept_and_found(url: str, words: str) -> None:
    made = document(item(title=words, text=words, lead_departments=(unit(words),)), data="x", title=words)
    with filled(url, [made, document(data="y", path="b.txt")]) as store:
        assert made in published(store.circulars())
        assert len(titles(store)) == 2
        if words.strip("\ufeff\u202e"):
            assert len(titles(store, text=(words,))) == 1
            assert len(titles(store, lead=words)) == 1


def test_halves_of_characters_are_replaced(url: str) -> None:
    with filled(url, [document(data="x") | {"title": "半\ud800个"}]) as store:
        assert [one.title for one in store.circulars()] == ["半\ufffd个"]
        assert len(titles(store, text=("半\udfff",))) == 1


@pytest.mark.parametrize("words", [("'; DROP TABLE items; --",), ("x" * 100_000,), ("\0",), ('"',) * 50])
def test_hostile_questions_find_nothing_and_change_nothing(url: str, words: tuple[str, ...]) -> None:
    with filled(url, [document(data="x")]) as store:
        before = list(store.dump())
        assert not titles(store, text=words, lead=words[0], number=words[0])
        assert list(store.dump()) == before


def test_a_document_that_is_none_leaves_the_store_as_it_was(url: str) -> None:
    with filled(url, [document(data="x")]) as store:
        before = list(store.dump()), store.revision
        with pytest.raises(KeyError):
            store.upsert([document(data="y", path="b.txt"), {"source": {}}])
        broken = document(item(title="a"), data="y")
        broken["items"][0]["level"] = None
        with pytest.raises(StoreError):
            store.upsert([document(data="z", path="c.txt"), broken])
        assert (list(store.dump()), store.revision) == before


def test_a_killed_writer_leaves_whole_calls(tmp_path: Path) -> None:
    path = str(tmp_path / "circulars.sqlite")
    for wait in (3, 7, 11):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, path], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        said = [writer.stdout.readline() for _ in range(wait)]
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert said[-1], "the writer was at work"
        with open_store(path) as store:
            circulars = len(list(store.circulars()))
            assert circulars % 5 == 0
            assert circulars >= 5 * wait
            assert len(titles(store, everything=True)) == circulars
        Path(path).unlink()


def test_a_store_that_another_program_holds(tmp_path: Path, monkeypatch: Any, capfd: Any) -> None:
    monkeypatch.setattr(connect, "WAIT", 0.2)
    path = tmp_path / "circulars.sqlite"
    filled(str(path), [document(data="x")]).close()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="正被另一个程序占用"), open_store(str(path)) as store:
            store.upsert([document(data="y", path="b.txt")])
        assert run(["query", "--store", str(path)]) == 0, "who only reads does not wait"
    other.close()


def test_several_writers_at_once(url: str) -> None:
    filled(url, []).close()
    parts = [generated()[start::4] for start in range(4)]
    with open_store(url) as store:
        threads = [threading.Thread(target=store.upsert, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.revision == 4
        assert len(list(store.circulars())) == len(generated())


def test_other_files_and_versions(tmp_path: Path) -> None:
    text, other, store, folder = (tmp_path / name for name in ("a.txt", "other.db", "store.sqlite", "folder"))
    text.write_text("不是数据库" * 1000, "utf-8")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    filled(str(store), [document(data="x")]).close()
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE store SET schema_version = 99")
    connection.close()
    folder.mkdir()
    for path, line in (
        (text, "不是 circulars 的库"),
        (other, "不是 circulars 的库"),
        (store, "版本是 99"),
        (folder, "没有库"),
    ):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StoreError, match=line):
            list(open_store(str(path)).answers(Filter()))
        if path.is_file():
            with pytest.raises(StoreError, match=line):
                open_store(str(path)).upsert([document(data="y")])
            assert path.read_bytes() == before


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:secret@127.0.0.1:1/x",
        "postgresql://[",
        "sqlite://",
        "postgresql://u:secret@/x?host=/nowhere",
    ],
)
def test_addresses_that_lead_nowhere(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--store", address]) == 1
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "secret" not in said
    assert "内部错误" not in said


def test_without_psycopg_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "find_spec", lambda _: None)
    with pytest.raises(StoreError, match=r"pip install 'circulars\[postgresql\]'"):
        open_store("postgresql://localhost/x")


@pytest.mark.timing
def test_the_store_keeps_up_with_three_cores_that_parse(tmp_path: Path) -> None:
    """Taken in turns, so that what disturbs the machine disturbs both."""
    from pipeline.readers import Limits, text
    from pipeline.run import parse
    from tests.generator import circulars

    sources = [text.read(f"{n}.txt", one.text.encode(), Limits()) for n, one in enumerate(circulars(128, 5))]
    documents = generated(128, 5)
    parsing, storing = [], []
    with open_store(str(tmp_path / "circulars.sqlite")) as store:
        for run in range(4):  # the first warms both up; a shard a call
            parsing.append(_seconds(lambda: [parse(source) for source in sources]))
            _renamed(documents, run)
            storing.append(_seconds(lambda: store.upsert(documents)))
        assert len(list(store.circulars())) == 4 * len(documents)
    least, most = min(storing[1:]), min(parsing[1:])
    assert least * 3 < most, f"{least:.3f} s to store, {most:.3f} s to parse"


def _renamed(documents: list[Document], run: int) -> None:
    """The same documents as those of other files."""
    for number, one in enumerate(documents):
        one["source"] |= {"sha256": f"{run}{number:063d}", "path": f"{run}/{number}.txt"}


def _seconds(work: Any) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
