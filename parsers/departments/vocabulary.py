"""Is this string the name of a department? Endings, words at the front and clause words decide; no segmentation."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

import regex

from parsers.departments.shape import LEVEL, shape
from parsers.departments.terms import vetoes, words
from parsers.vocab import either

HAN = r"\p{Han}"
BRACKET = r"（[^（）]{0,80}(?:（[^（）]{0,40}）[^（）]{0,60}){0,4}）"


class Grade(IntEnum):
    """How surely a string is a department: `LOOSE` ones only beside others, 重点企业."""

    NO = 0
    LOOSE = 1
    SURE = 2


ENDINGS, FIXED = words("ending"), frozenset(words("fixed"))
_LOOSE = words("loose") + words("place")
_UNLESS, _NO_PLACE = vetoes("ending") + vetoes("loose"), frozenset(vetoes("place"))
_GENERIC, _BARE = frozenset(words("generic")), frozenset(_LOOSE + ENDINGS)
MAX_NAME = 45  # characters without brackets
MAX_SUBJECT = 60
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLES = either(words("title"))

# Words of a clause: whoever finds one inside a name has cut it in the wrong place.
_CLAUSE = regex.compile(
    rf"""
    ^(?:{either(words("verb"))})
  | 的(?!(?:有关|相关)?(?:单位|部门|企业|机构)$) | [了着被您吗们尤很这那哪均《》。：；！？…%￥]
  | 把 | 请 | 让 | 由 | 使(?!馆|领) | 将(?!军|乐) | 是(?!$) | 若 | 如(?!皋|东) | 且 | 已
  | (?<!所)在(?![京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新校汉榕厦杭])
  | 向(?!阳) | 为(?!民|农|老|侨) | 以(?!下|上) | 对(?!外|台|口|接|港) | 按(?!摩) | 从(?!化|江) | 并(?!购|网)
  | 其(?!他|它|余) | 不(?!动产) | 应(?!急|用|对|县|城|届) | 须 | 至(?!德) | 或 | 负责 | 牵头(?!部门|单位|责任|科室|处室|区县)
  | [0-9]{{1,4}}[年月日]
    """,
    regex.VERBOSE,
)
# Where a sentence goes on behind its subject: 市教育局｜组织各县学校. Not in 县委组织部, 市政府推进职能转变领导小组.
_PREDICATE = regex.compile(
    rf"""
    (?:{either(words("predicate"))}|{either(words("role"))}|{either(words("adverb"))})
        (?!部|处|科|委|办(?!理)|中心|组(?!织)|站|局|厅|室|队|所|单位|部门|司|员|体|机构|人|关系|条件
          |[^、，；。]{{0,10}}(?:领导小组(?!会|成员)|工作组|指挥部|专班|办公室|委员会|中心|服务局|管理局|办公厅)(?!会|成员))
  | 要(?!素|闻) | 须 | 需(?!求) | 应(?!急|用|对|县|城|届) | 可(?!再生|持续|克|视) | 将(?!军|乐) | 于(?!都|洪|田) | 按(?!摩) | 每
  | (?<!所)在(?![京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新校汉榕厦杭])
  | 对(?!外|台|口|接|港) | 向(?!阳) | 把 | 为(?!民|农|老|侨) | 不(?!动产) | 已 | 均 | 从(?!化|江) | 与 | 报(?!社|业|刊) | [0-9（：“《]
    """,
    regex.VERBOSE,
)
_PERSON = regex.compile(
    rf"""
    (?:副|正)?(?:{_TITLES})(?:（[^（）]*）)?$
  | (?:{_TITLES})\x20?[{_SURNAMES}]\x20?{HAN}{{0,1}}[^部处局办科室院会委厅组中]$
    """,
    regex.VERBOSE,
)
_BARE_PERSON = regex.compile(rf"[{_SURNAMES}]\x20{{0,2}}{HAN}{{1,2}}")
_SHORT = regex.compile(rf"(?:{LEVEL})[局委厅办院部联]|[{HAN}]{{1,8}}(?:总局|总署)")
_MANY = regex.compile(
    rf"""
    各(?!自) | 有关 | 相关 | 其他 | 其它 | 所有 | 全体 | 成员(?:单位|部门) | (?<!直)所属 | 下属 | 基层 | 属地 | 试点(?:地区|城市)
  | (?:{LEVEL}|中央|国家|省部)直(?!属|机关|管)[^（）]{{0,6}}(?:单位|部门|机构)$
    """,
    regex.VERBOSE,
)
_PLURAL = tuple(["单位", "企业", "地区", "高校", "院校", "院所", "运营商", "地方", "属地", "各地", "省份", "智库", "城市"])
_PLACED = regex.compile(
    rf"^(?:各|有关|相关|其他|其它|所有|全体|本|试点|{HAN}{{0,3}}(?:{LEVEL})(?:级|直|属)?|中央|全国|国家|国有|国营|省|属地|基层|驻|所属|直属|下属)"
)
_ROLE_NAME = regex.compile(rf"(?:主要)?(?:责任|{either(words('role'))})(?:单位|部门)")
_TASKED = regex.compile(rf"(?:{either(words('task'))})(?:主体)?(?:单位|部门|机构)$")
_CLUES = (_PLACED, _MANY, _TASKED)
_INNER = regex.compile(BRACKET)


def bare(name: str) -> str:
    """A name without what its brackets hold: 各县（市、区）教育局 is 各县教育局."""
    return _INNER.sub("", name).strip() if "（" in name else name.strip()


@lru_cache(maxsize=1 << 15)
def grade(name: str) -> Grade:
    """Whether a string is one department name.

    >>> grade("县财政局"), grade("重点企业"), grade("全部")
    (<Grade.SURE: 2>, <Grade.LOOSE: 1>, <Grade.NO: 0>)
    """
    core = bare(name)
    if core in FIXED:
        return Grade.SURE
    if not 2 <= len(core) <= MAX_NAME or _CLAUSE.search(core):
        return Grade.NO
    if core in _BARE or _ROLE_NAME.fullmatch(core):
        return Grade.LOOSE
    if _is_regular(core):
        return Grade.SURE
    if core.endswith(_UNLESS) or core in _NO_PLACE or _PERSON.search(core) or subject_end(core):
        return Grade.NO
    if core.endswith(ENDINGS):
        return Grade.SURE if len(core) > 2 or _SHORT.fullmatch(core) or core[0] == "各" else Grade.NO
    if not core.endswith(_LOOSE):
        return Grade.NO
    return Grade.SURE if any(clue.search(core) for clue in _CLUES) else Grade.LOOSE


def _is_regular(name: str) -> bool:
    form = shape(name)
    return form is not None and (form.party or bool(form.end) or bool(form.house))


def subject_end(text: str) -> int:
    """Where the department at the front of a clause ends and its predicate begins; 0 when nothing says so.

    >>> subject_end("市教育局组织各县学校"), subject_end("县委组织部")
    (4, 0)
    """
    whole = _INNER.sub(lambda bracket: "□" * len(bracket.group()), text[:MAX_SUBJECT])
    for predicate in _PREDICATE.finditer(whole, 2):
        if grade(text[: predicate.start()]):
            return predicate.start()
    return 0


@lru_cache(maxsize=1 << 12)
def is_generic(name: str) -> bool:
    """A head noun with nothing before it: 部门, 单位; it needs its neighbour to mean somebody."""
    return name in _GENERIC


@lru_cache(maxsize=1 << 12)
def is_collective(name: str) -> bool:
    """Whether a name means many: 各有关部门, 市直各单位, 各市（州）总工会."""
    return name.endswith(_PLURAL) or _MANY.search(name) is not None


def is_titled(name: str) -> bool:
    """Whether a string names a person by office: 张某副市长, 分管领导."""
    return _PERSON.search(name) is not None


def may_be_person(name: str) -> bool:
    """Whether a string has the shape of a bare personal name; only a list without any department is one of persons."""
    return _BARE_PERSON.fullmatch(name) is not None
