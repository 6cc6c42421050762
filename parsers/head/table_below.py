"""A portal's table that stands inside or below the text: 标题：, 发文字号：, 成文日期：."""

from __future__ import annotations

from typing import NamedTuple

import regex

from parsers.head.days import Day
from parsers.head.metadata import day_written
from parsers.head.number import Number, numbers
from parsers.head.title import Title, find_title, is_copy
from parsers.head.wording import spaced, words
from schemas.text import Text

_BEHIND = r"[ \u3000]*[：|][ \u3000]*(?=[^\n \u3000])"
_NUMBERED = regex.compile(rf"\n[ \u3000|]*(?:{spaced(words('portal', 'number'))}){_BEHIND}")
_TITLED = regex.compile(rf"\n[ \u3000|]*(?:{spaced(words('portal', 'title'))}){_BEHIND}")
_NEAR = 800  # characters in which the rows of one table stand


class Table(NamedTuple):
    """What a table tells of the circular."""

    title: Title
    number: Number
    day: Day | None


def table_below(text: Text, start: int, title: Title | None) -> Table | None:
    """The table behind `start` that names the circular of this title, or any circular where none was found.

    >>> found = table_below(Text.plain("正文。\\n标题：某局关于放假的通知\\n文号：某发〔2021〕5号\\n"), 0, None)
    >>> found.title.plain, found.number.agency
    ('某局关于放假的通知', '某发')
    """
    if "号：" not in text.chars and "号|" not in text.chars:
        return None
    for row in _NUMBERED.finditer(text.chars, start):
        number = next(numbers(text, row.end(), _line_end(text, row.end())), None)
        named = _title_near(text, row.start()) if number else None
        if number and named and (title is None or is_copy(named, title)):
            low, high = max(0, row.start() - _NEAR), min(len(text), row.end() + _NEAR)
            return Table(named, number, day_written(text, low, high))
    return None


def _title_near(text: Text, at: int) -> Title | None:
    row = _TITLED.search(text.chars, max(0, at - _NEAR), min(len(text), at + _NEAR))
    title = find_title(text, row.end(), _line_end(text, row.end())) if row else None
    return title if title and title.opener is not None else None


def _line_end(text: Text, at: int) -> int:
    """Behind the end of the line."""
    return text.chars.find("\n", at) + 1 or len(text)
