"""Texts that nobody wrote in earnest: no exception, valid output, time in proportion to the length."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.gate import check
from pipeline.readers import Unreadable, read
from pipeline.run import parse
from schemas.circular import Circular
from schemas.text import Source
from tests.generator import Style, circulars, make
from tests.samples import NAMES, source

BLANK = Source("hostile.txt", "text/plain", "", "0" * 64)
TOKENS = (
    *"一二三四五六七八九十〇、，。；：（）()《》“”\"[]【】|\t\n \u3000—-·0123456789年月日底前至到局委办",
    "一、", "（一）", "1.", "（1）", "①", "第一条", "附件1", "牵头单位：", "责任单位", "配合部门:", "完成时限：", "负责", "牵头，", "配合）",
    "6月底前", "每月", "2021年", "印发之日起", "下同", "市教育局", "各县（市、区）人民政府", "等部门", "|---|", "┌─┬─┐", "│",
    "关于印发《", "》的通知", "〔2021〕15号", "\r\n", "\f", "\ufeff", "\u202e", "\x00", "<td>", "</tr>", "🀄", "𠮷", "ab",
)  # fmt: skip

Make = Callable[[int], str]
# Each makes a text of about so many characters.
SHAPES: dict[str, Make] = {
    "brackets": lambda size: "（" * size,
    "years": lambda size: "某地2015年开局。" * (size // 10),
    "closed brackets": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "ascii brackets": lambda size: "([" * (size // 2),
    "quotes": lambda size: "“《" * (size // 2),
    "marks": lambda size: "一、" * (size // 2),
    "rising marks": lambda size: "".join(f"{number}.任务\n" for number in range(1, size // 7)),
    "marks on lines": lambda size: "一、\n（一）\n1.\n" * (size // 10),
    "deep nesting": lambda size: "一、a\n（一）b\n1.c\n（1）d\n①e\n" * (size // 20),
    "dates": lambda size: "年月日" * (size // 3),
    "digits": lambda size: "1-" * (size // 2),
    "numbered days": lambda size: "6月3日前" * (size // 5),
    "labels": lambda size: "牵头单位：\n" * (size // 6),
    "labels in brackets": lambda size: "（责任单位：" * (size // 6),
    "names": lambda size: "市教育局、" * (size // 5),
    "verbs": lambda size: "牵头，配合，负责" * (size // 8),
    "commas": lambda size: "，" * size,
    "pipes": lambda size: "| 1 | 牵头单位 |\n" * (size // 13),
    "box": lambda size: "│序号│责任单位│\n├─┼─┤\n" * (size // 16),
    "lines": lambda size: "\n" * size,
    "blanks": lambda size: " " * (size // 2) + "\u3000" * (size // 2) + "x",
    "controls": lambda size: "\x00\x07\u202e\u2066\u200b\ufeff" * (size // 6),
    "prose": lambda size: "坚持问题导向，逐项摸清底数，做到情况明、数据准。" * (size // 24),
    "annexes": lambda size: "附件1\n关于印发《方案》的通知\n" * (size // 16),
    "notes": lambda size: "一、巡查。\n" + "说明：1.甲乙。2.丙丁。\n" * (size // 13),
    "no marks": lambda size: "云" * size,
}


def tried(text: str) -> list[Circular]:
    """The circulars of the text, each valid against the model and true to its source."""
    found = parse(replace(BLANK, raw=text))
    for one in found:
        assert Circular.model_validate_json(one.model_dump_json()) == one
        check(one, text)
    return found


def soup(seed: int, length: int) -> str:
    return "".join(random.Random(seed).choices(TOKENS, k=length))


def damaged(text: str, seed: int) -> str:
    """The text with fifty random cuts, doublings and insertions."""
    rng = random.Random(seed)
    for _ in range(50):
        at = rng.randrange(len(text))
        size = rng.choice((1, 1, 2, 5, 40))
        part = rng.choice(("", text[at : at + size] * 2, rng.choice(TOKENS)))
        text = text[:at] + part + text[at + size :]
    return text


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    assert len(tried(SHAPES[shape](20_000))) >= 1


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes(seed: int) -> None:
    rng = random.Random(seed)
    tried(rng.randbytes(rng.randint(1, 3000)).decode("latin-1"))


@pytest.mark.parametrize("seed", range(120))
def test_words_of_circulars_in_any_order(seed: int) -> None:
    tried(soup(seed, 400))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(10))
def test_damaged_samples(name: str, seed: int) -> None:
    tried(damaged(source(name).raw, seed))


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\x00", "一", "一、", "（", "）", "：", "牵头单位：", "\ufeff", "🀄", "\r"]
)
def test_next_to_nothing(text: str) -> None:
    tried(text)


@pytest.mark.parametrize(
    "number", ["一" * 4, "〇", "零、", "99999999999.", "0.", "（0）", "第〇条", "１２３．"]
)
def test_odd_numbers(number: str) -> None:
    tried(
        f"关于工作的通知\n{number}开展排查。责任单位：市教育局\n{number}完成时限：9月31日、13月1日、0月底前、2月30日前\n"
    )


def test_bidi_overrides_hide_nothing() -> None:
    plain = make(Style(layout="bracket"), seed=5).text
    marked = plain.replace("单位", "\u202e单\u202c位").replace("月", "\u2066月\u2069")
    (bare,), (found,) = tried(plain), tried(marked)
    names = [[unit.name for unit in item.lead_departments] for item in bare.items]
    assert [[unit.name for unit in item.lead_departments] for item in found.items] == names


def test_lone_surrogates_do_not_stop_the_parser() -> None:
    (found,) = parse(replace(BLANK, raw="一、开展\ud800排查。\udc00责任单位：市教育局\n"))
    assert [unit.text for unit in found.items[0].responsible_departments] == ["市教育局"]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x4e\x00\xd8\x01\x30", b"\xed\xa0\x80\xe4\xb8\x80"])
def test_no_reader_lets_a_lone_surrogate_in(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_bytes(data)
    with pytest.raises(Unreadable):
        read(str(file))


def seconds(text: str) -> float:
    best = 60.0
    for _ in range(2):
        start = time.process_time()
        parse(replace(BLANK, raw=text))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.timing
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length(shape: str) -> None:
    small, large = seconds(SHAPES[shape](25_000)), seconds(SHAPES[shape](100_000))
    assert large < 4 * 2.5 * small + 0.05, f"{small:.3f} s for 25,000 characters, {large:.3f} s for 100,000"
    assert large < 10


@pytest.mark.timing
def test_twenty_megabytes_on_one_line() -> None:
    text = "".join(made.text for made in circulars(400, seed=1)).replace("\n", "").replace("\r", "")
    text *= 20_000_000 // len(text.encode())
    start = time.process_time()
    assert parse(replace(BLANK, raw=text))
    assert time.process_time() - start < 60
