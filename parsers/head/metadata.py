"""What a portal prints between title and addressees: rows of a label and its value, with what they tell."""

from __future__ import annotations

import regex

from parsers.head.days import Day, days
from parsers.head.organs import Organ, organs
from parsers.head.recipients import recipients_at
from parsers.head.wording import (
    HAN,
    LABEL,
    NUMBERED,
    PORTAL,
    SITE,
    SITED,
    SPREAD,
    VALID,
    is_organ,
    spaced,
    words,
)
from parsers.vocab import either
from schemas.text import Text

_FIELDS = words("portal", "field")
_NUMBERED = rf"[ \u3000]*(?:{NUMBERED}|第[一二三四五六七八九十0-9]{{1,3}}[条章节])"
_WIDE = rf"[{HAN}](?:[ \u3000]+[{HAN}]){{1,5}}[ \u3000]*[：|\n]"  # a label spread over its line
_VALUE = (
    rf"(?!(?:{PORTAL}|{either(_FIELDS)}|{_WIDE})|[ \u3000]*各|{_NUMBERED})"
    r"[^\n，。；：]{1,40}(?:：[0-9]{2}){0,2}[ \u3000|]*\n"
)
_GLUED = rf"(?:{PORTAL})[ ]?：[{HAN}]{{2,20}}?(?=各[{HAN}（）、，]{{2,200}}：)"  # the line end was lost
_ROW = rf"""  # labels that may be spread are named once: each costs at every call, even where none stands
    [-·•\[〖]?[ \u3000]?(?=[{LABEL}])(?:{SPREAD}|{spaced(_FIELDS)})
    (?: [ \u3000】〗\]]*[：|]?[ \u3000|]*\n (?:{_VALUE})?
      | [ \u3000]*[】〗\]：|][^\n]{{0,200}}\n
      | (?<!(?:^|[^{HAN}])(?:{either(_FIELDS)})) [^\n：。]{{0,200}}\n
      | [^\n：。，]{{0,60}}(?:{PORTAL})[^\n：。，]{{0,60}}\n
    )
"""
_OF_PAGE = regex.compile(
    rf"[-·•| ]*(?:{spaced(words('portal', 'other'))}|上传)[^\n。]{{0,8}}[：| 0-9]"
    r"|[^\n。：]{0,30}(?:上传|发布|更新|编辑|录入|浏览|点击|阅读)[0-9 次|]*(?:\n|\Z)"
)
_COMMENTED = regex.compile(r"\[20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?:[ ][0-9：]{4,8})?\][ ]*(?:\n|\Z)")
_WHEN = (  # of the page, not of a meeting
    r"(?:时间|日期)[ \u3000]*[：|][ \u3000]*20[0-9]{2}(?![^\n]{0,24}(?:[上下]午|晚|[0-9]时|点(?!击)|至|[日号]前))[^\n。]{0,120}\n"
)
_CHINESE_YEAR = "[一二][〇零一二三四五六七八九O0○]{3}"
_SPOKEN = rf"(?:(?:19|20)[0-9]{{2}}|{_CHINESE_YEAR})年[^年月日\n]{{1,3}}月[^年月日\n]{{1,3}}日"
_COUNT = "[一二三四五六七八九十0-9]{1,3}"
_LABELLED = regex.compile(rf"[-·| \u3000\[【]*(?=[{LABEL}])(?:{SPREAD})[ \u3000\]】]*[：|]?[ \u3000]*")
_BREAKS = regex.compile(  # where the value of a row may end
    rf"[ \u3000|]+|(?=[{LABEL}])(?={SPREAD})|(?=各)|(?:{VALID})"
)
_CODE = rf"[{HAN}]{{1,12}}[ ]?[〔\[（【]20[0-9]{{2}}[〕\]）】]"
_NEXT = regex.compile(rf"[-·\[【]?[ ]?(?=[{LABEL}])(?:{SPREAD})|{_CODE}")
_NUMBER = regex.compile(rf"(?!(?:{VALID})){_CODE}")
_ROWS = 30  # side by side, at most
_VALUES = 120  # characters of a value beside others, at most
_SKIPPED = regex.compile(  # between title, number and addressees
    rf"""
    (?: （(?!{_COUNT}）)(?:[^）\n〔]{{1,30}}）)? | [ \u3000\n*#【）】|] | \.(?:docx?|wps|pdf|ofd)(?=[ \n])
      | (?<=[{HAN}）])(?:{SITE}|{SITED}(?=[{HAN}]{{2,12}}[〔\[]))
      | [^\n：。，]{{0,6}}签发[^\n]{{0,20}}\n
      | [{HAN}]{{2,30}}文件[ \u3000]*\n
      | {_GLUED} | {_ROW} | (?:{VALID})[ \u3000]*\n | (?:{either(words("page"))})[ \u3000]*\n
      | [^\n：。，]{{1,40}}[ \u3000]{{2}}(?=[{LABEL}])(?:{SPREAD})[ \u3000]*：[^\n。]{{0,120}}\n  # the end of a wrapped row
      | [-·•]?[ \u3000]?{_WHEN} | (?:时间|日期)：[0-9]{{1,2}}月[0-9]{{1,2}}[日号][ ]*\n | (?:时间|日期|附件)[ \u3000：|]*\n
      | {_SPOKEN}(?:[ \u3000，]{{0,2}}[{HAN}]{{2,30}}|[ ]{{0,4}}[0-9]{{1,2}}(?:：[0-9]{{2}}){{1,2}})??[ \u3000）]*(?:\n|(?=各))
      | [^\n。]{{0,60}}20[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}[^\n。]{{0,90}}\n
      | [{HAN}]{{2,14}}[ \u3000]?[〔\[【][0-9 ]{{4,10}}[〕\]】号 ]{{0,3}}\n  # a number with a lost bracket
      | \[[{HAN}]{{2,8}}\][ \u3000]*\n | [^\n。，：]{{1,60}}\.(?:jpe?g|png|gif|bmp)[ ]*\n  # a page's button, a picture's name
      | 编号：[0-9A-Z-]{{4,20}}[ \u3000\n]
      | [-|：─━][-|：─━ \u3000]{{2,200}}\n
    )*+
    """,
    regex.VERBOSE,
)
_BEHIND_LABEL = r"[ \u3000]*[】〗\]]?[ \u3000：|\n·•-]{0,12}"
_NUMBER_LABEL = regex.compile(rf"(?r)(?:{spaced(words('portal', 'number'))}){_BEHIND_LABEL}")
_ISSUER = regex.compile(
    rf"(?:{spaced(words('portal', 'issuer'))}){_BEHIND_LABEL}(?P<organs>[{HAN}][{HAN} 、]{{1,79}}?)"
    r"(?=[ \u3000]*[\n|]|发文|文[ \u3000]*号|来源|成文|主题|索引|公文|标题|名称|[ \u3000]{2}|\Z)"
)
_DATE = rf"{_BEHIND_LABEL}(?=(?:19|20)[0-9]{{2}}|{_CHINESE_YEAR})"
_WRITTEN = regex.compile(rf"(?:{spaced(words('portal', 'date'))}){_DATE}")
_OF_LAW = regex.compile(rf"【发布(?:日期|时间)】{_DATE}")
_BESIDE = regex.compile(  # the number on the same line
    rf"号(?:[ \u3000]{{0,4}}(?={_SPOKEN}[ ）]*(?:\n|各))|（(?={_SPOKEN}）))|\n[ ]*（?(?={_SPOKEN}[ \u3000，]{{0,3}}[{HAN}]{{2,10}}[〔\[])"
)
_LINE = regex.compile(
    rf"(?:^|\n)[ *（]*(?={_SPOKEN}(?:[ \u3000，]{{0,2}}(?P<organ>[{HAN}]{{2,30}}))?[ \u3000）*]*(?:\n|\Z))"
)
_EDITED = regex.compile(
    rf"\n[{HAN}]{{4,30}}[ \u3000]{{2,40}}(?={_SPOKEN}[ \u3000]*\n)"
)  # minutes: who wrote them, when
_BRACKET = regex.compile(
    r"[ \n\u3000*]*（[^）\n]{0,20}?(?=(?:19|20|[一二][〇零一二三四五六七八九])[0-9〇零一二三四五六七八九]{2}年"
    r"(?![^）\n大]{0,60}(?:通过|批准|审议|修[订正]|会议|施行)))"
)


