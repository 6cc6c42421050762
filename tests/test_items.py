"""Whole circulars, item by item: number, title, who and by when, each item as one line of tests/cases/items.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import parse
from schemas.circular import Circular, Item
from schemas.text import Source

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("items.toml").read_text("utf-8"))["case"]


def circular(raw: str) -> Circular:
    (found,) = parse(Source("case.txt", "text/plain", raw, "0" * 64, "utf-8"))
    return found


def line(item: Item) -> str:
    """（二） 集中整治 | 牵头 县住建局 | 配合 县城管局 | 4月: what is missing is left out."""
    roles = (item.lead_departments, item.supporting_departments, item.responsible_departments)
    said = [
        f"{role} {'、'.join(unit.text for unit in units)}"
        for role, units in zip(("牵头", "配合", "责任"), roles, strict=True)
        if units
    ]
    times = "；".join(limit.text for limit in item.time_limits if limit.evidence != "inherited")
    return " | ".join([f"{item.number} {item.title}", *said, *([times] if times else [])])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_items(case: dict[str, Any]) -> None:
    found = circular(case["text"])
    assert [line(item) for item in found.items] == case["items"]
    if "issues" in case:
        asked = [(issue.code, case["text"][slice(*issue.span)]) for issue in found.issues if issue.span]
        assert [pair for pair in asked if pair[0] in case.get("codes", [])] == [
            tuple(one) for one in case["issues"]
        ]
