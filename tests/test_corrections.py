"""What a person put right: found again, taken back, listed where it no longer holds, gold for the evaluation."""

import datetime as dt
import json
from pathlib import Path
from random import Random

import pytest

from pipeline.corrections import Change, Unfit, apply
from pipeline.corrections.accepted import accepted
from pipeline.corrections.gold import gold
from pipeline.corrections.words import Stale, found, quote
from pipeline.evaluate import Evaluation
from tests.correcting import Desk, some, source_of
from tests.generator import circulars

TEXT = (
    "云河市人民政府办公室关于印发《2022年营商环境工作要点》的通知\n云政办发〔2022〕18号\n各县（区）人民政府：\n"
    "一、推进简政放权。公布事项清单，市财政局、市司法局会同办理，9月15日前报送总结。"
    "（牵头单位：市审计局；配合单位：市教育局、市水务局；完成时限：6月底前）\n"
    "二、优化办事流程。市民政局梳理流程，市卫健委完善系统。（牵头单位：市住建局；完成时限：8月底前）\n"
    "三、加强监督检查。牵头单位：市审计局；完成时限：每季度末\n"
    "云河市人民政府办公室\n2022年3月20日\n"
)


@pytest.fixture
def desk() -> Desk:
    return Desk(source_of(TEXT))


def units(desk: Desk, number: str, field: str) -> list[str]:
    return [unit.text for unit in getattr(desk.item(number), field)]


def test_other_words_become_the_lead(desk: Desk) -> None:
    desk.do(op="set", item=desk.item("一、").key, field="lead", index=0, span=desk.span("市财政局"))
    (lead,) = desk.item("一、").lead_departments
    assert (lead.text, lead.name, lead.span, lead.corrected) == (
        "市财政局",
        "市财政局",
        desk.span("市财政局"),
        True,
    )
    assert desk.item("一、").corrected
    assert desk.shown.corrected
    assert desk.item("二、").corrected is None


def test_a_department_changes_its_role(desk: Desk) -> None:
    desk.do(op="set", item=desk.item("一、").key, field="support", index=1, to_field="lead")
    assert units(desk, "一、", "lead_departments") == ["市审计局", "市水务局"]
    assert units(desk, "一、", "supporting_departments") == ["市教育局"]


def test_other_words_mean_another_time(desk: Desk) -> None:
    desk.do(op="set", item=desk.item("二、").key, field="time_limit", index=0, span=desk.span("9月15日前"))
    (limit,) = desk.item("二、").time_limits
    assert (limit.end, limit.implied, limit.basis) == (dt.date(2022, 9, 15), ("year",), "title")
    assert (limit.main, limit.corrected, limit.text) == (True, True, "9月15日前")


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        (None, dt.date(2022, 7, 1), "by"),
        (dt.date(2022, 6, 1), dt.date(2022, 7, 1), "range"),
        (dt.date(2022, 6, 1), None, "ongoing"),
    ],
)
def test_dates_that_a_person_gives_hold(desk: Desk, start: dt.date, end: dt.date, kind: str) -> None:
    desk.do(op="set", item=desk.item("三、").key, field="time_limit", index=0, start=start, end=end)
    (limit,) = desk.item("三、").time_limits
    assert (limit.start, limit.end, limit.kind, limit.recurrence) == (start, end, kind, None)
    assert (limit.text, limit.implied) == ("每季度末", ())


def test_values_are_added_and_deleted(desk: Desk) -> None:
    key = desk.item("二、").key
    desk.do(op="add", item=key, field="support", span=desk.span("市卫健委"))
    desk.do(op="add", item=key, field="support", span=desk.span("市民政局"))
    desk.do(op="delete", item=key, field="lead", index=0)
    assert units(desk, "二、", "supporting_departments") == ["市民政局", "市卫健委"]
    assert units(desk, "二、", "lead_departments") == []
    assert [issue.code for issue in desk.shown.issues if issue.item == desk.item("二、").id] == [
        "missing_lead"
    ]


