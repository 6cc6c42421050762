"""Text -> tokens: a few plain patterns propose, what stands before and after decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import regex

from parsers import time_words as tw
from parsers.numerals import number
from parsers.time_points import Word
from parsers.time_words import CLOSE, DIGIT, LATER, OPEN, Vocabulary, trie, vocabulary, words_of

Match = regex.Match[str]

_NUMERIC = {  # what a number may begin
    "compact": r"[0-9]{4}(?:[./-][0-9]{1,2}){1,2}日?(?![0-9])",
    "chain": f"第?{tw.CHAIN}",
    "lunar_month": f"{tw.N12}月(?:初[{DIGIT}十]|廿[{DIGIT}]?+)(?![日号])",
    "number": f"(?P<count>第?(?:{tw.NUM}|半|数|几))多?(?P<unit>{tw.UNIT})",
    "plan": f"十[{DIGIT}]五(?![年个项条月届章号日人名是、])",
}
_WHOLE_NUMERIC = {  # where the text is nothing but a time limit
    "digits": "(?:19|20)[0-9]{6}(?![0-9A-Za-z])",
    "spaced": rf"[0-9]{{4}}\x20[01][0-9]\x20{tw.DAY}(?![0-9./])",
    "reversed": rf"{tw.DAY}(?P<dot>[./-]){tw.DAY}(?P=dot)(?:19|20)[0-9]{{2}}(?![0-9./])",
    "month_day": rf"(?:1[0-2]|0?[1-9])(?:[/·]{tw.DAY}(?![0-9./·])|\.{tw.DAY}(?=-|—|~|至|到|之?前|以前))",
}
_LAST = {"lone_year": r"(?:18|19|20|21)[0-9]{2}(?![0-9A-Za-z.%％号])"}
_NAMED = {  # what a word may begin that is more than a word
    "issued": "之日起",
    "first": f"[前头](?:[1-4两{DIGIT[:4]}])个?季度|[前头后]{tw.COUNT}个月|首季度?|末季度|Q[1-4](?![0-9A-Za-z])",
    "lunar": f"""(?:农历|阴历|旧历)(?:[一二][〇零{DIGIT}]{{3}}年?)?闰?(?:[正冬腊]|{tw.N12})月(?:{tw.LUNAR_DAY}|[0-9]{{1,2}}日?)?
      |闰?[正冬腊]月(?:{tw.LUNAR_DAY}|底)?|闰{tw.N12}月|大年初[{DIGIT}十]""",
    "bare": "年(?=年?[底末初内中])|月(?=[底末初])|季度?(?=[末底])",
}
_WHOLE_NAMED = {
    "stretch": f"(?:未来|今后|接下来|最近|近|过去|[前上后下])的?(?:{tw.COUNT}|半)个?(?:天|日|周|星期|月(?!份)|年)",
    "weekday": f"(?:周|星期|礼拜)(?:{tw.WEEKDAY}|末)(?![{DIGIT}])",
}
_INNER = {  # never begin an expression
    "nth": f"(?:第[{DIGIT[:5]}1-5]|最后一?|首)个?(?:工作日|(?:周|星期|礼拜)(?:{tw.WEEKDAY}(?![{DIGIT}]))?)",
    "first_of_year": f"[前头后]{tw.COUNT}个?月|首月|第{tw.COUNT}个月",
    "later_day": rf"(?:1[0-2]|0?[1-9])[./·]{tw.DAY}(?![0-9./·])",
    "start": f"初(?![步级中一审稿期始衷{DIGIT}])|中(?=[前旬，。；、）\\n]|$)|伊始",
    "season": "[春夏秋冬](?:季(?!学期|开学|招生|招聘|运动)|天|(?=$|[，。；、）前]))",
    "note": f"（(?:周|星期|礼拜){tw.WEEKDAY}）|，?(?:周|星期|礼拜){tw.WEEKDAY}",
    "han_day": f"(?:三十一?|二十[{DIGIT}]?|十[{DIGIT}]?|[{DIGIT}])(?=[，。、；）前至到晚—~-]|$)",
    "clock": tw.CLOCK,
    "comma": f"，(?={tw.N31}个?[日号月天周工])",
}
PATTERNS = (*_NUMERIC, *_WHOLE_NUMERIC, *_LAST, *_NAMED, *_WHOLE_NAMED, *_INNER)
_TITLES = regex.compile(r"《[^《》\n]{1,120}》")
_NUMBERS = regex.compile(r"〔[0-9]{4}〕第?[0-9]{1,5}号")
_COMPACT = regex.compile(r"20[0-9]{2}[./-][0-9]{1,2}[./-][0-9]")
_ANCHORS = regex.compile(f"[{tw.ANCHORS}]++")
MAX_WORDS = 30  # of one expression: an enumeration of twelve months has twenty-three
_REACH = 14  # characters from where an expression begins to the first anchor in it: “三八”国际劳动妇女节前
_FESTIVAL = regex.compile(
    f"[{CLOSE}]?(?:国际)?(?:劳动妇女节|劳动节|妇女节|儿童节|青年节|建党节|建军节|国庆节|节日|节)?(?:小长假|假期|假日|黄金周|长假)?"
)
_PLAN = regex.compile(f"[{CLOSE}]?(?:规划纲要|规划|计划)?(?:实施)?(?:初期|中期|前期|后期|期(?=末))?")
_WEEK = regex.compile(f"(?:的|周|星期)?(?:{tw.WEEKDAY}(?![{DIGIT}次])|末)")
_OF = regex.compile("的(?=第|最后|[上中下]旬)")
_BEFORE = regex.compile("[之以]?前")
_SHORT_YEAR = regex.compile(f"第?(?:{tw.N12}(?:月|季度)|[上下]半年|底|末|[前首后])")
_HAN_YEAR = regex.compile(f"[一二][〇零OＯ0{DIGIT}]{{3}}|[一两二]千(?:零[{DIGIT}]|[{DIGIT}]?十[{DIGIT}]?)?")
_ISSUED = regex.compile(f"(?:{trie(words_of('issue'))})$")
_EVENT = regex.compile(f"[{CLOSE}]?的?(?:召开|开始|结束|到来|来临|启动|实施)?(?=[之以]?前|后|期间|末|底)")


class Lexer:
    """Finds where an expression may begin and reads its tokens; `without`: the name of a pattern to leave out.

    A candidate is a number before one of the characters that make it a time, or two characters with which a word
    begins; everything else is passed over at the speed of one plain pattern.
    """

    def __init__(self, words: Vocabulary, without: str = "") -> None:
        self.vocabulary = words
        numeric, named = {**_WHOLE_NUMERIC, **_NUMERIC, **_LAST}, {**_NAMED, **_WHOLE_NAMED}
        self.numeric = _compile(_NUMERIC, without), _compile(numeric, without)
        self.named = _compile(_NAMED, without), _compile(named, without)
        self.other = _compile({**_INNER, **_NAMED, **_WHOLE_NAMED}, without)
        self.by_pair = _by_first(words.heads, 2)
        self.by_char = _by_first([*words.heads, *words.marks], 1)
        pairs = [*self.by_pair, *tw.PAIRS]
        self.named_pairs = frozenset(tw.PAIRS), frozenset([*tw.PAIRS, *tw.WHOLE_PAIRS])
        self.candidates = _candidates(pairs, False), _candidates([*pairs, *tw.WHOLE_PAIRS], True)

    def places(self, text: str, start: int, stop: int, whole: bool) -> Iterator[int]:
        """Where an expression may begin."""
        regions = [(start, stop)] if whole else _regions(text, start, stop)
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
                word = _word(_Proposal(self.vocabulary, text, at, at + len(known), "", whole))
                if word:
                    return word
        named = pair in self.named_pairs[whole] or char in tw.BARE_FIRSTS
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
        quote = char in OPEN
        for known in self.by_char.get(text[at + quote : at + quote + 1], ()):
            if text.startswith(known, at + quote, stop):
                begin = at + quote
                word = _word(_Proposal(self.vocabulary, text, begin, begin + len(known), last, whole))
                if word:
                    return word._replace(start=at) if quote else word
        return self._proposed(self.other, text, at, stop, last, whole)

    def _proposed(
        self, pattern: regex.Pattern[str], text: str, at: int, stop: int, last: str, whole: bool
    ) -> Word | None:
        match = pattern.match(text, at, stop)
        if match is None:
            return None
        return _READERS[match.lastgroup or ""](
            _Proposal(self.vocabulary, text, at, match.end(), last, whole, match)
        )


def _regions(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches of running text around the anchors, but those in titles and document numbers."""
    skipped = [match.span() for pattern in (_TITLES, _NUMBERS) for match in pattern.finditer(text, start, stop)]
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
        if begin >= closed or end <= done:
            continue
        yield max(done, begin - _REACH), min(end + 1, stop)
        done = end


