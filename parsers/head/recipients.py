"""主送机关: the addressees, up to the colon."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers import departments
from parsers.head.organs import Organ
from parsers.head.wording import HAN, NOT_RECIPIENTS, RECIPIENT_ENDS, words
from schemas.text import Text

_LIST = regex.compile(
    rf"""
    [ \u3000\n*]*(?:主送(?:机关|单位)?：)?[ \n]*
    (?P<list>[{HAN}（][{HAN}0-9A-Za-z（）“”《》、，；·—/ \n-]{{1,900}}?)[ ]?：
    """,
    regex.VERBOSE,
)
_OPENS_BODY = words("opens_body")
_NOT_NAMES = regex.compile(
    r"如下|以下|通知|事项|联系(?!单位)|电话|关于|印发|要求|方案|任务"
    r"|工作(?!局|部|委|组|办|处|室|站|单位|机构|领导|专班|人员|协)"
)
_LEANING = {"人民政府", "政府", "党委", "党组", "有关单位", "有关部门", "相关单位", "单位", "部门"}
_BRACKET = regex.compile(r"（[^（）]*）")
_MARK = regex.compile("[，；、]")
_BREAK = regex.compile(r"\n(?=[各省市县区州盟旗有])")


def recipients_at(text: Text, start: int, stop: int) -> tuple[tuple[Organ, ...], int] | None:
    """The addressees that stand at `start` and the offset behind their colon; None where no list stands there.

    >>> [one.name for one in recipients_at(Text.plain("各县（市）教育局，局属各学校：为"), 0, 99)[0]]
    ['各县（市）教育局', '局属各学校']
    """
    match = _LIST.match(text.chars, start, stop)
    if match is None or not _is_list(match["list"]):
        return None
    lines = _BREAK.sub("，", match["list"])  # one for one, so that offsets stay
    at = match.start("list")
    found = departments.split(lines, 0, len(lines)).names
    return tuple(
        _joined([Organ(text[at + a.start : at + a.stop], a.name, a.collective) for a in found], text)
    ), match.end()


def _joined(found: list[Organ], text: Text) -> Iterator[Organ]:
    """An addressee is whole: 有关部门、单位, 县委和人民政府, 教育厅（教委）."""
    last: Organ | None = None
    for organ in found:
        if last and _goes_on(text.chars[last.text.end - text.at : organ.text.at - text.at], organ.text.chars):
            whole = text[last.text.at - text.at : organ.text.end - text.at]
            last = Organ(whole, whole.chars, last.collective)
            continue
        if last:
            yield last
        last = organ
    if last:
        yield last


def _goes_on(gap: str, name: str) -> bool:
    """Does the name lean on the one before it, with this between them?"""
    return not gap.strip() or len(name) < 3 or (gap in {"和", "及", "与"} and name in _LEANING)


def _is_list(chars: str) -> bool:
    """Does this read as names? The last must end like one, and no word of a sentence may stand among them."""
    bare = _BRACKET.sub("", chars).strip().replace("\n", "")
    names = [name.strip() for name in _MARK.split(bare)]
    return (
        names[-1].endswith(RECIPIENT_ENDS)
        and not bare.startswith(_OPENS_BODY)
        and bare not in NOT_RECIPIENTS
        and chars.count("（") <= chars.count("）")
        and not _NOT_NAMES.search(bare)
        and all(len(name) <= 60 for name in names)
    )
