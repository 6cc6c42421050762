"""What a plain parse loads and how long the whole command takes, in fresh processes."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = str(ROOT / "samples" / "qinghai_2021_15.txt")
HEAVY = (
    "pandas",
    "numpy",
    "pdfplumber",
    "pdfminer",
    "jieba",
    "chinese_calendar",
    "lxml",
    "xlsxwriter",
    "sqlalchemy",
    "fastapi",
    "icalendar",
)
LOADED = """
import sys
from pipeline.__main__ import run
status = run(sys.argv[1:])
print(status, *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""
BASE = "import pydantic, regex, typer, rich"
RATIO = 4.0


def fresh(*arguments: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "PYTHON"))}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=True)


def seconds(*arguments: str) -> float:
    """Of processor time, which other work on the machine does not lengthen."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    fresh(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_a_plain_parse_loads_nothing_heavy(explain: list[str], tmp_path: Path) -> None:
    done = fresh("-c", LOADED, "parse", SAMPLE, "--out", str(tmp_path), *explain)
    status, *loaded = done.stderr.splitlines()[-1].split()
    assert status == "0"
    assert {"regex", "pydantic", "typer"} <= set(loaded), "the list of modules is a list of modules"
    assert not set(HEAVY) & set(loaded)


def test_help_loads_no_parser() -> None:
    done = fresh("-c", LOADED, "--help")
    assert "parsers" not in done.stderr.split()


@pytest.mark.timing
def test_the_whole_command_takes_little_more_than_its_libraries(tmp_path: Path) -> None:
    """Best of several, taken in turns: what disturbs the machine disturbs both."""
    fresh("-m", "pipeline", "parse", SAMPLE, "--out", str(tmp_path))
    rounds = [
        (seconds("-c", BASE), seconds("-m", "pipeline", "parse", SAMPLE, "--out", str(tmp_path)))
        for _ in range(7)
    ]
    base, whole = (min(times) for times in zip(*rounds, strict=True))
    assert whole <= RATIO * base, f"{whole:.3f} s against {base:.3f} s"
