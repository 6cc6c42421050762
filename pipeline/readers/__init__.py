"""Files -> Sources. The format is told by content; a name alone proves nothing (see registry.py)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Budget, Limits
from pipeline.readers.registry import FORMATS, TEXT, Format, recognise
from schemas.text import Source

__all__ = ["FORMATS", "TEXT", "Format", "Limits", "Unreadable", "complaint", "name_of", "read", "sources"]

STDIN = "-"
_MEGABYTE = 1_000_000
_DEPTH = 3  # a zip in a mail in a zip
_BLANK = " \t\r\n\f\v\x85\xa0\u2000\u2001\u2002\u2003\u2028\u2029\u200b\u2060\u3000\ufeff"


def read(file: str, limits: Limits | None = None) -> Source:
    """The source that `file` (`-`: standard input) holds; `Unreadable` says what is wrong with it."""
    found = list(sources(file, limits))
    if len(found) > 1:
        raise Unreadable(f"里面有 {len(found)} 份文件；请用 circulars parse，或逐份解析")
    (source,) = found or [Unreadable("里面没有可以解析的文件；请检查文件内容")]
    if isinstance(source, Unreadable):
        raise source
    return source


def sources(file: str, limits: Limits | None = None) -> Iterator[Source | Unreadable]:
    """Every source in `file`, in order: most often one. What is wrong with one of several stands in its place.

    Raises `Unreadable` where the file itself cannot be read.
    """
    limits = limits or Limits()
    yield from _read(name_of(file), _load(file, limits.megabytes), limits, Budget.of(limits))


def name_of(file: str) -> str:
    """The name that is published: without folders, always printable as UTF-8."""
    name = "stdin" if file == STDIN else os.path.basename(os.path.normpath(file))  # noqa: PTH119 - a bare string
    return os.fsencode(name).decode("utf-8", "replace")


def _read(
    name: str, data: bytes, limits: Limits, budget: Budget, depth: int = 0
) -> Iterator[Source | Unreadable]:
    if not data:
        raise Unreadable("是空文件（0 字节）；请检查文件是否完整")
    form = recognise(name, data)
    if form.container:
        yield from _members(form, (name, data), limits, budget, depth)
        return
    if form.reader is None:
        raise Unreadable(f"这是{form.label}，不能直接解析；{form.advice}")
    if form.needs and not form.needs.installed:
        raise Unreadable(f"这是{form.label}，{form.needs.missing}")
    source: Source = import_module(form.reader).read(name, data, limits)
    _check(source, limits)
    # What lies in a container is written out beside the result too: nobody else could follow the spans.
    yield (
        source if form.plain and not depth else replace(source, text_file=f"{PurePath(name).stem}.source.txt")
    )


def _members(
    form: Format, given: tuple[str, bytes], limits: Limits, budget: Budget, depth: int
) -> Iterator[Source | Unreadable]:
    """What a container holds, each read like a file; one that cannot be read costs its place, not the others."""
    if depth == _DEPTH:
        raise Unreadable(f"压缩包、邮件套了 {_DEPTH} 层以上；请先取出里面的文件")
    name = given[0]
    for inner, held in import_module(str(form.container)).members(*given, limits):
        if budget.spent:
            return
        try:
            for source in _read(inner, budget.take(held), limits, budget, depth + 1):
                yield _within(name, inner, source)
        except Unreadable as wrong:
            yield _within(name, inner, wrong)


def _within(name: str, inner: str, found: Source | Unreadable) -> Source | Unreadable:
    """The same source under the name of its container, or what is wrong with which member."""
    if isinstance(found, Unreadable):
        return Unreadable(f"{inner}：{found}")
    return replace(found, name=f"{name}/{found.name}")


def _load(file: str, megabytes: int) -> bytes:
    """The bytes: an endless file must not fill the memory."""
    try:
        if file == STDIN:
            if sys.stdin is None:
                raise Unreadable("没有标准输入；请用 | 或 < 把公文送进来")
            data = _taken(sys.stdin.buffer, megabytes)
        else:
            with open(file, "rb") as stream:  # noqa: PTH123 - also pipes and hostile names
                data = _taken(stream, megabytes)
    except OSError as error:
        raise Unreadable(complaint(error)) from None
    except ValueError:
        raise Unreadable("文件名含有不允许的字符；请改名再试") from None
    if len(data) > megabytes * _MEGABYTE:
        raise Unreadable(f"超过大小上限 {megabytes} MB；请拆分文件，或用 --limit-mb 提高上限")
    return data


def _taken(stream: BinaryIO, megabytes: int) -> bytes:
    """One megabyte more than the limit at most; piece by piece, as `read` sets aside all that it is asked for."""
    return b"".join(islice(iter(partial(stream.read, _MEGABYTE), b""), megabytes + 1))


def complaint(error: OSError) -> str:
    """An operating system's refusal in words that a clerk can act on."""
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件；请检查文件名和路径"
    if isinstance(error, IsADirectoryError):
        return "是文件夹，不是文件；请给出其中的文件，例如 文件夹/*.txt"
    if isinstance(error, PermissionError):
        return "没有读取权限；请检查文件权限"
    return f"读不出来（{error.strerror}）；请检查文件和磁盘"


def _check(source: Source, limits: Limits) -> None:
    if not source.raw.strip(_BLANK):
        raise Unreadable("只有空白，没有文字；请检查文件是否完整")
    if len(source.raw) > limits.characters:
        size = f"{len(source.raw):,} 个字符，超过上限 {limits.characters:,}"
        raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-characters 提高上限")
    if len(source.pages) > limits.pages:
        size = f"{len(source.pages):,} 页，超过上限 {limits.pages:,}"
        raise Unreadable(f"有 {size}；请拆分文件，或用 --limit-pages 提高上限")
