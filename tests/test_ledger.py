"""The ledger as openpyxl opens it: cells and their types, what a clerk may change, how it prints, where links lead."""

import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.writers import Unwritable
from pipeline.writers.ledger.book import Book
from pipeline.writers.xlsx import render
from schemas.circular import Issue, Rule
from tests import samples
from tests.ledgers import FIRST, HEAD, SHEETS, column, opened, values
from tests.stubs import circular, item, limit, unit

COLUMNS = [
    "序号", "事项", "任务内容", "牵头单位", "配合单位", "责任单位", "完成时限(原文)", "起始日期", "截止日期",
    "剩余天数", "状态", "进展情况", "来源(文号/页/条)", "备注",
]  # fmt: skip
SAMPLE = "qinghai_2021_15"


def day(text: str) -> dt.datetime:
    """A date as openpyxl gives it."""
    return dt.datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def ledger() -> Worksheet:
    return opened(samples.circular(SAMPLE))["督办台账"]


def test_the_sheets_and_the_columns() -> None:
    book = opened(samples.circular(SAMPLE))
    assert book.sheetnames == SHEETS
    assert [cell.value for cell in book["督办台账"][HEAD]] == COLUMNS


def test_every_task_is_a_row_and_every_other_item_stands_elsewhere() -> None:
    for name in samples.NAMES:
        made = samples.circular(name)
        book = opened(made)
        titles = {True: values(book["督办台账"], "事项"), False: values(book["其他条目"], "标题")}
        for is_task in (True, False):
            assert titles[is_task] == [item.title or None for item in made.items if item.is_task is is_task]


def test_values_are_those_of_the_circular(ledger: Worksheet) -> None:
    tasks = [item for item in samples.circular(SAMPLE).items if item.is_task]
    for label, field in zip(COLUMNS[3:6], ("lead", "supporting", "responsible"), strict=True):
        names = [[unit.name for unit in getattr(task, f"{field}_departments")] for task in tasks]
        assert values(ledger, label) == ["\n".join(units) or None for units in names]
    assert values(ledger, "任务内容") == [task.text for task in tasks]
    assert values(ledger, "完成时限(原文)") == [task.time_limits[0].text for task in tasks]
    assert values(ledger, "来源(文号/页/条)")[0] == "青总办〔2021〕15号\n二、(一)"


def test_dates_are_dates_and_numbers_are_numbers(ledger: Worksheet) -> None:
    assert values(ledger, "序号") == list(range(1, 22))
    assert values(ledger, "截止日期")[0] == day("2021-04-30")
    due = ledger[f"{column(ledger, '截止日期')}{FIRST}"]
    assert (due.number_format, due.is_date) == ("yyyy-mm-dd", True)


def test_days_are_counted_from_the_one_date_cell(ledger: Worksheet) -> None:
    book = ledger.parent
    assert {name: cell.attr_text for name, cell in book.defined_names.items()} == {
        "基准日期": "'督办台账'!$A$3",
        "预警天数": "'督办台账'!$C$3",
    }
    assert (ledger["A3"].value, ledger["C3"].value) == ("=TODAY()", 7)
    assert values(ledger, "剩余天数")[0] == '=IF(ISNUMBER(I5),IF(K5="已完成","",I5-基准日期),"")'


def test_what_has_no_date_says_why() -> None:
    limits = [
        limit("长期", kind="ongoing"),
        limit("每季度", kind="recurring"),
        limit("两会召开前", kind="relative"),
    ]
    made = circular(
        *(item(id=str(i), time_limits=(one,)) for i, one in enumerate(limits)), item(id="9", time_limits=())
    )
    said = [str(text).rsplit('"', 2)[1] for text in values(opened(made)["督办台账"], "剩余天数")]
    assert said == ["长期", "定期", "待定", ""]


def test_states_are_chosen_from_a_list(ledger: Worksheet) -> None:
    rules = {str(rule.sqref): rule for rule in ledger.data_validations.dataValidation}
    assert rules["K5:K25"].formula1 == '"未启动,推进中,已完成"'
    assert {place: rule.type for place, rule in rules.items()} == {
        "A3": "date",
        "C3": "whole",
        "K5:K25": "list",
    }


