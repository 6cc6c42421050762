"""Task tables inside a circular: found in any layout, brought into one form, read row by row."""

from __future__ import annotations

from parsers.tables.layouts import arrange, find
from parsers.tables.records import blanked, flat, opened, spans, unreadable
from parsers.tables.rows import Record, records

__all__ = ["Record", "arrange", "blanked", "find", "flat", "opened", "records", "spans", "unreadable"]
