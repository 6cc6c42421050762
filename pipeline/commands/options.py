"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.readers import Limits
from pipeline.writers import FORMATS

if TYPE_CHECKING:
    from pipeline.writers.ledger.template import Template

STREAM = "-"
_DEFAULT = Limits()
_MOST = 1_000_000_000  # of any limit: beyond, the system cannot count


def _limit(default: str) -> object:
    return typer.Option(min=1, max=_MOST, help=default)


IssueDate = Annotated[
    str | None,
    typer.Option("--issue-date", metavar="日期", help="成文日期，例如 2021-03-20；文中没写时用来推算"),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="格式",
        help="结果格式，可重复：" + "；".join(f"{name} {form.purpose}" for name, form in FORMATS.items()),
    ),
]
TemplateFile = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="FILE.toml", help="自定栏目的模板，用于 csv、xlsx；样例 samples/ledger.toml"
    ),
]
Megabytes = Annotated[int, _limit("单个文件的大小上限（MB）")]
Characters = Annotated[int, _limit("字符数上限")]
Pages = Annotated[int, _limit("页数上限")]
Seconds = Annotated[int, _limit("每份公文的时间上限（秒）")]
Memory = Annotated[int, _limit("每份公文的内存上限（MB）")]


def date(text: str | None) -> dt.date | None:
    """A day as a user types it; wrong usage where it is none.

    >>> date("2021-03-20")
    datetime.date(2021, 3, 20)
    """
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"日期 {text} 不对，请写成 2021-03-20 的样子") from None


def template(file: str | None, wanted: Sequence[str]) -> Template | None:
    """The template in that file; wrong usage where it is none, or where no format wanted takes one."""
    if file is None:
        return None
    from pipeline.writers.ledger.template import WrongTemplate, load

    taking = [name for name, form in FORMATS.items() if form.templated]
    if not set(taking) & set(wanted):
        raise typer.BadParameter(f"--template 只用于 {'、'.join(taking)}；请加上 --format {taking[-1]}")
    try:
        return load(Path(file))
    except WrongTemplate as wrong:
        raise typer.BadParameter(str(wrong)) from None


def folder(out: str) -> Path:
    """The folder that results go to: there or to be made."""
    path = Path(out)
    if not out:
        raise typer.BadParameter("--out 后面是空的，请写明文件夹")
    if path.exists() and not path.is_dir():
        raise typer.BadParameter(f"--out 的 {out} 是文件，不是文件夹")
    return path


def formats(asked: list[str] | None, default: tuple[str, ...]) -> list[str]:
    """The formats to write, each once, in the order of the registry."""
    for name in asked or ():
        if name not in FORMATS:
            raise typer.BadParameter(f"没有格式 {name}；可用的是 {'、'.join(FORMATS)}")
    return [name for name in FORMATS if name in (asked or default)]
