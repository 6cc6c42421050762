"""Lines -> paragraphs: which line breaks are wraps.

Tells a wrapped line from a paragraph's end by what stands on both sides and, in hard-wrapped texts, by the
width that the full lines share and by the indentation of paragraphs. No dictionary is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from parsers.labels import kinds
from parsers.layout import DEEP, Layout, Line, even, measured
from parsers.pages import FURNITURE, furniture
from schemas.text import Edit

__all__ = ["FURNITURE", "joins"]

_TERMINAL = frozenset("。！？；：…")
_CONTINUES = frozenset("，、（《〈〔“‘—")
_GOES_ON = ("第", "和", "及", "与", "或", "至")
_JOINS = frozenset(word[-1] for word in (*_GOES_ON, "件", "表"))
_CLOSES = frozenset("，。、；：！？）》〉〕”’")
_HAN_MARK = "一二三四五六七八九十百〇"
_STARTS_NEW = regex.compile(
    rf"""
    [ \t]*(?:[-*+>·●■◆★▲#□]+[ \t]*)?  # Markdown or typed bullets
    (?: [{_HAN_MARK}]{{1,4}}[ ]?[、.](?![{_HAN_MARK}][季级类、]) | （[ ]?[{_HAN_MARK}0-9]{{1,4}}[ ]?）(?![至和及、项款])
      | [0-9]{{1,3}}[ ]?[.、](?![0-9]) | [0-9]{{1,2}}\.(?=20[0-9]{{2}}[年.]|1?[0-9]月) | [0-9]{{1,2}}）|[①-⑳㈠-㈩⑴-⒛❶-❿]
      | [0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}[ \u3000]
      | 第[{_HAN_MARK}0-9]{{1,5}}[条章节编部篇](?![第规的之款项和与、]) | 第[一二三四五六](?:阶段|步)[：（ \u3000]
      | 附[ ]?[件表][ ]?[0-9一二三四五六七八九十]{{0,2}}(?:[ \u3000]|：|\Z)|附：|抄[ ]?送|主题词|（此件|─|┌|├|└|│|\||<)
    """,
    regex.VERBOSE,
)
_LABEL = regex.compile(
    r"""
    [ ]*(?P<label>[^\n：，。、（）]{0,3}
      (?:时限|时间|单位|部门|领导|责任人|联系人|电话|邮箱|附件|抄送|主送|责任分工|备注|频次|节点|任务|措施)[^\n：，。、；]{0,6})：
    """,
    regex.VERBOSE,
)
_HEADED = regex.compile(  # …商定了以下做法。 一、指导思想: a heading ends the line, and no sentence goes on below it
    rf"[。；！][ \u3000]*(?:[{_HAN_MARK}]{{1,3}}、|（[{_HAN_MARK}]{{1,3}}）)[^，。；：、“]{{2,16}}\Z"
)
_TIMED = regex.compile(
    r"[^，。；：\n]{4,36}（[^（）\n]{0,24}[0-9][月日][^（）\n]{0,8}）"
)  # 第一阶段 动员部署（3月1日—10日）
_TABLE = "\ufdd0"  # opens a table that was set in order: a line of any length
_LOST = "？"  # what stands for a character that no code page held; nobody begins a line with it
_WORD = regex.compile(r"[0-9A-Za-z.%/-]{3,30}")
_WIDEST = 16  # characters in which a label and its colon stand
_DATE = regex.compile(r"(?:[0-9]\n?[年月日号]|[年月]\n?[0-9]{1,2}[月日])")
_TORN = regex.compile(  # a year or a circular's number over two lines: 20 | 21年5月, 某政办发〔2021〕 | 15号
    r"(?<=[一二〇零三四五六七八九])\n[〇零一二三四五六七八九]{1,3}年[一二三四五六七八九十]{1,2}月"
    r"|(?<![0-9])(?=[0-9\n]{5}年)(?:19|2\n?0)\n?[0-9]\n?[0-9]年[0-9]{1,2}月"
    r"|[〔\[（]\n?20[0-9]{2}[〕\]）][ ]?[0-9]{0,4}\n[0-9]{1,4}[ ]?号|[发字办规电]\n[〔\[（]20[0-9]{2}[〕\]）][ ]?[0-9]{1,5}号"
)
_COUNT = regex.compile(
    r"(?![附件表图第共])[\p{Han}。；）][1-9]\n[0-9][.、](?![0-9])"
)  # …负责）1 | 5.强化责任
_CLOCK = regex.compile("(?<![0-9])[0-2]?[0-9]：[0-5][0-9](?=[前后以之起止至—~，。；、）]|$)")
_ORGANS = frozenset("局委办部厅院会府司处社室行校站所队")
_FRAGMENT = ("、", "，", "；", "。", "）")  # 厅、省审计厅: the end of a name
_NUMBERED = frozenset("0123456789〔[（〇零一二三四五六七八九")
_PARTED = frozenset("〕]）发字办规电") | _NUMBERED  # with which the first part of a year or a number ends
_SHORT = 40  # characters: a longer line without an end mark is no heading
_REACH = 200  # characters in which a title that is open must close


def joins(chars: str) -> Iterator[Edit]:
    """The edits that join wrapped lines and drop page numbers; what stays "\n" ends a paragraph."""
    if "\n" not in chars and "\f" not in chars:
        return
    lines = _lines(chars)
    for index in furniture(chars, [(line.start, line.stop) for line in lines]):
        lines[index] = None  # type: ignore[call-overload]
    kept = even([line for line in lines if line])
    layout = measured([line for line in kept if line.left or chars[line.start] != _TABLE])
    above, begin = None, 0
    for line in kept:
        if above is None:
            if line.start:
                yield 0, line.start, ""
            begin = line.start
        else:
            glue = _glue(chars, begin, above, line, layout)
            begin = line.start if glue == "\n" else begin
            if glue != "\n" or line.start - above.stop > 1 or chars[above.stop] != "\n":
                yield above.stop, line.start, glue
        above = line
    if above is not None and above.stop < len(chars):
        yield above.stop, len(chars), ""


def _lines(chars: str) -> list[Line]:
    """The lines that hold something."""
    found = []
    at = 0
    for printed in chars.replace("\f", "\n").split("\n"):
        line = printed.rstrip(" \u3000")
        if line:
            bare = line.lstrip(" \u3000")
            if bare[0] == _LOST:
                bare = _without_lost(bare)
            size = len(line) - len(bare)
            left = size + line.count("\u3000", 0, size) if size else 0
            cells = (len(bare.encode("utf-8", "surrogatepass")) + len(bare)) // 2
            found.append(Line(at + size, at + len(line), left, left + cells, len(line)))
        at += len(printed) + 1
    return found


def _glue(chars: str, begin: int, above: Line, below: Line, layout: Layout) -> str:
    """What stands between two lines: nothing (a wrap), a blank (a wrap between Latin words), a paragraph's end."""
    if not _wraps(chars, begin, above, below, layout):
        return "\n"
    last, first = chars[above.stop - 1], chars[below.start]
    latin = last.isascii() and (last.isalpha() or last in "，,.") and first.isascii() and first.isalpha()
    return (
        " " if latin and not last == first in "Xx" else ""
    )  # letters for a name stay together: 签发人：X | XX


def _without_lost(line: str) -> str:
    """The line without the question marks that stand for its blanks: three of them, or before a number."""
    bare = line.lstrip("？ \u3000")
    return bare if bare and (line.startswith(_LOST * 3) or _STARTS_NEW.match(bare)) else line


def _wraps(chars: str, begin: int, above: Line, below: Line, layout: Layout) -> bool:
    """Does the sentence go on from one line to the next?"""
    last = chars[above.stop - 1]
    missing = layout.width - above.right
    full = missing <= 4 or (missing <= 8 and _unindented(chars, begin, above, layout))
    cut = above.length == layout.length
    full = (full and layout.width > 4) or cut
    runs = (full and layout.indents and chars[below.start] != "（") or (cut and layout.dense)
    ended = last in _TERMINAL and not runs
    if cut and _COUNT.search(f"{chars[above.stop - 2 : above.stop]}\n{chars[below.start : below.start + 4]}"):
        return True
    if ended and last != "；":
        return _is_clock(chars, above, below) or (full and _is_enclosed(chars, begin, above, below))
    surely = _goes_on(chars, begin, above, below)
    maybe = not ended and (full or _may_go_on(chars, above, below, layout)) and not _is_timed(chars, above)
    if not (surely or maybe or last in _part_ends()):
        return False
    label = _label(chars, below)
    if label and full and label not in kinds() and any(label[size:] in kinds() for size in range(1, 4)):
        label = None  # 市公安 | 局完成时限：…
    if (label or last == "；") and _is_parted(chars, begin, above.stop, label):
        return label is not None or not _starts_new(chars, below)
    if ended or below.left - layout.margin >= DEEP or label or _starts_new(chars, below):
        return not ended and _leans(chars, above, below)
    line = chars[above.start : above.stop]
    return surely or (maybe and not ("|" in line or line.startswith(("<", "#"))))


def _is_clock(chars: str, above: Line, below: Line) -> bool:
    """17： | 00前"""
    return (
        chars[above.stop - 1] == "："
        and _CLOCK.search(
            chars[above.stop - 3 : above.stop] + chars[below.start : min(below.stop, below.start + 3)]
        )
        is not None
    )


def _is_enclosed(chars: str, begin: int, above: Line, below: Line) -> bool:
    """A sentence ends inside a bracket that the next line closes: （…负责。下同 | 。）"""
    words = chars[max(begin, above.stop - _REACH) : above.stop]
    for opening, closing in ("（）", "〔〕", "【】"):
        if words.count(opening) > words.count(closing):
            stop = chars.find(closing, below.start, below.start + _REACH)
            return stop >= 0 and chars.find(opening, below.start, stop) < 0 and not _starts_new(chars, below)
    return False


def _is_timed(chars: str, line: Line) -> bool:
    """A numbered heading that ends in its time."""
    return (
        chars[line.stop - 1] == "）"
        and _starts_new(chars, line)
        and _TIMED.fullmatch(chars, line.start, line.stop) is not None
    )


def _unindented(chars: str, begin: int, above: Line, layout: Layout) -> bool:
    """The first line of a paragraph that lost its indentation; a heading would have no comma, or be much shorter."""
    lost = begin == above.start and not layout.indents and above.left == layout.margin
    return lost and chars.find("，", above.start, above.stop) >= 0 and _starts_new(chars, above)


@cache
def _part_ends() -> frozenset[str]:
    """The characters with which the first part of a parted label may end."""
    return frozenset(word[size - 1] for word in kinds() for size in range(1, min(6, len(word))))


def _goes_on(chars: str, begin: int, above: Line, below: Line) -> bool:
    """What stands at the break, or a bracket that is open there, tells that the sentence goes on."""
    last, first = chars[above.stop - 1], chars[below.start]
    if last in _CONTINUES or (first in _CLOSES and not chars.startswith("？。", below.start)):
        return True
    if first in _ORGANS and chars.startswith(_FRAGMENT, below.start + 1):
        return True
    if first in _NUMBERED and last in _PARTED and _is_torn(chars, above, below):
        return True
    return (last in _JOINS and _leans(chars, above, below)) or _is_open(
        chars[max(begin, above.stop - 600) : above.stop], chars, below
    )


def _is_torn(chars: str, above: Line, below: Line) -> bool:
    """Is a year or a circular's number printed over both lines?"""
    upper = chars[max(above.start, above.stop - 12) : above.stop]
    match = _TORN.search(f"{upper}\n{chars[below.start : below.start + 14]}")
    return match is not None and match.start() <= len(upper) < match.end()


def _leans(chars: str, above: Line, below: Line) -> bool:
    """The last word needs the next: 和 | 市财政局, 见附件 | 1; 附件 on a line of its own is a heading."""
    if chars.endswith(("附件", "附表"), above.start, above.stop):
        return above.stop - above.start > 2 and chars[below.start] in "0123456789"
    return chars.endswith(_GOES_ON, above.start, above.stop)


def _may_go_on(chars: str, above: Line, below: Line, layout: Layout) -> bool:
    """A date that is parted, a word that found no room, or running text where no width tells."""
    if chars[above.stop - 1] in "0123456789年月" and _DATE.match(
        chars[above.stop - 1] + chars[below.start : below.start + 3]
    ):
        return True
    if layout.width:
        return _is_pushed(chars, above, below, layout.width)
    long = above.stop - above.start > _SHORT and chars[above.stop - 1] not in "）”》】×*"
    line = chars[above.start : above.stop]
    return long and _has_sentence(line) and not _HEADED.search(line, len(line) - 40)


def _starts_new(chars: str, line: Line) -> bool:
    return _STARTS_NEW.match(chars, line.start, line.stop) is not None


def _label(chars: str, line: Line) -> str | None:
    """The label that the line begins with: 牵头单位 of 牵头单位：市教育局."""
    if chars.find("：", line.start, min(line.stop, line.start + _WIDEST)) < 0:
        return None
    match = _LABEL.match(chars, line.start, line.stop)
    return match["label"] if match else None


def _is_parted(chars: str, begin: int, stop: int, label: str | None) -> bool:
    """A bracket whose fields go on, or a label whose first part stands on the line above: 完 + 成时限, 牵头 + 单位."""
    begin = max(begin, stop - 400)
    if chars.count("（", begin, stop) > chars.count("）", begin, stop):
        return True
    return label is not None and any(chars[stop - size : stop] + label in kinds() for size in range(1, 6))


def _is_pushed(chars: str, above: Line, below: Line, width: int) -> bool:
    """A word or number that found no room on the line above."""
    word = _WORD.match(chars, below.start, below.stop) if width else None
    return word is not None and above.right + len(word[0]) > width and above.right * 4 > width * 3


def _is_open(words: str, chars: str, below: Line) -> bool:
    """A bracket that the paragraph opens, or a quotation mark that only the next line closes."""
    if "（" in words and words.count("（") > words.count("）"):
        return True
    if "《" in words and words.count("《") > words.count("》"):
        return _closes(chars[below.start : below.start + _REACH])
    if "“" in words and words.count("“") > words.count("”"):
        return True
    return '"' in words and words.count('"') % 2 == 1 and chars.find('"', below.start, below.stop) >= 0


def _closes(words: str) -> bool:
    """Is the title that is open before these words closed by them, pairs of their own aside?"""
    depth = 1
    for char in regex.findall("[《》]", words):
        depth += 1 if char == "《" else -1
        if not depth:
            return True
    return False


def _has_sentence(line: str) -> bool:
    """Running text, not a long title: a comma or a full stop stands inside."""
    return "，" in line or "。" in line
