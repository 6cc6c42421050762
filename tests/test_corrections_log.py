"""The log of corrections in a folder of results: crash-safe, read by ledgers, listed, exported as gold."""

import json
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.corrections import Change, Correction, Log, corrected_by, live, overlay
from pipeline.corrections.change import Undo
from pipeline.corrections.log import NAME
from pipeline.readers import read
from pipeline.run import parse
from pipeline.store import open_store
from schemas.circular import Circular
from tests.correcting import NOW

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "qinghai_2021_15.txt"


def correction(name: str = "c1", circular: str = "a") -> Correction:
    return Correction(op="accept", item="k", field="lead", index=0, id=name, circular=circular, time=NOW)


def many(path: str, start: int) -> None:
    for number in range(start, start + 50):
        Log(Path(path)).add(correction(f"c{number}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Results of the sample with its lead corrected."""
    assert run(["parse", str(SAMPLE), "--out", str(tmp_path)]) == 0
    source = read(str(SAMPLE))
    (circular,) = parse(source)
    item = next(item for item in circular.items if item.supporting_departments)
    for change in (
        Change(op="set", item=item.key, field="support", index=0, to_field="lead", by="张三"),
        Change(op="delete", item=item.key, field="time_limit", index=0),
    ):
        made = Log(tmp_path / NAME).of(circular.id)
        Log(tmp_path / NAME).add(corrected_by(circular, made, change, source.raw, NOW))
    return tmp_path


def results(folder: Path) -> list[Circular]:
    return [Circular.model_validate_json((folder / f"{SAMPLE.stem}.json").read_bytes())]


def test_an_undone_correction_is_as_if_never_made(tmp_path: Path) -> None:
    log = Log(tmp_path / NAME)
    for entry in (correction("c1"), correction("c2"), Undo(id="u", circular="a", time=NOW, undoes="c1")):
        log.add(entry)
    assert [one.id for one in log.of("a")] == ["c2"]
    assert log.of("b") == []
    assert len(log.entries()[0]) == 3
    assert live([]) == []


def test_a_line_that_a_crash_cut_off_spoils_no_other(tmp_path: Path) -> None:
    log = Log(tmp_path / NAME)
    log.add(correction("c1"))
    with log.path.open("ab") as file:
        file.write(log.path.read_bytes()[:40])
    log.add(correction("c2"))
    entries, troubles = log.entries()
    assert [entry.id for entry in entries] == ["c1", "c2"]
    assert len(troubles) == 1
    assert "第 2 行" in troubles[0]


def test_two_programs_write_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / NAME)
    context = get_context("spawn")
    writers = [context.Process(target=many, args=(path, start)) for start in (0, 100)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entries, troubles = Log(Path(path)).entries()
    assert (len({entry.id for entry in entries}), troubles) == (100, [])


def test_what_reads_the_folder_reads_through_the_corrections(folder: Path) -> None:
    (parsed,) = results(folder)
    (shown,) = overlay(folder, [parsed])
    assert shown.corrected
    assert shown != parsed
    (bare,) = overlay(folder / "nowhere", [parsed])
    assert bare is parsed


def test_without_its_text_nothing_is_corrected_and_that_is_said(folder: Path) -> None:
    (parsed,) = results(folder)
    moved = parsed.model_copy(update={"source": parsed.source.model_copy(update={"path": "gone.txt"})})
    (shown,) = overlay(folder, [moved])
    assert shown.items == parsed.items
    assert shown.issues[-1].code == "stale_correction"
    assert "2 处更正" in shown.issues[-1].message


def test_a_text_outside_the_folder_is_not_read(folder: Path) -> None:
    (parsed,) = results(folder)
    source = parsed.source.model_copy(update={"text_file": f"../../{SAMPLE.name}"})
    (shown,) = overlay(folder, [parsed.model_copy(update={"source": source})])
    assert "不在结果文件夹里" in shown.issues[-1].message


def test_corrections_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Log(folder / NAME).add(correction("x", "没有这份"))
    capsys.readouterr()
    assert run(["corrections", "list", str(folder)]) == 0
    said = capsys.readouterr()
    first, second = said.out.splitlines()
    assert first.split("  ")[:5] == ["qinghai_2021_15", "2022-04-01 08:00", "张三", "(一)", "改配合"]
    assert "改为牵头" in first
    assert "删时限" in second
    assert "没有这份" in said.err


def test_exported_gold_is_the_corrected_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", "export", str(folder), "--out", str(folder / "gold")]) == 0
    (shown,) = overlay(folder, results(folder))
    (folder / "corrected").mkdir()
    (folder / "corrected" / f"{SAMPLE.stem}.json").write_text(shown.model_dump_json(), "utf-8")
    figures = {}
    for output in ("corrected", "."):
        capsys.readouterr()
        assert run(["eval", str(folder / "gold"), str(folder / output), "--json"]) == 0
        figures[output] = json.loads(capsys.readouterr().out)
    assert {one["micro"] for one in figures["corrected"].values()} == {1.0}
    assert figures["."]["lead"]["r"] < 1
    assert figures["."]["deadline"]["p"] < 1


def test_queries_and_exports_of_a_store_read_through_the_corrections(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (parsed,) = results(folder)
    item = next(item for item in parsed.items if item.supporting_departments)
    with open_store(str(folder / "circulars.sqlite")) as store:
        store.upsert([parsed.model_dump(mode="json")])
    name = item.supporting_departments[0].name
    asked = ["query", "--store", str(folder), "--lead", name, "--format", "json"]
    exported = ["export", "--store", str(folder), "--format", "csv", "--out", "-"]
    said = []
    for _ in range(2):
        capsys.readouterr()
        assert run(asked) == 0
        said.append(json.loads(capsys.readouterr().out or "[]"))
        Log(folder / NAME).path.rename(folder / "away.jsonl") if not said[1:] else None
    corrected, bare = said
    assert {one["key"]: one["due_date"] for one in corrected}[item.key] is None
    assert item.key not in {one["key"] for one in bare}
    (folder / "away.jsonl").rename(folder / NAME)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *exported], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (row,) = (line for line in done.stdout.splitlines() if f",{item.id}," in line)
    leads = "；".join([*(unit.name for unit in item.lead_departments), name])
    assert leads in row


def test_wrong_places_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", "list", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
