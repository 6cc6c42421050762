"""Zip packages, read in memory within bounds: no name in them ever reaches the disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import IO

from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits

_TIMES = 10  # what an unpacked package may hold, in sizes of the largest file allowed
_RATIO = 200  # text of offices packs 5 to 50 times; a bomb up to a thousand times
_UTF8 = 0x800  # the flag that says so of a name
_BROKEN = "的压缩结构已损坏或被截断；请重新取得完整的文件"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


class Archive:
    """The parts of a zip package (docx, xlsx, ofd …) by name.

    Raises `Unreadable` for what is broken, locked or unpacks beyond the limits, before anything is unpacked.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {_tidy(_clear(info)): info for info in self._zip.infolist()}
        except _DAMAGE:
            raise Unreadable(f"文件{_BROKEN}") from None
        _weigh(sum(info.file_size for info in self._infos.values()), len(data), limits)
        if any(info.flag_bits & 1 for info in self._infos.values()):
            raise Unreadable("文件有密码；请在原程序中去掉密码（压缩包请先解压）再试")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in order, without leading slashes and without `..`."""
        return tuple(self._infos)

    @property
    def files(self) -> dict[str, int]:
        """The names of all parts that are no folders, with their sizes when unpacked."""
        return {name: info.file_size for name, info in self._infos.items() if not info.is_dir()}

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The whole part; `Unreadable` where it is missing or damaged."""
        try:
            return self._zip.read(self._infos[name])
        except (*_DAMAGE, RuntimeError):
            raise Unreadable(f"文件中的 {name} {_BROKEN.removeprefix('的压缩结构')}") from None

    def open(self, name: str) -> IO[bytes]:
        """The part as a stream, for those that are too large to hold; damage shows while it is read."""
        try:
            return self._zip.open(self._infos[name])
        except (*_DAMAGE, RuntimeError):
            raise Unreadable(f"文件中的 {name} {_BROKEN.removeprefix('的压缩结构')}") from None


def _weigh(size: int, packed: int, limits: Limits) -> None:
    most = limits.megabytes * 1_000_000
    if size > most * _TIMES:
        megabytes = f"{size // 1_000_000:,} MB，超过上限 {limits.megabytes * _TIMES:,} MB"
        raise Unreadable(f"解压后有 {megabytes}；请拆分文件，或用 --limit-mb 提高上限")
    if size > most and size > packed * _RATIO:
        raise Unreadable(
            f"解压后是原来的 {size // packed} 倍，超过上限 {_RATIO} 倍，像是压缩炸弹；请核对文件来源"
        )


def _clear(info: zipfile.ZipInfo) -> str:
    """The name as it was typed: without the mark for UTF-8 it is UTF-8 (macOS) or GB18030 (Windows in China)."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        printed = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return printed.decode("utf-8")
    except UnicodeDecodeError:
        return printed.decode("gb18030", "replace")


def _tidy(name: str) -> str:
    """One spelling of a name: `/word/document.xml`, `word\\document.xml` and `word/document.xml` are the same."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")
