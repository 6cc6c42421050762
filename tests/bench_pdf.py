"""`make bench`: pages of pdf a second against a plain pdfplumber extract_text over the same file, in one run."""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.bench import SAMPLE
from pipeline.readers import Limits
from pipeline.readers.paged import pdf
from tests.printing import pdf as print_pdf

_ROUNDS = 7


def main(files: Sequence[str]) -> None:
    """Measure on the files, by default on the printed sample."""
    for data in [Path(file).read_bytes() for file in files] or [print_pdf(Path(SAMPLE).read_text("utf-8"))]:
        for line in report(data):
            sys.stdout.write(line + "\n")


def report(data: bytes) -> Iterator[str]:
    """The lines that are printed for one document."""
    count = len(pdf.read("", data, Limits()).pages)
    ours, theirs = seconds(data)
    yield f"{count} 页；{_ROUNDS} 轮取最快"
    yield f"读取 PDF      {ours / count * 1000:9.2f} ms/页   {count / ours:8.0f} 页/s"
    yield f"pdfplumber    {theirs / count * 1000:9.2f} ms/页   {count / theirs:8.0f} 页/s"
    yield f"比值          {theirs / ours:9.2f}（pdfplumber 的时间 ÷ 读取的时间）"


def ratio(data: bytes) -> float:
    """How many times as many pages a second."""
    ours, theirs = seconds(data)
    return theirs / ours


def seconds(data: bytes) -> tuple[float, float]:
    """The best seconds of both, taken in turns; of the processor, for both run on one and others may run beside them."""
    rounds = [
        (_seconds(lambda: pdf.read("", data, Limits())), _seconds(lambda: _plain(data)))
        for _ in range(_ROUNDS)
    ]
    return min(ours for ours, _ in rounds), min(theirs for _, theirs in rounds)


def _plain(data: bytes) -> list[str]:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
