"""The store: circulars in SQLite or PostgreSQL, found again by date, unit and words; the same answers from both.

What stands where: `schema` the tables, `rows` documents -> rows, `connect` addresses -> databases, `writing` what a
call changes, `search` substrings, `filters` the everyday questions
(`recurring`: dates that return), `dump` everything for comparison, `store` the interface.
"""

from __future__ import annotations

from pipeline.store.connect import StoreError
from pipeline.store.filters import Answer, Filter
from pipeline.store.store import Store, open_store

__all__ = ["Answer", "Filter", "Store", "StoreError", "open_store"]
