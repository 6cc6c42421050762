"""What a person reads: messages on standard error, and foreign text made safe for a terminal."""

from __future__ import annotations

import sys

import regex


def say(message: str) -> None:
    """One line on standard error."""
    print(printable(message), file=sys.stderr, flush=True)  # noqa: T201 - this is where messages go


def printable(text: str) -> str:
    r"""The text without characters that command a terminal or turn its direction; undecodable bytes too.

    >>> printable("通知\x1b[31m.txt")
    '通知\\x1b[31m.txt'
    """
    return regex.sub(r"[\p{Cc}\p{Cf}\p{Cs}]", _escape, text)


def _escape(match: regex.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def shorten(text: str, most: int) -> str:
    """At most so many characters, the cut marked.

    >>> shorten("关于开展安全生产检查的通知", 6)
    '关于开展安…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"
