"""The documentation and the tooling say the same; nothing here needs the network."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = dict(regex.findall(r"(?m)^([a-z][a-z-]*):(?!=)[^#\n]*(?:## *(.*))?$", MAKEFILE))
LOCK = [
    line
    for lock in ("requirements.lock", "requirements-ocr.lock")
    for line in (ROOT / lock).read_text("utf-8").splitlines()
    if line[:1] != "#"
]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKE_CALL = regex.compile(r"(?m)(?:`|^[ ]*(?:\$ )?)make ([a-z][a-z-]*)")
LINE_OF_MAP = regex.compile(r"(?m)^([ │├└─]*)([A-Za-z0-9_*./-]*(?:/[a-z]*|\.[a-z]+)|Makefile)(?:[ ]|$)")

needs_readme = pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="README.md is not written yet")
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="needs system package make")


def canonical(name: str) -> str:
    """Return a distribution's name as package indexes compare it."""
    return regex.sub(r"[-_.]+", "-", name).lower()


def drawn_paths(text: str) -> Iterator[str]:
    """Yield the paths of the map of rooms: a fenced block, a folder or file a line, indented by depth."""
    for block in regex.findall(r"(?ms)^```[a-z]*\n(.*?)^```", text):
        above: list[tuple[int, str]] = []
        for indent, name in LINE_OF_MAP.findall(block) if "schemas/" in block else ():
            above = [folder for folder in above if folder[0] < len(indent)]
            path = (above[-1][1] if above else "") + name
            if name.endswith("/"):
                above.append((len(indent), path))
            yield path


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make with this very interpreter in the place of .venv, so that nothing is set up."""
    command = ["make", "--no-print-directory", "-o", ".venv/.ready", f"RUN={sys.executable}", *arguments]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        command, cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_help(target: str) -> None:
    assert TARGETS[target], f"make {target}: write `## what it does` behind its prerequisites"
    assert f".PHONY: {target}\n" in MAKEFILE


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_make_call_in_the_documentation_is_a_target(name: str) -> None:
    if not (path := ROOT / name).exists():
        pytest.skip(f"{name} is not written yet")
    called = set(MAKE_CALL.findall(path.read_text("utf-8")))
    assert called, f"{name} mentions no target"
    assert called <= TARGETS.keys()


@needs_readme
def test_every_file_of_the_map_exists() -> None:
    paths = list(drawn_paths((ROOT / "README.md").read_text("utf-8")))
    assert {"schemas/", "parsers/", "pipeline/"} <= set(paths), "README.md has no map of the rooms"
    missing = [path for path in paths if not any(ROOT.glob(path))]
    assert not missing


def test_the_map_is_read_as_drawn() -> None:
    drawn = """
```
schemas/        nouns
pipeline/       order
  readers/      one module
                per format
    text.py
  run.py        stages
.ci/run
Makefile        targets
```
"""
    rooms = ["schemas/", "pipeline/", "pipeline/readers/", "pipeline/readers/text.py", "pipeline/run.py"]
    assert list(drawn_paths(drawn)) == [*rooms, ".ci/run", "Makefile"]
    assert not list(drawn_paths(drawn.replace("schemas/", "")))


def test_the_lock_holds_exact_versions_only() -> None:
    odd = [line for line in LOCK if not regex.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", line)]
    assert not odd


def test_the_lock_covers_what_pyproject_asks_for() -> None:
    locked = {canonical(line.split("==")[0]) for line in LOCK}
    project = PYPROJECT["project"]
    wanted = [*PYPROJECT["build-system"]["requires"], *project["dependencies"]]
    wanted += chain.from_iterable(project["optional-dependencies"].values())
    names = {canonical(regex.split(r"[<>=!~; \[]", line)[0]) for line in wanted}
    assert names - {"circulars"} <= locked, "run `make lock`"


def test_the_command_and_the_changelog_are_those_of_this_version() -> None:
    assert PYPROJECT["project"]["scripts"] == {"circulars": "pipeline.__main__:main"}
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in changelog or f"## [{PYPROJECT['project']['version']}]" in changelog


@needs_make
def test_parse_without_a_file_says_so_in_one_line() -> None:
    done = make("parse")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "请写明要解析的文件" in done.stderr


@needs_make
def test_a_missing_python_is_one_line(tmp_path: Path) -> None:
    done = make("test", f"VENV={tmp_path}", "PYTHON=no-such-python")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "apt install python3-venv make" in done.stderr


@needs_make
@pytest.mark.parametrize("name", ["通知 一.txt", "价$HOME'x'.txt", "-n.txt"])
def test_any_file_name_reaches_the_program_whole(name: str, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    done = make("parse", f"RUN={program}", f"FILE={name}", "OUT=结 果")
    assert done.stdout.splitlines() == ["-m", "pipeline", "parse", "--out", "结 果", "--", name]


def test_ci_runs_the_documented_command_and_names_no_host() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "\nmake check " in script.read_text("utf-8")
