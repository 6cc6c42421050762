"""Characters that mean the same are folded to one, one for one, so that the map to the raw text stays plain.

There is no whole-text NFKC: it would turn ① into 1 and lose the level of the numbering. Traditional characters
are read as Simplified ones for matching; what is published is printed as in the source.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import regex

from parsers.vocab import table

_PUNCTUATION = {
    ",": "，", "(": "（", ")": "）", ":": "：", ";": "；", "!": "！", "?": "？",
    "﹐": "，", "﹑": "、", "﹒": ".", "．": ".", "｡": "。", "､": "、", "﹔": "；", "﹕": "：", "︰": "：",
    "∶": "：", "﹙": "（", "﹚": "）", "﹝": "〔", "﹞": "〕", "〘": "〔", "〙": "〕", "⦅": "（", "⦆": "）", "＜": "<", "＞": ">", "‹": "<", "›": ">",
    "–": "—", "―": "—", "─": "─", "－": "-", "‐": "-", "‑": "-", "−": "-", "﹣": "-", "～": "~", "〜": "~", "∼": "~", "∽": "~",
    "•": "·", "・": "·", "‧": "·", "･": "·", "∙": "·", "〝": "“", "〞": "”", "＂": '"', "〟": "”", "｜": "|", "︱": "|",
    "○": "〇", "◯": "〇", "Ο": "〇", "｢": "「", "｣": "」", "﹃": "“", "﹄": "”",
}  # fmt: skip
_BLANKS = "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3164\t"
_BREAKS = "\x0b\x85\u2028\u2029"
_BLOCKS = (  # single ranges: a pattern of one range is scanned for many times faster than one of several
    "\x85-\xa0", "\u039f-\u039f", "\u2000-\u2013", "\u2015-\u2015", "\u2022-\u205f", "\u2212-\u223d", "\u25cb-\u25ef", "\u2985-\u2986",
    "\u2e80-\u2fd5", "\u3018-\u301f", "\u30fb-\u30fb", "\u3164-\u31e3", "\uf900-\ufad9", "\ufe30-\ufe63",
    "\uff0d-\uff19", "\uff1c-\uff1e", "\uff20-\uff65", "\uff02-\uff07", "\uff0a-\uff0b",
)  # fmt: skip


def _wide() -> dict[str, str]:
    """Full-width letters, digits and signs, as ASCII (U+FF01..U+FF5E)."""
    return {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def _compatible() -> dict[str, str]:
    """CJK compatibility ideographs, as the ideographs that Unicode decomposes them to: 里 (U+F9E9) -> 里."""
    return {chr(code): unicodedata.normalize("NFC", chr(code)) for code in range(0xF900, 0xFADA)}


def _pairs(name: str) -> dict[str, str]:
    pairs = table("characters")[name]
    return dict(zip(pairs["from"], pairs["to"], strict=True))


def _table() -> dict[str, str]:
    wide = {char: _PUNCTUATION.get(plain, plain) for char, plain in _wide().items()}
    blanks = dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_BREAKS, "\n")
    folded = wide | _pairs("radicals") | _compatible() | blanks | _PUNCTUATION
    return {char: plain for char, plain in folded.items() if char != plain}


TABLE = _table()
_MISREAD = regex.compile(
    r"(?<=[0-9][ ]?)曰|(?<=月[ ]?[0-9]?)[lI](?=[0-9]?[ ]?[日曰])|(?<=月[ ]?[1-3])[oO](?=[ ]?[日曰])"
)  # by a scanner
_LETTER = regex.compile("[lIoO](?=[0-9]?[ ]?[日曰])")  # a glance
_ASCII = [char for char in TABLE if char.isascii()]
_SCANS = [regex.compile(f"[{block}]") for block in _BLOCKS]


@cache
def _traditional() -> dict[str, str]:
    """Characters that no Simplified text holds: 關 -> 关."""
    return _pairs("traditional")


@cache
def _shared() -> dict[str, str]:
    return _pairs("shared")


def fold(chars: str) -> str:
    """The same number of characters, look-alikes made one, Traditional characters Simplified.

    >>> fold("２０２１年⽉报(一),"), fold("關於開展檢查的通知"), fold("6月l0曰前")
    ('2021年月报（一），', '关于开展检查的通知', '6月10日前')
    """
    for char in _ASCII:
        chars = chars.replace(char, TABLE[char])
    for scan in _SCANS:
        for char in set(scan.findall(chars)):
            chars = chars.replace(char, TABLE.get(char, char))
    return _simplified(_legible(chars))


def _legible(chars: str) -> str:
    """5月31曰, 6月l0日: a sign or letter where a date can only have 日, 1 or 0."""
    if "曰" in chars or _LETTER.search(chars):
        return _MISREAD.sub(lambda match: {"曰": "日", "l": "1", "I": "1"}.get(match[0], "0"), chars)
    return chars


def _simplified(chars: str) -> str:
    bare = chars.replace("·", "").replace("—", "").replace("〇", "").replace("\ufeff", "")
    try:
        bare.encode("gb2312")  # the fastest proof that every ideograph is a Simplified one
    except UnicodeEncodeError:
        found = _traditional().keys() & set(bare)
        if found:
            known = _traditional() | _shared()
            return chars.translate({ord(char): plain for char, plain in known.items()})
    return chars
