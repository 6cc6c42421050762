"""The JSON of every sample, character by character; `make golden` writes the files anew, on purpose."""

import os
from pathlib import Path

import pytest

from pipeline.writers.json import render
from tests.samples import NAMES, circular

GOLDEN = Path(__file__).with_name("golden")
ACCEPT = os.environ.get("ACCEPT_GOLDEN") == "1"


@pytest.mark.parametrize("name", NAMES)
def test_the_json_of_a_sample(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    found = render([circular(name)])
    if ACCEPT:
        file.write_bytes(found)
    assert file.exists(), f"{file.name} is missing: make golden"
    assert found.decode("utf-8") == file.read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    known = {*NAMES, "figures"}
    assert {file.stem for file in GOLDEN.glob("*.json")} <= known