def test_colours_red_before_yellow_before_blue(ledger: Worksheet) -> None:
    formats = {str(place.sqref): place.rules for place in ledger.conditional_formatting}
    assert set(formats) == {f"{letter}5:{letter}25" for letter in "AHIJK"}
    red, yellow, blue = sorted(formats["I5:I25"], key=lambda rule: rule.priority)
    assert [rule.formula for rule in (red, yellow, blue)] == [
        ['AND(ISNUMBER($I5),$I5<基准日期,$K5<>"已完成")'],
        ['AND(ISNUMBER($H5),$H5<基准日期,OR($K5="",$K5="未启动"))'],
        ['AND(ISNUMBER($I5),$I5-基准日期<=预警天数,$K5<>"已完成")'],
    ]
    fills = [rule.dxf.fill.bgColor.rgb for rule in (red, yellow, blue)]
    assert fills == ["FFFFC7CE", "FFFFEB9C", "FFBDD7EE"]
    assert all(rule.stopIfTrue for rule in (red, yellow, blue))


def test_it_prints_on_a4_with_its_head_on_every_page() -> None:
    book = opened(samples.circular(SAMPLE))
    for sheet in book:
        head = HEAD if sheet.title == "督办台账" else 1
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${head}:${head}"
        assert "&P" in sheet.oddFooter.center.text
        assert sheet.freeze_panes == f"A{head + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{head}:")
        assert all(cell.alignment.wrap_text for cell in sheet[head + 1])


def test_each_department_has_its_tasks_role_by_role() -> None:
    units = {"lead_departments": (unit("甲局"),), "supporting_departments": (unit("乙局"), unit("丙局"))}
    made = circular(
        item(id="1", title="一事", **units),
        item(
            id="2",
            title="二事",
            lead_departments=(unit("乙局"),),
            supporting_departments=(),
            responsible_departments=(unit("甲局"),),
        ),
        item(id="3", title="三事", lead_departments=(), supporting_departments=()),
    )
    sheet = opened(made)["按单位"]
    rows = list(zip(*(values(sheet, label) for label in ("单位", "职责", "事项")), strict=True))
    assert rows == [
        ("甲局", "牵头", "一事"), ("甲局", "责任", "二事"), ("乙局", "牵头", "二事"), ("乙局", "配合", "一事"),
        ("丙局", "配合", "一事"), ("（未写明单位）", None, "三事"),
    ]  # fmt: skip


def test_departments_and_queries_lead_to_their_rows_wherever_sorting_puts_them() -> None:
    issues = (
        Issue(code="a", severity="warning", message="缺时限", item="2"),
        Issue(code="b", severity="info", message="编号不连续", item="1"),
        Issue(code="c", severity="error", message="文号不全"),
    )
    made = circular(
        item(id="1", is_task=False, time_limits=(), lead_departments=()), item(id="2"), issues=issues
    )
    book = opened(made)
    links = values(book["提示"], "所在行")
    assert "#'督办台账'!A\"&4+MATCH(1,'督办台账'!$A$5:$A$5,0)" in str(links[0])
    assert "#'其他条目'!A\"&MATCH(1,'其他条目'!$A:$A,0)" in str(links[1])
    assert links[2] is None
    assert values(book["提示"], "级别") == ["注意", "提示", "错误"]
    assert values(book["提示"], "内容") == ["缺时限", "编号不连续", "文号不全"]
    assert "MATCH(1,'督办台账'!$A$5:$A$5,0)" in str(values(book["按单位"], "台账序号")[0])
    assert "INDEX('督办台账'!$K$5:$K$5" in str(values(book["按单位"], "状态")[0])


def remarks(**changes: object) -> str:
    return str(values(opened(circular(item(**changes)))["督办台账"], "备注")[0])


