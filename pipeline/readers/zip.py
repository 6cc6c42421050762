"""Zip archives -> the files in them; none of their names ever reaches the disk."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.readers.archive import Archive
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits

LEFTOVER = regex.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", regex.IGNORECASE
)


def members(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Every file by its name; what systems and programs leave behind (lock files, thumbnails) is none."""
    archive = Archive(data, limits)
    for inner in archive.files:
        if not LEFTOVER.search(inner):
            yield regex.sub(r"[\p{Cc}\p{Cs}]", "_", inner), _held(archive, inner, limits)


def _held(archive: Archive, inner: str, limits: Limits) -> bytes | Unreadable:
    if archive.files[inner] > limits.megabytes * 1_000_000:
        return Unreadable(f"超过大小上限 {limits.megabytes} MB；请拆分文件，或用 --limit-mb 提高上限")
    try:
        return archive.read(inner)
    except Unreadable:
        return Unreadable("已损坏、被截断，或是不支持的压缩方式；请先解压，再解析其中的文件")
