"""What other programs rely on: the published shape, names that stay, the conventions of dates, order of answers."""

import hashlib
import io
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import regex

from pipeline.__main__ import run
from pipeline.run import parse
from pipeline.writers.json import schema
from schemas.circular import Circular, Item
from schemas.text import Source
from tests.samples import NAMES, circular

CASES = tomllib.loads((Path(__file__).parent / "cases" / "contract.toml").read_text("utf-8"))
HEAD = (
    "云河市人民政府办公室关于印发《云河市2022年优化营商环境工作要点》的通知\n云政办发〔2022〕18号\n"
    "各县（区）人民政府：\n现将工作要点印发给你们，请认真贯彻执行。\n"
)
TAIL = "\n云河市人民政府办公室\n2022年3月20日\n"
SEVERAL = "T[0-9]+|A[0-9]+|[0-9]+(?:~[0-9]+)?"


def read(body: str) -> Circular:
    (found,) = parse(Source("通知.txt", "text/plain", HEAD + body + TAIL, "0" * 64, "utf-8", ()))
    return found


def described(field: dict[str, Any]) -> str:
    """A property of the JSON Schema in the notation of the cases."""
    if "anyOf" in field:
        (one,) = [option for option in field["anyOf"] if option.get("type") != "null"]
        return described(one) + "?"
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "prefixItems" in field:
        assert [part["type"] for part in field["prefixItems"]] == ["integer"] * field["minItems"]
        return "span"
    if field["type"] == "array":
        return described(field["items"]) + "*"
    return "|".join(field.get("enum", ())) or str(field.get("format", field["type"]))


def objects() -> dict[str, dict[str, Any]]:
    exported = schema()
    return {"Circular": exported, **exported["$defs"]}


@pytest.mark.parametrize("name", CASES["fields"])
def test_an_object_has_the_fields_it_promises(name: str) -> None:
    found = objects()[name]
    required = set(found["required"])
    shape = {
        key: described(field) + "+" * (key not in required) for key, field in found["properties"].items()
    }
    assert shape == CASES["fields"][name]
    assert found["additionalProperties"] is False


def test_no_object_is_unknown() -> None:
    assert objects().keys() == CASES["fields"].keys()


@pytest.mark.parametrize("wording", CASES["times"])
def test_a_time_means_its_dates(wording: str) -> None:
    item = read(f"一、推进简政放权。\n责任单位：市财政局\n完成时限：{wording}\n").items[0]
    limit = item.main_limit
    assert limit is not None
    dates = f"{limit.start or '..'}/{limit.end or '..'}"
    assert f"{limit.kind} {limit.recurrence or dates}" == CASES["times"][wording]
    assert (limit.text, limit.evidence) == (wording, "label")
    assert limit.approximate == ("左右" in wording)
    assert ("year" in limit.implied) <= (limit.basis == "title")


@pytest.mark.parametrize("code", CASES["issues"])
def test_an_issue_names_its_item(code: str) -> None:
    found = read(f"一、重点任务\n（一）{CASES['issues'][code]}\n（二）强化监管。（责任单位：市公安局）\n")
    (issue,) = [issue for issue in found.issues if issue.code == code]
    assert (issue.item, issue.severity) == ("1.1", "warning")
    assert regex.search(r"\p{Han}", issue.message)


@pytest.mark.parametrize("name", NAMES)
def test_names_that_others_hold_on_to(name: str) -> None:
    found = circular(name)
    number = found.doc_number
    written = f"{number.agency}-{number.year}-{number.serial}" if number else "[0-9a-f]{16}"
    assert regex.fullmatch(written, found.id)
    for item in found.items:
        assert regex.fullmatch(rf"(?:{SEVERAL})(?:\.(?:{SEVERAL}))*", item.id)
        assert regex.fullmatch(r"[0-9a-f]{12}(~[0-9]+)?", item.key)
    for issue in found.issues:
        assert issue.item in {None, *(item.id for item in found.items)}
        assert regex.search(r"\p{Han}", issue.message)


