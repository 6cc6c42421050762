"""发文机关: read from the title, from the 版头 above it, or from a portal's table."""

from __future__ import annotations

import regex

from parsers.head.metadata import labelled_issuers
from parsers.head.organs import Organ, organs
from parsers.head.title import Title
from parsers.head.wording import HAN, is_organ
from schemas.text import Text

_RED = regex.compile(
    rf"""
    (?:(?<=^|[\n \u3000。）★*])|(?<=[0-9]日))(?!日)
    (?P<organs>[{HAN}][{HAN} \n、]{{1,200}}?)[ \n]*(?:部门)?文[ ]?件
    (?=[ \n\u3000]|[{HAN}A-Za-z]{{0,20}}[ ]?[〔\[（])
    """,
    regex.VERBOSE,
)
_LEADING = regex.compile(rf"[{HAN}]{{2,30}}?(?=(?:19|20)[0-9]{{2}}年|(?:专题|常务|办公|党组|全体|工作)会)")
_EDGE = " \n\u3000*#"
_STATE = "中华人民共和国"


def title_issuers(text: Text, title: Title | None) -> tuple[Organ, ...]:
    """The organs before 关于; before a year (某公司2021年工作要点); before 令, 公告, 专题会议纪要."""
    if title is None:
        return ()
    stop = title.opener
    if stop is None:
        match = _LEADING.match(text.chars, title.start, title.stop)
        stop = match.end() if match else title.start + len(title.plain) - len(title.printed_kind)
    part = text[title.start : stop].strip(_EDGE)
    if part.chars == f"{_STATE}国务院":  # the order's name, not the organ's
        part = part[len(_STATE) :]
    return organs(part) if is_organ(part.chars) else ()


def printed_above(text: Text, start: int, stop: int) -> tuple[Organ, ...]:
    """The organs of the 版头 (某市人民政府文件), else those that a portal's table names."""
    match = _RED.search(text.chars, start, stop)
    part = text[match.start("organs") : match.end("organs")].strip(_EDGE) if match else None
    return organs(part) if part and is_organ(part.chars) else labelled_issuers(text, start, stop)
