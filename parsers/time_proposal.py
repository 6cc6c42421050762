"""A number or word that may be a token of a time expression, with what stands around it."""

from __future__ import annotations

import regex

from parsers import time_words as tw
from parsers.time_points import Word
from parsers.time_words import CLOSE, LATER, OPEN, Vocabulary

_MARK = regex.compile(r"(?:\A|[\n。；！？：）\x20\u3000\p{Han}])[0-9]{1,3}\.$")


class Proposal:
    """What a pattern or a word proposes, and its surroundings.

    `last`: the letter of the token before, "" where an expression would begin. `whole`: the text is a field.
    """

    __slots__ = ("last", "match", "start", "stop", "text", "vocabulary", "whole")

    def __init__(  # noqa: PLR0913, PLR0917 - a record of what every reader needs
        self,
        words: Vocabulary,
        text: str,
        start: int,
        stop: int,
        last: str,
        whole: bool,
        match: regex.Match[str] | None = None,
    ) -> None:
        self.vocabulary, self.text, self.last, self.whole = words, text, last, whole
        self.start, self.stop, self.match = start, stop, match

    @property
    def printed(self) -> str:
        """The characters proposed."""
        return self.text[self.start : self.stop]

    def word(self, letter: str) -> Word | None:
        """The token, unless what stands before says that it begins nothing."""
        behind = tw.BEHIND.get(letter, "")
        if (
            not self.last
            and self.start
            and self.text[self.start - 1] in behind
            and not self._numbered(letter)
        ):
            return None
        return Word(letter, self.text[self.start : self.stop], self.start, self.stop)

    def _numbered(self, letter: str) -> bool:
        """Is the number before a month that of its item: 1.6月17日前?"""
        return letter == "M" and _MARK.search(self.text, max(0, self.start - 5), self.start) is not None

    def group(self, name: str) -> tuple[str, int]:
        """What a group of the pattern matched, and where."""
        if self.match is None:
            raise ValueError(f"a word has no group {name}")
        return self.match[name], self.match.start(name)

    def vetoed(self, word: str, start: int) -> bool:
        """Does the word stand inside one of its `unless`?"""
        return self.vocabulary.vetoed(word, self.text, start, start + len(word))

    def extend(self, pattern: regex.Pattern[str]) -> None:
        """Take what belongs to the word after it."""
        more = pattern.match(self.text, self.stop)
        self.stop = more.end() if more else self.stop

    def unquote(self) -> None:
        """Take the quotation mark before the word, where one closes after it."""
        if self.start and self.text[self.start - 1] in OPEN and self.text[self.stop : self.stop + 1] in CLOSE:
            self.start -= not self.last

    def later(self) -> bool:
        """Is it a length of time: 30日内, 一周后?"""
        after = LATER.match(self.text, self.stop)
        return after is not None and not self.vetoed(after[0], after.start())
