"""Marks in the texts of cases: ⟦T…⟧ and their like say which characters are meant; no one counts offsets."""

import regex

_MARK = regex.compile(r"⟦([A-Z])|⟧")


def unmarked(text: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The text without its marks, and the marked spans by letter; marks may stand inside one another.

    >>> unmarked("⟦T⟦I某局⟧通知⟧")
    ('某局通知', {'I': [(0, 2)], 'T': [(0, 4)]})
    """
    plain, at = "", 0
    spans: dict[str, list[tuple[int, int]]] = {}
    opened: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], len(plain)))
        else:
            letter, start = opened.pop()
            spans.setdefault(letter, []).append((start, len(plain)))
    return plain + text[at:], {letter: sorted(found) for letter, found in spans.items()}
