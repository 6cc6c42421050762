"""What a cell of a spreadsheet can hold: text that is shown as it is, within the bounds of Excel."""

from __future__ import annotations

import regex

MOST_CHARACTERS, MOST_BREAKS = 32_767, 253  # of a cell, as Excel's specification has it; in UTF-16 units
_CUT = "…（超长，以下从略，见“提示”）"
# No XML may hold the first, and the others turn the direction of what stands around them.
_UNSAFE = regex.compile(
    r"[\p{Cc}\p{Cs}\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069--[\n\t]]", regex.V1
)


def legible(text: str) -> str:
    r"""The text with line breaks of one kind and with what commands the display spelled out.

    >>> legible("报送\r\n甲\u202e局\x07")
    '报送\n甲\\u202e局\\x07'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub(
        lambda match: match[0].encode("unicode_escape", "surrogatepass").decode("ascii"), lines
    )


def fit(text: str) -> tuple[str, str | None]:
    """What of a text a cell can hold, and what to say where that is not all of it.

    >>> fit("报送")
    ('报送', None)
    """
    said = []
    if (breaks := text.count("\n")) > MOST_BREAKS:
        head, tail = _parted(text)
        text = head + tail.replace("\n", " ")
        said.append(f"有 {breaks} 处换行，超过单元格上限 {MOST_BREAKS}，其余换行改为空格")
    if (units := _units(text)) > MOST_CHARACTERS:
        room = MOST_CHARACTERS - _units(_CUT)
        text = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + _CUT
        said.append(f"共 {units} 字，超过单元格上限 {MOST_CHARACTERS}，台账里只列前 {room} 字，全文见原文")
    return text, "；".join(said) or None


def _parted(text: str) -> tuple[str, str]:
    """The text up to the last line break that a cell may hold, and the rest."""
    *lines, rest = text.split("\n", MOST_BREAKS)
    return "\n".join(lines) + "\n", rest


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
