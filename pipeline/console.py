"""What a person reads: messages on standard error, and foreign text made safe for a terminal."""

from __future__ import annotations

import sys
import traceback

import regex


def say(message: str) -> None:
    """One line on standard error, and never on standard output where that is closed."""
    if sys.stderr is not None:
        print(printable(message), file=sys.stderr, flush=True)  # noqa: T201 - this is where messages go


def confess(defect: Exception) -> str:
    """A defect of the program in one line: its kind and the line of code it came from."""
    last = traceback.extract_tb(defect.__traceback__)[-1]
    place = "/".join(last.filename.replace("\\", "/").split("/")[-2:])
    said = shorten(" ".join(str(defect).split()), 200)
    return (
        f"程序内部错误，请把文件和这一行交给维护者：{type(defect).__name__} {said}（{place}:{last.lineno}）"
    )


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