def test_a_key_can_be_told_beforehand() -> None:
    item = read("一、推进简政放权。（责任单位：市财政局）\n").items[0]
    assert item.key == hashlib.sha256("云政办发-2022-18推进简政放权".encode()).hexdigest()[:12]


def ids(body: str) -> list[str]:
    return [item.id for item in read(body).items]


def test_ids_are_ordinal_paths() -> None:
    table = "| 序号 | 任务 | 牵头单位 |\n|---|---|---|\n| 1 | 编制清单 | 市司法局 |\n| 2 | 压减时限 | 市税务局 |\n"
    annex = "附件\n任务分工\n一、简政放权\n（一）编制清单。（市司法局负责）\n"
    assert ids("一、甲类\n（一）编制清单。\n（二）压减时限。\n（二）强化监管。\n") == [
        "1",
        "1.1",
        "1.2",
        "1.2~2",
    ]
    assert ids("一、重点任务\n" + table) == ["1", "T1.1", "T1.2"]
    assert ids("一、重点任务\n" + TAIL + annex) == ["1", "A1.1", "A1.1.1"]


def test_chapters_beside_a_table_are_no_tasks() -> None:
    found = read(
        "一、总体要求\n坚持问题导向。\n二、重点任务\n| 序号 | 任务 | 牵头单位 | 完成时限 |\n|---|---|---|---|\n"
        "| 1 | 编制清单 | 市司法局 | 6月底前 |\n| 2 | 压减时限 | 市税务局 | 长期 |\n"
    )
    assert [item.is_task for item in found.items] == [False, False, True, True]
    assert not found.issues


MAIN = {
    "6月底前完成。（责任单位：市财政局，9月底前）": "9月底前",
    "每月25日前由市财政局报送，6月底前完成，9月底前总结。": "9月底前",
    "由市财政局于6月底前完成，每月25日前报送进展。": "6月底前",
}


@pytest.mark.parametrize("words", MAIN)
def test_the_main_time_limit(words: str) -> None:
    item: Item = read(f"一、推进改革。{words}\n").items[0]
    assert [limit.text for limit in item.time_limits if limit.main] == [MAIN[words]]


def test_when_answers_every_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["6月底前", "", "你好", "6月底前取得成效并持续推进"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\r\n".join(lines).encode())))
    assert run(["when", "--issue-date", "2021-03-20"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["kind"] for answer in answers] == ["by", "unresolved", "unresolved", "by"]
    assert [answer["text"] for answer in answers] == ["6月底前", "", "你好", "6月底前"]
    assert [other["kind"] for other in answers[3]["others"]] == ["ongoing"]
    assert answers[0]["end"] == "2021-06-30"
    assert answers[0]["basis"] == "option"


def test_scanned_times_quote_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = "一、排查。\r\n请于2022年12\r\n月31日前完成，\r\n于2022年\r\n\r\n- 3 -\r\n\r\n9月30日前报送。\r\n"
    (tmp_path / "通知.txt").write_bytes(raw.encode())
    assert run(["when", "--scan", str(tmp_path / "通知.txt")]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["text"] for one in found] == ["2022年12月31日前", "2022年9月30日前"]
    for one in found:
        printed = "".join(raw[start:end] for start, end in one.get("spans", [one["span"]]))
        assert "".join(printed.split()) == one["text"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("（责任单位：市水利局；督导单位：市纪委监委；完成时限：6月底前）", "督导单位：市纪委监委"),
        ("责任单位：市水利局；验收单位：市财政局", "验收单位：市财政局"),
        ("工作目标：全覆盖；责任单位：市水利局", "工作目标：全覆盖"),
        ("（市水利局牵头，鼓励社会参与）", "鼓励社会参与"),
        ("（市水利局牵头，6月底前完成）", ""),
    ],
)
def test_what_assigns_nobody_is_kept_in_the_text(words: str, kept: str) -> None:
    assert read(f"一、疏浚河道。{words}\n").items[0].text.strip("。；") == kept
