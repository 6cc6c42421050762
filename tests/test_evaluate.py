"""The figures on small cases counted by hand; test_evaluate_reference.py compares many with the reference."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.baseline import compare, record
from pipeline.evaluate import Evaluation, Figures
from pipeline.matching import fold, ordinal, pairs
from pipeline.scoring import score

Json = dict[str, Any]

GOLD: Json = {
    "complete": True,
    "doc": {
        "title": "关于防汛的通知",
        "doc_number": "云政办〔2021〕5号",
        "date": "2021-03-01",
        "recipients": ["各县、区"],
    },
    "items": [
        {
            "number": "一、",
            "title": "排查隐患。",
            "lead": ["市水务局"],
            "support": ["市应急局", "市气象局"],
            "deadline_text": "6月底前",
            "deadline": {"kind": "by", "start": None, "end": "2021-06-30"},
        },
        {"number": "二、", "title": "储备物资", "lead": ["市应急局"], "deadline": None},
    ],
}
PARSED: Json = {
    "title": "关于防汛的通知。",
    "doc_number": {"text": "云政办[2021] 5号"},
    "issue_date": {"date": "2021-03-02"},
    "recipients": [{"text": "各县"}, {"text": "区"}],
    "items": [
        {
            "number": "1.",
            "title": "排查隐患",
            "lead_departments": [{"text": "市水务局"}],
            "supporting_departments": [{"text": "市应急局"}, {"text": "市财政局"}],
            "time_limits": [{"text": "6月底前", "kind": "by", "start": None, "end": "2021-06-30"}],
        },
        {"number": "三、", "title": "别的事", "lead_departments": [{"text": "市教育局"}]},
    ],
}


def written(folder: Path, **files: Any) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return folder


def evaluated(gold: Json, parsed: Json) -> dict[str, tuple[float, float, float]]:
    every = Evaluation([score("通知", gold, parsed)], []).figures()
    return {name: (round(one.p, 3), round(one.r, 3), round(one.micro, 3)) for name, one in every.items()}


def test_figures_counted_by_hand() -> None:
    assert evaluated(GOLD, PARSED) == {
        "item": (0.5, 0.5, 0.5),
        "lead": (0.5, 0.5, 0.5),
        "others": (0.5, 0.5, 0.5),
        "support": (0.5, 0.5, 0.5),
        "deadline": (1, 1, 1),
        "milestone": (1, 1, 1),
        "title": (1, 1, 1),
        "doc_number": (1, 1, 1),
        "issue_date": (0, 0, 0),
        "recipient": (1, 1, 1),
    }


def test_a_crash_cannot_raise_a_figure(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold", a=GOLD, b=GOLD, c=GOLD)
    parsed = written(tmp_path / "out", a=PARSED, c=[])
    (parsed / "b.json").write_bytes(b'{"items": [')
    found = Evaluation.of(gold, parsed)
    assert found.missing == ["b", "c"]
    assert found.figures()["item"] == Figures(0.5, 1 / 6, 0.25, None, 6, 0)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("云政办〔２０２１〕5 号", "云政办[2021]5号"),
        ("开展“五一”活动。", '开展"五一"活动'),
        ("二○二一", "二〇二一"),
        (None, "；"),
    ],
)
def test_what_is_compared_without_its_dress(left: str | None, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("（二十一）", "21"),
        ("廿三、", "23"),
        ("一百零二", "102"),
        ("⑫", "12"),
        ("第十条", "10"),
        ("3-1", "3-1"),
        ("甲", "甲"),
    ],
)
def test_numbers_without_their_dress(number: str, value: str) -> None:
    assert ordinal(number) == value


def test_items_pair_in_reading_order() -> None:
    gold = [{"number": "1", "title": title} for title in ("甲", "乙", "甲")]
    parsed = [{"number": "1", "title": title, "at": at} for at, title in enumerate(("甲", "丙", "甲", "乙"))]
    assert [(g and g["title"], p and p["at"]) for g, p in pairs(gold, parsed)] == [
        ("甲", 0),
        ("乙", 3),
        ("甲", 2),
        (None, 1),
    ]


def test_gains_and_losses_value_by_value() -> None:
    before, after = score("通知", GOLD, PARSED), score("通知", GOLD, PARSED | {"items": PARSED["items"][:1]})
    accepted = record({}, [before])
    assert "水务" not in json.dumps(accepted, ensure_ascii=False)
    changes = compare(accepted, [after])
    assert not changes.losses
    assert [one.figure for _, one in changes.gains] == ["item", "lead"]
    back = compare(record({}, [after]), [before])
    assert [(name, one.figure, one.value) for name, one in back.losses] == [
        ("通知", "item", ""),
        ("通知", "lead", "市教育局"),
    ]
    mended = compare(accepted, [score("通知", GOLD, PARSED | {"issue_date": {"date": "2021-03-01"}})])
    assert [(one.figure, one.value) for _, one in mended.gains] == [("issue_date", "2021-03-01")]
    assert compare(accepted, [score("另一份", GOLD, PARSED)]).new == ["另一份"]


def test_the_report_compares_and_accepts(tmp_path: Path) -> None:
    gold, out = written(tmp_path / "gold", 通知=GOLD), written(tmp_path / "out", 通知=GOLD | {"items": []})
    baseline = tmp_path / "golden" / "figures.json"

    def report() -> str:
        found = Evaluation.of(gold, out)
        return "\n".join(found.report(list_errors=False, as_json=False, baseline=baseline))

    assert "相比" not in report()
    Evaluation.of(gold, out).accept(baseline)
    assert "改善 0 处，退步 0 处" in report()
    written(out, 通知=PARSED)
    assert "+ 通知  item  对  一、 排查隐患" in report()
    assert "item        microF1 0.000 → 0.500" in report()