def skip(text: Text, start: int, stop: int) -> int:
    """Behind the rows of a portal, the signer, the day and the marks that stand at `start`, one below the other or
    side by side.

    >>> skip(Text.plain("索引号：0001\\n发布日期：2021-03-05\\n各县："), 0, 30)
    25
    """
    at = start
    for _ in range(_ROWS):
        match = _SKIPPED.match(text.chars, at, stop)
        done = match.end() if match else at
        at = _beside(text, done, stop)
        if at == done:
            break
    return at


def _beside(text: Text, start: int, stop: int) -> int:
    """Behind a label and its value on a line that goes on with the next label, the number or the addressees."""
    label = _LABELLED.match(text.chars, start, stop)
    if label and "号" in label[0] and _NUMBER.match(text.chars, label.end(), stop):
        return label.end()
    for value in _BREAKS.finditer(text.chars, label.end(), min(stop, label.end() + _VALUES)) if label else ():
        end = value.end()
        if _NEXT.match(text.chars, end, stop) or recipients_at(text, end, stop + 1):
            return end
    return start


def is_of_page(chars: str, at: int) -> bool:
    """Does what stands at `at` tell of the page that shows the circular: 发布时间：2016-03-02, 2016-03-02 上传,
    同意 [2016-03-02]?"""
    start = chars.rfind("\n", 0, at) + 1
    return _OF_PAGE.match(chars, start, at + 60) is not None or _COMMENTED.match(chars, at - 1) is not None


