"""主送机关: the addressees, up to the colon."""

from __future__ import annotations

import regex

from parsers.head.wording import HAN, NOT_RECIPIENTS, RECIPIENT_ENDS
from parsers.vocab import either
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
_COMMA = regex.compile(
    rf"[，；]|(?<={either(RECIPIENT_ENDS)})[ \u3000]*(?:\n[ \u3000]*|[ \u3000])(?=[各省市县区州盟旗有])"
)
_PAUSE = regex.compile("、")
_EDGE = " \n\u3000*"
_MANY = regex.compile("各|有关|相关|全[省市县区]")
_LEVELS = (*"省区市县州盟旗镇乡级", "各委", "各办", "各局", "、办", "自治区", "直辖市")
_SHARED = regex.compile(
    r"(?:各?(?:直属|所属|下属|派出|内设|附属))(?:机构|单位|企业|事业单位|部门|院校)"
    r"|(?:有关|相关|人民|群众)?(?:机构|单位|企业|部门|机关|团体|村委会|居委会|办事处|街道办事处|处室|政府|党委|党组|乡镇)"
)
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
    bare = _BRACKET.sub("", chars).strip().replace("\n", "")
    segments = [part.strip() for part in regex.split("[，；、]", bare)]
    return (
        segments[-1].endswith(RECIPIENT_ENDS)
        and not bare.startswith(_OPENS_BODY)
        and bare not in NOT_RECIPIENTS
        and not _NOT_NAMES.search(bare)
        and not bare.startswith("的")
        and all(len(part) <= 60 for part in segments)
    )


def split(text: Text) -> tuple[Text, ...]:
    """Cut at ，, ； and 、, but not inside an enumeration that shares its head noun.

    >>> [part.chars for part in split(Text.plain("各市、县人民政府，省政府各部门、直属机构，省总干校、康复医院"))]
    ['各市、县人民政府', '省政府各部门、直属机构', '省总干校', '康复医院']
    """
    return tuple(name for part in _cut(text, _COMMA) for name in _names(part))


def _cut(text: Text, mark: regex.Pattern[str]) -> list[Text]:
    """The parts between the marks that stand outside brackets."""
    shadow = _BRACKET.sub(lambda match: "（" + "_" * (len(match[0]) - 2) + "）", text.chars)
    found, start = [], 0
    for match in mark.finditer(shadow):
        found.append(text[start : match.start()].strip(_EDGE))
        start = match.end()
    found.append(text[start:].strip(_EDGE))
    return [part for part in found if part]


def _names(text: Text) -> list[Text]:
    """The names between 、, those of one enumeration together."""
    found: list[Text] = []
    for part in _cut(text, _PAUSE):
        if found and _goes_on(found[-1].chars, part.chars):
            found[-1] = text[found[-1].at - text.at : part.end - text.at]
        else:
            found.append(part)
    return found


def _goes_on(left: str, right: str) -> bool:
    """Do the two share a head noun or the words before it? 各省、自治区; 省政府各部门、直属机构; 有关部门、单位."""
    left = _BRACKET.sub("", left)
    return (len(left) < 3 or len(right) < 3) or (
        _MANY.search(left) is not None and (_SHARED.fullmatch(right) is not None or left.endswith(_LEVELS))
    )