def test_what_was_implied_says_so() -> None:
    implied = limit(end=dt.date(2021, 6, 30), implied=("year",), basis="doc_number")
    assert "时限年份原文未写，据文号推定" in remarks(time_limits=(implied,))
    assert "时限承自上级标题" in remarks(time_limits=(limit(evidence="inherited"),))
    assert "时限为大约时间" in remarks(time_limits=(limit(approximate=True),))
    assert "牵头单位甲局承自上级标题" in remarks(lead_departments=(unit("甲局", evidence="inherited"),))
    assert "“经济部”补全为“省总经济部”" in remarks(lead_departments=(unit("省总经济部", text="经济部"),))
    rule = Rule(text="列第一位者为牵头单位", span=(0, 2))
    assert "牵头单位据全文规定“列第一位者为牵头单位”确定" in remarks(
        lead_departments=(unit("甲局", basis=rule),)
    )
    assert "配合单位原文以“等”字收尾" in remarks(open_roles=("support",))
    assert "牵头单位甲局已更正" in remarks(lead_departments=(unit("甲局", corrected=True),))
    assert "时限已更正" in remarks(time_limits=(limit(corrected=True),))
    assert remarks() == "None"


@pytest.mark.parametrize(("implied", "italic"), [((), False), (("year",), True)])
def test_dates_that_were_completed_are_in_italics(implied: tuple[str, ...], italic: bool) -> None:
    made = circular(item(time_limits=(limit(end=dt.date(2021, 6, 30), implied=implied, basis="title"),)))
    assert opened(made)["督办台账"][f"I{FIRST}"].font.italic is italic


def test_further_limits_are_not_lost() -> None:
    limits = (
        limit("3月底前", main=False, end=dt.date(2021, 3, 31)),
        limit("年底前", end=dt.date(2021, 12, 31)),
    )
    sheet = opened(circular(item(time_limits=limits)))["督办台账"]
    assert values(sheet, "完成时限(原文)") == ["3月底前；年底前"]
    assert values(sheet, "截止日期") == [day("2021-12-31")]
    assert values(sheet, "备注") == ["另有时限“3月底前”（2021-03-31）"]


def test_the_source_names_the_page_where_there_are_pages() -> None:
    sheet = opened(circular(item(page=3)))["督办台账"]
    assert values(sheet, "来源(文号/页/条)") == ["《关于做好防汛工作的通知》\n第3页\n一、"]


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    sheet = Book().sheet("督办台账", ["事项"])
    sheet.put(1_048_575, 0, "最后一行")
    with pytest.raises(Unwritable, match="“督办台账”超过 1048576 行"):
        sheet.put(1_048_576, 0, "放不下")


def test_several_circulars_share_a_ledger() -> None:
    first, second = samples.circular(SAMPLE), samples.circular("tables")
    book = opened(first, second)
    sheet = book["督办台账"]
    assert values(sheet, "序号") == list(range(1, 37))
    assert {str(place).split("\n")[0] for place in values(sheet, "来源(文号/页/条)")} == {
        "青总办〔2021〕15号",
        "清政办发〔2021〕19号",
    }
    assert str(sheet["A2"].value).startswith("2 份公文")
    assert values(book["来源公文"], "标题") == [first.title, second.title]


def test_a_circular_without_tasks_and_none_at_all() -> None:
    book = opened(samples.circular("no_tasks"))
    assert book["督办台账"].max_row == HEAD
    assert "共 0 项任务" in str(book["督办台账"]["A2"].value)
    assert len(values(book["其他条目"], "标题")) == len(samples.circular("no_tasks").items)
    assert opened().sheetnames == SHEETS


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pipeline.writers.xlsx import render; from tests import samples;"
        f"sys.stdout.buffer.write(render([samples.circular({SAMPLE!r})]))"
    )
    here = Path(__file__).resolve().parent.parent
    made = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=here,
            check=True,
            capture_output=True,
            env=os.environ | changes,
        ).stdout
        for changes in ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"})
    ]
    assert made[0] == made[1] == render([samples.circular(SAMPLE)])
    assert openpyxl.load_workbook(io.BytesIO(made[0])).properties.created == day("2000-01-01")
