"""The vocabulary of departments: every word of every group does what its group says, in one of its examples."""

from __future__ import annotations

import pytest

from parsers.departments import list_after, list_before, looks_like, split
from parsers.departments.shape import shape
from parsers.departments.terms import TOPIC, Guarded
from parsers.departments.vocabulary import Grade, grade, is_collective, is_generic
from parsers.vocab import Term, table, terms

GROUPS = tuple(table(TOPIC))


def examples(*groups: str) -> list[str]:
    return [example for group in groups for term in terms(TOPIC, group) for example in term.examples]


def names(text: str) -> list[str]:
    return [name.name for name in split(text, 0, len(text)).names]


@pytest.mark.parametrize("term", [term for group in GROUPS for term in terms(TOPIC, group)])
def test_every_word_has_an_example(term: Term) -> None:
    assert [word for word in term.aliases if not any(word in example for example in term.examples)] == []
    assert [example for example in term.examples if not any(word in example for word in term.aliases)] == []
    assert len(term.aliases) == len(set(term.aliases))
    assert list(term.aliases) == sorted(term.aliases)
    assert list(term.unless) == sorted(term.unless)


def test_groups_stand_in_order() -> None:
    assert list(GROUPS) == sorted(GROUPS)


@pytest.mark.parametrize("group", ["ending", "loose", "place"])
def test_every_ending_ends_an_example_that_is_a_name(group: str) -> None:
    shown = examples(group)
    assert [name for name in shown if not grade(name) or names(name) != [name]] == []
    loose = [
        word
        for term in terms(TOPIC, group)
        for word in term.aliases
        if not any(e.endswith(word) for e in shown)
    ]
    assert loose == []


@pytest.mark.parametrize(
    "veto", [v for g in ("ending", "loose", "place") for t in terms(TOPIC, g) for v in t.unless]
)
def test_a_word_that_only_ends_like_a_department_is_none(veto: str) -> None:
    assert not looks_like(veto, 0, len(veto))


@pytest.mark.parametrize("text", examples("field", "own"))
def test_units_of_one_level_share_it(text: str) -> None:
    assert {name[0] for name in names(text)} == {"县"}


@pytest.mark.parametrize("text", examples("organ"))
def test_organs_of_the_party_are_of_its_committee(text: str) -> None:
    assert {name[:2] for name in names(text)} == {"市委"}


@pytest.mark.parametrize("name", examples("fixed", "task"))
def test_whole_names_are_sure(name: str) -> None:
    assert grade(name) is Grade.SURE


@pytest.mark.parametrize("text", examples("role", "adverb"))
def test_words_of_duty_are_cut_off(text: str) -> None:
    assert names(text) == ["县财政局"]


@pytest.mark.parametrize("text", examples("predicate", "clause"))
def test_a_name_ends_before_its_predicate(text: str) -> None:
    found = list_after(text, 0, len(text))
    assert found is not None
    assert [name.name for name in found[0].names] == ["县财政局"]
    assert found[1] == 4


@pytest.mark.parametrize("veto", [veto for term in terms(TOPIC, "clause") for veto in term.unless])
def test_words_that_hold_a_clause_word_may_stand_in_names(veto: str) -> None:
    clause = Guarded("clause")
    assert not clause.end(veto[0], 0) or not clause.end(veto, 0)


@pytest.mark.parametrize("text", examples("introducer"))
def test_a_name_begins_behind_what_introduces_it(text: str) -> None:
    found = list_before(text, len(text), 0)
    assert found is not None
    assert [name.name for name in found.names] == ["市财政局"]


@pytest.mark.parametrize("text", examples("verb", "title"))
def test_clauses_and_persons_are_no_departments(text: str) -> None:
    assert not looks_like(text, 0, len(text))


@pytest.mark.parametrize("text", examples("joiner"))
def test_joiners_stand_between_names(text: str) -> None:
    assert names(text) == ["县财政局", "县教育局"]


@pytest.mark.parametrize("text", examples("office", "inner", "house"))
def test_regular_names_have_their_shape(text: str) -> None:
    form = shape(text)
    assert form is not None
    assert form.ended


def test_plurals_and_bare_nouns() -> None:
    assert [name for name in examples("plural", "generic") if not is_collective(name)] == []
    assert [word for term in terms(TOPIC, "generic") for word in term.aliases if not is_generic(word)] == []
