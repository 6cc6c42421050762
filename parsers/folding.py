"""Characters that mean the same are folded to one, one for one, so that the map to the raw text stays plain.

There is no whole-text NFKC: it would turn ① into 1 and lose the level of the numbering.
"""

from __future__ import annotations

import unicodedata

_PUNCTUATION = {
    ",": "，", "(": "（", ")": "）", ":": "：", ";": "；", "!": "！", "?": "？",
    "﹐": "，", "﹑": "、", "﹒": ".", "．": ".", "。": "。", "｡": "。", "､": "、", "﹔": "；", "﹕": "：", "︰": "：",
    "∶": "：", "﹙": "（", "﹚": "）", "﹝": "〔", "﹞": "〕", "〘": "〔", "〙": "〕", "〈": "〈", "＜": "<", "＞": ">",
    "–": "—", "―": "—", "─": "─", "－": "-", "‐": "-", "‑": "-", "−": "-", "﹣": "-", "～": "~", "〜": "~", "∼": "~", "∽": "~",
    "•": "·", "・": "·", "‧": "·", "･": "·", "∙": "·", "〝": "“", "〞": "”", "＂": '"', "〟": "”", "｜": "|", "︱": "|",
    "○": "〇", "◯": "〇", "Ο": "〇",
}  # fmt: skip
_BLANKS = "\t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3164"
_BREAKS = "\x0b\x85\u2028\u2029"


def _wide() -> dict[str, str]:
    """Full-width letters, digits and signs, as ASCII (U+FF01..U+FF5E)."""
    return {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def _kangxi() -> dict[str, str]:
    """Kangxi radicals that PDF printers emit for the ideographs they look like: ⽉ -> 月."""
    return {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


def _table() -> dict[int, str]:
    wide = {char: _PUNCTUATION.get(plain, plain) for char, plain in _wide().items()}
    blanks = dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_BREAKS, "\n")
    return {ord(char): plain for char, plain in (wide | _kangxi() | blanks | _PUNCTUATION).items() if char != plain}


TABLE = _table()


def fold(chars: str) -> str:
    """The same number of characters, look-alikes made one.

    >>> fold("２０２１年⽉报(一),")
    '2021年月报（一），'
    """
    return chars.translate(TABLE)
