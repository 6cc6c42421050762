"""`circulars diff`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.console import say

_FORMS = ("table", "json", "xlsx")
_SAME, _DIFFERENT, _WRONG = 0, 1, 2


def command(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="原来的：JSON 结果、结果文件夹、batch 文件夹或数据库")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="现在的，同上")],
    form: Annotated[str, typer.Option("--format", metavar="|".join(_FORMS), help="怎样列出")] = "table",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="写入文件；不写则在屏幕上列出")] = None,
) -> None:
    """比较两次的结果：新增、删除、变更、移动了哪些条目（没有变化返回 0，有变化 1，读不了 2）。"""
    from pipeline.diff.changes import changes
    from pipeline.diff.loading import load
    from pipeline.diff.report import RENDER, table
    from pipeline.outputs import write_whole
    from pipeline.readers import Unreadable

    if form not in _FORMS:
        raise typer.BadParameter(f"没有格式 {form}；可用的是 {'、'.join(_FORMS)}")
    if form == "xlsx" and out is None:
        raise typer.BadParameter("xlsx 不是文本，请用 --out 指定文件")
    sides = []
    for where in (old, new):
        try:
            sides.append(load(where))
        except Unreadable as wrong:
            say(f"{where}：{wrong}")
            raise typer.Exit(_WRONG) from None
    found = changes(*sides)
    if out is None and form == "table":
        sys.stdout.write(table(found, shutil.get_terminal_size((120, 0)).columns))
    elif out is None:
        sys.stdout.buffer.write(RENDER[form](found))
    else:
        write_whole(out, RENDER[form](found))
        say(f"已写出 {out}")
    raise typer.Exit(_DIFFERENT if found else _SAME)
