"""Web pages, saved web pages and OFD: the items of the text come out, and nothing of what surrounds it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from parsers.normalise import normalise
from pipeline.readers import Limits, Unreadable, html, read
from pipeline.readers.paged import ofd as reader
from pipeline.run import parse
from schemas.text import Source
from tests import formats, samples
from tests.test_formats_office import differences
from tests.typesetting import CONTENT, ofd, typeset


def text(name: str) -> str:
    """Whoever types a text in leaves its wraps and page numbers out."""
    source = samples.source(name)
    return normalise(source).chars if name == "hard_wrapped" else source.raw


def saved(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read(str(path))


@pytest.mark.parametrize("name", samples.NAMES)
@pytest.mark.parametrize(
    ("suffix", "write"), [("html", formats.page), ("htm", formats.portal), ("mht", formats.archived)]
)
def test_web_pages_give_the_items_of_the_text(
    name: str, suffix: str, write: formats.Writer, tmp_path: Path
) -> None:
    source = saved(tmp_path, f"{name}.{suffix}", write(text(name)))
    assert not differences(source, samples.circular(name))
    assert source.text_file == f"{name}.source.txt"


def is_lost_in_print(difference: str) -> bool:
    """A blank where a line ends; in a table without lines, which of two lines begins the next cell (T2.5)."""
    one, _, other = difference.partition(": ")[2].replace(" ", "").partition("!=")
    return (one == other != "") or difference[2:].startswith("('T2.5'")


@pytest.mark.parametrize("name", samples.NAMES)
def test_ofd_gives_the_items_of_the_text_and_its_pages(name: str, tmp_path: Path) -> None:
    setter = typeset(text(name))
    source = saved(tmp_path, f"{name}.ofd", setter.save())
    left = [one for one in differences(source, samples.circular(name)) if not is_lost_in_print(one)]
    assert not left
    assert len(source.pages) == len(setter.pages)
    assert {item.page for circular in parse(source) for item in circular.items} <= {
        *range(1, len(setter.pages) + 1)
    }


def lines(markup: str) -> list[str]:
    return html.read("a.html", f"<html><body>{markup}</body></html>".encode(), Limits()).raw.splitlines()


PORTAL = """<div class="header"><a href="/">首页</a><h1 class="title">关于做好防汛工作的通知</h1></div>
<table><tr><td>索 引 号：</td><td>000014349/2021</td><td>发文字号</td><td>某政办发〔2021〕8号</td></tr>
<tr><td>发文机关：</td><td>某市人民政府</td><td>成文日期：</td><td>2021年3月5日</td></tr></table>
<div id="zoom"><p>各县人民政府：</p><p>为做好防汛工作，经市政府同意，现将有关事项通知如下，请各单位认真抓好落实，确保安全度汛。</p>
<p>一、排查隐患。牵头单位：市水务局；完成时限：6月底前。</p><p>二、储备物资，加强值守，做好各项应急准备工作，确保万无一失。</p></div>
<ul class="fj"><li><a href="P0.docx?x=1">1.任务分工表</a></li></ul>
<div class="related"><a href="1.html">二、市财政局牵头的另一文件</a></div><p>主办单位：某市政府办 版权所有</p>"""


def test_the_head_of_a_portal_is_kept_and_its_furniture_is_not() -> None:
    found = lines(PORTAL)
    assert found[:5] == [
        "关于做好防汛工作的通知",
        "索 引 号：000014349/2021",
        "发文字号：某政办发〔2021〕8号",
        "发文机关：某市人民政府",
        "成文日期：2021年3月5日",
    ]
    assert found[-1] == "附件：1.任务分工表"
    assert not any(word in "".join(found) for word in ("首页", "另一文件", "版权"))


def test_what_was_set_aside_is_said() -> None:
    source = html.read("a.html", formats.portal(text("fullwidth")), Limits())
    assert [note.code for note in source.notes] == ["page_furniture"]


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3 type=A><li>甲<li value=7>乙</ol>", ["C. 甲", "G. 乙"]),
        ("<ol reversed type=i><li>甲<li>乙</ol>", ["ii. 甲", "i. 乙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=10><li>甲<li>乙</ol>", ["十、甲", "十一、乙"]),
        ("<ol style='list-style:none'><li>一、甲</ol>", ["一、甲"]),
        ("<ol><li>甲<ol><li>乙</ol><li>丙</ol>", ["1. 甲", "1. 乙", "2. 丙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("甲<br>乙<br/><br/>丙", ["甲", "乙", "丙"]),
        ("<p>甲&nbsp;&amp;&#20057;&ldquo;丙&rdquo;</p>", ["甲\xa0&乙“丙”"]),
        ("<p>甲\n  <b>乙</b> <i> 丙</i></p><pre>丁\n戊</pre>", ["甲 乙 丙", "丁", "戊"]),
        ("<p>甲<span style='display: none'>乙</span></p><p hidden>丙</p><select><option>丁</select>", ["甲"]),
        (
            "<p>大<ruby>學<rp>(</rp><rt>xué</rt><rp>)</rp></ruby></p><!-- 乙 --><template>丙</template>",
            ["大學"],
        ),
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", ["甲\t乙", "丙\t丁"]),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", ["甲", "乙"]),
    ],
)
def test_a_page_reads_as_it_is_seen(markup: str, wanted: list[str]) -> None:
    assert lines(markup) == wanted


def test_cells_know_their_places() -> None:
    markup = """<table><tr><td><table><tr><th rowspan=2>序号<th rowspan=2>任务<th colspan=2>责任单位
