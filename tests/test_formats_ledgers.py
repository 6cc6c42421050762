"""Ledgers of Excel and CSV: one row a task, values as their cells show them, the same items as from the text."""

import datetime as dt
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.readers import Limits, Unreadable, csv, excel, read
from pipeline.readers.excel.numbers import shown
from pipeline.readers.parts import CALC
from pipeline.run import parse
from schemas.circular import Circular
from schemas.text import Source
from tests import formats, samples
from tests.test_formats_office import facts

ROWS = next(
    formats.cells(run) for tabled, run in formats.blocks(samples.source("tables").raw) if tabled
)  # the table of samples/tables.txt
ABOVE = ["清源县人民政府办公室关于印发2021年全县重点民生实事任务分解表的通知"]
BELOW = ["注：1.表中“责任单位”排名不分先后"]


def saved(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read(str(path))


def rows(found: Circular) -> list[tuple[object, ...]]:
    """What the rows of the first table say; the ids count the tables of a circular."""
    return [facts(item)[1:] for item in found.items if item.id.startswith("T1.")]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("台账.xlsx", formats.workbook),
        ("台账.csv", formats.separated),
        ("gbk.csv", lambda rows: formats.separated(rows, encoding="gb18030")),
        ("制表符.tsv", lambda rows: formats.separated(rows, "\t", "utf-16")),
        ("分号.csv", lambda rows: formats.separated(rows, ";")),
        ("台账.txt", formats.separated),
    ],
)
def test_a_ledger_gives_the_items_of_the_table(
    name: str, write: Callable[[formats.Rows], bytes], tmp_path: Path
) -> None:
    (found,) = parse(saved(tmp_path, name, write([ABOVE + [""] * 5, *ROWS, BELOW + [""] * 5])))
    assert rows(found) == rows(samples.circular("tables"))
    assert found.title == ABOVE[0]


@pytest.mark.skipif(not CALC.installed, reason="needs system package libreoffice-calc-nogui")
def test_old_workbooks_come_through_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(formats.workbook(ROWS))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xls",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    source = read(str(tmp_path / "a.xls"))
    assert source.media_type == "application/vnd.ms-excel"
    assert [one[:-1] for one in rows(parse(source)[0])] == [
        one[:-1] for one in rows(samples.circular("tables"))
    ]


def book(fill: Callable[[Any], None]) -> Source:
    made = openpyxl.Workbook()
    fill(made)
    stream = io.BytesIO()
    made.save(stream)
    return excel.read("a.xlsx", stream.getvalue(), Limits())


def told(source: Source) -> list[tuple[str, int, int, int, int]]:
    return [
        (source.raw[slice(*one.span)], one.row, one.column, one.rows, one.columns) for one in source.cells
    ]


def test_merged_cells_titles_notes_and_empty_rows() -> None:
    def fill(made: Any) -> None:
        sheet = made.active
        for row in [
            ["台账"],
            [],
            ["序号", "任务", "单位", ""],
            ["1", "修堤\n清淤", "市水务局", ""],
            [],
            ["", "", "市财政局", ""],
            ["注：略"],
        ]:
            sheet.append(row)
        for area in ("A1:D1", "C3:D3", "A4:A6", "B4:B6"):
            sheet.merge_cells(area)

    source = book(fill)
    assert source.raw == "台账\n序号\t任务\t单位\n1\t修堤\n清淤\t市水务局\n市财政局\n注：略\n"
    assert told(source) == [
        ("序号", 0, 0, 1, 1), ("任务", 0, 1, 1, 1), ("单位", 0, 2, 1, 2),
        ("1", 1, 0, 2, 1), ("修堤\n清淤", 1, 1, 2, 1), ("市水务局", 1, 2, 1, 1), ("市财政局", 2, 2, 1, 1),
    ]  # fmt: skip