def is_labelled_number(text: Text, start: int) -> bool:
    """Does a label (发文字号) stand before what begins at `start`?"""
    return _NUMBER_LABEL.match(text.chars, max(0, start - 30), start) is not None


def labelled_issuers(text: Text, start: int, stop: int) -> tuple[Organ, ...]:
    """The organs that a portal's row names as issuer."""
    match = _ISSUER.search(text.chars, start, stop)
    part = text[match.start("organs") : match.end("organs")].strip() if match else None
    return organs(part) if part and is_organ(part.chars) and not part.chars.endswith("网站") else ()


def dated_line(text: Text, stop: int) -> tuple[tuple[Organ, ...], Day] | None:
    """A line of the head that holds a day alone, or a day and an organ: （2021年3月5日）, 1992年6月3日，林业部."""
    match = _LINE.search(text.chars, 0, stop)
    day = next(days(text, match.end(), match.end() + 20), None) if match else None
    if match is None or day is None or (match["organ"] and not is_organ(match["organ"])):
        return None
    return (organs(text[slice(*match.span("organ"))]) if match["organ"] else ()), day


def head_date(text: Text, title_stop: int, stop: int) -> Day | None:
    """The day that the head gives: 成文日期：2021-03-05 above all, then a day on a line of its own or in a bracket
    below the title, then the 【发布日期】 of a collection of laws; never the day of a page (生成日期)."""
    dated = dated_line(text, stop)
    bracket = _BRACKET.match(text.chars, title_stop) if title_stop else None
    return (
        _labelled(text, _WRITTEN, stop)
        or (dated[1] if dated else None)
        or (_day_at(text, bracket.end()) if bracket else None)
        or (_labelled(text, _BESIDE, stop, title_stop) if title_stop else None)
        or _labelled(text, _OF_LAW, stop)
        or _labelled(text, _EDITED, stop)
    )


def day_written(text: Text, start: int, stop: int) -> Day | None:
    """The day behind 成文日期 or a label like it."""
    return _labelled(text, _WRITTEN, stop, start)


def _labelled(text: Text, label: regex.Pattern[str], stop: int, start: int = 0) -> Day | None:
    match = label.search(text.chars, start, stop)
    return _day_at(text, match.end()) if match else None


def _day_at(text: Text, start: int) -> Day | None:
    day = next(days(text, start, start + 20), None)
    return day if day and day.start == start else None
