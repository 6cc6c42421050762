"""`circulars query`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import date
from pipeline.console import say

if TYPE_CHECKING:
    from pipeline.store import Filter

_FORMS = ("table", "csv", "json", "parquet")
_SCREEN = 200  # rows of a table where nobody says how many
_MOST = 1_000_000_000


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    store: Annotated[
        str,
        typer.Option(metavar="PATH|URL", help="数据库：batch 的结果文件夹、.sqlite 文件或 postgresql://…"),
    ] = "outputs",
    due_from: Annotated[str | None, typer.Option(metavar="日期", help="截止日期不早于这一天")] = None,
    due_to: Annotated[str | None, typer.Option(metavar="日期", help="截止日期不晚于这一天")] = None,
    overdue_at: Annotated[str | None, typer.Option(metavar="日期", help="到这一天已经超期")] = None,
    lead: Annotated[str | None, typer.Option(metavar="单位", help="牵头单位，名称的一部分即可")] = None,
    department: Annotated[str | None, typer.Option(metavar="单位", help="牵头、配合或责任单位")] = None,
    text: Annotated[
        list[str] | None, typer.Option(metavar="词", help="标题或内容里有这个词；可重复，要同时有")
    ] = None,
    number: Annotated[str | None, typer.Option(metavar="文号", help="文号，或其中一部分")] = None,
    everything: Annotated[bool, typer.Option("--all", help="连同重复的公文和已被替换的旧版")] = False,
    form: Annotated[str, typer.Option("--format", metavar="|".join(_FORMS), help="怎样列出")] = "table",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="写入文件；不写则打印")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=_MOST, help=f"最多列多少条；表格默认 {_SCREEN}，其他不限")
    ] = None,
) -> None:
    """查库里的任务：哪天到期、谁牵头、谁参与、是否超期、提到什么词。"""
    from pipeline.store import Filter

    if form not in _FORMS:
        raise typer.BadParameter(f"没有格式 {form}；可用的是 {'、'.join(_FORMS)}")
    for option, value in (("--lead", lead), ("--department", department), ("--number", number)):
        if value is not None and not value.strip():
            raise typer.BadParameter(f"{option} 后面是空的")
    if form == "parquet" and out is None:
        raise typer.BadParameter("parquet 不是文本，请用 --out 指定文件")
    days = (date(due_from), date(due_to), date(overdue_at))
    wanted = Filter(*days, lead, department, tuple(text or ()), number, everything)
    _list(store, wanted, form, out, limit)


def _list(store: str, wanted: Filter, form: str, out: Path | None, limit: int | None) -> None:
    from pipeline.corrections.answers import answers as found
    from pipeline.corrections.overlay import beside
    from pipeline.store import open_store
    from pipeline.store.listing import LISTINGS, Counted, write_parquet, write_text

    most = limit or (_SCREEN if form == "table" else None)
    with open_store(store) as opened:
        answers = Counted(found(beside(store), opened, wanted, most and most + 1), most)
        if form == "parquet" and out:
            write_parquet(answers, out)
            written = None
        else:
            written = LISTINGS[form](answers, shutil.get_terminal_size((120, 0)).columns)
        if written and out:
            write_text(written, out, "utf-8-sig" if form == "csv" else "utf-8")
        elif written:
            sys.stdout.writelines(written)
    more = "，后面还有，用 --limit 可以多列" if answers.more else ""
    say(f"共 {answers.count} 条{more}" if answers.count else "没有符合条件的条目")
    if out:
        say(f"已写出 {out}")