def test_a_full_name_is_given(desk: Desk) -> None:
    desk.do(op="set", item=desk.item("二、").key, field="lead", index=0, name="云河市住房和城乡建设局")
    (lead,) = desk.item("二、").lead_departments
    assert (lead.text, lead.name) == ("市住建局", "云河市住房和城乡建设局")


def test_titles_are_chosen_anew_and_keys_stay(desk: Desk) -> None:
    key = desk.item("二、").key
    desk.do(op="set", item=key, field="title", span=desk.span("市民政局梳理流程"))
    desk.do(op="set", item=None, field="title", span=desk.span("2022年营商环境工作要点"))
    assert (desk.item("二、").title, desk.item("二、").key) == ("市民政局梳理流程", key)
    assert desk.shown.title == "2022年营商环境工作要点"


def test_a_heading_put_right_is_put_right_below() -> None:
    body = "一、深化改革（牵头单位：市审计局）\n（一）公布清单。\n（二）梳理流程。市财政局配合。完成时限：6月底前\n"
    desk = Desk(source_of(TEXT.replace("一、推进", body + "二、推进").replace("二、优化", "三、优化")))
    assert units(desk, "（一）", "lead_departments") == ["市审计局"]
    desk.do(op="set", item=desk.item("一、").key, field="lead", index=0, span=desk.span("市财政局"))
    (lead,) = desk.item("（一）").lead_departments
    assert (lead.text, lead.evidence, lead.corrected) == ("市财政局", "inherited", True)


def test_an_item_is_split_and_joined_again(desk: Desk) -> None:
    first = desk.item("二、")
    desk.do(op="split", item=first.key, at=desk.span("市卫健委完善")[0])
    left, right = (item for item in desk.shown.items if item.id.startswith("2"))
    assert (left.id, left.key, left.text) == ("2", first.key, "市民政局梳理流程，")
    assert (right.id, right.number, right.title) == ("2-2", "", "市卫健委完善系统")
    assert right.key not in {item.key for item in desk.parsed.items}
    assert [unit.text for unit in right.lead_departments] == ["市住建局"]
    assert (left.lead_departments, left.time_limits) == ((), ())
    desk.do(op="join", item=first.key)
    (whole,) = (item for item in desk.shown.items if item.id.startswith("2"))
    assert (whole.span, whole.time_limits, whole.lead_departments) == (
        first.span, first.time_limits, first.lead_departments,
    )  # fmt: skip


def test_items_whose_titles_changed_are_split_and_joined_all_the_same(desk: Desk) -> None:
    desk.do(op="join", item=desk.item("一、").key)
    desk.do(op="split", item=desk.item("三、").key, at=desk.span("完成时限：每季度末")[0])
    desk.reads(
        TEXT.replace("放权。公布", "放权，公布").replace("检查。牵头", "检查，从严从实，有序进行。牵头")
    )
    shown, outdated = desk.applied()
    assert outdated == []
    assert [item.id for item in shown.items] == ["1", "3", "3-2"]


def test_values_are_accepted_and_nothing_changes(desk: Desk) -> None:
    key = desk.item("一、").key
    desk.do(op="accept", item=key, field="support", index=1)
    desk.do(op="accept", item=key, field="title")
    assert desk.shown == desk.parsed
    assert accepted(desk.shown, desk.made, TEXT) == [f"{key}/support/1"]
    desk.reads(TEXT.replace("市水务局", "市体育局"))
    assert [reason for _, reason in desk.applied()[1]] == ["原文中已没有“市水务局”"]
    assert accepted(desk.shown, desk.made, desk.source.raw) == []


