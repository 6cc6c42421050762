"""OFD documents (GB/T 33190) -> the text that a person reads, page by page.

Finding pages, templates and text objects is left to ofdkit; this module is the only one that knows it. How lines
become paragraphs is the same as for pdf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

import ofdkit

from pipeline.readers.archive import Archive
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.paged.compose import composed
from pipeline.readers.paged.line import Line, Sheet
from pipeline.readers.paged.rulings import settle, tables
from pipeline.readers.paged.strokes import POINTS, strokes
from pipeline.readers.word.xml import document
from schemas.text import Note, Source

MEDIA_TYPE = "application/ofd"
_RISE, _FALL = 0.86, 0.14  # of the size of the type, above and below the baseline
_SAME_LINE = 0.5  # of the size: baselines that are nearer make one line
_BLANK, _WIDE = 0.4, 1.0  # of the size: gaps that are a blank; gaps that part what stands side by side
_LOST = "读不出来，可能已损坏或加密；请对照原文"
_BROKEN = "OFD 文件已损坏、不完整或已加密；请用 OFD 阅读器打开核对，或另存为 PDF 再试"
_SCAN = "OFD 文件里没有文字，可能是扫描件；请先识别文字，或向发文单位索取可复制文字的文件"
_UNTRUSTED = "OFD 文件超出安全上限或带有 DTD（实体定义），已拒绝；请核对文件来源"
_SIGNED = Note("signed", "文件带有电子签章；签章的真伪没有验证，请用 OFD 阅读器查验")


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The text of the document; `pages` are exact, `cells` are those of its ruled tables."""
    archive = Archive(data, limits)
    try:
        with ofdkit.open(data) as opened:
            if len(opened.pages) > limits.pages:
                size = f"{len(opened.pages):,} 页，超过上限 {limits.pages:,}"
                raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-pages 提高上限")
            sheets = [_sheet(page, archive) for page in opened.pages]
    except ofdkit.OFDLimitError:
        raise Unreadable(_UNTRUSTED) from None
    except (ofdkit.OFDError, ValueError, RecursionError, OverflowError):
        raise Unreadable(_BROKEN) from None
    whole = composed(sheets)
    if not whole.canvas.text.strip():
        raise Unreadable(_BROKEN if any(sheet.note for sheet in sheets) else _SCAN)
    signed = any(part.endswith("Signatures.xml") for part in archive.names)
    return Source(
        name,
        MEDIA_TYPE,
        whole.canvas.text,
        hashlib.sha256(data).hexdigest(),
        pages=tuple(whole.pages),
        cells=tuple(whole.canvas.cells),
        notes=(*whole.notes, *([_SIGNED] if signed else ())),
    )


def _sheet(page: ofdkit.Page, archive: Archive) -> Sheet:
    try:
        _, _, width, height = page.box
        lines = [line for row in _rows(_visible(page)) for line in _lines(row)]
        drawn = (
            strokes(document(archive.read(page.location), page.location)) if page.location in archive else []
        )
        ruled = tables(drawn)
        return Sheet(width * POINTS, height * POINTS, settle(lines, ruled), ruled)
    except ofdkit.OFDLimitError:
        raise
    except ofdkit.OFDError:
        return Sheet(1.0, 1.0, [], note=_LOST)


def _visible(page: ofdkit.Page) -> Iterator[ofdkit.TextRun]:
    """The words on the page itself; what is drawn twice at one place (for bold type) counts once."""
    x, y, width, height = page.box
    drawn: set[tuple[str, int, int]] = set()
    for run in page.runs:
        place = (run.text, round(run.x * 4), round(run.y * 4))
        inside = x <= run.x <= x + width and y <= run.y <= y + height
        if inside and run.text.strip() and place not in drawn:
            drawn.add(place)
            yield run


def _rows(runs: Iterable[ofdkit.TextRun]) -> Iterator[list[ofdkit.TextRun]]:
    """Runs of about one baseline, from the left to the right; rows from the top to the bottom."""
    rows: list[list[ofdkit.TextRun]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if rows and run.y - rows[-1][0].y <= _SAME_LINE * min(_size(run), _size(rows[-1][0])):
            rows[-1].append(run)
        else:
            rows.append([run])
    return (sorted(row, key=lambda run: run.x) for row in rows)


def _lines(row: list[ofdkit.TextRun]) -> Iterator[Line]:
    """The row, parted where a gap is wide."""
    start = 0
    gaps = [
        (run.x - before.x - before.width) / min(_size(before), _size(run)) for before, run in pairwise(row)
    ]
    for at, gap in enumerate([*gaps, _WIDE + 1], 1):
        if gap > _WIDE:
            yield _line(row[start:at], gaps[start : at - 1])
            start = at


def _line(runs: list[ofdkit.TextRun], gaps: list[float]) -> Line:
    blanks = [" " if gap > _BLANK else "" for gap in (*gaps, 0.0)]
    words = "".join(run.text + blank for run, blank in zip(runs, blanks, strict=True)).strip()
    size, last = _size(runs[0]), runs[-1]
    place = (runs[0].x, runs[0].y - size * _RISE, last.x + last.width, runs[0].y + size * _FALL)
    x0, top, x1, bottom = (side * POINTS for side in place)
    return Line(x0, top, x1, bottom, words)


def _size(run: ofdkit.TextRun) -> float:
    return max(float(run.size), 1.0)
