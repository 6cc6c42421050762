"""The numbers that a browser prints before the items of <ol>: start, value, reversed, the kinds of numbers."""

from __future__ import annotations

import regex

from pipeline.readers.html.tree import Element

_STYLE = regex.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", regex.IGNORECASE)
_HAN = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbers:
    """The numbers of one list, item after item; nothing for lists of bullets.

    >>> Numbers("cjk-ideographic", 11).next(""), Numbers("lower-roman", 4).next(""), Numbers("none", 1).next("")
    ('十一、', 'iv. ', '')
    """

    def __init__(self, kind: str, start: int, step: int = 1) -> None:
        self.kind, self.at, self.step = kind, start, step

    @classmethod
    def of(cls, ordered: Element) -> Numbers:
        """The numbers that a list begins with."""
        style = _STYLE.search(ordered.get("style"))
        types = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
        kind = style[1].lower() if style else types.get(ordered.get("type"), "decimal")
        backward = "reversed" in ordered.node.attributes
        items = sum(child.tag == "li" for child in ordered.children)
        return cls(kind, _whole(ordered.get("start"), items if backward else 1), -1 if backward else 1)

    def next(self, value: str) -> str:
        """The number of the next item; `value`: the one that the item itself names."""
        self.at = _whole(value, self.at)
        number, self.at = self.at, self.at + self.step
        return _printed(number, self.kind)


def _whole(printed: str, otherwise: int) -> int:
    found = regex.fullmatch(r"\s*(-?[0-9]{1,6})\s*", printed)
    return int(found[1]) if found else otherwise


def _printed(number: int, kind: str) -> str:
    if kind in ("none", "disc", "circle", "square"):
        return ""
    if kind.startswith(("cjk", "simp-chinese", "trad-chinese", "chinese")) and 0 < number < 100:
        return f"{_han(number)}、"
    if kind.endswith(("alpha", "latin")) and 0 < number < 27:
        letter = chr(96 + number)
        return f"{letter.upper() if kind.startswith('upper') else letter}. "
    if kind.endswith("roman") and 0 < number < 40:
        return f"{_roman(number).upper() if kind.startswith('upper') else _roman(number)}. "
    return f"{number}. "


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{_HAN[tens] if tens > 1 else ''}{'十' if tens else ''}{_HAN[ones] if ones else ''}"


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said
