"""The words of a time expression: one table of tokens, each with a letter; time_grammar reads the letters.

A token is a fixed word (vocab/time.toml), a number with its unit, or one of a few patterns. Patterns only propose:
what stands before and after decides, and an `unless` of the vocabulary wherever it stands. So the scan runs on few
plain alternatives, and nothing is asked twice of a text without times.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from parsers.vocab import Term, terms

DIGIT = "一二三四五六七八九"
OPEN, CLOSE = "“‘\"'「", "”’\"'」"
N12 = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{DIGIT}])"
N31 = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[{DIGIT}]?|廿[{DIGIT}]?|卅一?|[{DIGIT}])"
COUNT = f"(?:[0-9]{{1,3}}|[{DIGIT}]?百?[{DIGIT}两]?十?[{DIGIT}两]|十|[一二两]百)"
WEEKDAY = "[一二三四五六日天]"
DAYTIME = "凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|深夜|午夜|半夜|夜里"
MINUTE = "[：:](?:[0-9]{2}|[A-Za-z]{2}(?=[之以]?前))(?:[：:][0-9]{2})?[时点]?"
HOUR = f"[时点](?:整|半|钟|[一三]刻|[0-9]{{1,2}}分?|[{DIGIT}十零]{{1,3}}分?)?"
CLOCK = (
    rf"[\x20的（]?(?:(?:{DAYTIME}|早|晚)?(?:[0-9]{{1,2}}(?:{MINUTE}|{HOUR})|[{DIGIT}十零]{{1,3}}{HOUR})"
    rf"|(?:{DAYTIME})?(?:下班|上班|收市|零时)|{DAYTIME})）?"
)
LINK = "—{1,6}|-{1,6}|~|至|到"
JOIN = "、|和|以及|及|与|或"
NUM = f"(?:[0-9]{{1,4}}|[〇零OＯ0{DIGIT}十廿卅百千两]{{1,5}})"
HAN = f"[{DIGIT}十廿]{{1,3}}"
CHAIN = rf"""(?:[0-9]{{1,4}}(?=(?:(?:{LINK}|{JOIN})第?[0-9]{{1,4}}){{1,5}}(?:个?季度|[年月日号]))
  |{HAN}(?=(?:(?:{LINK}|{JOIN})第?{HAN}){{1,5}}(?:个?季度|[年月日号]))
  |(?:[0-9]{{1,2}}|{HAN})(?=(?:{LINK})(?:[0-9]{{1,2}}|{HAN})[月日号]))"""
UNIT = """\\x20?年(?:度(?!假)|半)?|月份?(?!初[一二三四五六七八九十]|廿[一二三四五六七八九]?+(?![日号]))
  |日|号|个?季度|个半?月|个?工作日|个?交易日|个?自然日|天|小时|个?周|个?星期|个?礼拜|个?学期"""
DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
LUNAR_DAY = f"初[{DIGIT}十0-9]{{1,2}}|[二三]?十[{DIGIT}]?|廿[{DIGIT}]?"
PLACES = ("全国", "全省", "全市", "全区", "全县", "公司", "集团", "学校", "省", "市", "区", "县", "自治区")
LINKS = "—~至到、和及与./·-"
HAN = f"〇零{DIGIT}十廿卅两半数几百千第"
NUMERALS = frozenset(f"0123456789{HAN}")
ANCHORS = "年月日号季周旬天前底末内后起期"  # one stands in every expression of running text but 2021.5.1
EDGES = "前底末内后起"  # anchors that are words: where they stand in one of their vetoes, none begins
BARE = (
    "年底",
    "年末",
    "年初",
    "年内",
    "年中",
    "年年",
    "月底",
    "月初",
    "月末",
    "月中",
    "季末",
    "季底",
    "季度",
)
_COUNTED = tuple(f"{first}{second}" for first in "前头后" for second in f"{DIGIT}十两123456789")
PAIRS = (*_COUNTED, "首季", "末季", "Q1", "农历", "阴历", "旧历", "正月", "冬月", "腊月", "大年", "之日")
PAIRS += tuple("每" + char for char in f"年月日天周季旬个半隔逢工晚星礼学间双单一两123456789{DIGIT}")
PAIRS += tuple("闰" + char for char in f"{DIGIT}十123456789正冬腊")
PAIRS += (
    "逢单",
    "逢双",
    "逢周",
    "逢年",
    "隔月",
    "隔周",
    "隔日",
    "隔天",
    "隔年",
    "按月",
    "按季",
    "按年",
    "按周",
    "按半",
    "按旬",
    "按日",
)
_MANY = f"{DIGIT}十两半123456789"
WHOLE_PAIRS = tuple(first + second for first in "近前上下后" for second in _MANY)
WHOLE_PAIRS += tuple("周" + char for char in "一二三四五六日天末")
WHOLE_PAIRS += ("未来", "今后", "接下", "最近", "过去", "星期", "礼拜")
COUNTING = frozenset("前头后首第最")
RECURRING = frozenset(pair for pair in PAIRS if pair[0] in "每逢隔按") | {"半年"}
RECURRING |= frozenset(first + unit for first in "一1" for unit in "年季个月周日天") | {
    "年度",
    "月度",
    "季度",
}
RECURRING |= frozenset(unit + char for unit in "季月年周天日" for char in "终结末后一二两三四1234")
LATER = regex.compile("[以之]?内|[之以]?后")
HELD = regex.compile(
    "(?:召开|举办|举行|开会|开幕|开标|开庭|开考|到期|届满|开始|结束|闭幕)$"
)  # what 3日前 may count from
_SECTIONS = {
    "year": "y", "month": "m", "quarter": "q", "week": "k", "day": "d", "festival": "V",
}  # fmt: skip
_EDGES = {"before": "B", "end": "E", "within": "I", "about": "F", "since": "U"}
_FIXED = {"全年": "A", "全年度": "A", "贯穿全年": "A", "整年": "A", "今明两年": "A", "上半年": "H", "下半年": "H", "前半年": "H", "后半年": "H"}  # fmt: skip
_DASHES = [mark * count for mark in "—-" for count in range(1, 7)]  # 3月17日----4月7日
_LINKED = dict.fromkeys([*_DASHES, "~", "至", "到"], "R")
_JOINED = {"、": "J", "和": "J", "以及": "J", "及": "J", "与": "J", "或": "J"}
_TENS = dict.fromkeys(("上旬", "中旬", "下旬", "上中旬", "中下旬", "上半月", "下半月"), "X")

# What must not stand right before a token that begins an expression.
BEHIND = {
    "C": "0123456789.-/第〔·ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "Y": "0123456789",
    "z": "0123456789第近满个",
    "N": "0123456789.",
    "M": "0123456789.第近满闰个",
    "D": "0123456789.第近满〕每月",  # XX月25日, 季末月25日: of a month that cannot be told
    "Q": "0123456789.",
    "L": "0123456789.第月份" + DIGIT + "十百",
    "a": "0123456789" + DIGIT + "十百每近多几数两半周度整大学财",
    "b": "0123456789" + DIGIT + "十百每个岁满两半几",
    "u": "0123456789" + DIGIT + "每首末旺淡第",
    "H": "以线网发布行后",
    "h": "0123456789",
}
BEHIND["w"] = "双单隔周"
BEHIND |= dict.fromkeys("8cns", BEHIND["C"])
Veto = tuple[str, str]  # what stands before and after the word


def trie(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, words of one first character together.

    >>> trie(["元旦", "元宵", "元旦节"])
    '元(?:旦节|宵|旦)'
    """
    groups: dict[str, list[str]] = {}
    for word in longest_first(words):
        groups.setdefault(word[0], []).append(regex.escape(word[1:]))
    return "|".join(
        f"{first}(?:{'|'.join(rest)})" if rest != [""] else first for first, rest in groups.items()
    )


