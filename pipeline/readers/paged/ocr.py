"""Words in a picture of a page, through rapidocr and the models that its package brings along; nothing is fetched.

Detection finds the lines, a few of them tell which way up the page lies, then every line is read with the
confidence of its reading. Nothing that was seen is left out for want of confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any

from pipeline.readers.paged.line import Line, Sheet
from pipeline.readers.paged.rulings import settle, tables
from pipeline.readers.paged.scan import ruled, scale, straight, without_stamps

if TYPE_CHECKING:
    from pipeline.readers.paged.scan import Pixels

_SIDE = 2_400  # pixels of the longer side: larger pages are made smaller first
_SAMPLE = 5  # lines that tell which way up a page lies
_PADDING = 0.1  # of a line's height, around it

Place = tuple[int, int, int, int]


def recognised(page: Pixels) -> Sheet:
    """The words of a page and its tables, in pixels of the page turned upright; `page`: rows, columns, RGB.

    A picture without any words gives a page without lines.
    """
    page, rules = ruled(straight(_upright(without_stamps(_fit(page)))))
    lines = [_line(page, place) for place in _places(page)]
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


def _upright(page: Pixels) -> Pixels:
    """The page turned so that its lines run from left to right, the right way up."""
    import numpy as np

    places = _places(page)
    if sum(_is_tall(place) for place in places) * 2 > len(places):
        page = np.ascontiguousarray(np.rot90(page))
        places = _places(page)
    sample = sorted(places, key=lambda place: place[0] - place[2])[:_SAMPLE]
    if sample and _confidence(page, sample, 2) > _confidence(page, sample, 0):
        page = np.ascontiguousarray(np.rot90(page, 2))
    return page


def _is_tall(place: Place) -> bool:
    x0, top, x1, bottom = place
    return bottom - top > 1.5 * (x1 - x0)


def _confidence(page: Pixels, places: Sequence[Place], quarters: int) -> float:
    """How sure the readings of these lines are when the page is turned so often by 90°."""
    import numpy as np

    return fmean(_reading(np.rot90(_cut(page, place), quarters))[1] for place in places)


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
    """The recognition, loaded once. Turned lines are seen page by page: its own guess line by line errs on short ones."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, "Rec.rec_batch_num": 1})
