"""`circulars export`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import STREAM, TemplateFile, date, formats, template
from pipeline.console import say
from pipeline.writers import FORMATS


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    store: Annotated[
        str, typer.Option(metavar="DIR|URL", help="batch 的结果文件夹、SQLite 文件或 postgresql://…")
    ],
    out: Annotated[str, typer.Option(metavar="FILE", help="写入的文件；- 是标准输出")],
    form: Annotated[
        str, typer.Option("--format", metavar="格式", help=f"写成一个文件：{'、'.join(FORMATS)}")
    ] = "csv",
    since: Annotated[
        str | None, typer.Option(metavar="时间|版次", help="只要这以后有变化的：2021-03-20T08:00 或库的版次")
    ] = None,
    department: Annotated[
        str | None, typer.Option(metavar="单位", help="只要这个单位的（名称的一部分即可）")
    ] = None,
    due_from: Annotated[str | None, typer.Option(metavar="日期", help="只要这天及以后到期的")] = None,
    due_to: Annotated[str | None, typer.Option(metavar="日期", help="只要这天及以前到期的")] = None,
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="原文从这个结果文件夹找起；默认是库所在的文件夹")
    ] = None,
    template_file: TemplateFile = None,
) -> None:
    """把库里的公文写成一个文件，任何格式都可以。"""
    from pipeline.corrections.overlay import beside
    from pipeline.export import Export, Wanted

    (name,) = formats([form], ())
    columns = template(template_file, [name])
    wanted = Wanted(department, date(due_from), date(due_to))
    export = Export(store, name, folder or beside(store), _since(since), wanted, columns)
    if out != STREAM:
        export.save(Path(out))
        say(f"已写出 {out}，公文 {export.count} 份")
        return
    if FORMATS[name].binary:
        raise typer.BadParameter(f"{name} 不是文本，不能写到标准输出；请用 --out 指定文件")
    sys.stdout.buffer.writelines(export.pieces())


def _since(text: str | None) -> int | dt.datetime:
    """A revision, a day or a moment (of this machine's clock where no zone is said)."""
    if not text or (text.isdecimal() and len(text) < 8):
        return int(text or 0)
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"--since 的 {text} 不对，请写成 2021-03-20T08:00 的样子，或库的版次"
        ) from None