def _by_first(words: Iterable[str], count: int) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in tw.longest_first(words):
        groups.setdefault(word[:count], []).append(word)
    return {first: tuple(group) for first, group in groups.items()}


def _candidates(pairs: Iterable[str], whole: bool) -> regex.Pattern[str]:
    firsts, seconds = ("".join(sorted(chars)) for chars in map(set, zip(*pairs, strict=True)))
    units = f"年月日号个季周天工多半小星礼学{tw.LINKS}"
    number = rf"[0-9]++(?=[\x20{units}])|[{tw.HAN}]++(?=[{units}])" + ("|(?<![0-9])[0-9]{4,8}(?![0-9])" if whole else "")
    return regex.compile(f"{number}|{tw.BARE}|[{firsts}](?=[{seconds}])")


def _compile(patterns: Mapping[str, str], without: str) -> regex.Pattern[str]:
    chosen = [f"(?P<{name}>{pattern})" for name, pattern in patterns.items() if name != without]
    return regex.compile("|".join(chosen), regex.VERBOSE)


@cache
def lexer() -> Lexer:
    """The lexer with all its words and patterns."""
    return Lexer(vocabulary())


class _Proposal:
    """A match and its surroundings."""

    __slots__ = ("last", "match", "start", "stop", "text", "vocabulary", "whole")

    def __init__(  # noqa: PLR0913, PLR0917 - a record of what every reader needs
        self, words: Vocabulary, text: str, start: int, stop: int, last: str, whole: bool, match: Match | None = None
    ) -> None:
        self.vocabulary, self.text, self.last, self.whole = words, text, last, whole
        self.start, self.stop, self.match = start, stop, match

    @property
    def printed(self) -> str:
        return self.text[self.start : self.stop]

    def word(self, letter: str) -> Word | None:
        """The token, unless what stands before says that it begins nothing."""
        if not self.last and self.start and self.text[self.start - 1] in tw.BEHIND.get(letter, ""):
            return None
        return Word(letter, self.text[self.start : self.stop], self.start, self.stop)

    def vetoed(self, word: str, start: int) -> bool:
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


