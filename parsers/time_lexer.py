"""Text -> tokens: a few plain patterns propose, what stands before and after decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import regex

from parsers import time_words as tw
from parsers.time_points import Word
from parsers.time_proposal import Proposal
from parsers.time_readers import READERS, fixed
from parsers.time_words import DIGIT, OPEN, Vocabulary, vocabulary
from schemas.text import Span

_DIGITS, _HAN_DAYS = "0123456789", f"{DIGIT}十"
# name: the characters with which it can begin, the pattern; those of one character are asked in this order
_NUMERIC = {  # what a number may begin
    "number": (
        "".join(tw.NUMERALS),
        (
            rf"(?P<count>[0-9]{{1,4}})(?P<unit>[年月日])(?![度半份])"  # by far the most
            rf"|(?P<count>第?(?:{tw.NUM}|半|数|几))多?(?P<unit>{tw.UNIT})"
        ),
    ),
    "compact": (_DIGITS, r"[0-9]{4}(?:[./-][0-9]{1,2}){1,2}日?(?![0-9])"),
    "chain": (f"{_DIGITS}{_HAN_DAYS}廿第", f"第?{tw.CHAIN}"),
    "lunar_month": (_DIGITS + _HAN_DAYS, f"{tw.N12}月(?:初[{DIGIT}十]|廿[{DIGIT}]?+)(?![日号])"),
    "plan": ("十", f"十[{DIGIT}]五(?![年个项条月届章号日人名是、])"),
}
_WHOLE_NUMERIC = {  # where the text is nothing but a time limit
    "digits": ("12", "(?:19|20)[0-9]{6}(?![0-9A-Za-z])"),
    "spaced": (_DIGITS, rf"[0-9]{{4}}\x20[01][0-9]\x20{tw.DAY}(?![0-9./])"),
    "reversed": (_DIGITS, rf"{tw.DAY}(?P<dot>[./-]){tw.DAY}(?P=dot)(?:19|20)[0-9]{{2}}(?![0-9./])"),
    "month_day": (
        _DIGITS,
        rf"(?:1[0-2]|0?[1-9])(?:[/·]{tw.DAY}(?![0-9./·])|\.{tw.DAY}(?=-|—|~|至|到|之?前|以前))",
    ),
    "lone_year": ("12", r"(?:18|19|20|21)[0-9]{2}(?![0-9A-Za-z.%％号])"),
}
_NAMED = {  # what a word may begin that is more than a word
    "issued": ("之", "之日起"),
    "first": (
        "前头后首末Q",
        f"[前头](?:[1-4两{DIGIT[:4]}])个?季度|[前头后]{tw.COUNT}个月|首季度?|末季度|Q[1-4](?![0-9A-Za-z])",
    ),
    "lunar": (
        "农阴旧闰正冬腊大",
        f"""(?:农历|阴历|旧历)(?:[一二][〇零{DIGIT}]{{3}}年?)?闰?(?:[正冬腊]|{tw.N12})月(?:{tw.LUNAR_DAY}|[0-9]{{1,2}}日?)?
        |闰?[正冬腊]月(?:{tw.LUNAR_DAY}|底)?|闰{tw.N12}月|大年初[{DIGIT}十]""",
    ),
    "bare": ("年月季", "年(?=年?[底末初内中])|月(?=[底末初]|中(?:前|旬|$))|季度?(?=[末底])"),
}
_WHOLE_NAMED = {
    "stretch": (
        "未今接最近过前上后下",
        f"(?:未来|今后|接下来|最近|近|过去|[前上后下])的?(?:{tw.COUNT}|半)个?(?:天|日|周|星期|月(?!份)|年)",
    ),
    "weekday": ("周星礼", f"(?:周|星期|礼拜)(?:{tw.WEEKDAY}|末)(?![{DIGIT}])"),
}
_INNER = {  # never begin an expression
    "nth": (
        "第最首",
        f"(?:第[{DIGIT[:5]}1-5]|最后一?|首)个?(?:工作日|(?:周|星期|礼拜)(?:{tw.WEEKDAY}(?![{DIGIT}]))?)",
    ),
    "first_of_year": ("前头后首第", f"[前头后]{tw.COUNT}个?月|首月|第{tw.COUNT}个月"),
    "later_day": (_DIGITS, rf"(?:1[0-2]|0?[1-9])[./·]{tw.DAY}(?![0-9./·])"),
    "start": ("初中伊", f"初(?![步级中一审稿期始衷{DIGIT}])|中(?=[前旬，。；、）\\n]|$)|伊始"),
    "season": ("春夏秋冬", "[春夏秋冬](?:季(?!学期|开学|招生|招聘|运动)|天|(?=$|[，。；、）前]))"),
    "note": (
        "（，周星礼",
        f"（(?:(?:周|星期|礼拜){tw.WEEKDAY}|当[天日]|含(?:当[天日]|本[天日]|该[天日]|[0-9]{{1,2}}日)?)）|，?(?:周|星期|礼拜){tw.WEEKDAY}",
    ),
    "han_day": (
        _HAN_DAYS,
        f"(?:三十一?|二十[{DIGIT}]?|十[{DIGIT}]?|[{DIGIT}])(?=[，。、；）前至到晚—~-]|$)",
    ),
    "lost_unit": (_DIGITS, f"{tw.DAY}(?=[之以]?前)"),
    "clock": (f"{_DIGITS}{_HAN_DAYS}零 的（凌清早上中正下傍晚夜深午半收", tw.CLOCK),
    "ahead": (_DIGITS + _HAN_DAYS + "两半", f"(?:{tw.COUNT}|半)个?(?:工作日|天|周|星期|月)(?![前内之以份])"),
    "stroke": ("一", "一(?=[0-9])"),
    "comma": ("，", f"，(?={tw.N31}个?[日号月天周工]|(?<=开始，)[至到](?=[0-9]))"),
}
PATTERNS = _NUMERIC | _WHOLE_NUMERIC | _NAMED | _WHOLE_NAMED | _INNER
_SKIPPED = regex.compile(r"《[^《》\n]{1,120}》"), regex.compile(r"〔[0-9]{4}〕第?[0-9]{1,5}号")
_COMPACT = regex.compile(r"20[0-9]{2}[./-][0-9]{1,2}[./-][0-9]")
_ANCHORS = regex.compile(f"[{tw.ANCHORS}]++")
_UNITS = "季月年周天日"
Begun = Mapping[str, tuple[str, ...]]  # by first character: the names of the patterns to ask, in order
MAX_WORDS = 30  # of one expression: an enumeration of twelve months has twenty-three
_REACH = 14  # characters from where an expression begins to the first anchor in it: “三八”国际劳动妇女节前


class Lexer:
    """Finds where an expression may begin and reads its tokens; `without`: the name of a pattern to leave out.

    A candidate is a number before one of the characters that make it a time, or two characters with which a word
    begins; everything else is passed over at the speed of one plain pattern.
    """

    def __init__(self, words: Vocabulary, without: str = "") -> None:
        self.vocabulary = words
        self.numeric = _begun(_NUMERIC, without), _begun(_NUMERIC | _WHOLE_NUMERIC, without)
        self.named = _begun(_NAMED, without), _begun(_NAMED | _WHOLE_NAMED, without)
        self.other = _begun(_INNER | _NAMED | _WHOLE_NAMED, without)
        self.by_pair = _by_first(words.heads, 2)
        self.by_char = _by_first([*words.heads, *words.marks], 1)
        pairs = [*self.by_pair, *tw.PAIRS]
        bare = [*tw.BARE, *tw.PAIRS]
        self.named_pairs = frozenset(bare), frozenset([*bare, *tw.WHOLE_PAIRS])
        self.candidates = _candidates(pairs, whole=False), _candidates([*pairs, *tw.WHOLE_PAIRS], whole=True)

    def places(
        self, text: str, start: int, stop: int, whole: bool, passed: Sequence[Span] = ()
    ) -> Iterator[int]:
        """Where an expression may begin; nowhere in the spans that are `passed` over."""
        regions = [(start, stop)] if whole else self._regions(text, start, stop, passed)
        for begin, end in regions:
            for match in self.candidates[whole].finditer(text, begin, end):
                yield match.start()

    def first(self, text: str, at: int, stop: int, whole: bool) -> Word | None:
        """The token at a candidate's place, if an expression begins there."""
        char = text[at]
        if char in tw.NUMERALS and (word := self._proposed(self.numeric[whole], text, at, stop, "", whole)):
            return word
        pair = text[at : at + 2]
        for known in self.by_pair.get(pair, ()):
            if text.startswith(known, at, stop):
                word = fixed(Proposal(self.vocabulary, text, at, at + len(known), "", whole))
                if word:
                    return word
        named = pair in self.named_pairs[whole]
        return self._proposed(self.named[whole], text, at, stop, "", whole) if named else None

    def words(self, text: str, first: Word, stop: int, whole: bool) -> list[Word]:
        """The tokens that follow each other without a gap, from the first."""
        found = [first]
        while len(found) < MAX_WORDS:
            word = self._next(text, found[-1].stop, stop, found[-1].letter, whole)
            if word is None:
                break
            found.append(word)
        return found

    def _next(self, text: str, at: int, stop: int, last: str, whole: bool) -> Word | None:
        char = text[at : at + 1]
        if not char or at >= stop:
            return None
        if char in tw.NUMERALS and (word := self._proposed(self.numeric[1], text, at, stop, last, whole)):
            return word
        if char in tw.COUNTING and (word := self._proposed(self.other, text, at, stop, last, whole)):
            return word
        begin = at + (char in OPEN)
        for known in self.by_char.get(text[begin : begin + 1], ()):
            if text.startswith(known, begin, stop) and (word := self._known(known, text, begin, last, whole)):
                return word if begin == at else word._replace(start=at)
        return self._proposed(self.other, text, at, stop, last, whole)

    def _known(self, known: str, text: str, at: int, last: str, whole: bool) -> Word | None:
        """A fixed word; a mere mark needs no look around but for its vetoes."""
        letter, end = self.vocabulary.letters[known], at + len(known)
        if letter in "BEIURJFX":
            return None if self.vocabulary.vetoed(known, text, at, end) else Word(letter, known, at, end)
        return fixed(Proposal(self.vocabulary, text, at, end, last, whole))

    def _proposed(self, begun: Begun, text: str, at: int, stop: int, last: str, whole: bool) -> Word | None:
        for name in begun.get(text[at], ()):
            if match := _compiled(name).match(text, at, stop):
                return READERS[name](Proposal(self.vocabulary, text, at, match.end(), last, whole, match))
        return None

    def _regions(self, text: str, start: int, stop: int, passed: Sequence[Span]) -> Iterator[Span]:
        """The stretches of running text around the anchors, but those in titles and document numbers."""
        skipped = [*passed]
        skipped += [match.span() for pattern in _SKIPPED for match in pattern.finditer(text, start, stop)]
        found = [match.span() for match in _ANCHORS.finditer(text, start, stop)]
        found += [match.span() for match in _COMPACT.finditer(text, start, stop)]
        skipped.sort()
        found.sort()
        done, skips = start, iter([*skipped, (stop, stop)])
        closed, opened = next(skips)
        for begin, end in found:
            while opened <= begin and closed < stop:
                done = max(done, opened)
                closed, opened = next(skips)
            if begin >= closed or end <= done or (end == begin + 1 and self._idle(text, begin)):
                continue
            yield max(done, begin - _REACH), min(end + 1, stop)
            done = end

    def _idle(self, text: str, at: int) -> bool:
        """Does an anchor that stands alone belong to no expression: 内容, 账号, 长期?"""
        char = text[at]
        if char == "号":
            return text[at - 1 : at] not in tw.NUMERALS
        if char == "期":
            return text[at - 1 : at] not in ("时", "星") and not text.startswith("期间", at)
        return char in tw.EDGES and self.vocabulary.vetoed(char, text, at, at + 1)


