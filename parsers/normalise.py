"""Source -> Text: the only module that changes characters.

Look-alikes are folded, wrapped lines joined, blanks that a wrap left inside running text removed, page
numbers set aside. What is left of "\\n" ends a paragraph. Every change is an edit with its place, so that
the origin map stays exact.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import regex

from parsers.folding import fold
from parsers.lines import joins
from schemas.text import Origin, Source, Text

Edit = tuple[int, int, str]

_MARKS = {chr(0x3220 + i): f"（{n}）" for i, n in enumerate("一二三四五六七八九十")}
_MARKS |= {chr(0x2474 + i): f"（{i + 1}）" for i in range(20)}
_MARKS |= {chr(0x2488 + i): f"{i + 1}." for i in range(20)}

_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_CLOSE = "，。、；：！？）》〉〕】”’…·"
_OPEN = "（《〈〔【“‘"
_INVISIBLE = "\u200b-\u200f\u2060\ufeff\xad\u202a-\u202e\u2066-\u2069"
_SMALL = regex.compile(
    rf"""
    (?P<quoted>“[^”\n]{{0,80}}”|《[^》\n]{{0,120}}》|"[^"\n]{{0,80}}")
  | (?P<blank>\x20+)
  | (?P<paragraph>\u3000{{2,}})
  | (?P<mark>[㈠-㈩⑴-⒛])
  | (?P<nothing>[{_INVISIBLE}]+)
    """,
    regex.VERBOSE,
)
_WRAP = regex.compile(  # a blank that means nothing, seen from the character before it
    rf"""
    [{_HAN}{_CLOSE}{_OPEN}"]\x20[{_HAN}{_CLOSE}{_OPEN}"] | [{_CLOSE}{_OPEN}]\x20+[^\x20\n] | [^\x20\n|]\x20+[{_CLOSE}]
  | [{_HAN}]\x20[0-9]
    """,
    regex.VERBOSE,
)
_MEANT = regex.compile(  # names side by side; the blank after 第一条
    r"[局委办部厅院会府司处社]\x20[省市县区州盟旗各国]|[条章节编]\x20"
)
_ARTICLE = regex.compile(r"(?<=\n|^)第[一二三四五六七八九十百〇零0-9]{1,7}[条章节编]")
_NUMERIC = regex.compile(rf"(?<=[^\n\x20\u3000][0-9]{{1,4}})\x20[{_HAN}{_CLOSE}]|\x20[年月日号]")
_LONE = regex.compile(rf"(?<![{_HAN}])[{_HAN}]+(?![{_HAN}])")


def normalise(source: Source) -> Text:
    """The text that parsers look at.

    >>> normalise(Source("a.txt", "text/plain", "讲专 题党课,\\n于６月底前", "")).chars
    '讲专题党课，于6月底前'
    """
    raw = source.raw
    folded = fold(raw)
    if "\r" in folded:  # line ends are one character long from here on; the map does not notice
        folded = folded.replace("\r\n", " \n").replace("\r", "\n")
    whole = Text(folded, Origin(raw))
    joined = rewrite(whole, joins(folded))
    return rewrite(joined, _small(joined.chars))


def squeeze(text: Text) -> Text:
    """A field without any blank or line break, except between two digits.

    >>> squeeze(Text.plain("6 月\\n底前")).chars
    '6月底前'
    """
    found = regex.finditer(r"(?<![0-9])[ \n\u3000]+|[ \n\u3000]+(?![0-9 \n\u3000])", text.chars)
    return rewrite(text, [(m.start(), m.end(), "") for m in found])


def _small(chars: str) -> Iterator[Edit]:
    """The edits inside lines, in order."""
    for match in _SMALL.finditer(chars):
        kind = match.lastgroup
        start, stop = match.span()
        if kind == "blank":
            if _is_wrap(chars, start, stop):
                yield start, stop, ""
        elif kind == "quoted":
            if " " in match[0]:
                yield from _quoted(chars, start, match[0])
        elif kind == "mark":
            yield start, stop, _MARKS[match[0]]
        elif kind == "nothing":
            yield start, stop, ""
        elif _ends_paragraph(chars, start, stop):
            yield start, stop, "\n"


def _is_wrap(chars: str, start: int, stop: int) -> bool:
    """Does this blank mean nothing? It does where it parts names, follows 第一条 or parts a slogan."""
    if not start or stop == len(chars):
        return False
    if chars[start - 1].isdigit():
        return _NUMERIC.match(chars, start) is not None
    if not _WRAP.match(chars, start - 1):
        return False
    if _MEANT.match(chars, start - 1):
        return chars[start - 1] in "条章节编" and not _ARTICLE.search(chars, max(0, start - 12), start)
    return not _is_slogan(chars, start, stop)


def _is_slogan(chars: str, start: int, stop: int) -> bool:
    """提高认识 加强领导: the two parts are equally long and stand alone."""
    right = _LONE.match(chars, stop, stop + 16)
    if right is None or not 4 <= len(right[0]) <= 14:
        return False
    return _LONE.fullmatch(chars, start - len(right[0]), start) is not None and start >= len(right[0])


def _quoted(chars: str, start: int, quoted: str) -> Iterator[Edit]:
    """Blanks inside a quotation stay, unless the document writes the same words without them."""
    bare = quoted[1:-1].replace(" ", "")
    if bare in chars or not regex.search(rf"[{_HAN}] [{_HAN}]", quoted):
        for blank in regex.finditer(rf"(?<![A-Za-z]) +|[ ]+(?![A-Za-z ])", quoted):
            yield start + blank.start(), start + blank.end(), ""


def _ends_paragraph(chars: str, start: int, stop: int) -> bool:
    """Two ideographic blanks are the only paragraph mark of texts that lost their lines."""
    line_start = chars.rfind("\n", 0, start) + 1
    line_stop = chars.find("\n", stop)
    length = (len(chars) if line_stop < 0 else line_stop) - line_start
    return start > line_start and (chars[start - 1] in "。！？；：”）" or length > 300)


def rewrite(text: Text, edits: Iterable[Edit]) -> Text:
    """The text with [start, stop) replaced, edits in order; a new character maps to where its edit began."""
    pieces: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    size = done = 0
    for start, stop, new in edits:
        if start > done:
            _keep(text, done, start, size - done, starts, raws)
            pieces.append(text.chars[done:start])
            size += start - done
        for char in new:
            starts.append(size)
            raws.append(text.origin.offset(text.at + start))
            pieces.append(char)
            size += 1
        done = stop
    if not starts and not done:
        return text
    if done < len(text.chars):
        _keep(text, done, len(text.chars), size - done, starts, raws)
        pieces.append(text.chars[done:])
    return Text("".join(pieces), Origin(text.origin.raw, starts or (0,), raws or (0,)))


def _keep(text: Text, start: int, stop: int, shift: int, starts: list[int], raws: list[int]) -> None:
    """Carry the runs of the kept characters [start, stop) over, moved by `shift`."""
    origin, at = text.origin, text.at
    run = bisect_right(origin.starts, start + at) - 1
    position = start + at
    end = stop + at
    while position < end:
        starts.append(position - at + shift)
        raws.append(origin.raws[run] + position - origin.starts[run])
        run += 1
        if run >= len(origin.starts):
            return
        position = origin.starts[run]
