"""The systemd unit of the intranet guide: systemd finds nothing wrong with it, and it calls what is there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import regex

from pipeline.__main__ import run

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "docs" / "circulars.service"


def line(name: str) -> str:
    found = regex.search(rf"^{name}=(.*)$", UNIT.read_text("utf-8"), regex.MULTILINE)
    assert found
    return found[1]


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs system package systemd")
    program = tmp_path / "circulars"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / UNIT.name
    unit.write_text(
        UNIT.read_text("utf-8").replace("/opt/circulars/.venv/bin/circulars", str(program)), "utf-8"
    )
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True, text=True, check=False, env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    assert (done.returncode, [said for said in done.stderr.splitlines() if UNIT.name in said]) == (0, [])


def test_the_unit_calls_the_program_rightly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a token it must not come up: nobody forgets the file with it."""
    _, *arguments = line("ExecStart").split()
    arguments[arguments.index("--store") + 1] = str(tmp_path)
    monkeypatch.delenv("CIRCULARS_TOKEN", raising=False)
    assert run(arguments) == 2
    assert "--token" in capsys.readouterr().err
