"""What lacks a unit or a time in a list whose other members say it, and what is a task at all: cases/missing.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import parse
from schemas.text import Source

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("missing.toml").read_text("utf-8"))["case"]
LETTERS = {"missing_lead": "L", "missing_time_limit": "T"}
HEAD = "云河市人民政府关于做好防汛工作的通知\n各县（市、区）人民政府：\n现将有关事项通知如下：\n"
FOOT = "\n云河市人民政府\n2023年2月21日\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: "".join(case["asked"]) or "nothing")
def test_what_a_careful_clerk_asks_for(case: dict[str, Any]) -> None:
    (found,) = parse(Source("a", "text/plain", f"{HEAD}{case['body']}{FOOT}", "0" * 64, "utf-8"))
    numbers = {item.id: item.number for item in found.items}
    asked = [
        f"{LETTERS[issue.code]}{numbers[issue.item or '']}" for issue in found.issues if issue.code in LETTERS
    ]
    assert asked == case["asked"]
    assert [item.number for item in found.items if item.is_task] == case["tasks"]
