"""A time in its clause, and the cues of vocab/bearing.toml that stand around it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from parsers.time_limits import TimeMention
from parsers.vocab import terms

_MARKS = "，。；！？\n"
_FAR = 80  # characters from the time within which a cue is looked for


@cache
def cue(name: str) -> regex.Pattern[str]:
    """The words of a cue."""
    term = next(term for term in terms("bearing") if term.canonical == name)
    return regex.compile("|".join(term.aliases))


@cache
def before(name: str) -> regex.Pattern[str]:
    """The words of a cue right before a time."""
    return regex.compile(f"(?:{cue(name).pattern})$")


class Clause(NamedTuple):
    """A time in its clause [begin, end): cues are looked for no further than _FAR from the time."""

    chars: str
    mention: TimeMention
    begin: int
    end: int

    def follows(self, name: str) -> bool:
        """Do the words of a cue stand right behind the time?"""
        return cue(name).match(self.chars, self.mention.stop, self.end) is not None

    @property
    def last(self) -> str:
        """The last character of the time."""
        return self.chars[self.mention.stop - 1]


def clause_of(chars: str, mention: TimeMention, start: int, stop: int) -> Clause:
    """The clause of the words [start, stop) in which the time stands."""
    begin, end = max(start, mention.start - _FAR), min(stop, mention.stop + _FAR)
    for mark in _MARKS:
        begin = max(begin, chars.rfind(mark, begin, mention.start) + 1)
    for mark in _MARKS[1:]:
        at = chars.find(mark, mention.stop, end)
        end = at if at >= 0 else end
    return Clause(chars, mention, begin, end)
