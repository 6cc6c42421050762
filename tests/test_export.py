"""`circulars export`: what the store has, in any format; changes since, a unit's, a time's; the source text found."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.archive.session import Session
from pipeline.archive.session import run as batch
from pipeline.commands.export import _since
from pipeline.export import Wanted
from pipeline.readers import Limits
from pipeline.store import open_store
from pipeline.writers import FORMATS
from tests import calendars, samples
from tests.stubs import circular, item, limit, unit

Captured = pytest.CaptureFixture[str]
FEW = ("company", "tables", "sentences")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three circulars, one of them twice, as batch keeps them."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "in").mkdir()
    for name in (*FEW, "company"):
        copy = (
            folder
            / "in"
            / (f"{name}.txt" if not (folder / "in" / f"{name}.txt").exists() else f"{name}-copy.txt")
        )
        copy.write_bytes((samples.FOLDER / f"{name}.txt").read_bytes())
    assert batch([str(folder / "in")], Session(str(folder / "out"), Limits(), workers=1))
    return folder / "out"


def export(archive: Path, *arguments: str) -> int:
    return run(["export", "--store", str(archive), *arguments])


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_one_file(form: str, archive: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    assert export(archive, "--format", form, "--out", str(out)) == 0
    assert out.stat().st_size > 1000
    assert "公文 3 份" in capsys.readouterr().err, "a copy is the same circular"


def test_the_file_is_that_of_the_writer(archive: Path, tmp_path: Path) -> None:
    assert export(archive, "--format", "csv", "--out", str(tmp_path / "x.csv")) == 0
    found = rows(tmp_path / "x.csv")
    assert len(found) == sum(len(samples.circular(name).items) for name in FEW)
    assert export(archive, "--format", "ics", "--out", str(tmp_path / "x.ics")) == 0
    calendars.obeys(calendars.read((tmp_path / "x.ics").read_bytes()))


def test_what_quotes_finds_its_text(archive: Path, tmp_path: Path) -> None:
    assert export(archive, "--format", "doccano", "--out", str(tmp_path / "x")) == 0
    texts = {json.loads(line)["text"] for line in (tmp_path / "x").read_text("utf-8").split("\n") if line}
    assert texts == {samples.source(name).raw for name in FEW}


def test_a_text_that_is_gone_is_said(archive: Path, tmp_path: Path, capsys: Captured) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    wanted = ("--format", "labelstudio", "--folder", str(elsewhere), "--out", str(tmp_path / "x"))
    assert export(archive, *wanted) == 1
    assert "--folder" in capsys.readouterr().err
    assert not list(tmp_path.glob("*x*")), "nothing is half written"


def test_only_what_changed_since(archive: Path, tmp_path: Path) -> None:
    with open_store(str(archive)) as store:
        revision = store.revision
    out = tmp_path / "x.csv"
    assert export(archive, "--since", str(revision), "--out", str(out)) == 0
    assert rows(out) == []
    assert export(archive, "--since", "2001-01-01", "--out", str(out)) == 0
    assert len(rows(out)) > 40


@pytest.mark.parametrize(
    ("text", "meant"),
    [(None, 0), ("7", 7), ("2021-03-20", dt.datetime(2021, 3, 20)), ("20210320", dt.datetime(2021, 3, 20))],  # noqa: DTZ001
)
def test_since(text: str | None, meant: object) -> None:
    assert _since(text) == meant


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Wanted(), ["1", "1.1", "1.2", "2"]),
        (Wanted(department="水务"), ["1", "1.1"]),
        (Wanted(due_from=dt.date(2021, 7, 1)), ["1", "1.2"]),
        (Wanted(due_to=dt.date(2021, 7, 1)), ["1", "1.1"]),
        (Wanted(department="水务", due_from=dt.date(2021, 7, 1)), []),
    ],
)
def test_the_items_of_a_unit_or_a_time_with_their_headings(wanted: Wanted, kept: list[str]) -> None:
    heading = {"is_task": False, "time_limits": (), "lead_departments": (), "supporting_departments": ()}
    early, late = (limit(end=dt.date(2021, month, 30)) for month in (6, 9))
    made = circular(
        item(id="1", **heading),
        item(id="1.1", parent="1", time_limits=(early,)),
        item(id="1.2", parent="1", lead_departments=(unit("市教育局"),), time_limits=(late,)),
        item(id="2", **heading),
    )
    part = wanted.part(made)
    assert [one.id for one in (part.items if part else ())] == kept


def test_standard_output(archive: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export(archive, "--format", "jsonl", "--department", "不存在的单位", "--out", "-") == 0
    assert capfdbinary.readouterr().out == b""
    assert export(archive, "--format", "xlsx", "--out", "-") == 2
    assert export(archive, "--format", "docx", "--out", "-") == 2
    assert export(archive, "--since", "昨天", "--out", "-") == 2


def test_no_store(tmp_path: Path, capsys: Captured) -> None:
    assert export(tmp_path / "nowhere", "--out", str(tmp_path / "x.csv")) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "x.csv").exists()


def test_two_stores_are_compared(archive: Path, capsys: Captured) -> None:
    assert run(["diff", str(archive), str(archive / "circulars.sqlite")]) == 0
    assert run(["diff", str(archive / "circulars.sqlite"), str(archive / "circulars.sqlite")]) == 0
    assert run(["diff", "sqlite:///nowhere.sqlite", str(archive)]) == 2
