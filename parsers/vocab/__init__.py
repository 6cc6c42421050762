"""The wording of circulars as data: one TOML file a topic, each a list of terms.

A term is a canonical name, the words that stand for it (`aliases`), what looks like it and is not (`unless`)
and `examples` that a test runs. This module is the only file access of the parsers.

>>> [term.canonical for term in terms("labels")][:1]
['contact']
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import regex

_ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary file; `more` holds the fields that only its topic knows."""

    canonical: str
    aliases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@cache
def table(topic: str) -> Mapping[str, Any]:
    """The whole TOML file of a topic.

    Raises FileNotFoundError for a topic that does not exist: a defect of the program.
    """
    return tomllib.loads((_ROOM / f"{topic}.toml").read_text(encoding="utf-8"))


@cache
def terms(topic: str, key: str = "term") -> tuple[Term, ...]:
    """The terms of a topic, in the order of the file."""
    common = ("canonical", "aliases", "unless", "examples")
    return tuple(
        Term(
            entry["canonical"],
            tuple(entry.get("aliases", ())),
            tuple(entry.get("unless", ())),
            tuple(entry.get("examples", ())),
            {name: value for name, value in entry.items() if name not in common},
        )
        for entry in table(topic)[key]
    )


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first.

    >>> either(["牵头", "牵头单位"])
    '牵头单位|牵头'
    """
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
