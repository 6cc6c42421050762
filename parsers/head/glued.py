"""Where an organ's name begins that is glued to what stands before it: a closing formula, an attachment's title."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import regex

from parsers.head.organs import OPENING
from parsers.head.wording import HAN, KINDS, NOT_KINDS, is_organ, unless, words
from parsers.vocab import either

FORMULA = (
    "(?:特此|专此|此)(?:通知|通报|通告|函告|函复|函达|公告|布告|报告|批复|公示|证明|说明|复函?|告|布|令|致)"
    rf"|[{HAN}]{{0,10}}[请望][{HAN}]{{0,12}}(?:执行|落实|照办|办理|周知|知照|批示|审示|审批|审阅|支持|配合)"
)
_CLOSED = regex.compile(
    rf"(?:{FORMULA})[ \u3000]*(?:(?=[{HAN}]{{4}})|(?<=特此通[知报告])(?=[{HAN}]{{2,3}}\Z))"
)
_ASKED = regex.compile(  # 5月10日前报送
    rf"[年月日号时点分][{HAN}]{{0,20}}(?:报送|上报|反馈|提交|报到|回复|报名|参加|完成|执行|落实|办理)(?=[{HAN}]{{4}})"
)
_LISTED = regex.compile(
    r"附[ ]?[件表]?[ ]?[0-9]{0,2}[ ]?[：.、](?:1。)?[^。：]*\Z"
)  # what may stand before an attachment's title
_TITLE_END = regex.compile(
    rf"(?!{either((*NOT_KINDS, *unless('attached')))})(?:{either((*KINDS, *words('attached')))})(?:（[^（）]{{1,12}}）)?|(?<=（(?:\L<tried>))）",
    tried=[
        "模板",
        "样表",
        "样式",
        "样稿",
        "格式",
        "范本",
        "试行",
        "暂行",
        "草案",
        "空表",
        "略",
        "另附",
        "电子版",
    ],
)
_PAPER = regex.compile("[单书图册卡稿](?!位)")
_PLACE = regex.compile(rf"[{HAN}]{{1,3}}[省市县区州盟旗](?![管直级场])")
_NO_NAME = ("有限", "股份", "责任公司", "集团", "化", "性", "管理", "委员")
_UNITS = tuple("年月日号时点分个项名份次条期届")
_ENTRY = regex.compile("[：.、][ ]?(?:20[0-9]{2})?$")  # before an attachment's title, or behind its year
_LEVELS = tuple("省市县区州盟旗镇乡")
_WHOSE = ("中共", "国家", "中国", "中华人民共和国", "最高", "国务院")  # with which the name in full begins
_NEAR = 300  # characters of a list of attachments that are looked at


def first_name(chars: str, low: int, start: int, name: str, known: Sequence[str]) -> int | None:
    """Where the organ begins in the name at `start`: behind 特此通知, behind the title of an attachment, or where
    one that the head names does; None where no organ can be told from the attachment's title.

    >>> first_name("附件：收入统计表某市财政局", 0, 3, "收入统计表某市财政局", ())
    5
    """
    if is_listed(chars, low, start):
        found = behind_title(name, known) or _known(name, known)
        return found or (None if _ENTRY.search(chars, max(0, start - 8), start) else 0)
    if name.startswith(_UNITS) and chars[max(0, start - 1) : start].isdigit():  # 5月10日前报送某局
        asked = _ASKED.match(name)
        return asked.end() if asked else _known(name, known) or None
    closed = _CLOSED.match(name)
    return closed.end() if closed else _known(name, known)


def is_listed(chars: str, low: int, start: int) -> bool:
    """Is what begins here glued to a list of attachments: 附件：1.任务清单2.统计表某局?"""
    beside = not chars[start - 1].isspace() or chars[max(0, start - 2) : start] in {". ", "、 ", "： "}
    return beside and ends_list(chars, low, start)


def ends_list(chars: str, low: int, stop: int) -> bool:
    """Is what stands before `stop` a list of attachments: 附件：1.任务清单2.统计表?"""
    at = chars.rfind("附", max(low, stop - _NEAR), stop)
    return at >= 0 and _LISTED.match(chars, at, stop) is not None


def behind_title(name: str, known: Sequence[str]) -> int:
    """The last place where a title may end and an organ begin; before others, one whose name opens like an organ's.
    0 where there is none.

    >>> behind_title("收入统计表某市财政局", ())
    5
    """
    places = {organ.removeprefix("中共")[:2] for organ in known}
    ends = [match.end() for match in _TITLE_END.finditer(name) if _is_name(name[match.end() :])]
    opened = [end for end in ends if _opens(name, end, places)]
    if not ends:  # 征订单, 意向书: any paper, before a name that certainly begins
        papers = (match.end() for match in _PAPER.finditer(name) if _is_name(name[match.end() :]))
        opened = [end for end in papers if OPENING.match(name, end) or name[end : end + 2] in places]
    return max(opened or ends, default=0)


def _opens(name: str, end: int, places: Collection[str]) -> bool:
    """Does what begins here open like an organ's name?"""
    named = OPENING.match(name, end) or _PLACE.match(name, end)
    return named is not None or name[end : end + 2] in places


def _is_name(rest: str) -> bool:
    return len(rest) > 2 and is_organ(rest) and not rest.startswith(_NO_NAME)


def _known(name: str, known: Sequence[str]) -> int:
    """Where the first organ begins that the head names; 0 where it is the end of a longer name."""
    found = min(
        ((at, organ) for organ in known if len(organ) > 3 and (at := name.find(organ)) >= 0), default=(0, "")
    )
    full = found[1].startswith(_LEVELS) and found[0] < 8  # 区政府办公室 signs as 某某区政府办公室
    return 0 if full or name[: found[0]] in _WHOSE else found[0]
