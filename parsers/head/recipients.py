"""主送机关: the addressees, up to the colon."""

from __future__ import annotations

import regex

from parsers.head.wording import HAN, NOT_RECIPIENTS, RECIPIENT_ENDS
from schemas.text import Text

_LIST = regex.compile(
    rf"[ \u3000\n*]*(?:主送(?:机关|单位)?：)?[ \n]*(?P<list>[{HAN}（][{HAN}0-9A-Za-z（）“”《》、，；·—/ \n-]{{1,900}}?)[ ]?："
)
_OPENS_BODY = (
    "为了", "为认真", "为进", "为深", "为贯", "为加", "为做", "为落", "为切", "为全", "为有", "根据", "按照", "依据", "遵照",
    "现将", "现就", "近年", "近日", "近期", "经", "随着", "今年", "截至", "目前", "自", "在", "对", "从", "当前", "日前",
    "本", "以", "附件", "联系", "一是", "注", "总则", "第一", "主任", "组长", "时间", "地点", "主持",
)  # fmt: skip
_NOT_NAMES = regex.compile(
    r"如下|以下|通知|事项|联系|电话|关于|印发|要求|方案|任务|工作(?!局|部|委|组|办|处|室|站|单位|机构|领导|专班|人员|协)"
)
_TOP_COMMA = regex.compile(r"[，；\n]+|(?<=[委局厅办部院会府司团校])[ ]+(?=[各省市县区州盟旗有])")
_TOP_PAUSE = regex.compile(r"、")
_BRACKET = regex.compile(r"（[^（）]*）")


def recipients_at(text: Text, start: int, stop: int) -> tuple[tuple[Text, ...], int] | None:
    """The addressees that stand at `start` and the offset behind their colon; None where no list stands there.

    >>> recipients_at(Text.plain("各县（市）教育局，局属各学校：为"), 0, 99)[0]
    (Text(chars='各县（市）教育局'), Text(chars='局属各学校'))
    """
    match = _LIST.match(text.chars, start, stop)
    if match is None or not _is_list(match["list"]):
        return None
    return split(text[match.start("list") : match.end("list")]), match.end()


def _is_list(chars: str) -> bool:
    bare = _BRACKET.sub("", chars).strip()
    segments = [part.strip() for part in regex.split("[，；、\n]", bare)]
    return (
        segments[-1].endswith(RECIPIENT_ENDS)
        and not bare.startswith(_OPENS_BODY)
        and bare not in NOT_RECIPIENTS
        and not _NOT_NAMES.search(bare)
        and all(len(part) <= 40 for part in segments)
    )


def split(text: Text) -> tuple[Text, ...]:
    """Cut at ， and ；, and at 、 between names that are complete on both sides."""
    found: list[Text] = []
    for part in _cut(text, _TOP_COMMA):
        found += _complete(part)
    return tuple(found)


def _cut(text: Text, mark: regex.Pattern[str]) -> list[Text]:
    """The parts between the marks that stand outside brackets."""
    shadow = _BRACKET.sub(lambda match: "（" + "_" * (len(match[0]) - 2) + "）", text.chars)
    found, start = [], 0
    for match in mark.finditer(shadow):
        found.append(text[start : match.start()].strip(" \n　*"))
        start = match.end()
    found.append(text[start:].strip(" \n　*"))
    return [part for part in found if part]


def _complete(text: Text) -> list[Text]:
    """各省、自治区、直辖市人民政府 is one; 省总干校、康复医院 are two; 国务院各部委、各直属机构 is one."""
    parts = _cut(text, _TOP_PAUSE)
    found: list[Text] = []
    for part in parts:
        whole = found and _is_whole(found[-1].chars, part.chars)
        if found and not whole:
            found[-1] = text[found[-1].at - text.at : part.end - text.at]
        else:
            found.append(part)
    return found


_ENDS = tuple(end for end in RECIPIENT_ENDS if end not in {"县", "区", "市", "州", "省", "旗", "镇", "乡", "村", "委", "办", "各委"})
_SHARED = regex.compile(r"(?:各)?(?:直属|所属|下属|派出|事业|有关|相关)?(?:机构|单位|企业|局|办|部门|机关|事业单位|团体|村委会|居委会|街道办事处|直属机构|院校|处室)$")


def _is_whole(left: str, right: str) -> bool:
    """Are the names on both sides of the 、 complete?"""
    left = _BRACKET.sub("", left)
    if not left.endswith(_ENDS) or len(left) < 3:
        return left.endswith(("委", "办")) and not left.endswith("各委") and len(right) > 4
    return not (_SHARED.match(right) and "各" in left)
