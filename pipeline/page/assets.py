"""The files of the page: templates, style and scripts, and what a browser is told to load."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.page.marks import visible

STYLE = "page.css"
READING = ("values.js", "filters.js", "charts.js", "keys.js")  # what a page from a file needs
EDITING = ("editing.js",)
LISTING = ("listing.js",)


class Inline(NamedTuple):
    """What stands in the page itself: its text, unescaped, and the hash that lets it run."""

    text: Markup
    hash: str


def static(name: str) -> bytes:
    """A file of `static/`, as the server sends it.

    >>> static("page.css")[:1]
    b'/'
    """
    return files("pipeline.page").joinpath("static", name).read_bytes()


@cache
def inline(*names: str) -> Inline:
    """Files of `static/`, one after the other, to be put between two tags."""
    text = "".join(static(name).decode("utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Inline(Markup(text), f"'sha256-{digest}'")  # our own files


def policy(*parts: tuple[str, Inline]) -> str:
    """The Content-Security-Policy of a page that holds these parts and loads nothing."""
    allowed = "; ".join(f"{kind} {part.hash}" for kind, part in parts)
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


@cache
def templates() -> Environment:
    """The templates; everything that is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("pipeline.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    return made
