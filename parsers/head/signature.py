"""署名 and 成文日期: who signed, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from parsers.head.organs import organs
from parsers.head.wording import CLOSERS, GOES_ON, HAN, is_organ
from parsers.numerals import number
from schemas.text import Text

_HAN_DAY = "[一二三四五六七八九十廿卅]{1,3}"
DATE = regex.compile(
    rf"""
    (?P<year>(?:19|20)[0-9]{{2}}|[一二][〇零一二三四五六七八九O0]{{3}})[ ]?年[ ]?
      (?P<month>[0-9]{{1,2}}|{_HAN_DAY})[ ]?月[ ]?(?P<day>[0-9]{{1,2}}|{_HAN_DAY})[ ]?日
  | (?<![0-9])(?P<year>20[0-9]{{2}})(?P<sign>[-./])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})(?![0-9])
  | (?<![0-9])(?P<year>20[0-9]{{2}})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?![0-9])
    """,
    regex.VERBOSE,
)
_ENDS = regex.compile(rf"[ \u3000]*(?:\n|\Z|[ \u3000]{{2}}|{CLOSERS}|[（(][^）)\n]{{0,20}}公开)")
_GOES_ON = regex.compile(rf"[ ]*(?:{GOES_ON})")
_PRINTED = regex.compile(r"[ ]*印[ ]*发")
_SENTENCE_END = "。！；）”：】" 
_RUN = regex.compile(rf"(?r)[{HAN}“”、 \u3000·]{{2,160}}")
_PERSON = regex.compile(rf"[{HAN}]{{0,12}}(?:总理|省长|市长|县长|区长|州长|主席|部长|局长|主任|厅长|署长|行长|会长)[ \u3000：]*[{HAN} \u3000]{{2,6}}")


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing organs (may be none printed), the date, and where the whole begins and ends."""

    issuers: tuple[Text, ...]
    date_text: Text
    date: dt.date | None
    start: int
    stop: int


def signatures(text: Text, start: int, known: Sequence[str]) -> Iterator[Signature]:
    """The dates behind `start` that sign the circular; `known`: the organs that the head names."""
    for match in DATE.finditer(text.chars, start):
        found = _signed(text, match, start, known)
        if found is not None:
            yield found


def _signed(text: Text, match: regex.Match[str], low: int, known: Sequence[str]) -> Signature | None:
    chars = text.chars
    ends = _ENDS.match(chars, match.end()) is not None
    if _PRINTED.match(chars, match.end()) or (not ends and _GOES_ON.match(chars, match.end())):
        return None
    begin = _names_before(chars, match.start(), low, known)
    if begin is None or not (ends or begin < match.start()):
        return None
    if not ends and not _known_before(chars, match.start(), known):
        return None
    names = organs(text[begin : match.start()].strip()) if begin < match.start() else ()
    return Signature(names, text[match.start() : match.end()], date_of(match), begin, match.end())


def _known_before(chars: str, stop: int, known: Sequence[str]) -> bool:
    before = chars[max(0, stop - 60) : stop].rstrip(" \n　")
    return any(before.endswith(name) for name in known) or any(
        name.endswith(regex.split(r"[。\n）：]", before)[-1]) for name in known if regex.split(r"[。\n）：]", before)[-1]
    )


def _names_before(chars: str, stop: int, low: int, known: Sequence[str]) -> int | None:
    """Where the names before the date begin; `stop` itself where a date stands alone; None where a sentence goes on."""
    end = stop
    while end > low and chars[end - 1] in " \u3000\n":
        end -= 1
    if end == low or (end < stop and chars[end - 1] in _SENTENCE_END):
        return stop
    match = _RUN.match(chars, low, end)
    if match is None:
        return stop if "\n" in chars[end:stop] else None
    return _first_name(chars, match.start(), end, low, known, lone="\n" in chars[end:stop])


def _first_name(chars: str, start: int, end: int, low: int, known: Sequence[str], lone: bool) -> int | None:
    run = chars[start:end]
    for name in sorted(known, key=len, reverse=True):
        if run.endswith(name):
            break
    first = min([at for name in known if len(name) > 3 and (at := run.find(name)) >= 0], default=-1)
    if first >= 0 and is_organ(run[first:]):
        return start + first
    if is_organ(run.lstrip(" \u3000")) and (start <= low or chars[start - 1] in _SENTENCE_END + "\nX0123456789xls"):
        return _lines_above(chars, start, low)
    if _PERSON.fullmatch(run):
        return end + 1 if lone else None
    return None


def _lines_above(chars: str, start: int, low: int) -> int:
    """Upwards over the lines that hold nothing but names of organs."""
    while start > low and chars[start - 1] == "\n":
        above = chars.rfind("\n", low, start - 1) + 1
        above = max(above, low)
        line = chars[above : start - 1].strip(" \u3000")
        if not is_organ(line) or len(line) > 60 or regex.search("[。，；：0-9]", line):
            break
        start = above
    return start


def date_of(match: regex.Match[str]) -> dt.date | None:
    """The calendar day; None for one that does not exist (9月31日)."""
    year, month, day = (number(match[part]) or 0 for part in ("year", "month", "day"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