def test_sheets_one_after_the_other_hidden_ones_set_aside() -> None:
    def fill(made: Any) -> None:
        made.active.title = "教育"
        made.active.append(["序号", "任务"])
        made.create_sheet("卫生").append(["序号", "事项"])
        hidden = made.create_sheet("草稿")
        hidden.append(["序号", "废稿"])
        hidden.sheet_state = "veryHidden"
        made.active.append(["1", "招生"])
        made.active.row_dimensions[2].hidden = True

    source = book(fill)
    assert source.raw == "教育\n序号\t任务\n1\t招生\n卫生\n序号\t事项\n"
    assert {cell.table for cell in source.cells} == {0, 1}
    assert {note.code: note.message for note in source.notes} == {
        "hidden_sheets": "隐藏的工作表 1 张未读入：草稿",
        "hidden_rows": "有 1 行在表中是隐藏的（例如被筛选掉），也读入了",
    }


def test_values_are_those_that_were_saved_and_formulas_are_not_worked_out() -> None:
    def fill(made: Any) -> None:
        sheet = made.active
        sheet.append(["序号", "时限", "比例", "金额", "是否"])
        sheet.append([1, dt.date(2021, 6, 30), 0.35, 1234567, True])
        sheet.append(["=1+1", '=HYPERLINK("http://127.0.0.1:9/","点击")', "=CMD|'/c calc'!A0", None, None])
        sheet["B2"].number_format = 'yyyy"年"m"月"d"日"'
        sheet["C2"].number_format = "0%"
        sheet["D2"].number_format = "#,##0"

    source = book(fill)
    assert source.raw == "序号\t时限\t比例\t金额\t是否\n1\t2021年6月30日\t35%\t1,234,567\tTRUE\n"
    assert [(note.code, "3 个公式" in note.message) for note in source.notes] == [("unsaved_formulas", True)]


@pytest.mark.parametrize(
    ("value", "code", "wanted"),
    [
        ("44377", "yyyy/m/d", "2021/6/30"),
        ("44377", "[$-804]yyyy\\-mm\\-dd;@", "2021-06-30"),
        ("44377.73", "m月d日 h:mm", "6月30日 17:31"),
        ("44377", "mmm-yy", "2021年6月"),
        ("0.5", "h:mm", "12:00"),
        ("3", "General", "3"),
        ("0.1", "General", "0.1"),
        ("12", '0"件"', "12件"),
        ("7", "000", "007"),
        ("1234.5", "#,##0.00_ ", "1,234.50"),
        ("1", "0_ ;[Red]\\-0\\ ", "1"),
        ("-3", "m/d", "-3"),
        ("1e400", "m/d", "inf"),
        ("9999999", "yyyy", "9999999"),
        ("6月", "0", "6月"),
    ],
)
def test_numbers_as_their_cells_show_them(value: str, code: str, wanted: str) -> None:
    assert shown(value, code) == wanted


def test_dates_counted_from_1904() -> None:
    assert shown("42915", "yyyy-mm-dd", mac=True) == "2021-06-30"


def test_separators_and_line_ends_inside_quotes() -> None:
    source = csv.read("a.csv", '序号,任务,单位\n1,"修堤,清淤\r\n（""重点""）",市水务局\n'.encode(), Limits())
    assert told(source)[3:] == [
        ("1", 1, 0, 1, 1),
        ('修堤,清淤\n（"重点"）', 1, 1, 1, 1),
        ("市水务局", 1, 2, 1, 1),
    ]


@pytest.mark.parametrize("name", ["通知.csv", "通知.txt"])
def test_prose_with_commas_is_a_text(name: str, tmp_path: Path) -> None:
    text = "关于做好防汛工作的通知\n各县,各乡镇:\n一、排查隐患,市水务局牵头,6月底前完成。\n二、储备物资。\n"
    assert saved(tmp_path, name, text.encode()).raw == text


@pytest.mark.parametrize("name", samples.NAMES)
def test_no_sample_is_taken_for_a_table(name: str) -> None:
    assert samples.source(name).media_type == "text/plain"


def test_a_workbook_without_sheets() -> None:
    data = formats.archive({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0"})
    with pytest.raises(Unreadable, match="另存为 xlsx"):
        excel.read("a.xlsb", data, Limits())
