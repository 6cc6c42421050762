"""Text -> time limits: find the expressions, keep what they mean as far as it is printed, then put dates to them.

`scan` is pure pattern work on normalised characters and knows nothing of the document; `date` takes what is
implied (the year above all) from a Reference. `read` does both for a field: a label's text, a cell, an
expression alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from parsers import recurrence
from parsers.normalise import squeeze
from parsers.time_context import anchor, merged, with_ongoing
from parsers.time_dates import Dated, Reference, date, date_all
from parsers.time_grammar import RULES, Found, Rule, TimeMention
from parsers.time_points import Word
from parsers.time_words import INNER, Token, tokens, trie
from parsers.vocab import terms
from schemas.circular import TimeLimit
from schemas.text import Text

__all__ = ["Dated", "Reference", "TimeMention", "date", "date_all", "read", "scan"]

MAX_TOKENS = 30  # of one expression: an enumeration of twelve months has twenty-three


class Engine:
    """Compiled patterns: where an expression may begin (in running text, in a field), and its tokens."""

    def __init__(self, table: Sequence[Token], rules: Sequence[Rule]) -> None:
        self.letters = {f"t{i}": token.letter for i, token in enumerate(table)}
        named = [f"(?P<t{i}>{token.pattern})" for i, token in enumerate(table)]
        heads = [(token, name) for token, name in zip(table, named, strict=True) if token.letter not in INNER]
        running = [name for token, name in heads if not token.field]
        self.field = _compile([f"(?P<e>{recurrence.HEAD})", *(name for _, name in heads)])
        self.running = _compile([SKIPPED, f"(?P<e>{recurrence.HEAD})", *running])
        self.inner = _compile(named)
        self.rules = tuple((rule, regex.compile(rule.letters)) for rule in rules)

    def words(self, text: str, first: regex.Match[str], stop: int) -> list[Word]:
        """The tokens that follow each other without a gap, from the one that was found."""
        found = [Word(self.letters[first.lastgroup or ""], first[0], *first.span())]
        at = first.end()
        while len(found) < MAX_TOKENS and (match := self.inner.match(text, at, stop)):
            found.append(Word(self.letters[match.lastgroup or ""], match[0], at, match.end()))
            at = match.end()
        return found


SKIPPED = r"(?P<skip>《[^《》\n]{1,120}》|〔[0-9]{4}〕第?[0-9]{1,5}号)"


def _compile(alternatives: Sequence[str]) -> regex.Pattern[str]:
    return regex.compile("|".join(alternatives), regex.VERBOSE)


@cache
def engine() -> Engine:
    """The engine with all its rules."""
    return Engine(tokens(), RULES)


def scan(text: str, start: int = 0, stop: int | None = None, *, whole: bool = False) -> list[TimeMention]:
    """All time expressions of normalised text, in reading order, none over another; offsets in `text`.

    `whole`: the text is a label's value, a cell or an expression alone, where 长期, “五一” and 周五 can mean nothing else.

    >>> [(m.rule, m.form, "请于6月底前报送"[m.start:m.stop]) for m in scan("请于6月底前报送")]
    [('by', 'by', '6月底前')]
    """
    end = len(text) if stop is None else stop
    found = list(_mentions(engine(), text, start, end, whole))
    return with_ongoing(text, start, end, merged(text, found), whole)


def _mentions(using: Engine, text: str, at: int, end: int, whole: bool) -> Iterator[TimeMention]:
    head = using.field if whole else using.running
    begin = at
    while match := head.search(text, at, end):
        group = match.lastgroup
        at = match.end()
        if group == "skip":
            continue
        if group == "e":
            if recurring := recurrence.match(text, match.start()):
                at, rule, name = recurring
                yield TimeMention(match.start(), at, name, "recurring", recurrence=rule)
            continue
        words = using.words(text, match, end)
        for mention in _parse(using, text, begin, words, whole):
            yield mention
            at = max(at, mention.stop)


def _parse(using: Engine, text: str, begin: int, words: list[Word], whole: bool) -> Iterator[TimeMention]:
    """The expressions that the tokens of one run make up."""
    letters = "".join(word.letter for word in words)
    at = 0
    while at < len(words):
        for rule, pattern in using.rules:
            if rule.field and not whole:
                continue
            match = pattern.match(letters, at)
            if match and (mention := _build(rule, match, text, begin, words, whole)):
                yield mention
                at, begin = match.end(), mention.stop
                break
        else:
            at += 1


def _build(
    rule: Rule, match: regex.Match[str], text: str, begin: int, words: list[Word], whole: bool
) -> TimeMention | None:
    groups = {name: words[slice(*match.span(name))] for name in match.re.groupindex}
    first, last = words[match.start()], words[match.end() - 1]
    if first.letter in "LO":
        start, event, anchored = anchor(text, begin, first.start)
        return rule.build(Found(rule.name, groups, start, last.stop, "", whole, event, anchored))
    prefix, start = _prefix(text, begin, first.start)
    return rule.build(Found(rule.name, groups, start, last.stop, prefix, whole))


@cache
def _prefixes() -> tuple[regex.Pattern[str], str]:
    names = {"from": "from", "until": "until"}
    parts = [f"(?P<{names[t.canonical]}>{trie(t.aliases)})" for t in terms("time", "prefix")]
    ends = "".join({word[-1] for term in terms("time", "prefix") for word in term.aliases})
    unless = "|".join(word for term in terms("time", "prefix") for word in term.unless)
    return regex.compile(f"(?<!{unless})(?:{'|'.join(parts)})$"), ends


def _prefix(text: str, begin: int, start: int) -> tuple[str, int]:
    """自, 从 (from) or 到, 截至, 不迟于 (until) right before an expression, and where it then begins."""
    pattern, ends = _prefixes()
    if start <= begin or text[start - 1] not in ends:
        return "", start
    match = pattern.search(text, max(begin, start - 6), start)
    return (match.lastgroup or "", match.start()) if match else ("", start)


def read(text: Text, reference: Reference) -> list[TimeLimit]:
    """The time limits of a field or an expression alone.

    >>> limit = read(Text.plain("2021年6月底前"), Reference())[0]
    >>> limit.kind, limit.end.isoformat(), limit.text
    ('by', '2021-06-30', '2021年6月底前')
    """
    clean = squeeze(text)
    mentions = scan(clean.chars, whole=True)
    dated = date_all(mentions, reference)
    chosen = main_of(dated)
    return [
        _publish(clean[mention.start : mention.stop], mention, each, number == chosen)
        for number, (mention, each) in enumerate(zip(mentions, dated, strict=True))
    ]


def main_of(dated: Sequence[Dated]) -> int:
    """The one that counts among several: the last one-off date, else the first (-1 for none)."""
    dates = [i for i, each in enumerate(dated) if each.end and each.kind in ("by", "during", "range", "relative")]
    return dates[-1] if dates else 0 if dated else -1


def _publish(piece: Text, mention: TimeMention, dated: Dated, main: bool) -> TimeLimit:
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
        span=piece.span(),
        rule=mention.rule,
    )
