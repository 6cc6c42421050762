"""附件： the list of what is attached, above or right below the signature."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.head.glued import behind_title
from parsers.head.wording import HAN, PORTAL, is_organ
from parsers.numerals import number
from schemas.text import Text

_ARABIC = r"[1-9][0-9]?(?=[ ]?(?:[.、：]|(?<=：[ ]?1)[。，])(?:(?![0-9])|(?:19|20)[0-9]{2}[年—~至-]))"  # 1.2018年任务表, not 1.5亿元; 1。 was read for 1.
_STYLES = (  # how the entries of a list are counted
    rf"(?<![0-9.])(?P<number>{_ARABIC})[ ]?[.、：。，]",
    "（(?P<number>[1-9][0-9]?|[一二三四五六七八九十]{1,2})）",
    "(?P<number>[①-⑳])",
    "(?P<number>[一二三四五六七八九十]{1,2})、",
    rf"(?<![0-9.])(?P<number>[1-9])(?=(?![年月日号时个项])[{HAN}]{{3}})",  # 1任务清单2联系表
)
_ENTRIES = tuple(regex.compile(rf"(?:附[ ]?件[ ]?)?{style}[ ]*") for style in _STYLES)
_MORES = tuple(regex.compile(rf"\n[ \u3000]*(?:附[ ]?件[ ]?)?{style}") for style in _STYLES)
# the rare character comes first, what must stand before it is looked at from there: a scan stays cheap
_LABEL = r"[ ]?(?:[件表](?:下载|列表|清单|目录)?)?[ ]?：[ \n]*"
_COUNTED = rf"[ ]?件[ ]?(?=1(?![0-9]))(?={_ARABIC})"  # 附件1：任务清单
_BEFORE = r"(?<=(?:^|[\n。；）”0-9A-Za-z]|[ ]{2})[ \u3000]{0,8}附)"
_LIST = regex.compile(rf"附{_BEFORE}{_LABEL}")
_SIGNED_LIST = regex.compile(rf"附{_BEFORE}(?:{_LABEL}|{_COUNTED})")
_BELOW = regex.compile(rf"[ \u3000\n]*(?:（[^）\n]{{1,20}}）)?[ \u3000\n]*附{_LABEL}")
_NOTHING = regex.compile(
    rf"(?:无|暂无|略|无附件|点击下载|作者|来源|(?:{PORTAL})[ ]*：?.{{0,20}}|相关(?:链接|附件|文章).{{0,20}})[>》]*"
)
_OVER = regex.compile(
    r"[。；]|[ \u3000]{3}|附件(?=[0-9]|关于|《)|抄送|(?:政府)?信息公开(?:选项|属性|方式|形式|类别)|序号(?=[\p{Han}])"
)
_IMPRINT = regex.compile(r"(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日印发")
_EDGE = " \u3000\n*#；，。"
_LENGTH = 200  # characters of a title, at most


def attachment_list(text: Text, start: int, stop: int) -> tuple[tuple[Text, ...], int]:
    """The titles behind 附件： between two offsets, and where the list begins (`stop` where there is none).

    >>> [part.chars for part in attachment_list(Text.plain("附件：1.任务清单2.联系表"), 0, 15)[0]]
    ['任务清单', '联系表']
    """
    pattern = (
        _SIGNED_LIST if stop < len(text) else _LIST
    )  # 附件1： without a signature begins what is annexed
    found = [*pattern.finditer(text.chars, start, stop)]
    if not found:
        return (), stop
    begin = found[-1].end()
    return tuple(_entries(text, begin, _list_end(text.chars, begin, stop))), found[-1].start()


def listed_below(text: Text, signed: int) -> tuple[tuple[Text, ...], int]:
    """The titles of a list right below the signature, and where it ends (`signed` where there is none)."""
    match = _BELOW.match(text.chars, signed)
    if match is None:
        return (), signed
    end = _list_end(text.chars, match.end(), len(text))
    return tuple(_entries(text, match.end(), end)), end


def _style(chars: str, start: int) -> int | None:
    """Which of the styles counts the list that begins at `start`; None where it holds one title alone."""
    return next((style for style, first in enumerate(_ENTRIES) if first.match(chars, start)), None)


def _list_end(chars: str, start: int, stop: int) -> int:
    """The list goes on over the lines that begin with a number of its style."""
    style = _style(chars, start)
    end = chars.find("\n", start, stop)
    while end >= 0 and style is not None and _MORES[style].match(chars, end):
        end = chars.find("\n", end + 1, stop)
    return stop if end < 0 else end


def _entries(text: Text, start: int, stop: int) -> Iterator[Text]:
    """Cut at 1. 2. 3., in sequence; the whole list where it is not numbered."""
    style = _style(text.chars, start)
    expected, begin = 1, start
    found: list[Text] = []
    for match in _ENTRIES[style].finditer(text.chars, start, stop) if style is not None else ():
        if _count(match["number"]) == expected:
            if expected > 1:
                found.append(text[begin : match.start()].strip(_EDGE))
            expected, begin = expected + 1, match.end()
    stop = min(stop, begin + _LENGTH)
    over = _OVER.search(text.chars, begin, stop)
    found.append(_unprinted(_unrepeated(text[begin : over.start() if over else stop])).strip(_EDGE))
    if expected == 1 and text.chars.startswith("\n", start - 1) and is_organ(found[0].chars):  # who signs
        return iter(())
    return (one for one in found if one and not _NOTHING.fullmatch(one.chars))


def _unrepeated(title: Text) -> Text:
    """Without the annexed document that begins right behind its title: 附件：任务清单附件任务清单一、…"""
    first, mark, rest = title.chars.partition("附件")
    words = first.replace(" ", "")
    return (
        title[: len(first)] if mark and len(words) > 3 and rest.replace(" ", "").startswith(words) else title
    )


def _unprinted(title: Text) -> Text:
    """Without the office and the day of printing that are glued to the last title."""
    day = _IMPRINT.search(title.chars)
    if day is None:
        return title
    return title[: behind_title(title.chars[: day.start()], ()) or day.start()]


def _count(printed: str) -> int | None:
    """②, 2 and 二 are 2."""
    return ord(printed) - ord("①") + 1 if "①" <= printed <= "⑳" else number(printed)
