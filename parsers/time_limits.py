"""Text -> time limits: find the expressions, keep what they mean as far as it is printed, then put dates to them.

`scan` is pure pattern work on normalised characters and knows nothing of the document; `date` takes what is
implied (the year above all) from a Reference. `read` does both for a field: a label's text, a cell, an
expression alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from parsers import recurrence
from parsers.normalise import squeeze
from parsers.time_context import anchor, before, merged, with_ongoing
from parsers.time_dates import Dated, date, date_all
from parsers.time_grammar import Candidate, Found, TimeMention, candidates
from parsers.time_lexer import lexer
from parsers.time_places import Reference
from parsers.time_points import Word
from parsers.time_words import RECURRING
from schemas.circular import TimeLimit
from schemas.text import Span, Text

__all__ = ["Dated", "Reference", "TimeMention", "date", "date_all", "main_of", "read", "scan", "stated"]


def scan(
    text: str, start: int = 0, stop: int | None = None, *, whole: bool = False, passed: Sequence[Span] = ()
) -> list[TimeMention]:
    """All time expressions of normalised text, in reading order, none over another; offsets in `text`.

    `whole`: the text is a label's value, a cell or an expression alone, where 长期, “五一” and 周五 can mean nothing else.
    `passed`: spans of running text that are passed over.

    >>> [(m.rule, m.form, "请于6月底前报送"[m.start:m.stop]) for m in scan("请于6月底前报送")]
    [('by', 'by', '6月底前')]
    """
    end = len(text) if stop is None else stop
    found = list(_mentions(text, start, end, whole, passed))
    return with_ongoing(text, start, end, merged(text, found), whole)


def stated(text: str, start: int, stop: int) -> list[TimeMention]:
    """The time expressions of a label's value or a bracket: `whole`, and the same few fill most of them.

    >>> [mention.start for mention in stated("完成时限：6月底前", 5, 10)]
    [5]
    """
    return [
        mention._replace(start=start + mention.start, stop=start + mention.stop)
        for mention in _alone(text[start:stop])
    ]


@lru_cache(maxsize=4096)
def _alone(text: str) -> tuple[TimeMention, ...]:
    return tuple(scan(text, whole=True))


def _mentions(text: str, start: int, end: int, whole: bool, passed: Sequence[Span]) -> Iterator[TimeMention]:
    using, begin = lexer(), start
    for at in using.places(text, start, end, whole, passed):
        if at < begin:
            continue
        found = recurring(text, at) if text[at : at + 2] in RECURRING else []
        if not found and (first := using.first(text, at, end, whole)):
            words = using.words(text, first, end, whole)
            found = list(_parse(text, begin, words, whole))
            begin = max(begin, first.stop)
        yield from found
        begin = found[-1].stop if found else begin


def recurring(text: str, start: int) -> list[TimeMention]:
    """The recurrence that begins at `start`, if one does."""
    found = recurrence.match(text, start)
    return [TimeMention(start, found[0], found[2], "recurring", recurrence=found[1])] if found else []


def _parse(text: str, begin: int, words: list[Word], whole: bool) -> Iterator[TimeMention]:
    """The expressions that the tokens of one run make up."""
    letters = "".join([word.letter for word in words])
    at = 0
    while at < len(words):
        for candidate in candidates(letters[at:], whole):
            mention = _build(candidate, text, begin, words[at:], whole)
            if mention:
                yield mention
                at, begin = at + candidate.taken, mention.stop
                break
        else:
            at += 1


def _build(candidate: Candidate, text: str, begin: int, words: list[Word], whole: bool) -> TimeMention | None:
    rule = candidate.rule
    groups = {name: words[part] for name, part in candidate.groups.items()}
    start, stop = words[0].start, words[candidate.taken - 1].stop
    if words[0].letter in "LO":
        start, event, anchored = anchor(text, begin, start)
        return rule.build(Found(rule.name, groups, start, stop, "", whole, event, anchored))
    prefix, start = before(text, begin, start)
    return rule.build(Found(rule.name, groups, start, stop, prefix, whole))


def read(text: Text, reference: Reference) -> list[TimeLimit]:
    """The time limits of a field or an expression alone.

    >>> limit = read(Text.plain("2021年6月底前"), Reference())[0]
    >>> limit.kind, limit.end.isoformat(), limit.text
    ('by', '2021-06-30', '2021年6月底前')
    """
    clean = squeeze(text) if any(blank in text.chars for blank in " \n\u3000") else text
    mentions, dated, chosen = _field(clean.chars, reference)
    return [
        _published(clean[mention.start : mention.stop], mention, each, main=number == chosen)
        for number, (mention, each) in enumerate(zip(mentions, dated, strict=True))
    ]


@lru_cache(maxsize=4096)
def _field(chars: str, reference: Reference) -> tuple[list[TimeMention], list[Dated], int]:
    """The same few expressions fill the cells of most circulars: what they mean is found once."""
    mentions = scan(chars, whole=True)
    dated = date_all(mentions, reference)
    return mentions, dated, main_of(dated)


def main_of(dated: Sequence[Dated]) -> int:
    """The one that counts among several: the last one-off date, else the first (-1 for none)."""
    dates = [
        i for i, each in enumerate(dated) if each.end and each.kind in ("by", "during", "range", "relative")
    ]
    return dates[-1] if dates else 0 if dated else -1


def _published(piece: Text, mention: TimeMention, dated: Dated, *, main: bool) -> TimeLimit:
    """The published time limit of the words `piece`, which stand where a label's value would."""
    return TimeLimit(
        text=piece.printed(),
        kind=dated.kind,
        start=dated.start,
        end=dated.end,
        recurrence=dated.recurrence,
        implied=dated.implied,
        basis=dated.basis,
        approximate=dated.approximate,
        main=main,
        evidence="label",
        span=piece.span(),
        rule=mention.rule,
    )
