"""Is this string the name of a department? Endings, the words at its front and clause words decide."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache

import regex

from parsers.departments.shape import LEVEL, shape
from parsers.departments.terms import BRACKET, HAN, Guarded, by_first, by_last, vetoes, words
from parsers.vocab import either


class Grade(IntEnum):
    """How surely a string is a department: `LOOSE` ones only beside others, 重点企业."""

    NO = 0
    LOOSE = 1
    SURE = 2


MAX_NAME = 45  # characters without brackets
MAX_SUBJECT = 60
MAX_OFFICE = 8  # characters of an inner office named by a verb: 督查考核办
_OFFICES = frozenset("办局处科室院部站所委厅组队股")
ENDINGS, FIXED = words("ending"), frozenset(words("fixed"))
LAST = "".join(sorted({ending[-1] for ending in ENDINGS}))
_LOOSE = words("loose", "place")
_ENDING_AT, _LOOSE_AT, _UNLESS_AT = by_last(ENDINGS), by_last(_LOOSE), by_last(vetoes("ending", "loose"))
_GENERIC, _BARE = frozenset(words("generic")), frozenset(_LOOSE + ENDINGS)
_NO_PLACE = frozenset(vetoes("place"))
_ROLES, _TITLES = either(words("role")), words("title")
_TITLES_AT = by_last(_TITLES)
_FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_SURNAMES = frozenset(_FAMILY)
_UNITS = frozenset("站所局办处院厅")  # 林站, 高办: no person is called so

# Words of a clause: a name with one of them inside has been cut in the wrong place.
_VERBS = by_first(words("verb"))
_PREDICATES = by_first(words("predicate", "role", "adverb"))
_CLAUSE = Guarded("clause")
# A glance at the characters spares most names the patterns.
_CLAUSE_CHARS = frozenset("《》。：；！？…%￥负牵0123456789" + "".join(word[0] for word in words("clause")))
_OPENS = frozenset("0123456789（：“《")
_PREDICATE_CHARS = frozenset(_PREDICATES) | _CLAUSE_CHARS | _OPENS
_MARK = regex.compile("[《》。：；！？…%￥]|负责|牵头(?!部门|单位|责任|科室|处室|区县)|[0-9][年月日]")
# A verb that belongs to a name: 组织部, 推进办, 推进职能转变领导小组.
_IN_NAME = regex.compile(
    r"""
    (?<=会办)(?:公|事) | (?<=联合)[会社体国] | (?<=(?:安|绿|编|消|规|组|管|筹|居|村|常|党|减灾|妇儿工)委会办|爱卫会办) |
    部|处|科|院|庭|学|生|集团|公司|银行|委|办(?!理)|中心|组(?!织)|站|局|厅|室|队|所|单位|部门|司|员|体|机构|人|关系|条件
  | (?<!组成|成立|组建|派出)(?: [^、，；。]{0,6}[组队]$ | [^、，；。]{0,10}
      (?:领导小组|工作组|指挥部|专班|办公室|委员会|中心|服务局|管理局|办公厅|促进会|协会|基金会)(?!会|成员) )
    """,
    regex.VERBOSE,
)
_TITLED = frozenset("长任记理席员志导人授师监")
_BARE_PERSON = regex.compile(rf"[{_FAMILY}]\x20{{0,2}}{HAN}{{1,2}}")
_SHORT = regex.compile(rf"各. | (?:{LEVEL})[局委厅办院部联]", regex.VERBOSE)
_MANY = regex.compile(
    rf"""
    各(?!自(?!治)) | 有关 | 相关 | 其他 | 其它 | 所有 | 全体 | 成员(?:单位|部门) | (?<!直)所属 | 下属 | 基层(?!工作|建设) | 属地
  | 试点(?:地区|城市) | (?:{LEVEL}|中央|国家|省部)直(?!属|机关|管)[^（）]{{0,6}}(?:单位|部门|机构)$
    """,
    regex.VERBOSE,
)
_MANY_CHARS = frozenset("各有相其所全员下基属点直")
_PLURAL = words("plural")
_PLACED = regex.compile(
    rf"""
    ^(?: 各 | 有关 | 相关 | 其他 | 其它 | 所有 | 全体 | 本 | 试点 | {HAN}{{0,3}}(?:{LEVEL})(?:级|直|属)?
       | 中央 | 全国 | 国家 | 国有 | 国营 | 属地 | 基层 | 驻 | 所属 | 直属 | 下属 )
    """,
    regex.VERBOSE,
)
_GRID = regex.compile(rf"国网{HAN}{{2,4}}电力")  # a company: 国网江东电力
_INSIDE = regex.compile("(?<=[^中驻])国网")  # begins a name, never stands in one: 联系人国网社保中心
_ROOMS = ("和办公室", "与办公室", "及办公室")
_NOUNS = ("单位", "部门")
_ROLE_NAME = regex.compile(rf"(?:主要)?(?:责任|{_ROLES})(?:单位|部门)")
_TASKED = regex.compile(rf"(?:{either(words('task'))})(?:主体)?(?:单位|部门|机构)$")
_CLUES = (_PLACED, _MANY, _TASKED)
_INNER = regex.compile(BRACKET)
_SQUARE = regex.compile(r"(?<=\p{Han})(?:\[[^\[\]]{1,20}\]|〔[^〔〕]{1,20}〕)")


_KEEPERS = {  # what is a unit, or what an office is for
    "实验室": regex.compile(rf"{HAN}{{2,6}}(?:管理|建设|服务)(?:处|部|科|办公室|办|中心)"),
    "组织": regex.compile(rf"{HAN}{{2,6}}[部处科]"),
}
_DOUBLE = regex.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,10})与(?![省市县区州各有相本])[\u4e00-\u9fff]{1,10}[处科室部所院心]"
)


def bare(name: str) -> str:
    """A name without brackets and quotes: 各县（市、区）教育局 is 各县教育局, 村“两委” is 村两委."""
    core = _INNER.sub("", name) if "（" in name else name
    core = _SQUARE.sub("", core) if core[-1:] in "]〕" else core
    return core.replace("“", "").replace("”", "").strip()


@lru_cache(maxsize=1 << 15)
def grade(name: str) -> Grade:
    """Whether a string is one department name.

    >>> grade("县财政局"), grade("重点企业"), grade("全部")
    (<Grade.SURE: 2>, <Grade.LOOSE: 1>, <Grade.NO: 0>)
    """
    core = bare(name)
    if core in FIXED or name in FIXED:
        return Grade.SURE
    if "与" in core and is_double(core):
        core = core.replace("与", "")
    if not 2 <= len(core) <= MAX_NAME or core.startswith(_VERBS.get(core[0], ())) or _has_clause(core):
        return Grade.NO
    if core in _BARE or (core.endswith(_NOUNS) and _ROLE_NAME.fullmatch(core)):
        return Grade.LOOSE
    form = shape(core)
    if form is not None:
        sentence = len(form.level) > 2 and _begins_sentence(core)
        return Grade.SURE if form.ended and not sentence else Grade.NO
    return _by_ending(core)


def _has_clause(core: str) -> bool:
    return not _CLAUSE_CHARS.isdisjoint(core) and (_MARK.search(core) is not None or _CLAUSE.found(core))


def is_double(core: str) -> bool:
    """招生与就业处, 实验室与设备管理处: two fields of one office, not 加强与市财政局.

    >>> is_double("招生与就业处"), is_double("教务处与学生处")
    (True, False)
    """
    match = _DOUBLE.fullmatch(core)
    keeper = _KEEPERS.get(match["one"]) if match else None
    if match is None or keeper is None:
        return match is not None and not grade(match["one"])
    return keeper.fullmatch(core, match.end("one") + 1) is not None


def _by_ending(core: str) -> Grade:
    last = core[-1]
    if core.endswith(_UNLESS_AT.get(last, ())) or core in _NO_PLACE or is_titled(core):
        return Grade.NO
    if _begins_sentence(core) or subject_end(core) or _is_room(core) or _INSIDE.search(core):
        return Grade.NO
    if core.endswith(_ENDING_AT.get(last, ())):
        return Grade.SURE if len(core) > 2 or _SHORT.fullmatch(core) else Grade.NO
    if _GRID.fullmatch(core):
        return Grade.SURE
    if not core.endswith(_LOOSE_AT.get(last, ())):
        return Grade.NO
    return Grade.SURE if any(clue.search(core) for clue in _CLUES) else Grade.LOOSE


def _is_room(core: str) -> bool:
    """打扫会议大厅和办公室: an office that stands beside what is no name is a place."""
    return core.endswith(_ROOMS) and not grade(core[:-4])


def _begins_sentence(core: str) -> bool:
    """Whether a verb stands in front: 研究讨论联席会议, 研究市教育局; but 督查考核办 is a name."""
    front = _predicate_end(core, 0) if core[0] in _PREDICATES else 0
    if not front:
        return False
    rest = shape(core[front:])
    return len(core) > MAX_OFFICE or core[-1] not in _OFFICES or (rest is not None and bool(rest.level))


def subject_end(text: str) -> int:
    """Where the department at the front of a clause ends and its predicate begins; 0 when nothing says so.

    >>> subject_end("市教育局组织各县学校"), subject_end("县委组织部")
    (4, 0)
    """
    whole = text[:MAX_SUBJECT]
    if _PREDICATE_CHARS.isdisjoint(whole):
        return 0
    if "（" in whole:
        whole = _INNER.sub(lambda bracket: "□" * len(bracket.group()), whole)
    return next((at for at in _predicates(whole) if grade(text[:at])), 0)


def _predicates(text: str) -> Iterator[int]:
    """Where the words begin with which a sentence goes on behind its subject: 市教育局｜组织各县学校."""
    done = 2
    for at, char in enumerate(text):
        if at >= done and char in _PREDICATE_CHARS and (end := _predicate_end(text, at)):
            yield at
            done = end


def _predicate_end(text: str, at: int) -> int:
    """Where the word of a sentence ends that stands at a place; 0 where none does."""
    for word in _PREDICATES.get(text[at], ()):
        end = at + len(word)
        if text.startswith(word, at) and not _IN_NAME.match(text, end):
            return end
    return at + 1 if text[at] in _OPENS else _CLAUSE.end(text, at)


def is_generic(name: str) -> bool:
    """A head noun with nothing before it: 部门, 单位; it needs its neighbour to mean somebody."""
    return name in _GENERIC


@lru_cache(maxsize=1 << 12)
def is_collective(name: str) -> bool:
    """Whether a name means many: 各有关部门, 市直各单位, 各市（州）总工会."""
    return name.endswith(_PLURAL) or (not _MANY_CHARS.isdisjoint(name) and _MANY.search(name) is not None)


def is_titled(name: str) -> bool:
    """Whether a string names a person by office: 张某副市长, 分管领导."""
    if name.endswith(_TITLES_AT.get(name[-1:], ())):
        return True
    named = not _SURNAMES.isdisjoint(name[-5:]) and not _TITLED.isdisjoint(name)
    return named and _named().search(name) is not None


@cache
def _named() -> regex.Pattern[str]:
    """局长王某"""
    return regex.compile(rf"(?:{either(_TITLES)})\x20?[{_FAMILY}]\x20?{HAN}?[^部处局办科室院会委厅组中]$")


def may_be_person(name: str) -> bool:
    """Whether a string has the shape of a personal name; only a list without departments is one of persons."""
    return name[:1] in _SURNAMES and name[-1] not in _UNITS and _BARE_PERSON.fullmatch(name) is not None
