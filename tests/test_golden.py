"""The JSON of every sample and the feeds and the ledger of one, character by character; `make golden` writes the files anew, on purpose."""

import os
from pathlib import Path

import pytest

from pipeline.writers import FORMATS, render
from tests.ledgers import dump
from tests.samples import NAMES, circular, source

GOLDEN = Path(__file__).with_name("golden")
FED = "sentences"
FEEDS = (
    "csv", "md", "ics", "jsonl", "items.jsonl", "jira", "redmine", "gitlab", "feishu", "doccano", "labelstudio"
)  # fmt: skip
ACCEPT = os.environ.get("ACCEPT_GOLDEN") == "1"


@pytest.mark.parametrize("name", NAMES)
def test_the_json_of_a_sample(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    found = render("json", [circular(name)])
    if ACCEPT:
        file.write_bytes(found)
    assert file.exists(), f"{file.name} is missing: make golden"
    assert found.decode("utf-8") == file.read_text("utf-8")


@pytest.mark.parametrize("form", FEEDS)
def test_the_feeds_of_a_sample(form: str) -> None:
    file = GOLDEN / f"feeds{FORMATS[form].suffix}"
    found = render(form, [circular(FED)], [source(FED)])
    if ACCEPT:
        file.write_bytes(found)
    assert file.exists(), f"{file.name} is missing: make golden"
    assert found == file.read_bytes()


def test_the_ledger_of_a_sample() -> None:
    file = GOLDEN / "ledger.txt"
    found = dump(render("xlsx", [circular(FED)]))
    if ACCEPT:
        file.write_text(found, "utf-8")
    assert file.exists(), f"{file.name} is missing: make golden"
    assert found == file.read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    known = {"ledger.txt", *(f"{name}.json" for name in (*NAMES, "figures"))}
    known |= {f"feeds{FORMATS[form].suffix}" for form in FEEDS}
    assert {file.name for file in GOLDEN.glob("*")} <= known
