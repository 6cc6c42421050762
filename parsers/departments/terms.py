"""The words of the departments' vocabulary, group by group."""

from __future__ import annotations

from parsers.vocab import terms

TOPIC = "departments"


def words(group: str) -> tuple[str, ...]:
    """All words of a group, e.g. every ending."""
    return tuple(word for term in terms(TOPIC, group) for word in term.aliases)


def vetoes(group: str) -> tuple[str, ...]:
    """All words that look like members of a group and are none: 布局 beside 局."""
    return tuple(word for term in terms(TOPIC, group) for word in term.unless)
