"""Time limits against JioNLP, in one run: expressions a second, characters a second, hostile input.

Run by `make bench`; JioNLP (1.5.29, a development dependency) is compared with where it is installed.
"""

from __future__ import annotations

import datetime as dt
import importlib
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parsers.folding import fold
from parsers.time_limits import Reference, date_all, read, scan
from pipeline.console import say
from schemas.text import Text

HERE = Path(__file__).parent
ISSUED = dt.date(2021, 3, 20)
REFERENCE = Reference.option(ISSUED)
HOSTILE = {"年月日": "年月日" * 333_333, "1-1-": "1-1-" * 250_000, "（〔《“": "（〔《“" * 250_000}


def expressions() -> list[str]:
    families = tomllib.loads((HERE / "cases/times.toml").read_text("utf-8"))["family"]
    return [case[0] for family in families.values() for case in family["cases"] if "⟦" not in case[0]]


def prose() -> str:
    """The samples in UTF-8, one after another."""
    pages = [path.read_bytes() for path in sorted((HERE.parent / "samples").glob("*.txt"))]
    return "".join(page.decode("utf-8") for page in pages if _is_utf8(page))


def _is_utf8(page: bytes) -> bool:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def ours(texts: list[str], page: str) -> tuple[float, float, float]:
    """Expressions a second as they come again and again in circulars, each seen for the first time; characters a second."""
    fields = [Text.plain(fold(text)) for text in texts]
    known = seconds(lambda: [read(field, REFERENCE) for field in fields])
    new = seconds(lambda: [date_all(scan(field.chars, whole=True), REFERENCE) for field in fields])
    folded = fold(page)
    return len(texts) / known, len(texts) / new, len(folded) / seconds(lambda: scan(folded))


def jionlp(texts: list[str], page: str) -> tuple[float, float] | None:
    try:
        library: Any = importlib.import_module("jionlp")
    except ImportError:
        return None
    moment = dt.datetime.combine(ISSUED, dt.time(), dt.UTC).timestamp()

    def parse() -> None:
        for text in texts:
            try:
                library.parse_time(text, time_base=moment)
            except Exception:  # noqa: BLE001 - it raises whatever it likes for what it cannot read
                continue

    parse()
    alone = seconds(parse, 1)
    return len(texts) / alone, len(page) / seconds(
        lambda: library.ner.extract_time(page, time_base=moment), 1
    )


def main() -> None:
    texts, page = expressions(), prose()
    known, new, speed = ours(texts, page)
    say(f"时限 {known:,.0f} 条/秒（首次见到的 {new:,.0f}），扫描 {speed:,.0f} 字/秒")
    if theirs := jionlp(texts, page):
        say(
            f"JioNLP {theirs[0]:,.0f} 条/秒，{theirs[1]:,.0f} 字/秒：{known / theirs[0]:.1f} 倍（{new / theirs[0]:.1f} 倍），{speed / theirs[1]:.1f} 倍"
        )
    for name, text in HOSTILE.items():
        hostile = len(text) / seconds(lambda text=text: scan(text), 1)  # type: ignore[misc]
        say(f"{name}… 每字用时是平常的 {speed / hostile:.2f} 倍")


if __name__ == "__main__":
    main()
