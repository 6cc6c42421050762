"""Web pages saved with all they show (mht, mhtml; RFC 2557): the page among the parts."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pipeline.readers import html, mime
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from schemas.text import Source

_EMPTY = "网页归档里没有网页正文；请在浏览器中打开原网页，重新保存再试"


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The page that says most: a portal may show its text in a frame."""
    pages = [
        part for part in mime.parts(data) if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    sources = [html.read(name, mime.words(page).encode("utf-8", "replace"), limits) for page in pages]
    if not sources:
        raise Unreadable(_EMPTY)
    source = max(sources, key=lambda source: len(source.raw))
    return replace(
        source, media_type="multipart/related", encoding=None, sha256=hashlib.sha256(data).hexdigest()
    )
