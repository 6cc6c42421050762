"""`circulars diff`: exactly what changed, whichever way the copy was numbered, and nothing that merely follows."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import regex

from pipeline.__main__ import run
from pipeline.diff import pairs
from pipeline.diff.changes import Change, changes, rising
from pipeline.diff.loading import load
from pipeline.diff.report import RENDER, as_json, table
from pipeline.readers import Unreadable
from pipeline.run import parse
from pipeline.writers import render
from schemas.circular import Circular, Item
from schemas.text import Source
from tests import samples
from tests.stubs import circular, item, limit, unit

SAMPLE = "qinghai_2021_15"
FOUR = [
    ("moved", "(四)", {"place"}),
    ("changed", "(五)", {"time_limits"}),
    ("changed", "(八)", {"lead_departments"}),
    ("dropped", "(十五)", {"title", "text", "time_limits", "lead_departments", "supporting_departments"}),
]
HAN = "一二三四五六七八九十"
Captured = pytest.CaptureFixture[str]


def read(raw: str, name: str = "通知.txt") -> Circular:
    (found,) = parse(Source(name, "text/plain", raw, "0" * 64, "utf-8"))
    return found


def edited() -> str:
    """The sample with (四) behind (七), another time in (五), one more unit in (八) and without (十五)."""
    start, end = r"(?m)^\({}\)", r"(?=^\({}\))"
    raw = samples.source(SAMPLE).raw
    fourth = regex.search(start.format("四") + ".*?" + end.format("五"), raw, regex.DOTALL)
    dropped = regex.search(start.format("十五") + ".*?" + end.format("十六"), raw, regex.DOTALL)
    assert fourth
    assert dropped
    raw = raw.replace(dropped[0], "").replace(fourth[0], "")
    raw = regex.sub(r"(?m)^(?=\(八\))", lambda _: fourth[0], raw, count=1)
    raw = _within(raw, "五", r"完成时限: 4—7月份", "完成时限: 4—9月份")
    return _renumbered(_within(raw, "八", r"(?<=牵头[单位部门]{2}: ?)省总宣教部", "省总宣教部、省总经济部"))


def _within(raw: str, number: str, pattern: str, new: str) -> str:
    at = raw.index(f"\n({number})")
    made, count = regex.subn(pattern, new, raw[at:], count=1)
    assert count == 1
    return raw[:at] + made


def _renumbered(raw: str) -> str:
    """The items of the second part numbered anew, as a typist would."""
    head, tail = raw.split("二、活动内容", 1)
    body, rest = tail.split("三、工作要求", 1)
    count = iter(range(1, 40))
    return (
        head
        + "二、活动内容"
        + regex.sub(
            r"(?m)^((?:- )?)\([一二三四五六七八九十]+\)",
            lambda match: f"{match[1]}({_han(next(count))})",
            body,
        )
        + "三、工作要求"
        + rest
    )


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens - 1]) + ("十" if tens else "") + (HAN[ones - 1] if ones else "")


def told(found: list[Change]) -> list[tuple[str, str, set[str]]]:
    return [(change.kind, change.number, {field.name for field in change.fields}) for change in found]


def title(number: str) -> str:
    return next(one.title for one in samples.circular(SAMPLE).items if one.number == number and one.is_task)


def test_the_sample_against_its_copy_gives_exactly_four() -> None:
    old = samples.circular(SAMPLE)
    found = changes([old], [read(edited())])
    expected = {(kind, title(number), frozenset(fields)) for kind, number, fields in FOUR}
    assert {(one.kind, one.title, frozenset(field.name for field in one.fields)) for one in found} == expected
    assert len(found) == 4
    said = {
        field.name: (field.old, field.new) for one in found if one.kind != "dropped" for field in one.fields
    }
    assert said["lead_departments"] == (("省总宣教部",), ("省总宣教部", "省总经济部"))
    assert said["place"] == (("二、活动内容 第 4 条",), ("二、活动内容 第 7 条",))


def test_the_published_json_altered_by_hand_gives_exactly_four() -> None:
    old = samples.circular(SAMPLE)
    listed = {one.number: one for one in old.items if one.is_task}
    new = list(old.items)
    new.remove(listed["(十五)"])
    new.remove(listed["(四)"])
    new.insert(new.index(listed["(七)"]) + 1, listed["(四)"])
    later = listed["(五)"].time_limits[0].model_copy(update={"text": "4—9月份"})
    more = (*listed["(八)"].lead_departments, unit("省总经济部"))
    altered: dict[str, dict[str, Any]] = {
        "(五)": {"time_limits": (later,)},
        "(八)": {"lead_departments": more},
    }
    new = [one.model_copy(update=altered.get(one.number, {}) if one.is_task else {}) for one in new]
    found = changes([old], [old.model_copy(update={"items": tuple(new)})])
    assert sorted(told(found), key=str) == sorted(FOUR, key=str)


@pytest.mark.parametrize("name", samples.NAMES)
def test_nothing_changed_is_nothing(name: str) -> None:
    one = samples.circular(name)
    assert changes([one], [one]) == []
    assert changes([one], [read("　\n" + samples.source(name).raw, "又名.txt")]) == [], "places are no change"


def tasks(*titles: str, **changes: Any) -> tuple[Item, ...]:
    made = enumerate(titles, 1)
    return tuple(
        item(
            id=str(n), number=f"{n}.", title=words, key=f"{ord(words):012x}", text=f"{words}的内容", **changes
        )
        for n, words in made
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲乙丙", "甲丙", [("dropped", "乙")]),
        ("甲丙", "甲乙丙", [("added", "乙")]),
        ("甲乙丙丁", "乙丙甲丁", [("moved", "甲")]),
        ("甲乙丙丁", "丁甲乙丙", [("moved", "丁")]),
        ("甲甲乙", "甲乙", [("dropped", "甲")]),
        ("甲乙", "", [("dropped", "甲"), ("dropped", "乙")]),
    ],
)
def test_items_that_come_go_and_move(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    before, after = (circular().model_copy(update={"items": tasks(*side)}) for side in (old, new))
    assert [(change.kind, change.title) for change in changes([before], [after])] == expected


def test_a_renamed_item_is_the_same_by_its_words() -> None:
    old = item(key="a" * 12, title="开展防汛隐患排查", text="对水库逐一检查，建立台账，限期整改。")
    new = item(
        key="b" * 12, title="深入开展防汛隐患排查整治", text="对水库逐一检查，建立台账，限期整改到位。"
    )
    (found,) = changes([circular(old)], [circular(new)])
    assert (found.kind, {field.name for field in found.fields}) == ("changed", {"title", "text"})


def test_another_heading_is_another_place() -> None:
    heads = [item(id=n, number=n, title=words, is_task=False) for n, words in (("1", "防汛"), ("2", "抗旱"))]
    under = [item(id=f"{n}.1", parent=n, key="c" * 12, title="排查隐患") for n in "12"]
    found = changes([circular(heads[0], under[0], heads[1])], [circular(heads[0], heads[1], under[1])])
    assert [(one.kind, one.fields[0].old, one.fields[0].new) for one in found] == [
        ("moved", ("1防汛 第 1 条",), ("2抗旱 第 1 条",))
    ]


def test_what_is_inherited_changes_where_it_is_printed() -> None:
    old = item(id="1.1", time_limits=(limit("6月底前", evidence="inherited"),))
    new = item(id="1.1", time_limits=(limit("7月底前", evidence="inherited"),))
    assert changes([circular(old)], [circular(new)]) == []


def test_several_circulars_are_told_apart() -> None:
    a, b = samples.circular("company"), samples.circular("tables")
    assert [(one.kind, one.circular) for one in changes([a], [b, a])] == [("added", b.id)]
    assert [(one.kind, one.circular) for one in changes([b, a, a], [a, a])] == [("dropped", b.id)]


def test_the_head_is_compared_too() -> None:
    one = samples.circular("company")
    (found,) = changes([one], [one.model_copy(update={"title": "关于停止百日行动的通知"})])
    assert (found.kind, found.key, found.fields[0].name) == ("changed", None, "title")
    assert "（整份公文）" in table([found])


def test_three_thousand_items_turned_round_are_compared_in_time() -> None:
    many = [item(id=str(n), key=f"{n:012x}", title=f"第{n}项任务", text=f"{n * 7919}") for n in range(3000)]
    old, new = circular(*many), circular(*reversed(many))
    assert len(changes([old], [new])) == 2999
    assert rising(range(5000)) == set(range(5000))
    other = circular(
        *[one.model_copy(update={"key": "x" + one.key, "title": one.title + "新"}) for one in many]
    )
    assert len(pairs.items(old.items, other.items)) == 3000


def test_every_form_says_the_same() -> None:
    found = changes([samples.circular(SAMPLE)], [read(edited())])
    assert json.loads(as_json(found))["counts"] == {"added": 0, "dropped": 1, "changed": 2, "moved": 1}
    assert as_json(found) == as_json(changes([samples.circular(SAMPLE)], [read(edited())]))
    page = table(found, 140)
    assert "共 4 处：删除 1，变更 2，移动 1" in page
    sheet = openpyxl.load_workbook(io.BytesIO(RENDER["xlsx"](found))).active
    assert [cell.value for cell in sheet[1]] == ["公文", "变化", "事项", "字段", "原", "现"]
    assert sheet.max_row == 1 + sum(len(one.fields) for one in found)


def test_a_workbook_runs_nothing() -> None:
    found = changes(
        [circular(item(title="=1+1", key="a" * 12))], [circular(item(title="=cmd|x", key="a" * 12))]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(RENDER["xlsx"](found))).active
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_sides_are_files_folders_and_shards(tmp_path: Path) -> None:
    one, two = samples.circular("company"), samples.circular("tables")
    (tmp_path / "a.json").write_bytes(render("json", [one]))
    (tmp_path / "a.feishu.json").write_bytes(render("feishu", [one]))
    (tmp_path / "both.json").write_bytes(render("json", [one, two]))
    (tmp_path / "shards").mkdir()
    (tmp_path / "shards" / "00000.jsonl").write_bytes(render("jsonl", [two]))
    assert load(str(tmp_path / "a.json")) == [one]
    assert load(str(tmp_path / "both.json")) == [one, two]
    assert load(str(tmp_path)) == [two], "shards are what a batch folder holds"
    (tmp_path / "shards" / "00000.jsonl").unlink()
    assert load(str(tmp_path)) == [one, one, two]


@pytest.mark.parametrize("held", ["", "{", "[]", '{"schema_version": "1.0"}', "\x00", "[" * 5000])
def test_what_is_no_result_is_one_line(held: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "x.json").write_text(held, "utf-8")
    with pytest.raises(Unreadable):
        load(str(tmp_path / "x.json"))
    assert run(["diff", str(tmp_path / "x.json"), str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "x.json" in said


def test_exit_statuses(tmp_path: Path, capsys: Captured) -> None:
    files = [tmp_path / "old.json", tmp_path / "new.json"]
    for file, one in zip(files, (samples.circular(SAMPLE), read(edited())), strict=True):
        file.write_bytes(render("json", [one]))
    old, new = map(str, files)
    assert run(["diff", old, old]) == 0
    assert capsys.readouterr().out == "没有变化\n"
    assert run(["diff", old, new]) == 1
    assert "移动 1" in capsys.readouterr().out
    assert run(["diff", old, new, "--format", "xlsx", "--out", str(tmp_path / "变化.xlsx")]) == 1
    assert (tmp_path / "变化.xlsx").read_bytes()[:2] == b"PK"
    for wrong in (["--format", "xlsx"], ["--format", "pdf"]):
        assert run(["diff", old, new, *wrong]) == 2
    assert run(["diff", old, str(tmp_path / "nothing")]) == 2
