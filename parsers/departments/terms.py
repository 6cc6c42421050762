"""The words of the departments' vocabulary, group by group."""

from __future__ import annotations

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


def guarded(group: str) -> str:
    """A pattern for the words of a group, each outside its vetoes: 在, but not in 所在 or 在京."""
    return "|".join(_guarded(term, word) for term in terms(TOPIC, group) for word in term.aliases)


def _guarded(term: Term, word: str) -> str:
    around = [veto.partition(word) for veto in term.unless if word in veto]
    before = "".join(f"(?<!{left})" for left, _, right in around if not right)
    after = "|".join((f"(?<={left}{word})" if left else "") + right for left, _, right in around if right)
    return f"{before}{word}" + (f"(?!{after})" if after else "")
