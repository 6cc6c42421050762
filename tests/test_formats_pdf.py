"""The samples as pdf, set by reportlab and by Chromium: the same items come out as from the text, with their pages."""

import io
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import regex

from parsers.normalise import normalise
from pipeline.guard import guard
from pipeline.readers import Limits, Unreadable
from pipeline.readers.paged import pdf as reader
from pipeline.readers.parts import Part
from pipeline.run import parse
from schemas.circular import Circular
from schemas.text import Source
from tests import samples
from tests.printing import Layout, browser, pdf
from tests.rendering import Typist
from tests.test_formats_office import OFFICE, differences, file

CHROMIUM = pytest.mark.skipif(shutil.which("chromium") is None, reason="needs system package chromium")
PROSE = ("company", "gb18030", "hard_wrapped", "sentences")
STACK = regex.compile(r"(?s)(?<=工作安排\n\n)序号\n.*?(?=\n+附件3)")
ABSENT = Part("文字识别（OCR）", "请安装：pip install 'circulars[ocr]'", modules=("no_such_module",))


@cache
def printable(name: str) -> str:
    """The text as one types it: whoever does leaves wraps to the program, and makes a table of cells that are one.

    No font at hand has the rare character of one of the samples.
    """
    source = samples.source(name)
    text = normalise(source).chars if name == "hard_wrapped" else source.raw.replace("\r\n", "\n")
    return STACK.sub(_rows, text).replace("𬇙", "洛")


def _rows(stack: regex.Match[str]) -> str:
    cells = [cell.replace("\n", "、") for cell in stack[0].split("\n\n")]
    return "\n".join(f"| {' | '.join(cells[at : at + 5])} |" for at in range(0, len(cells), 5))


@cache
def wanted(name: str) -> Circular:
    source = samples.source(name)
    (circular,) = parse(replace(source, raw=source.raw.replace("𬇙", "洛")))
    return circular


def read(data: bytes) -> Source:
    return reader.read("通知.pdf", data, Limits())


def lost(data: bytes, name: str) -> list[str]:
    """What differs from the text; a blank at which a line was broken is not printed."""
    found = differences(read(data), wanted(name))
    return [
        one
        for one in found
        if not one.startswith("title: ") or _bare(one.split("!=")[0]) != _bare(one.split("!=")[1])
    ]


def _bare(title: str) -> str:
    return title.removeprefix("title:").replace(" ", "")


@pytest.mark.parametrize("name", samples.NAMES)
def test_printed_samples_give_the_items_of_the_text(name: str) -> None:
    assert not lost(pdf(printable(name), Layout(head="清源县人民政府办公室文件汇编")), name)


@CHROMIUM
@pytest.mark.parametrize("name", ["qinghai_2021_15", "tables", "no_tasks"])
def test_what_chromium_prints_gives_the_items_of_the_text(name: str, tmp_path: Path) -> None:
    assert not lost(browser(printable(name), tmp_path), name)


@OFFICE
def test_what_libreoffice_prints_gives_the_items_of_the_text(tmp_path: Path) -> None:
    """It sets quotation marks and figures in a font of their own and draws them last."""
    names = ("fullwidth", "notice_and_plan", "sentences", "utf16")
    given = [file(tmp_path, f"{name}.docx", Typist(printable(name)).type()) for name in names]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), *given]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name in names:
        assert not lost((tmp_path / f"{name}.pdf").read_bytes(), name), name


@pytest.mark.parametrize("name", PROSE)
def test_two_columns_are_read_one_after_the_other(name: str) -> None:
    assert not lost(pdf(printable(name), Layout(columns=2, size=10)), name)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_that_lie_turned_are_read_upright(quarters: int) -> None:
    for name in ("sentences", "tables"):
        assert not lost(pdf(printable(name), Layout(quarters=quarters)), name), name


def test_heads_and_page_numbers_are_set_aside_and_pages_stay_exact() -> None:
    name = "qinghai_2021_15"
    source = read(pdf(printable(name), Layout(head="内部文件汇编")))
    bare = read(pdf(printable(name)))
    assert source.raw == bare.raw
    assert source.pages == bare.pages
    assert len(source.pages) > 4
    (note,) = source.notes
    assert note.code == "page_furniture"
    assert "内部文件汇编" in note.message
    (circular,) = parse(source)
    pages = [item.time_limits[0].page for item in circular.items if item.time_limits]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert {1, len(source.pages)} & set(pages) or len(set(pages)) > 3