@pytest.mark.parametrize(
    "change",
    [
        {"op": "set", "field": "lead", "index": 7, "span": (200, 204)},
        {"op": "set", "field": "lead", "index": 0, "span": (0, 9_000_000)},
        {"op": "add", "field": "lead", "span": (65, 66)},  # a line's end
        {"op": "split", "at": 3},
        {"op": "add", "field": "lead", "span": (0, 150)},
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, change: dict[str, object]) -> None:
    span = change.get("span")
    if span == (65, 66):
        change["span"] = (TEXT.index("\n"), TEXT.index("\n") + 1)
    with pytest.raises(Unfit):
        desk.do(item=desk.item("一、").key, **change)
    assert desk.made == []


@pytest.mark.parametrize(
    "change",
    [
        {"op": "set", "item": "a"},
        {"op": "set", "item": "a", "field": "lead", "index": 0},
        {"op": "delete", "item": "a", "field": "title", "index": 0},
        {"op": "set", "item": "a", "field": "time_limit", "index": 0, "to_field": "lead"},
        {"op": "set", "item": "a", "field": "lead", "index": 0, "end": dt.date(2022, 1, 1)},
        {"op": "split", "item": "a"},
        {"op": "add", "item": "a", "field": "lead", "span": (4, 4)},
        {"op": "accept"},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        Change(**change)  # type: ignore[arg-type]


def test_words_are_found_again_by_what_stands_around_them() -> None:
    old = "一、甲。责任单位：市财政局。二、乙事项。责任单位：市财政局。"
    second = old.rindex("市财政局")
    quoted = quote(old, (second, second + 4))
    new = (
        "三、新的一条，责任单位：市财政局。一、甲。责任单位：市财政局。\n二、乙\n事项。责任单位：市财\n政局。"
    )
    assert new[slice(*found(quoted, new.replace("\n", "")))] != ""
    start, stop = found(quoted, new)
    assert new[start:stop].replace("\n", "") == "市财政局"
    assert start > new.index("二、")
    with pytest.raises(Stale):
        found(quoted, "完全不同的一段话，责任单位里没有它")


def test_a_later_version_keeps_what_still_stands_and_lists_what_does_not(desk: Desk) -> None:
    key = desk.item("一、").key
    desk.do(op="set", item=key, field="lead", index=0, span=desk.span("市财政局"))
    desk.do(op="set", item=desk.item("二、").key, field="lead", index=0, span=desk.span("市卫健委"))
    desk.do(op="add", item=desk.item("二、").key, field="support", span=desk.span("市民政局"))
    desk.reads(
        TEXT.replace("一、推进", "根据工作需要，重新印发如下。\n一、推进").replace(
            "市卫健委完善系统", "完善系统"
        )
    )
    shown, outdated = desk.applied()
    assert [one.correction for one in outdated] == [desk.made[1]]
    assert "市卫健委" in outdated[0].reason
    assert units(desk, "一、", "lead_departments") == ["市财政局"]
    assert units(desk, "二、", "lead_departments") == ["市住建局"]
    assert units(desk, "二、", "supporting_departments") == ["市民政局"]
    (issue,) = (issue for issue in shown.issues if issue.code == "stale_correction")
    assert issue.item == desk.item("二、").id


@pytest.mark.parametrize("seed", range(12))
def test_any_corrections_can_be_taken_back_found_again_and_measured(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    (made,) = circulars(1, seed)
    desk = Desk(source_of(made.text))
    some(desk, random, 8)
    assert len(desk.made) == 8
    shown, outdated = desk.applied()
    assert not outdated
    assert all(
        sum(limit.main for limit in item.time_limits) == bool(item.time_limits) for item in shown.items
    )
    for names in ([item.id for item in shown.items], [item.key for item in shown.items]):
        assert len(names) == len(set(names))
    assert all(apply(desk.parsed, desk.made[:n], made.text)[0] is not None for n in range(8))
    assert apply(desk.parsed, [], made.text)[0] == desk.parsed
    for folder, content in (("gold", gold(shown)), ("output", shown.model_dump(mode="json"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text(json.dumps(content), "utf-8")
    figures = Evaluation.of(tmp_path / "gold", tmp_path / "output").figures()
    assert {name: one.micro for name, one in figures.items() if one.micro < 1} == {}
