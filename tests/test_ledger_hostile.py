"""What a circular may hold stays what it is in the ledger: nothing runs, nothing is cut without a word."""

import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from pipeline.writers import render
from pipeline.writers.ledger.cells import MOST_BREAKS, MOST_CHARACTERS, fit, legible
from schemas.circular import Circular
from tests.ledgers import opened, values
from tests.stubs import circular, item, limit, unit

HOSTILE = [
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","点此")', "+1+1", "-1+1", "@SUM(1)", "=", "'=1", "{=1}",
    "\t制表", "甲\t乙", "甲\n乙", "甲\n\n乙", "  首尾空格  ", "http://x.example/", "mailto:a@x.example", "internal:Sheet1!A1",
    "1234567890123456789", "2021-06-30", "TRUE", "#N/A", "_x0041_", "&amp;<b>&\"'", "😀👨‍👩‍👧🇨🇳", "𠮷野家", "é", "０１２",
]  # fmt: skip
BOOKS = ("xlsx", "jiandaoyun", "mingdaoyun")


def hostile(text: str) -> Circular:
    named = {"title": text, "text": text, "number": text}
    tasks = item(
        **named, lead_departments=(unit(text),), supporting_departments=(), time_limits=(limit(text),)
    )
    other = item(id="2", title=text, text=text, is_task=False, lead_departments=(), time_limits=())
    return circular(tasks, other, name=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    book = opened(hostile(text))
    for label in ("事项", "任务内容", "牵头单位", "完成时限(原文)"):
        (cell,) = values(book["督办台账"], label)
        assert cell == text
    assert (
        values(book["按单位"], "单位")
        == values(book["其他条目"], "标题")
        == values(book["来源公文"], "文件")
        == [text]
    )


@pytest.mark.parametrize("form", BOOKS)
def test_no_cell_with_words_of_the_circular_is_a_formula(form: str) -> None:
    for text in HOSTILE[:8]:
        book = openpyxl.load_workbook(io.BytesIO(render(form, [hostile(text)])))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
        assert len(cells) >= 4
        assert {cell.data_type for cell in cells} == {"s"}
        if text[0] in "=+-@":
            assert all(cell.quotePrefix for cell in cells), "a cell that is edited would run"
        assert not any(sheet._hyperlinks for sheet in book)


def test_links_are_made_of_numbers_alone() -> None:
    """Nothing of a circular stands within a formula."""
    made = hostile('"&WEBSERVICE("http://x.example")&"')
    formulas = [
        cell.value
        for sheet in opened(made)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert not any("WEBSERVICE" in str(formula) for formula in formulas)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x00\x07\x1b乙", r"甲\x00\x07\x1b乙"),
        ("甲\u202e乙\u2066", r"甲\u202e乙\u2066"),
        ("甲\udcff乙", r"甲\udcff乙"),
        ("甲\ufffe乙", r"甲\ufffe乙"),
        ("甲\r\n乙\r丙\x0b", "甲\n乙\n丙\\x0b"),
    ],
)
def test_what_commands_the_display_is_spelled_out(text: str, shown: str) -> None:
    assert legible(text) == shown
    for form in BOOKS:
        data = render(form, [hostile(text)])
        found = [
            cell.value
            for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
            for cell in row
        ]
        assert shown in found


def test_what_no_cell_can_hold_is_cut_with_a_word() -> None:
    text = "督" * 40_000
    book = opened(circular(item(text=text)))
    (cell,) = values(book["督办台账"], "任务内容")
    assert str(cell).startswith("督" * 32_000)
    assert str(cell).endswith("见“提示”）")
    assert len(str(cell)) == MOST_CHARACTERS
    said = [str(message) for message in values(book["提示"], "内容")]
    assert any("“任务内容”共 40000 字，超过单元格上限 32767" in message for message in said)
    assert any("这一行太长" in message for message in said)
    for form in BOOKS[1:]:
        plain = openpyxl.load_workbook(io.BytesIO(render(form, [circular(item(text=text))])))
        assert plain.sheetnames == ["任务", "提示"]
        assert "共 40000 字" in str(plain["提示"]["B1"].value)


@pytest.mark.parametrize("text", ["😀" * 20_000, "督" * MOST_CHARACTERS + "😀", "a\n" * 300])
def test_a_cut_falls_between_characters_and_within_the_bounds(text: str) -> None:
    kept, message = fit(text)
    assert message
    assert kept.encode("utf-16-le")
    assert len(kept.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert kept.count("\n") <= MOST_BREAKS


@pytest.mark.parametrize("text", ["督" * MOST_CHARACTERS, "😀" * (MOST_CHARACTERS // 2), "a\n" * MOST_BREAKS])
def test_what_just_fits_is_whole(text: str) -> None:
    assert fit(text) == (text, None)


def test_every_part_is_xml() -> None:
    """What Excel would offer to repair: a part that is no XML, a string beyond the bounds."""
    made = [hostile(text + "\x01\ud800\uffff" + "长" * 33_000) for text in HOSTILE[:6]]
    for form in BOOKS:
        with zipfile.ZipFile(io.BytesIO(render(form, made))) as parts:
            for name in parts.namelist():
                for element in ElementTree.fromstring(parts.read(name)).iter():
                    assert len(element.text or "") <= MOST_CHARACTERS
