"""What could not be read is asked about, in words that name the item."""

import pytest

from tests.test_roles import AFTER, BEFORE, FOOT, HEAD, circular

CASES = {
    "empty_label": ("推进审批改革。牵头单位：\n完成时限：6月底前", "牵头单位："),
    "unread_time_limit": ("推进审批改革。（责任单位：市教育局；完成时限：按省统一部署）", "按省统一部署"),
    "unread_department": ("推进审批改革。责任单位：做好统筹，抓紧开展排查", "做好统筹，抓紧开展排查"),
    "ambiguous_role": ("推进审批改革。（牵头单位：市教育局；配合单位：市教育局、市财政局）", "市教育局"),
    "other_weekday": ("推进审批改革。（市教育局负责，9月30日（周一）前完成）", "9月30日（周一）前"),
    "impossible_date": ("推进审批改革。（市教育局负责，9月31日前完成）", "9月31日前"),
}


@pytest.mark.parametrize(("code", "text", "words"), [(code, *case) for code, case in CASES.items()])
def test_a_query_names_the_item_and_the_words(code: str, text: str, words: str) -> None:
    raw = f"{HEAD.format(title='关于推进审批改革的通知')}{BEFORE}{text}{AFTER}{FOOT}"
    found = circular(raw)
    (query,) = [issue for issue in found.issues if issue.code == code]
    assert query.span is not None
    assert raw[slice(*query.span)] == words
    assert "（二）" in query.message
    assert words in query.message
    assert query.item == next(item.id for item in found.items if item.number == "（二）")


@pytest.mark.parametrize(
    "text",
    [
        "推进审批改革。（责任单位：市教育局；完成时限：无）",
        "活动时间：\n1.动员。3月底前完成。\n2.实施。4月起推进。",
    ],
)
def test_what_says_nothing_on_purpose_is_no_query(text: str) -> None:
    found = circular(f"{HEAD.format(title='关于推进审批改革的通知')}{BEFORE}{text}{AFTER}{FOOT}")
    assert not {issue.code for issue in found.issues} & set(CASES)
