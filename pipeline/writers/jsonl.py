"""The feed: a circular a line, exactly the published JSON without its indent."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.circular import Circular

# Legal in JSON, but many readers end a line there.
_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


def render(circulars: Sequence[Circular]) -> bytes:
    """One line a circular."""
    return "".join(line(circular.model_dump_json()) for circular in circulars).encode("utf-8")


def line(document: str) -> str:
    r"""A JSON document as one line, whatever the reader takes for a line end.

    >>> line('"通知\u2028"')
    '"通知\\u2028"\n'
    """
    return document.translate(_BREAKS) + "\n"
