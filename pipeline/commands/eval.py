"""`circulars eval`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.console import say


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="人工标注的 NAME.json")],
    parsed: Annotated[Path, typer.Argument(metavar="OUTPUT_DIR", help="解析结果 NAME.json")],
    list_errors: Annotated[bool, typer.Option("--errors", help="逐条列出差异")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 打印各项数值")] = False,
    baseline: Annotated[Path | None, typer.Option(help="已认可的结果，逐条比较得失")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="认可这次的结果，写入 --baseline")] = False,
) -> None:
    """对照人工标注，打印各字段的准确率、召回率和 F1。"""
    from pipeline.evaluate import Evaluation

    for given in (gold, parsed):
        if not given.is_dir():
            raise typer.BadParameter(f"没有文件夹 {given}")
    if accept and baseline is None:
        raise typer.BadParameter("--accept 要和 --baseline 一起用")
    evaluation = Evaluation.of(gold, parsed)
    for line in evaluation.report(list_errors=list_errors, as_json=as_json, baseline=baseline):
        sys.stdout.write(line + "\n")
    if accept and baseline:
        evaluation.accept(baseline)
        say(f"已认可，写入 {baseline}")
