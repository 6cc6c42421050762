"""The vocabularies of labels, roles and bearing: every word proves itself in an example, every example is read."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from parsers import bearing, clauses, clues, labels, openings, sentence_words
from parsers.departments import Familiar
from parsers.vocab import Term, table, terms

ROOM = Path(labels.__file__).parent / "vocab"
MARK = regex.compile(r"⟦(.*)⟧")
CUES = ("extent", "joint", "manner", "remark", "sentence", "term", "verb")
TITLES = ("rules", "tells")


def marked(example: str) -> tuple[str, str, int]:
    """The plain text of an example, the words it marks, and where they begin."""
    found = MARK.search(example)
    if found is None:
        return example, "", len(example)
    return MARK.sub(r"\1", example), found[1], found.start()


def role_terms() -> Iterator[Any]:
    for key in CUES:
        for term in terms("roles", key):
            yield pytest.param(key, term, id=f"{key}-{term.canonical}")


@pytest.mark.parametrize("topic", ["labels", "roles", "bearing"])
def test_a_vocabulary_is_sorted(topic: str) -> None:
    data = tomllib.loads((ROOM / f"{topic}.toml").read_text("utf-8"))
    for key, entries in data.items():
        if key == "term" or (topic == "roles" and key in CUES):
            assert [entry["canonical"] for entry in entries] == sorted(e["canonical"] for e in entries)
            assert all(len(entry["aliases"]) == len(set(entry["aliases"])) for entry in entries)


@pytest.mark.parametrize("term", list(terms("labels")), ids=lambda term: term.canonical)
def test_every_label_has_an_example_that_is_read(term: Term) -> None:
    shown = set()
    for example in term.examples:
        text, words, start = marked(example)
        found = labels.find(text)[0]
        assert (found.kind, found.words, found.start) == (term.canonical, words, start)
        shown.add(words)
    stems = term.more.get("stems", ())
    unshown = [word for word in term.aliases if word not in shown]
    unshown += [stem for stem in stems if not any(word.startswith(stem) for word in shown)]
    unshown += [noun for noun in term.more.get("nouns", ()) if not any(word.endswith(noun) for word in shown)]
    assert not unshown


def test_every_noun_of_labels_has_an_example() -> None:
    words = [marked(example)[1] for term in terms("labels") for example in term.examples]
    assert not [noun for noun in table("labels")["nouns"] if not any(word.endswith(noun) for word in words)]


@pytest.mark.parametrize("word", [word for term in terms("labels") for word in term.unless])
def test_what_looks_like_a_label_is_none(word: str) -> None:
    assert labels.find(f"{word}：5月10日") == []


@pytest.mark.parametrize(("words", "kind"), list(table("labels")["damaged"].items()))
def test_a_label_that_lost_its_first_character_counts_at_a_line_only(words: str, kind: str) -> None:
    assert [found.kind for found in labels.find(f"落实审批改革。\n{words}：市教育局")] == [kind]
    if words[1:] not in labels.kinds():
        assert labels.find(f"落实审批改革{words}：市教育局") == []


@pytest.mark.parametrize("prefix", table("labels")["prefixes"])
def test_a_prefix_belongs_to_its_label(prefix: str) -> None:
    (found,) = labels.find(f"落实改革。{prefix}责任单位：市教育局")
    assert (found.kind, found.start) == ("responsible", 5)


@pytest.mark.parametrize(("key", "term"), list(role_terms()))
def test_every_word_of_a_role_has_an_example(key: str, term: Term) -> None:
    marks = [marked(example) for example in term.examples]
    texts = [(words if term.canonical == "introducer" else text, words) for text, words, _ in marks]
    patterns = [
        alias if key in ("joint", "manner", "remark", "sentence") else regex.escape(alias)
        for alias in term.aliases
    ]
    unshown = [p for p in patterns if not any(regex.search(p, text) for text, _ in texts)]
    assert not unshown
    if key == "sentence":
        spoken = sentence_words.pattern(term.canonical)
        assert [text for text, _ in texts if not any(spoken.finditer(text))] == []


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        pytest.param(term.canonical if key == "term" else "", example, id=example)
        for key in ("extent", "manner", "remark", "term", "joint")
        for term in terms("roles", key)
        for example in term.examples
    ],
)
def test_every_verb_is_read(kind: str, example: str) -> None:
    text, words, start = marked(example)
    found = clues.clues(text, 0, len(text), Familiar())
    assert (words, start) in [(clue.words, clue.start) for clue in found]
    assert not kind or kind == next(clue.kind for clue in found if clue.words == words)


@pytest.mark.parametrize(
    ("word", "verbs"),
    [(word, clues._verbs()) for term in terms("roles") for word in term.unless]
    + [(word, sentence_words.verbs()) for term in terms("roles", "verb") for word in term.unless],
)
def test_what_looks_like_a_verb_is_none(word: str, verbs: regex.Pattern[str]) -> None:
    assert verbs.search(f"市教育局{word}") is None


@pytest.mark.parametrize("term", terms("bearing"), ids=lambda term: term.canonical)
def test_every_cue_of_bearing_has_an_example(term: Term) -> None:
    texts = [example.replace("⟦", "").replace("⟧", "") for example in term.examples]
    assert [alias for alias in term.aliases if not any(regex.search(alias, text) for text in texts)] == []
    assert [text for text in texts if not clauses.cue(term.canonical).search(text)] == []


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (term.canonical, e[1:-1])
        for term in terms("bearing")
        if term.canonical in TITLES
        for e in term.examples
    ],
)
def test_a_title_says_how_its_circular_speaks(kind: str, title: str) -> None:
    assert bearing.manner(title) == kind


def test_other_titles_order() -> None:
    for title in (
        "关于印发某市节水行动方案的通知",
        "2023年工作要点",
        "关于开展安全检查的通知",
        "月度工作例会纪要",
        "关于加强校园安全工作的意见",
        "重点任务分工",
        "督查督办事项交办单",
    ):
        assert bearing.manner(title) == "orders"


def ended(heading: str) -> int:
    """How sure a blank behind this heading ends it."""
    line = f"一、{heading} 深入贯彻会议精神，坚持预防为主。"
    return openings.openings(line, len(heading) + 2, len(heading) + 3)


@pytest.mark.parametrize("term", terms("headings"), ids=lambda term: term.canonical)
def test_a_blank_ends_a_heading_of_a_part(term: Term) -> None:
    assert [ended(example) for example in term.examples] == [2] * len(term.examples)
    assert all(any(example.endswith(word) for example in term.examples) for word in term.aliases)


@pytest.mark.parametrize("verb", terms("headings")[0].unless)
def test_a_blank_does_not_surely_end_what_begins_with_a_verb(verb: str) -> None:
    assert ended(f"{verb}工作机制") < 2
