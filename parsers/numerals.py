"""Printed numerals -> int: 12, １２, 十二, 廿一, 〇, 二〇二一, 两, 百二十, ⑫, ⑵, ㈢, Ⅳ."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= dict.fromkeys("〇○◯Oo0", 0) | {"元": 1, "两": 2, "俩": 2, "〡": 1}
_DIGITS |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
_POWERS = {"百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@lru_cache(maxsize=4096)
def number(printed: str) -> int | None:
    """The value of a numeral, None where it is none.

    >>> [number(n) for n in ("12", "十二", "廿一", "二〇二一", "一百零五", "⑫", "Ⅳ", "（三")]
    [12, 12, 21, 2021, 105, 12, 4, None]
    """
    if printed.isascii() and printed.isdigit():
        return int(printed)
    if len(printed) == 1 and printed not in _DIGITS:
        return _single(printed)
    for read in (_positional, _additive, _roman):
        value = read(printed)
        if value is not None:
            return value
    folded = unicodedata.normalize("NFKC", printed)
    return number(folded) if folded != printed else None


def _single(char: str) -> int | None:
    """十, 廿; and the signs that Unicode gives a whole value: ⑫, ⑵, ⒊, ㈢, Ⅳ."""
    if char in _TENS:
        return _TENS[char]
    value = unicodedata.numeric(char, None)
    if value is not None and value == int(value) and char not in _POWERS:
        return int(value)
    inner = unicodedata.normalize("NFKC", char).strip("()")
    return number(inner) if inner and inner != char else _POWERS.get(char)


def _positional(printed: str) -> int | None:
    """二〇二一, 二○21, 2O21: a digit a character."""
    value = 0
    for char in printed:
        digit = _DIGITS.get(char, int(char) if char.isascii() and char.isdigit() else None)
        if digit is None:
            return None
        value = value * 10 + digit
    return value if printed else None


def _additive(printed: str) -> int | None:
    """三十一, 廿一, 一百零五, 两千零四: digits times powers of ten."""
    total, digit = 0, None
    for char in printed:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _TENS and char in "十拾":
            total, digit = total + (digit or 1) * 10, None
        elif char in _TENS and digit is None:
            total += _TENS[char]
        elif char in _POWERS:
            total, digit = total + (digit or 1) * _POWERS[char], None
        else:
            return None
    return total + (digit or 0) if printed else None


def _roman(printed: str) -> int | None:
    """Ⅳ, IV, xii."""
    letters = unicodedata.normalize("NFKC", printed).upper()
    values = [_ROMAN.get(letter) for letter in letters]
    if not values or None in values:
        return None
    known = [value for value in values if value]
    pairs = zip(known, [*known[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
