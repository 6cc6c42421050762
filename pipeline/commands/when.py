"""`circulars when`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import IssueDate, date


def command(
    expressions: Annotated[
        list[str] | None, typer.Argument(metavar="[EXPRESSION...]", help="时限的说法；不写则逐行读标准输入")
    ] = None,
    issue_date: IssueDate = None,
    scan: Annotated[Path | None, typer.Option(metavar="FILE", help="找出一个文件里的全部时限")] = None,
) -> None:
    """只解析时限：每行一个 JSON。"""
    from pipeline.when import when

    if scan and expressions:
        raise typer.BadParameter("--scan 和说法不能一起给；请分开运行")
    raise typer.Exit(when(expressions or [], date(issue_date), scan))
