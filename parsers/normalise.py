"""Source -> Text: the only module that changes characters.

Look-alikes are folded, wrapped lines joined, blanks that a wrap left inside running text removed, page
numbers set aside. What is left of "\\n" ends a paragraph. Every change is an edit with its place, so that
the origin map stays exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from parsers.blanks import blanks
from parsers.folding import fold
from parsers.lines import joins
from parsers.openings import known, stages
from parsers.pages import inside
from schemas.text import Cell, Edit, Source, Text, rewrite

Arrange = Callable[[Text, Sequence[Cell]], Text]

_MARKS = {chr(0x3220 + i): f"（{n}）" for i, n in enumerate("一二三四五六七八九十")}
_MARKS |= {chr(0x3280 + i): f"（{n}）" for i, n in enumerate("一二三四五六七八九十")}
_MARKS |= {chr(0x2474 + i): f"（{i + 1}）" for i in range(20)}
_MARKS |= {chr(0x2488 + i): f"{i + 1}." for i in range(20)}
_MARK_SCANS = [regex.compile(scan) for scan in ("[\u2474-\u249b]", "[\u3220-\u3229]", "[\u3280-\u3289]")]

_INVISIBLE = [
    regex.compile(scan)
    for scan in (
        "[\u200b-\u200f]+",
        "[\u202a-\u202e]+",
        "[\u2060-\u2069]+",
        "[\ufe00-\ufe0f]+",
        "\ufeff+",
        "\xad+",
    )
]
_PINYIN = regex.compile(
    "（[ \u2019'A-Za-z\xfc]{0,12}[\xe0-\xfa\u0101-\u01dc][ \u2019'A-Za-z\xe0-\xfc\u0101-\u01dc]{0,12}）"
)
_TONELESS = regex.compile(
    "（(?<=[\u3400-\u9fff）]（)(?=[a-z]{2})(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[aeiouv]{1,3}(?:ng?|r)?）"
)
_READINGS = 5  # different ones, from which on they are no units and no letters of the text: 面积（mu）
_NAMED = r"(?:[\u4e00-\u9fff《“]|20[0-9]{2}年)[^<>\n，。；]{1,80}"
_ROUNDED = (
    r"(?:(?<=[各省市州盟县区旗乡镇].)[省市州盟县区旗乡镇街道、，]{1,8}"
    r"|(?<=\p{Han}.)(?:牵头|主办|协办|配合)(?=.[、，；。）\n]))[>〕】\]]"
)
_ROUND = {
    sign: regex.compile(regex.escape(sign) + _ROUNDED) for sign in "<〔【["
}  # where round brackets are meant
_ANGLES = regex.compile(f"<<{_NAMED}>>|<{_NAMED}>")
_BLANKS = frozenset(" \u3000\xa0\r\t")
_SPACE = regex.compile("[ \n\u3000]")
_SQUEEZED = regex.compile(r"(?<![0-9])[ \n\u3000]+|[ \n\u3000]+(?![0-9 \n\u3000])")
_PARAGRAPH = regex.compile("\u3000{2,}")
_APART = regex.compile("[ ](?<=[\u3001-\uffff][ ])[ ]{3,}")
_SPREAD = regex.compile(  # a word spread over its line: 组　　长：
    r"(?:[\x20\u3000：。]|^)?\p{Han}(?<=(?:[\x20\u3000：。]|^)\p{Han})\u3000{2,3}\p{Han}(?:[：\u3000\x20]|\p{Han}：)"
)
_TURNED = regex.compile(  # where a site turns the page; a site of documents prints a Cyrillic letter for a line's end
    r"[ \u3000]*[\[【](?:接?上一?页|转?下一?页)[\]】][ \u3000]*|(?<![\u0400-\u04ffA-Za-z])\u0420(?![\u0400-\u04ffA-Za-z])"
)


def normalise(source: Source, arrange: Arrange | None = None) -> Text:
    """The text that parsers look at. `arrange` brings what does not stand in the order of reading (tables) into it.

    >>> normalise(Source("a.txt", "text/plain", "讲专 题党课,\\n于６月底前", "")).chars
    '讲专题党课，于6月底前'
    """
    ended = Text.plain(source.raw) if source.cells else _ended(source.raw)  # cells are places in the raw text
    whole = Text(fold(ended.chars).replace("\r", "\n"), ended.origin)
    if arrange is not None:
        whole = arrange(whole, source.cells)
    joined = rewrite(whole, joins(whole.chars))
    unseen = _unseen(joined.chars) if source.cells else ()
    return rewrite(joined, _small(joined.chars, unseen))


def _ended(raw: str) -> Text:
    """The text whose lines end where their words do: no blanks there, line ends of one character, nothing invisible."""
    edits = [*_unseen(raw)]
    unseen = len(edits)
    at = 0
    for line in raw.split("\n"):
        if line[-1:] in _BLANKS:
            size = len(line.rstrip(" \u3000\xa0\r\t"))
            if line.find("\t", 0, size) >= 0 and (last := line.rfind("\t", size)) >= 0:
                size = last + 1  # the empty cells of a row stay
            edits.append((at + size, at + len(line), ""))
        at += len(line) + 1
    return rewrite(Text.plain(raw), sorted(edits) if unseen else edits)


def squeeze(text: Text) -> Text:
    """A field without any blank or line break, except between two digits.

    >>> squeeze(Text.plain("6 月\\n底前")).chars
    '6月底前'
    """
    if not _SPACE.search(text.chars):
        return text
    return rewrite(text, [(m.start(), m.end(), "") for m in _SQUEEZED.finditer(text.chars)])


def _small(chars: str, unseen: Iterable[Edit]) -> Sequence[Edit]:
    """The edits inside lines, in order, without overlaps."""
    found = [*unseen, *blanks(chars), *_marks(chars), *_pinyin(chars), *_angles(chars), *_round(chars)]
    found += [*_paragraphs(chars), *stages(chars), *_turned(chars), *inside(chars)]
    found.sort()
    kept: list[Edit] = []
    stop = 0
    for edit in found:
        if edit[0] >= stop:
            kept.append(edit)
            stop = edit[1]
    return kept


def _marks(chars: str) -> Iterator[Edit]:
    """㈠ ⑴ ⒈ are numbering marks of several characters."""
    for scan in _MARK_SCANS:
        for match in scan.finditer(chars):
            if match[0] in _MARKS:
                yield *match.span(), _MARKS[match[0]]


def _unseen(chars: str) -> Iterator[Edit]:
    """Invisible characters are nothing."""
    for scan in _INVISIBLE:
        for match in scan.finditer(chars):
            yield *match.span(), ""


def _pinyin(chars: str) -> Iterator[Edit]:
    """The pinyin that a portal adds: 大学（xué）; without tones where it does so often."""
    for match in _PINYIN.finditer(chars):
        yield *match.span(), ""
    toneless = list(_TONELESS.finditer(chars))
    if len({match[0] for match in toneless}) >= _READINGS:
        yield from ((*match.span(), "") for match in toneless)


def _angles(chars: str) -> Iterator[Edit]:
    """<政府工作报告> stands for 〈政府工作报告〉, <<某市条例>> for 《某市条例》; tags and arrows stay."""
    for match in _ANGLES.finditer(chars) if "<" in chars else ():
        if _ROUND["<"].match(chars, *match.span()):
            continue
        signs = ("《 ", " 》") if match[0].startswith("<<") else ("〈", "〉")
        for start, new in zip((match.start(), match.end() - len(signs[1])), signs, strict=True):
            yield from ((start + at, start + at + 1, char) for at, char in enumerate(new))


def _round(chars: str) -> Iterator[Edit]:
    """各县<市、区>人民政府, 各县〔市、区〕政府, 市教育局[牵头]、市财政局: round brackets are meant."""
    for scan in _ROUND.values():
        for match in scan.finditer(chars):
            yield match.start(), match.start() + 1, "（"
            yield match.end() - 1, match.end(), "）"


def _paragraphs(chars: str) -> Iterator[Edit]:
    """Two ideographic blanks are the only paragraph mark of texts that lost their lines; others behind a known heading."""
    for match in _APART.finditer(chars) if "    " in chars else ():
        if known(chars, match.start()):
            yield *match.span(), "\n"
    lost = chars.count("\u3000\u3000") > 2 and "\n" not in chars
    for match in _PARAGRAPH.finditer(chars):
        start, stop = match.span()
        line_start = chars.rfind("\n", max(0, start - 301), start) + 1 or max(0, start - 301)
        line_stop = chars.find("\n", stop, stop + 301)
        length = (min(len(chars), stop + 301) if line_stop < 0 else line_stop) - line_start
        ends = chars[start - 1] in "。！？；：”）" or length > 300 or known(chars, start)
        ends = ends or (lost and not _SPREAD.match(chars, max(0, start - 2), stop + 3))
        if start > line_start and ends:
            yield start, stop, "\n"


def _turned(chars: str) -> Iterator[Edit]:
    """The words 下一页 of a site that parts a document, and its sign for a line's end; a sentence goes on over them."""
    if "页]" in chars or "页】" in chars or "\u0420" in chars:
        for match in _TURNED.finditer(chars):
            start, stop = match.span()
            ends = match[0] == "\u0420" or not start or chars[start - 1] in "。；：！？\n|"
            yield start, stop, "\n" if ends else ""