def _compact(at: _Proposal) -> Word | None:
    """2021.5.1, 2021-05-01, 2021/5; not 2021.5% nor 1.2.2021.5.1"""
    full = sum(char in "./-" for char in at.printed) == 2
    after = at.text[at.stop : at.stop + 2]
    if after[:1] in ("./" if full else "./%％万亿元个") and after[:1] and (not full or after[1:].isdigit()):
        return None
    year = int(at.printed[:4])
    if not 1800 <= year < 2200 or (not full and not at.whole):
        return None
    return at.word("C" if full else "c")


def _chain(at: _Proposal) -> Word | None:
    """5 of 5、6月份; not 三、 at the head of a line, where it numbers what follows."""
    digits = at.printed.lstrip("第")
    before = at.text[at.start - 1 : at.start]
    if not at.last and (before in "-—~、" and before and at.text[at.start - 2 : at.start - 1].isdigit()):
        return None
    if not at.whole and before in ("", "\n") and at.text[at.stop] == "、":
        return None
    if digits.isascii() and len(digits) > 2:
        return at.word("n") if len(digits) == 4 and 1800 <= int(digits) < 2200 else None
    return at.word("N")


def _number(at: _Proposal) -> Word | None:
    """A number with its unit: a year, month, day or quarter, or a length of time."""
    count, unit = at.match["count"].lstrip("第"), at.match["unit"]
    reader = {"年": _year, "月": _month, "日": _day, "号": _day, "季": _quarter}.get(unit.lstrip()[0])
    if unit == "个季度":
        reader = _quarter if at.match["count"][0] == "第" else None
    found = reader(at, count, unit) if reader else None
    return found or _length(at, unit)


def _year(at: _Proposal, count: str, unit: str) -> Word | None:
    if at.vetoed("年", at.match.start("unit") + unit.index("年")) or unit == "年半":
        return None
    value = number(count) or 0
    if 1800 <= value < 2200 and (len(count) == 4 and count.isdigit() or _HAN_YEAR.fullmatch(count)):
        return at.word("Y")
    short = len(count) == 2 and not set(count) & set("十廿卅百千两")
    if short and _SHORT_YEAR.match(at.text, at.stop):
        return at.word("z")
    if short and at.whole and (count.isascii() or count[0] in "〇零") and at.text[at.stop : at.stop + 1] != "内":
        return at.word("z")
    return None


def _month(at: _Proposal, count: str, unit: str) -> Word | None:
    value = number(count) or 0
    plain = count.isascii() and len(count) <= 2
    if not value or not (value <= 12 or (plain and at.last in ("Y", "y", "z"))) or len(count) > 2:
        return None
    if at.vetoed("月", at.match.start("unit")):
        return None
    at.extend(_OF)
    return at.word("M")


