"""Where a list is cut: at 、，；, but not inside brackets and not in 各市、州、县人民政府."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from parsers.departments.terms import BRACKET

_STEP = (
    "设区的?市|省辖市|直管市|县级市|地级市|计划单列市|副省级城市|自治区|自治州|自治县|自治旗|直辖市|省?直管县|兵团|苏木"
    "|市州(?=[、，]县)|州市(?=[、，]县)|省|市|州|盟|地区|县|区|旗|镇|乡"
)
_KIND = "部|委|办|局|厅|署|室|院|系|处|科|所|站|馆|场|队|司"
_TEXT = r"[^、，,；;：。\n（）]"
_HEAD = "人民政府|政府|党委|总工会|妇联|团委"
_GOVERNMENT = "政府|管委会|行署|办事处"
_BODIES = (
    "直|属|级(?:各|有关|相关|部门|单位|机关)"  # 各县（市、区）、市直有关单位: the second is a list of its own
)
_NOTE = r"（[^（）]{0,8}(?:牵头|配合|负责|参与|协助|责任|主办|协办)[^（）]{0,4}）"
_ALSO = rf"(?!{_NOTE})（[^（）\n]{{1,16}}）"  # （管委会）
# Levels or kinds that share one head noun: 各市、州、县人民政府; 区政府各委、办、局; 省委、省政府.
_KEPT = rf"""
    (?: (?:有关|相关|本)?(?:{_STEP})(?:{BRACKET})?(?:[、，]各?(?:{_STEP})(?:{BRACKET})?(?!{_BODIES}))+
      | (?:全国|沿海)?各(?:{_STEP})(?:{BRACKET})?(?:[、，]各?(?:{_STEP})(?:{BRACKET})?(?!{_BODIES}))+ )
        (?:[及和](?:新疆生产建设兵团|计划单列市))?
        (?:党委、)?(?:(?:{_HEAD}|{_TEXT}{{0,16}}(?:局|厅|委|办|部门|单位|政府|会|院|公司))(?:{_ALSO})?|(?=[、，,；;和及]|$))
  | 中央(?:[、和及](?:自治区|省|市|州|区)){{1,3}}{_TEXT}{{0,4}}驻{_TEXT}{{1,12}}(?:单位|部门|机构|企业|部队|院校)
  | {_TEXT}{{0,8}}各(?:{_KIND}){{1,3}}(?:、(?:{_KIND}){{1,2}})+级?(?:单位|部门)?(?=[、，,；;和及]|$)
  | {_TEXT}{{0,8}}(?:各|有关|相关)(?:部委|部门|厅委|厅局|委办局)办?
        、(?:各|有关|相关)?直属(?:事业)?(?:机构|单位|部门|機構)
  | 各?(?P<level>{_TEXT}{{0,9}}(?:{BRACKET})?)(?:党委|党工委|工委|委)
        、各?(?:(?P=level))?(?:人民)?(?:{_GOVERNMENT})(?:(?:有关|相关)部门|办公[厅室]|督查室|目督办)?
        (?!{_TEXT}{{0,8}}[局厅委办室心部院])
"""
_PIECE = rf"(?:[^、，,；;|（）]++|{BRACKET}|[（）])++"
_MARKS = frozenset("、，,；;|")
_PLAIN = regex.compile(_PIECE)
_UNBRACKETED = regex.compile("[^、，,；;|]++")
# Something of every enumeration; most lists have nothing of the kind and are cut at a glance.
_STEPS = regex.compile(
    rf"[省市州盟区县旗镇乡木团央）][、，](?=各?(?:{_STEP}))|委[、，](?={_TEXT}{{0,14}}(?:{_GOVERNMENT}))"
)
_KINDS = regex.compile(rf"各(?:{_KIND}){{1,3}}[、，]")


@cache
def _whole() -> regex.Pattern[str]:
    return regex.compile(
        rf"""
        (?:(?:具体|统一|并)?(?:由|请|责成|督促|指导|会同|以及|及|和))?(?P<kept>{_KEPT})(?:{_NOTE})? | {_PIECE}
        """,
        regex.VERBOSE,
    )


def _may_enumerate(text: str) -> bool:
    if _STEPS.search(text) or "直属" in text:
        return True
    return "各" in text and _KINDS.search(text) is not None


@lru_cache(maxsize=1 << 12)
def spans(text: str) -> tuple[tuple[int, int, bool], ...]:
    """The pieces of a list, in order: start, stop, and whether the piece is an enumeration that stays whole.

    >>> [text[a:b] for text in ["各市、州、县人民政府，省教育厅"] for a, b, _ in spans(text)]
    ['各市、州、县人民政府', '省教育厅']
    """
    if _MARKS.isdisjoint(text):
        return ((0, len(text), False),)
    if not _may_enumerate(text):
        plain = _PLAIN if "（" in text else _UNBRACKETED
        return tuple((*match.span(), False) for match in plain.finditer(text))
    return tuple(
        (*match.span("kept" if match["kept"] is not None else 0), match["kept"] is not None)
        for match in _whole().finditer(text)
    )
