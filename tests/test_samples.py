"""The samples against what a careful clerk takes out of them: tests/cases/samples.toml, written by hand.

An item is rendered in the notation of that file (its head explains it), so that a failure reads as a clerk
would say it.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from schemas.circular import Circular, Department, Item, TimeLimit
from tests.samples import NAMES, circular

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases").joinpath("samples.toml").read_text("utf-8")
)
FIELDS = ("path", "title", "lead", "support", "responsible", "limits", "open", "leaders")
HEAD = ("title", "doc_number", "issuers", "recipients", "issue_date", "attachments", "contacts", "texts")
Expected = dict[str, Any]


def department(unit: Department) -> str:
    """市教育局; 经济部→省总经济部 where a part was carried over; ↑市教育局 where it is inherited."""
    meant = "" if unit.name == unit.text else f"→{unit.name}"
    return ("↑" if unit.evidence == "inherited" else "") + unit.text + meant


def limit(time: TimeLimit, alone: bool) -> str:
    """6月底前 ../2021-06-30; 每月5日前 FREQ=…; 长期坚持 ongoing; the main one of several with an asterisk."""
    mark = ("↑" if time.evidence == "inherited" else "") + ("*" if time.main and not alone else "")
    dates = f"{time.start or '..'}/{time.end or '..'}" if time.start or time.end else time.kind
    return f"{mark}{time.text} {time.recurrence or ('ongoing' if time.kind == 'ongoing' else dates)}"


def rendered(item: Item) -> Expected:
    alone = len(item.time_limits) == 1
    return {
        "path": " ".join(item.path),
        "title": item.title,
        "lead": [department(unit) for unit in item.lead_departments],
        "support": [department(unit) for unit in item.supporting_departments],
        "responsible": [department(unit) for unit in item.responsible_departments],
        "limits": [limit(time, alone) for time in item.time_limits],
        "open": list(item.open_roles),
        "leaders": [leader.text.replace(" ", "") for leader in item.leaders],
    }


def left_out(values: list[str], spare: set[str]) -> list[str]:
    """The values without those that may be left out; where some may, which one is the main one stays open."""
    bare = [value.removeprefix("*") for value in values] if spare else values
    return [value for value in bare if value not in spare]


def agreed(field: str, expected: Expected, found: Expected) -> tuple[Any, Any]:
    """Expected and found value without what may differ: a title's rest, values that may be left out."""
    want, have = expected.get(field, []), found[field]
    if isinstance(have, str):
        return want, have[: len(want)]
    spare = {value[1:] for value in want if value[0] == "?"}
    return left_out([value for value in want if value[0] != "?"], spare), left_out(have, spare)


def item_of(name: str, expected: Expected) -> Expected:
    """The item of these numbers and this title; the outline is another test."""
    items = [rendered(item) for item in circular(name).items]
    same = [item for item in items if item["path"] == expected["path"]]
    assert same, f"{expected['path']} is not among {[item['path'] for item in items]}"
    return next((item for item in same if item["title"].startswith(expected["title"])), same[0])


def reads_well(item: Item, found: Circular) -> bool:
    """Its own words, neither cut in the middle nor with the signature behind them."""
    signed = found.issue_date and found.issue_date.text
    whole = item.text[:1] not in "，。；、" or not item.text
    return whole and "。。" not in item.text and not (signed and signed in item.text)


def headed(found: Circular) -> dict[str, Any]:
    """The head, and `texts`: the ids of items whose text does not read well, none expected."""
    return {
        "title": found.title,
        "doc_number": found.doc_number and found.doc_number.text,
        "issuers": [unit.text for unit in found.issuers],
        "recipients": [unit.text for unit in found.recipients],
        "issue_date": found.issue_date and str(found.issue_date.date),
        "attachments": [attachment.title for attachment in found.attachments],
        "contacts": [contact.name for contact in found.contacts],
        "texts": [item.id for item in found.items if not reads_well(item, found)],
    }


def cases() -> list[Any]:
    """One case an item; a field that the program gets wrong so far is a case of its own, expected to fail."""
    made = []
    for name, case in CASES.items():
        for index, item in enumerate(case["items"]):
            wrong = item.get("xfail", {})
            label = f"{name}-{index}-{item['path']}"
            made.append(pytest.param(name, index, [f for f in FIELDS if f not in wrong], id=label))
            made += [
                pytest.param(name, index, [f], id=f"{label}-{f}", marks=pytest.mark.xfail(reason=wrong[f]))
                for f in wrong
            ]
    return made


def heads() -> list[Any]:
    made = []
    for name, case in CASES.items():
        wrong = case.get("xfail", {})
        for field in HEAD:
            mark = [pytest.mark.xfail(reason=wrong[field])] if field in wrong else []
            made.append(pytest.param(name, field, marks=mark, id=f"{name}-{field}"))
    return made


def test_every_sample_has_expectations() -> None:
    assert set(CASES) == set(NAMES)


@pytest.mark.parametrize(("name", "field"), heads())
def test_the_head(name: str, field: str) -> None:
    empty: list[str] | None = None if field in ("title", "doc_number", "issue_date") else []
    assert headed(circular(name))[field] == CASES[name].get(field, empty)


@pytest.mark.parametrize("name", CASES)
def test_the_outline(name: str) -> None:
    assert [" ".join(item.path) for item in circular(name).items] == [
        item["path"] for item in CASES[name]["items"]
    ]


@pytest.mark.parametrize(("name", "index", "fields"), cases())
def test_an_item(name: str, index: int, fields: list[str]) -> None:
    expected = CASES[name]["items"][index]
    found = item_of(name, expected)
    pairs = {field: agreed(field, expected, found) for field in fields}
    assert {f: have for f, (_, have) in pairs.items()} == {f: want for f, (want, _) in pairs.items()}
