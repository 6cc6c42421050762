"""Pages, ledgers, OFD, mails and archives that mean harm: one clear line or a parse within the limits, nothing fetched."""

import io
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.guard import guard
from pipeline.readers import Limits, Unreadable, csv, excel, html, mail, mht, sources
from pipeline.readers import zip as archives
from pipeline.readers.paged import ofd as reader
from pipeline.readers.paged.strokes import strokes
from pipeline.readers.word.xml import document
from schemas.text import Source
from tests import formats
from tests.test_hostile_office import LAUGHS, OUTSIDE, REMOTE, locked
from tests.typesetting import CONTENT, element, ofd

NOTICE = "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局。\n".encode()
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BROKEN = "不是完整的 CSV 表格（引号不成对，或有一格过长）；请用 Excel 或 WPS 打开核对后另存为 xlsx 再试"
HEAD = "From: a@b.example\nTo: a@b.example\nMIME-Version: 1.0\n"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def opened(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> list[Source | Unreadable]:
    path = folder / name
    path.write_bytes(data)
    return list(sources(str(path), limits))


def workbook(rows: str, before: str = "", after: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet, put together by hand."""
    relation = '<Relationship Id="r{}" Type="{}/{}" Target="{}"/>'
    links = relation.format(1, LINKS, "worksheet", "sheet.xml") + relation.format(
        2, LINKS, "sharedStrings", "strings.xml"
    )
    return formats.archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/strings.xml": f"<sst {MAIN}>{strings}</sst>",
            "xl/sheet.xml": f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>",
        }
    )


def one_line(read: Callable[[], object]) -> str | None:
    """What is wrong; None where all could be read."""
    try:
        read()
    except Unreadable as wrong:
        return str(wrong)
    return None


def nested(depth: int, data: bytes = NOTICE) -> bytes:
    for level in range(depth):
        data = formats.archive({f"{level}.zip" if level else "a.txt": data})
    return data


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", bytes(3_000_000))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (bomb(), "像是压缩炸弹"),
        (formats.archive({f"{n}.txt": str(n) * 200_000 for n in range(60)}), "超过上限 10 MB"),
        (formats.archive({f"{n}.txt": b"x" for n in range(2_100)}), "超过上限 2,000 个"),
        (nested(5), "套了 3 层以上"),
        (locked(formats.archive({"a.txt": NOTICE})), "有密码"),
        (formats.archive({"a.txt": NOTICE})[:-30], "已损坏或被截断"),
        (b"PK\x05\x06" + bytes(3), "已损坏或被截断"),
    ],
)
def test_hostile_archives_get_one_line(data: bytes, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as wrong:  # noqa: PT012 - one line, wherever it comes from
        (held,) = [
            one for one in opened(tmp_path, "a.zip", data, Limits(megabytes=1)) if isinstance(one, Unreadable)
        ]
        raise held
    assert complaint in str(wrong.value)


def test_archives_in_archives_share_one_budget(tmp_path: Path) -> None:
    inner = formats.archive({f"{n}.txt": NOTICE for n in range(900)})
    found = opened(tmp_path, "a.zip", formats.archive({f"{n}.zip": inner for n in range(4)}))
    assert sum(isinstance(one, Source) for one in found) < 2_000
    assert "超过上限 2,000 个" in str(found[-1])


def test_an_archive_within_three_levels_is_read(tmp_path: Path) -> None:
    assert [type(one) for one in opened(tmp_path, "a.zip", nested(3))] == [Source]


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(info, "/etc/hostname")
    assert [one.raw for one in opened(tmp_path, "a.zip", stream.getvalue()) if isinstance(one, Source)] == [
        "/etc/hostname"
    ]


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, REMOTE])
def test_declarations_are_refused(declared: str) -> None:
    row = '<row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row>'
    with pytest.raises(Unreadable, match="DTD"):
        excel.read("a.xlsx", workbook(row, before=declared), Limits())
    page = declared + element("Page", "<ofd:Content>&b;</ofd:Content>").partition("?>")[2]
    with pytest.raises(Unreadable, match="DTD"):
        reader.read("a.ofd", ofd("甲", parts={CONTENT.format(0): page}), Limits())


def hostile_rows(count: int) -> Iterator[str]:
    for n in range(1, count + 1):
        yield f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="XFD{n}" t="s"><v>99</v></c><c t="s"><v>0</v></c></row>'


def test_a_million_rows_are_refused_by_the_limit_or_read() -> None:
    data = workbook("".join(hostile_rows(200_000)), strings="<si><t>任务</t></si>")
    with guard(Limits()):
        source = excel.read("a.xlsx", data, Limits(characters=500_000))
    assert 500_000 < len(source.raw) < 500_100, "reading stops where the text is refused"


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ('<row r="99999999999"><c r="ZZZZZZ1"><v>1</v></c></row>', ""),
        ('<row r="-1"><c s="-1"><v>1</v></c><c t="s"><v>-1</v></c></row>', ""),
        (
            '<row><c t="d"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref="?"/></mergeCells>',
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 2_000 + "</mergeCells>",
        ),
    ],
)
def test_sheets_that_lie(row: str, after: str) -> None:
    assert excel.read("a.xlsx", workbook(row, after=after), Limits()).raw == "1\n"


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_001 + ",a\n",
        "a," * 500_000 + "\n" + "b," * 500_000,
        '序号,任务\n1,"没有收尾' * 3,
        "a\t" * 10,
    ],
)
def test_hostile_tables_of_values(text: str) -> None:
    assert one_line(lambda: csv.read("a.csv", text.encode(), Limits())) in (None, BROKEN)


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr>" + "<td rowspan=999999999 colspan=999999999>甲" * 200,
        "<table><tr>" + "<td>甲<tr>" * 50_000,
        "<p>甲" * 50_000,
        "<ol start=999999999999><li value=-5>甲" * 300,
        "<a href='" + "x" * 1_000_000 + "'>甲</a>",
        "甲&" + "#9999999999;" * 10_000,
        "<!--" * 50_000 + "甲",
        "甲<" * 100_000,
        "<div class='" + "nav " * 50_000 + "'>甲</div><p>乙</p>",
        "<iframe src=http://127.0.0.1:9/></iframe><img src=file:///etc/hostname><link href=http://127.0.0.1:9/>甲",
    ],
)
def test_hostile_pages_are_read_in_time(markup: str) -> None:
    before = time.process_time()
    with guard(Limits()):
        html.read("a.html", f"<html><body>{markup}".encode(), Limits())
    assert time.process_time() - before < 10


def test_pages_that_nest_without_end_are_refused_before_they_are_parsed() -> None:
    before = time.process_time()
    for tag in ("div", "b", "table", "span", "x-y"):
        with pytest.raises(Unreadable, match="嵌套超过上限"):
            html.read("a.html", f"<{tag}>".encode() * 200_000, Limits())
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    "code",
    [
        '<ofd:TextCode X="0" Y="4" DeltaX="g 999999999 5">甲乙</ofd:TextCode>',
        '<ofd:TextCode X="NaN" Y="1e999" DeltaX="inf">甲乙</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4">' + "甲" * 200_000 + "</ofd:TextCode>",
    ],
)
def test_text_objects_that_lie(code: str) -> None:
    inside = f'<ofd:TextObject ID="1" Boundary="25 25 160 5" Size="5">{code}</ofd:TextObject>'
    page = element("Page", f"<ofd:Content><ofd:Layer>{inside}</ofd:Layer></ofd:Content>")
    source = reader.read("a.ofd", ofd("甲", "二、储备物资。", parts={CONTENT.format(0): page}), Limits())
    assert "储备物资" in source.raw


@pytest.mark.parametrize(
    "place", ["../../../../etc/hostname", "/etc/hostname", "file:///etc/hostname", "http://127.0.0.1:9/"]
)
def test_pages_that_point_elsewhere_are_not_fetched(place: str) -> None:
    whole = formats.part(ofd("甲", "二、储备物资。"), "Doc_0/Document.xml").decode()
    tree = whole.replace("Pages/Page_0/Content.xml", place)
    source = reader.read("a.ofd", ofd("甲", "二、储备物资。", parts={"Doc_0/Document.xml": tree}), Limits())
    assert source.raw.strip() == "二、储备物资。"


@pytest.mark.parametrize(
    "path", ["M 0 0 " + "L 1 1 " * 400_000, "L", "M 0 L", "Q 1 2 3", "M 1e999 0 L nan 0", "9" * 100_000]
)
def test_paths_that_lie(path: str) -> None:
    page = f'<Page><PathObject Boundary="0 0"><AbbreviatedData>{path}</AbbreviatedData></PathObject></Page>'
    assert strokes(document(page.encode(), "a.xml")) is not None


def multipart(depth: int) -> str:
    return "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(depth))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + multipart(20_000),
        HEAD + "Content-Type: message/rfc822\n\n" * 20_000,
        HEAD + "Content-Type: multipart/mixed; boundary=z\n\n" + "--z\n\nx\n" * 5_000,
        HEAD + "X: " + "=?utf-8?b?5?=" * 50_000 + "\nSubject: =?x?q?" + "=" * 50_000 + "?=\n\nx",
        HEAD + 'Content-Disposition: attachment; filename*0*="' + "%" * 50_000 + '"\n\nx',
        HEAD
        + "Content-Type: text/html; charset=../../etc\nContent-Transfer-Encoding: base64\n\n"
        + "?" * 50_000,
        HEAD + "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 /etc/passwd\n" + "~" * 5_000,
    ],
)
@pytest.mark.parametrize(
    "take",
    [
        lambda data: list(mail.members("a.eml", data, Limits())),
        lambda data: mht.read("a.mht", data, Limits()),
    ],
)
def test_hostile_messages_end_in_parts_or_in_one_line(text: str, take: Callable[[bytes], object]) -> None:
    before = time.process_time()
    assert "\n" not in (one_line(lambda: take(text.encode())) or "")
    assert time.process_time() - before < 10


def test_a_member_beyond_the_limit_costs_itself() -> None:
    words = "".join(chr(0x4E00 + n * n % 20_000) for n in range(700_000))
    data = formats.archive({"大.txt": words, "小.txt": NOTICE})
    large, small = (held for _, held in archives.members("a.zip", data, Limits(megabytes=2)))
    assert isinstance(large, Unreadable)
    assert "2 MB" in str(large)
    assert small == NOTICE
