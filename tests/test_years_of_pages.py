"""A day that a web page prints for itself dates nothing in the circular that it shows."""

import pytest

from pipeline.run import parse
from schemas.text import Source

BODY = "（二）做好归档。各部门7月底前完成材料归档。\n（三）做好总结。"


def year(text: str) -> int | None:
    (circular,) = parse(Source("notice.txt", "text/plain", text, "0" * 64, "utf-8"))
    limit = circular.items[0].time_limits[0]
    return limit.end.year if limit.end else None


@pytest.mark.parametrize(
    "line",
    [
        "编辑：某某 | 2015-02-21 |",
        "发布时间：2015-02-21 来源：某网",
        "2015-02-21 上传",
        "上传：2015年2月21日",
        "更新日期：2015年2月21日",
        "添加时间 2015-02-21 浏览次数：12",
        "某某：同意，请尽快上报 ［2015-02-21］",
    ],
)
def test_a_page_lends_no_year(line: str) -> None:
    assert year(f"{line}\n{BODY}总结材料报办公室。") is None
    assert year(f"{BODY}总结材料报办公室。\n{line}\n") is None


@pytest.mark.parametrize("said", ["动员会于2015年2月21日召开。", "检查组已于2015年2月21日开展检查。"])
def test_a_day_of_the_body_lends_its_year(said: str) -> None:
    assert year(f"{BODY}{said}") == 2015


@pytest.mark.parametrize(
    ("said", "lent"),
    [
        ("现将《云川省水利厅关于防汛的通知》（云水〔2014〕1号）转发你们，请认真执行。", 2014),
        ("现将云水发〔2014〕1号文转发给你们，请认真执行。", 2014),
        ("现将云水发〔2014〕1号转给你们，请认真执行。", 2014),
        ("根据《云川省水利厅关于防汛的通知》（云水〔2014〕1号），现将有关事项通知如下。", None),
        (
            "现将《云川省水利厅关于防汛的通知》（云水〔2014〕1号）转发你们。动员会已于2015年2月21日召开。",
            2015,
        ),
    ],
)
def test_what_is_passed_on_lends_its_year_where_nothing_else_does(said: str, lent: int | None) -> None:
    assert year(f"{said}\n{BODY}") == lent


@pytest.mark.parametrize(
    ("said", "lent"),
    [
        ("现就做好2015年归档工作有关事项通知如下。", 2015),
        ("立项时间为2015年4月上旬。", 2015),
        ("云川县成立于2003年8月，辖3镇。", None),
        ("2015年全县产值增长5%。", None),
        ("2015年12月底前实现全覆盖。", None),
        ("动员会拟于2015年2月下旬召开。", 2015),
        ("到2035年基本实现现代化，2035年建成强市。", None),
        ("立项时间为2015年4月上旬，结题时间为2016年5月。", None),
        ("为总结2014年工作，做好2015年归档，现通知如下。", 2015),
        ("到2025年，归档率达到100%。", None),
        ("根据《2015年归档工作要点》，现通知如下。", None),
    ],
)
def test_months_and_the_only_year_of_a_text_lend_theirs(said: str, lent: int | None) -> None:
    assert year(f"{said}\n{BODY}") == lent


@pytest.mark.parametrize(
    ("title", "number", "lent"),
    [
        ("关于做好2015年归档工作的通知", "云档〔2014〕30号", 2015),
        ("关于做好2014年度总结的通知", "云档〔2015〕1号", 2015),
        ("关于做好2014年度总结的通知", "", 2014),
    ],
)
def test_a_title_of_a_year_that_is_over_lends_none(title: str, number: str, lent: int) -> None:
    assert year(f"{number}\n{title}\n各科室：\n{BODY}") == lent


@pytest.mark.parametrize(
    ("title", "limit", "lent"),
    [
        ("关于做好2018届毕业生资格审核的通知", "5月10日前", 2018),
        ("关于做好2018届毕业生资格审核的通知", "10月10日前", 2017),
        ("2017-2018学年第二学期期末工作安排", "6月28日前", 2018),
        ("2017-2018学年第一学期期末工作安排", "12月28日前", 2017),
        ("2011学年主题教育活动", "10月21日前", 2011),
        ("关于做好2018届校友返校的通知", "5月10日前", None),
    ],
)
def test_a_school_year_dates_what_nothing_else_does(title: str, limit: str, lent: int | None) -> None:
    assert year(f"{title}\n各学院：\n（一）做好审核。各学院{limit}完成审核。\n（二）做好总结。") == lent


@pytest.mark.parametrize(
    ("limit", "lent"),
    [
        ("12月31日（周四）前", 2020),
        ("1月4日（星期一）前", 2021),
        ("12月31日（周五）前", 2021),
        ("12月31日（周日）前", 2021),
        ("12月31日前", 2021),
        ("10月4日（周一）前", 2021),
        ("1月4日（周三）前", 2021),
        ("3月4日（周四）前", 2021),
    ],
)
def test_the_weekday_beside_a_day_tells_its_year(limit: str, lent: int) -> None:
    head = "云安办〔2020〕62号\n关于做好2021年会议安排的通知\n各科室：\n"
    assert year(f"{head}（一）做好报名。各科室{limit}报送名单。\n（二）做好总结。") == lent
