"""The days that a circular prints, as words and as dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from parsers.numerals import number
from schemas.text import Text

_HAN_YEAR = "[一二][〇零一二三四五六七八九Oo0]{3}"
_DAY = "[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_SPOKEN = regex.compile(  # from 年 on, the year looked at from there: a scan for one character is cheap
    rf"""
    年(?<=(?<![0-9])(?P<year>(?:19|20)[0-9]{{2}}|{_HAN_YEAR})[ ]?年)
    [ ]?(?P<month>{_DAY})[ ]?月[ ]?(?P<day>{_DAY})(?:[ ]?日|(?=[ \u3000|]*(?:\n(?![ ]*[0-9日号前])|\Z)))
    """,
    regex.VERBOSE,
)
_DIGITS = regex.compile(
    r"""
    (?P<year>20(?<![0-9]20)[0-9]{2})
    (?: (?P<sign>[-./])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})
      | (?P<month>[01][0-9])(?P<day>[0-3][0-9])
    )(?![0-9])
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day; `date` is None for one that does not exist (9月31日)."""

    text: Text
    date: dt.date | None
    start: int
    stop: int


def days(text: Text, start: int, stop: int) -> Iterator[Day]:
    """The printed days between two offsets, in order: 2021年3月5日, 二〇二一年三月五日, 2021-03-05, 20210305."""
    found = [*_SPOKEN.finditer(text.chars, start, stop), *_DIGITS.finditer(text.chars, start, stop)]
    for match in sorted(found, key=regex.Match.start):
        begin = match.start("year")
        yield Day(text[begin : match.end()], _date(match), begin, match.end())


def _date(match: regex.Match[str]) -> dt.date | None:
    year, month, day = (number(match[part]) or 0 for part in ("year", "month", "day"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
