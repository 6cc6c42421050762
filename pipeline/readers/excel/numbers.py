"""What a number of a sheet looks like to a person: 44377 in a cell of dates is 2021年6月30日 (ECMA-376 18.8.30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from math import isfinite

import regex

# The formats that a file may name by number only, as Excel and WPS show them in China.
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "yyyy年m月d日", 16: "m月d日", 17: "yyyy年m月", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m/d/yy",
    31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日",
    55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - dates of a sheet know no time zone
_MAC = 1462  # days that the other epoch, 1904, lies behind
_LAST = 2_958_466  # the day after 9999-12-31
_QUOTED = regex.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_TOKEN = regex.compile(r"(?:y+|m+|d+|h+|s+|am/pm|a/p)", regex.IGNORECASE)
_DIGITS = regex.compile(r"[#0?][#0?,]*+(?:\.[#0?]*+)?%?")
_SLOT = regex.compile(rf"\0|{_TOKEN.pattern}|{_DIGITS.pattern}", regex.IGNORECASE)


def shown(value: str, code: str, *, mac: bool = False) -> str:
    """A number as it is printed in a cell of that format code.

    >>> [shown("44377", code) for code in ('yyyy"年"m"月"d"日"', "m/d", "General", "#,##0", '0"件"')]
    ['2021年6月30日', '6/30', '44377', '44,377', '44377件']
    """
    try:
        number = float(value)
    except ValueError:
        return value
    pattern, literals = _plain(code)
    if _TOKEN.search(pattern) and 0 <= number < _LAST - _MAC:
        moment = _EPOCH + dt.timedelta(days=number + _MAC * mac, milliseconds=1)
        return _filled(pattern, literals, _dated(moment, pattern))
    digits = _DIGITS.search(pattern)
    if digits is None or not isfinite(number):
        return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:.10g}"
    return _filled(pattern, literals, [_counted(number, digits[0])])


@lru_cache(maxsize=256)
def _plain(code: str) -> tuple[str, tuple[str, ...]]:
    """The part of the code for positive numbers; quoted words are taken out and stand behind, \\0 in their places."""
    literals: list[str] = []

    def keep(match: regex.Match[str]) -> str:
        words = match[1] or match[2] or ""
        literals.extend([words] if words else [])
        return "\0" if words else ""

    pattern = _QUOTED.sub(keep, code[:255]).partition(";")[0]
    if "mmm" in pattern.lower():  # Jun-21: told in the order of the country
        return "yyyy年m月d日" if "d" in pattern.lower() else "yyyy年m月", ()
    return pattern, tuple(literals)


def _filled(pattern: str, literals: Sequence[str], values: Sequence[str]) -> str:
    """The format with its tokens and its literals replaced, in order."""
    words, filling = iter(literals), iter(values)
    return _SLOT.sub(lambda slot: next(words if slot[0] == "\0" else filling, ""), pattern).strip()


def _dated(moment: dt.datetime, pattern: str) -> list[str]:
    """What stands for every token; m is minutes behind hours and before seconds."""
    tokens = [match[0].lower() for match in _TOKEN.finditer(pattern)]
    around = zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
    return [_part(moment, token, minutes="h" in before or "s" in after) for before, token, after in around]


def _part(moment: dt.datetime, token: str, *, minutes: bool) -> str:
    """A year, month, day, hour … with as many digits as the code asks for."""
    if token[0] == "y":
        return f"{moment.year % 100:02}" if len(token) < 3 else f"{moment.year:04}"
    if "/" in token:
        return "上午" if moment.hour < 12 else "下午"
    values = {
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }
    return f"{values[token[0]]:0{min(len(token), 2)}}"


def _counted(number: float, digits: str) -> str:
    """A number with the digits, decimals, commas and the percent sign of its format."""
    whole, _, decimals = digits.partition(".")
    percent = digits.endswith("%")
    most = min(decimals.count("0") + decimals.count("#"), 15)
    least = whole.count("0") + most + bool(most)
    comma = "," if "," in whole else ""
    said = f"{number * (100 if percent else 1):0{least}{comma}.{most}f}"
    return said + "%" * percent
