"""OFD documents (GB/T 33190): the words of every page put into lines by where they stand.

Finding pages, templates and text objects is left to ofdkit; this module is the only one that knows it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import ofdkit

from pipeline.readers.archive import Archive
from pipeline.readers.canvas import Canvas
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from schemas.text import Note, Source

MEDIA_TYPE = "application/ofd"
_SAME_LINE = 0.5  # of the size of the type: baselines that are nearer make one line
_GAP = 0.4  # wider gaps are blanks
_COLUMNS = 1.5  # wider ones hold columns apart
_INDENT = 20  # ideographic blanks before a line
_BROKEN = "OFD 文件已损坏、不完整或已加密；请用 OFD 阅读器打开核对，或另存为 PDF 再试"
_SCAN = "OFD 文件里没有文字，可能是扫描件；请先识别文字，或向发文单位索取可复制文字的文件"
_UNTRUSTED = "OFD 文件超出安全上限或带有 DTD（实体定义），已拒绝；请核对文件来源"

Line = list[ofdkit.TextRun]


def read(name: str, data: bytes, limits: Limits) -> Source:
    """The pages as lines; `pages` are exact, columns of tables are held apart by blanks."""
    archive = Archive(data, limits)
    canvas = Canvas()
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > limits.pages:
                size = f"{len(document.pages):,} 页，超过上限 {limits.pages:,}"
                raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-pages 提高上限")
            lost = [page.index + 1 for page in document.pages if not _write(canvas, page)]
    except ofdkit.OFDLimitError:
        raise Unreadable(_UNTRUSTED) from None
    except (ofdkit.OFDError, ValueError, RecursionError):
        raise Unreadable(_BROKEN) from None
    if not canvas.text.strip():
        raise Unreadable(_BROKEN if lost else _SCAN)
    digest = hashlib.sha256(data).hexdigest()
    notes = tuple(_notes(archive, lost))
    return Source(name, MEDIA_TYPE, canvas.text, digest, pages=(0, *canvas.breaks[1:]), notes=notes)


def _write(canvas: Canvas, page: ofdkit.Page) -> bool:
    """Write the page down; could it be read?"""
    try:
        lines = _lines(_visible(page))
    except ofdkit.OFDLimitError:
        raise
    except ofdkit.OFDError:
        lines = None
    canvas.breaks.append(canvas.size)
    left = _margin(lines or ())
    for line in lines or ():
        indent = round((line[0].x - left) / _size(line[0]))
        canvas.line("　" * min(max(indent, 0), _INDENT) + _joined(line))
    return lines is not None


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


def _lines(runs: Iterable[ofdkit.TextRun]) -> list[Line]:
    """Runs of about one baseline, from the left to the right; lines from the top to the bottom."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if lines and run.y - lines[-1][0].y <= _SAME_LINE * min(_size(run), _size(lines[-1][0])):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.x) for line in lines]


def _margin(lines: Sequence[Line]) -> float:
    """Where most lines of the page begin."""
    starts = Counter(round(line[0].x) for line in lines)
    return float(min(starts, key=lambda start: (-starts[start], start))) if starts else 0.0


def _joined(line: Line) -> str:
    """The runs with blanks for the gaps between them."""
    pieces = [line[0].text]
    for before, run in pairwise(line):
        gap = (run.x - before.x - before.width) / max(min(_size(before), _size(run)), 1.0)
        pieces += ["   " if gap > _COLUMNS else " " if gap > _GAP else "", run.text]
    return "".join(pieces).strip()


def _size(run: ofdkit.TextRun) -> float:
    return max(float(run.size), 1.0)


def _notes(archive: Archive, lost: Sequence[int]) -> Iterator[Note]:
    if any(name.endswith("Signatures.xml") for name in archive.names):
        yield Note("signed", "文件带有电子签章；签章的真伪没有验证，请用 OFD 阅读器查验")
    if lost:
        pages = "、".join(str(page) for page in lost[:10])
        yield Note(
            "unreadable_page", f"第 {pages} 页读不出来，可能已损坏或加密；请对照原文", severity="warning"
        )
