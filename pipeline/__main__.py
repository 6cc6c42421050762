"""The command line: arguments, exit codes (0 all well, 1 some circular was not read, 2 wrong usage).

Everything heavy is imported where it is needed: `circulars --help` loads no parser, a plain parse no pandas.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.models import OptionInfo

from pipeline.console import confess, say
from pipeline.readers import Limits, Unreadable
from pipeline.usage import in_chinese
from pipeline.writers import FORMATS

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes pydantic a while
DEFAULT_FOLDER = "outputs"
STREAM = "-"
LIMITS = Limits()
MOST = 1_000_000_000  # of any limit: beyond, the system cannot count
app = typer.Typer(
    name="circulars",
    help="读公文，给出带出处的 JSON、CSV：谁牵头、谁配合、何时完成。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def root() -> None:
    """读公文，给出带出处的 JSON、CSV：谁牵头、谁配合、何时完成。"""


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"日期 {text} 不对，请写成 2021-03-20 的样子") from None


IssueDate = Annotated[
    str | None,
    typer.Option("--issue-date", metavar="日期", help="成文日期，例如 2021-03-20；文中没写时用来推算"),
]


def _limit(what: str) -> OptionInfo:
    return typer.Option(min=1, max=MOST, help=what)  # type: ignore[no-any-return]


@app.command()
def parse(  # noqa: PLR0913, PLR0917 - one argument an option
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="公文文件；- 是标准输入")],
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="结果文件夹；- 是标准输出；不写则只在屏幕上列表")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--format", metavar="json|csv", help="结果格式，可重复；默认两种都写")
    ] = None,
    issue_date: IssueDate = None,
    explain: Annotated[bool, typer.Option("--explain", help="逐值列出原文、依据和规则")] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖另一份文件的结果")] = False,
    limit_mb: Annotated[int, _limit("单个文件的大小上限（MB）")] = LIMITS.megabytes,
    limit_characters: Annotated[int, _limit("字符数上限")] = LIMITS.characters,
    limit_pages: Annotated[int, _limit("页数上限")] = LIMITS.pages,
    limit_seconds: Annotated[int, _limit("每份公文的时间上限（秒）")] = LIMITS.seconds,
    limit_memory: Annotated[int, _limit("每份公文的内存上限（MB）")] = LIMITS.memory,
) -> None:
    """解析公文：在屏幕上列出任务，并把结果写入文件夹。"""
    from pipeline.files import Request, Stream, parse_files
    from pipeline.outputs import Folder
    from pipeline.run import Options

    formats, options = _formats(form, out), Options(issue_date=_date(issue_date), explain=explain)
    limits = Limits(limit_mb, limit_characters, limit_pages, limit_seconds, limit_memory)
    if files.count(STREAM) > 1:
        raise typer.BadParameter("标准输入（-）只能给一次")
    if out == STREAM:
        request = Request(options, limits, stream=Stream(formats[0]))
    elif out is not None or form:
        request = Request(
            options, limits, Folder(_folder(DEFAULT_FOLDER if out is None else out), formats, force)
        )
    else:
        request = Request(options, limits)
    raise typer.Exit(0 if parse_files(files, request) else 1)


def _formats(asked: list[str] | None, out: str | None) -> list[str]:
    """The formats to write, each once, in the order of the registry."""
    for name in asked or ():
        if name not in FORMATS:
            raise typer.BadParameter(f"没有格式 {name}；可用的是 {'、'.join(FORMATS)}")
    wanted = [name for name in FORMATS if name in (asked or FORMATS)]
    if out == STREAM and len(wanted) > 1:
        if asked:
            raise typer.BadParameter("标准输出（--out -）一次只能写一种格式")
        return ["json"]
    return wanted


def _folder(out: str) -> Path:
    path = Path(out)
    if not out:
        raise typer.BadParameter("--out 后面是空的，请写明文件夹")
    if path.exists() and not path.is_dir():
        raise typer.BadParameter(f"--out 的 {out} 是文件，不是文件夹")
    return path


@app.command()
def when(
    expressions: Annotated[
        list[str] | None, typer.Argument(metavar="[EXPRESSION...]", help="时限的说法；不写则逐行读标准输入")
    ] = None,
    issue_date: IssueDate = None,
    scan: Annotated[Path | None, typer.Option(metavar="FILE", help="找出一个文件里的全部时限")] = None,
) -> None:
    """只解析时限：每行一个 JSON。"""
    from pipeline.when import when as answer

    if scan and expressions:
        raise typer.BadParameter("--scan 和说法不能一起给；请分开运行")
    raise typer.Exit(answer(expressions or [], _date(issue_date), scan))


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="人工标注的 NAME.json")],
    parsed: Annotated[Path, typer.Argument(metavar="OUTPUT_DIR", help="解析结果 NAME.json")],
    list_errors: Annotated[bool, typer.Option("--errors", help="逐条列出差异")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 打印各项数值")] = False,
    baseline: Annotated[Path | None, typer.Option(help="已认可的结果，逐条比较得失")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="认可这次的结果，写入 --baseline")] = False,
) -> None:
    """对照人工标注，打印各字段的准确率、召回率和 F1。"""
    from pipeline.evaluate import Evaluation

    for folder in (gold, parsed):
        if not folder.is_dir():
            raise typer.BadParameter(f"没有文件夹 {folder}")
    if accept and baseline is None:
        raise typer.BadParameter("--accept 要和 --baseline 一起用")
    evaluation = Evaluation.of(gold, parsed)
    for line in evaluation.report(list_errors=list_errors, as_json=as_json, baseline=baseline):
        sys.stdout.write(line + "\n")
    if accept and baseline:
        evaluation.accept(baseline)
        say(f"已认可，写入 {baseline}")


@app.command()
def schema() -> None:
    """打印结果的 JSON Schema。"""
    from pipeline.writers.json import schema_text

    sys.stdout.buffer.write(schema_text().encode("utf-8"))


@app.command()
def formats() -> None:
    """列出能读的文件格式，以及还缺什么。"""
    from pipeline.formats import lines

    sys.stdout.write("".join(line + "\n" for line in lines()))


def main() -> None:
    """Run the program and leave with its exit status."""
    from pipeline.patterns import recall

    kept = recall()
    status = run(sys.argv[1:])
    kept.save()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """The program with these arguments; the exit status. Nothing that a user can do ends in a traceback."""
    if sys.stdout is None:
        say("标准输出是关闭的，结果无处可写；不需要时请用 > /dev/null")
        return 1
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    try:
        return int(app(arguments, prog_name="circulars", standalone_mode=False) or 0)
    except typer.TyperException as wrong:
        say(f"用法有误：{in_chinese(wrong.format_message())}；详见 circulars --help")
        return 2
    except Unreadable as wrong:
        say(str(wrong))
    except OSError as full:
        say(f"结果写不出来（{full.strerror}）；请检查标准输出和磁盘空间")
    except Exception as defect:  # noqa: BLE001 - one line, never a traceback
        say(confess(defect))
    return 1


if __name__ == "__main__":
    main()
