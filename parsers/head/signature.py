"""署名 and 成文日期: who signed, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from parsers.head.glued import FORMULA, first_name, is_listed
from parsers.head.organs import Organ, organs
from parsers.head.wording import CLOSERS, GOES_ON, HAN, KINDS, is_organ
from parsers.numerals import number
from parsers.vocab import either
from schemas.text import Text

_HAN_YEAR = "[一二][〇零一二三四五六七八九Oo0]{3}"
_DAY = "[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_SPOKEN = regex.compile(  # from 年 on, the year looked at from there: a scan for one character is cheap
    rf"""
    年(?<=(?<![0-9])(?P<year>(?:19|20)[0-9]{{2}}|{_HAN_YEAR})[ ]?年)
    [ ]?(?P<month>{_DAY})[ ]?月[ ]?(?P<day>{_DAY})(?:[ ]?日|(?=[ \u3000|]*(?:\n(?![ ]*[0-9日号前])|\Z)))
    """,
    regex.VERBOSE,
)
_DIGITS = regex.compile(
    r"""
    (?P<year>20(?<![0-9]20)[0-9]{2})
    (?: (?P<sign>[-./])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})
      | (?P<month>[01][0-9])(?P<day>[0-3][0-9])
    )(?![0-9])
    """,
    regex.VERBOSE,
)
_ENDS = regex.compile(rf"[ \u3000|]*(?:\n|[ \u3000]{{2}}|{CLOSERS}|（[^）\n]{{0,20}}公开|\Z)")
_CLOSES = regex.compile(rf"[ \u3000\n|]*(?:{CLOSERS}|（[^）\n]{{0,20}}公开|\Z)")
_OVER = regex.compile(r"[ \u3000\n|]*\Z")
_GOES_ON = regex.compile(rf"[ ]*(?:{GOES_ON})")
_PRINTED = regex.compile(r"[ ]*印[ ]*发[ ]*(?:\n|\Z|[（ ])")
_SENTENCE_END = "。！；）”：】》"
_INSIDE = rf"(?<=[{HAN}])（(?:(?![见附详略行章字名一二三四五六七八九十])[{HAN}]){{2,6}}）(?=[{HAN}])"  # 某某（中国）有限公司
_COUNT = rf"(?<=[{HAN}](?<![件表第于在年月日]))[0-9]{{1,4}}(?=[{HAN}])(?![年月日号时分人个项次家条点])"  # 某市101中学
_PIECE = regex.compile(
    rf"(?r)(?:[{HAN}“”、·]|{_INSIDE}|{_COUNT}|(?<=[{HAN}”])[ \u3000](?=[{HAN}“])){{2,160}}"
)
_SEAL = regex.compile(  # lines to seal and to sign on, between organ and day
    rf"(?r)(?:(?:（[^（）\n]{{0,20}}[章字名]）|(?<=\n)[{HAN}]{{0,8}}(?:（[签盖][字章名]）|签字|签名|签章|盖章))：?[ \u3000\n]*)+"
)
_LISTED = regex.compile(
    r"[ \u3000（]*(?:附|联[ ]?系[ ]?(?:人|电话|方式)|(?:电[ ]?话|传[ ]?真|邮[ ]?箱|电子邮[箱件]|地[ ]?址|邮[ ]?编)[：:]|[1-9][0-9]?[.、．]|.{0,200}[ ]{2}附)"
)
_COUNTED = regex.compile(r"[0-9一二三四五六七八九十][）.、][ ]*$")
_ROW = regex.compile(r"[ ]*\n[0-9]{1,3}[ ]*(?:\n|\Z)")
_CLOSING = regex.compile(rf"(?:{FORMULA})$")
_VALUE = regex.compile(r"[^：\n]{2,12}：[^\n]{1,60}(?<![局委办厅部院室处科会组府])$")  # 完成时间：10月
_FIELD = regex.compile(r"[^：\n]{2,12}：[^\n]{1,60}(?<![、，和及与])$")  # 牵头部门：教务处, in a letter
_FOOT = regex.compile(
    r"(?:\n[ \u3000]*(?:地址|邮编|邮箱|电话|传真|网址|相关(?:专题|新闻|链接|文章))：[^\n]{0,60})++[ \u3000\n]*\Z"
)
_ROLE = regex.compile(
    r"(?:责任|牵头|配合|协助|参与|负责|主办|承办|协办|实施)(?:单位|部门|科室|处室|机构|人)?：$"
)
_TITLE_BELOW = regex.compile(
    rf"[ \u3000]*\n[ \u3000]*[{HAN}“《（0-9][^\n。，；：]{{3,60}}(?:\n[ \u3000]*[^\n。，；：]{{0,40}})?"
    rf"(?:{either((*KINDS, '程序', '流程', '名册', '方法'))})(?:（[^（）\n]{{1,20}}）)?[ \u3000]*\n"
)
_TITLE_BESIDE = regex.compile(rf"[ ]?(?P<name>[^\n。，；：《》]{{8,60}}?(?:{either(KINDS)}))(?![的》，])")
_NOTICE = 2000  # characters of a notice that names what it sends
_LINE = 400  # characters of a line of names, at most
_AHEAD = 200
_GAP = 3  # blanks that are left of a line's end, at least
_BLANK = " \u3000\n"
_PERSON = regex.compile(
    rf"[{HAN}]{{0,12}}(?:总理|省长|市长|县长|区长|州长|主席|部长|局长|主任|厅长|署长|行长|会长)[ \u3000：]*[{HAN} \u3000]{{2,6}}"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day; `date` is None for one that does not exist (9月31日)."""

    text: Text
    date: dt.date | None
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing organs (maybe none), the day, and where the whole begins."""

    issuers: tuple[Organ, ...]
    day: Day
    start: int


def signatures(text: Text, start: int, known: Sequence[str]) -> Iterator[Signature]:
    """The dates behind `start` that sign the circular; `known`: the organs that the head names."""
    for day in days(text, start, len(text)):
        found = _signed(text, day, start, known)
        if found is not None:
            yield found


def days(text: Text, start: int, stop: int) -> Iterator[Day]:
    """The printed days between two offsets, in order: 2021年3月5日, 二〇二一年三月五日, 2021-03-05, 20210305."""
    found = [*_SPOKEN.finditer(text.chars, start, stop), *_DIGITS.finditer(text.chars, start, stop)]
    for match in sorted(found, key=regex.Match.start):
        begin = match.start("year")
        yield Day(text[begin : match.end()], _date(match), begin, match.end())


def _signed(text: Text, day: Day, low: int, known: Sequence[str]) -> Signature | None:
    chars, stop = text.chars, day.stop
    ends = _follows(_ENDS, chars, stop)
    if _follows(_PRINTED, chars, stop) or (not ends and _follows(_GOES_ON, chars, stop)):
        return None
    begin = _names_before(chars, day.start, low, known)
    if begin is None:
        return None
    if begin == day.start:  # no organ: the words that close a circular must follow
        alone = _follows(_CLOSES, chars, stop) or _opens_annex(chars, begin, low, stop)
        return Signature((), day, begin) if alone else None
    ends = ends or _names_annex(chars, begin, stop)
    if not _is_known(chars, begin, day.start, known) and not (ends and _is_set_off(chars, begin, low, stop)):
        return None
    names = organs(text[begin : _names_end(chars, begin, day.start)])
    return Signature(tuple(one for one in names if is_organ(one.text.chars)), day, begin)


def _follows(pattern: regex.Pattern[str], chars: str, stop: int) -> bool:
    """Does the pattern match right here? The end is bounded, or `regex` would look for its letters to the end."""
    return pattern.match(chars, stop, stop + _AHEAD) is not None


def _opens_annex(chars: str, begin: int, low: int, stop: int) -> bool:
    """Does the day stand between the last sentence and the title of what is annexed?"""
    above = _trimmed(chars, low, begin)
    if not chars.endswith(("。", "！"), low, above):
        return False
    return _names_annex(chars, above, stop) or (above < begin and _follows(_TITLE_BELOW, chars, stop))


def _names_annex(chars: str, begin: int, stop: int) -> bool:
    """Does a title follow that the words above name, where the line ends were lost?"""
    beside = _TITLE_BESIDE.match(chars, stop, stop + _AHEAD)
    return beside is not None and chars.find(beside["name"], max(0, begin - _NOTICE), begin) >= 0


def _is_set_off(chars: str, begin: int, low: int, stop: int) -> bool:
    """Does what stands above the names end a sentence or a list of attachments, and no table row follow?"""
    above = _trimmed(chars, low, begin)
    line = chars[_line_start(chars, low, above) : above]
    value = _FIELD if chars.endswith("：", 0, low) else _VALUE
    ends = (
        not line
        or begin - above > 2
        or line[-1] in _SENTENCE_END
        or line[-1].isascii()
        or _CLOSING.search(line) is not None
        or (_follows(_OVER, chars, stop) and value.match(line) is not None)
        or _LISTED.match(line) is not None
        or is_listed(chars, low, begin)
    )
    return ends and not _ROLE.search(line) and not _follows(_ROW, chars, stop)


def _is_known(chars: str, begin: int, stop: int, known: Sequence[str]) -> bool:
    """Do the names before the date belong to organs that the head names, in full or short (省教育厅)?"""
    name = chars[begin:stop].strip(_BLANK)
    return any(name.endswith(organ) or organ.endswith(name) for organ in known)


def _names_before(chars: str, stop: int, low: int, known: Sequence[str]) -> int | None:
    """Where the names before the date begin; `stop` itself where a date stands alone; None where a sentence goes on."""
    end = _names_end(chars, low, stop)
    if end == low or chars[end - 1] in ("。！" if end == stop else _SENTENCE_END):
        return stop
    line = chars[_line_start(chars, low, end) : end]
    if "\n" in chars[end:stop] and _PERSON.fullmatch(line):
        return end - len(line)
    begin = end
    for start, whole in _pieces(chars, low, end):
        if begin < end and "\n" in chars[start:begin] and _goes_before(chars, low, start):
            break
        name = chars[start : _names_end(chars, start, begin)].strip(_BLANK)
        first = first_name(chars, low, start, name, known)
        if first or first is None or not is_organ(name):
            if begin == end and not first:
                return stop if first is None or _is_apart(chars, end, stop) else None
            return start + first if first and is_organ(name[first:]) else _broken(chars, start, begin, low)
        begin = start
        if not whole:
            return stop if chars[start - 1] == "，" and _is_apart(chars, end, stop) else None
    return begin if begin < end else (stop if _is_apart(chars, end, stop) else None)


def _is_apart(chars: str, end: int, stop: int) -> bool:
    """Does the day stand on a line of its own, or behind the wide gap that is left of one?"""
    gap = chars[end:stop]
    return "\n" in gap or len(gap) > _GAP


def _goes_before(chars: str, low: int, start: int) -> bool:
    """Is a name the end of a line that says or lists something: 责任单位：市财政局, 2.领导小组? No organ signs there."""
    line = chars[_line_start(chars, low, start) : start]
    return any(mark in "：。；" for mark in line) or _COUNTED.search(line) is not None


def _names_end(chars: str, low: int, stop: int) -> int:
    """Before the blanks and the （盖章） between the names and the day."""
    end = _trimmed(chars, low, stop)
    seal = _SEAL.match(chars, low, end)
    return _trimmed(chars, low, seal.start()) if seal else end


def _line_start(chars: str, low: int, end: int) -> int:
    """Where the line begins that ends at `end`; no further back than a line of names is long."""
    low = max(low, end - _LINE)
    return max(low, chars.rfind("\n", low, end) + 1)


def _trimmed(chars: str, low: int, end: int) -> int:
    while end > low and chars[end - 1] in _BLANK:
        end -= 1
    return end


def _pieces(chars: str, low: int, end: int) -> Iterator[tuple[int, bool]]:
    """From the date upwards: where each name begins, and whether what stands before it lets it be a name."""
    while end > low:
        match = _PIECE.match(chars, low, end)
        if match is None:
            return
        above = _names_end(chars, low, match.start())
        gap = chars[above : match.start()]
        yield (
            match.start(),
            above == low or bool(gap) or chars[above - 1] in _SENTENCE_END or chars[above - 1].isascii(),
        )
        if "\n" not in gap and len(gap) < 2:
            return
        end = above


def _broken(chars: str, start: int, begin: int, low: int) -> int:
    """A long name over two lines: the upper half ends like no name (…服务期满人员为)."""
    line = chars[start:begin].strip(_BLANK)
    above = _line_start(chars, low, start)
    torn = line.endswith(("为", "的", "和", "与", "及", "暨")) or chars.startswith("的", begin)
    broken = chars[begin - 1] == "\n" and torn
    return above if broken and begin - above < 60 and "：" not in chars[above:start] else begin


def undated(text: Text, start: int) -> tuple[Organ, ...]:
    """The organ that signs on the last line without a day; none where other lines hold names too, as in a table."""
    foot = _FOOT.search(
        text.chars, max(start, len(text) - _LINE)
    )  # near the end only: it is not looked for twice
    lines = text.chars[start : foot.start() if foot else len(text)].rstrip(" \u3000\n|").split("\n")
    name = lines[-1].strip(_BLANK)
    above = next((line for line in reversed(lines[:-1]) if line.strip(_BLANK)), "")
    closes = above.endswith(("。", "！")) or _CLOSING.search(above) or _LISTED.match(above)
    whole = len(name) >= 4 and is_organ(name) and _PIECE.fullmatch(name)
    if not closes or not whole or any(map(is_organ, lines[:-1])):
        return ()
    at = text.chars.rfind(name)
    return organs(text[at : at + len(name)])


def imprint(text: Text, start: int) -> Day | None:
    """The day of printing (2021年3月8日印发), for circulars that print no other."""
    found = days(text, start, len(text))
    return next((day for day in found if _follows(_PRINTED, text.chars, day.stop)), None)


def printers(text: Text, start: int) -> tuple[Organ, ...]:
    """The organ on the line above the day of printing, where nobody else is named: 某医院办公室⏎2020年5月7日印发."""
    day = imprint(text, start)
    end = _trimmed(text.chars, start, day.start) if day else start
    begin = _line_start(text.chars, start, end)
    alone = day is not None and "\n" in text.chars[end : day.start]
    above = text.chars[_line_start(text.chars, start, max(start, begin - 1)) : begin]
    part = text[begin:end].strip(_BLANK)
    return organs(part) if alone and "抄" not in above and is_organ(part.chars) else ()


def _date(match: regex.Match[str]) -> dt.date | None:
    year, month, day = (number(match[part]) or 0 for part in ("year", "month", "day"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
