"""The words that responsibility in running text is told by: verbs, and what may stand around them."""

from __future__ import annotations

from functools import cache

import regex

from parsers.vocab import either, terms


def _words(kind: str) -> str:
    """The words of one entry of [[sentence]] in roles.toml: regular expressions."""
    return "|".join(next(term.aliases for term in terms("roles", "sentence") if term.canonical == kind))


@cache
def pattern(kind: str) -> regex.Pattern[str]:
    """The words of one entry of [[sentence]], compiled."""
    return regex.compile(_words(kind))


@cache
def verbs() -> regex.Pattern[str]:
    """The verbs that give a role to the names before them, vetoes first; group name = role."""
    verbs = terms("roles", "verb")
    vetoes = either(word for term in verbs for word in term.unless)
    groups = "|".join(f"(?P<{term.canonical}>{either(term.aliases)})" for term in verbs)
    groups += f"|(?P<joint>{_words('jointly')})|(?P<lead>{_words('as lead')})|(?P<responsible>{_words('as responsible')})"
    return regex.compile(rf"(?:{vetoes})(*SKIP)(*FAIL)|(?:{_words('modal')})?(?!{vetoes})(?:{groups})")
