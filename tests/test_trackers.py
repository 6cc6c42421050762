"""What trackers import: their headers, exact; escaped markup; dates; parents; batches; nothing cut unsaid."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest

from pipeline.writers import render
from schemas.circular import Circular, Item
from tests import samples
from tests.stubs import circular, item, limit, unit

HEADERS = {
    "jira": "Summary,Issue Type,Description,Assignee,Reporter,Priority,Due Date",
    "redmine": "subject,description,assigned_to,parent_issue_id,start_date,due_date,done_ratio",
    "gitlab": "title,description,due date",
}
DESCRIPTION = {"jira": "Description", "redmine": "description", "gitlab": "description"}
TITLE = {"jira": "Summary", "redmine": "subject", "gitlab": "title"}
DUE = dt.date(2021, 6, 30)
BRANCH = (
    item(id="1", number="一、", title="防汛", is_task=False, time_limits=(), lead_departments=()),
    item(id="1.1", parent="1", number="（一）", title="排查隐患", level=2),
    item(id="2", number="二、", title="工作要求", is_task=False, time_limits=(), lead_departments=()),
    item(id="3", number="三、", title="抗旱"),
)


def rows(form: str, *items: Item) -> list[dict[str, str]]:
    text = render(form, [circular(*items)]).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def fields(made: Circular) -> list[dict[str, Any]]:
    bodies = json.loads(render("feishu", [made]))
    return [record["fields"] for body in bodies for record in body["records"]]


@pytest.mark.parametrize("form", HEADERS)
def test_the_header_is_the_trackers_own(form: str) -> None:
    data = render(form, [samples.circular("company")])
    assert data.startswith(HEADERS[form].encode() + b"\r\n"), "no byte order mark, no other name"
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))) >= 10


@pytest.mark.parametrize("form", HEADERS)
def test_a_task_is_an_issue(form: str) -> None:
    (row,) = rows(form, item(time_limits=(limit(end=DUE),), text="逐库检查。"))
    assert row[TITLE[form]] == "一、排查隐患"
    assert "2021-06-30" in row.values()
    for words in (
        "任务内容：逐库检查。",
        "牵头单位：市水务局",
        "配合单位：市应急局",
        "完成时限：6月底前（2021-06-30 止）",
    ):
        assert words in row[DESCRIPTION[form]]


def test_who_is_assigned() -> None:
    led, answered = (
        item(),
        item(lead_departments=(), responsible_departments=(unit("市教育局"), unit("市财政局"))),
    )
    assert [row["Assignee"] for row in rows("jira", led, answered)] == ["市水务局", "市教育局"]
    assert [row["assigned_to"] for row in rows("redmine", led, answered)] == ["市水务局", "市教育局"]


def test_redmine_keeps_the_headings_as_parents_by_row() -> None:
    found = rows("redmine", *BRANCH)
    assert [(row["subject"], row["parent_issue_id"]) for row in found] == [
        ("一、防汛", ""),
        ("（一）排查隐患", "1"),
        ("三、抗旱", ""),
    ]
    two = render("redmine", [circular(*BRANCH), circular(*BRANCH)]).decode("utf-8")
    parents = [row["parent_issue_id"] for row in csv.DictReader(io.StringIO(two, newline=""))]
    assert parents == ["", "1", "", "", "4", ""], "rows are counted over the whole file"


@pytest.mark.parametrize(
    ("form", "hostile", "escaped"),
    [
        ("jira", "!https://x/y.png! {html}[~admin]", r"\!https://x/y.png\! \{html\}\[\~admin\]"),
        ("redmine", "{{include(x)}} ![](y)", r"\!\{\{include(x)\}\} \!\[\](y)"),
        ("gitlab", "@all ![](y) <b> ~x", r"\@all \!\[\](y) \<b\> \~x"),
    ],
)
def test_markup_of_the_circular_does_nothing(form: str, hostile: str, escaped: str) -> None:
    (row,) = rows(form, item(text=hostile))
    assert f"任务内容：{escaped}" in row[DESCRIPTION[form]]


def test_gitlab_runs_no_quick_action_and_calls_nobody() -> None:
    (row,) = rows("gitlab", item(title="@all", text="一\n/close\n/assign @root"))
    assert not [line for line in row["description"].splitlines() if line.startswith("/")]
    assert row["title"] == "一、＠all"


@pytest.mark.parametrize("form", HEADERS)
@pytest.mark.parametrize("title", ["长" * 300, "🎉" * 200, "长" * 252])
def test_a_title_that_is_too_long_stands_in_the_description(form: str, title: str) -> None:
    (row,) = rows(form, item(title=title))
    cut = row[TITLE[form]]
    assert len(cut.encode("utf-16-le")) // 2 <= 255
    assert cut.endswith("…") == (f"事项：一、{title}" in row[DESCRIPTION[form]]) == (len(title) != 252)


@pytest.mark.parametrize(("form", "most"), [("jira", 32_767), ("redmine", 20_000), ("gitlab", 1_000_000)])
def test_a_text_that_does_not_fit_says_so(form: str, most: int) -> None:
    csv.field_size_limit(2_000_000)
    (row,) = rows(form, item(text="长" * (most + 1)))
    said = row[DESCRIPTION[form]]
    assert most - 20 < len(said) <= most
    assert said.endswith("字，全文见来源）")
    assert "牵头单位：市水务局" in said, "the short facts stand first"
    left = int(said.rpartition("略去 ")[2].partition(" 字")[0])
    assert said.count("长") + left == most + 1


def test_feishu_dates_are_milliseconds_in_china_and_batches_hold_500() -> None:
    (one,) = fields(circular(item(time_limits=(limit(start=dt.date(2021, 4, 1), end=DUE, kind="range"),))))
    china = dt.timezone(dt.timedelta(hours=8))
    days = [dt.datetime.fromtimestamp(one[key] / 1000, china) for key in ("起始日期", "截止日期")]
    assert [str(day) for day in days] == ["2021-04-01 00:00:00+08:00", "2021-06-30 00:00:00+08:00"]
    assert (one["牵头单位"], one["配合单位"]) == (["市水务局"], ["市应急局"])
    assert "责任单位" not in one, "what is not said is left out"
    bodies = json.loads(render("feishu", [circular(*[item(id=str(n)) for n in range(1001)])]))
    assert [len(body["records"]) for body in bodies] == [500, 500, 1]


def test_lines_of_json() -> None:
    made = samples.circular("tables")
    whole = render("jsonl", [made, made]).decode("utf-8").splitlines()
    assert [Circular.model_validate_json(line) for line in whole] == [made, made]
    lines = [json.loads(line) for line in render("items.jsonl", [made]).decode("utf-8").splitlines()]
    assert [Item.model_validate_json(json.dumps(line["item"])) for line in lines] == list(made.items)
    assert {line["circular"]["id"] for line in lines} == {made.id}
    said = [issue for line in lines for issue in line["issues"]] + lines[0]["circular"]["issues"]
    assert len(said) == len(made.issues)


def test_a_line_ends_for_every_reader_where_it_ends() -> None:
    hostile = circular(item(title="排查\u2028隐患\u2029\x85", text="一\r\n二\x0b"))
    for form in ("jsonl", "items.jsonl"):
        assert len(render(form, [hostile]).decode("utf-8").splitlines()) == 1
    assert Circular.model_validate_json(render("jsonl", [hostile])) == hostile
