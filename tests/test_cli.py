"""The command line as a user meets it: exit codes, what goes where, one clear line for what is wrong."""

import io
import json
import sys
from pathlib import Path

import pytest

from pipeline import run as stages
from pipeline.__main__ import run
from pipeline.run import Options
from pipeline.usage import in_chinese
from schemas.circular import Circular
from schemas.text import Source
from tests.stubs import circular, unit

NOTICE = "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局。\n"
Captured = pytest.CaptureFixture[str]


def understood(source: Source, options: Options) -> list[Circular]:
    """Stands in for the stages: what the command line does must not hang on what a circular says."""
    if "内部错误" in source.raw:
        raise ValueError("span\n(1, 2) is wrong")
    if "空" in source.raw:
        return []
    made = circular(name=source.name)
    ruled = made.items[0].model_copy(update={"lead_departments": (unit("市水务局", rule="label"),)})
    info = made.source.model_copy(update={"sha256": source.sha256})
    items = (ruled,) if options.explain else made.items
    one = made.model_copy(update={"source": info, "items": items, "id": str(options.issue_date)})
    return [one] * (source.raw.count("通知") or 1)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a notice, where the program is called."""
    monkeypatch.setattr(stages, "parse", understood)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "通知.txt").write_text(NOTICE, "utf-8")
    return tmp_path


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_table_and_nothing_else(desk: Path, capsys: Captured) -> None:
    assert run(["parse", "通知.txt"]) == 0
    out, err = capsys.readouterr()
    assert "市水务局" in out
    assert not err
    assert listing(desk) == ["通知.txt"]


def test_results_go_to_the_folder(desk: Path, capsys: Captured) -> None:
    assert run(["parse", "通知.txt", "--out", "a/b"]) == 0
    out, err = capsys.readouterr()
    assert "市水务局" in out
    assert err.splitlines() == ["已写出 a/b/通知.json", "已写出 a/b/通知.csv"]
    assert listing(desk / "a" / "b") == ["通知.csv", "通知.json"]


def test_a_format_without_a_folder_goes_to_outputs(desk: Path) -> None:
    assert run(["parse", "通知.txt", "--format", "csv", "--format", "csv"]) == 0
    assert listing(desk / "outputs") == ["通知.csv"]


@pytest.mark.parametrize("arguments", [["--out", "-"], ["--format", "json", "--out", "-"]])
def test_json_on_standard_output(
    arguments: list[str], desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["parse", "通知.txt", *arguments]) == 0
    out, err = capsysbinary.readouterr()
    assert json.loads(out)["items"][0]["lead_departments"][0]["text"] == "市水务局"
    assert not err
    assert listing(desk) == ["通知.txt"]


def test_csv_on_standard_output_is_one_table(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["parse", "没有.txt", "通知.txt", "通知.txt", "--format", "csv", "--out", "-"]) == 1
    header, *rows = capsysbinary.readouterr().out.decode("utf-8").splitlines()
    assert header.startswith("\ufeffcircular,item,")
    assert len(rows) == 2
    assert rows[0] == rows[1]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, desk: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTICE.encode("gb18030"))))
    assert run(["parse", "-", "--out", "out"]) == 0
    source = json.loads((desk / "out" / "stdin.json").read_text("utf-8"))["source"]
    assert source["name"] == "stdin"
    assert "path" not in source


def test_several_circulars_and_shared_names(desk: Path) -> None:
    (desk / "通知.md").write_text("通知，通知", "utf-8")
    assert run(["parse", "通知.txt", "通知.md", "--out", "out", "--format", "json"]) == 0
    assert listing(desk / "out") == ["通知.md__1.json", "通知.md__2.json", "通知.txt.json"]


def test_a_bad_file_costs_one_line_and_not_the_others(desk: Path, capsys: Captured) -> None:
    (desk / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (desk / "坏.txt").write_text("内部错误", "utf-8")
    (desk / "无.txt").write_text("空", "utf-8")
    bad = ["没有.txt", "图.txt", ".", "坏.txt", "无.txt"]
    assert run(["parse", *bad, "通知.txt", "--out", "out"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split("：")[0] for line in lines[:5]] == bad
    assert "ValueError span (1, 2) is wrong（tests/test_cli.py:" in lines[3]
    assert listing(desk / "out") == ["通知.csv", "通知.json"]


def test_another_files_results_need_force(desk: Path, capsys: Captured) -> None:
    (desk / "b").mkdir()
    (desk / "b" / "通知.txt").write_text(NOTICE + "又", "utf-8")
    assert run(["parse", "通知.txt", "--out", "out"]) == 0
    assert run(["parse", "b/通知.txt", "--out", "out"]) == 1
    assert "--force" in capsys.readouterr().err
    assert run(["parse", "b/通知.txt", "--out", "out", "--force"]) == 0


def test_explanations(capsys: Captured) -> None:
    assert run(["parse", "通知.txt", "--explain", "--issue-date", "2021-03-20"]) == 0
    assert "规则 label" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "named"),
    [("--limit-mb=1", "1 MB"), ("--limit-characters=9", "上限 9"), ("--limit-pages=1", "上限 1")],
)
def test_every_limit_is_an_option(option: str, named: str, desk: Path, capsys: Captured) -> None:
    (desk / "大.txt").write_text("通\f" * 600_000, "utf-8")
    assert run(["parse", "大.txt", option]) == 1
    assert named in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["-x.txt", "=1+1.txt", "a\nb.txt", "空 格;$(x).txt", "\udcff\x1b[31m.txt", "长" * 80 + ".txt"]
)
def test_hostile_file_names(name: str, desk: Path, capsys: Captured) -> None:
    (desk / name).write_text(NOTICE, "utf-8")
    assert run(["parse", "--out", "out", "--", name]) == 0
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 2
    assert "\x1b" not in out + err
    written = next((desk / "out").glob("*.json"))
    assert written.name == Path(name).stem + ".json"
    assert json.loads(written.read_bytes())["source"]["name"].endswith(".txt")


def test_a_high_limit_sets_nothing_aside() -> None:
    limits = [f"--limit-{name}=1000000000" for name in ("mb", "characters", "pages", "seconds")]
    assert run(["parse", "通知.txt", *limits]) == 0


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_closed_stream_costs_a_line_at_most(
    stream: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, stream, None)
    assert run({"stdin": ["when"], "stdout": ["schema"], "stderr": ["parse", "没有.txt"]}[stream]) == 1
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == (stream != "stderr")
    assert not out
    assert "内部错误" not in err


WRONG = {
    "": "缺少命令",
    "parse": "缺少 FILE",
    "parsen x": "没有命令 parsen",
    "parse x --forse": "没有选项 --forse，是不是 --force",
    "parse x --out": "选项 --out 后面缺少值",
    "parse x --force=1": "选项 --force 不带值",
    "parse x --format xls": "没有格式 xls",
    "parse x --format json --format csv --out -": "一次只能写一种",
    "parse x --issue-date 3月": "2021-03-20",
    "parse x --limit-mb 0": "--limit-mb 的值不能小于 1",
    "parse x --limit-mb many": "--limit-mb 的值应是整数",
    "parse x --limit-seconds 99999999999999999999": "--limit-seconds 的值不能大于",
    "parse x --out=": "--out 后面是空的",
    "parse x --out 通知.txt": "是文件，不是文件夹",
    "parse - -": "标准输入（-）只能给一次",
    "schema x": "多出的参数 x",
    "when 6月底前 --scan 通知.txt": "不能一起给",
    "eval 没有 没有": "没有文件夹 没有",
    "eval . . --accept": "--accept 要和 --baseline 一起用",
}


@pytest.mark.parametrize("call", WRONG)
def test_wrong_usage(call: str, capsys: Captured) -> None:
    assert run(call.split()) == 2
    out, err = capsys.readouterr()
    assert WRONG[call] in err
    assert len(err.splitlines()) == 1
    assert not out


def test_a_message_without_translation_stays() -> None:
    assert in_chinese("Something new.") == "Something new."


@pytest.mark.parametrize("call", ["--help", "parse --help", "eval --help", "when --help", "schema --help"])
def test_help(call: str, capsys: Captured) -> None:
    assert run(call.split()) == 0
    assert "Usage: circulars" in capsys.readouterr().out


def test_eval_prints_the_table_and_json(desk: Path, capsys: Captured) -> None:
    assert run(["parse", "通知.txt", "--out", "out", "--format", "json"]) == 0
    gold = desk / "gold"
    gold.mkdir()
    (gold / "通知.json").write_text(
        '{"items": [{"number": "一", "title": "排查隐患", "lead": ["市水务局"]}]}', "utf-8"
    )
    capsys.readouterr()
    assert run(["eval", "gold", "out", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lead"]["micro"] == 1
    assert run(["eval", "gold", "out", "--errors", "--baseline", "f.json", "--accept"]) == 0
    out, err = capsys.readouterr()
    assert "lead           1.000   1.000    1.000        -      1    0" in out
    assert "通知  others  误报  一 排查隐患  市应急局" in out
    assert err == "已认可，写入 f.json\n"
    (gold / "坏.json").write_text("[", "utf-8")
    assert run(["eval", "gold", "out"]) == 1
    assert "不是标注文件" in capsys.readouterr().err


def test_when_names_the_file_that_it_cannot_scan(capsys: Captured) -> None:
    assert run(["when", "--scan", "没有.txt"]) == 1
    assert capsys.readouterr().err == "没有.txt：找不到这个文件；请检查文件名和路径\n"


def test_the_schema_is_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["title"] == "Circular"
