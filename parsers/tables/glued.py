"""Tables that lost every separator: 序号重点任务完成时限牵头单位1推进…6月底前市教育局2….

What can be told for certain is told: the rows whose numbers follow each other and whose time stands right before a
list of departments. Where one column of departments ends and the next begins cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from parsers.departments import looks_like
from parsers.tables.grid import LEFT, Grid, GridCell, Row, cell
from parsers.tables.header import DUTIES, ROLES, listed
from parsers.time_limits import scan
from parsers.vocab import either, terms
from schemas.text import Span

_HEADS = regex.compile(
    r"""
    号(?<=序号|编号|项目号|任务号)(?P<heads>[^\n\t|│，。；：、\x20\u3000<]{4,60}?)
    (?= [一二三]、 | (?<![0-9])[0-9]{1,3}(?:[-.、][0-9]{1,2})?[\p{Han}“《](?<!年)
      | (?P<lines>[ ]?\n[\n\u3000 ]{0,6}(?:一、[^\n]{2,40}\n[\n\u3000 ]{0,6})?1[\p{Han}“《](?<!年)) )
    """,
    regex.VERBOSE,
)
_ENDS = regex.compile(r"\n|抄送[：:]|附件[0-9]{0,2}[：:]|[（(]?注[：:]")
_UNITS = regex.compile(r"[^0-9。\n]{2,300}")
_SECTION = regex.compile(r"[一二三四五六七八九十]{1,3}、[^0-9，。；]{2,30}")
_NUMBER = regex.compile(r"[0-9]{1,6}(?:-[0-9]{1,2})?(?=[\p{Han}“《(（])")
_LINE = regex.compile(
    r"\s{0,4}(?:(?P<n>[0-9]{1,3})(?=[\p{Han}“《（])(?!年)|(?P<section>[一二三四五六七八九十]{1,3}、[^\n。；]{2,40}$))?[^\n]*",
    regex.MULTILINE,
)
_NEXT = regex.compile(  # 6月底前3新建…, not 6月底前3个镇…
    r"(?:[一二三四五六七八九十]{1,2}、[^0-9，。；]{2,30})?(?P<n>[0-9]{1,3})(?=[\p{Han}“《（])"
    "(?![个名家所项次万亿处条户台套座公里米吨辆人份册期场年月日批类种组村镇县市区])"
)
_DONE = regex.compile(  # 2019年6月底前出台并执行
    r"(?:(?:前|内|起)?(?:全面|基本|初步|陆续|持续|取得|形成|完成|出台|印发|制定|实施|推进|推开|启动|建成|落实|见效|阶段性|成果|成效|目标|并|和|、)){0,8}+"
)
_JUMP = 3  # numbers that a table may leave out
_LONGEST = 14  # characters of one heading


def glued(chars: str) -> Iterator[Grid]:
    """The tables of the text whose cells stand one behind the other without anything between them."""
    at = 0
    while match := _HEADS.search(chars, at):
        at = match.end()
        labels = list(known(chars, *match.span("heads")))
        if sum(kind in DUTIES for kind, _ in labels) >= 2:
            end = _ENDS.search(chars, at)
            number = (match.start() - (2 if chars[match.start() - 1] in "目务" else 1), match.start() + 1)
            stop = end.start() if end else len(chars)
            reading = _Reading(chars, number, labels)
            grid = reading.lines(at) if match["lines"] else reading.read(at, stop)
            yield grid
            at = max(at, grid.stop)


@cache
def _ongoing() -> regex.Pattern[str]:
    return regex.compile(either(word for term in terms("time", "ongoing") for word in term.aliases))


def known(chars: str, start: int, stop: int) -> Iterator[tuple[str, Span]]:
    """The headings that are known, the longest first; what stands between them is left out."""
    at = start
    while at < stop:
        ends = range(min(stop, at + _LONGEST), at + 1, -1)
        found = next(((kind, end) for end in ends if (kind := listed(chars[at:end]))), None)
        if found:
            yield found[0], (at, found[1])
        at = found[1] if found else at + 1


class _Reading:
    """One table: its headings, then its rows one after the other."""

    def __init__(self, chars: str, number: Span, labels: list[tuple[str, Span]]) -> None:
        self.chars = chars
        roles = [span for kind, span in labels if kind in ROLES]
        word = next((span for kind, span in labels if kind in ("title", "text")), None)
        time = next((span for kind, span in labels if kind in ("deadline", "weak")), None)
        heads = (number, word, time, roles[0] if len(roles) == 1 else None)
        self.rows: list[Row] = [tuple(cell(chars, *([span] if span else [])) for span in heads)]
        self.timed = time is not None
        self.last = self.timed and labels[-1][1] == time
        self.start = number[0]

    def read(self, start: int, stop: int) -> Grid:
        """The rows as far as their numbers follow each other."""
        ends = [(time, units) for time, units in self._ends(start, stop)] if self.timed else []
        at, last, whole = start, "0", True
        for (time, units), _ in pairwise([*ends, ((stop, stop), (stop, stop))]):
            found, section = self._number(at, time[0], last)
            if found is None:
                break
            followed = self._is_followed(time[1], found)
            if not (
                followed or (followed is None and whole)
            ):  # a time inside the row, or one that was missed
                whole = False
                continue
            if section is not None:
                self.rows.append((cell(self.chars, section), *[GridCell(merged=LEFT)] * 3))
            self.rows.append(
                (*[cell(self.chars, span) for span in (found, (found[1], time[0]), time, units)],)
            )
            at, last, whole = units[1], self.chars[slice(*found)], True
        return Grid(self.start, stop, tuple(self.rows), glued=True)

    def _is_followed(self, stop: int, number: Span) -> bool | None:
        """Does the next number stand behind the time that ends this row, where times are the last column?

        None: where they are not, or no number stands there.
        """
        following = _NEXT.match(self.chars, stop) if self.last else None
        value = int(self.chars[slice(*number)].partition("-")[0])
        return int(following["n"]) == value + 1 if following else None

    def lines(self, start: int) -> Grid:
        """The rows where each stands on a line of its own."""
        stop, last = start, 0
        for line in _LINE.finditer(self.chars, start):
            if line["n"] and last < int(line["n"]) <= last + _JUMP:
                last = int(line["n"])
                ends = list(self._ends(line.end("n"), line.end()))
                time, units = ends[-1] if ends else ((line.end(), line.end()),) * 2
                row = (line.span("n"), (line.end("n"), time[0]), time, units)
                self.rows.append((*[cell(self.chars, span) for span in row],))
            elif line["section"]:
                self.rows.append((cell(self.chars, line.span("section")), *[GridCell(merged=LEFT)] * 3))
            else:
                break
            stop = line.end()
        return Grid(self.start, stop, tuple(self.rows), glued=True)

    def _times(self, start: int, stop: int) -> list[Span]:
        times = [(mention.start, mention.stop) for mention in scan(self.chars, start, stop, whole=True)]
        return sorted([*times, *(match.span() for match in _ongoing().finditer(self.chars, start, stop))])

    def _ends(self, start: int, stop: int) -> Iterator[tuple[Span, Span]]:
        """Where rows end: a time, and right behind it nothing but departments; nothing, where times are the last column."""
        for time in self._times(start, stop):
            if self.last:
                whole = self.chars[time[0] - 1] not in "0123456789年月"  # 投资1002023年6月
                end = _DONE.match(self.chars, time[1], stop)
                done = end.end() if end else time[1]
                if whole and (done == stop or _NEXT.match(self.chars, done, stop)):
                    yield (time[0], done), (done, done)
                continue
            units = _UNITS.match(self.chars, time[1], stop)
            if units is None:
                continue
            section = _SECTION.search(self.chars, *units.span())
            span = (time[1], section.start() if section else units.end())
            if looks_like(self.chars, *span):
                yield time, span

    def _number(self, start: int, stop: int, last: str) -> tuple[Span | None, Span | None]:
        """Where the next row's number stands, behind a remark and perhaps a section, and where that stands.

        Example: 53加强 is 5 and number 3.
        """
        digits = regex.compile("[0-9]*").match(self.chars, start, stop)
        at = digits.end() if digits else start
        section = _SECTION.match(self.chars, at, stop)
        start = section.end() if section else start
        found = _NUMBER.match(self.chars, start, stop)
        if found is None:
            return None, None
        whole = found[0]
        value, _, minor = last.partition("-")
        wanted = [str(int(value) + 1), f"{int(value)}-{int(minor or 0) + 1}", f"{int(value) + 1}-1"]
        wanted += [] if minor else [f"{int(value)}-2"]  # 7-1 stands inside the words of 7
        size = next(
            (len(number) for number in sorted(wanted, key=len, reverse=True) if whole.endswith(number)), 0
        )
        head = section.span() if section else None
        return ((found.end() - size, found.end()), head) if size else (None, None)
