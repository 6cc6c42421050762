"""`circulars watch`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.batch import Out, Store, Workers
from pipeline.commands.options import Characters, IssueDate, Megabytes, Memory, Pages, Seconds, date
from pipeline.readers import Limits

_LIMITS = Limits()


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: Annotated[list[str], typer.Argument(metavar="DIR...", help="要等待新文件的文件夹，或通配符")],
    out: Out,
    interval: Annotated[float, typer.Option(min=0.1, max=86_400, help="每隔多少秒看一次")] = 2.0,
    workers: Workers = None,
    store: Store = None,
    issue_date: IssueDate = None,
    limit_mb: Megabytes = _LIMITS.megabytes,
    limit_characters: Characters = _LIMITS.characters,
    limit_pages: Pages = _LIMITS.pages,
    limit_seconds: Seconds = _LIMITS.seconds,
    limit_memory: Memory = _LIMITS.memory,
) -> None:
    """等待新文件：文件夹里来一份（或改一份）解析一份，按 Ctrl-C 结束。"""
    from pipeline.archive.session import Session
    from pipeline.archive.watch import watch

    limits = Limits(limit_mb, limit_characters, limit_pages, limit_seconds, limit_memory)
    session = Session(out, limits, date(issue_date), store, workers)
    raise typer.Exit(0 if watch(paths, session, interval) else 1)
