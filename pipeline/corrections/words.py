"""Words of a source that are quoted, and found again in a later reading of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from pipeline.corrections.change import Quote
from pipeline.gate import bare
from schemas.text import Span

_CONTEXT = 40  # characters on either side
_ENOUGH = 8  # of them, blanks apart, have to stand where the words are found elsewhere
_MOST = 2_000  # places at which the same words are looked at


class Stale(Exception):  # noqa: N818 - it says what the correction is
    """A correction whose words no longer stand: one Chinese line."""


def quote(raw: str, span: Span) -> Quote:
    """The words at a span, blanks at its ends apart, with what stands around them.

    >>> quote("请于 6月底前 报送", (2, 8)).text
    '6月底前'
    """
    start, stop = span
    words = raw[start:stop]
    start, stop = stop - len(words.lstrip()), start + len(words.rstrip())
    left, right = raw[max(0, start - _CONTEXT) : start], raw[stop : stop + _CONTEXT]
    return Quote(text=raw[start:stop], span=(start, stop), left=left, right=right)


def found(quoted: Quote, raw: str, within: Span | None = None) -> Span:
    """Where the quoted words stand now: at their old place, or where most of what was around them is.

    `within`: the item that they belong to; there they are found whatever stands around them. Raises `Stale`.

    >>> found(quote("请于6月底前报送市财政局", (2, 6)), "各单位：请于6月底前报送市财政局")
    (6, 10)
    """
    start, stop = quoted.span
    if raw[start - len(quoted.left) : stop + len(quoted.right)] == quoted.left + quoted.text + quoted.right:
        return quoted.span
    enough = min(_ENOUGH, len(bare(quoted.left + quoted.right)))
    for places in (_exact(quoted.text, raw), _loose(bare(quoted.text), raw)):
        ranked = [(_rank(quoted, span, raw, within), span) for span in islice(places, _MOST)]
        (alike, inside, _), span = max(ranked, default=((-1, False, 0), quoted.span))
        if inside or alike >= enough:
            return span
    raise Stale(f"原文中已没有“{line(quoted.text)[:40]}”")


def line(words: str) -> str:
    """Words as one line, as values print them.

    >>> line("省总宣\\n　　教部")
    '省总宣教部'
    """
    return "".join(part.strip() for part in words.splitlines())


def _rank(quoted: Quote, span: Span, raw: str, within: Span | None) -> tuple[int, bool, int]:
    left = bare(raw[max(0, span[0] - 2 * _CONTEXT) : span[0]])
    right = bare(raw[span[1] : span[1] + 2 * _CONTEXT])
    alike = _alike(reversed(left), reversed(bare(quoted.left))) + _alike(
        iter(right), iter(bare(quoted.right))
    )
    inside = within is not None and within[0] <= span[0] and span[1] <= within[1]
    return alike, inside, -abs(span[0] - quoted.span[0])


def _alike(one: Iterator[str], other: Iterator[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _exact(words: str, raw: str) -> Iterator[Span]:
    at = raw.find(words)
    while at >= 0 and words:
        yield at, at + len(words)
        at = raw.find(words, at + 1)


def _loose(words: str, raw: str) -> Iterator[Span]:
    """Where only blanks, line breaks and widths differ."""
    kept = [(at, plain) for at, char in enumerate(raw) if (plain := bare(char))]
    chars = "".join(plain[0] for _, plain in kept)
    for start, stop in _exact(words, chars):
        yield kept[start][0], kept[stop - 1][0] + 1
