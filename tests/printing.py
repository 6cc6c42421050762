"""Texts -> printed pages: pdf set by reportlab or by a browser, pictures of the pages, as a scanner would make them."""

from __future__ import annotations

import html
import io
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")  # Debian: fonts-wqy-microhei
SONG, HEI = "STSong-Light", "WenQuanYi"


@dataclass(frozen=True)
class Layout:
    """How pages are set. `quarters`: how often 90° they lie turned; `head`: a running head; `lock`: a password."""

    font: str = SONG
    size: int = 14
    columns: int = 1
    quarters: int = 0
    head: str = ""
    lock: str | None = None


@cache
def _fonts() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    if FONT.exists():
        pdfmetrics.registerFont(TTFont(HEI, str(FONT), subfontIndex=0))


def paragraphs(text: str) -> Iterator[str | list[list[str]]]:
    """The lines, empty ones too; those of a table, parted by | or by blanks, as its rows."""
    rows: list[list[str]] = []
    for line in [*map(str.strip, text.splitlines()), "end"]:
        cells = [cell.strip() for cell in line.strip("|").split("|" if line.startswith("|") else "  ")]
        if len(cells) > 3:
            rows += [cells] if set(line) - set("|-: ") else []
        elif line and rows:
            yield from (rows, line)
            rows = []
        elif not rows:
            yield line


def pdf(text: str, layout: Layout = Layout()) -> bytes:
    """The text as a pdf document of pages of A4."""
    _fonts()
    stream = io.BytesIO()
    size = landscape(A4) if layout.quarters % 2 else A4
    made = BaseDocTemplate(stream, pagesize=size, encrypt=layout.lock, title="")
    gap, left, low = 20, 80, 80
    wide = (size[0] - 2 * left - gap * (layout.columns - 1)) / layout.columns
    frames = [
        Frame(left + index * (wide + gap), low, wide, size[1] - 2 * low, 0, 0, 0, 0)
        for index in range(layout.columns)
    ]
    made.addPageTemplates(
        PageTemplate(frames=frames, onPage=lambda canvas, _: _furnish(canvas, layout, size))
    )
    made.build([_flowable(one, layout, wide) for one in list(paragraphs(text))[:-1]])
    return stream.getvalue()


def _flowable(one: str | list[list[str]], layout: Layout, wide: float) -> Any:
    indent = 2 * layout.size
    style = ParagraphStyle(
        "", fontName=layout.font, fontSize=layout.size, leading=layout.size * 1.7, wordWrap="CJK"
    )
    if not one:
        return Spacer(1, layout.size)
    if isinstance(one, str):
        return Paragraph(html.escape(one), ParagraphStyle("", style, firstLineIndent=indent))
    columns = max(map(len, one))
    cells = [
        [Paragraph(html.escape(cell), style) for cell in row] + [""] * (columns - len(row)) for row in one
    ]
    shares = [max(min(sum(len(row[at]) for row in one if at < len(row)), 60), 12) for at in range(columns)]
    grid = [("GRID", (0, 0), (-1, -1), 0.7, colors.black)]
    whole = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(one) if row[0] and not any(row[1:])]
    table = Table(cells, [wide * share / sum(shares) for share in shares], repeatRows=1)
    table.setStyle(TableStyle(grid + whole))
    return table


def _furnish(canvas: Any, layout: Layout, size: tuple[float, float]) -> None:
    """Head and number of a page; a page that lies turned shows its words upright."""
    if layout.quarters:
        canvas.setPageSize(size if layout.quarters == 2 else (size[1], size[0]))
        canvas.setPageRotation(90 * layout.quarters)
        if layout.quarters == 1:
            canvas.transform(0, 1, -1, 0, size[1], 0)
        elif layout.quarters == 2:
            canvas.transform(-1, 0, 0, -1, size[0], size[1])
        else:
            canvas.transform(0, -1, 1, 0, 0, size[0])
    canvas.setFont(layout.font, 10)
    if layout.head:
        canvas.drawString(80, size[1] - 45, layout.head)
    canvas.drawCentredString(size[0] / 2, 40, f"— {canvas.getPageNumber()} —")


def page(text: str) -> str:
    """The text as a web page to be printed."""
    style = "td{border:1px solid;padding:2px}table{border-collapse:collapse}p{text-indent:2em;margin:4px}"
    return f"<meta charset='utf-8'><style>{style}</style>" + "".join(
        map(_markup, list(paragraphs(text))[:-1])
    )


def _markup(one: str | list[list[str]]) -> str:
    if isinstance(one, str):
        return f"<p>{html.escape(one) or '&nbsp;'}</p>"
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in one)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def browser(text: str, folder: Path) -> bytes:
    """The text printed by Chromium."""
    (folder / "page.html").write_text(page(text), "utf-8")
    target = folder / "page.pdf"
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
    ]
    command += [f"--print-to-pdf={target}", (folder / "page.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def pictures(document: bytes, dpi: int = 200) -> list[Image.Image]:
    """The pages of a pdf document as a scanner sees them."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(document) as opened:
        return [one.render(scale=dpi / 72).to_pil().convert("RGB") for one in opened]


def file(pages: Sequence[Image.Image], form: str) -> bytes:
    """Pictures as a file; several make a TIFF of several pages or a pdf without text."""
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages[1:])} if len(pages) > 1 else {}
    pages[0].save(stream, form, **more)
    return stream.getvalue()
