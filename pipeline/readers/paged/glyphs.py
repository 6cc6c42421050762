"""The text layer of a pdf page -> lines with their places, through pdfium.

One call gives all characters, pdfium's own line ends among them; only the ends of a line and of its blanks are
asked for their places, which is what makes it fast.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import regex
from pypdfium2 import raw

from pipeline.readers.paged.line import Line

Frame = tuple[float, float, float, float]

_LINE = regex.compile(r"[^\r\n]+")
_GAP = regex.compile(r"[ \u3000\xa0\t]+")
_BLANKS = " \u3000\xa0\t\u200b"
_CONTROL = regex.compile(r"[\0-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_NOTHING = "\u200b"  # stands for control characters, so that the text counts like the page
_WIDE = 1.0  # em: a wider gap parts what stands side by side
_STRAIGHT = 0.05  # radians: less is printing, not slant
_STRANGE = regex.compile(r"[\u200b\ufffd\ue000-\uf8ff\xa1-\xb6\xb8-\xff]")


class Glyphs:
    """The text layer of a page, open until it is closed.

    `quarter`: how often 90° most of its text is turned, clockwise.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._open = page.get_textpage()
        self._layer = _Layer(self._open, page.get_bbox())
        self._lines = list(_lines(self._layer))
        sizes = [
            sum(stop - start for turn, start, stop in self._lines if turn == quarter) for quarter in range(4)
        ]
        self.quarter = sizes.index(max(sizes))

    def __enter__(self) -> Glyphs:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def words(self) -> str:
        """All characters."""
        return self._layer.text

    def lines(self, *, exact: bool) -> list[Line]:
        """The lines in the main direction, turned so that they run to the right; `exact`: the place of every character."""
        return [
            _line(self._layer, start, stop, quarter, exact)
            for quarter, start, stop in self._lines
            if quarter == self.quarter
        ]

    def slanted(self) -> list[str]:
        """The words that stand in other directions."""
        return [
            self._layer.text[start:stop] for quarter, start, stop in self._lines if quarter != self.quarter
        ]


def garbage(words: str) -> bool:
    """Is a text layer one that nobody can read: unmapped, private or replaced characters, Latin ones for Han?

    >>> garbage("ÔÂµ×Ç°±¨ËÍ"), garbage("6月底前报送")
    (True, False)
    """
    size = len("".join(words.split()))
    return size > 0 and _STRANGE.search(words) is not None and len(_STRANGE.findall(words)) > size * 0.3


class _Layer:
    """The characters of a page and where they stand."""

    def __init__(self, layer: pdfium.PdfTextPage, frame: Frame) -> None:
        self.raw, self.frame = layer.raw, frame
        self.box = raw.FS_RECTF()
        self._moved: dict[int, int] = {}
        count = layer.count_chars()
        text = layer.get_text_range() if count else ""
        # Characters without a code are left out of the text, so that it does not count like the page any more.
        self.text = _CONTROL.sub(
            _NOTHING, text if len(text) == count else "".join(map(self._char, range(count)))
        )

    def sort(self, start: int, stop: int, quarter: int) -> int:
        """Put the characters of a line into the order in which they stand; where the line ends then.

        Programs that set quotation marks and figures in a font of their own draw them last. The blanks that pdfium
        makes for the way back go.
        """
        held = [
            at
            for at in range(start, stop)
            if self.text[at] not in _BLANKS or not raw.FPDFText_IsGenerated(self.raw, self._index(at))
        ]
        held.sort(key=lambda at: self.place(at, quarter)[0])
        words = "".join([self.text[at] for at in held])
        self._moved.update(zip(range(start, stop), [self._index(at) for at in held], strict=False))
        self.text = self.text[:start] + words.ljust(stop - start) + self.text[stop:]
        return start + len(held)

    def _index(self, at: int) -> int:
        """The number under which pdfium knows the character."""
        return self._moved.get(at, at)

    def _char(self, index: int) -> str:
        code = raw.FPDFText_GetUnicode(self.raw, index)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"

    def quarter(self, at: int) -> int:
        """How often 90° a character is turned, clockwise; -1 for a slant."""
        turns = raw.FPDFText_GetCharAngle(self.raw, self._index(at)) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < _STRAIGHT else -1

    def place(self, at: int, quarter: int) -> Frame:
        """The box of a character (x0, top, x1, bottom) on the page turned so that its line runs to the right."""
        box = self.box
        raw.FPDFText_GetLooseCharBox(self.raw, self._moved.get(at, at), box)
        return turned((box.left, box.bottom, box.right, box.top), quarter, self.frame)


