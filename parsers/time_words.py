"""The words of a time expression: one table of tokens, each with a letter; time_grammar reads the letters.

A token is a pattern with a letter. Fixed words come from vocab/time.toml, numerals with units stand here. `HEADS`
names the letters an expression may begin with in running text; a field (label, cell, expression alone) may begin
with more, because nothing else can be meant there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from parsers.numerals import number
from parsers.vocab import Term, terms

DIGIT = "一二三四五六七八九"
OPEN, CLOSE = "[“‘\"'「]?", "[”’\"'」]?"
N4 = "(?:1[89]|20|21)[0-9]{2}"
HAN_YEAR = f"[一二][〇零O0{DIGIT}]{{3}}|[一两二]千(?:零[{DIGIT}]|[{DIGIT}]?十[{DIGIT}]?)?"
N12 = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{DIGIT}])"
N31 = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|[二]?十[{DIGIT}]?|廿[{DIGIT}]?|卅一?|[{DIGIT}])"
COUNT = f"(?:[0-9]{{1,3}}|[{DIGIT}]?百?[{DIGIT}两]?十?[{DIGIT}两]|十|[一二两]百)"
WEEKDAY = "[一二三四五六日天]"
DAYTIME = "凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|深夜|午夜|半夜|夜里|早|晚"
CLOCK = rf"""(?:的?(?:{DAYTIME})?(?:[0-9]{{1,2}}|[{DIGIT}]?十[{DIGIT}]?|[{DIGIT}]|零)
  (?:[：:][0-9]{{2}}(?:[：:][0-9]{{2}})?|[时点](?:整|半|钟|[一三]刻|[0-9]{{1,2}}分?|[{DIGIT}十零]{{1,3}}分?)?)
  |(?:{DAYTIME})?(?:下班|上班|收市|零时)|{DAYTIME})"""
LINK = "—{1,2}|-{1,2}|~|至|到"
JOIN = "、|和|以及|及|与|或"
CHAIN = rf"""(?=(?:(?:(?:{LINK}|{JOIN})[0-9]{{1,4}}){{1,5}}|(?:(?:{LINK}|{JOIN})[{DIGIT}十廿]{{1,3}}){{1,5}})
  (?:个?季度|[年月日号]))"""
MIXED = rf"(?=(?:{LINK})(?:[0-9]{{1,2}}|[{DIGIT}十]{{1,3}})[月日号])"
LATER = "(?:以|之)?内(?!蒙|部|容|外)|之?后|以后"
PLACE = "全国|全省|全市|全区|全县|公司|集团|学校|省|市|区|县|自治区|本届"


class Token(NamedTuple):
    """A row of the table: the letter, the name (also of the rule), the pattern; `words`: what it means, by word."""

    letter: str
    name: str
    pattern: str
    field: bool = False  # begins an expression in fields only


def quoted(word: str) -> str:
    """The word with what may stand inside it: “三八”国际妇女节 is 三八国际妇女节."""
    return rf"{OPEN}{CLOSE}".join([word[:2], word[2:]]) if len(word) > 3 else word


def guarded(pattern: str, aliases: Iterable[str], vetoes: Iterable[str]) -> str:
    """The pattern, but not where a veto stands that holds one of the aliases."""
    ahead: list[str] = []
    for veto in vetoes:
        alias = next((word for word in longest_first(aliases) if word in veto), "")
        before, after = veto.split(alias, 1) if alias else ("", veto)
        behind = f"(?<={before}{OPEN})" if before else ""
        ahead.append(f"{behind}{OPEN}{alias}{CLOSE if after else ''}{after}" if alias else after)
    return f"(?!{'|'.join(ahead)}){pattern}" if ahead else pattern


def trie(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, words of one first character together.

    >>> trie(["元旦", "元宵", "元旦节"])
    '元(?:旦节|旦|宵)'
    """
    groups: dict[str, list[str]] = {}
    for word in longest_first(words):
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" if rest != [""] else first for first, rest in groups.items())


def worded(section: str) -> Iterator[str]:
    """A pattern for each term of a section, with its vetoes."""
    for term in terms("time", section):
        yield guarded(f"(?:{trie(term.aliases)})", term.aliases, term.unless)


def either(section: str) -> str:
    """A pattern for all terms of a section; a longer word of one term goes before a shorter one of another."""
    return f"(?:{'|'.join(worded(section))})"


