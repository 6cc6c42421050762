"""What is written: JSON under its schema, CSV that no spreadsheet runs, a ledger that reads on any screen."""

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator

from pipeline.console import printable
from pipeline.writers import FORMATS, render
from pipeline.writers.csv import HEADER, defuse
from pipeline.writers.explain import lines
from pipeline.writers.json import dumps, schema
from pipeline.writers.table import COLUMNS, cells, show, wrap
from schemas.circular import Circular, Issue, Rule
from schemas.text import Source
from tests.stubs import RAW, circular, item, limit, unit

BRANCH = (
    item(id="1", number="一、", title="防汛", is_task=False, time_limits=(), lead_departments=()),
    item(id="1.1", parent="1", number="（一）", title="排查隐患", level=2),
    item(id="2", number="二、", title="工作要求", is_task=False, time_limits=(), lead_departments=()),
)


def table(made: Circular, width: int) -> str:
    page = io.StringIO()
    show(made, page, width)
    return page.getvalue()


def rows(made: Circular) -> list[dict[str, str]]:
    text = render("csv", [made]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_json_obeys_the_schema_that_is_exported() -> None:
    checked = Draft202012Validator(schema())
    Draft202012Validator.check_schema(schema())
    published = json.loads(dumps(circular()))
    checked.validate(published)
    for missing in ("schema_version", "doc_number", "items"):
        assert not checked.is_valid({key: value for key, value in published.items() if key != missing})
    assert not checked.is_valid(published | {"unknown": 1})


def test_the_schema_requires_every_field_of_the_contract() -> None:
    kinds = schema()["$defs"].values()
    optional = {name for kind in kinds for name in set(kind["properties"]) - set(kind["required"])}
    assert optional == {"path", "spans", "rule", "page", "corrected"}, (
        "additions, which are left out where they are empty"
    )


def test_json_keeps_nulls_and_leaves_empty_additions_out() -> None:
    published = json.loads(dumps(circular()))
    assert published["doc_number"] is None
    assert published["items"][0]["time_limits"][0]["recurrence"] is None
    assert not {"spans", "rule"} & published["items"][0]["lead_departments"][0].keys()
    assert "path" not in published["source"]
    ruled = json.loads(dumps(circular(item(lead_departments=(unit("市水务局", rule="label"),)))))
    assert ruled["items"][0]["lead_departments"][0]["rule"] == "label"


def test_json_is_readable_text() -> None:
    data = render("json", [circular()])
    assert data.decode().startswith('{\n  "schema_version": "1.0",\n')
    assert data.endswith(b"}\n")
    assert "关于做好防汛工作的通知" in data.decode()
    assert b"\r" not in data


def test_csv_has_one_row_an_item() -> None:
    data = render("csv", [circular(*BRANCH)])
    assert data.startswith(b"\xef\xbb\xbf" + ",".join(HEADER).encode() + b"\n")
    assert data.count(b"\n") == 4
    assert b"\r" not in data
    row = rows(circular(*BRANCH))[1]
    assert (row["section"], row["number"], row["is_task"]) == ("一、防汛", "（一）", "true")


def test_csv_takes_its_dates_from_the_main_limit() -> None:
    limits = (limit("3月起", main=False, kind="ongoing"), limit("4—7月", kind="range"))
    limits = (limits[0], limits[1].model_copy(update={"start": "2021-04-01", "end": "2021-07-31"}))
    row = rows(circular(item(time_limits=limits)))[0]
    assert (row["time_limit"], row["start_date"], row["due_date"]) == (
        "3月起；4—7月",
        "2021-04-01",
        "2021-07-31",
    )


def test_csv_joins_names_and_messages() -> None:
    issues = tuple(Issue(code="x", severity="info", message=text, item="1") for text in ("缺时限", "缺牵头"))
    row = rows(circular(item(lead_departments=(unit("甲局"), unit("乙局"))), issues=issues))[0]
    assert (row["lead_departments"], row["issues"]) == ("甲局；乙局", "缺时限；缺牵头")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    hostile = start + 'HYPERLINK("http://x")'
    assert rows(circular(item(title=hostile), name=hostile))[0]["title"] == f"'{hostile}"
    assert rows(circular(item(title=hostile), name=hostile))[0]["source"] == f"'{hostile}"


@pytest.mark.parametrize("cell", ["报送", "1.2", "", "（-）", "4-7月"])
def test_harmless_cells_stay(cell: str) -> None:
    assert defuse(cell) == cell


def test_every_format_is_written() -> None:
    assert all(
        render(form, [circular()], [Source("通知.txt", "text/plain", RAW, "0" * 64)]) for form in FORMATS
    )


@pytest.mark.parametrize("width", [100, 120, 200])
def test_the_ledger_fits_its_width(width: int) -> None:
    page = table(circular(*BRANCH), width)
    assert max(map(cells, page.splitlines())) <= width
    assert all(name in page for name in COLUMNS)
    for words in ("市水务局", "市应急局", "6月底前", "排查隐患", "一、"):
        assert words in page
    assert "工作要求" not in page, "what is neither task nor above one is not listed"
    assert "共 3 条，其中任务 1 条" in page


@pytest.mark.parametrize("width", [30, 60, 99])
def test_a_narrow_terminal_gets_a_list(width: int) -> None:
    page = table(circular(item(title="排查隐患，" * 12), *BRANCH[2:]), width)
    assert max(map(cells, page.splitlines())) <= width
    assert "    牵头：市水务局\n" in page
    assert "│" not in page


def test_without_tasks_the_outline_is_shown() -> None:
    assert "工作要求" in table(circular(BRANCH[2]), 120)


def test_what_is_open_or_inherited_is_marked() -> None:
    units = (unit("市水务局", evidence="inherited"),)
    page = table(circular(item(lead_departments=units, open_roles=("lead",))), 120)
    assert "市水务局↑等" in page


def test_a_long_ledger_says_what_it_leaves_out() -> None:
    many = [item(id=str(i), number=f"{i}.") for i in range(1, 503)]
    issues = tuple(Issue(code="x", severity="warning", message="缺牵头", item="1") for _ in range(32))
    page = table(circular(*many, issues=issues), 120)
    assert "其余 2 条见 JSON" in page
    assert "另有 2 条提示" in page


def test_nothing_of_a_circular_commands_the_terminal() -> None:
    hostile = item(title="排查\x1b[2J隐患\u202e", lead_departments=(unit("市\x1b]0;x\x07局"),))
    for width in (60, 120):
        assert not set("\x1b\x07\u202e") & set(table(circular(hostile), width))
    assert "\x1b" not in "\n".join(lines(circular(hostile), RAW))


def test_lines_break_before_a_name_not_before_a_comma() -> None:
    assert list(wrap("甲局、乙局、丙局", 4)) == ["甲", "局、", "乙", "局、", "丙局"]
    assert list(wrap("各县（市、区）", 6)) == ["各县", "（市、", "区）"]
    assert list(wrap("", 4)) == [""]


def test_explanations_quote_the_source() -> None:
    basis = Rule(text="列第一位者为牵头单位", span=(0, 2))
    dated = limit("6月底前", implied=("year",), basis="title", rule="by")
    units = (unit("市水务局", rule="牵头单位", basis=basis),)
    text = "\n".join(lines(circular(item(time_limits=(dated,), lead_departments=units)), RAW))
    start = RAW.index("市水务局")
    assert f"牵头 市水务局 ← “市水务局”[{start}, {start + 4}) 依据标签，规则 牵头单位" in text
    assert "据全文规定“列第一位者为牵头单位”" in text
    assert "年份原文未写，据标题推定" in text


def test_printable_shows_what_it_hides() -> None:
    assert printable("a\udcff\n\x1b\u200b中　文") == r"a\udcff\n\x1b\u200b中　文"
