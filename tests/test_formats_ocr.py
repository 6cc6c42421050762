"""Scans and pictures: pages of the samples as a scanner sees them. Few of them, for a page takes seconds."""

import socket
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image, ImageDraw

from pipeline.readers import FORMATS, Limits, Unreadable, read
from pipeline.readers.paged import image
from pipeline.readers.parts import OCR
from pipeline.run import parse
from schemas.circular import Circular
from schemas.text import Source
from tests import samples
from tests.printing import FONT, HEI, Layout, file, pdf, pictures
from tests.test_formats_pdf import STACK

INSTALLED = pytest.mark.skipif(not OCR.installed, reason="needs the extra circulars[ocr]")
PRINTED = pytest.mark.skipif(not FONT.exists(), reason="needs system package fonts-wqy-microhei")
LIMITS = Limits(seconds=600)
NOTICE = """清源县人民政府办公室文件
清政办发〔2021〕19号
关于做好春季安全生产检查的通知
各乡镇人民政府，县直有关部门：
现将有关事项通知如下。
一、开展全面自查。各乡镇要对照清单逐项检查，建立台账。（牵头单位：县应急管理局；配合单位：县公安局、县消防救援大队；完成时限：3月底前）
二、组织专项抽查。对人员密集场所开展联合抽查，对发现的问题限期整改。（牵头单位：县住房和城乡建设局；配合单位：县市场监管局；完成时限：5月15日前）
三、做好总结报送。请各单位于6月10日前将工作总结报县应急管理局。
清源县人民政府办公室
2021年2月26日
"""


@cache
def sheet() -> Image.Image:
    """The notice on one page, at 200 dpi."""
    (page,) = pictures(pdf(NOTICE, Layout(font=HEI, size=15)))
    return page


@cache
def wanted() -> Circular:
    (circular,) = parse(Source("通知.txt", "text/plain", NOTICE, ""))
    return circular


def recognised(*pages: Image.Image, form: str = "PNG") -> Source:
    return image.read("通知", file(pages, form), LIMITS)


def facts(circular: Circular) -> list[tuple[str, ...]]:
    """Roles and times of all items, one fact each."""
    found: list[tuple[str, ...]] = []
    for item in circular.items:
        for role in ("lead", "supporting", "responsible"):
            found += [(item.number, role, unit.name) for unit in getattr(item, f"{role}_departments")]
        found += [(item.number, one.kind, str(one.start), str(one.end)) for one in item.time_limits]
    return found


def f1(source: Source, circular: Circular) -> float:
    (parsed,) = parse(source)
    found, expected = facts(parsed), facts(circular)
    right = sum(min(found.count(fact), expected.count(fact)) for fact in set(found))
    return 2 * right / (len(found) + len(expected))


@INSTALLED
@PRINTED
def test_scanned_samples_give_roles_and_times_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured at 200 dpi: 1.0. The models lie in the package: there is no network to fetch them from."""

    def refuse(*_: object) -> NoReturn:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name in ("company", "tables"):
        text = STACK.sub("", samples.source(name).raw) if name == "tables" else samples.source(name).raw
        (expected,) = parse(Source(name, "text/plain", text, ""))
        source = recognised(*pictures(pdf(text, Layout(font=HEI, size=15))), form="TIFF")
        assert f1(source, expected) >= 0.98, name
        assert len(source.pages) > 1
    assert source.cells


@INSTALLED
@PRINTED
@pytest.mark.parametrize("degrees", [-2, 2, 90, 180, 270])
def test_pages_may_lie_askew_or_turned(degrees: int) -> None:
    turned = sheet().rotate(degrees, Image.Resampling.BICUBIC, expand=degrees % 90 == 0, fillcolor="white")
    assert f1(recognised(turned), wanted()) == 1.0


@INSTALLED
@PRINTED
def test_words_below_a_stamp_are_read_and_a_red_head_stays() -> None:
    page = sheet().copy()
    red = Image.new("RGB", page.size, (225, 30, 40))
    ink = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(ink)
    draw.ellipse((600, 700, 930, 1030), outline=255, width=14)
    draw.regular_polygon((765, 865, 80), 5, fill=255)
    page.paste(red, mask=Image.eval(ink, lambda value: value and 170))
    head = page.crop((0, 220, page.width, 330))
    page.paste(
        Image.composite(
            Image.new("RGB", head.size, (220, 0, 0)),
            head,
            Image.eval(head.convert("L"), lambda value: 255 - value),
        ),
        (0, 220),
    )
    source = recognised(page, form="JPEG")
    assert f1(source, wanted()) == 1.0
    assert "文件" in source.raw


@INSTALLED
@PRINTED
def test_a_pdf_of_pictures_is_recognised_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "扫描.pdf"
    sheet().save(path, "PDF", resolution=200)
    source = read(str(path), LIMITS)
    assert source.media_type == "application/pdf"
    assert source.text_file == "扫描.source.txt"
    assert f1(source, wanted()) == 1.0


@INSTALLED
@PRINTED
def test_lines_of_little_confidence_become_issues() -> None:
    page = sheet().copy()
    blurred = page.crop((0, 700, page.width, 800)).resize((page.width // 8, 12)).resize((page.width, 100))
    page.paste(blurred, (0, 700))
    source = recognised(page)
    (circular,) = parse(source)
    unsure = [issue for issue in circular.issues if issue.code == "low_confidence"]
    assert unsure
    for issue in unsure:
        assert issue.severity == "warning"
        assert issue.span is not None
        assert source.raw[slice(*issue.span)].strip()


@INSTALLED
def test_an_empty_picture_says_so() -> None:
    with pytest.raises(Unreadable, match="没有识别出文字"):
        recognised(Image.new("RGB", (400, 400), "white"))


def bomb(side: int) -> bytes:
    """The head of a PNG of so many pixels each way."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@INSTALLED
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(60_000), r"360,000 万像素，超过上限 8,947 万"),
        (bomb(10_000), r"10,000 万像素，超过上限 8,947 万"),
        (bomb(400), "已损坏或被截断"),
        (b"\x89PNG\r\n\x1a\n", "已损坏或被截断"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "已损坏或被截断"),
        (b"II*\0" + bytes(20), "已损坏或被截断"),
    ],
)
def test_pictures_too_large_or_broken_are_refused_in_one_line(
    data: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "图.png"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=words) as refused:
        read(str(path))
    assert "\n" not in str(refused.value)


@INSTALLED
def test_more_pages_than_the_limit_are_refused() -> None:
    pages = [Image.new("L", (20, 20), 255)] * 3
    with pytest.raises(Unreadable, match="3 页，超过上限 2"):
        image.read("图.tif", file(pages, "TIFF"), Limits(pages=2))


def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.readers.parts.find_spec", lambda _: None)
    for form in ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"):
        path = tmp_path / f"图.{form.lower()}"
        path.write_bytes(file([Image.new("RGB", (20, 20))], form))
        with pytest.raises(Unreadable, match=r"circulars\[ocr\]"):
            read(str(path))
    assert sum(one.needs is OCR for one in FORMATS) == 6