def _day(at: _Proposal, count: str, unit: str) -> Word | None:
    value = number(count) or 0
    if not value or len(count) > (2 if count.isascii() else 3) or (value > 31 and not count.isascii()):
        return None
    if at.vetoed(unit, at.match.start("unit")):
        return None
    return None if unit == "日" and at.last not in ("M", "m") and at.later() else at.word("D")


def _quarter(at: _Proposal, count: str, unit: str) -> Word | None:
    if not 1 <= (number(count) or 0) <= 4 or at.vetoed("季度", at.stop - 2):
        return None
    return at.word("Q")


def _length(at: _Proposal, unit: str) -> Word | None:
    if at.match["count"][0] == "第" or unit in ("号", "月份") or (unit == "月" and at.match["count"] != "半"):
        return None
    ago = at.whole and unit != "日" and _BEFORE.match(at.text, at.stop)
    if at.last not in ("", "U", "O", "d", "J") or not (at.later() or ago):
        return None
    word = at.word("L")
    if word and at.text[max(0, at.start - 2) : at.start] == "提前":
        return Word("L", "提前" + word.text, word.start - 2, word.stop)
    return word


def _first(at: _Proposal) -> Word | None:
    """前三季度, 首季度; 前3个月 only where no word stands before it (到期前3个月)."""
    if at.printed[0] in "首末Q":
        return at.word("Q")
    before = at.text[at.start - 1 : at.start]
    joined = not at.last and "一" <= before <= "龥" and at.printed.endswith("月")
    return None if joined else at.word("h")


def _plan(at: _Proposal) -> Word | None:
    at.unquote()
    at.extend(_PLAN)
    return at.word("P")


def _issued(at: _Proposal) -> Word | None:
    return at.word("O") if _ISSUED.search(at.text, max(0, at.start - 8), at.start) else None


def _word(at: _Proposal) -> Word | None:
    """A fixed word, unless it stands inside one of its `unless`."""
    if at.vetoed(at.printed, at.start):
        return None
    letter = at.vocabulary.letters[at.printed]
    if letter == "V":
        at.unquote()
        at.extend(_FESTIVAL)
    elif letter == "k":
        at.extend(_WEEK)
    elif letter == "v":
        after = _EVENT.match(at.text, at.stop)
        if after is None:
            return None
        at.unquote()
        at.stop = after.end()
    return at.word(letter)


def _bare(at: _Proposal) -> Word | None:
    """年 of 年底, but not of “年末”百日攻坚."""
    quoted = at.text[at.start - 1 : at.start] in tuple(OPEN) and at.text[at.stop + 1 : at.stop + 2] in tuple(CLOSE)
    return None if quoted and not at.last else at.word({"年": "a", "月": "b", "季": "u"}[at.printed[0]])


def _note(at: _Proposal) -> Word | None:
    """（星期三） and ，星期三 say nothing new after a day; 周五 may be a day itself."""
    if at.last in ("D", "C", "d", "l", "V"):
        return at.word("W")
    return at.word("w") if at.printed[0] not in "（，" else None


def _stretch(at: _Proposal) -> Word | None:
    """未来两个月; 前两周, but not 提前两周 nor 结束后10日内."""
    before = at.text[at.start - 1 : at.start]
    joined = at.printed[0] in "前上后下" and ("一" <= before <= "龥" or at.later())
    return None if joined else at.word("L")


def _after(letter: str, *last: str) -> Callable[[_Proposal], Word | None]:
    """A token that stands only after some others."""
    return lambda at: at.word(letter) if at.last in last else None


def _plain(letter: str) -> Callable[[_Proposal], Word | None]:
    return lambda at: at.word(letter)


_READERS: Mapping[str, Callable[[_Proposal], Word | None]] = {
    "compact": _compact,
    "chain": _chain,
    "number": _number,
    "first": _first,
    "plan": _plan,
    "lunar": _plain("l"),
    "lunar_month": _plain("l"),
    "bare": _bare,
    "issued": _issued,
    "digits": _plain("8"),
    "spaced": _plain("C"),
    "reversed": _plain("C"),
    "month_day": _plain("s"),
    "lone_year": _plain("n"),
    "stretch": _stretch,
    "weekday": _plain("w"),
    "later_day": _after("s", "R"),
    "first_of_year": _after("h", "Y", "y", "z"),
    "nth": _after("i", "M", "m"),
    "start": _after("x", "M", "m", "Y", "y", "z", "a", "b"),
    "season": _after("S", "Y", "y", "z"),
    "note": _note,
    "han_day": _after("D", "M"),
    "clock": _after("T", "D", "C", "d", "l", "V", "k", "w", "W", "s", "8", "R", "T", "E"),
    "comma": _plain("J"),
}
