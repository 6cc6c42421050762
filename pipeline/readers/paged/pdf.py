"""Pdf documents -> the text that a person reads, page by page, and the cells of their ruled tables.

Pdfium reads the text layer. Scripts, actions, forms and attached files are never run or opened. A page without
a text layer, or with one that nobody can read, is recognised from its picture.
"""

from __future__ import annotations

import hashlib

import pypdfium2 as pdfium

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.paged.compose import composed
from pipeline.readers.paged.glyphs import Glyphs, garbage
from pipeline.readers.paged.line import Sheet
from pipeline.readers.paged.paths import curves, pictures, rules
from pipeline.readers.paged.rulings import settle, tables
from pipeline.readers.parts import OCR
from schemas.text import Note, Source

MEDIA_TYPE = "application/pdf"
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_LOCKED = "有打开密码；请在原程序中去掉密码再试"
_BROKEN = "是 PDF，但已损坏或被截断；请重新取得完整的文件"
_CUT = "文件结尾缺失，可能被截断，后面的内容可能不全；请与原件核对"
_FEW = 20  # characters: fewer on a page that a picture covers are no text layer
_COVERED = 0.5  # of the page
_CURVES = 100  # shapes: letters drawn as curves make more
_PIXELS = 90_000_000  # of one picture; a page of A3 at 600 dpi has 70 million
_DPI = 200
_SIDE = 3_600  # pixels of the longer side of a picture of a page


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The text of the document; `pages` and `cells` point into it."""
    document = _opened(data)
    try:
        count = len(document)
        if not count:
            raise Unreadable(_BROKEN)
        if count > limits.pages:
            size = f"{count:,} 页，超过上限 {limits.pages:,}"
            raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-pages 提高上限")
        sheets = [_sheet(document, index) for index in range(count)]
    finally:
        document.close()
    whole = composed(sheets)
    if not whole.canvas.text.strip():
        raise Unreadable(next((sheet.note for sheet in sheets if sheet.note), "没有文字；请检查文件是否完整"))
    cut = b"%%EOF" not in data[-2048:]
    return Source(
        name,
        MEDIA_TYPE,
        whole.canvas.text,
        hashlib.sha256(data).hexdigest(),
        pages=tuple(whole.pages),
        cells=tuple(whole.canvas.cells),
        notes=(*((Note("truncated", _CUT, severity="warning"),) if cut else ()), *whole.notes),
    )


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as wrong:
        raise Unreadable(_LOCKED if wrong.err_code == _PASSWORD else _BROKEN) from None


def _sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """One page; what was loaded for it is given back at once."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return Sheet(1.0, 1.0, [], note="已损坏，未能读出；请与原件核对")
    try:
        return _read(page)
    finally:
        page.close()


def _read(page: pdfium.PdfPage) -> Sheet:
    with Glyphs(page) as glyphs:
        if garbage(glyphs.words):
            return _recognised(page, "的文字层是乱码")
        size, note = len(glyphs.words.strip()), ""
        if (not size and _is_drawn(page)) or (size < _FEW and _picture(page) > _COVERED):
            seen = _recognised(page, "没有文字层（是扫描件或图片）")
            if not size or not seen.note:
                return seen
            note = seen.note
        ruled = tables(rules(page, glyphs.quarter))
        lines = settle(glyphs.lines(exact=bool(ruled)), ruled)
        west, south, east, north = page.get_bbox()
        width, height = (east - west, north - south)[:: -1 if glyphs.quarter % 2 else 1]
        return Sheet(width, height, lines, ruled, glyphs.slanted(), note)


def _picture(page: pdfium.PdfPage) -> float:
    """The share of a page that its largest picture covers."""
    return max((share for _, _, share in pictures(page)), default=0.0)


def _is_drawn(page: pdfium.PdfPage) -> bool:
    """Are there pictures, or letters drawn as curves? Else the page is empty."""
    return _picture(page) > 0 or curves(page) > _CURVES


def _recognised(page: pdfium.PdfPage, why: str) -> Sheet:
    """The page read from its picture, or why it cannot be."""
    if not OCR.installed:
        return Sheet(1, 1, [], note=f"{why}，需要识别；{OCR.missing}")
    if any(across * down > _PIXELS for across, down, _ in pictures(page)):
        return Sheet(
            1, 1, [], note=f"中的图片超过 {_PIXELS // 10_000:,} 万像素，未识别；请降低分辨率重新扫描"
        )
    from pipeline.readers.paged.ocr import recognised

    width, height = page.get_size()
    scale = min(_DPI / 72, _SIDE / max(width, height, 1))
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    try:
        sheet = recognised(bitmap.to_numpy()[..., :3].copy())
    finally:
        bitmap.close()
    return sheet if sheet.lines or sheet.tables else Sheet(1, 1, [], note="没有识别出文字；请与原件核对")