def test_every_time_limit_names_the_page_on_which_it_is_printed() -> None:
    data = pdf(printable("qinghai_2021_15"))
    (circular,) = parse(read(data))
    with pdfium.PdfDocument(data) as document:
        printed = [page.get_textpage().get_text_range() for page in document]
    for item in circular.items:
        for limit in item.time_limits:
            assert limit.page is not None
            assert limit.text[:3].replace(" ", "") in printed[limit.page - 1].replace(" ", "")


def test_ruled_tables_are_cells_and_go_on_over_pages() -> None:
    source = read(pdf(printable("tables")))
    first = [cell for cell in source.cells if cell.table == 0]
    words = {source.raw[slice(*cell.span)].replace("\n", "") for cell in first}
    assert {"序号", "重点任务", "县人力资源和社会保障局", "3月开工，11月底前完工"} <= words
    assert len({cell.row for cell in first}) == 14  # two heads, three sections, eight tasks, one head again
    assert {cell.columns for cell in first} == {1, 6}


def test_words_across_the_page_and_signs_in_the_margin_are_set_aside() -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    pdf("")  # registers the font
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("STSong-Light", 14)
    for at in range(12):
        canvas.drawString(90, 700 - at * 24, "各县区人民政府要认真抓好贯彻落实，及时报送进展情况。")
    for at, sign in enumerate("装订线"):
        canvas.drawString(30, 600 - at * 80, sign)
    canvas.rotate(45)
    canvas.drawString(400, 100, "内部资料注意保存")
    canvas.save()
    source = read(stream.getvalue())
    assert set(source.raw) == set("各县区人民政府要认真抓好贯彻落实，及时报送进展情况。\n")
    assert "4 处" in source.notes[0].message


def test_locked_broken_and_long_documents_are_refused_in_one_line() -> None:
    short = "各县区：\n请于6月底前报送。"
    whole = pdf(short * 30)
    cases = [
        (pdf(short, Layout(lock="geheim")), "有打开密码"),
        (whole[:200], "已损坏或被截断"),
        (b"%PDF-1.7\n%%EOF", "已损坏或被截断"),
        (pages(2_001), "2,001 页，超过上限 2,000"),
    ]
    for data, words in cases:
        with pytest.raises(Unreadable, match=words) as refused:
            read(data)
        assert "\n" not in str(refused.value)
        assert "；请" in str(refused.value)


def test_a_document_that_lost_its_end_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = pdf(printable("sentences"))
    source = read(whole[: whole.rindex(b"startxref")])
    assert "truncated" in [note.code for note in source.notes]


@cache
def pages(count: int) -> bytes:
    """As many pages as wanted, all with the same words."""
    with pdfium.PdfDocument(pdf("请市财政局于6月底前完成检查。\n请各县区于9月底前报送进展情况。")) as one:
        made = pdfium.PdfDocument.new()
        for _ in range(count):
            made.import_pages(one)
    stream = io.BytesIO()
    made.save(stream)
    made.close()
    return stream.getvalue()


@pytest.mark.timing
def test_two_thousand_pages_are_read_within_the_limits() -> None:
    with guard(Limits(seconds=30, memory=500)):
        source = read(pages(2_000))
    assert len(source.pages) == 2_000
    assert source.raw.count("9月底前") == 2_000


def test_scripts_and_attachments_are_left_alone() -> None:
    document = pdfium.PdfDocument(pdf("请于6月底前报送。"))
    document.new_attachment("附件.txt").set_data("请于7月底前报送。".encode())
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    script = b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1);) >>"
    data = regex.sub(rb"/Type\s*/Catalog", script, stream.getvalue())
    assert b"JavaScript" in data
    assert read(data).raw.strip() == "请于6月底前报送。"


def test_pages_without_readable_text_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(reader, "OCR", ABSENT)
    stream = io.BytesIO()
    Image.new("RGB", (600, 800), "grey").save(stream, "PDF")
    mojibake = "各县区请于6月底前报送进展情况".encode("gb18030").decode("latin-1")
    for data in (stream.getvalue(), pdf(mojibake, Layout(font="Helvetica"))):
        with pytest.raises(Unreadable, match=r"circulars\[ocr\]"):
            read(data)


def test_a_drawing_with_few_words_keeps_its_words() -> None:
    from reportlab.pdfgen.canvas import Canvas

    pdf("")  # registers the font
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont("STSong-Light", 14)
    canvas.drawString(90, 700, "请于6月底前报送。")
    for at in range(300):
        canvas.circle(300, 300, at / 2)
    canvas.save()
    assert read(stream.getvalue()).raw == "请于6月底前报送。\n"


@pytest.mark.timing
def test_pages_take_an_eighth_of_the_time_of_pdfplumber() -> None:
    from tests.bench_pdf import ratio

    assert ratio(pdf(printable("qinghai_2021_15"))) >= 8
