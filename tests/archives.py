"""Archives to run over, runs of the program over them, and what lies in the folder of their results afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.generator import circulars

ROOT = Path(__file__).resolve().parent.parent
TRAP = str(ROOT / "tests" / "trap")
CRASH, HANG, DEFECT = (f"关于测试的通知\n一、陷阱：{word}。\n" for word in ("崩溃", "停住", "缺陷"))


def generated(folder: Path, count: int, seed: int = 6) -> Path:
    """A folder of generated circulars, in folders of a hundred."""
    for number, made in enumerate(circulars(count, seed)):
        path = folder / f"{number // 100:03d}" / f"通知{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.text.encode("utf-8"))
    return folder


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def batch(
    *arguments: str | Path, trapped: bool = False, given: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """The program run to its end; `trapped`: tests/trap lies in wait in its worker processes."""
    environment = {**os.environ, **({"PYTHONPATH": TRAP} if trapped else {})}
    done = subprocess.run(
        command("batch", *arguments), cwd=ROOT, env=environment, input=given, capture_output=True, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """The program on its way."""
    return subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def manifest(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_bytes().splitlines()]


def untimed(out: Path) -> list[dict[str, Any]]:
    """The manifest without what may differ from run to run."""
    return [{**entry, "milliseconds": None} for entry in manifest(out)]


def shards(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "shards").iterdir())}


def texts(out: Path) -> dict[str, bytes]:
    found = sorted(path for path in (out / "texts").rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in found}


def published(out: Path) -> list[dict[str, Any]]:
    """All circulars in the shards."""
    return [json.loads(line) for data in shards(out).values() for line in data.splitlines()]


def state(out: Path) -> tuple[object, ...]:
    """All that has to be the same after any number of interruptions."""
    whole = {path.name for path in (out / "manifest").iterdir()}
    return shards(out), texts(out), untimed(out), whole, dump(out)


def dump(out: Path) -> list[Any]:
    """The store, in order."""
    if not (out / "circulars.sqlite").exists():
        return []
    from pipeline.store import open_store

    with open_store(f"sqlite:///{out / 'circulars.sqlite'}") as store:
        return list(store.dump())