def longest_first(words: Iterable[str]) -> list[str]:
    """The words, longer ones before those they begin with."""
    return sorted(set(words), key=lambda word: (-len(word), word))


def words_of(*sections: str) -> list[str]:
    """All aliases of some sections of the vocabulary."""
    return [word for section in sections for term in terms("time", section) for word in term.aliases]


class Vocabulary:
    """Fixed words: their letters and their vetoes. `leave`: a veto to leave out, as (word, unless), for tests."""

    def __init__(self, leave: tuple[str, str] = ("", "")) -> None:
        self.letters = _FIXED | _LINKED | _JOINED | _TENS
        self.vetoes: dict[str, dict[str, list[Veto]]] = {}  # by word, then by the character after it
        self.yet: dict[str, tuple[str, ...]] = {}  # by word: what may follow though a veto begins so
        for section, letter in _SECTIONS.items():
            for term in terms("time", section):
                self._add(term, letter, leave)
        for term in terms("time", "edge"):
            self._add(term, _EDGES[term.canonical], leave)
        for term in terms("time", "unit"):
            self._add(term, "", leave)
        for term in terms("time", "event"):
            self._add(term, "v", leave)
        self.heads = [word for word, letter in self.letters.items() if letter in "ymqkdVAHv"]
        meetings = [w for term in terms("time", "event") if term.canonical == "会议" for w in term.aliases]
        placed = [f"{place}{quote}{word}" for place in PLACES for quote in ("", "“") for word in meetings]
        self.letters |= dict.fromkeys(placed, "v")
        self.marks = [*placed, *(word for word, letter in self.letters.items() if letter in "BEIFURJX")]

    def _add(self, term: Term, letter: str, leave: tuple[str, str]) -> None:
        for word in term.aliases:
            if letter:
                self.letters[word] = letter
            for veto in term.unless:
                if word in veto and (term.canonical, veto) != leave:
                    before, after = veto.split(word, 1)
                    self.vetoes.setdefault(word, {}).setdefault(after[:1], []).append((before, after))
            self.yet[word] = tuple(
                each[len(word) :] for each in term.more.get("yet", ()) if each.startswith(word)
            )

    def vetoed(self, word: str, text: str, start: int, stop: int) -> bool:
        """Does the word stand inside one of its `unless`, and in none of `yet` (6月底前|移交 for all 前移)?

        A quotation mark may stand before it and close after it.
        """
        known = self.vetoes.get(word)
        if known is None:
            return False
        following = text[stop : stop + 1]
        if following and following in CLOSE:
            stop += 1
            following = text[stop : stop + 1]
        for before, after in (*known.get(following, ()), *known.get("", ())):
            if text.startswith(after, stop) and (not before or _ends(text, before, start)):
                return not text.startswith(self.yet[word], stop)
        return False


def _ends(text: str, before: str, stop: int) -> bool:
    """Does the text before `stop` end so, an opening quotation mark aside?"""
    quote = stop > 0 and text[stop - 1] in OPEN
    return text.endswith(before, 0, stop - quote)


@cache
def vocabulary() -> Vocabulary:
    """The fixed words as the vocabulary file has them."""
    return Vocabulary()
