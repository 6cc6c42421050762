"""Scans and pictures of pages -> the text on them."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.paged.compose import composed
from pipeline.readers.paged.ocr import recognised
from schemas.text import Source

if TYPE_CHECKING:
    from pipeline.readers.paged.scan import Pixels

_KINDS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_BROKEN = "是图片，但已损坏或被截断；请重新扫描或取得完整的文件"
_NOTHING = "图片中没有识别出文字；请检查是否清晰、是否是公文"
_DAMAGE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The words of the picture, page by page; lines of little confidence are noted."""
    kind, sheets = "", []
    for page, mime in _pages(data, limits):
        kind = mime
        sheets.append(recognised(page))
    whole = composed(sheets)
    if not whole.canvas.text.strip():
        raise Unreadable(_NOTHING)
    return Source(
        name,
        kind,
        whole.canvas.text,
        hashlib.sha256(data).hexdigest(),
        pages=tuple(whole.pages),
        cells=tuple(whole.canvas.cells),
        notes=tuple(whole.notes),
    )


def _pages(data: bytes, limits: Limits) -> Iterator[tuple[Pixels, str]]:
    """The pages of the picture, one after the other, with its media type; sizes are checked before anything is decoded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
                frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
                if frames > limits.pages:
                    size = f"{frames:,} 页，超过上限 {limits.pages:,}"
                    raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-pages 提高上限")
                mime = Image.MIME.get(picture.format or "", "image/*")
                for index in range(frames):
                    picture.seek(index)
                    check_size(*picture.size)
                    yield _pixels(picture), mime
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            pixels = regex.search("[0-9]+", str(bomb))
            raise Unreadable(_too_large(int(pixels[0]) if pixels else 0)) from None
        except _DAMAGE:
            raise Unreadable(_BROKEN) from None


def check_size(width: int, height: int) -> None:
    """Refuse a picture that would fill the memory, before it is decoded."""
    if width * height > (Image.MAX_IMAGE_PIXELS or 0):
        raise Unreadable(_too_large(width * height))


def _too_large(pixels: int) -> str:
    most = (Image.MAX_IMAGE_PIXELS or 0) // 10_000
    return f"图片有 {pixels // 10_000:,} 万像素，超过上限 {most:,} 万；请降低分辨率（200 dpi 即可）重新扫描"


def _pixels(picture: Image.Image) -> Pixels:
    """The picture as its maker saw it, on white paper: rows, columns, RGB."""
    import numpy as np

    shown = ImageOps.exif_transpose(picture)
    if shown.has_transparency_data:
        shown = shown.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        shown = Image.alpha_composite(paper, shown)
    return np.asarray(shown.convert("RGB"))
