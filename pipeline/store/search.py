"""Substrings of any length, the same in SQLite (FTS5 with trigrams) and PostgreSQL (pg_trgm, where it is installed).

Both sides are folded (`rows.folded`), so that plain comparison of characters answers. An index only says where to
look: what it finds is compared, and shorter words than it knows are looked for without it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from pipeline.store.connect import SQLITE
from pipeline.store.schema import search

_GRAM = 3  # characters that FTS5 and pg_trgm index together
_MOST_GRAMS = 50  # of a long text the beginning leads to few enough candidates


def holds(column: ColumnElement[str], words: str, dialect: str) -> ColumnElement[bool]:
    """Does the column hold these folded words? `%` and `_` mean themselves."""
    if dialect == SQLITE:
        return func.instr(column, words) > 0
    return column.contains(words, autoescape=True)


def items_with(words: str, dialect: str) -> Select[Any]:
    """The rows of items whose title or text holds these folded words."""
    asked = select(search.c.rowid).where(holds(search.c.words, words, dialect))
    if dialect == SQLITE and len(words) >= _GRAM:
        return asked.where(literal_column("search").op("MATCH")(_grams(words)))
    return asked


def _grams(words: str) -> str:
    """The question to FTS5: all trigrams, each quoted.

    >>> _grams('安全生产')
    '"安全生" AND "全生产"'
    """
    starts = range(min(len(words) - _GRAM + 1, _MOST_GRAMS))
    grams = dict.fromkeys(words[at : at + _GRAM].replace('"', '""') for at in starts)
    return " AND ".join(f'"{gram}"' for gram in grams)
