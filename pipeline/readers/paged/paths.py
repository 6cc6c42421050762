"""The ruled lines of a pdf page, through pdfium: what is drawn along the page's edges, nothing of pictures or curves."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.paged.glyphs import Frame, turned
from pipeline.readers.paged.rulings import Rule

_THIN = 3.0  # points: a narrower shape is a line
_SHORT = 6.0  # points: a shorter line is part of a sign
_DEPTH = 4  # forms within forms
_MOST = 20_000  # objects of a page that are looked at
_PAGE = 0.97  # of both sides of a page: a shape of this size is its background
_SEGMENTS = 400  # of one path; a drawing has more

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def rules(page: pdfium.PdfPage, quarter: int) -> list[Rule]:
    """The straight lines of a page, turned as its text is."""
    frame: Frame = page.get_bbox()
    return [
        Rule(*turned(line, quarter, frame))
        for shape, matrix in _objects(page)
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_PATH
        for line in _lines(shape, matrix, frame)
    ]


def pictures(page: pdfium.PdfPage) -> Iterator[tuple[int, int, float]]:
    """The pictures on a page: pixels across, pixels down, share of the page that they cover."""
    west, south, east, north = page.get_bbox()
    area = max((east - west) * (north - south), 1.0)
    for shape, matrix in _objects(page):
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_IMAGE:
            across, down = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(shape, across, down)
            left, bottom, right, top = _bounds(shape, matrix)
            yield across.value, down.value, (right - left) * (top - bottom) / area


def curves(page: pdfium.PdfPage) -> int:
    """How many shapes are drawn on a page."""
    return sum(raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_PATH for shape, _ in _objects(page))


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, Matrix]]:
    """Everything that is drawn, forms opened, with the matrix of the form that it lies in."""
    todo: list[tuple[raw.FPDF_PAGEOBJECT, Matrix, int]] = []
    count = 0
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST)):
        todo.append((raw.FPDFPage_GetObject(page, index), _SAME, 0))
        while todo and count < _MOST:
            shape, matrix, depth = todo.pop()
            count += 1
            if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                inner = _times(_matrix(shape), matrix)
                held = min(raw.FPDFFormObj_CountObjects(shape), _MOST)
                todo += [(raw.FPDFFormObj_GetObject(shape, i), inner, depth + 1) for i in range(held)]
            else:
                yield shape, matrix


def _lines(shape: raw.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame) -> Iterator[Frame]:
    """The straight lines of a path: a thin shape is one, of others every stroke along the page's edges."""
    left, bottom, right, top = bounds = _bounds(shape, matrix)
    width, height = right - left, top - bottom
    if width > _PAGE * (frame[2] - frame[0]) and height > _PAGE * (frame[3] - frame[1]):
        return
    if min(width, height) <= _THIN:
        if max(width, height) > _SHORT:
            yield bounds
        return
    inner = _times(_matrix(shape), matrix)
    last = first = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(shape), _SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        kind, point = raw.FPDFPathSegment_GetType(segment), _point(segment, inner)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, first)
        last = point


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Frame]:
    left, right = sorted((a[0], b[0]))
    bottom, top = sorted((a[1], b[1]))
    if min(right - left, top - bottom) < 0.5 and max(right - left, top - bottom) > _SHORT:
        yield left, bottom, right, top


def _point(segment: raw.FPDF_PATHSEGMENT, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return _moved(x.value, y.value, matrix)


def _bounds(shape: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Frame:
    """The box of a shape on the page: left, bottom, right, top."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(shape, *sides)
    left, bottom, right, top = (side.value for side in sides)
    if matrix is _SAME:
        return left, bottom, right, top
    xs, ys = zip(_moved(left, bottom, matrix), _moved(right, top, matrix), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(shape: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does what `one` does, then what `other` does."""
    a, b, c, d, e, f = one
    x, y = _moved(e, f, other)
    (p, q), (r, s) = (_moved(*side, (*other[:4], 0.0, 0.0)) for side in ((a, b), (c, d)))
    return p, q, r, s, x, y
