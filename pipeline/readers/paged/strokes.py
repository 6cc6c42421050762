"""The straight lines that an OFD page draws (GB/T 33190 9.1: PathObject, AbbreviatedData), in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from lxml import etree

from pipeline.readers.paged.rulings import Rule

POINTS = 72 / 25.4  # of a millimetre
_TOKEN = regex.compile(r"[A-Za-z]|-?[0-9]*\.?[0-9]+(?:[eE]-?[0-9]+)?")
_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_NEAR = 1.0  # points between lines that touch
_THIN = 0.5  # mm that a straight line may lean
_LONGEST = 100_000  # characters of a path: drawings have more, tables do not

Point = tuple[float, float]


def strokes(page: etree._Element) -> list[Rule]:
    """The lines along the edges of the page among all that is drawn; level ones that touch are one.

    Typesetters draw a table cell by cell: only the whole line tells how wide the table is.
    """
    found = [rule for path in page.iter("{*}PathObject") for rule in _rules(path)]
    level = sorted((rule for rule in found if rule.level), key=lambda rule: (round(rule.top), rule.x0))
    joined: list[Rule] = []
    for rule in level:
        last = joined[-1] if joined else None
        if last and round(last.top) == round(rule.top) and rule.x0 <= last.x1 + _NEAR:
            joined[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            joined.append(rule)
    return [*joined, *(rule for rule in found if not rule.level)]


def _rules(path: etree._Element) -> Iterator[Rule]:
    left, top = _numbers(path.get("Boundary"), [0.0, 0.0])[:2]
    a, b, c, d, e, f = _numbers(path.get("CTM"), [1.0, 0.0, 0.0, 1.0, 0.0, 0.0])[:6]
    drawn = next((one.text or "" for one in path.iterchildren("{*}AbbreviatedData")), "")
    for start, end in _segments(drawn[:_LONGEST]):
        xs, ys = zip(
            *((a * x + c * y + e + left, b * x + d * y + f + top) for x, y in (start, end)), strict=True
        )
        if min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:
            yield Rule(*(side * POINTS for side in (min(xs), min(ys), max(xs), max(ys))))


def _segments(drawn: str) -> Iterator[tuple[Point, Point]]:
    """The straight parts of a path.

    >>> list(_segments("M 0 0 L 5 0 L 5 5 C"))
    [((0.0, 0.0), (5.0, 0.0)), ((5.0, 0.0), (5.0, 5.0)), ((5.0, 5.0), (0.0, 0.0))]
    """
    tokens = iter(_TOKEN.findall(drawn))
    first = here = (0.0, 0.0)
    for token in tokens:
        taken = [next(tokens, "0") for _ in range(_TAKES.get(token, 0))]
        if any(part.isalpha() for part in taken):
            return
        there = (float(taken[-2]), float(taken[-1])) if taken else first
        if token in ("L", "C"):
            yield here, there
        elif token in ("M", "S"):
            first = there
        here = there


def _numbers(printed: str | None, otherwise: Sequence[float]) -> Sequence[float]:
    found = [float(part) for part in _TOKEN.findall(printed or "") if not part.isalpha()]
    return found if len(found) >= len(otherwise) else otherwise
