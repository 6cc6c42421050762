"""Numbers as Word prints them: the `w:numFmt` values that Chinese offices use (ECMA-376, part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LEGAL = str.maketrans("零一二三四五六七八九十百千万", "零壹貳參肆伍陸柒捌玖拾佰仟萬")
_LEGAL_SIMPLIFIED = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 32_767  # Word's own bound; beyond it everything is printed in digits


def printed(number: int, form: str) -> str:
    """The number as Word prints it in a format; formats of other languages come out in digits.

    >>> [printed(12, form) for form in ("chineseCounting", "upperRoman", "decimalEnclosedCircle", "upperLetter")]
    ['十二', 'XII', '⑫', 'L']
    """
    if form in ("none", "bullet"):
        return ""
    write = _FORMS.get(form)
    return write(number) if write and 0 <= number <= _LARGEST else str(number)


def counted(number: int, leading_one: bool = False) -> str:
    """十, 十二, 一百零五; `leading_one` for 一十 as in 壹拾."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = ("零" if low < 1000 else "") + counted(low, True) if low else ""
        return counted(high, leading_one) + "万" + rest
    words, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _UNITS[power]
        zero = not digit
    if not leading_one and words.startswith("一十"):
        words = words[1:]
    return words or "零"


def digits(number: int, zero: str = "〇") -> str:
    """Digit by digit: 一二, 一〇〇."""
    return "".join(_DIGITS[int(digit)] for digit in str(number)).replace("〇", zero)


def _counting(number: int) -> str:
    """Word counts 九十八, 九十九, 一○○."""
    return counted(number) if 0 < number < 100 else digits(number, "○")


def _japanese(number: int) -> str:
    """百, 千一: no 一 before a unit, no 零."""
    words = counted(number, True).replace("零", "") if number else "〇"
    for unit in "十百千":
        words = words.replace(f"一{unit}", unit)
    return words


def _legal(table: dict[int, str] | dict[int, int]) -> Callable[[int], str]:
    return lambda number: counted(number, True).translate(table)


def _letter(number: int) -> str:
    """a … z, aa, bb, as Word goes on."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _of(signs: str) -> Callable[[int], str]:
    """The n-th sign of a row; digits where the row has ended."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _row(first: str, length: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(length))


_CIRCLES = _of(_row("①", 20))
_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": counted,
    "chineseLegalSimplified": _legal(_LEGAL_SIMPLIFIED),
    "decimalEnclosedCircle": _CIRCLES,
    "decimalEnclosedCircleChinese": _CIRCLES,
    "decimalEnclosedFullstop": _of(_row("⒈", 20)),
    "decimalEnclosedParen": _of(_row("⑴", 20)),
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalZero": lambda number: f"{number:02d}",
    "ideographDigital": digits,
    "ideographEnclosedCircle": _of(_row("㊀", 10)),
    "ideographLegalTraditional": _legal(_LEGAL),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": lambda number: (
        _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number > 0 else "0"
    ),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": digits,
    "koreanDigital2": digits,
    "lowerLetter": _letter,
    "lowerRoman": _roman,
    "numberInDash": lambda number: f"- {number} -",
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": counted,
    "taiwaneseDigital": lambda number: digits(number, "○"),
    "upperLetter": lambda number: _letter(number).upper(),
    "upperRoman": lambda number: _roman(number).upper(),
}
