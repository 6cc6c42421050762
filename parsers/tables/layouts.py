"""Where tables stand in a text, whatever their layout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex

from parsers.tables.aligned import aligned
from parsers.tables.box import drawn
from parsers.tables.columns import separated
from parsers.tables.fields import fields
from parsers.tables.glued import glued
from parsers.tables.grid import OPEN, Grid, Part, parts, trimmed
from parsers.tables.relined import relined
from parsers.tables.spaced import spaced
from parsers.tables.stacked import stacked
from parsers.tables.tags import seen, tagged
from schemas.text import Cell, Origin, Span, Text

_BOX = "│┃║┌├"
_SIGNS = (  # of any table
    *("│", "┃", "║", "|", "+-", "\t", "序号", "编号", "序 号", "编 号"),
    *(noun + gap for noun in ("单位", "部门", "时限") for gap in "\n \u3000"),
)
_PLUS = regex.compile("\n[ ]{0,8}[+][-=]")
_PIPE = regex.compile(r"\|[^\n|]{0,200}\||\n\|[^\n|]{1,40}\n\|")
_TAB = regex.compile("[^\n]\t[^\n]")
_TAG = regex.compile("<table", regex.IGNORECASE)
_LAST = "号位门限间期导务项事容施工室目）"  # what headings end in: 序号, 责任单位, 完成时限, 重点任务 ...
_BLANKS = (regex.compile(f"\u3000(?<=[{_LAST}]\u3000)"), regex.compile(f"  (?<=[{_LAST}]  )"))
_COUNTED = regex.compile("号(?<=序号|编号|项目号|任务号|序 号|编 号)")
_UNITS = regex.compile(  # a line that ends 责任单位 完成时限, or 完成时限 责任单位
    r"(?:责任|牵头|主办|承办)(?:单位|部门|[处科股部]室)[ \u3000][^\n，。；：]{2,30}\n"
    r"|[ \u3000](?:责任|牵头|主办|承办|配合|协办)(?:单位|部门|[处科股部]室)\n"
)
_UNIT_ENDS = ("单位 ", "部门 ", "室 ", "单位\n", "部门\n", "室\n")
_RUN_ON = regex.compile(r"号[ \u3000](?<=(?<![^ \u3000。：\n])[序编][ \u3000]?号[ \u3000])")
_SIDE = regex.compile(r"(?:^|\n)[ \u3000]*[序编][ \u3000]?号[ \u3000]?[^\n，。；：]{4,60}\n")
_SHORT = regex.compile(r"\n[ \u3000]*[^\n：，。； ]{1,14}\n\s*+[^\n：，。；]{1,24}\n")  # two short lines
_NOUN = r"(?:单位|部门|时限|时间|期限|领导|任务|事项|内容|措施|举措|工作|分工|号|[处科股部]室|项目)(?:（[^（）\n]{1,12}）)?"
_FIRST = regex.compile(rf"[ \u3000]*[^\n：，。；（ ]{{0,8}}{_NOUN}[ \u3000]*\n")
_HEADING = regex.compile(rf"\n(?=[^\n]{{1,36}}\n){_FIRST.pattern}")

_ENDED = regex.compile(
    rf"(?:^|\n)[^\n：，。；（|]{{0,8}}{_NOUN}[ ]*\|+[ ]*\n{{1,3}}[^\n|]{{1,24}}\|+[ ]*\n"
)  # 序号 | on a line


def arrange(text: Text, cells: Sequence[Cell]) -> Text:
    """The text with every table in one form: a line of marks and of the words of its cells, in order.

    A text that brings such marks along loses them: they are not for use outside.
    """
    text = Text(text.chars.replace(OPEN, "\ufffd"), text.origin) if OPEN in text.chars else text
    view = relined(text) if not cells and any(sign in text.chars for sign in _SIGNS) else None
    raw, seen = view or (text.printed(), Text.plain(text.chars))
    found = find(raw, seen.chars, cells)
    if not found:
        return text
    kept: list[Part] = []
    done = 0
    for grid in found:
        kept.append((done, seen.origin.offset(grid.start)))
        for part in parts(seen.chars, grid):
            kept += [part] if isinstance(part, str) else seen.origin.pieces(*part)
        done = seen.origin.offset(grid.stop - 1) + 1
    return _composed(text, [*kept, (done, len(text))])


def _composed(text: Text, kept: Sequence[Part]) -> Text:
    """The text that these parts make up; a mark maps to the last character of the part before it."""
    pieces: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    size = at = 0
    for part in kept:
        if isinstance(part, str):
            starts += range(size, size + len(part))
            raws += [text.origin.offset(max(at - 1, 0))] * len(part)
            size += len(part)
            pieces.append(part)
            continue
        pieces.append(text.chars[slice(*part)])
        for start, stop in text.origin.pieces(*part):
            starts.append(size)
            raws.append(start)
            size += stop - start
        at = part[1]
    return Text("".join(pieces), Origin(text.origin.raw, starts or (0,), raws or (0,)))


def find(raw: str, chars: str, cells: Sequence[Cell]) -> list[Grid]:
    """The tables of a text, in order; `raw`: as printed, `chars`: look-alikes folded, `cells`: what a reader saw."""
    found: list[Grid] = []
    for grid in _all(raw, chars, cells):
        at = bisect_left(found, grid.start, key=lambda other: other.start)
        free = at == len(found) or grid.stop <= found[at].start
        if free and (not at or found[at - 1].stop <= grid.start):
            found.insert(at, grid)
    return found


def _all(raw: str, chars: str, cells: Sequence[Cell]) -> Iterator[Grid]:
    """What every layout sees; the surest first. A layout whose signs are missing costs one search."""
    yield from seen(chars, cells)
    if "<" in chars and _TAG.search(chars):
        yield from tagged(chars)
    box = any(char in chars for char in _BOX) or ("+-" in chars and _PLUS.search(chars))
    pipe = "|" in chars and _PIPE.search(chars)
    tab = not cells and "\t" in raw and _TAB.search(raw)
    blank = any(pattern.search(chars) for pattern in _BLANKS)
    counted = _COUNTED.search(chars)
    yield from glued(chars) if counted else ()
    line = _SHORT.search(chars) and (_FIRST.match(chars) or _HEADING.search(chars))
    side = _UNITS.search(chars) if any(word in chars for word in _UNIT_ENDS) else None
    side = side or (counted and (_SIDE.search(chars) or _RUN_ON.search(chars)))
    ended = "|\n" in chars and _ENDED.search(chars)
    field = "： |" in chars or "：|" in chars
    if not (box or pipe or tab or blank or line or side or ended or field):
        return
    spans = _lines(chars)
    if box:
        yield from drawn(chars, spans)
    if field:
        yield from fields(chars, spans)
    if pipe:
        yield from separated(raw, chars, spans, "|")
    if tab:
        yield from separated(raw, chars, spans, "\t")
    if blank:
        yield from aligned(chars, spans)
    if line or ended:
        yield from stacked(chars, list(_bare(chars, spans)))
    if side:
        yield from spaced(chars, spans)


def _lines(chars: str) -> list[Span]:
    """The lines that hold something, without blanks at their ends."""
    spans = (trimmed(chars, *match.span()) for match in regex.finditer("[^\n\f]+", chars))
    return [span for span in spans if span[0] < span[1]]


def _bare(chars: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The lines without the mark that ends a cell: 序号 |; a mark alone is an empty cell, or a row's end."""
    for start, stop in spans:
        last = stop
        while last > start and chars[last - 1] in "| \u3000":
            last -= 1
        yielded = last if chars.find("|", start, last) < 0 else stop
        if yielded > start:
            yield start, yielded
