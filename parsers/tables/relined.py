"""The lines of tables as they stood before a program cut the text at a width or lost its line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

import regex

from parsers.departments.vocabulary import Grade, grade
from parsers.pages import FURNITURE
from parsers.tables import tabbed
from parsers.tables.grid import trimmed
from parsers.tables.header import find, kind_of
from schemas.text import Edit, Span, Text, rewrite

_WIDEST = 140  # half-width cells of a line that a program cut
_NARROWEST = 16
_FEWEST = 3  # full lines that tell a width
_NEAR = 4  # what is a little shorter than a full line was set by hand
_NEW = regex.compile(  # how a line begins that goes on with none
    r"[0-9]{1,4}[.、]?(?:[ \u3000]{2}|[ ]?[|\t]|\Z)|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[0-9一二三四五六七八九十]{1,4}[条章节号]|[\u3000]{2}"
)
_POSTS = ("│┃║┐┤┘┓┫┛╗╣╝|+", "│┃║┌├└┏┣┗╔╠╚|+")  # the last and the first of a line that is drawn
_RULE = regex.compile(r"\|(?:[ \u3000]{0,2}+：?[-—]{2,40}+：?[ \u3000]{0,2}+\|){2,30}+")
_HEAD = regex.compile(r"\|[ \u3000]{0,3}(?:序[ \u3000]{0,2}号|编号)[ \u3000]{0,3}\|")
_NUMBERED = regex.compile(
    r"\|[ \u3000]{0,3}(?:[0-9]{1,4}[.、]?[ \u3000]{0,3}\||[（(]?[一二三四五六七八九十]{1,3}[）)、])"
)
_MOST = 14  # columns
_BORDER = regex.compile(
    "[┌├└┏┣┗╔╠╚][─━═—┬┼┴┳╋┻╦╬╩]{2,400}+[┐┤┘┓┫┛╗╣╝](?:[ \u3000]{1,200}+├[─━═—┬┼┴┳╋┻╦╬╩]{2,400}+┤){0,9}+"
)
_PARTED = regex.compile(r"[│┃║|\t]")
_COUNTED = regex.compile(r"第?[0-9]{1,4}(?:[-.][0-9]{1,2})?[号.、]?[ ]?\t")  # a row of tabs that begins
_POST = regex.compile("[│┃║]")
_DOWN = regex.compile("[┬┼┳╋╦╬]")
_BAR = regex.compile(r"\n[ \u3000]{0,8}\|[ \u3000]{0,8}(?=\n)")  # the mark alone
_WORDS = regex.compile("[^\n]+")
_BARS, _CELL = 8, 800  # marks that make a table; characters of a cell
_BLANK = " \u3000\xa0"


def relined(text: Text) -> tuple[str, Text] | None:
    """The text as printed and as read with such lines, its origin telling places in `text`; None where none was lost.

    >>> relined(Text.plain("| 序号 | 任务 | |--|--| | 1 | 修路 |"))[0]
    '| 序号 | 任务 |\\n|--|--|\\n| 1 | 修路 |'
    """
    plain = Text.plain(text.chars)
    joined = list(_uncut(text))
    uncut = rewrite(plain, joined)
    raw = rewrite(Text.plain(text.printed()), joined).chars
    chars = uncut.chars
    parted = (
        list(_apart(chars)) or list(_celled(chars)) or list(tabbed.rows(raw, chars) if "\t" in raw else ())
    )
    view = rewrite(uncut, parted)
    return None if view is plain else (rewrite(Text.plain(raw), parted).chars, view)


def _printed(text: Text) -> list[str]:
    """The lines with the blanks at their ends, which count where a text is cut, if not all lines end in some."""
    raw = text.origin.raw.replace("\r", "")
    lines = (raw if raw.count("\n") == text.chars.count("\n") else text.chars).split("\n")
    tail = min((len(line) - len(line.rstrip(_BLANK)) for line in lines if line.strip()), default=0)
    return [line[: len(line) - tail] for line in lines] if tail else lines


def _uncut(text: Text) -> Iterator[Edit]:
    """The edits that join the lines of a text that was cut at a width; a page number between them goes."""
    lines = text.chars.split("\n")
    if max(map(len, lines)) > _WIDEST:
        return
    printed = _printed(text)
    full = max(_full(printed, len), _full(printed, _cells), key=sum)
    kept = [index for index, line in enumerate(printed) if not FURNITURE.fullmatch(line)]
    joined = [(above, below) for above, below in pairwise(kept) if full and full[above] and printed[below]]
    behind = [printed[below] for _, below in joined if printed[below].strip()]
    indent = min((len(line) - len(line.lstrip(_BLANK)) for line in behind), default=0)
    cut = [pair for pair in joined if _is_cut(printed[pair[0]], printed[pair[1]][indent:])]
    if len(cut) < _FEWEST or len(cut) * 3 < len(joined) * 2:
        return
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for above, below in cut:
        size = len(lines[above])
        lost = printed[above][size or indent :]
        yield starts[above] + size, starts[below] + min(indent, len(lines[below])), lost


def _full(lines: Sequence[str], measure: Callable[[str], int]) -> list[bool]:
    """Which lines are full, if many are just as wide and hardly one a little less; else nothing."""
    sizes = [measure(line) for line in lines]
    top = max(sizes)
    least = top - (measure is _cells)  # where a character of two cells found no room
    counts = Counter(sizes)
    wide = sum(counts[size] for size in range(least, top + 1))
    near = sum(counts[size] for size in range(least - _NEAR, least))
    held = sum(1 for line in lines if line.strip())
    if not _NARROWEST <= top <= _WIDEST or wide < max(_FEWEST, held // 10) or near > wide:
        return []
    return [size >= least for size in sizes]


def _cells(line: str) -> int:
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _is_cut(above: str, below: str) -> bool:
    """May the line go on below it? One with marks ends in a mark, and the next begins with one."""
    if above[-1] in _POSTS[0] and below[:1] in _POSTS[1]:
        return False
    if _PARTED.search(above) or below.lstrip(_BLANK)[:1] in _POSTS[1]:
        return not _COUNTED.match(below)
    return above[-1] not in "。；：！？" and not _NEW.match(below)


def _celled(chars: str) -> Iterator[Edit]:
    """The edits that join the lines of a cell where a mark on a line of its own parts the cells."""
    bars = [match.span() for match in _BAR.finditer(chars)] if chars.count("|\n") >= _BARS else []
    for (_, above), (below, _) in pairwise(bars if len(bars) >= _BARS else ()):
        if below - above <= _CELL:
            lines = [trimmed(chars, *match.span()) for match in _WORDS.finditer(chars, above, below)]
            words = [chars[slice(*line)] for line in lines]
            if len(words) > 1 and not all(map(kind_of, words)):
                yield from _joined(lines, words)


def _joined(lines: Sequence[Span], words: Sequence[str]) -> Iterator[Edit]:
    """The lines as one, a blank between two names; what ends in the mark is a cell of its own."""
    for (above, below), (upper, lower) in zip(pairwise(lines), pairwise(words), strict=True):
        if not upper.endswith("|"):
            names = grade(upper) == grade(lower) == Grade.SURE
            yield above[1], below[0], " " if names else ""


def _apart(chars: str) -> Iterator[Edit]:
    """The edits that give every row of a table a line again where its rule, headings or borders stand inside a line."""
    places: list[int] = []
    if "|" in chars and ("--" in chars or "——" in chars):
        for rule in _RULE.finditer(chars):
            if _inside(chars, *rule.span()) and (not places or rule.start() >= places[-1]):
                places += _rows(chars, *rule.span())
    if "|" in chars and not places:
        for head in _HEAD.finditer(chars):
            places += _counted(chars, head.start()) if not places or head.start() >= places[-1] else []
    if any(corner in chars for corner in "┌┏╔├"):
        borders = [match.span() for match in _BORDER.finditer(chars)]
        places += sorted(place for border in pairwise(borders) for place in _lines(chars, *border))
    done = -1
    for place in places:
        start = len(chars[max(0, place - 400) : place].rstrip(_BLANK)) + max(0, place - 400)
        if start > done and start and chars[start - 1] != "\n" and place < len(chars):
            yield start, place, "\n"
            done = place


def _inside(chars: str, start: int, stop: int) -> bool:
    """Do other words stand on the line?"""
    before = chars[max(0, start - 9) : start].rstrip(_BLANK)
    behind = chars[stop : stop + 9].lstrip(_BLANK)
    return before[-1:] not in ("", "\n") or behind[:1] not in ("", "\n")


def _rows(chars: str, start: int, stop: int) -> list[int]:
    """Where the rows of a table begin and where it ends, told by its rule | --- | --- |; nothing if they do not fit."""
    width, end = chars.count("|", start, stop), chars.find("\n", stop)
    end = len(chars) if end < 0 else end
    first = start
    for _ in range(width):
        first = chars.rfind("|", max(0, first - 400), first)
        if first < 0:
            return []
    rows = _behind(chars, stop, end, width)
    return [first, start, stop, *rows] if rows and "\n" not in chars[first:start] else []


def _behind(chars: str, at: int, stop: int, width: int) -> list[int]:
    """Where the rows of so many marks end that begin here, the last one too; nothing if one lacks marks."""
    places = []
    while (at := _filled(chars, at, stop)) < stop and chars[at] == "|":
        for _ in range(width):
            at = chars.find("|", at, stop) + 1
            if not at:
                return []
        places.append(_filled(chars, at, stop))
    return places


def _counted(chars: str, start: int) -> list[int]:
    """The same for a table without a rule that begins with | 序号 | and counts its rows: | 1 | … |."""
    end = chars.find("\n", start)
    end = len(chars) if end < 0 else end
    marks = [start]
    while len(marks) <= _MOST and (at := chars.find("|", marks[-1] + 1, end)) >= 0:
        if not chars[marks[-1] + 1 : at].strip(_BLANK):
            break
        marks.append(at)
    heads = [chars[a + 1 : b].strip(_BLANK) for a, b in pairwise(marks)]
    head = find([heads, [""] * len(heads)]) if 2 < len(heads) < _MOST else None
    rows = _behind(chars, marks[-1] + 1, end, len(marks)) if head and head.duties else []
    begins = [_filled(chars, marks[-1] + 1, end), *rows[:-1]]
    whole = len(rows) > 1 and all(_NUMBERED.match(chars, place) for place in begins)
    return [start, *begins, rows[-1]] if whole else []


def _filled(chars: str, at: int, stop: int) -> int:
    while at < stop and chars[at] in _BLANK:
        at += 1
    return at


def _lines(chars: str, above: tuple[int, int], below: tuple[int, int]) -> list[int]:
    """Where the lines between two borders begin, each with as many posts as the upper one has corners."""
    if below[0] - above[1] > 20_000 or "\n" in chars[above[1] : below[0]]:
        return []
    posts = [match.start() for match in _POST.finditer(chars, above[1], below[0])]
    width = len(_DOWN.findall(chars, *above)) + 2
    whole = len(posts) > 0 and len(posts) % width == 0 and not chars[posts[-1] + 1 : below[0]].strip(_BLANK)
    return [above[0], *posts[::width], below[0], _filled(chars, below[1], len(chars))] if whole else []