def unit(name: str) -> str:
    """The unit after a number, with its vetoes."""
    term = next(term for term in terms("time", "unit") if term.canonical == name)
    return guarded(name, term.aliases, term.unless)


def edge(name: str) -> str:
    """The words of one edge (before, end, within, about, since)."""
    term = next(term for term in terms("time", "edge") if term.canonical == name)
    return guarded(f"(?:{trie(term.aliases)})", term.aliases, term.unless)


def festivals() -> str:
    """All festivals, with the quotes and the words that may stand around a name."""
    words = [
        guarded(f"(?:{'|'.join(quoted(word) for word in longest_first(t.aliases))})", t.aliases, t.unless)
        for t in terms("time", "festival")
    ]
    return f"{OPEN}(?:{'|'.join(words)}){CLOSE}(?:节日|节)?(?:小长假|假期|假日|黄金周|长假)?"


def longest_first(words: Iterable[str]) -> list[str]:
    """The words, longer ones before those they begin with."""
    return sorted(set(words), key=lambda word: (-len(word), word))


def tokens() -> tuple[Token, ...]:
    """The table, in order of priority at one place."""
    return (*_dates(), *_parts(), *_relative(), *_named(), *_marks())


def _dates() -> tuple[Token, ...]:
    nd = r"(?<![0-9A-Za-z.\-/第〕])"
    return (
        Token("C", "compact_date", rf"{nd}{N4}(?:\.[0-9]{{1,2}}[.\-][0-9]{{1,2}}|-[0-9]{{1,2}}-[0-9]{{1,2}}|/[0-9]{{1,2}}/[0-9]{{1,2}})日?(?![0-9]|[./][0-9]|-[0-9]{{1,2}}(?![0-9.]))"),
        Token("C", "dotted_date", rf"{nd}(?:0?[1-9]|[12][0-9]|3[01])(?P<dot>[./-])(?:0?[1-9]|1[0-2])(?P=dot){N4}(?![0-9./])", True),
        Token("8", "digits_date", rf"{nd}(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z])", True),
        Token("c", "compact_month", rf"{nd}{N4}[./-](?:1[0-2]|0?[1-9])(?![0-9.%％]|/[0-9]|[万亿元个])", True),
        Token("Y", "year", rf"(?<![0-9])(?:{N4}|{HAN_YEAR})\ ?{unit('年')}(?:度(?!假))?"),
        Token("z", "short_year", rf"(?<![0-9第近满个])(?:[0-9]{{2}}|[〇零{DIGIT}]{{2}})年(?=第?(?:{N12}(?:月|季度)|[上下]半年|底|末))"),
        Token("n", "bare_year", rf"(?<![0-9.]){N4}(?=(?:{LINK}|、){N4}年?)"),
        Token("z", "lone_short_year", rf"(?<![0-9第近满个])[0-9]{{2}}年(?![0-9底末内])", True),
        Token("n", "lone_year", rf"(?<![0-9A-Za-z.\-/第〕]){N4}(?![0-9A-Za-z.%％号])", True),
    )  # fmt: skip


