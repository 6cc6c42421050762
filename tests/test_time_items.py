"""Which times an item carries and what they mean, in whole circulars: marked texts in cases/time_items.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from schemas.circular import Item, TimeLimit
from tests.marks import unmarked
from tests.test_roles import AFTER, BEFORE, FOOT, HEAD, circular

FAMILIES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "time_items.toml").read_text("utf-8")
)
EVERY = [(case[0], case[1:]) for family in ("limits", "none") for case in FAMILIES[family]]


def framed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The circular around the words of its second item, and the marked spans."""
    head = HEAD.format(title="关于做好2023年重点工作的通知")
    raw, spans = unmarked(f"{head}{BEFORE}{text.replace('⟦', '⟦T')}{AFTER}{FOOT}")
    return raw, spans.get("T", [])


def second(raw: str) -> Item:
    found = circular(raw)
    return next(item for item in found.items if item.number == "（二）")


def shown(limit: TimeLimit) -> str:
    """by ..2023-08-25, or the kind and the rule."""
    dates = f"{limit.start or ''}..{limit.end or ''}"
    return " ".join(filter(None, [limit.kind, dates if dates != ".." else "", limit.recurrence]))


@pytest.mark.parametrize(("text", "meant"), EVERY, ids=[text for text, _ in EVERY])
def test_an_item_carries_what_its_words_say(text: str, meant: list[str]) -> None:
    raw, spans = framed(text)
    limits = second(raw).time_limits
    assert [raw[slice(*limit.span)] for limit in limits] == [raw[slice(*span)] for span in spans]
    assert [shown(limit) for limit in limits] == meant


@pytest.mark.parametrize(("text", "code"), FAMILIES["queries"])
def test_a_limit_that_was_over_is_kept_and_queried(text: str, code: str) -> None:
    raw, spans = framed(text)
    found = circular(raw)
    assert [limit.span for limit in second(raw).time_limits] == spans
    assert [issue.code for issue in found.issues if issue.span in spans] == [code]


@pytest.mark.parametrize(("text", "title", "rest"), FAMILIES["headings"])
def test_a_heading_of_time_stays_whole_and_nothing_behind_the_time_is_lost(
    text: str, title: str, rest: str
) -> None:
    raw, spans = framed(text)
    item = second(raw)
    assert (item.title, item.text) == (title, rest)
    assert [limit.span for limit in item.time_limits] == spans
