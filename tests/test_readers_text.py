"""Bytes -> characters: every encoding of the ladder, and one clear line for what is none."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import FORMATS, TEXT, Limits, Unreadable, read
from pipeline.readers.text import decode

NOTICE = (
    "关于做好2021年防汛工作的通知\r\n各县（市、区）人民政府，市直有关单位：\r\n"
    "　　一、排查隐患。于6月底前完成，由市水务局牵头。\r\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
SHORT = ["通知", "关于", "一、", "二〇二一年", "市局", "A市", "各科室：\n"]


def saved(folder: Path, data: bytes, name: str = "通知.txt") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [NOTICE, NOTICE.replace("\r", ""), NOTICE[:30], "ASCII only, 6.30\n"])
def test_every_encoding_gives_the_characters_back(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    raw, told = decode(data)
    assert raw == text
    assert data.decode(told) == text, "the encoding that is published decodes the file"


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_short_texts_are_not_read_as_another_script(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_gb18030_with_a_mark() -> None:
    assert decode(b"\x84\x31\x95\x33" + NOTICE.encode("gb18030")) == (NOTICE, "gb18030")


@given(st.text(alphabet="关于做好防汛工作的通知市水务局牵头各单位2021年6月底前，。、（）\n", min_size=4))
def test_the_ladder_is_steady_on_any_official_words(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding))[0] == text


TRADITIONAL = (
    "關於辦理各機關學校工作的通知，請於本年六月底前報送各項管理制度與實施情況，並由主辦單位負責。" * 3
)
WRONG = {
    "是空文件": b"",
    "只有空白": " \t\r\n　\ufeff\u200b".encode(),
    "二进制": b"abc\0\x01\x02 not text",
    "UTF-16 编码": NOTICE.encode("utf-16")[:-1],
    "是 UTF-16 编码": NOTICE.encode("utf-16-le")[:-1],
    "是 UTF-8 编码，但第": NOTICE.encode()[:60] + b"\xff" + NOTICE.encode()[60:],
    "是 UTF-8 编码": NOTICE.rstrip().removesuffix("。").encode()[:-1],
    "是 GB18030 编码": NOTICE.rstrip().encode("gb18030")[:-1],
    "Big5": TRADITIONAL.encode("big5"),
    "不是 UTF-8、UTF-16 或 GB18030": "déjà vu à l’été".encode("latin-1", "ignore") * 9,
    "gzip 压缩文件": b"\x1f\x8b\x08\0",
    "可执行程序": b"\x7fELF\x02",
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "损坏或被截断": b"PK\x03\x04\x14\0\x06\0word/document.xml",
    "压缩结构已损坏": b"PK\x03\x04\x14\0\x06\0notice.txt",
    "旧版 Office 文档": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    "RAR 压缩包": b"Rar!\x1a\x07\x01\0",
}


@pytest.mark.parametrize("complaint", WRONG)
def test_what_is_no_text_gets_one_line_with_advice(complaint: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as wrong:
        read(saved(tmp_path, WRONG[complaint]))
    line = str(wrong.value)
    assert complaint in line
    assert "；" in line
    assert "\n" not in line


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    assert read(saved(tmp_path, NOTICE.encode(), "通知.pdf")).raw == NOTICE
    with pytest.raises(Unreadable, match="RAR"):
        read(saved(tmp_path, b"Rar!\x1a\x07\x01\0", "通知.md"))


def test_every_format_has_a_reader_or_an_advice() -> None:
    assert FORMATS[-1] is TEXT
    assert all(bool(form.reader or form.container) != bool(form.advice) for form in FORMATS)


def test_a_source_says_where_it_comes_from(tmp_path: Path) -> None:
    source = read(saved(tmp_path, NOTICE.encode("gb18030"), "通知.MD"))
    assert (source.name, source.media_type, source.encoding) == ("通知.MD", "text/markdown", "gb18030")
    assert (source.raw, source.pages, source.text_file) == (NOTICE, (), None)


def test_form_feeds_begin_pages(tmp_path: Path) -> None:
    assert read(saved(tmp_path, "首页\f次页\f \n".encode())).pages == (0, 3)


@pytest.mark.parametrize(
    ("text", "limits", "named"),
    [
        ("字" * 400_000, Limits(megabytes=1), "1 MB"),
        ("字" * 101, Limits(characters=100), "上限 100；"),
        ("页\f" * 4, Limits(pages=3), "4 页，超过上限 3；"),
    ],
)
def test_beyond_a_limit_the_line_names_it(text: str, limits: Limits, named: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=named):
        read(saved(tmp_path, text.encode()), limits)


def test_at_a_limit_all_is_well(tmp_path: Path) -> None:
    file = saved(tmp_path, ("字" * 300_000 + "\f" + "a" * 99_999).encode())
    assert len(read(file, Limits(megabytes=1, characters=400_000, pages=2)).raw) == 400_000


def test_an_endless_file_is_refused_without_reading_it_all() -> None:
    with pytest.raises(Unreadable, match="2 MB"):
        read("/dev/zero", Limits(megabytes=2))


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("没有.txt", "找不到"), (".", "是文件夹"), ("a\0b", "文件名"), ("长" * 200, "读不出来")],
)
def test_what_cannot_be_opened(name: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=complaint):
        read(str(tmp_path / name))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    file = saved(tmp_path, NOTICE.encode())
    Path(file).chmod(0)
    with pytest.raises(Unreadable, match="没有读取权限"):
        read(file)
