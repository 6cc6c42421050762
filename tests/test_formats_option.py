"""`--format` as a user gives it: several at once, files by their suffixes, one text format to standard output."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.writers import FORMATS
from tests import calendars, samples
from tests.openers import opened

Bytes = pytest.CaptureFixture[bytes]
TEXT = [name for name, form in FORMATS.items() if not form.binary]
BINARY = [name for name, form in FORMATS.items() if form.binary]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name in ("company", "tables"):
        shutil.copy(samples.FOLDER / f"{name}.txt", tmp_path)
    return [str(tmp_path / f"{name}.txt") for name in ("company", "tables")]


def test_all_formats_at_once(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [word for name in FORMATS for word in ("--format", name)]
    assert run(["parse", *files, *asked, "--out", str(tmp_path / "out")]) == 0
    expected = {stem + form.suffix for stem in ("company", "tables") for form in FORMATS.values()}
    assert {path.name for path in (tmp_path / "out").iterdir()} == expected
    assert capsys.readouterr().err.count("已写出") == len(expected)


@pytest.mark.parametrize("form", TEXT)
def test_standard_output_is_one_file_of_the_format(form: str, files: list[str], capfdbinary: Bytes) -> None:
    assert run(["parse", *files, "--format", form, "--out", "-"]) == 0
    data = capfdbinary.readouterr().out
    if form == "json":  # a document a circular, one after the other
        assert data.count(b'"schema_version"') == 2
        return
    found = "\n".join(opened(form, data))
    for name in ("company", "tables"):
        assert samples.circular(name).items[5].title in found


def test_heads_stand_once_and_documents_are_whole(files: list[str], capfdbinary: Bytes) -> None:
    run(["parse", *files, "--format", "jira", "--out", "-"])
    table = capfdbinary.readouterr().out.decode("utf-8")
    assert [row[0] for row in csv.reader(io.StringIO(table, newline=""))].count("Summary") == 1
    run(["parse", *files, "--format", "ics", "--out", "-"])
    calendars.obeys(calendars.read(capfdbinary.readouterr().out))
    run(["parse", *files, "--format", "labelstudio", "--out", "-"])
    assert len(json.loads(capfdbinary.readouterr().out)) == 2


@pytest.mark.parametrize("form", BINARY)
def test_a_workbook_is_nothing_for_standard_output(
    form: str, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["parse", *files, "--format", form, "--out", "-"]) == 2
    assert "--out" in capsys.readouterr().err


def test_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    run(["parse", "--help"])
    said = "".join(capsys.readouterr().out.split())
    assert all(name + "".join(form.purpose.split()) in said for name, form in FORMATS.items())


def test_an_unknown_format_is_wrong_usage(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", *files, "--format", "docx"]) == 2
    assert "可用的是 json、csv" in capsys.readouterr().err


def test_make_clean_empties_the_folder_of_results(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    for name in ("通知.items.jsonl", "archive/shards/00000.jsonl", "archive/.lock", ".gitkeep"):
        (outputs / name).parent.mkdir(parents=True, exist_ok=True)
        (outputs / name).touch()
    makefile = Path(__file__).resolve().parent.parent / "Makefile"
    subprocess.run(["make", "-s", "-f", str(makefile), "clean"], cwd=tmp_path, check=True)
    assert [path.name for path in outputs.iterdir()] == [".gitkeep"]
