"""发文机关: read from the title, from the 版头 above it, or from a portal's table."""

from __future__ import annotations

import regex

from parsers.head.metadata import labelled_issuers
from parsers.head.number import Number
from parsers.head.organs import Organ, organs
from parsers.head.title import Title
from parsers.head.wording import BRANCH, HAN, MARKS, is_organ
from schemas.text import Text

_RED = regex.compile(
    rf"""
    (?:(?<=^|[\n \u3000。）★*])|(?<=[0-9]日))(?!日)
    (?P<organs>[{HAN}][{HAN} \n、]{{1,200}}?)[ \n]*(?:部门)?文[ ]?件
    (?=[ \n\u3000]|关于|[{HAN}A-Za-z]{{0,20}}[ ]?[〔\[（])
    (?:[ \u3000]*\n[ \u3000]*(?P<more>[{HAN}]{{4,30}})(?=[ \u3000]*\n[^\n。，：]{{0,20}}[〔\[（][12]))?  # 文件 beside the first
    """,
    regex.VERBOSE,
)
_MINUTES = regex.compile(  # some city's government | 专题会议纪要; the rare word first: a scan stays cheap
    rf"纪要(?=[ \u3000]*(?:\n|[{HAN}]{{2,10}}[〔\[（]20))(?<=(?:^|\n)[ \u3000]*(?P<organs>[{HAN}]{{4,40}}?)[ \n]*(?:专题|常务|办公)?会议?纪要)"
)
_MARKED = regex.compile(rf"[ \n\u3000]*(?:(?:{MARKS})[★*·0-9年个月 \n]*)*")
_UNMARKED = regex.compile(rf"[{HAN}]{{4,60}}?(?=[ ]?(?:{MARKS}))")
_NAME = regex.compile(rf"[{HAN}、 ]{{4,80}}")
_HEADED = "(?:总经理|董事长|[院校局区县市处所]长|主任|党委)?"
_LEADING = regex.compile(
    rf"[{HAN}]{{2,30}}?(?:(?=对(?![口外标])[{HAN}]{{4}})|"
    rf"(?=\n?(?:(?:19|20)[0-9]{{2}}|二[〇零一二三四五六七八九]{{3}})年|{_HEADED}(?:专题|常务|办公|党组|全体|工作)会))"
)
_ORDER = regex.compile(rf"[{HAN}]{{2,40}}?(?=令|第[ ]?[0-9一二三四五六七八九十百〇零]{{1,6}}[ ]?号令)")
_LINE = regex.compile(
    rf"(?r)(?:^|\n)[ ]{{0,40}}(?P<organs>[{HAN}][{HAN} 、]{{1,60}}[{HAN}])[ ]{{0,9}}\n(?:[^\n。：]{{4,40}}号[ ]{{0,9}}\n)?[ ]{{0,40}}"
)
_HEADED_BY = regex.compile(  # 办公会议纪要〔2021〕11号 | some company | 签发人：
    rf"[ \u3000\n]{{0,9}}(?P<organs>[{HAN}（）]{{4,40}}?)[ \u3000\n]{{0,9}}签发人[ ]?："
)
_EDGE = " \n\u3000*#"
_LEVELS = tuple("省市县区州")
_WHOLE = regex.compile(rf"(?r)(?<=^|[\n《：])[{HAN}]{{2,6}}")
_STATE = "中华人民共和国"


def title_issuers(text: Text, title: Title | None) -> tuple[Organ, ...]:
    """The organs before 关于; before a year (某公司2021年工作要点); before 令, 公告, 专题会议纪要; on a line alone."""
    if title is None:
        return ()
    stop = title.opener
    if stop is None:
        match = _LEADING.match(text.chars, title.start, title.stop)
        stop = match.end() if match else title.start + len(title.plain) - len(title.printed_kind)
    first = title.lines[0] if len(title.lines) > 1 and title.opener is None else text[:0]
    found = _organs(text[title.start : stop].strip(_EDGE)) or _organs(first)
    return (_in_full(text, found[0], title.start),) if len(found) == 1 else found


def _in_full(text: Text, organ: Organ, stop: int) -> Organ:
    """市人民政府 as the page's copy of the title above names it: 某某市人民政府."""
    at = text.chars.find(organ.name, 0, stop) if organ.name.startswith(_LEVELS) else -1
    whole = _WHOLE.match(text.chars, 0, at) if at > 0 else None
    return Organ(part := text[whole.start() : at + len(organ.name)], part.chars) if whole else organ


def order_issuers(number: Number | None) -> tuple[Organ, ...]:
    """The organ that an order's number names: 某省人民政府令第12号."""
    match = _ORDER.match(number.text.chars) if number else None
    return _organs(number.text[: match.end()]) if number and match else ()


def line_issuers(text: Text, title: Title | None) -> tuple[Organ, ...]:
    """The organ on the line above the title, or above its number."""
    match = _LINE.match(text.chars, 0, title.start) if title else None
    return _organs(text[match.start("organs") : match.end("organs")]) if match else ()


def _organs(part: Text) -> tuple[Organ, ...]:
    if part.chars == f"{_STATE}国务院":  # the order's name, not the organ's
        part = part[len(_STATE) :]
    if BRANCH.fullmatch(part.chars):
        return (Organ(part, part.chars),)
    return organs(part) if is_organ(part.chars) else ()


def printed_above(text: Text, start: int, stop: int) -> tuple[Organ, ...]:
    """The organs of the 版头 (某市人民政府文件, 某市人民政府专题会议纪要), else those that a portal's table names."""
    match = _RED.search(text.chars, start, stop) or _MINUTES.search(text.chars, start, stop)
    part = text[match.start("organs") : match.end("organs")].strip(_EDGE) if match else None
    if match is None or part is None or not is_organ(part.chars):
        return labelled_issuers(text, start, stop)
    if "\n" in part.chars and (whole := _over_lines(text, part)):
        return (whole,)
    more = text[slice(*match.span("more"))] if match.re is _RED and match["more"] else text[:0]
    return (*organs(part), *(organs(more) if is_organ(more.chars) else ()))


def _over_lines(text: Text, part: Text) -> Organ | None:
    """A society and its committee, one below the other, that are one name where it is printed once more."""
    name = "".join(part.chars.split())
    again = text.chars.find(name, part.end - text.at) >= 0
    return Organ(part, name) if again and len(organs(Text.plain(name))) == 1 else None


def letterhead(text: Text, number: Number | None) -> tuple[Organ, ...]:
    """The organs with which the text begins, up to a mark or the number: 某公司内部事项, 某公司办公室办文〔2021〕5号; of
    minutes those between number and 签发人."""
    marked = _MARKED.match(text.chars)
    start = marked.end() if marked else 0
    match = _UNMARKED.match(text.chars, start)
    stop = number.text.at - text.at if number else match.end() if match else 0
    part = text[start : max(start, stop)].strip(_EDGE)
    below = _HEADED_BY.match(text.chars, number.text.end - text.at) if number else None
    return (_organs(part) if _NAME.fullmatch(part.chars) else ()) or (
        _organs(text[slice(*below.span("organs"))]) if below else ()
    )
