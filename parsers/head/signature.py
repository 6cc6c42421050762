"""署名 and 成文日期: who signed, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from parsers.head.days import Day, days
from parsers.head.glued import FORMULA, ends_list
from parsers.head.organs import Organ, is_short, organs
from parsers.head.signers import (
    BLANK,
    LINE,
    PIECE,
    SENTENCE_END,
    line_start,
    names_before,
    names_end,
    trimmed,
    with_twin,
)
from parsers.head.wording import CLOSERS, GOES_ON, HAN, KINDS, is_organ
from parsers.vocab import either
from schemas.text import Text

_FILE = (
    rf"[{HAN}0-9（）《》“”]{{2,40}}\.(?:docx?|xlsx?|wps|pdf|zip|rar|jpg)(?![A-Za-z])"  # attached to a page
)
_ENDS = regex.compile(rf"[ \u3000|]*(?:\n|{_FILE}|[ \u3000]{{2}}|{CLOSERS}|（[^）\n]{{0,20}}公开|\Z)")
_CLOSES = regex.compile(rf"[ \u3000\n|]*(?:{CLOSERS}|（[^）\n]{{0,20}}公开|\Z)")
_OVER = regex.compile(r"[ \u3000\n|]*\Z")
_GOES_ON = regex.compile(rf"[ ]*(?:{GOES_ON})")
_PRINTED = regex.compile(r"[ ]*印[ ]*发[ ]*(?:\n|\Z|[（ ]|附件[ ]?[1-9一：\n])")
_LISTED = regex.compile(
    r"[ \u3000（]*(?:附|联[ ]?系[ ]?(?:人|电话|方式)|(?:电[ ]?话|传[ ]?真|邮[ ]?箱|电子邮[箱件]|地[ ]?址|邮[ ]?编)[：:]|[1-9][0-9]?[.、．]|.{0,200}[ ]{2}附)"
)
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
_TITLE_BESIDE = regex.compile(rf"[ ]?(?P<name>[^\n。，；：《》]{{4,60}}?(?:{either(KINDS)}))(?![的》，])")
_NOTICE = 2000  # characters of a notice that names what it sends
_SHORT = 4  # characters of an organ's short name, at least
_AHEAD = 200


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


def _signed(text: Text, day: Day, low: int, known: Sequence[str]) -> Signature | None:
    chars, stop = text.chars, day.stop
    ends = _follows(_ENDS, chars, stop)
    goes_on = not ends and _follows(_GOES_ON, chars, stop)
    if _follows(_PRINTED, chars, stop) or (goes_on and not _names_annex(chars, day.start, stop)):
        return None
    begin = names_before(chars, day.start, low, known)
    if begin is None:
        return None
    if begin == day.start:  # no organ: the words that close a circular must follow
        alone = _follows(_CLOSES, chars, stop) or _opens_annex(chars, begin, low, stop)
        return Signature((), day, begin) if alone else None
    ends = (
        ends or _names_annex(chars, begin, stop) or _is_short_of(chars[begin : day.start].strip(BLANK), known)
    )
    if not _is_known(chars, begin, day.start, known) and not (ends and _is_set_off(chars, begin, low, stop)):
        return None
    return Signature(tuple(_signers(text, begin, names_end(chars, begin, day.start))), day, begin)


def _signers(text: Text, begin: int, end: int) -> Iterator[Organ]:
    """The organs between two offsets, the last with the second name that stands in brackets behind it."""
    for one in organs(text[begin:end]):
        at, stop = one.text.at - text.at, one.text.end - text.at
        whole = text[at : with_twin(text.chars, stop)] if stop == end else one.text
        if is_organ(one.text.chars):
            yield one if whole is one.text else Organ(whole, whole.chars.replace("\n", ""))


def _follows(pattern: regex.Pattern[str], chars: str, stop: int) -> bool:
    """Does the pattern match right here? The end is bounded, or `regex` would look for its letters to the end."""
    return pattern.match(chars, stop, stop + _AHEAD) is not None


def _opens_annex(chars: str, begin: int, low: int, stop: int) -> bool:
    """Does the day stand between the last sentence and the title of what is annexed?"""
    above = trimmed(chars, low, begin)
    if not chars.endswith(("。", "！"), low, above):
        return False
    return _names_annex(chars, above, stop) or (above < begin and _follows(_TITLE_BELOW, chars, stop))


def _names_annex(chars: str, begin: int, stop: int) -> bool:
    """Does a title follow that the words above name, where the line ends were lost?"""
    beside = _TITLE_BESIDE.match(chars, stop, stop + _AHEAD)
    return beside is not None and chars.find(beside["name"], max(0, begin - _NOTICE), begin) >= 0


def _is_set_off(chars: str, begin: int, low: int, stop: int) -> bool:
    """Does what stands above the names end a sentence or a list of attachments, and no table row follow?"""
    above = trimmed(chars, low, begin)
    line = chars[line_start(chars, low, above) : above]
    value = _FIELD if chars.endswith("：", 0, low) else _VALUE
    ends = (
        not line
        or begin - above > 2
        or line[-1] in SENTENCE_END
        or line[-1].isascii()
        or _CLOSING.search(line) is not None
        or (_follows(_OVER, chars, stop) and value.match(line) is not None)
        or _LISTED.match(line) is not None
        or ends_list(chars, low, above)
    )
    return ends and not _ROLE.search(line) and not _follows(_ROW, chars, stop)


def _is_known(chars: str, begin: int, stop: int, known: Sequence[str]) -> bool:
    """Do the names before the date belong to organs that the head names, in full or short (省教育厅)?"""
    name = chars[begin:stop].strip(BLANK)
    return any(name.endswith(organ) or organ.endswith(name) for organ in known)


def _is_short_of(name: str, known: Sequence[str]) -> bool:
    """Is it a known organ in short: 云电保密办, 云川电力公司保密委员会办公室?"""
    return len(name) >= _SHORT and any(is_short(name, organ) and len(name) < len(organ) for organ in known)


def undated(text: Text, start: int) -> tuple[Organ, ...]:
    """The organ that signs on the last line without a day; none where other lines hold names too, as in a table."""
    foot = _FOOT.search(
        text.chars, max(start, len(text) - LINE)
    )  # near the end only: it is not looked for twice
    lines = text.chars[start : foot.start() if foot else len(text)].rstrip(" \u3000\n|").split("\n")
    name = lines[-1].strip(BLANK)
    above = next((line for line in reversed(lines[:-1]) if line.strip(BLANK)), "")
    closes = above.endswith(("。", "！")) or _CLOSING.search(above) or _LISTED.match(above)
    whole = len(name) >= 4 and is_organ(name) and PIECE.fullmatch(name)
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
    end = trimmed(text.chars, start, day.start) if day else start
    begin = line_start(text.chars, start, end)
    alone = day is not None and "\n" in text.chars[end : day.start] and "：" not in text.chars[begin:end]
    above = text.chars[line_start(text.chars, start, max(start, begin - 1)) : begin]
    part = text[begin:end].strip(BLANK)
    return organs(part) if alone and "抄" not in above and is_organ(part.chars) else ()
