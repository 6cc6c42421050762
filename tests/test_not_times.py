"""What is no time limit; and that every rule, pattern and veto is needed: without it some case fails."""

import tomllib
from pathlib import Path

import pytest

from parsers import recurrence, time_context, time_grammar, time_lexer, time_limits
from parsers.folding import fold
from parsers.time_lexer import Lexer
from parsers.time_limits import scan
from parsers.time_words import Vocabulary, vocabulary
from parsers.vocab import terms
from tests.test_time_cases import EVERY, FAMILIES, SEVERAL, found, shown

NOT = tomllib.loads((Path(__file__).parent / "cases/not_times.toml").read_text("utf-8"))
NEGATIVE: list[list[str]] = [*NOT["rules"], *NOT["vetoes"]]
QUOTES = str.maketrans("", "", '“”‘’"')
VETOES = [
    (section, term.canonical, veto)
    for section in ("day", "edge", "event", "festival", "month", "quarter", "unit", "week", "year")
    for term in terms("time", section)
    for veto in term.unless
]


@pytest.mark.parametrize("case", NEGATIVE, ids=[case[0] for case in NEGATIVE])
def test_nothing_more_is_found(case: list[str]) -> None:
    assert words(case[0]) == [fold(word) for word in case[1:]]


def words(text: str) -> list[str]:
    return [fold(text)[mention.start : mention.stop] for mention in scan(fold(text))]


def wrong(chosen: list[list[str]]) -> bool:
    return any(words(case[0]) != [fold(word) for word in case[1:]] for case in chosen)


def misread() -> bool:
    """Is any case of times.toml read otherwise than it says?"""
    for family, (text, *expected) in EVERY:
        marked, mentions, dates = found(text, FAMILIES[family].get("issued", "2021-03-20"))
        clean = fold(text.replace("⟦", "").replace("⟧", ""))
        if not dates or shown(dates[0]) != expected or (len(dates) > 1 and family not in SEVERAL):
            return True
        if marked and clean[mentions[0].start : mentions[0].stop] != marked:
            return True
    return False


@pytest.mark.parametrize(("section", "canonical", "veto"), VETOES, ids=[veto for *_, veto in VETOES])
def test_every_veto_is_needed(
    section: str, canonical: str, veto: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [case for case in NEGATIVE if veto in case[0].translate(QUOTES)]
    lexer = time_lexer.lexer()
    monkeypatch.setattr(lexer, "vocabulary", Vocabulary((canonical, veto)))
    assert wrong(chosen)


@pytest.mark.parametrize("yet", [yet for term in terms("time", "edge") for yet in term.more.get("yet", ())])
def test_what_only_begins_like_a_veto_keeps_its_edge(yet: str) -> None:
    assert words(f"各单位2021年6月{yet}有关工作") == [f"2021年6月{yet[0]}"]


@pytest.mark.parametrize("veto", [veto for term in terms("time", "prefix") for veto in term.unless])
def test_every_veto_before_an_expression_is_needed(veto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = time_context._prefixes(veto)
    monkeypatch.setattr(time_context, "_prefixes", lambda: without)
    assert wrong([case for case in NEGATIVE if veto in case[0]])


@pytest.mark.parametrize("rule", time_grammar.RULES, ids=[rule.name for rule in time_grammar.RULES])
def test_every_rule_is_needed(rule: time_grammar.Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_grammar, "RULES", tuple(each for each in time_grammar.RULES if each is not rule))
    forget()
    try:
        assert misread()
    finally:
        monkeypatch.undo()
        forget()


def forget() -> None:
    time_grammar.candidates.cache_clear()


@pytest.mark.parametrize("rule", recurrence.RECURRENCES, ids=[rule.name for rule in recurrence.RECURRENCES])
def test_every_recurrence_is_needed(rule: recurrence.Recurring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurrence, "RECURRENCES", tuple(r for r in recurrence.RECURRENCES if r is not rule))
    assert misread()


@pytest.mark.parametrize("name", time_lexer.PATTERNS)
def test_every_pattern_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = Lexer(vocabulary(), name)
    monkeypatch.setattr(time_limits, "lexer", lambda: without)
    assert misread()


EXAMPLES = [
    (section, alias, term.examples)
    for section in (
        "festival",
        "event",
        "edge",
        "prefix",
        "year",
        "month",
        "quarter",
        "week",
        "day",
        "unit",
        "ongoing",
        "at_once",
        "issue",
        "document",
    )
    for term in terms("time", section)
    for alias in (term.aliases or (term.canonical,))
]


@pytest.mark.parametrize(("section", "alias", "examples"), EXAMPLES, ids=[alias for _, alias, _ in EXAMPLES])
def test_every_alias_is_read_in_one_of_its_examples(
    section: str, alias: str, examples: tuple[str, ...]
) -> None:
    shown = [example for example in examples if alias in example.translate(QUOTES)]
    assert shown, "no example"
    for example in shown:
        mentions = scan(fold(example), whole=True)
        assert any(alias in (fold(example)[m.start : m.stop] + m.event).translate(QUOTES) for m in mentions)
