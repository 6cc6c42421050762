"""`circulars batch`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import (
    Characters,
    IssueDate,
    Megabytes,
    Memory,
    Pages,
    Seconds,
    date,
    formats,
)
from pipeline.readers import Limits

_LIMITS = Limits()

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="文件夹、文件、通配符；- 是从标准输入逐行读路径")
]
Out = Annotated[str, typer.Option(metavar="DIR", help="结果文件夹，或 s3:// 等 fsspec 能写的位置")]
Workers = Annotated[int | None, typer.Option(min=1, max=1024, help="进程数；默认用全部核心")]
Store = Annotated[
    str | None,
    typer.Option(
        metavar="URL", help="数据库：sqlite:///文件、postgresql://…、none；默认 DIR/circulars.sqlite"
    ),
]


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: Paths,
    out: Out,
    workers: Workers = None,
    engine: Annotated[str, typer.Option(metavar="local|dask", help="在本机做，还是交给 Dask 集群")] = "local",
    scheduler: Annotated[str | None, typer.Option(metavar="tcp://…", help="Dask 调度器的地址")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="接着做：已完成、没有变化的不再解析")] = False,
    store: Store = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="csv|xlsx|…", help="另写一份总台账 DIR/ledger.…，可重复"),
    ] = None,
    shard_size: Annotated[int, typer.Option(min=1, max=100_000, help="每个分片大约多少份")] = 128,
    issue_date: IssueDate = None,
    limit_mb: Megabytes = _LIMITS.megabytes,
    limit_characters: Characters = _LIMITS.characters,
    limit_pages: Pages = _LIMITS.pages,
    limit_seconds: Seconds = _LIMITS.seconds,
    limit_memory: Memory = _LIMITS.memory,
) -> None:
    """成批解析归档的公文：写出分片、清单和数据库；中断后可以接着做。"""
    from pipeline.archive.session import Session, run

    if engine not in {"local", "dask"}:
        raise typer.BadParameter(f"没有引擎 {engine}；可用的是 local、dask")
    if (engine == "dask") != (scheduler is not None):
        raise typer.BadParameter("--engine dask 要和 --scheduler 一起用")
    wanted = formats(form, ())
    if scheduler and workers:
        raise typer.BadParameter("--workers 只用于本机；集群的进程数由 dask worker 决定")
    limits = Limits(limit_mb, limit_characters, limit_pages, limit_seconds, limit_memory)
    session = Session(out, limits, date(issue_date), store, workers, scheduler, resume, shard_size, wanted)
    raise typer.Exit(0 if run(paths, session) else 1)