<tr><th>牵头<th>配合<tr><td>1<td>修堤<td>市水务局<td></table></td></tr></table>"""
    source = html.read("a.html", markup.encode(), Limits())
    told = [
        (source.raw[slice(*cell.span)], cell.row, cell.column, cell.rows, cell.columns)
        for cell in source.cells
    ]
    assert told == [
        ("序号", 0, 0, 2, 1), ("任务", 0, 1, 2, 1), ("责任单位", 0, 2, 1, 2), ("牵头", 1, 2, 1, 1), ("配合", 1, 3, 1, 1),
        ("1", 2, 0, 1, 1), ("修堤", 2, 1, 1, 1), ("市水务局", 2, 2, 1, 1), ("", 2, 3, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
def test_pages_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    said = {"big5hkscs": "big5"}.get(encoding, "gb2312")
    markup = f"<html><head><meta charset={said}></head><body><p>工作通知</p><p>各位同仁</p></body></html>"
    source = saved(tmp_path, "a.html", markup.encode(encoding))
    assert (source.media_type, source.raw) == ("text/html", "工作通知\n各位同仁\n")


def test_one_broken_byte_costs_one_character_and_is_said() -> None:
    data = f"<meta charset=utf-8><p>{'关于做好防汛工作的通知' * 40}</p>".encode()
    source = html.read("a.html", data[:59] + b"\xff" + data[59:], Limits())
    assert source.raw.count("\ufffd") == 1
    assert [note.code for note in source.notes] == ["damaged_characters"]


@pytest.mark.parametrize(
    ("name", "markup", "media_type"),
    [
        ("a.txt", "<p>甲</p>", "text/plain"),
        ("a.txt", "关于放假的通知<p>一</p><p>二</p><p>三</p>", "text/plain"),
        ("a.txt", "<table><tr><td><p>一</p><p>二</p><p>三</p></td></tr></table>", "text/plain"),
        ("a.md", "<p>一</p><p>二</p><p>三</p>", "text/markdown"),
        ("a.txt", '<p style="text-indent: 2em;">一</p><p>二</p>\n<p>三</p>', "text/html"),
        ("a.txt", "<!DOCTYPE html>\n<html><body><div>一</div><p>二</p><p>三</p></body></html>", "text/html"),
    ],
)
def test_a_text_that_only_shows_tags_is_a_text(
    name: str, markup: str, media_type: str, tmp_path: Path
) -> None:
    source = saved(tmp_path, name, markup.encode())
    assert source.media_type == media_type
    assert ("<" in source.raw) == (media_type != "text/html")


def paged(*pages: str, parts: Mapping[str, str]) -> Source:
    return reader.read("a.ofd", ofd(*pages, parts=parts), Limits())


def test_words_drawn_twice_or_off_the_page() -> None:
    content = formats.part(ofd("一、排查隐患。"), CONTENT.format(0)).decode()
    drawn = content[content.index("<ofd:TextObject") : content.index("</ofd:Layer>")]
    more = drawn + drawn.replace('Boundary="35', 'Boundary="-400')
    changed = content.replace("</ofd:Layer>", f"{more}</ofd:Layer>")
    assert paged("甲", parts={CONTENT.format(0): changed}).raw.strip() == "一、排查隐患。"


def test_signed_documents_are_read_and_not_vouched_for() -> None:
    source = paged("一、排查隐患。", parts={"Doc_0/Signs/Signatures.xml": "<Signatures/>"})
    assert [note.code for note in source.notes] == ["signed"]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (ofd(""), "可能是扫描件"),
        (ofd("甲", "乙", "丙", "丁"), "4 页，超过上限 3"),
        (ofd("甲", parts={"Doc_0/Document.xml": "密文" * 99}), "已加密"),
        (ofd("甲", parts={"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DTD"),
    ],
)
def test_ofd_that_cannot_be_read_gets_one_line(data: bytes, complaint: str) -> None:
    with pytest.raises(Unreadable, match=complaint):
        reader.read("a.ofd", data, Limits(pages=3))


def test_a_page_that_is_lost_costs_itself() -> None:
    source = paged("一、排查隐患。", "二、储备物资。", parts={CONTENT.format(0): "密文"})
    assert "储备物资" in source.raw
    assert [note.code for note in source.notes] == ["page_unread"]
