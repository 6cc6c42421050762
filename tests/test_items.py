"""Whole circulars, item by item: number, title, who and by when, each item as one line of tests/cases/items.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import parse
from schemas.circular import Circular, Item
from schemas.text import Source

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("items.toml").read_text("utf-8"))["case"]


def circular(raw: str) -> Circular:
    (found,) = parse(Source("case.txt", "text/plain", raw, "0" * 64, "utf-8"))
    return found


def line(item: Item) -> str:
    """（二） 集中整治 | 牵头 县住建局 | 配合 县城管局 | 4月: what is missing is left out."""
    roles = (item.lead_departments, item.supporting_departments, item.responsible_departments)
    said = [
        f"{role} {'、'.join(unit.text for unit in units)}"
        for role, units in zip(("牵头", "配合", "责任"), roles, strict=True)
        if units
    ]
    times = "；".join(limit.text for limit in item.time_limits if limit.evidence != "inherited")
    return " | ".join([f"{item.number} {item.title}", *said, *([times] if times else [])])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_items(case: dict[str, Any]) -> None:
    found = circular(case["text"])
    assert [line(item) for item in found.items] == case["items"]
    if "issues" in case:
        asked = [(issue.code, case["text"][slice(*issue.span)]) for issue in found.issues if issue.span]
        assert [pair for pair in asked if pair[0] in case.get("codes", [])] == [
            tuple(one) for one in case["issues"]
        ]


NOTICE = "关于做好整治工作的通知\n各镇：\n一、加强领导。各镇要成立专班。\n二、强化保障。落实经费，配齐人员。\n{}\n县整治办\n2022年5月3日\n"


@pytest.mark.parametrize(
    "closing",
    [
        "各单位贯彻落实情况，请于12月底前报县政府办公室。",
        "各镇工作方案及联络员名单于6月15日前报县整治办。",
        "请认真贯彻执行，并于6月底前将落实情况报县政府。",
        "工作总结于2022年11月30日前报送县整治办邮箱。",
        "请各镇每月25日前报送进展情况。",
        "各镇务必在5月20日前完成自查并上报。",
        "请相关单位于6月10日下班前反馈意见。",
    ],
)
def test_a_closing_paragraph_is_told_and_is_no_item(closing: str) -> None:
    found = circular(NOTICE.format(closing))
    assert [line(item) for item in found.items] == ["一、 加强领导", "二、 强化保障"]
    (asked,) = [issue for issue in found.issues if issue.code == "unnumbered_duty"]
    assert closing.rstrip("。") in asked.message


@pytest.mark.parametrize(
    "closing",
    ["本方案由县住建局负责解释，自印发之日起施行。", "特此通知。", "有关情况请及时报县政府办公室。"],
)
def test_closing_words_that_order_nothing_are_no_query(closing: str) -> None:
    found = circular(NOTICE.format(closing))
    assert [line(item) for item in found.items] == ["一、 加强领导", "二、 强化保障"]
    assert not [issue for issue in found.issues if issue.code == "unnumbered_duty"]


def test_a_paragraph_that_asks_for_no_report_is_the_unit_s_own() -> None:
    found = circular(NOTICE.format("县财政局牵头，6月底前拨付到位。"))
    assert line(found.items[1]) == "二、 强化保障 | 牵头 县财政局 | 6月底前"


LIST = "关于做好申报工作的通知\n各镇：\n一、报送材料\n1.项目申报书。\n2.资金预算表。\n{}\n二、加强宣传。各镇要广泛宣传。\n县发改局\n2022年5月3日\n"


@pytest.mark.parametrize(
    "closing",
    [
        "以上材料请于9月20日前报送县发改局。",
        "上述两项材料一式三份，于9月20日前报县发改局，过期不予受理。",
        "以上申报材料9月20日前送县发改局项目股。",
        "上述表格电子版务必于9月20日前发至县发改局邮箱。",
        "以上2份文件须在9月20日前提交。",
    ],
)
def test_what_is_said_of_a_whole_list_belongs_above_it(closing: str) -> None:
    found = circular(LIST.format(closing))
    above, *members = found.items
    assert [line(item) for item in members] == ["1. 项目申报书", "2. 资金预算表", "二、 加强宣传"]
    assert line(above) == "一、 报送材料 | 9月20日前"
    assert not any(item.time_limits for item in members)
    assert closing.rstrip("。") in above.text


@pytest.mark.parametrize(
    "own", ["以上单位名单于9月20日前公布。", "由县财政局于9月20日前审核。", "其中以上材料于9月20日前报送。"]
)
def test_a_second_paragraph_of_the_last_member_stays_its_own(own: str) -> None:
    found = circular(
        LIST.replace("1.项目申报书。", "1.项目申报书。\n以上单位名单由县统计局提供完成。").format(own)
    )
    assert own.rstrip("。") in found.items[2].text


def test_what_stands_in_the_paragraph_above_the_list_goes_with_it() -> None:
    found = circular(
        LIST.format("以上材料由各镇整理，报县发改局（责任单位：县统计局；完成时限：9月20日前）。")
    )
    assert line(found.items[0]) == "一、 报送材料 | 责任 县统计局 | 9月20日前"
    alone = circular(
        "关于报送材料的通知\n各镇：\n请抓紧准备。\n以上材料请于9月20日前报送县发改局。\n县发改局\n2022年5月3日\n"
    )
    assert alone.items == ()
