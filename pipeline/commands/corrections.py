"""`circulars corrections list` and `circulars corrections export`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import folder
from pipeline.console import printable, say

if TYPE_CHECKING:
    from pipeline.corrections import Correction
    from schemas.circular import Circular

app = typer.Typer(help="人工更正：列出，或导出为评测用的标注。", no_args_is_help=True, rich_markup_mode=None)
Place = Annotated[Path, typer.Argument(metavar="STORE|DIR", help="serve、batch 的库，或结果文件夹")]
_OPS = {"set": "改", "add": "加", "delete": "删", "split": "拆分", "join": "合并", "accept": "核对无误"}
_FIELDS = {"lead": "牵头", "support": "配合", "responsible": "责任", "time_limit": "时限", "title": "标题"}


@app.command("list")
def listing(place: Place) -> None:
    """列出更正，每处一行；不再适用的注明原因。"""
    from pipeline.corrections.results import reviewed

    for found in reviewed(place):
        for one in found.made:
            sys.stdout.write(f"{found.name}  {_line(one, found.parsed)}{_lapsed(found.lapsed.get(one.id))}\n")


@app.command("export")
def export(
    place: Place,
    out: Annotated[str, typer.Option(metavar="GOLD_DIR", help="放标注的文件夹")],
) -> None:
    """把改过、核对过的公文导出为 circulars eval 的标注。"""
    from pipeline.corrections.gold import gold
    from pipeline.corrections.results import reviewed
    from pipeline.outputs import write_whole

    target = folder(out)
    target.mkdir(parents=True, exist_ok=True)
    number = 0
    for found in reviewed(place):
        for reason in found.lapsed.values():
            say(f"{found.name}：有一处更正没有套用：{reason}")
        text = json.dumps(gold(found.shown), ensure_ascii=False, indent=1) + "\n"
        write_whole(target / f"{found.name}.json", text.encode("utf-8", "replace"))
        number += 1
    say(f"已写出 {number} 份标注到 {target}")


def _line(one: Correction, circular: Circular) -> str:
    """When, who, what; the words before and after."""
    item = next((item for item in circular.items if item.key == one.item), None)
    words = [f"“{quoted.text}”" for quoted in (one.before, one.after) if quoted is not None]
    dates = "—".join(str(date) for date in (one.start, one.end) if date)
    parts = (
        f"{one.time:%Y-%m-%d %H:%M}",
        one.by or "",
        item.number if item is not None else one.item or "全文",
        _OPS[one.op] + _FIELDS.get(one.field or "", ""),
        " → ".join(words),
        f"改为{_FIELDS[one.to_field]}" if one.to_field else "",
        dates,
        one.name or "",
    )
    return printable("  ".join("".join(part.splitlines()) for part in parts if part))


def _lapsed(reason: str | None) -> str:
    return f"  未套用：{printable(reason)}" if reason else ""
