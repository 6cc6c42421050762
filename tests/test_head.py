"""Heads and frames: what is marked in the cases is found where it stands, and nothing else."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.head import Head, circulars, read
from parsers.head.reading import title_year
from parsers.normalise import normalise
from parsers.vocab import table
from schemas.text import Source, Text
from tests.marks import unmarked

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]
HEADS = (
    "lines",
    "organs",
    "kinds",
    "flat",
    "noise",
    "none",
    "titles",
    "numbers",
    "sentences",
    "metadata",
    "addressees",
    "signed",
    "glued",
    "spaced",
)


def cases(*names: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{name}: {case['name']}")
        for name in names
        for case in tomllib.loads((CASES / f"head_{name}.toml").read_text("utf-8"))["case"]
    ]


def text_of(raw: str) -> Text:
    return normalise(Source("case.txt", "text/plain", raw, ""))


def bare(raw: str, spans: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Where the marked words begin, and the words without blanks and line ends."""
    return [(start, "".join(raw[start:stop].split())) for start, stop in sorted(spans)]


def spans(texts: tuple[Text, ...]) -> list[tuple[int, int]]:
    return [text.span() for text in texts]


@pytest.mark.parametrize("case", cases(*HEADS))
def test_heads(case: Case) -> None:
    raw, marked = unmarked(case["text"].removeprefix("\n"))
    head = read(text_of(raw))
    found = {
        "title": spans(head.title),
        "number": spans((head.number.text,)) if head.number else [],
        "issuers": spans(tuple(organ.text for organ in head.issuers)),
        "recipients": spans(tuple(organ.text for organ in head.recipients)),
        "date": spans((head.issue_date[0],)) if head.issue_date else [],
    }
    wanted = dict(zip(found, (marked.get(letter, []) for letter in "TNIRD"), strict=True))
    words = {field: [word for _, word in bare(raw, places)] for field, places in found.items()}
    assert words == {field: [word for _, word in bare(raw, places)] for field, places in wanted.items()}
    told = {
        "opens": text_of(raw).chars[head.body[0] :][:3].strip(),
        "date": iso(head),
        "kind": head.doc_type,
        "year": head.title_year,
    }
    assert {key: told[key] for key in told if key in case} == {key: case[key] for key in told if key in case}


def iso(head: Head) -> str:
    """The day in the head as ISO date, empty where there is none or none that exists."""
    return head.issue_date[1].isoformat() if head.issue_date and head.issue_date[1] else ""


@pytest.mark.parametrize("case", cases("frame"))
def test_frames(case: Case) -> None:
    raw, marked = unmarked(case["text"].removeprefix("\n"))
    text = text_of(raw)
    head = read(text)
    annexed = tuple(annex.title for annex in head.annexes if annex.title)
    listed = tuple(title for title in head.attachments if title not in annexed or not marked.get("X"))
    assert bare(raw, spans(annexed)) == bare(raw, marked.get("X", []))
    assert bare(raw, spans(listed)) == bare(raw, marked.get("A", []))
    assert bare(raw, spans(tuple(c.text for c in head.contacts))) == bare(raw, marked.get("C", []))
    if "B" in marked:
        body = text[slice(*head.body)].strip()
        assert body.chars == text_of(raw[slice(*marked["B"][0])]).chars.strip()
    if "contact" in case:
        found = head.contacts[0]
        assert {"name": found.name, "phone": found.phone, "email": found.email} == {"email": None} | case[
            "contact"
        ]


def test_a_circular_that_bears_its_plans_title_does_not_attach_the_plan() -> None:
    plan = "某局\n2021年4月10日\n重点任务分工方案\n为做好工作，制定本方案。\n一、总体要求"
    alone = read(text_of(f"各乡镇人民政府：\n现将方案发给你们，请抓好落实。\n{plan}"))
    sent = read(text_of(f"关于印发分工方案的通知\n各学区、各直属学校：\n现印发给你们，请遵照办理。\n{plan}"))
    assert (alone.title_text, alone.attachments) == ("重点任务分工方案", ())
    assert [title.chars for title in sent.attachments] == ["重点任务分工方案"]


@pytest.mark.parametrize("case", cases("several"))
def test_several_circulars_in_one_text(case: Case) -> None:
    parts = case["text"].removeprefix("\n").split("|")
    found = circulars(text_of("".join(parts)))
    assert [part.chars.strip() for part in found] == [text_of(part).chars.strip() for part in parts]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("关于印发2022年政务公开工作要点的通知", 2022),
        ("2021年度先进集体评选方案", 2021),
        ("三年行动计划（2021—2023年）", None),
        ("关于2013-2017年清洁空气行动计划2016年工作措施的通知", 2016),
        ("国民经济和社会发展第十四个五年规划和2035年远景目标纲要", None),
        ("关于某省2025年前碳达峰实施方案的通知", None),
        ("关于做好防汛工作的通知", None),
        ("某办法（2019年修订）", None),
        ("关于开展社会团体2022年度检查的通知", 2022),
        ("关于开展社会团体2022年度年检的通知", None),
        ("关于批复2022年度决算的通知", None),
    ],
)
def test_the_year_that_a_title_names(title: str, year: int | None) -> None:
    assert title_year(title) == year


def test_every_wording_stands_in_an_example() -> None:
    for key, entries in table("head").items():
        for entry in entries:
            words = entry.get("aliases", [entry["canonical"]])
            missing = [word for word in words if not any(word in example for example in entry["examples"])]
            idle = [
                line for line in entry["examples"] if not any(w in line for w in (*words, entry["canonical"]))
            ]
            assert not missing, f"{key}: no example of {missing}"
            assert not idle, f"{key}: nothing in {idle}"
            assert list(entry) == sorted(entry), f"{key}: keys of {entry['canonical']}"


@pytest.mark.timing
@pytest.mark.parametrize(
    "piece",
    [
        "通知",
        "关于的通知",
        "〔2021〕5号",
        "《",
        "（",
        "附件1",
        "各县、",
        "2021年3月5日",
        "某局",
        "联系人：",
        "\n",
        "　",
        "文件",
        "：",
        "某市教育局\n",
    ],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    from time import perf_counter

    def seconds(size: int) -> float:
        text = Text.plain((piece * (size // len(piece) + 1))[:size])
        start = perf_counter()
        read(text)
        circulars(text)
        return perf_counter() - start

    assert seconds(200_000) < max(0.5, 30 * seconds(20_000))
