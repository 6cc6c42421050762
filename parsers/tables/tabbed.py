"""Tables of tabs that lost the ends of their lines: 序号⇥任务⇥责任单位 1⇥修路⇥市交通局 2⇥架桥⇥….

Every row has as many tabs; what stands between the last of one row and the first of the next is told by the number
that begins a row, or by the heading of a section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from parsers.tables.header import find, kind_of, listed
from schemas.text import Edit, Span

_LONG_LINE = 6  # tabs on a line that may hold several rows
_MOST = 14  # columns
_SECTION = regex.compile(
    r"(?:(?<=[ \u3000])|(?<![\p{Han}“《]第)(?<![一二三四五六七八九十]))(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)[^。；\n]{2,60}$"
)
_NUMBER = regex.compile(r"(?:第(?P<n>[0-9]{1,4})号|(?P<n>[0-9]{1,4})(?:-[0-9]{1,2})?[.、]?)[ \u3000]*$")
_LEAP = 30  # numbers that a table may leave out
_HEADING = regex.compile(r"[\p{Han}（）、/ ]{1,14}$")
_NOTE = regex.compile(r"[ \u3000]{1,9}|(?:说明|备注|附?注|抄送|附件)[：:]")
_BLANK = " \u3000"


def rows(raw: str, chars: str) -> Iterator[Edit]:
    """The edits that give every row of such a table a line of its own; `raw`: as printed, where tabs are tabs.

    >>> text = "分工表 序号\\t任务\\t责任单位 1\\t修路\\t市交通局 2\\t架桥\\t市交通局"
    >>> [text[start:stop] + text[stop : stop + 2] for start, stop, _ in rows(text, text.replace("\\t", " "))]
    [' 序号', ' 1\\t', ' 2\\t']
    """
    start = 0
    for line in raw.split("\n"):
        if line.count("\t") >= _LONG_LINE:
            yield from _edits(chars, [*_table(raw, chars, start, start + len(line))])
        start += len(line) + 1


def _edits(chars: str, places: Sequence[int]) -> Iterator[Edit]:
    for place in places:
        start = place
        while start and chars[start - 1] in _BLANK:
            start -= 1
        if start and chars[start - 1] != "\n":
            yield start, place, "\n"


def _table(raw: str, chars: str, start: int, stop: int) -> list[int]:
    """Where the rows of the line begin, and where its table ends; nothing where that cannot be told."""
    tabs = [start - 1, *(match.start() for match in regex.finditer("\t", raw, pos=start, endpos=stop)), stop]
    pieces = [(a + 1, b) for a, b in pairwise(tabs)]
    found = _head(chars, pieces)
    if found is None:
        return []
    first, at, width = found
    places, last = [at], 0
    for index in range(first + width - 1, len(pieces), width - 1):
        begin, end = pieces[index]
        number, section = _begins(chars, begin, end, last)
        if len(pieces) - index < width or not (number or section):
            return (
                [*places, _end(chars, begin, end)] if len(places) > 2 and len(pieces) - index < width else []
            )
        places += [section] if section else []
        if number:
            places.append(number[0])
            last = number[1]
    return []


def _begins(chars: str, start: int, stop: int, last: int) -> tuple[tuple[int, int] | None, int | None]:
    """The number of the next row, with its place, and the place of a section's heading, at the end of these words."""
    number = _number(chars, start, stop, last)
    section = _SECTION.search(chars, start, number[0] if number else stop)
    return number, section.start() if section else None


def _head(chars: str, pieces: Sequence[Span]) -> tuple[int, int, int] | None:
    """The piece where the headings begin, their place, and how many they are."""
    for index in range(len(pieces) - 2):
        if (at := _heading(chars, *pieces[index])) < 0:
            continue
        for width in range(3, min(_MOST, len(pieces) - index)):
            begin, end = pieces[index + width - 1]
            number, section = _begins(chars, begin, end, 0)
            cut = section or (number[0] if number else end)
            if cut == end or not (words := chars[begin:cut].strip(_BLANK)):
                continue
            inner = [chars[slice(*piece)] for piece in pieces[index + 1 : index + width - 1]]
            head = find([[chars[at : pieces[index][1]], *inner, words], [""] * width])
            known = head is not None and head.duties and _HEADING.match(words)
            return (index, at, width) if known else None
    return None


def _heading(chars: str, start: int, stop: int) -> int:
    """Where the heading begins that ends these words, behind a blank or as a known one; -1 for none."""
    last = max(chars.rfind(" ", start, stop), chars.rfind("\u3000", start, stop), start - 1) + 1
    if kind_of(chars[last:stop]) is not None:
        return last
    return next((at for at in range(max(last, stop - _MOST), stop) if listed(chars[at:stop])), -1)


def _number(chars: str, start: int, stop: int, last: int) -> tuple[int, int] | None:
    """Where the number of the next row stands at the end of these words, and its value."""
    match = _NUMBER.search(chars, start, stop)
    if match is None:
        return None
    digits, at, following = match["n"], match.start(), str(last + 1)
    if not digits.startswith(match[0][:1]) or (at > start and chars[at - 1] in _BLANK):  # 第012号
        return at, int(digits)
    if digits.endswith(following):  # 投资300 and 7
        return match.end("n") - len(following), last + 1
    apart = at == start or not chars[at - 1].isdecimal()
    return (at, int(digits)) if apart and last < int(digits) <= last + _LEAP else None


def _end(chars: str, start: int, stop: int) -> int:
    """Where the last cell ends."""
    while start < stop and chars[start] in _BLANK:
        start += 1
    note = _NOTE.search(chars, start, stop)
    return note.start() if note else stop
