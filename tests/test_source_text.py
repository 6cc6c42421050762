"""The text beside the result: what spans point into where a file is no plain text; pages; several sources a file."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import run
from pipeline.formats import state
from pipeline.readers import FORMATS, TEXT, Limits, Unreadable, read, sources
from pipeline.readers.parts import Part
from pipeline.run import parse
from schemas.text import Note, Source
from tests.packages import extended, p, package, r

Captured = pytest.CaptureFixture[str]
BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"
FIRST = (
    p("某县教育局关于做好防汛工作的通知")
    + p("各学校：")
    + p("一、排查隐患。（牵头单位：县教育局；完成时限：6月底前）")
)
SECOND = p(BREAK + r("二、报送总结。（牵头单位：县应急局；完成时限：2021年7月底前）"))
APP = {"docProps/app.xml": '<Properties xmlns="x"><Pages>2</Pages></Properties>'}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "通知.docx").write_bytes(extended(package(FIRST + SECOND), APP))
    return tmp_path


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def loaded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_text_lies_beside_the_result_and_spans_point_into_it(desk: Path) -> None:
    assert run(["parse", "通知.docx", "--out", "out"]) == 0
    assert listing(desk / "out") == ["通知.csv", "通知.json", "通知.source.txt"]
    found = loaded(desk / "out" / "通知.json")
    text = (desk / "out" / found["source"]["text_file"]).read_bytes().decode("utf-8")
    assert len(text) == found["source"]["characters"]
    for item in found["items"]:
        (unit,), (limit,) = item["lead_departments"], item["time_limits"]
        for value in (unit, limit):
            assert text[slice(*value["span"])] == value["text"]


def test_pages_are_named_where_there_are_pages(desk: Path) -> None:
    (circular,) = parse(read("通知.docx"))
    assert circular.source.pages == 2
    assert [item.page for item in circular.items] == [1, 2]
    assert [unit.page for item in circular.items for unit in item.lead_departments] == [1, 2]
    assert [limit.page for item in circular.items for limit in item.time_limits] == [1, 2]
    (desk / "无页.docx").write_bytes(package(FIRST))
    (circular,) = parse(read("无页.docx"))
    assert '"page"' not in circular.model_dump_json()


def test_without_a_folder_nothing_is_written_and_the_result_does_not_pass_for_the_source(
    desk: Path, capsys: Captured
) -> None:
    assert run(["parse", "通知.docx"]) == 0
    capsys.readouterr()
    assert run(["parse", "通知.docx", "--format", "json", "--out", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["source"]["text_file"] == "通知.source.txt"
    assert listing(desk) == ["通知.docx"]


def test_plain_text_has_no_second_text(desk: Path) -> None:
    (desk / "通知.txt").write_text("关于防汛的通知\n一、排查。（牵头单位：县教育局）\n", "utf-8")
    assert run(["parse", "通知.txt", "--out", "out"]) == 0
    assert listing(desk / "out") == ["通知.csv", "通知.json"]
    assert loaded(desk / "out" / "通知.json")["source"]["text_file"] is None


def test_names_that_are_shared_and_results_that_are_replaced(desk: Path) -> None:
    (desk / "通知.docm").write_bytes(package(FIRST))
    assert run(["parse", "通知.docx", "通知.docm", "--out", "out", "--format", "json"]) == 0
    assert "通知.docm.source.txt" in listing(desk / "out")
    (desk / "通知.docx").write_bytes(package(FIRST))
    assert run(["parse", "通知.docx", "通知.docm", "--out", "out", "--format", "json"]) == 0
    assert "报送总结" not in (desk / "out" / "通知.docx.source.txt").read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_foreign_text_is_not_overwritten_without_force(desk: Path, form: str, capsys: Captured) -> None:
    (desk / "通知.source.txt").write_text("别人的", "utf-8")
    assert run(["parse", "通知.docx", "--out", ".", "--format", form]) == 1
    assert "--force" in capsys.readouterr().err
    assert listing(desk) == ["通知.docx", "通知.source.txt"]
    assert run(["parse", "通知.docx", "--out", ".", "--format", form, "--force"]) == 0
    assert run(["parse", "通知.docx", "--out", ".", "--format", form]) == 0


def packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_several_sources_in_a_file_are_circulars_of_their_own(desk: Path, capsys: Captured) -> None:
    plain = "某县应急局关于防火的通知\n一、巡山。（牵头单位：县林业局）\n".encode()
    members = {"甲.docx": package(FIRST), "乙.docx": b"PK\x03\x04[Content_Types].xml word/", "丙.txt": plain}
    (desk / "包.zip").write_bytes(packed(**members))
    assert run(["parse", "包.zip", "--out", "out"]) == 1
    out = desk / "out"
    assert [name for name in listing(out) if not name.endswith(".csv")] == [
        "包__1.json",
        "包__1.source.txt",
        "包__2.json",
        "包__2.source.txt",
    ]
    assert "包.zip：乙.docx：" in capsys.readouterr().err
    found = loaded(out / "包__2.json")["source"]
    assert (found["name"], found["text_file"]) == ("包.zip/丙.txt", "包__2.source.txt")
    assert (out / "包__2.source.txt").read_bytes() == plain
    rows = list(csv.DictReader((out / "包__1.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0]["source"] == "包.zip/甲.docx"
    (desk / "包.zip").write_bytes(packed(**{"丙.txt": plain}))
    assert run(["parse", "包.zip", "--out", "out"]) == 0
    assert listing(out) == ["包.csv", "包.json", "包.source.txt"]


def test_containers_in_containers_end(desk: Path) -> None:
    data = packed(**{"丙.txt": "关于防汛的通知".encode()})
    for _ in range(2):
        data = packed(**{"包.zip": data})
    (desk / "包.zip").write_bytes(data)
    assert [one.raw for one in sources("包.zip", Limits()) if isinstance(one, Source)] == ["关于防汛的通知"]
    (desk / "包.zip").write_bytes(packed(**{"包.zip": packed(**{"包.zip": data})}))
    assert all(isinstance(one, Unreadable) for one in sources("包.zip", Limits()))


def test_notes_of_a_reader_become_issues() -> None:
    raw = "关于防汛的通知\n一、排查。\n"
    notes = (Note("macros", "文件带有宏"), Note("low_confidence", "看不清", (10, 12), "warning"))
    (circular,) = parse(Source("a.docx", "x", raw, "", notes=notes))
    found = [(issue.code, issue.severity, issue.span) for issue in circular.issues[:2]]
    assert found == [("macros", "info", None), ("low_confidence", "warning", (10, 12))]


def test_formats_are_listed_with_what_they_need(capsys: Captured) -> None:
    assert run(["formats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(FORMATS)
    assert any(".docx" in line and line.endswith("可读") for line in lines)
    missing = Part("某部件", "请安装：某包", programs=("no-such-program",))
    assert not missing.installed
    assert state(TEXT) == "可读"


def test_every_reader_and_container_is_there() -> None:
    from importlib import import_module

    for form in FORMATS:
        if form.reader:
            assert callable(import_module(form.reader).read)
        if form.container:
            assert callable(import_module(form.container).members)
