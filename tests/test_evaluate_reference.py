"""Our figures against those of the reference scorer, on any gold and any output; skipped where it is not at hand."""

import importlib.util
import json
import os
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.evaluate import Evaluation
from pipeline.readers import read
from pipeline.run import parse
from pipeline.scoring import score
from pipeline.writers.json import dumps

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / os.environ.get("EVAL", "../shared/eval")
Json = dict[str, Any]

needs_reference = pytest.mark.skipif(
    not (REFERENCE / "score.py").exists(), reason="needs the evaluation data"
)


@cache
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", REFERENCE / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected(pairs_of: list[tuple[Json, Json]]) -> dict[str, Json]:
    scorer, sheets = reference(), []
    for gold, parsed in pairs_of:
        sheet = scorer.Sheet("x", [])
        scorer.score_head(sheet, gold.get("doc") or {}, parsed)
        items = [scorer.own(item) for item in parsed.get("items") or []]
        for want, got in scorer.align(gold.get("items") or [], items):
            scorer.score_item(sheet, want, got, gold.get("complete", True), gold.get("outline", False))
        sheets.append(sheet)
    figures: dict[str, Json] = scorer.figures(sheets)
    return figures


def ours(pairs_of: list[tuple[Json, Json]]) -> dict[str, Json]:
    every = Evaluation([score("x", gold, parsed) for gold, parsed in pairs_of], []).figures()
    return {
        name: {"p": one.p, "r": one.r, "micro": one.micro, "macro": one.macro, "n": one.n, "of": one.of}
        for name, one in every.items()
    }


WRITTEN = ["市水务局", "市 应急局", "各县、区", "水务局", "市教育局。"]
UNITS = st.lists(st.sampled_from(WRITTEN), max_size=4)
DATES = st.sampled_from([None, "2021-06-30", "2021-12-31"])
KINDS = st.sampled_from(["by", "during", "range", "recurring", "ongoing", "relative", "unresolved", "none"])
DAY = {"text": st.sampled_from(["6月底前", ""]), "kind": KINDS, "start": DATES, "end": DATES}
LIMITS = st.fixed_dictionaries(DAY)
NAMED = st.lists(
    st.fixed_dictionaries(
        {"text": st.sampled_from(WRITTEN), "evidence": st.sampled_from(["label", "inherited"])}
    ),
    max_size=4,
)
LABELS = {
    "number": st.sampled_from(["一、", "1．", "（二）", "", "附"]),
    "title": st.sampled_from(["排查隐患", "排查隐患，压实责任。", "储备物资", ""]),
}
FLAGS = ("optional", "dept_optional", "role_optional", "deadline_optional", "invalid_date")
GOLD_ITEMS = st.fixed_dictionaries(
    LABELS,
    optional={
        **dict.fromkeys(("lead", "support", "responsible", "lead_expanded"), UNITS),
        **{flag: st.booleans() for flag in FLAGS},
        "also_accept": st.fixed_dictionaries({"lead": UNITS}),
        "deadline": st.none() | LIMITS,
        "deadlines": st.lists(st.fixed_dictionaries(DAY, optional={"optional": st.booleans()}), max_size=3),
    },
)
ROLES = ("lead_departments", "supporting_departments", "responsible_departments")
PARSED_ITEMS = st.fixed_dictionaries(
    LABELS,
    optional={"time_limits": st.lists(LIMITS, max_size=3), **dict.fromkeys(ROLES, NAMED)},
)
WORDS = st.sampled_from([None, "", "关于防汛的通知", "关于防汛 的通知。", "别的"])
DOCS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("title", "notice_title", "doc_number", "doc_number_clean", "date", "issuer"), WORDS),
        "issuers": UNITS,
        "recipients": UNITS,
        "outside_text": st.lists(st.sampled_from(["title", "date", "issuer", "recipients"]), max_size=2),
    },
)
GOLDS = st.fixed_dictionaries(
    {"items": st.lists(GOLD_ITEMS, max_size=6)},
    optional={"doc": DOCS, "complete": st.booleans(), "outline": st.booleans()},
)
OUTPUTS = st.fixed_dictionaries(
    {"items": st.lists(PARSED_ITEMS, max_size=6)},
    optional={
        "title": WORDS,
        "doc_number": st.none() | st.fixed_dictionaries({"text": WORDS}),
        "issue_date": st.none() | st.fixed_dictionaries({"date": WORDS}),
        "issuers": NAMED,
        "recipients": NAMED,
    },
)


@needs_reference
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(GOLDS, OUTPUTS), min_size=1, max_size=3))
def test_any_gold_and_any_output_give_the_reference_figures(pairs_of: list[tuple[Json, Json]]) -> None:
    assert ours(pairs_of) == expected(pairs_of)


@needs_reference
def test_the_corpus_gives_the_reference_figures() -> None:
    pairs_of = []
    for path in sorted((REFERENCE / "gold").glob("*.json")):
        text = REFERENCE / "corpus" / f"{path.stem}.txt"
        parsed = json.loads(dumps(parse(read(str(text)))[0])) if text.exists() else {"items": []}
        pairs_of.append((json.loads(path.read_text("utf-8")), parsed))
    assert ours(pairs_of) == expected(pairs_of)
