"""Generated circulars: whatever the numbering, the labels, the widths and the wraps, the same fields come back."""

import hashlib
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from pipeline.gate import bare
from pipeline.run import parse
from schemas.circular import Circular, Department, Item
from schemas.text import Source
from tests.generator import BOTH, CHOICES, Made, Style, circulars, make

SEEDS = st.integers(0, 1 << 32)
usual = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def styles(*free: str, **held: Any) -> st.SearchStrategy[Style]:
    """Styles that differ in the parts named, and are as `held` says in others."""
    parts = {name: st.sampled_from(CHOICES.get(name, BOTH)) for name in free}
    return st.builds(Style, **parts, **{name: st.just(value) for name, value in held.items()})


def parsed(text: str) -> Circular:
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    (found,) = parse(Source("made.txt", "text/plain", text, sha256, "utf-8"))
    return found


def names(units: Sequence[Department]) -> list[str]:
    return [bare(unit.name) for unit in units]


def told(item: Item) -> dict[str, Any]:
    """What an item says, in the words of the answer."""
    return {
        "path": [bare(number) for number in item.path],
        "title": bare(item.title),
        "lead": names(item.lead_departments),
        "support": names(item.supporting_departments),
        "responsible": names(item.responsible_departments),
        "times": [(bare(t.text), t.kind, t.start, t.end, t.recurrence) for t in item.time_limits],
    }


def answers(made: Made) -> list[dict[str, Any]]:
    return [
        {
            "path": [bare(number) for number in task.path],
            "title": bare(task.title),
            **{
                role: [bare(name) for name in task.names.get(role, ())]
                for role in ("lead", "support", "responsible")
            },
            "times": [(t.words, t.kind, t.start, t.end, t.recurrence) for t in [task.time] if t],
        }
        for task in made.items
    ]


def check(made: Made) -> None:
    note(made.text)
    found = parsed(made.text)
    assert [told(item) for item in found.items] == answers(made)
    assert found.title is not None
    assert bare(found.title) == bare(made.title)
    assert found.doc_number is not None
    assert bare(found.doc_number.text) == bare(made.doc_number)
    assert names(found.issuers) == [made.issuer]
    assert names(found.recipients) == [bare(name) for name in made.recipients]
    assert found.issue_date is not None
    assert found.issue_date.date == made.issue_date


@usual
@given(styles("numbering", "through", "layout", "roles", "covered"), SEEDS)
def test_any_numbering_and_place_of_responsibility(style: Style, seed: int) -> None:
    check(make(style, seed))


@usual
@given(styles("numbering", "roles", "layout", "synonyms", "tied"), SEEDS)
def test_any_label_and_separator(style: Style, seed: int) -> None:
    check(make(style, seed))


@usual
@given(styles("numbering", "roles", "layout", "tied", "wide_digits", "half_marks"), SEEDS)
def test_any_width(style: Style, seed: int) -> None:
    check(make(style, seed))


@usual
@given(
    styles("numbering", "roles", "layout", "wrap", "indent", "page", "blank_lines", "bullet", "crlf"), SEEDS
)
def test_any_wrap(style: Style, seed: int) -> None:
    made = make(style, seed)
    full = sum(len(line) == style.wrap for line in made.text.splitlines())
    assume(not style.wrap or full >= 5)  # where hardly a line is full nobody can tell a wrap from an end
    check(made)


@usual
@given(styles("numbering", "roles", "layout", "tied", "covered", one_line=True), SEEDS)
def test_on_one_line(style: Style, seed: int) -> None:
    assume("①" not in style.numbering)  # glued to a word it is a note, not a number
    check(make(style, seed))


@usual
@given(styles(*CHOICES), SEEDS)
def test_the_same_text_gives_the_same_json(style: Style, seed: int) -> None:
    text = make(style, seed).text
    assert parsed(text).model_dump_json() == parsed(text).model_dump_json()


def test_the_same_seed_gives_the_same_circulars() -> None:
    assert list(circulars(20, seed=3)) == list(circulars(20, seed=3))
    assert len({made.text for made in circulars(200, seed=3)}) == 200
