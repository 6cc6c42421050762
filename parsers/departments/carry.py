"""What a list leaves out: 县畜牧兽医局、环保局 means 县环保局; 县人社、财政部门 means 县人社部门."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from parsers.departments.vocabulary import BRACKET, HAN, LEVEL, ORGAN, UNIT, WORK, WORK_END, grade

# The organ of whose inner departments a list speaks: 省总宣教部、经济部.
_HOUSE = "省总|市总|县总|区总|州总|全总|国网|本部|总部|公司|集团|学校|校|局"
_INNER = rf"(?:{WORK}|机关|女职委|组织|纪检|人力资源){{1,3}}(?:部|办公室|室|处|中心|党委|纪委|办)|研究室|办公室|机关党委|综合部|组织部"

_FULL = regex.compile(
    rf"""
    (?P<level>各级|{HAN}{{0,7}}?(?:{LEVEL}|兵团|管委会|开发区|高新区|经开区|新区|园区))
    (?: (?P<party>委)?{ORGAN} | (?:人民政府|政府)?(?:{UNIT}|{WORK}) )(?:{BRACKET})?
  | (?P<house>{_HOUSE})(?:{_INNER})
    """,
    regex.VERBOSE,
)
_PLAIN = regex.compile(rf"(?:(?P<party>{ORGAN})|(?P<unit>{UNIT})|(?P<work>{WORK}))(?:{BRACKET})?")
_INSIDE = regex.compile(rf"(?:{_INNER})(?:{BRACKET})?")
_SUFFIX = regex.compile(
    rf"""
    (?<={HAN}) (?:
        (?:街道|社区|镇|乡|村|县|市|区|旗|州|省)(?:人民政府|政府|党委|党工委|办事处|村委会|居委会|党支部|工会|总工会)?
      | (?:{HAN}{{0,2}}?供电|电力|分)?公司 | 海关 | 大学 | 学院 | 医院 | 卫生院 | 支行 | 分行 | 银保监局 | 证监局 | 监管局 | 分局 | 派出所
    )$
    """,
    regex.VERBOSE,
)
_WORKING = regex.compile(rf"(?:各级|{HAN}{{0,7}}?(?:{LEVEL}))?{WORK}")
_PLACE = regex.compile(rf"(?!各){HAN}{{2,6}}")
_WORK_ENDS = frozenset(WORK_END.split("|"))
_BY_WORK = regex.compile(rf"^(?:{HAN}{{0,7}}?(?:{LEVEL}|各级))?{WORK}(?P<end>{WORK_END})$")


@lru_cache(maxsize=1 << 13)
def _full(name: str) -> tuple[str, bool] | None:
    """What precedes the department proper, and whether it is a house: 县, False; 省总, True."""
    match = _FULL.fullmatch(name)
    if match is None:
        return None
    return (match["house"], True) if match["house"] else (match["level"], False)


def is_levelled(name: str) -> bool:
    """Whether a name shows its level and its work, and so can be told from words around it: 县财政局."""
    return _full(name) is not None


def complete(names: Sequence[str]) -> list[str]:
    """The names of a list with what the names beside them carry over.

    >>> complete(["县畜牧兽医局", "环保局"]), complete(["县人社", "财政部门"])
    (['县畜牧兽医局', '县环保局'], ['县人社部门', '县财政部门'])
    """
    return _from_before(_from_behind(names))


def _from_behind(names: Sequence[str]) -> list[str]:
    """东岭、西安、中华镇人民政府: the last name ends for all."""
    done = list(names)
    end = ""
    for i in range(len(done) - 1, -1, -1):
        name = done[i]
        if grade(name):
            end = _ending(name)
        elif end and _carries(name, end):
            done[i] = name + end
        else:
            end = ""
    return done


def _carries(name: str, end: str) -> bool:
    """Whether an incomplete name may share an end: a field of work for 局 and 部门, else a place."""
    works = _WORKING.fullmatch(name) is not None
    return works if end in _WORK_ENDS else not works and _PLACE.fullmatch(name) is not None


@lru_cache(maxsize=1 << 13)
def _ending(name: str) -> str:
    work = _BY_WORK.match(name)
    if work:
        return work["end"]
    suffix = _SUFFIX.search(name)
    return suffix.group() if suffix else ""


def _from_before(names: Sequence[str]) -> list[str]:
    """县畜牧兽医局、环保局: the first name begins for all."""
    done: list[str] = []
    level = house = ""
    for name in names:
        full = _full(name)
        if full and full[1]:
            level, house = "", full[0]
        elif full:
            level, house = full[0], ""
        done.append(name if full else _prefixed(name, level, house))
    return done


def _prefixed(name: str, level: str, house: str) -> str:
    if house:
        return house + name if _INSIDE.fullmatch(name) else name
    plain = _PLAIN.fullmatch(name) if level else None
    if plain is None:
        return name
    return f"{level}委{name}" if plain["party"] and level != "各级" else level + name
