"""Characters, blanks and lines: what the parsers look at, and that it still is what the source prints."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.folding import TABLE, fold
from parsers.normalise import normalise, squeeze
from schemas.text import Source, Text

GROUPS = tomllib.loads(Path(__file__).with_name("cases").joinpath("normalise.toml").read_text("utf-8"))[
    "group"
]
ODD = '一二三（）()、，。：；“”"《》—-·.0123 \u3000\t\n\r\f\u200b⽉關㈠⑴①第条章年月日市县局和《》|ＡａA'


def cases() -> list[Any]:
    return [
        pytest.param(raw, chars, id=f"{group['name']} {index}")
        for group in GROUPS
        for index, (raw, chars) in enumerate(group["cases"])
    ]


def text_of(raw: str) -> Text:
    return normalise(Source("case.txt", "text/plain", raw, ""))


@pytest.mark.parametrize(("raw", "chars"), cases())
def test_what_the_parsers_look_at(raw: str, chars: str) -> None:
    assert text_of(raw).chars == chars


PARAGRAPHS = [
    "一、进一步健全完善全市安全生产责任体系，落实党政领导干部安全生产责任制，推动企业主体责任落地落实落细，确保全市形势稳定。",
    "各县（市、区）要按照“管行业必须管安全”的要求，细化完善一、二级责任清单，明确责任人，于2021年12月31日前报市安委会办公室备案。",
    "（责任单位：市应急局、市工业和信息化局、市住房城乡建设局、市交通运输局、市文化和旅游局，各县（市、区）人民政府）",
    "二、加强督导检查，对照《安全生产专项整治三年行动实施方案》第（二）项至第（四）项和附件1、附件2逐项核对，建立问题清单。",
    "到2021年底前，全市危险化学品企业自动化控制系统装备率达到95%以上，重大危险源在线监测预警系统覆盖率达到100%。",
]


def wrapped(width: int, indent: str) -> str:
    """The paragraphs set in lines of so many characters."""
    set_ = [indent + paragraph for paragraph in PARAGRAPHS]
    return "\n".join(p[at : at + width] for p in set_ for at in range(0, len(p), width))


@pytest.mark.parametrize("indent", ["", "　　", "    "])
@pytest.mark.parametrize("width", [15, 18, 20, 22, 25, 26, 28, 30, 32, 35, 40, 45])
def test_wrapped_text_is_joined_at_any_width(width: int, indent: str) -> None:
    assert "".join(text_of(wrapped(width, indent)).chars.split("\n")) == fold("".join(PARAGRAPHS))
    found = text_of(wrapped(width, indent)).chars.split("\n")
    wrong = [line for line in found if line not in map(fold, PARAGRAPHS)]
    assert len(wrong) <= (0 if indent else 2), wrong


@pytest.mark.parametrize("indent", ["  ", "　　", "        "])
@pytest.mark.parametrize("width", [20, 32, 40])
def test_the_first_line_may_lack_the_blanks_of_the_others(width: int, indent: str) -> None:
    """As where a text was copied from its first letter on."""
    raw = wrapped(width, "").replace("\n", f"\n{indent}")
    assert text_of(raw).chars.split("\n")[0] == fold(PARAGRAPHS[0])


def test_a_heading_and_a_label_are_no_part_of_the_full_line_above() -> None:
    full = "全面排查学校周边安全隐患并建立整改台账"
    raw = f"{full}\n{full}\n{full}\n{full}\n牵头单位：市教育局\n二、加强领导\n{full}\n"
    assert text_of(raw).chars == f"{full * 4}\n牵头单位：市教育局\n二、加强领导\n{full}"


@given(st.text(ODD, max_size=120))
def test_nothing_but_blanks_and_page_numbers_is_lost(raw: str) -> None:
    text = text_of(raw)
    assert len(text) <= 4 * len(raw)
    kept = set(text.printed())
    assert kept <= set(raw)
    for start, stop in text.pieces():
        assert 0 <= start < stop <= len(raw)


@given(st.text(ODD, max_size=80))
def test_folding_keeps_the_length_and_folds_once(raw: str) -> None:
    assert len(fold(raw)) == len(raw)
    assert fold(fold(raw)) == fold(raw)


def test_every_look_alike_is_folded() -> None:
    assert [char for char, plain in TABLE.items() if fold(char) not in (plain, fold(plain))] == []
    assert not [char for char in TABLE if len(char) != 1 or len(TABLE[char]) != 1]


def test_simplified_text_is_left_alone() -> None:
    raw = "关于后续工作：乾县、於家庄村、釐清权责；里程、哩、徵、着力"
    assert fold(raw) == raw.replace(";", "；")


@pytest.mark.parametrize(
    ("raw", "chars"),
    [("6 月\n底前", "6月底前"), ("5 000元", "5 000元"), ("市　教 育局", "市教育局"), ("", "")],
)
def test_a_field_is_squeezed(raw: str, chars: str) -> None:
    text = squeeze(Text.plain(raw))
    assert (text.chars, text.printed()) == (chars, chars)


@pytest.mark.timing
@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        " ",
        "\n ",
        "（",
        "“",
        '"',
        "《",
        "　",
        "　　",
        "　　。",
        "甲 ",
        "\f",
        "\f1",
        "甲\n— 1 —\n",
        "⽉",
        "關",
        "（ā",
        "一\n",
        "\u200b甲",
        "甲，\n",
        "㈠",
        "1 ",
    ],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    from time import perf_counter

    def seconds(size: int) -> float:
        raw = (piece * (size // len(piece) + 1))[:size]
        start = perf_counter()
        text_of(raw)
        return perf_counter() - start

    assert seconds(100_000) < max(0.5, 30 * seconds(10_000))
