"""What LibreOffice knows and we do not (doc, wps, odt, rtf): converted to docx, then read as one.

Every run has a profile, a folder and a process group of its own, in a temporary folder that goes away with it.
In that profile macros are off and links are not followed; the document is data and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.readers import word
from pipeline.readers.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.parts import LIBREOFFICE
from schemas.text import Source

DOCX = "docx:MS Word 2007 XML"
_FAILED = "LibreOffice 打不开这个文件，可能已损坏、不完整或有密码；请在原程序中另存为 docx 再试"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
)
_SAFE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),  # never follow
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand, and nobody listens there
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_OPTIONS = (
    "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck",
)  # fmt: skip


def converted(name: str, data: bytes, limits: Limits, suffix: str, media_type: str) -> Source:
    """The document through LibreOffice; `suffix` tells it the format."""
    source = word.read(name, convert(data, suffix, limits), limits)
    return replace(source, media_type=media_type, sha256=hashlib.sha256(data).hexdigest())


def convert(data: bytes, suffix: str, limits: Limits, into: str = DOCX) -> bytes:
    """The document in another format, `into`: ending and filter. `Unreadable` where LibreOffice is missing, gives up or takes too long."""
    program = LIBREOFFICE.program
    if program is None:
        raise Unreadable(LIBREOFFICE.missing)
    with tempfile.TemporaryDirectory(prefix="circulars-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        given, made = home / f"in{suffix}", home / "out" / f"in.{into.partition(':')[0]}"
        given.write_bytes(data)
        _profile(home)
        command = [
            program,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *_OPTIONS,
            "--convert-to",
            into,
        ]
        _run([*command, "--outdir", str(made.parent), str(given)], home, limits.seconds)
        if not made.is_file():
            raise Unreadable(_FAILED)
        return made.read_bytes()


def _profile(home: Path) -> None:
    folder = home / "profile" / "user"
    folder.mkdir(parents=True)
    settings = "".join(_SETTING.format(*setting) for setting in _SAFE)
    (folder / "registrymodifications.xcu").write_text(_SETTINGS.format(settings), "utf-8")


def _run(command: list[str], home: Path, seconds: int) -> None:
    """Run to the end or to the limit; whatever the program has started ends with it."""
    with _group(command, home) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Unreadable(
                f"LibreOffice 转换超过时间上限 {seconds} 秒；请另存为 docx 再试，或用 --limit-seconds 提高上限"
            ) from None


@contextlib.contextmanager
def _group(command: list[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment |= {"HOME": str(home), "TMPDIR": str(home)}
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        cwd=home,
        env=environment,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
