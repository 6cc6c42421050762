"""Words in a picture of a page, through rapidocr and the models that its package brings along; nothing is fetched.

Detection finds the lines, then every line is read with the confidence of its reading; a page whose lines make no
sense is tried the other way up. Nothing that was seen is left out for want of confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any

from pipeline.readers.paged.line import Line, Sheet
from pipeline.readers.paged.rulings import settle, tables
from pipeline.readers.paged.scan import quarter, ruled, scale, straight, without_stamps

if TYPE_CHECKING:
    from pipeline.readers.paged.scan import Pixels

_SIDE = 2_400  # pixels of the longer side: larger pages are made smaller first
_DETECTION = 1_280  # the same for finding lines, which needs no more
_SENSE = 0.8  # lines that stand the right way up are read with more confidence
_SAMPLE = 6  # lines that tell whether a page makes sense
_PADDING = 0.1  # of a line's height, around it

Place = tuple[int, int, int, int]


def recognised(page: Pixels) -> Sheet:
    """The words of a page and its tables, in pixels of the page turned upright; `page`: rows, columns, RGB.

    A picture without any words gives a page without lines.
    """
    page, places = _upright(straight(without_stamps(_fit(page))))
    clean, rules = ruled(page)
    lines = [_line(clean, place) for place in places]
    found = tables(rules, scale(page))
    height, width = page.shape[:2]
    return Sheet(width, height, settle([line for line in lines if line.words.strip()], found), found)


def _fit(page: Pixels) -> Pixels:
    import cv2

    ratio = _SIDE / max(page.shape[:2])
    if ratio >= 1:
        return page
    smaller: Pixels = cv2.resize(page, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    return smaller


def _upright(page: Pixels) -> tuple[Pixels, list[Place]]:
    """The page turned so that its lines run from left to right, the right way up; and where they stand."""
    places = _places(page)
    if sum(map(_is_tall, places)) * 2 > len(places):
        page = quarter(page, 1)
        places = _places(page)
    sense = _sense(page, places)
    if sense < _SENSE and _sense(quarter(page, 2), _turned(page, places)) > sense:
        return quarter(page, 2), _turned(page, places)
    return page, places


def _is_tall(place: Place) -> bool:
    x0, top, x1, bottom = place
    return bottom - top > 1.5 * (x1 - x0)


def _turned(page: Pixels, places: Sequence[Place]) -> list[Place]:
    """The places on the page turned upside down."""
    height, width = page.shape[:2]
    return [(width - x1, height - bottom, width - x0, height - top) for x0, top, x1, bottom in places]


def _sense(page: Pixels, places: Sequence[Place]) -> float:
    """How sure the readings of the longest lines are."""
    sample = sorted(places, key=lambda place: place[0] - place[2])[:_SAMPLE]
    return fmean([_reading(_cut(page, place))[1] for place in sample]) if sample else 1.0


def _places(page: Pixels) -> list[Place]:
    """Where lines stand: x0, top, x1, bottom."""
    found = _engine()(page[..., ::-1].copy(), use_det=True, use_cls=False, use_rec=False)
    quads = [] if found.boxes is None else found.boxes
    return [
        (int(min(quad[:, 0])), int(min(quad[:, 1])), int(max(quad[:, 0])) + 1, int(max(quad[:, 1])) + 1)
        for quad in quads
    ]


def _line(page: Pixels, place: Place) -> Line:
    return Line(*place, *_reading(_cut(page, place)))


def _cut(page: Pixels, place: Place) -> Pixels:
    x0, top, x1, bottom = place
    edge = max(int((bottom - top) * _PADDING), 1)
    return page[max(top - edge, 0) : bottom + edge, max(x0 - edge, 0) : x1 + edge]


def _reading(line: Pixels) -> tuple[str, float]:
    """The words of one line and how sure they are."""
    found = _engine()(line[..., ::-1].copy(), use_det=False, use_cls=False, use_rec=True)
    if not found.txts:
        return "", 1.0
    return str(found.txts[0]), float(found.scores[0])


@cache
def _engine() -> Any:
    """The recognition, loaded once. Its own guess which lines stand upside down errs on short ones: left out."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION,
            "Rec.rec_batch_num": 1,
        }
    )
