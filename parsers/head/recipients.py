"""主送机关: the addressees, up to the colon."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers import departments
from parsers.head.organs import Organ
from parsers.head.wording import (
    AMONG_RECIPIENTS,
    BRANCH,
    HAN,
    NOT_RECIPIENTS,
    NUMBERED,
    ORGAN_ENDS,
    RECIPIENT_ENDS,
    SPARED,
    words,
)
from parsers.vocab import either
from schemas.text import Text

_LIST = regex.compile(
    rf"""
    [ \u3000\n*#]*(?:主送(?:机关|单位)?：)?[ \n]*
    (?P<list>[{HAN}（][{HAN}0-9A-Za-z×○（）“”《》、，；·—/ \n-]{{1,900}}?)[ ]?：
    """,
    regex.VERBOSE,
)
_BARE = regex.compile(
    rf"[ \u3000\n*#]*(?P<list>各[{HAN}（）、，]{{2,300}}?)[ ]?(?=\n|《[^《》\n]{{2,80}}》已?经)"
)  # the colon forgotten
_LABELLED = regex.compile(  # of a draft's form, of orders and minutes
    r"主送(?:机关|单位)?：[ \n]*(?P<list>[^\n：]{2,300}?)[ 。]*(?=\n|抄[送报发]|标题|题目|印发|\Z)"
)
_OPENS_BODY = regex.compile(
    rf"(?!{SPARED})"
    rf"(?:{either(words('opens_body'))})"
)
_NOT_NAMES = regex.compile(
    r"如下|以下|索引号|效力状态|发布(?:日期|时间)|通知|事项|联系(?!单位)|关系|体系(?!建设|领导|工作|办)|电话|关于|印发|要求|方案|任务"
    r"|的(?:函|报告|请示|意见|公告|通告|通报|批复|决定)|进行$|执行|实行|举行|施行|推行|时间|步骤|阶段"
    r"|工作(?!局|部|委|组|办|处|室|站|单位|机构|领导|专班|人员|协|各|有关部门|相关部门)"
)
_NUMBERED = regex.compile(rf"(?:^|\n)[ ]*(?:{NUMBERED})|（[一二三四五六七八九十]{{1,2}}）")
_UNCLOSED = regex.compile(r"[^（]{4,}（(?!责任|牵头|配合|负责|主办|完成)[\p{Han}]{2,8}")  # 区政府各部门（单位
_PLACE = regex.compile(r"(?r)(?:省|自治区|直辖市|单列市|[市县州]|新区|示范区|开发区|园区|高新区|经开区)")
_OF_PLACES = regex.compile(
    r"(?!各|[省市县区]直|[省市县区]级|本|有关|相关).+(?:[厅局委]|管委会|委员会|人民政府)"
    r"(?:[\p{Han}]{0,30}办公室)?(?:（[^（）]*）)?"
)
_OF_PLACE = regex.compile(r"[\p{Han}]{2,10}[市县区][\p{Han}]{1,12}[厅局]")
_SISTER = regex.compile(
    r"[\p{Han}]{2,4}(?P<rank>校区|园区|[区镇乡])(?:、[\p{Han}]{2,4}(?P=rank))*"
)  # 五华区、盘龙区人民政府
_SISTERS = regex.compile(
    r"(?:[\p{Han}]{2,4}[区镇乡]、)*[\p{Han}]{2,4}(?P<rank>校区|园区|[区镇乡])(?:人民政府|管委会|管理委员会|管理办公室|党委|办事处)"
)
_RANKS = tuple(
    map(regex.compile, ("[乡镇]", "[县区旗]", "[市州盟地]", "省|自治区|直辖市|单列市"))
)  # from below
_STEP = (
    r"(?:省?直管[市县]|自治区|直辖市|自治州|地级以上市|设区的?市|县级市|地级市|地(?=（)|计划单列市|省辖市|扩权县|地区"
    r"|[市县区州盟旗乡镇省]{1,3})(?:（[^（）]*）)?"
)
_STEPS = regex.compile(rf"(?:全国)?(?:各|有关|各有关|各相关)(?P<last>{_STEP})(?:、(?P<last>{_STEP}))*")
_NEXT_STEP = regex.compile(
    rf"(?P<step>{_STEP})(?!直|属|级|(?:人民)?(?:政府|委|府)[^、]{{0,10}}(?:各|有关|部门|机关|直属|机构))(?P<rest>[^、]*)"
)
_WHOLE = regex.compile(
    "妇联|科协|残联|文联|侨联|党校|法院|政协|[小中]学|[初高]中|中心|学校|高校|企业|医院|(?:中央|[省市县区州旗镇乡])[属直管]"
)  # short, but whole
_BELONGING = regex.compile("(?:驻[省市县区镇]?)?(?:中央|[省市县区州旗镇乡])(?:属|直|管)?")
_LEVEL = regex.compile(
    "(?:自治)?[市县区州盟旗乡镇](?:人民政府|政府|党委|委|[\\p{Han}]{2,5}局)"
)  # 各辖市、区人民政府
_GENERAL = {
    "直属机构",
    "直属单位",
    "企事业单位",
    "事业单位",
    "派出机构",
    "直属企业",
    "下属单位",
    "办事处",
    "管委会",
}
_LEANING = {"人民政府", "政府", "党委", "党组", "有关单位", "有关部门", "相关单位", "单位", "部门"}
_PARTY = regex.compile(rf"[{HAN}]{{0,3}}[省市县区州旗盟镇乡]委|[{HAN}]{{0,6}}党(?:委|工委|组)")
_STATE = regex.compile(r"[省市县区州旗盟镇乡]?(?:人民)?政府(?:各|有关|相关|直属|所属|机关)")
_OFFICE = regex.compile(r"[\p{Han}]{2,4}部门")  # 财务、人事部门
_OFFICES = regex.compile("各[部委办局厅](?:、[部委办局厅])+$")  # 市政府各委、局 | 及各直属单位
_UNITS = regex.compile("单位(?:机关)?(?:党组|党委|党组织|人事|办公室)")  # 省有关部门、单位党组（党委）
_PLACES = regex.compile(  # 国网云川、临河、青原 | 西藏电力; 国网华东 | 东北分部
    rf"(?:(?:国网|南网)[{HAN}]{{2,3}}|[{HAN}]{{2}})(?:、[{HAN}]{{2,3}})+|国网(?:华[北东中]|[东西][北南])"
)
_BRACKET = regex.compile(r"（[^（）]*）")
_MARK = regex.compile("[，；、]")
_ROWS = tuple(name for name in words("portal", "issuer") if name[0] in "发颁印")  # 渔业 发布机构：
_NAMED = (*RECIPIENT_ENDS, *AMONG_RECIPIENTS)
_GOES_ON = regex.compile(rf"(?![及和与并各、]|以及)[{HAN}]{{2,30}}")
_OTHER = regex.compile(rf"（[^（）]*）|(?:以及|[及和与并])?(?P<name>[{HAN}0-9A-Za-z“”·]{{2,60}})")
_BREAK = regex.compile(r"\n(?=[各省市县区州盟旗有])")


def recipients_at(text: Text, start: int, stop: int) -> tuple[tuple[Organ, ...], int] | None:
    """The addressees that stand at `start` and the offset behind their colon; None where no list stands there.

    >>> [one.name for one in recipients_at(Text.plain("各县（市）教育局，局属各学校：为"), 0, 99)[0]]
    ['各县（市）教育局', '局属各学校']
    """
    tries = (pattern.match(text.chars, start, stop) for pattern in (_LIST, _BARE))
    match = next((match for match in tries if match and _is_list(match["list"])), None)
    if match is None:
        return None
    return _read(text, match), match.end()


def sent_to(text: Text) -> tuple[Organ, ...]:
    """The addressees that a row names, above the title or at the end: 主送：各市人民政府.

    >>> [one.name for one in sent_to(Text.plain("主送：各市教育局\\n关于放假的通知"))]
    ['各市教育局']
    """
    match = _LABELLED.search(text.chars)
    return _read(text, match) if match and _is_list(match["list"]) else ()


def _read(text: Text, match: regex.Match[str]) -> tuple[Organ, ...]:
    lines = _BREAK.sub("，", match["list"])  # one for one, so that offsets stay
    whole = text[match.start("list") : match.end("list")]
    return tuple(_joined(list(_named(whole, lines)), text))


def _named(text: Text, lines: str) -> Iterator[Organ]:
    """The names of the list, whole, and who no department is: 学生组织, 各位老师, 管理人员."""
    done = 0
    for name in departments.split(lines, 0, len(lines)).names:
        yield from _others(text, lines, done, name.start)
        more = _GOES_ON.match(lines, name.stop)
        done = more.end() if more else name.stop
        yield Organ(text[name.start : done], name.name + lines[name.stop : done], name.collective)
    yield from _others(text, lines, done, len(lines))


def _others(text: Text, lines: str, start: int, stop: int) -> Iterator[Organ]:
    """Addressees that are no departments."""
    for match in _OTHER.finditer(lines, start, stop):
        if match["name"]:
            yield Organ(text[slice(*match.span("name"))], match["name"])


def _joined(found: list[Organ], text: Text) -> list[Organ]:
    """An addressee is whole: 有关部门、单位, 县委和人民政府, 教育厅（教委）."""
    done: list[Organ] = []
    for organ in found:
        done.append(organ)
        while len(done) > 1 and _is_one(text, *done[-2:]):
            last, leaning = done[-2:]
            whole = text[last.text.at - text.at : leaning.text.end - text.at]
            done[-2:] = [Organ(whole, whole.chars, last.collective)]
    return done


def _is_one(text: Text, last: Organ, organ: Organ) -> bool:
    gap = text.chars[last.text.end - text.at : organ.text.at - text.at]
    return _goes_on(last.text.chars, gap, organ.text.chars) or _shares(last.text.chars, gap, organ.text.chars)


def _goes_on(last: str, gap: str, name: str) -> bool:
    """Does the name lean on the one before it, with this between them?"""
    return (
        not gap.strip()
        or (gap == "、" and len(_BRACKET.sub("", name)) < 3 and not _is_whole(last, name))
        or (gap in {"和", "及", "与"} and name in _LEANING)
        or (gap == "、" and name in _GENERAL)
        or (gap == "、" and last.endswith("部门") and _UNITS.match(name) is not None)
        or (gap in {"及", "和", "与"} and name[1:] in _GENERAL and bool(_OFFICES.search(last)))
        or (gap in {"、", "和", "及", "与"} and bool(_PARTY.fullmatch(last) and _STATE.match(name)))
        or (gap == "、" and bool(_PLACES.fullmatch(last)) and not last.endswith(ORGAN_ENDS) and len(name) < 7)
        or (gap == "、" and not _BRACKET.sub("", last).endswith(_NAMED) and bool(_OFFICE.fullmatch(name)))
    )


def _is_whole(last: str, name: str) -> bool:
    """Is a name of two characters a unit of its own: 科协; 教体局、团委, but not 各单位工会、团委?"""
    return _WHOLE.fullmatch(name) is not None or (
        name in {"团委", "工会"} and last.endswith(("局", "厅", "部", "办"))
    )


def _shares(last: str, gap: str, name: str) -> bool:
    """Do the names before share the organ that this one names: 天津市、上海市交通运输局; 区属、驻区各单位?"""
    if _BELONGING.fullmatch(last) and len(last) > 1:
        return gap in {"、", "和", "及"} and name.startswith(("驻", "省", "市", "县", "区"))
    if gap in {"、", "和", "及", "与"} and _is_sister(last, name):
        return True
    if gap in {"和", "及", "与"} and "、" in last and _STEPS.fullmatch(last) and _OF_PLACE.fullmatch(name):
        return True
    if gap != "、":
        return False
    whole = last.startswith("各") and "、" not in last and not _LEVEL.match(name)  # 各县区、高新区管委会
    return _is_next_step(last, name) or (
        not whole and bool(_PLACE.match(last) and _OF_PLACES.fullmatch(name))
    )


def _is_next_step(last: str, name: str) -> bool:
    """Do levels share an organ whatever it is: 各省、自治区｜直辖市文联? The next is no higher than the last."""
    above, below = _STEPS.fullmatch(last), _NEXT_STEP.match(name)
    if above is None or below is None:
        return False
    return _rank(below["step"]) <= _rank(above["last"])


def _rank(step: str) -> int:
    """How high a level stands: 县（市、区） above 乡镇, 直辖市 beside 省."""
    bare = _BRACKET.sub("", step)
    return max((rank for rank, level in enumerate(_RANKS) if level.search(bare)), default=0)


def _is_sister(last: str, name: str) -> bool:
    """五华区、盘龙区人民政府: places of one rank, the last with the organ of all."""
    match = _SISTER.fullmatch(last)
    ended = _SISTERS.match(name)
    return bool(match and ended and match["rank"] == ended["rank"] and not last.startswith("各"))


def _is_list(chars: str) -> bool:
    """Does this read as names? The last must end like one, and no word of a sentence may stand among them."""
    bare = _BRACKET.sub("", chars).strip(" \u3000\n、，；").replace("\n", "")
    names = [name.strip() for name in _MARK.split(bare)]
    return (
        (
            names[-1].endswith(RECIPIENT_ENDS)
            or (bare[0] in "各全" and names[-1].endswith(AMONG_RECIPIENTS))
            or (len(names) > 1 and BRANCH.fullmatch(names[-1]) is not None)
        )
        and not _OPENS_BODY.match(bare)
        and not _NUMBERED.search(chars)
        and bare not in NOT_RECIPIENTS
        and not names[-1].endswith(_ROWS)
        and _is_closed(bare)
        and not _NOT_NAMES.search(bare)
        and all(len(name) <= 60 for name in names)
    )


def _is_closed(bare: str) -> bool:
    """Do the brackets close? In the last name one may have been lost: 区政府各部门（单位."""
    return bare.count("（") <= bare.count("）") or _UNCLOSED.fullmatch(bare) is not None
