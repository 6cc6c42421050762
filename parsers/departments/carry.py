"""What a list leaves out: 县畜牧兽医局、环保局 means 县环保局; 县人社、财政部门 means 县人社部门."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

from parsers.departments.shape import Shape, shape
from parsers.departments.terms import HAN
from parsers.departments.vocabulary import bare, grade

_SUFFIX = regex.compile(
    rf"""
    (?<={HAN}) (?:
        (?:街道|社区|镇|乡|村|县|市|区|旗|州|省)
            (?:人民政府|政府|党委|党工委|办事处|村委会|居委会|党支部|工会|总工会)?
      | (?:{HAN}{{0,2}}?供电|电力|分)?公司 | 海关 | 大学 | 学院 | 医院 | 卫生院 | 支行 | 分行
      | 银保监局 | 证监局 | 监管局 | 分局 | 派出所
    )$
    """,
    regex.VERBOSE,
)
_GOVERNED = regex.compile(
    "(?P<unit>街道|镇|乡|县|市|区|旗|州)(?P<rest>人民政府|政府|党委|党工委|办事处|综合执法队)$"
)
_PLACE = regex.compile(rf"(?![各市县省区]){HAN}{{2,4}}")


def complete(names: Sequence[str]) -> list[str]:
    """The names of a list with what the names beside them carry over.

    >>> complete(["县畜牧兽医局", "环保局"]), complete(["县人社", "财政部门"])
    (['县畜牧兽医局', '县环保局'], ['县人社部门', '县财政部门'])
    """
    return _from_before(_from_behind(names)) if len(names) > 1 else list(names)


def _from_behind(names: Sequence[str]) -> list[str]:
    """东岭、西安、中华镇人民政府: the last name ends for all."""
    done = list(names)
    lender = ""
    for i in range(len(done) - 1, -1, -1):
        name = done[i]
        if rest := _rest(name, lender):
            done[i] = name + rest
            continue
        if grade(name) and not _is_work(name):
            lender = name
            continue
        end, fits = _ending(lender) if lender else ("", _is_place)
        if end and fits(name):
            done[i] = name + end
        else:
            lender = ""
    return done


def _rest(name: str, lender: str) -> str:
    """柳湾镇、河口镇人民政府: what the last name says of a place of the same rank."""
    whole = _GOVERNED.search(lender)
    ranks = ("镇", "乡") if whole and whole["unit"] in "镇乡" else (whole["unit"],) if whole else ()
    return whole["rest"] if whole and name.endswith(ranks) and _PLACE.fullmatch(name) else ""


def _is_work(name: str) -> bool:
    """Whether a string is a field of work with or without its level, and no more: 人社, 县人社."""
    form = shape(name)
    return form is not None and not form.ended


def _is_levelled_work(name: str) -> bool:
    form = shape(name)
    return form is not None and not form.end and bool(form.level)


def _is_place(name: str) -> bool:
    return _PLACE.fullmatch(name) is not None and shape(name) is None


@lru_cache(maxsize=1 << 13)
def _ending(name: str) -> tuple[str, Callable[[str], bool]]:
    """The end that a name lends to those before it, and which of them may take it.

    财政局 lends 局 to 人社 and 县人社; 县财政局 to 县人社 only; 中华镇人民政府 lends 镇人民政府 to places.
    """
    form = shape(name)
    if form and form.end:
        return form.end, _is_levelled_work if form.level else _is_work
    suffix = _SUFFIX.search(name) if not name.startswith("各") else None  # 资金保障，各乡镇: two clauses
    return suffix.group() if suffix else "", _is_place


def _from_before(names: Sequence[str]) -> list[str]:
    """县畜牧兽医局、环保局: the first name begins for all."""
    done: list[str] = []
    level = house = ""
    for name in names:
        form = shape(bare(name))
        if form and (form.level or form.house):
            level, house = form.level, form.house
            done.append(name)
        else:
            done.append(_prefixed(name, form, level, house))
    return done


def _prefixed(name: str, form: Shape | None, level: str, house: str) -> str:
    if house:
        inner = shape(house + bare(name))
        return house + name if inner and inner.house == house else name
    if not level or form is None:
        return name
    return f"{level}委{name}" if form.party and level != "各级" else level + name
