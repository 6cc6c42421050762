"""Headings that run into their words: where a heading ends in the middle of a line.

A file that lost its line ends keeps a blank between 一、指导思想 and the sentence below it, or nothing at all behind
（二）总结阶段（11月）. A blank inside a word (庆 祝建党) is no such place: what stands before it tells, or the document,
in which no other word is parted.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.vocab import either, terms
from schemas.text import Edit

_N = "一二三四五六七八九十"
_MARK = rf"""(?:[{_N}]{{1,3}}[、.]|（[ ]?[{_N}0-9]{{1,3}}[ ]?）、?|[①-⑳]|[0-9]{{1,2}}[.、](?![0-9])|第[{_N}]{{1,3}}(?:[章节]|部分)
    |[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}(?=[ ]))[ ]?"""
_WORDS = r"(?P<words>[^，。；：！？\n \u3000|（]{2,24}+(?:（[^（）\n|]{1,30}）)?)"
_HEADING = regex.compile(_MARK + _WORDS, regex.VERBOSE)
_NUMBER = regex.compile(_MARK, regex.VERBOSE)
_BEHIND = regex.compile(_MARK, regex.VERBOSE | regex.REVERSE)  # a mark that a blank parts from its words
_EDGE = regex.compile("[\n。；！：…”\u3000 ]", regex.REVERSE)
_PARTS = terms("headings")[0]  # 指导思想, 保障措施; not 加强组织领导
_KNOWN = regex.compile(
    rf"(?!{either(_PARTS.unless)})[^（）]{{0,12}}(?:{either(_PARTS.aliases)})(?:（[^（）]{{1,24}}）)?"
)
_NOUN = regex.compile(either(_PARTS.aliases))
_STAGED = regex.compile(r".{1,16}(?:阶段|环节|步)（[^（）\n]{1,30}）")
_STAGE = regex.compile(r"阶段（[^（）\n]{1,30}）(?=[\u4e00-\u9fff“])")
_ACTS = "(?:贯彻|落实|学习|执行|加强|推进|推动|做好|提高|规范|保障|保证|确保|维护|切实|进一步|有效)"
_MARKED = [  # behind a numbering mark; a pattern that begins with one character is scanned for fast
    regex.compile(end)
    for end in (rf"、(?<=[{_N}0-9]、)", rf"）(?<=（[{_N}]{{1,3}}）)", r"\.(?<=[0-9]\.)(?![0-9])")
]
_GLUED = regex.compile(  # 一、指导思想按照…; at a glance: no sign ends the heading soon
    rf"""[ ]?(?![\u4e00-\u9fff“”、]{{2,9}}+[。，；：（\n ])
    (?P<words>(?!{either(_PARTS.unless)}|[按以为]|根据|围绕|贯彻|对照|依据|结合|紧扣)[\u4e00-\u9fff“”、]{{0,10}}?(?:{either(_PARTS.aliases)})(?<!机构))
    (?=(?:按照|依据|根据|坚持(?!不)|坚决|认真|深入|全面(?=贯彻|落实)|为了?{_ACTS}|以[^，。；：\n]{{2,40}}为|通过|围绕|紧扣|立足|牢固树立|充分认识|切实
         |从[0-9]|自[0-9本]|到20[0-9]{{2}}年|20[0-9]{{2}}年|[0-9]{{1,2}}月|即日起|各[^，。；：\n]{{1,16}}(?:要|应|须|于|负责)|请(?![示假求])|由各?[^，。；：\n]{{2,16}}负责)
       [^。；\n]{{6}})""",
    regex.VERBOSE,
)
_WIDE = regex.compile("\u3000(?<=[\u4e00-\u9fff）]\u3000)(?=[\u4e00-\u9fff“《])")
_TIMED = (
    regex.compile(  # （二）中期检查（3月1日—5日）学院组织…: who acts, or what is done, begins the sentence
        r"""）(?<=[0-9年月日底前旬初起]）)
    (?=各(?![类种项])|由|请(?![示假求])|全[县市区省校院体](?!性)|组织|召开|开展|[\u4e00-\u9fff]{1,12}(?:[局委办部厅处室院校站所镇村]|中心|单位)(?:要|应|须|负责|组织|对|按|根据|开展|完成))
    (?<=（[0-9年月日至到底前中上下旬初起.、—~ -]{3,30}）)[^。；\n]{6}""",
        regex.VERBOSE,
    )
)
_OBJECT = regex.compile(  # 落实端午节（6月22日—24日）各景区值守: the bracket stands inside the sentence
    rf"(?:{either(_PARTS.unless)}|清理|整改|总结)(?!阶段|环节|步骤)|[^（]*[节年庆考季](?=（)"
)
_GOES_ON = frozenset("化性式型的地得和与及或至到等者为是由")  # 标准｜化建设, 总结阶段（11月）为…
_SENTENCE = regex.compile(
    r"第[一二三四五六]阶段|[\u4e00-\u9fff“《〈*][^。；：\n]{5,}?(?:[，。；：]|[^。；\n]{8})"
)
_LONGEST = 30  # characters of a heading, and of its bracket
_NEAR = 13  # characters behind a mark in which the noun of a known heading stands
_SURE, _PERHAPS = 2, 1
_LEAST = 2  # headings that show how a document is set


def openings(chars: str, start: int, stop: int) -> int:
    """Does the blank [start, stop) end a heading? 2: surely, 1: where the document parts no other word, 0: no.

    >>> [openings(words, 6, 7) for words in ("一、指导思想 牢记为民宗旨精神，坚持预防为主。", "一、庆祝建党 百年活动。")]
    [2, 0]
    """
    words = _heading(chars, start) if _SENTENCE.match(chars, stop) else ""
    if not words:
        return 0
    if _STAGED.fullmatch(words):
        return _SURE
    if chars[stop] in _GOES_ON:
        return _SURE if _KNOWN.fullmatch(words) and chars[stop] in "为由" else 0
    if _KNOWN.fullmatch(words):
        return _SURE
    return _PERHAPS if len(words) > 3 and not "0" <= chars[stop] <= "9" else 0


def _heading(chars: str, stop: int) -> str:
    """The words of the heading that ends at `stop`, behind its number; "" for none."""
    end = chars.rfind("（", max(0, stop - _LONGEST - 2), stop) if chars[stop - 1] == "）" else stop
    edge = _EDGE.search(chars, max(0, end - _LONGEST), end)
    start = edge.end() if edge else max(0, end - _LONGEST)
    found = _HEADING.fullmatch(chars, start, stop)
    if found is None and edge and edge[0] == " ":
        mark = _BEHIND.match(chars, max(0, start - 8), start)
        found = _HEADING.fullmatch(chars, mark.start(), stop) if mark else None
    if found is None and _NUMBER.match(
        chars, start, end
    ):  # 一、检查安排（一）中期检查: one heading glued to another
        *_, last = _NUMBER.finditer(chars, start, end)
        found = _HEADING.fullmatch(chars, last.start(), stop)
    return found["words"] if found else ""


def known(chars: str, stop: int) -> bool:
    """Does a numbered heading of known words end here?

    >>> known("三、报名时间　　3月5日", 6), known("三、青石码头　　36米", 6)
    (True, False)
    """
    words = _heading(chars, stop)
    return bool(words) and _KNOWN.fullmatch(words) is not None


def stages(chars: str) -> Iterator[Edit]:
    """The edits that end a heading that is glued to its sentence: a known one, （二）评比阶段（8月）各镇（街）…; or at an
    ideographic blank."""
    for match in _WIDE.finditer(chars) if "\u3000" in chars else ():
        if openings(chars, *match.span()):
            yield *match.span(), "\n"
    for scan in _MARKED:
        for mark in scan.finditer(chars):
            at = mark.end()
            if _NOUN.search(chars, at, at + _NEAR) and (glued := _GLUED.match(chars, at)):
                yield glued.end(), glued.end(), "\n"
    for match in _TIMED.finditer(chars):
        words = _heading(chars, match.start() + 1)
        if words and not _OBJECT.match(words):
            yield match.start() + 1, match.start() + 1, "\n"
    for match in _STAGE.finditer(chars) if "阶段（" in chars else ():
        at = match.end()
        opens = chars[at] == "由" or chars[at] not in _GOES_ON
        if opens and _heading(chars, at):
            yield at, at, "\n"


def parted(found: list[tuple[Edit, int]], others: int) -> Iterator[Edit]:
    """The blanks that end headings become line ends. `others`: the blanks that part words elsewhere."""
    tidy = others == 0 and len(found) >= _LEAST
    for (start, stop, new), sure in found:
        yield (start, stop, "\n") if sure == _SURE or tidy else (start, stop, new)
