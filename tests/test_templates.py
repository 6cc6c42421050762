"""An office's own columns: what a template may say, what is said where it is wrong, and the tables made by it."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from pipeline.__main__ import run
from pipeline.writers import FORMATS, render
from pipeline.writers.ledger.rows import FIELDS
from pipeline.writers.ledger.template import Template, WrongTemplate, bundled, load
from tests import samples
from tests.ledgers import HEAD, opened, values
from tests.stubs import circular, item, limit, unit

EXAMPLE = samples.FOLDER / "ledger.toml"
ROOT = samples.FOLDER.parent


def written(folder: Path, text: str) -> Path:
    path = folder / "模板.toml"
    path.write_text(text, "utf-8")
    return path


def columns(*fields: str) -> Template:
    return Template.model_validate({"columns": [{"label": field, "field": field} for field in fields]})


def table(form: str, *fields: str) -> list[list[str]]:
    text = render(form, [samples.circular("company")], template=columns(*fields)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_example_is_the_one_that_the_readme_explains() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "samples/ledger.toml" in readme
    assert all(f"`{field}`" in readme for field in FIELDS), [f for f in FIELDS if f"`{f}`" not in readme]
    made = load(EXAMPLE)
    assert [column.label for column in made.columns][:4] == ["序号", "重点任务", "具体事项", "牵头单位"]


def test_the_example_as_a_ledger() -> None:
    book = opened(samples.circular("company"), template=load(EXAMPLE))
    sheet = book["督办台账"]
    assert sheet["A1"].value == "重点工作任务分解表"
    labels = [cell.value for cell in sheet[HEAD] if cell.value]
    assert labels == [column.label for column in load(EXAMPLE).columns]
    assert values(sheet, "分管领导批示") == [None] * 9
    assert values(sheet, "责任单位")[0] == "各单位、安全环保部"
    assert sheet.column_dimensions["C"].width == pytest.approx(30, abs=1)
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"] == [
        '"未启动,推进中,已办结"'
    ]
    assert '="已办结"' in str(values(sheet, "倒计时（天）")[0])


def test_the_standard_ledger_is_a_template_too() -> None:
    made = [samples.circular("company")]
    assert render("xlsx", made) == render("xlsx", made, template=bundled("standard"))


def test_a_template_for_csv() -> None:
    head, *rows = table("csv", "title", "due_date", "lead_departments")
    assert head == ["title", "due_date", "lead_departments"]
    assert rows[0] == ["开展全员安全大讨论", "2022-05-20", "工会、党群工作部"]
    assert len(rows) == 9


def test_cells_of_a_templated_csv_are_defused() -> None:
    template = Template.model_validate({"columns": [{"label": "=1+1", "field": "title"}]})
    text = render("csv", [circular(item(title="=cmd()"))], template=template).decode("utf-8-sig")
    assert text == "'=1+1\n'=cmd()\n"


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_fills_a_column(field: str) -> None:
    needed = {"remaining_days": ("remaining_days", "due_date")}.get(field, (field,))
    made = [samples.circular(name) for name in ("tables", "utf16")]
    cells = values(opened(*made, template=columns(*needed))["督办台账"], field)
    assert len(cells) == sum(item.is_task for one in made for item in one.items)
    never = {"status", "progress", "page", "recurrence"}  # of those texts, which have no pages
    assert any(cells) is (field not in never)


def test_a_template_may_list_every_item() -> None:
    template = Template.model_validate({"rows": "items", "columns": [{"label": "编号", "field": "number"}]})
    book = opened(samples.circular("company"), template=template)
    assert len(values(book["督办台账"], "编号")) == len(samples.circular("company").items)
    assert book["其他条目"].max_row == 1


def test_a_ledger_of_a_single_column_still_has_its_links() -> None:
    book = opened(samples.circular("company"), template=columns("title"))
    assert "MATCH" not in str(values(book["按单位"], "台账序号")[0])
    assert values(book["按单位"], "截止日期")[0] == dt.datetime.fromisoformat("2022-05-20")
    assert set(book.defined_names) == {"基准日期", "预警天数"}


def test_colours_are_those_that_the_columns_allow() -> None:
    def legend(*fields: str) -> list[str]:
        row = opened(samples.circular("company"), template=columns(*fields))["督办台账"][3]
        return [str(cell.value)[0] for cell in row if isinstance(cell.value, str) and "：" in cell.value]

    assert legend("title", "start_date", "due_date", "status") == ["红", "黄", "蓝", "斜"]
    assert legend("title", "due_date") == ["红", "蓝", "斜"]
    assert legend("title") == []


WRONG = [
    ('[[columns]]\nfield = "title"', "第 1 列（columns）的 label 缺少这一项"),
    (
        '[[columns]]\nlabel = "甲"\n[[columns]]\nlabel = "乙"\nfield = "titel"',
        "第 2 列（columns）的 field 没有字段 titel",
    ),
    ("[[columns]]\nlabel = 3", "第 1 列（columns）的 label 应是文字"),
    ('[[columns]]\nlabel = ""', "第 1 列（columns）的 label 不能是空的"),
    ('[[columns]]\nlabel = "甲"\nwidth = 500', "第 1 列（columns）的 width 不能大于 100"),
    (
        '[[columns]]\nlabel = "甲"\nfeild = "title"',
        "没有 第 1 列（columns）的 feild 这一项；可用的是 label、field、width",
    ),
    ('titel = "甲"\n[[columns]]\nlabel = "甲"', "没有 titel 这一项；可用的是 title、rows"),
    ('rows = "all"\n[[columns]]\nlabel = "甲"', "rows 只能是 tasks"),
    ('warning_days = -1\n[[columns]]\nlabel = "甲"', "warning_days 不能小于 0"),
    ('states = ["完成"]\n[[columns]]\nlabel = "甲"', "states 不能少于 2 个"),
    ('states = ["未,启动", "完成"]\n[[columns]]\nlabel = "甲"', "states 各状态合起来不能超过 255 个字"),
    ('states = [1, 2]\n[[columns]]\nlabel = "甲"', "states 的第 1 个 应是文字"),
    ('columns = ["甲"]', "第 1 列（columns） 应写成 [[columns]] 一节"),
    ('title = "甲"', "columns 缺少这一项"),
    ("columns = []", "columns 不能少于 1 个"),
    ('[[columns]]\nlabel = "甲"\nfield = "remaining_days"', "有 remaining_days 就要有 due_date"),
    ("label = 甲", "不合 TOML 写法"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_said_with_file_and_key(text: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(WrongTemplate) as wrong:
        load(path)
    assert said in str(wrong.value)
    assert str(path) in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_files_that_are_no_templates(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "没有.toml", "打不开"), (tmp_path, "打不开")):
        with pytest.raises(WrongTemplate, match=said):
            load(path)
    (tmp_path / "gbk.toml").write_bytes('title = "台账"'.encode("gb18030"))
    with pytest.raises(WrongTemplate, match="不是 UTF-8"):
        load(tmp_path / "gbk.toml")


def called(*arguments: str) -> int:
    return run(["parse", str(samples.FOLDER / "company.txt"), *arguments])


def test_the_option_of_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ("--out", str(tmp_path), "--template", str(EXAMPLE))
    assert called("--format", "xlsx", "--format", "csv", *out) == 0
    sheet = openpyxl.load_workbook(tmp_path / "company.xlsx")["督办台账"]
    assert sheet["A1"].value == "重点工作任务分解表"
    assert (tmp_path / "company.csv").read_text("utf-8-sig").startswith("序号,重点任务,具体事项")
    capsys.readouterr()
    assert called("--format", "json", *out) == 2
    assert "--template 只用于 csv、xlsx" in capsys.readouterr().err
    assert called("--format", "xlsx", "--out", str(tmp_path), "--template", str(tmp_path / "没有.toml")) == 2
    assert "打不开" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["jiandaoyun", "mingdaoyun"])
def test_workbooks_to_import(form: str) -> None:
    due = limit(start=dt.date(2021, 6, 1), end=dt.date(2021, 6, 30))
    tasks = item(
        title="排查",
        supporting_departments=(unit("甲局"), unit("乙局")),
        time_limits=(due,),
        key="0123456789ab",
    )
    data = render(form, [circular(tasks, item(id="2", is_task=False))])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert FORMATS[form].suffix == f".{form}.xlsx"
    assert book.sheetnames == ["任务"]
    head, *rows = book["任务"].iter_rows(values_only=True)
    (row,) = rows
    cells = dict(zip(head, row, strict=True))
    assert (cells["任务编号"], cells["事项"]) == ("0123456789ab", "排查")
    assert (cells["起始日期"], cells["截止日期"], cells["配合单位"]) == (
        "2021-06-01",
        "2021-06-30",
        "甲局,乙局",
    )
    assert all(head), "an empty name of a column is refused"
    assert not book["任务"].merged_cells.ranges