def _parts() -> tuple[Token, ...]:
    return (
        Token("N", "chained", rf"(?<![0-9.])(?<![0-9][-—~、])第?(?:[0-9]{{1,2}}{CHAIN}|[{DIGIT}十廿]{{1,3}}{CHAIN}|{N31}{MIXED})"),
        Token("l", "lunar", rf"(?:农历|阴历|旧历)(?:{HAN_YEAR})?年?闰?(?:[正冬腊]|{N12})月(?:初[{DIGIT}十]|[二三]?十[{DIGIT}]?|廿[{DIGIT}]?|[0-9]{{1,2}}日?)?|闰?(?:[正冬腊]月(?:初[{DIGIT}十]|[二三]?十[{DIGIT}]?|廿[{DIGIT}]?|底)?|{N12}月(?:初[{DIGIT}十]|廿[{DIGIT}]?))"),
        Token("M", "month", rf"(?<![0-9.第近满])(?:[0-9]{{1,2}}|{N12}){unit('月')}(?:份)?(?:的(?=第|[上中下]旬))?"),
        Token("X", "ten_days", "(?:上中|中下|上|中|下)旬|上半月|下半月"),
        Token("x", "start_of", rf"初(?![步级中一审稿期始衷{DIGIT}])|(?<=[月年])中(?=[前旬，。；、）\n]|$)|(?<=年)伊始"),
        Token("O", "issued", f"(?<={either('issue')})之日起"),
        Token("L", "duration", rf"(?<![0-9.第月份{DIGIT}十百])(?:提前)?(?:{COUNT}|半|数|几)(?:多)?(?:个半|个)?(?:工作日|交易日|自然日|日|天|小时|周(?!岁|年)|星期|礼拜|年半|年|季度|学期)(?={LATER})|(?:提前)?(?:{COUNT}|半|数|几)个(?:半)?月(?={LATER}|之?前|以前)|(?:半个?月|半年)(?={LATER})"),
        Token("L", "span_of_time", rf"(?:未来|今后|接下来|接下来的|最近|近|过去|过去的)(?:的)?(?:{COUNT}|半)(?:个)?(?:天|日|周|星期|月|季度|年)|[0-9{DIGIT}两十]{{1,3}}(?:个工作日|天|个星期|个?周|个月|年)之?以?(?=前)", True),
        Token("D", "day", rf"(?<![0-9.第近满〕每])(?:[0-9]{{1,2}}|{N31})(?:{unit('日')}|{unit('号')})"),
        Token("D", "han_day", rf"(?<=[{DIGIT}十]月)(?:三十一?|二十[{DIGIT}]?|十[{DIGIT}]?|[{DIGIT}])(?=[，。、；）前至到晚\-—~]|$)", True),
        Token("Q", "quarter", rf"第?[1-4{DIGIT[:4]}]个?{unit('季度')}|[首末]季度?|Q[1-4](?![0-9A-Za-z])"),
        Token("h", "first_quarters", rf"[前头](?:[1-4两{DIGIT[:4]}])个?季度|(?<![一-龥])[前头后]{COUNT}个月|(?<=年)[前头后]{COUNT}个月|(?<=年)[前头后][{DIGIT}两]月|(?<=年)首月|(?<=年)第{COUNT}个月"),
        Token("H", "half", "(?<![以线网])上半年|下半年(?!度)|上半年度|下半年度|前半年|后半年"),
        Token("A", "all_year", "(?:贯穿)?全年(?:度)?(?![龄级])|整年"),
    )  # fmt: skip


def _relative() -> tuple[Token, ...]:
    return (
        Token("y", "relative_year", either("year")),
        Token("m", "relative_month", either("month")),
        Token("q", "relative_quarter", either("quarter")),
        Token("k", "relative_week", rf"{either('week')}(?:的|周)?(?={WEEKDAY}(?![{DIGIT}]))|{either('week')}"),
        Token("w", "weekday", rf"(?:周|星期|礼拜)(?:{WEEKDAY}|末)(?![{DIGIT}])", True),
        Token("d", "relative_day", either("day")),
        Token("a", "this_year", rf"(?<![0-9{DIGIT}十百每近多余几数两半周度整多])年(?=(?:年?底|末|内(?!蒙)|初(?![步级中一])|中(?=[前，。；）\n]|$)))"),
        Token("b", "this_month", rf"(?<![0-9{DIGIT}十百每个岁满两半几])月(?=底|末|初(?![步级中一]))"),
        Token("u", "this_quarter", rf"(?<![0-9{DIGIT}每首末旺淡四第])季度?(?=末|底)"),
    )  # fmt: skip


def _named() -> tuple[Token, ...]:
    return (
        Token("P", "plan", rf"{OPEN}十[{DIGIT}]五(?!年|个|项|条|月|届|章|号|日|人|名|是|、){CLOSE}(?:规划|计划|规划纲要)?(?:实施)?(?:初期|中期|前期|后期|期末|期(?!间))?"),
        Token("V", "festival", festivals()),
        Token("v", "event", rf"(?:{PLACE})?{OPEN}{either('event')}{CLOSE}(?:的)?(?:召开|开始|结束|到来|来临|启动|实施)?(?=之?以?前|后|期间|末|底|前夕)"),
    )  # fmt: skip


def _marks() -> tuple[Token, ...]:
    return (
        Token("W", "weekday_note", rf"（(?:周|星期|礼拜){WEEKDAY}）|，?(?:周|星期|礼拜){WEEKDAY}"),
        Token("T", "clock", rf"（?{CLOCK}）?"),
        Token("F", "about", edge("about")),
        Token("B", "before", edge("before")),
        Token("E", "end", edge("end")),
        Token("I", "within", edge("within")),
        Token("U", "since", edge("since")),
        Token("R", "to", LINK),
        Token("J", "and", f"{JOIN}|，(?={N31}[日号月])"),
    )


INNER = "WTFBEIURJ"  # never begin an expression
