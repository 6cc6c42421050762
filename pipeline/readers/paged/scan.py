"""A scanned page made fit for recognition: straight, without its stamps, its ruled lines taken out and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.readers.paged.rulings import Rule

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

_STEPS = [step / 4 for step in range(-20, 21)]  # degrees that a page may lie askew
_LEAST = 0.3  # degrees: less does no harm
_SMALL = 800  # pixels of the longer side: enough to see how lines run
_STAMP = 0.12  # of the page's width: stamps are larger, the letters of a red head are not
_RED = 60  # by how much red outshines green and blue
_DARKER = 25  # of 255: by how much words below a stamp are darker than it
_A4 = 595  # points


def straight(page: Pixels) -> Pixels:
    """The page turned by the small angle at which its rows of words stand out most."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    scale = _SMALL / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ink = (255 - small).astype(np.float32)

    def sharpness(angle: float) -> float:
        profile = _turned(ink, angle, 0).sum(axis=1)
        return float(np.square(np.diff(profile)).sum())

    best = max(_STEPS, key=lambda angle: (sharpness(angle), -abs(angle)))
    return _turned(page, best, 255) if abs(best) >= _LEAST else page


def without_stamps(page: Pixels) -> Pixels:
    """The page with round red stamps seen through a red glass, so that the words below them stay."""
    import cv2
    import numpy as np

    wide = page.astype(np.int16)
    red = (wide[..., 0] - np.maximum(wide[..., 1], wide[..., 2]) > _RED).astype(np.uint8)
    if not red.any():
        return page
    size = max(page.shape[1] // 60, 3)
    _, _, found, _ = cv2.connectedComponentsWithStats(cv2.dilate(red, np.ones((size, size), np.uint8)))
    clean = page.copy()
    for x, y, width, height, _ in found[1:]:
        if width > page.shape[1] * _STAMP and 0.6 < width / height < 1.7:
            here = slice(y, y + height), slice(x, x + width)
            clean[here] = _seen_through(clean[here], red[here] > 0)
    return clean


def _seen_through(part: Pixels, red: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Pixels:
    """A part of a page, its red turned into paper; what is darker below the red becomes as dark as ink."""
    import numpy as np

    seen = part[..., 0].astype(np.float32)
    dark, paper = float(np.percentile(seen[red], 2)), float(np.median(seen[red])) * 0.9
    light = (
        np.clip((seen - dark) / max(paper - dark, 1.0), 0, 1)
        if paper - dark > _DARKER
        else np.ones_like(seen)
    )
    return np.where(red[..., None], (light * 255).astype(np.uint8)[..., None], part)


def ruled(page: Pixels) -> tuple[Pixels, list[Rule]]:
    """The page without its ruled lines, and these, in pixels."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    ink = (grey < 160).astype(np.uint8)
    length = max(60, page.shape[1] // 25)
    clean = page.copy()
    rules: list[Rule] = []
    for level in (True, False):
        shape = (1, length) if level else (length, 1)
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        _, _, found, _ = cv2.connectedComponentsWithStats(lines)
        thin = [one for one in found[1:] if min(one[2], one[3]) <= max(8, length // 8)]
        rules += [Rule(*map(float, (x, y, x + width, y + height))) for x, y, width, height, _ in thin]
        for x, y, width, height, _ in thin:
            clean[max(y - 1, 0) : y + height + 1, max(x - 1, 0) : x + width + 1] = 255
    return (clean, rules) if len(rules) > 3 else (page, [])


def scale(page: Pixels) -> float:
    """Pixels a point, of a page as wide as A4.

    >>> import numpy
    >>> scale(numpy.zeros((2339, 1654, 3), numpy.uint8)) > 2.7
    True
    """
    return min(page.shape[:2]) / _A4


def _turned(picture: np.ndarray[tuple[int, ...], np.dtype[np.generic]], angle: float, paper: int) -> Pixels:
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    flags = cv2.INTER_CUBIC if paper else cv2.INTER_LINEAR
    turned: Pixels = cv2.warpAffine(picture, matrix, (width, height), flags=flags, borderValue=(paper,) * 3)
    return turned


def quarter(page: Pixels, quarters: int) -> Pixels:
    """The page turned to the left so often by 90°."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(page, quarters))
