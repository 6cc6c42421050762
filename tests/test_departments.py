"""Department names: marked texts in cases/departments.toml, the document's own evidence, hostile input."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from time import perf_counter

import pytest
import regex

from parsers.departments import Familiar, Name, Names, find_all, list_after, list_before, looks_like, split

FILES = ("departments.toml", "departments_in_text.toml")
CASES = {
    kind: cases
    for name in FILES
    for kind, cases in tomllib.loads((Path(__file__).parent / "cases" / name).read_text("utf-8")).items()
}
MARK = regex.compile(r"⟦([^⟧→*]*)(?:→([^⟧*]*))?(\*?)⟧")
Shown = list[tuple[str, str, bool]]


def unmark(case: str) -> tuple[str, list[Name]]:
    """The text of a case without marks, and the names that it shows."""
    names: list[Name] = []
    text, last = "", 0
    for mark in MARK.finditer(case):
        text += case[last : mark.start()]
        start = len(text)
        text += mark[1]
        names.append(Name(start, len(text), mark[2] or mark[1], bool(mark[3])))
        last = mark.end()
    return text + case[last:], names


def shown(chars: str, names: tuple[Name, ...] | list[Name]) -> Shown:
    return [(chars[n.start : n.stop], n.name, n.collective) for n in names]


def cut_at(case: str) -> tuple[str, list[Name], list[int]]:
    """The same for a case with ｜: also where those stood."""
    text, names = unmark(case)
    bars = [i - k for k, i in enumerate(m.start() for m in regex.finditer("｜", text))]

    def moved(offset: int) -> int:
        return offset - text.count("｜", 0, offset)

    found = [Name(moved(n.start), moved(n.stop), n.name, n.collective) for n in names]
    return text.replace("｜", ""), found, bars


@pytest.mark.parametrize(
    ("case", "is_open"), [(case, kind == "open") for kind in ("closed", "open") for case in CASES[kind]]
)
def test_a_list_is_split(case: str, is_open: bool) -> None:
    text, names = unmark(case)
    framed = f"略：{text}。略"
    assert split(text, 0, len(text)) == Names(tuple(names), is_open)
    assert shown(framed, split(framed, 2, 2 + len(text)).names) == shown(text, names)


@pytest.mark.parametrize("text", CASES["like"])
def test_a_string_of_departments_is_known(text: str) -> None:
    assert looks_like(text, 0, len(text))
    assert looks_like(f"（{text}）", 1, len(text) + 1)


@pytest.mark.parametrize("text", CASES["unlike"])
def test_other_strings_are_not(text: str) -> None:
    assert not looks_like(text, 0, len(text))


@pytest.mark.parametrize("case", CASES["before"])
def test_the_list_before_a_word_is_found(case: str) -> None:
    text, names, (stop,) = cut_at(case)
    found = list_before(text, stop, 0)
    assert found is not None
    assert shown(text, found.names) == shown(text, names)
    assert [name.start for name in found.names] == [name.start for name in names]


@pytest.mark.parametrize("case", CASES["before_none"])
def test_no_list_before_a_word_is_made_up(case: str) -> None:
    text, _, (stop,) = cut_at(case)
    assert list_before(text, stop, 0) is None


def test_the_list_before_a_word_does_not_reach_further_than_allowed() -> None:
    found = list_before("市教育局、市财政局牵头", 9, 5)
    assert found is not None
    assert [name.name for name in found.names] == ["市财政局"]


@pytest.mark.parametrize("case", CASES["after"])
def test_the_list_after_a_place_is_found(case: str) -> None:
    text, names, (start, end) = cut_at(case)
    found = list_after(text, start, len(text))
    assert found is not None
    assert (shown(text, found[0].names), found[1]) == (shown(text, names), end)


@pytest.mark.parametrize("case", CASES["after_none"])
def test_no_list_after_a_place_is_made_up(case: str) -> None:
    text, _, (start,) = cut_at(case)
    assert list_after(text, start, len(text)) is None


@pytest.mark.parametrize("case", CASES["found"])
def test_certain_names_are_found_in_running_text(case: str) -> None:
    text, names = unmark(case)
    assert [(n.start, n.stop) for n in find_all(text, 0, len(text))] == [(n.start, n.stop) for n in names]


FAMILIAR = Familiar(frozenset({"东岭煤矿", "老张合作社", "教育局", "县水务投"}))


def test_names_of_the_document_help_to_cut_others() -> None:
    assert not looks_like("县水务投", 0, 4)
    assert looks_like("县水务投", 0, 4, FAMILIAR)
    text = "县公安局教育局"
    assert [name.name for name in split(text, 0, 7).names] == [text]
    familiar = Familiar(frozenset({"县公安局", "教育局"}))
    assert [name.name for name in split(text, 0, 7, familiar).names] == ["县公安局", "县教育局"]
    found = list_before("统计上报东岭煤矿牵头", 8, 0, FAMILIAR)
    assert found is not None
    assert [name.name for name in found.names] == ["东岭煤矿"]
    assert [name.name for name in find_all("报名：老张合作社、张三。", 0, 12, FAMILIAR)] == ["老张合作社"]


@pytest.mark.parametrize("text", ["市财政局立足本职落实资金", "东岭盐湖集团立足本职落实资金"])
def test_words_are_segmented_where_nothing_else_decides(text: str) -> None:
    found = list_after(text, 0, len(text))
    assert found is not None
    assert text[found[1] :] == "立足本职落实资金"


PLAIN = """
import sys
from parsers.departments import split, list_before, list_after
text = "由市发展改革委会同市财政局牵头，县教育局、公安局，各县（市、区）人民政府等部门在6月底前配合"
assert list_before(text, 13, 0) and list_after(text, 1, len(text))
assert len(split("县教育局、公安局等", 0, 9).names) == 2
assert "jieba" not in sys.modules
assert list_after("东岭盐湖集团立足本职", 0, 10)
assert "jieba" in sys.modules
"""


def test_segmentation_is_loaded_only_where_it_decides() -> None:
    subprocess.run([sys.executable, "-c", PLAIN], check=True, cwd=Path(__file__).parent.parent)


UNITS = [
    "县",
    "和",
    "局、",
    "（",
    "）",
    "县财政局和",
    "各市、县、",
    "市教育局组织",
    "由",
    "等",
    "（县、",
    "委、政府",
    "人力资源和",
]


def seconds(text: str) -> float:
    """Time for every reading of a text."""
    start = perf_counter()
    split(text, 0, len(text))
    looks_like(text, 0, len(text))
    list_before(text, len(text), 0)
    list_after(text, 0, len(text))
    find_all(text, 0, len(text))
    return perf_counter() - start


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    seconds(unit * 300)  # what is loaded on first use
    short, long = unit * (20_000 // len(unit)), unit * (200_000 // len(unit))
    assert seconds(long) < 40 * seconds(short) + 0.2
