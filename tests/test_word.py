"""Word documents: what a person sees, and nothing else, in reading order."""

import tomllib
from pathlib import Path

import pytest
import regex

from pipeline.readers import Limits, word
from schemas.text import Cell
from tests.packages import STRICT, extended, p, package, r, source, text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "word.toml").read_text("utf-8"))["words"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_words(case: dict[str, str]) -> None:
    inside = regex.sub("«([^»]*)»", lambda match: r(match[1]), case["xml"])
    before = "" if case.get("top") else p("首段")
    wanted = case["text"] if case.get("top") else f"首段\n{case['text']}"
    assert text(before + f"<w:p>{inside}</w:p>") == wanted


def test_a_deleted_end_joins_paragraphs() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    assert text(p("由市水务局", gone) + p("牵头。") + p("二")) == "由市水务局牵头。\n二"


def test_the_strict_namespace_reads_alike() -> None:
    assert source(p("一") + table(row("甲", "乙")), STRICT).raw == "一\n甲\t乙\n"


def test_contents_are_set_aside_and_said() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="toc 1"/></w:style>'
    found = source(p("一、总体要求\t1", '<w:pStyle w:val="a1"/>') + p("正文"), styles=styles)
    assert found.raw == "正文\n"
    assert [note.code for note in found.notes] == ["table_of_contents"]


def test_what_is_left_out_is_said() -> None:
    data = extended(package(p("正文") + '<w:altChunk r="x"/>'), {"word/vbaProject.bin": b"\0"})
    found = word.read("通知.docm", data, Limits())
    assert [note.code for note in found.notes] == ["foreign_part", "macros"]


def test_footnotes_are_counted_where_the_document_has_them() -> None:
    notes = '<w:footnote w:type="separator" w:id="0"/><w:footnote w:id="1">' + p("脚注") + "</w:footnote>"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    data = extended(package(p("正文"), footnotes=notes), {"word/_rels/document.xml.rels": relations})
    (note,) = word.read("通知.docx", data, Limits()).notes
    assert "1 条脚注" in note.message


def cell(words: str, properties: str = "") -> str:
    inside = words if words.startswith("<") else p(words)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


DOWN, BEGINS = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'


def placed(body: str) -> dict[str, tuple[int, ...]]:
    """Words of every cell: table, row, column, rows, columns."""
    found = source(body)
    return {
        found.raw[one.span[0] : one.span[1]]: (one.table, one.row, one.column, one.rows, one.columns)
        for one in found.cells
    }


def test_merged_cells() -> None:
    body = table(
        row(cell("任务", BEGINS), cell("单位", '<w:gridSpan w:val="2"/>')),
        row(cell("", DOWN), "牵头", "配合"),
        row("修路", "甲局", "乙局", properties='<w:gridBefore w:val="0"/>'),
        row("架桥", "丙局", properties='<w:gridBefore w:val="1"/>'),
    )
    assert placed(body) == {
        "任务": (0, 0, 0, 2, 1),
        "单位": (0, 0, 1, 1, 2),
        "牵头": (0, 1, 1, 1, 1),
        "配合": (0, 1, 2, 1, 1),
        "修路": (0, 2, 0, 1, 1),
        "甲局": (0, 2, 1, 1, 1),
        "乙局": (0, 2, 2, 1, 1),
        "架桥": (0, 3, 1, 1, 1),
        "丙局": (0, 3, 2, 1, 1),
    }


def test_merges_of_old_word_and_merges_without_a_beginning() -> None:
    wide = cell("甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>")
    body = table(f"<w:tr>{wide}</w:tr>", row(cell("悬空", DOWN), "乙"))
    assert placed(body) == {"甲": (0, 0, 0, 1, 2), "悬空": (0, 1, 0, 1, 1), "乙": (0, 1, 1, 1, 1)}


def test_rows_and_cells_that_were_deleted() -> None:
    gone = row("废", "止", properties="<w:del/>")
    body = table(row("留", cell("删", "<w:cellDel/>"), "存"), gone, row("下", "行"))
    assert source(body).raw == "留\t存\n下\t行\n"


def test_the_text_of_a_table_shows_rows_as_lines() -> None:
    two = cell(p("第一段") + p("") + p("第二段\t后"))
    found = source(p("前") + table(row(two, "乙"), row("", "丁")) + p("后"))
    assert found.raw == "前\n第一段\n第二段 后\t乙\n\t丁\n后\n"
    assert found.cells[0] == Cell(0, 0, 0, (2, 11))


def test_a_table_that_holds_another_lays_the_page_out() -> None:
    inner = table(row("甲", "乙"))
    found = source(table(row(cell(p("外") + inner + p("尾")), "右")))
    assert [found.raw[one.span[0] : one.span[1]] for one in found.cells] == ["甲", "乙"]
    assert found.raw.split() == ["外", "甲", "乙", "尾", "右"]


def test_rows_and_cells_in_content_controls() -> None:
    held = f"<w:sdt><w:sdtPr/><w:sdtContent>{row('二', '乙')}</w:sdtContent></w:sdt>"
    kept = f"<w:tr><w:sdt><w:sdtContent>{cell('三')}</w:sdtContent></w:sdt>{cell('丙')}</w:tr>"
    assert source(table(row("一", "甲"), held, kept)).raw == "一\t甲\n二\t乙\n三\t丙\n"


PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"
HARD = '<w:r><w:br w:type="page"/></w:r>'
APP = '<Properties xmlns="x"><Pages>{}</Pages></Properties>'


@pytest.mark.parametrize(
    ("body", "said", "pages"),
    [
        (p("甲") + p(PAGE + r("乙")) + p(r("丙") + PAGE + r("丁")), 3, (0, 2, 5)),
        (p("甲") + p(HARD) + p(PAGE + r("乙")), 2, (0, 4)),
        (p("甲") + p(PAGE + r("乙")), 3, ()),
        (p("甲") + p("乙"), 1, ()),
        (
            table(
                row("甲", "乙"), row(cell(f"<w:p>{PAGE}{r('丙')}</w:p>"), cell(f"<w:p>{PAGE}{r('丁')}</w:p>"))
            ),
            2,
            (0, 4),
        ),
    ],
)
def test_pages_are_told_where_the_document_is_sure(body: str, said: int, pages: tuple[int, ...]) -> None:
    data = extended(package(body), {"docProps/app.xml": APP.format(said)})
    assert word.read("通知.docx", data, Limits()).pages == pages


def test_a_deleted_end_with_nothing_behind_it_loses_nothing() -> None:
    gone = p("末段", "<w:rPr><w:del/></w:rPr>")
    assert text(table(row(cell(gone), "乙")) + gone) == "末段\t乙\n末段"
