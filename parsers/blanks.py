"""Blanks inside lines: which of them mean nothing.

A blank between two Han characters of running text is what a wrap or a justified line left there. Between
names side by side, after 第一条, between the parts of a slogan and inside quotations it means something.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.openings import openings, parted
from schemas.text import Edit, Span

_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_CLOSE = frozenset("，。、；：！？）》〉〕】”’…·")
_OPEN = frozenset("（《〈〔【“‘")
_BETWEEN = regex.compile(rf"[{_HAN}] [{_HAN}]")
_BLANK = regex.compile(r"\x20+")
_SPREAD = regex.compile(rf"\n[ ]{{0,80}}(?P<word>(?:[{_HAN}][ ]{{1,10}}){{1,5}}[{_HAN}])[ ]*(?=\n|\Z)")
_QUOTED = [regex.compile(p) for p in (r"“[^”\n]{0,80}”", r"《[^》\n]{0,120}》", r'"[^"\n]{0,80}"')]
_LONE = regex.compile(rf"(?<![{_HAN}])[{_HAN}]+(?![{_HAN}])")
_TORN = regex.compile("(?<![0-9])(?:[12] [09][0-9]{2}|20 [0-9]{2}|20[0-9] [0-9])年")  # 2 021年
_ORGAN = "局委办部厅院会府司处社室行校科团队所站"
_BESIDE = regex.compile(
    rf"(?!会同|牵头|负责|配合|等|和|及|与|要|应(?![急消])|的|将|属|有|在|需|以|内|外)"
    rf"(?:[省市县区州盟旗各国]|[{_HAN}]{{1,3}}(?<!各)[省市县区州盟旗]|[{_HAN}]{{1,14}}(?<=[{_ORGAN}])(?![{_HAN}])"
    r"|(?:村|乡|镇|街道|社区|乡镇|镇街)(?=[（，、；。\n| ]))"
)
_ARTICLE = regex.compile(r"(?<=\n|^)第[一二三四五六七八九十百〇零0-9]{1,7}[条章节编]")
_INDENT = 4  # blanks behind a sentence that begin a paragraph, where the line ends are lost
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐"
)


def blanks(chars: str) -> Iterator[Edit]:
    """The edits that remove the blanks that mean nothing.

    >>> [edit[:2] for edit in blanks("做好专 题教育 6 月底前")]
    [(3, 4), (7, 8), (9, 10)]
    """
    if " " not in chars:
        return
    quotations = _quotations(chars)
    spread = {at - 1 for match in _SPREAD.finditer("\n" + chars) for at in range(*match.span("word"))}
    index = others = 0
    headed: list[tuple[Edit, int]] = []
    for match in _BLANK.finditer(chars):
        start, stop = match.span()
        if start in spread:
            yield start, stop, ""
            continue
        while index < len(quotations) and quotations[index][1] <= start:
            index += 1
        if not start or stop == len(chars):
            continue
        if index < len(quotations) and quotations[index][0] < start:
            if _goes_quoted(chars, start, stop, quotations[index]):
                yield start, stop, ""
            continue
        goes = _goes(chars, start, stop)
        sure = chars[stop] >= "\u3000" and chars[start - 1] > "》" and openings(chars, start, stop)
        if sure:
            headed.append(((start, stop, "" if goes else chars[start:stop]), sure))
        elif goes:
            others += _is_han(chars[start - 1]) and _is_han(chars[stop])
            indents = stop - start >= _INDENT and chars[start - 1] in "。！？；"
            yield start, stop, "\n" if indents else ""
    yield from parted(headed, others)


def _quotations(chars: str) -> list[Span]:
    """The outermost quotations and titles, in order."""
    found = sorted([match.span() for pattern in _QUOTED for match in pattern.finditer(chars)])
    outer: list[Span] = []
    for span in found:
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return outer


def _goes(chars: str, start: int, stop: int) -> bool:
    """Does this blank of running text mean nothing?"""
    before, after = chars[start - 1], chars[stop]
    if before in "\n|" or after in "\n|":
        return False
    if after in _CLOSE or before in _OPEN or before in _CLOSE:
        return True
    if stop - start > 1:
        return False
    if "0" <= before <= "9" and "0" <= after <= "9":
        torn = _TORN.search(chars, max(0, start - 4), stop + 4)
        return torn is not None and torn.start() < start < torn.end()
    if "0" <= before <= "9":
        return (_is_han(after) or after in _OPEN) and _is_figure(chars, start)
    words = _is_han(before) or before == '"'
    joined = _is_han(after) or after in '"“《（〔'
    return words and ("0" <= after <= "9" or (joined and not _is_meant(chars, start, stop)))


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char == "〇" or "\u3400" <= char <= "\u4dbf"


def _is_figure(chars: str, start: int) -> bool:
    """建党 100 周年, 6 月: the figure belongs to the words; a number that begins its line stands apart."""
    if chars[start + 1] in "年月日号":
        return True
    at = start
    while at > 0 and start - at < 8 and chars[at - 1] in "0123456789.":
        at -= 1
    if at > 1 and chars[at - 1] == " ":
        at -= 1
    return at > 0 and chars[at - 1] not in "\n \u3000"


def _is_meant(chars: str, start: int, stop: int) -> bool:
    """Names side by side, the words after 第一条, the parts of a slogan, persons in a list."""
    before = chars[start - 1]
    if before in _ORGAN and _BESIDE.match(chars, stop):
        return True
    if before in "条章节编" and _ARTICLE.search(chars, max(0, start - 12), start):
        return True
    right = _LONE.match(chars, stop, stop + 16)
    if right is None:
        return False
    size = len(right[0])
    if 4 <= size <= 14:  # 提高认识 加强领导: equally long, and alone
        return start >= size and _LONE.fullmatch(chars, start - size, start) is not None
    return size in (2, 3) and _is_person(chars, start) and right[0][0] in _SURNAMES


def _is_person(chars: str, stop: int) -> bool:
    """Two or three lone characters, the first a surname."""
    for size in (2, 3):
        if stop >= size and _LONE.fullmatch(chars, stop - size, stop):
            return chars[stop - size] in _SURNAMES
    return False


def _goes_quoted(chars: str, start: int, stop: int, quotation: Span) -> bool:
    """Blanks inside a quotation stay, unless the document writes the same words without them."""
    before, after = chars[start - 1], chars[stop]
    if before.isascii() and before.isalpha() and after.isascii():
        return False
    quoted = chars[quotation[0] : quotation[1]]
    if quoted[1:-1].replace(" ", "") in chars:
        return True
    return not (_is_han(before) and _is_han(after)) and not _BETWEEN.search(quoted)
