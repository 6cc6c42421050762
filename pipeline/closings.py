"""Where the words of a unit end although no number follows: the closing paragraph, a paragraph that lost its number."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from pipeline.draft import Draft

_REPORT = r"(?:报|反馈|提交|交|送|发|填|登记|备案|回执)"
_UNTIL = r"(?:[前内底]|下班|之日|时)"
_CLOSING = regex.compile(
    rf"""[ \u3000]*(?:
    (?:请|望|希)(?![一二三四五六七八九十]|按照?以上)[^。；\n]{{0,60}}?{_UNTIL}[^。；\n]{{0,60}}?{_REPORT}
    |(?:各|有关|相关|全体)[^，。；：\n]{{1,24}}?[请于须务][^。；\n]{{0,50}}?{_UNTIL}[^。；\n]{{0,60}}?{_REPORT}
    |[^，。；：\n]{{2,16}}于[^。；\n]{{2,16}}?[前底][^。；\n]{{0,20}}?(?:报送?至?|反馈|提交|上报|发送)
    |[^。；：\n]{{2,24}}?请[^。；\n]{{0,40}}?{_UNTIL}[^。；\n]{{0,60}}?{_REPORT}
    |本(?:通知|方案|意见|办法|规定|预案|细则|制度|决定)[^，。；\n]{{0,6}}[自由]|特此)""",
    regex.VERBOSE,
)
_ABOUT = regex.compile(
    "[^。：]*?(?:报|要求|其他|其它|事项|总结|材料|时间|程序|反馈|联系|方式|备案|考核|验收|申请|申报|回执)"
)
_ALL_ABOVE = regex.compile(  # of a whole list: 以上材料请于9月20日前报送
    r"""\n[ \u3000]*+(?P<words>(?:以上|上述)[^，。；：\n]{0,8}?
    (?:材料|资料|表格|附件|文件|报表|清单|名单|[0-9一二三四五六七八九十]{1,2}[项份种类表])[^。\n]{0,60}?(?:前|报|交|送|发|完成))""",
    regex.VERBOSE,
)
_LOST = "\n？。"  # what is left of （一） where a file was decoded a byte too late


def end(chars: str, found: Sequence[Draft]) -> None:
    """Cut from each unit the words that are none of it.

    Example: 二、备足物资。各镇清点库存。⟨请各单位于9月20日前将情况报办公室。⟩
    """
    if "以上" in chars or "上述" in chars:
        _lift_closings(chars, found)
    for draft in _last_ones(found):
        if draft.node.marker.kind != "article":
            _cut_unlike(chars, draft, found)
            _cut_closing(chars, draft, found)
    if _LOST in chars:
        for draft in found:
            at = chars.find(_LOST, draft.start, draft.stop)
            _cut(draft, at)


def _cut(draft: Draft, at: int) -> None:
    if at > draft.start:
        draft.stop = at
        draft.expressions = [e for e in draft.expressions if e.start < at]


def _lift_closings(chars: str, found: Sequence[Draft]) -> None:
    """（3）汇总表。⟨以上材料于9月20日前报送。⟩ is said of the list, so the unit above has it, not the last of the list."""
    starts = [draft.start for draft in found]
    places = {bisect_right(starts, match.start()) - 1: match for match in _ALL_ABOVE.finditer(chars)}
    places.pop(-1, None)
    lists = Counter(id(found[index].parent) for index in places)
    for index, match in places.items():
        draft, at = found[index], match.start("words")
        above = draft.parent
        if above is None or at >= draft.stop or not chars[draft.start : at].strip():
            continue
        if len(above.children) < 2 or above.children[-1] is not draft or lists[id(above)] > 1:
            continue
        last = index + 1 == len(found) or found[index + 1].node.part != draft.node.part
        line = chars.find("\n", at, draft.stop)
        above.tail = (at, line if last and line >= 0 else draft.stop)
        above.expressions += [e for e in draft.expressions if at <= e.start < above.tail[1]]
        _cut(draft, match.start())


def _last_ones(found: Sequence[Draft]) -> Iterator[Draft]:
    """The last unit of each document in the text."""
    for index, draft in enumerate(found):
        if index + 1 == len(found) or found[index + 1].node.part != draft.node.part:
            yield draft


def _alike(draft: Draft, found: Sequence[Draft]) -> list[Draft]:
    """The other units of the same kind and document that have no units below them, the last twelve."""
    kind, part = draft.node.marker.kind, draft.node.part
    return [
        other
        for other in found
        if other.node.marker.kind == kind
        and other.node.part == part
        and other is not draft
        and not other.children
    ][-12:]


def _cut_unlike(chars: str, draft: Draft, found: Sequence[Draft]) -> None:
    """The last unit of a body ends where its like do: what follows is the circular's closing paragraph.

    In lists whose members end in a bracket, the last member does; in lists of one paragraph, it has one.
    """
    like = _alike(draft, found)
    if len(like) < 2:
        return
    inline = [e for e in draft.expressions if e.evidence == "inline"]
    bracketed = sum(_ends_in_bracket(chars, other) for other in like) * 10 >= len(like) * 8
    if bracketed and inline:
        _cut(draft, inline[-1].stop)
    most = max(chars.count("\n", other.start, other.stop - 1) for other in like)
    cut = draft.start
    for _ in range(most + 1):
        cut = chars.find("\n", cut + 1, draft.stop - 1)
        if cut < 0:
            return
    if bracketed and inline and cut < inline[0].start:
        return  # its bracket ends it, though a line's end is left in its words
    bare = chars[cut - 1] not in "。；！？）" and not _has_words(chars, draft.start, cut)
    if bare and any(_has_words(chars, other.start, other.stop) for other in like):
        cut = chars.find("\n", cut + 1, draft.stop - 1)  # its words are a paragraph of their own
    if cut >= 0 and chars[cut + 1] in "（〔【[" and _assigns(draft, cut + 1):
        cut = chars.find("\n", cut + 1, draft.stop - 1)  # who does it, in a bracket on a line of its own
    _cut(draft, cut)


def _assigns(draft: Draft, start: int) -> bool:
    """Does a bracket that begins here say who does it: （责任单位：市教育局）?"""
    return any(start <= e.start <= start + 2 and e.evidence == "inline" for e in draft.expressions)


def _cut_closing(chars: str, draft: Draft, found: Sequence[Draft]) -> None:
    """A paragraph that asks for a report ends a unit that has its words and is not about reporting itself."""
    line = chars.find("\n", draft.start, draft.stop)
    first = chars[draft.start : line if line >= 0 else draft.start]
    if _ABOUT.match(first):
        return
    while line >= 0:
        if _CLOSING.match(chars, line + 1, draft.stop) and _has_words(chars, draft.start, line):
            if not any(_asks(chars, other) for other in _alike(draft, found)):
                _cut(draft, line)
            return
        line = chars.find("\n", line + 1, draft.stop)


def _has_words(chars: str, start: int, stop: int) -> bool:
    """More than a heading: a sentence behind it, or a second paragraph."""
    words = chars[start:stop].strip(" \u3000\n。")
    return "。" in words or "\n" in words


def _asks(chars: str, draft: Draft) -> bool:
    """Does a paragraph of the unit ask for a report as a closing one would?"""
    line = chars.find("\n", draft.start, draft.stop)
    while line >= 0:
        if _CLOSING.match(chars, line + 1, draft.stop):
            return True
        line = chars.find("\n", line + 1, draft.stop)
    return False


def _ends_in_bracket(chars: str, draft: Draft) -> bool:
    last = draft.expressions[-1] if draft.expressions else None
    return (
        last is not None
        and last.evidence == "inline"
        and not chars[last.stop : draft.stop].strip("。； \n\u3000")
    )