def _by_first(words: Iterable[str], count: int) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in tw.longest_first(words):
        groups.setdefault(word[:count], []).append(word)
    return {first: tuple(group) for first, group in groups.items()}


def _candidates(pairs: Iterable[str], *, whole: bool) -> regex.Pattern[str]:
    """A number before what makes it a time, or two characters with which a word may begin.

    For the units of time, which stand everywhere in dates, only the very pairs; for other characters first and second
    are asked for separately, which is one set each instead of an alternation.
    """
    known = _by_first([*pairs, *tw.BARE, *(pair for pair in tw.RECURRING if pair[0] in _UNITS)], 1)
    exact = "".join(f"|{char}(?=[{_seconds(known[char])}])" for char in _UNITS if char in known)
    others = {char: group for char, group in known.items() if char not in _UNITS}
    firsts, seconds = "".join(sorted(others)), _seconds(pair for group in others.values() for pair in group)
    after = f"年月日号个季周天工多半小星礼学{tw.LINKS}"
    number = rf"[0-9]++(?=[\x20{after}])|[{tw.HAN}][{tw.HAN}0O]*+(?=[{after}])"
    alone = "|(?<![0-9])[0-9]{4,8}(?![0-9])" if whole else ""
    return regex.compile(f"{number}{alone}{exact}|[{firsts}](?=[{seconds}])")


def _seconds(pairs: Iterable[str]) -> str:
    return "".join(sorted({pair[1] for pair in pairs}))


def _begun(patterns: Mapping[str, tuple[str, str]], without: str) -> Begun:
    names: dict[str, tuple[str, ...]] = {}
    for name, (firsts, _) in patterns.items():
        for char in firsts if name != without else "":
            names[char] = (*names.get(char, ()), name)
    return names


@cache
def _compiled(name: str) -> regex.Pattern[str]:
    return regex.compile(PATTERNS[name][1], regex.VERBOSE)


@cache
def lexer() -> Lexer:
    """The lexer with all its words and patterns."""
    return Lexer(vocabulary())
