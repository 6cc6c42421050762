"""The text that a circular's spans point into, as a folder of results keeps it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.readers import Limits, Unreadable, read
from schemas.circular import SourceInfo


class Lost(Exception):  # noqa: N818 - it says what the text is
    """A text that is no longer there, or no longer the one that was read: one Chinese line."""


def text_of(folder: Path, source: SourceInfo) -> str:
    """The text beside the results, or the plain text file itself where it still is the one that was read."""
    if source.text_file is not None:
        return _beside(folder, source.text_file)
    if source.path is None:
        raise Lost(f"没有记下 {source.name} 的位置")
    path = folder / source.path
    try:
        data = path.read_bytes()
    except OSError:
        raise Lost(f"原文 {source.name} 已不在原来的位置") from None
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise Lost(f"原文 {source.name} 已改动，请重新解析")
    try:
        return read(str(path), Limits(characters=max(source.characters, 1))).raw
    except Unreadable as reason:
        raise Lost(f"原文 {source.name} 读不出来：{reason}") from None


def _beside(folder: Path, name: str) -> str:
    """A text file of the folder; nothing outside it."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Lost(f"{name} 不在结果文件夹里")
    try:
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, ValueError):
        raise Lost(f"结果旁边没有 {name}") from None
