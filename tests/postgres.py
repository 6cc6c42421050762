"""A PostgreSQL server of Debian's package for one test run: own data, a socket in a folder of its own, no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"


def programs() -> Path | None:
    """The newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty server, without the name of a database; stopped and removed afterwards."""
    bin_folder = programs()
    assert bin_folder
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the name of a socket may have 107 bytes
    data = folder / "data"
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(_USER).pw_uid, -1)
    try:
        _run(
            bin_folder / "initdb",
            "-D",
            data,
            "-U",
            _USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql://{_USER}@/{{}}?host={folder}"
        finally:
            _run(bin_folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(*command: object) -> None:
    """As its own user: the server refuses to run as root."""
    become = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--init-groups"] if os.geteuid() == 0 else []
    subprocess.run(
        [*become, *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
