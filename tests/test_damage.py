"""Garbled text: told, never read as tasks; sound text: left in peace."""

import pytest

from parsers.damage import damage, garbled
from parsers.markers import markers
from pipeline.run import parse
from schemas.text import Source, Text

PLAIN = "关于开展专项检查的通知\n各县教育局：\n一、总体要求\n坚持问题导向，于6月底前完成自查。\n二、主要任务\n市教育局牵头。\n"
BROKEN = {
    "UTF-8 read as Latin-1": PLAIN.encode().decode("latin-1"),
    "UTF-8 read as Windows-1252": PLAIN.encode().decode("cp1252", "replace"),
    "UTF-8 read as GBK": PLAIN.encode().decode("gbk", "replace"),
    "GBK read as Latin-1": PLAIN.encode("gbk").decode("latin-1"),
    "GBK read as UTF-8": PLAIN.encode("gbk").decode("utf-8", "replace"),
    "GBK read as UTF-8 and saved": PLAIN.encode("gbk")
    .decode("utf-8", "replace")
    .encode()
    .decode("gbk", "replace"),
    "a font without its table": "".join(chr(0xE000 + ord(c) % 5000) if c > "\u4e00" else c for c in PLAIN),
    "replacement characters": "".join("\ufffd" if c > "\u4e00" else c for c in PLAIN),
}


def source(raw: str) -> Source:
    return Source("case.txt", "text/plain", raw, "")


@pytest.mark.parametrize("how", BROKEN)
def test_a_garbled_text_is_told_and_gives_no_items(how: str) -> None:
    (issue,) = damage(Text.plain(BROKEN[how]))
    assert (issue.code, issue.severity) == ("garbled_text", "error")
    assert "乱码" in issue.message
    assert markers(BROKEN[how]) == []


@pytest.mark.parametrize("how", BROKEN)
def test_the_program_says_so(how: str) -> None:
    (circular,) = parse(source(BROKEN[how]))
    assert circular.items == ()
    assert [issue.code for issue in circular.issues].count("garbled_text") == 1


def test_a_garbled_paragraph_does_not_spoil_the_rest() -> None:
    raw = PLAIN + "1.锟斤拷锟斤拷锟斤拷\n三、保障措施\n加强领导。\n"
    (issue,) = damage(Text.plain(raw))
    assert issue.severity == "warning"
    assert issue.span is not None
    assert raw[slice(*issue.span)] == "锟斤拷锟斤拷锟斤拷"
    assert [mark.kind for mark in markers(raw)] == ["han", "han", "han"]


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN,
        "Müller & Söhne GmbH，ISO 9001:2015",
        "温度25℃±2，尺寸3×4，角度30°，面积5㎡",
        "北京市屯里镇、烫伤科、锟铻剑",
        "①②③④⑤⑥⑦⑧⑨⑩",
        "São Paulo、Zürich、Malmö三地",
        "关于\ufffd检查的通知",
        "",
    ],
)
def test_sound_texts_and_single_losses_are_left_in_peace(raw: str) -> None:
    assert garbled(raw) == []
    assert list(damage(Text.plain(raw))) == []


@pytest.mark.timing
@pytest.mark.parametrize("piece", ["\ufffd", "锟斤拷", "ä¸­", "銆", "\ue000", "å", "一、\ufffd"])
def test_hostile_texts_take_linear_time(piece: str) -> None:
    from time import perf_counter

    def seconds(size: int) -> float:
        text = Text.plain((piece * (size // len(piece) + 1))[:size])
        start = perf_counter()
        list(damage(text))
        markers(text.chars)
        return perf_counter() - start

    assert seconds(100_000) < max(0.5, 30 * seconds(10_000))
