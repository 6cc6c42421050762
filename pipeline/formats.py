"""`circulars formats`: which files can be read, which optional parts are there, what to install."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import set_cell_size

from pipeline.readers import FORMATS, Format

_LABEL, _SUFFIXES = 30, 26  # cells of the terminal


def lines() -> Iterator[str]:
    """One line a format: what it is called, its usual endings, whether it can be read here or what to do."""
    for form in sorted(FORMATS, key=lambda form: not _is_read(form)):
        yield (
            set_cell_size(form.label, _LABEL)
            + set_cell_size(" ".join(form.suffixes), _SUFFIXES)
            + state(form)
        )


def state(form: Format) -> str:
    """Whether files of a format can be read here.

    >>> state(FORMATS[-1])
    '可读'
    """
    if not _is_read(form):
        return f"不能读：{form.advice}"
    if form.needs is None:
        return "可读"
    return f"可读（{form.needs.label} 已安装）" if form.needs.installed else form.needs.missing


def _is_read(form: Format) -> bool:
    return bool(form.reader or form.container)
