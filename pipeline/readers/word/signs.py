"""Signs of symbol fonts as the characters that look like them: bullets and ticks of Symbol and Wingdings."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "◆",
    0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xB2: "☆", 0xD8: "➢", 0xE0: "→", 0xE8: "→",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + digit: chr(0x245F + digit) if digit else "⓪" for digit in range(11)},
    **{0x8B + digit: chr(0x2775 + digit) if digit else "⓿" for digit in range(11)},
}  # fmt: skip
_SYMBOL = {
    0xB7: "•", 0xA8: "◆", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xAE: "→", 0x2D: "−",
}  # fmt: skip
_PLAIN_BULLETS = {"o": "○", "l": "●", "n": "■", "u": "◆", "Ø": "➢", "ü": "✓", "§": "■", "·": "•"}
_BULLET = "•"


def sign(code: int, font: str) -> str:
    """The character for a code of a symbol font; nothing for one that is not known.

    >>> sign(0xF0FE, "Wingdings"), sign(0xF0B7, "Symbol")
    ('☑', '•')
    """
    if 0xE000 <= code <= 0xF8FF or font.startswith("Wingdings") or font == "Symbol":
        return (_SYMBOL if font == "Symbol" else _WINGDINGS).get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def bullet(text: str, font: str) -> str:
    """The bullet in front of a paragraph; one that only a symbol font has becomes one that looks like it."""
    if not text.strip():
        return ""
    first = text[0]
    if ord(first) >= 0xE000 and ord(first) <= 0xF8FF:
        return sign(ord(first), font) or _BULLET
    if font.startswith(("Wingdings", "Courier")) or font == "Symbol":
        return _PLAIN_BULLETS.get(first, _BULLET)
    return text
