"""What a browser shows: the list, a circular beside its source, the files of the page, the way in."""

from __future__ import annotations

import asyncio
import mimetypes
from urllib.parse import parse_qs, quote

import regex
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline import page
from pipeline.corrections.accepted import accepted
from pipeline.server.api import Summary
from pipeline.server.desk import At
from pipeline.server.problems import Problem
from pipeline.server.shield import COOKIE, same, session

router = APIRouter(include_in_schema=False)
_FILE = regex.compile("[a-z0-9_-]{1,40}[.][a-z0-9]{1,8}")
_SLOW = 1.0  # seconds that a wrong token costs
_EXPORTS = (("台账 Excel", "xlsx"), ("CSV", "csv"), ("JSON", "json"), ("日历", "ics"))


@router.get("/")
def listing(desk: At) -> Response:
    """All circulars."""
    return HTMLResponse(page.listing([Summary.of(one).model_dump() for one in desk.library.all()]))


@router.get("/circulars/{name:path}")
def circular(name: str, desk: At) -> Response:
    """One circular beside its source."""
    from pipeline.writers import FORMATS

    shown, outdated = desk.library.one(name)
    source = desk.library.source(shown)
    view = page.View(
        shown,
        source,
        accepted=accepted(shown, desk.library.made(name), source.raw),
        stale=[f"{one.time:%Y-%m-%d} 的更正：{reason}" for one, reason in outdated],
    )
    query = quote(name, safe="")
    exports = [
        (label, f"/api/export?format={form}&circular={query}") for label, form in _EXPORTS if form in FORMATS
    ]
    return HTMLResponse(page.served(view, exports))


@router.get("/static/{name}")
def static(name: str) -> Response:
    """A file of the page: a plain name, never a path that leads elsewhere."""
    try:
        if not _FILE.fullmatch(name):
            raise FileNotFoundError
        content = page.static(name)
    except OSError:
        raise Problem(404, "没有这个文件") from None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers={"cache-control": "no-cache"})


@router.get("/login")
def login() -> Response:
    """The way in for a browser, where a token is asked for."""
    return HTMLResponse(page.login())


@router.post("/login")
async def enter(request: Request, desk: At) -> Response:
    """A cookie for whoever shows the token: HttpOnly, for this site alone."""
    token = desk.settings.token
    shown = parse_qs((await request.body()).decode("utf-8", "replace")).get("token", [""])[0]
    if token is None or not same(shown, token):
        await asyncio.sleep(_SLOW)
        raise Problem(401, "口令不对")
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, session(token), httponly=True, samesite="strict")
    return response
