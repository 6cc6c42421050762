"""The page: every value beside the words it was read from, as one file or as what `circulars serve` shows.

>>> from pipeline.readers import read
>>> from pipeline.run import parse
>>> source = read("samples/no_tasks.txt")
>>> render([View(circular, source) for circular in parse(source)])[:15]
b'<!doctype html>'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.page.assets import (
    EDITING,
    LISTING,
    READING,
    STYLE,
    inline,
    policy,
    static,
    templates,
)
from pipeline.page.view import View

__all__ = ["View", "listing", "login", "render", "served", "static"]


def render(views: Sequence[View]) -> bytes:
    """One file that holds these circulars and everything to look at them with; it loads nothing."""
    style, script = inline(STYLE), inline(*READING)
    return _filled(
        "file.html",
        views=_named(views),
        editing=False,
        style=style.text,
        script=script.text,
        policy=policy(("style-src", style), ("script-src", script)),
    )


def served(view: View, exports: Sequence[tuple[str, str]] = ()) -> bytes:
    """The page of one circular, to be read and put right: `GET /circulars/{id}`; its files are `/static/NAME`.

    `exports`: what can be fetched of it, each a Chinese name and a path of the server.
    """
    return _filled("served.html", view=view, exports=exports, editing=True, scripts=(*READING, *EDITING))


def listing(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The page of all circulars, those with most Issues first: `GET /`.

    A row is what `GET /api/circulars` says of a circular: id, title, doc_number, items, tasks, issues, source.
    """
    ordered = sorted(rows, key=lambda row: -int(row["issues"]))
    return _filled("listing.html", rows=ordered, scripts=LISTING)


def login() -> bytes:
    """The page that asks for the token: it posts `token` to `/login`."""
    return _filled("login.html", scripts=())


def _named(views: Sequence[View]) -> list[View]:
    """The views in the order of their Issues, each with a name of its own."""
    ordered = sorted(views, key=lambda view: -len(view.circular.issues)) if len(views) > 1 else views
    return [replace(view, name=f"c{n}") for n, view in enumerate(ordered, 1)]


def _filled(template: str, **values: Any) -> bytes:
    page: str = templates().get_template(template).render(values)
    return page.encode("utf-8", "replace")
