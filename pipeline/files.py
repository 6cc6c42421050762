"""Files -> results, one after the other: a bad one costs one line and never the others."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.console import confess, say
from pipeline.guard import guard
from pipeline.outputs import Folder, Unwritable, stems
from pipeline.readers import Limits, Unreadable, read
from schemas.circular import Circular
from schemas.text import Source

if TYPE_CHECKING:
    from pipeline.run import Options


@dataclass(frozen=True)
class Request:
    """What to do with every file: `stream` is the format for standard output, `folder` takes the files."""

    options: Options
    limits: Limits
    folder: Folder | None = None
    stream: str | None = None


def parse_files(files: Sequence[str], request: Request) -> bool:
    """Parse all; were all of them read and written?"""
    fates = [_survives(file, stem, request) for file, stem in zip(files, stems(files), strict=True)]
    return all(fates)


def _survives(file: str, stem: str, request: Request) -> bool:
    label = "标准输入" if file == "-" else file
    try:
        _parse(file, stem, request)
    except (Unreadable, Unwritable) as wrong:
        say(f"{label}：{wrong}")
    except BrokenPipeError:
        raise
    except Exception as defect:  # noqa: BLE001 - whatever goes wrong in one file, the others are parsed
        say(f"{label}：未能解析，{confess(defect)}")
    else:
        return True
    return False


def _parse(file: str, stem: str, request: Request) -> None:
    from pipeline.run import parse

    with guard(request.limits):
        source = read(file, request.limits)
        circulars = parse(source, request.options)
    if not circulars:
        raise Unreadable("里面没有公文；请检查文件内容")
    if request.stream:
        from pipeline.writers import render

        sys.stdout.buffer.write(render(request.stream, circulars))
        return
    _show(circulars, source, explain=request.options.explain)
    if request.folder:
        for path in request.folder.save(file, stem, source, circulars):
            say(f"已写出 {path}")


def _show(circulars: Sequence[Circular], source: Source, *, explain: bool) -> None:
    from pipeline.writers.explain import lines
    from pipeline.writers.table import show

    for circular in circulars:
        show(circular)
        for line in lines(circular, source.raw) if explain else ():
            sys.stdout.write(line + "\n")
    sys.stdout.flush()
