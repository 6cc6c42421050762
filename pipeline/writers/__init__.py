"""Circulars -> bytes, one module a format (`render`), loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from schemas.circular import Circular

FORMATS = ("json", "csv")


def render(form: str, circulars: Sequence[Circular]) -> bytes:
    """The file of that format which holds these circulars."""
    written: bytes = import_module(f"pipeline.writers.{form}").render(circulars)
    return written
