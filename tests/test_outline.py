"""Outlines: every unit at its level, and nothing else."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.markers import markers
from parsers.normalise import normalise
from parsers.outline import outline
from schemas.outline import Node
from schemas.text import Source, Text
from tests.marks import unmarked

GROUPS = tomllib.loads(Path(__file__).with_name("cases").joinpath("outline.toml").read_text("utf-8"))["group"]
Places = list[tuple[int, str]]


def cases() -> list[Any]:
    return [
        pytest.param(case, group.get("breaks", []), id=f"{group['name']} {index}")
        for group in GROUPS
        for index, case in enumerate(group["cases"])
    ]


def text_of(raw: str) -> Text:
    return normalise(Source("case.txt", "text/plain", raw, ""))


def tree(text: Text, breaks: list[str]) -> list[Node]:
    places = [text.chars.find(words) for words in breaks]
    return outline(markers(text.chars), len(text), sorted(place for place in places if place >= 0))


def found(raw: str, breaks: list[str]) -> list[tuple[int, str, str]]:
    """Where the numbers stand in the source, their levels as letters, the numbers as printed."""
    text = text_of(raw)
    numbers = [(text[node.marker.number : node.marker.stop], node.level) for node in tree(text, breaks)]
    return [(number.span()[0], "ABCDEFGH"[level - 1], bare(number.printed())) for number, level in numbers]


def bare(printed: str) -> str:
    return "".join(printed.split())


@pytest.mark.parametrize(("case", "breaks"), cases())
def test_outlines(case: str, breaks: list[str]) -> None:
    raw, marked = unmarked(case.removeprefix("|"))
    wanted = sorted(
        (start, letter, bare(raw[start:stop])) for letter, spans in marked.items() for start, stop in spans
    )
    assert found(raw, breaks) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        "一、总体要求\n（一）指导思想\n1.原则\n二、任务\n（一）机制\n",
        "1 总则\n1.1 目的\n1.2 依据\n2 职责\n2.1 机构\n",
    ],
)
def test_units_tile_the_text(raw: str) -> None:
    nodes = tree(text_of(raw), [])
    assert [node.stop for node in nodes[:-1]] == [node.marker.start for node in nodes[1:]]
    for node in nodes:
        inside = [other for other in nodes if node.marker.start <= other.marker.start < node.end]
        assert all(other is node or node in ancestors(other) for other in inside)


def ancestors(node: Node) -> list[Node]:
    return [node.parent, *ancestors(node.parent)] if node.parent else []


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        ("一、甲项\n二、乙项\n", [None, None]),
        ("一、甲项\n三、丙项\n", [None, "numbering_gap"]),
        ("1.甲项\n2.乙项\n2.丙项\n", [None, None, "numbering_repeat"]),
        ("1.1 甲项\n1.2 乙项\n1.4 丁项\n", [None, None, "numbering_gap"]),
        ("（三）丙项。\n（四）丁项。\n", ["numbering_gap", None]),
    ],
)
def test_the_trouble_of_a_list_is_told(raw: str, trouble: list[str | None]) -> None:
    assert [node.trouble for node in tree(text_of(raw), [])] == trouble


def test_fifty_tasks_in_a_row() -> None:
    numerals = "一二三四五六七八九十"
    names = [*numerals, *[f"十{n}" for n in numerals[:-1]]]
    names += [f"{t}十{n}" for t in "二三四" for n in ("", *numerals[:-1])] + ["五十"]
    raw = "".join(f"{name}、落实第{at}项措施。" for at, name in enumerate(names, 1))
    assert [node.marker.value for node in tree(text_of(raw), [])] == list(range(1, 51))


@pytest.mark.timing
@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        "（",
        "）",
        "一、",
        "一、一",
        "（一）",
        "1.",
        "1.1",
        "1.1.1甲",
        "①",
        "第一条",
        "目录一、",
        "附件：1.甲",
        " ",
        "一",
        "1",
        "甲\n",
        "……1",
        "二、",
    ],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    from time import perf_counter

    def seconds(size: int) -> float:
        raw = (piece * (size // len(piece) + 1))[:size]
        start = perf_counter()
        tree(text_of(raw), [])
        return perf_counter() - start

    assert seconds(100_000) < max(0.5, 30 * seconds(10_000))
