"""The page as one file: the source text beside the items, every value to be checked against its words."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.page import View
from pipeline.page import render as page
from schemas.circular import Circular
from schemas.text import Source


def render(circulars: Sequence[Circular], sources: Sequence[Source]) -> bytes:
    """One file with all circulars and everything to look at them with; it loads nothing."""
    return page([View(circular, source) for circular, source in zip(circulars, sources, strict=True)])
