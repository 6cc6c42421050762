"""`circulars parse`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import (
    STREAM,
    Characters,
    Formats,
    IssueDate,
    Megabytes,
    Memory,
    Pages,
    Seconds,
    TemplateFile,
    date,
    folder,
    formats,
    template,
)
from pipeline.readers import Limits
from pipeline.writers import FORMATS

DEFAULT_FOLDER = "outputs"
DEFAULT_FORMATS = ("json", "csv")
_LIMITS = Limits()


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="公文文件；- 是标准输入")],
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="结果文件夹；- 是标准输出；不写则只在屏幕上列表")
    ] = None,
    form: Formats = None,
    template_file: TemplateFile = None,
    issue_date: IssueDate = None,
    explain: Annotated[bool, typer.Option("--explain", help="逐值列出原文、依据和规则")] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖另一份文件的结果")] = False,
    limit_mb: Megabytes = _LIMITS.megabytes,
    limit_characters: Characters = _LIMITS.characters,
    limit_pages: Pages = _LIMITS.pages,
    limit_seconds: Seconds = _LIMITS.seconds,
    limit_memory: Memory = _LIMITS.memory,
) -> None:
    """解析公文：在屏幕上列出任务，并把结果写入文件夹（默认 json、csv）。"""
    from pipeline.files import Request, Stream, parse_files
    from pipeline.outputs import Folder
    from pipeline.run import Options

    wanted, options = formats(form, DEFAULT_FORMATS), Options(issue_date=date(issue_date), explain=explain)
    columns = template(template_file, wanted)
    limits = Limits(limit_mb, limit_characters, limit_pages, limit_seconds, limit_memory)
    if files.count(STREAM) > 1:
        raise typer.BadParameter("标准输入（-）只能给一次")
    if out == STREAM:
        request = Request(options, limits, stream=Stream(_only(wanted, form), columns))
    elif out is not None or form:
        directory = folder(DEFAULT_FOLDER if out is None else out)
        request = Request(options, limits, Folder(directory, wanted, force, columns))
    else:
        request = Request(options, limits)
    raise typer.Exit(0 if parse_files(files, request) else 1)


def _only(wanted: list[str], asked: list[str] | None) -> str:
    """Standard output takes one format, and it is text."""
    if asked and len(wanted) > 1:
        raise typer.BadParameter("标准输出（--out -）一次只能写一种格式")
    if FORMATS[wanted[0]].binary:
        raise typer.BadParameter(f"{wanted[0]} 不是文本，不能写到标准输出；请用 --out 指定文件夹")
    return wanted[0]
