"""The words of the departments' vocabulary, group by group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.vocab import Term, terms

TOPIC = "departments"
BRACKET = r"（[^（）]{0,80}(?:（[^（）]{0,40}）[^（）]{0,60}){0,4}）"
HAN = r"\p{Han}"


def words(*groups: str) -> tuple[str, ...]:
    """All words of some groups, e.g. every ending."""
    return tuple(word for group in groups for term in terms(TOPIC, group) for word in term.aliases)


def vetoes(*groups: str) -> tuple[str, ...]:
    """All words that look like members of a group and are none: 布局 beside 局."""
    return tuple(word for group in groups for term in terms(TOPIC, group) for word in term.unless)


def by_first(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Words by their first character, longer ones first: of hundreds only a few need to be compared."""
    return _grouped(words, 0)


def by_last(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Words by their last character, longer ones first."""
    return _grouped(words, -1)


def _grouped(words: Iterable[str], place: int) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups[word[place]] = (*groups.get(word[place], ()), word)
    return groups


class Guarded:
    """The words of a group, each outside its vetoes: 在, but not in 所在 or 在京."""

    def __init__(self, group: str) -> None:
        self.words = by_first(words(group))
        self.vetoes = {
            word: [veto.partition(word)[::2] for veto in term.unless if word in veto]
            for term in terms(TOPIC, group)
            for word in term.aliases
        }

    def end(self, text: str, at: int) -> int:
        """Where the word that stands at a place ends; 0 where none does.

        >>> Guarded("clause").end("所在单位在此", 1), Guarded("clause").end("所在单位在此", 4)
        (0, 5)
        """
        for word in self.words.get(text[at], ()):
            if text.startswith(word, at) and not self._vetoed(word, text, at):
                return at + len(word)
        return 0

    def found(self, text: str) -> bool:
        """Whether one of the words stands anywhere in a text."""
        return any(char in self.words and self.end(text, at) for at, char in enumerate(text))

    def _vetoed(self, word: str, text: str, at: int) -> bool:
        stop = at + len(word)
        return any(
            text.startswith(after, stop) and text.endswith(before, 0, at)
            for before, after in self.vetoes[word]
        )


def guarded(group: str) -> str:
    """A pattern for the words of a group, each outside its vetoes: 在, but not in 所在 or 在京."""
    return "|".join(_guarded(term, word) for term in terms(TOPIC, group) for word in term.aliases)


def _guarded(term: Term, word: str) -> str:
    around = [veto.partition(word) for veto in term.unless if word in veto]
    before = "".join(f"(?<!{left})" for left, _, right in around if not right)
    after = "|".join((f"(?<={left}{word})" if left else "") + right for left, _, right in around if right)
    return f"{before}{word}" + (f"(?!{after})" if after else "")
