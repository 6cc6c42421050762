"""Every case of tests/cases/times.toml, and that none is read where not_times.toml says that there is none."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.folding import fold
from parsers.time_limits import Dated, Reference, TimeMention, date_all, scan

CASES = Path(__file__).parent / "cases"
FAMILIES: dict[str, dict[str, Any]] = tomllib.loads((CASES / "times.toml").read_text("utf-8"))["family"]
EVERY = [(name, case) for name, family in FAMILIES.items() for case in family["cases"]]


SEVERAL = ("listed", "shared_edge")  # families of which a case names several times


def found(text: str, issued: str) -> tuple[str, list[TimeMention], list[Dated]]:
    """The marked words ("" where the text is a field), the mentions in the text without marks, their dates."""
    marked = text[text.index("⟦") + 1 : text.index("⟧")] if "⟦" in text else ""
    clean = fold(text.replace("⟦", "").replace("⟧", ""))
    mentions = scan(clean, whole=not marked)
    return fold(marked), mentions, date_all(mentions, Reference.option(dt.date.fromisoformat(issued)))


def shown(dated: Dated) -> list[str]:
    if dated.kind == "recurring":
        return [dated.kind, dated.recurrence or ""]
    return [dated.kind, str(dated.start or ""), str(dated.end or "")]


@pytest.mark.parametrize(("family", "case"), EVERY, ids=[case[0] for _, case in EVERY])
def test_a_time_means_what_the_case_says(family: str, case: list[str]) -> None:
    text, *expected = case
    marked, mentions, dates = found(text, FAMILIES[family].get("issued", "2021-03-20"))
    assert mentions, "nothing found"
    clean = fold(text.replace("⟦", "").replace("⟧", ""))
    if marked:
        assert clean[mentions[0].start : mentions[0].stop] == marked
    else:
        assert len(mentions) == 1 or family in SEVERAL
    assert shown(dates[0]) == expected
    assert dates[0].approximate == FAMILIES[family].get("approximate", False)
    assert dates[0].problems == ((FAMILIES[family]["problem"],) if "problem" in FAMILIES[family] else ())
