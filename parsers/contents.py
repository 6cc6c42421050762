"""Marks that number no unit of the text: tables of contents, lists of attachments, notes, headings printed twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from parsers.damage import garbled
from schemas.outline import Marker

_LEADER = regex.compile(
    r"[^\n。；]{0,40}?(?:[.·_]{6,}|…{3,}|(?:[.·_]{3,}|…{2}|[—-]{4,})[ .·…—-]{0,80}[0-9]{1,3}(?![0-9年月日号时]))"
)
_CONTENTS = regex.compile(r"目[ \u3000]{0,4}[录次][ \u3000*：]{0,6}(?=[\n第一1（0-9])")
_LIST = regex.compile(
    r"(?:(?<=附[ ]?[件表]|附)：|(?<=附件|附[ ]件)\n|(?:(?<=^|[\n。；）〕】 \u3000])备?注|填[表报写](?:说明|须知))：)[ \n\u3000]*$"
)
_PAGE = regex.compile(r"[ \u3000.·…—-]*[0-9]{0,3}$")
_LISTED = 160  # characters that an entry of such a list has at most
_SEEN = 8  # characters behind a mark that are looked at
_EDGE = " \u3000\n*#。：:"
_HEADING = 40  # characters of a heading that are compared


def numbering(chars: str, marks: Sequence[Marker]) -> list[Marker]:
    """The marks that number units of the text."""
    kept = _body(chars, _readable(chars, marks))
    kept = list(_without_lists(chars, _in_runs(kept)))
    return list(_once(chars, kept))


def _in_runs(marks: Sequence[Marker]) -> Sequence[Marker]:
    """Without the stages that stand alone: 第一阶段 numbers a unit only where 第二阶段 comes, in order."""
    stages = [mark for mark in marks if mark.kind == "stage"]
    if not stages:
        return marks
    values = [0, *[mark.value for mark in stages], 0]
    alone = {
        mark.start
        for mark, above, below in zip(stages, values, values[2:], strict=False)
        if (mark.value > 1 and above + 1 != mark.value) or (mark.value == 1 and below != 2)
    }
    return [mark for mark in marks if mark.start not in alone]


def _readable(chars: str, marks: Sequence[Marker]) -> Sequence[Marker]:
    """Without the marks whose words are garbled."""
    places = garbled(chars)
    if not places:
        return marks
    starts = [start for start, _ in places]
    lost = [places[max(0, bisect_right(starts, mark.stop + _SEEN) - 1)] for mark in marks]
    return [
        mark
        for mark, (start, stop) in zip(marks, lost, strict=True)
        if not (start < mark.stop + _SEEN and mark.stop < stop)
    ]


def _body(chars: str, marks: Sequence[Marker]) -> list[Marker]:
    """Without the table of contents: entries with leaders, or entries below 目录 that come again as headings."""
    kept = list(marks)
    if any(dots in chars for dots in ("...", "……", "···", "___", "————", "----")):
        kept = [mark for mark in kept if not _LEADER.match(chars, mark.stop, mark.stop + 200)]
    match = _CONTENTS.search(chars)
    if match is None:
        return kept
    first = next((i for i, mark in enumerate(kept) if mark.start >= match.end()), len(kept))
    again = _again(chars, kept, first)
    return kept[:first] + kept[again:]


def _again(chars: str, marks: Sequence[Marker], first: int) -> int:
    """The index where the first entry of a table of contents comes again as a heading; `first` where it does not."""
    if first >= len(marks):
        return first
    entry = marks[first]
    words = _words(chars, entry.stop, marks[first + 1].start if first + 1 < len(marks) else len(chars))
    for index in range(first + 1, len(marks)):
        other = marks[index]
        if (other.kind, other.value) == (entry.kind, entry.value) and words:
            return index if _words(chars, other.stop, other.stop + _HEADING).startswith(words) else first
    return first


def _words(chars: str, start: int, stop: int) -> str:
    """A heading without its edges and its page number."""
    line = chars[start : min(stop, start + _HEADING)].strip(_EDGE).split("\n")[0]
    return _PAGE.sub("", line).replace(" ", "").replace("\u3000", "")


def _without_lists(chars: str, marks: Sequence[Marker]) -> Iterator[Marker]:
    """Without 附件：1.…2.… and 注：1.…2.…: a list as long as its numbers follow each other closely."""
    listed: Marker | None = None
    for mark in marks:
        if (
            listed
            and (mark.kind, mark.value) == (listed.kind, listed.value + 1)
            and mark.start - listed.stop < _LISTED
        ) or (
            mark.value == 1
            and mark.kind not in ("han", "article")
            and _LIST.search(chars, max(0, mark.number - 10), mark.number)
        ):
            listed = mark
        else:
            listed = None
            yield mark


def _once(chars: str, marks: Sequence[Marker]) -> Iterator[Marker]:
    """A heading that is printed twice, line after line, is one: the first is taken into the second."""
    start = -1
    for index, mark in enumerate(marks):
        after = marks[index + 1] if index + 1 < len(marks) else None
        if after and after.strength == 3 and _is_same(mark, after) and after.start - mark.stop < 80:
            words = chars[mark.stop : after.start].strip(_EDGE)
            if len(words) > 1 and chars[after.stop : after.stop + 82].lstrip(_EDGE).startswith(words):
                start = mark.start if start < 0 else start
                continue
        yield mark if start < 0 else Marker(mark.kind, mark.value, start, *_rest(mark))
        start = -1


def _is_same(mark: Marker, other: Marker) -> bool:
    return (mark.kind, mark.value, mark.path) == (other.kind, other.value, other.path)


def _rest(mark: Marker) -> tuple[int, int, int, tuple[int, ...]]:
    return mark.number, mark.stop, mark.strength, mark.path