def turned(box: Frame, quarter: int, frame: Frame) -> Frame:
    """A box of pdf (left, bottom, right, top; upwards) as (x0, top, x1, bottom) on the page turned upright.

    >>> turned((10, 20, 30, 40), 0, (0, 0, 100, 200)), turned((10, 20, 30, 40), 3, (0, 0, 100, 200))
    ((10, 160, 30, 180), (20, 10, 40, 30))
    """
    left, bottom, right, top = box
    west, south, east, north = frame
    if quarter == 1:
        return north - top, east - right, north - bottom, east - left
    if quarter == 2:
        return east - right, bottom - south, east - left, top - south
    if quarter == 3:
        return bottom - south, left - west, top - south, right - west
    return left - west, north - top, right - west, north - bottom


def _lines(layer: _Layer) -> Iterator[tuple[int, int, int]]:
    """Every line: its direction, where it begins and ends in the text."""
    for match in _LINE.finditer(layer.text):
        start, stop = match.span()
        while start < stop and layer.text[start] in _BLANKS:
            start += 1
        while stop > start and layer.text[stop - 1] in _BLANKS:
            stop -= 1
        if start == stop:
            continue
        quarter = layer.quarter(start)
        parts, goes_back = _parts(layer, start, stop, max(quarter, 0))
        if goes_back:
            stop = layer.sort(start, stop, max(quarter, 0))
            parts, _ = _parts(layer, start, stop, max(quarter, 0), every=True)
        yield from ((quarter, *part) for part in parts)


def _parts(
    layer: _Layer, start: int, stop: int, quarter: int, *, every: bool = False
) -> tuple[list[tuple[int, int]], bool]:
    """The line cut where a gap is wide, and whether the pen goes back in it.

    Gaps are looked at, and `every` character where these do not tell: of turned lines pdfium takes several for one.
    """
    pairs: Iterable[tuple[int, int]] = (
        (gap.start() - 1, gap.end()) for gap in _GAP.finditer(layer.text, start, stop)
    )
    if quarter or every:
        pairs = pairwise(at for at in range(start, stop) if layer.text[at] not in _BLANKS)
    found, begin, goes_back = [], start, False
    for left, right in pairs:
        before, after = layer.place(left, quarter), layer.place(right, quarter)
        em = max(before[3] - before[1], 1.0)
        apart = abs(after[3] - before[3]) > em * 0.7
        if apart or not -em / 2 < after[0] - before[2] < em * _WIDE:
            found.append((begin, left + 1))
            begin = right
            goes_back |= not apart and after[0] < before[2]
    return [*found, (begin, stop)], goes_back


def _line(layer: _Layer, start: int, stop: int, quarter: int, exact: bool) -> Line:
    x0, top, x1, bottom = layer.place(start, quarter)
    last = layer.place(stop - 1, quarter)
    at: tuple[float, ...] = ()
    if exact:
        boxes = (layer.place(index, quarter) for index in range(start, stop))
        at = tuple((box[0] + box[2]) / 2 for box in boxes)
    return Line(x0, min(top, last[1]), max(x1, last[2]), max(bottom, last[3]), layer.text[start:stop], at=at)
