"""Files -> results, one after the other: a bad one costs one line and never the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.console import confess, say
from pipeline.guard import guard
from pipeline.outputs import Folder, Reading, stems
from pipeline.readers import Limits, Unreadable, sources
from pipeline.writers import FORMATS, Unwritable, render
from schemas.circular import Circular
from schemas.text import Source

if TYPE_CHECKING:
    from pipeline.run import Options
    from pipeline.writers.ledger.template import Template


@dataclass
class Stream:
    """Standard output in one format; what heads a page (the names of the columns) stands there once."""

    form: str
    template: Template | None = None
    begun: bool = False
    waiting: list[tuple[Circular, Source]] = field(default_factory=list)

    def write(self, readings: Sequence[Reading]) -> None:
        """The circulars of one more file; a format that is one document waits for `close`."""
        self.waiting += [(circular, source) for source, several in readings for circular in several]
        if not FORMATS[self.form].whole:
            self.close()

    def close(self) -> None:
        """Write what waits; nothing where there is nothing."""
        if self.waiting:
            circulars, texts = zip(*self.waiting, strict=True)
            page = render(self.form, circulars, texts, self.template)
            head = render(self.form, (), template=self.template) if self.begun else b""
            sys.stdout.buffer.write(page.removeprefix(head))
            self.begun = True
            self.waiting.clear()


@dataclass(frozen=True)
class Request:
    """What to do with every file: to `stream`, into `folder`, or (neither) only on the screen."""

    options: Options
    limits: Limits
    folder: Folder | None = None
    stream: Stream | None = None


def parse_files(files: Sequence[str], request: Request) -> bool:
    """Parse all; were all of them read and written?"""
    fates = [_survives(file, stem, request) for file, stem in zip(files, stems(files), strict=True)]
    if request.stream:
        request.stream.close()
    return all(fates)


def _survives(file: str, stem: str, request: Request) -> bool:
    label = "标准输入" if file == "-" else file
    try:
        return _parse(file, label, stem, request)
    except (Unreadable, Unwritable) as wrong:
        say(f"{label}：{wrong}")
    except BrokenPipeError:
        raise
    except OSError as full:
        say(f"{label}：结果写不出来（{full.strerror}）；请检查标准输出和磁盘空间")
    except Exception as defect:  # noqa: BLE001 - whatever goes wrong in one file, the others are parsed
        say(f"{label}：未能解析，{confess(defect)}")
    return False


def _parse(file: str, label: str, stem: str, request: Request) -> bool:
    """Parse one file; was all that it holds read?"""
    found = list(readings(file, request.options, request.limits))
    troubles = [one for one in found if isinstance(one, Unreadable)]
    read = [one for one in found if not isinstance(one, Unreadable)]
    for trouble in troubles:
        say(f"{label}：{trouble}")
    if not found:
        raise Unreadable("里面没有公文；请检查文件内容")
    if request.stream:
        request.stream.write(read)
        return not troubles
    # Written before it is shown: whoever closes the screen half way has the results.
    written = request.folder.save(file, stem, read) if request.folder and read else []
    for source, circulars in read:
        _show(circulars, source, explain=request.options.explain)
    for path in written:
        say(f"已写出 {path}")
    return not troubles


def readings(file: str, options: Options, limits: Limits) -> Iterator[Reading | Unreadable]:
    """Every source in the file with its circulars, each within the limits; what is wrong stands in its place."""
    from pipeline.run import parse

    opened = sources(file, limits)
    source: Source | Unreadable | None
    while True:
        source = None
        try:
            with guard(limits):
                source = next(opened, None)
                if source is None:
                    return
                if isinstance(source, Unreadable):
                    raise source
                circulars = parse(source, options)
            if not circulars:
                raise Unreadable("里面没有公文；请检查文件内容")
            yield source, circulars
        except Unreadable as wrong:
            member = source.name.partition("/")[2] if isinstance(source, Source) else ""
            yield Unreadable(f"{member}：{wrong}") if member else wrong


def _show(circulars: Sequence[Circular], source: Source, *, explain: bool) -> None:
    from pipeline.writers.explain import lines
    from pipeline.writers.table import show

    for circular in circulars:
        show(circular)
        for line in lines(circular, source.raw) if explain else ():
            sys.stdout.write(line + "\n")
    sys.stdout.flush()
