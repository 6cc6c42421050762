"""Times that bind nothing whatever their form: they refer to a day or a document, cannot be read, or are a slogan's."""

from __future__ import annotations

import regex

from parsers.clauses import Clause, before, cue
from parsers.time_limits import TimeMention

_MASKS = tuple(f"{mark}年" for mark in "Xx×＊*□○_")
_NEAR = 16  # characters before a time in which a letter is named
_TITLE = 120  # characters of a title and of what stands before it


def is_reference(clause: Clause) -> bool:
    """截至, 按照, 对, 政策执行(到) and the like before the time; a frequency or a duration has none."""
    chars, mention, begin, _ = clause
    if mention.form in ("recurring", "within"):
        return False
    if mention.prefix == "until" and before("window").search(chars, begin, mention.start):
        return True
    within = 2 if mention.form != "range" else 0  # 自4月起至10月底，集中开展整治
    return cue("reference").search(chars, max(begin, mention.start - 6), mention.start + within) is not None


def is_damaged(clause: Clause) -> bool:
    """2OI7年年底前, ××年6月底前: a year that could not be read stands right before the time; it is not the circular's."""
    chars, mention, begin, _ = clause
    if mention.start > begin and chars[mention.start - 1] == "年" and chars[mention.start - 2].isascii():
        return True
    return blotted(chars, mention)


def blotted(chars: str, mention: TimeMention) -> bool:
    """Does a masked year stand right before the time? XX年底, ××年6月底前

    Example: **年底 is masked, **年底前** is in bold.
    """
    masked = chars.endswith(_MASKS, 0, mention.start) or chars.endswith(_MASKS, 0, mention.start + 1)
    return masked and not chars.startswith("*", mention.stop)


def is_slogan(clause: Clause) -> bool:
    """年初建账、年底交账: how to work, not by when; 年底前交账 says when."""
    chars, mention, begin, end = clause
    if mention.stop - mention.start > 3 or clause.last not in "初中底末":
        return False
    comma = chars.find("，", mention.stop, end)
    return cue("slogan").search(chars, begin, comma if comma >= 0 else end) is not None


def is_matter(chars: str, above: TimeMention, mention: TimeMention) -> bool:
    """Is the later of two times what is reported at the earlier one? 2022年9月公开上年度决算"""
    near = above.stop <= mention.start <= above.stop + _NEAR
    if not near or mention.form != "during" or mention.edge or mention.unit == "day":
        return False
    return (
        regex.search("[，。；、]", chars, pos=above.stop, endpos=mention.start) is None
        and before("treated").search(chars, above.stop, mention.start) is not None
        and cue("matter").match(chars, mention.stop) is not None
    )


def cites(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Is the bracket [start, stop) behind a title in 《》 the date of that document?

    Example: 根据《关于节水的通知》（2023年2月1日）要求; 印发《实施方案》（9月底前） says by when.
    """
    if (
        not chars.startswith("》（", start - 1)
        or mention.form not in ("during", "by")
        or mention.edge == "before"
    ):
        return False
    whole = mention.last is not None and mention.last.unit == "day" and mention.last.year is not None
    return (
        before("cited").search(chars, max(0, start - _TITLE), start) is not None
        or cue("spirit").match(chars, stop) is not None
        or (whole and before("letter").search(chars, max(0, start - _NEAR), start) is not None)
    )
