"""A real `circulars serve` for the tests: its own process on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import regex

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "qinghai_2021_15.txt"
_PATIENCE = 30  # seconds


@dataclass
class Server:
    """A running server: its address, its folder, a client that asks it like another program."""

    url: str
    folder: Path
    process: subprocess.Popen[str]
    client: httpx.Client

    def raw(self, *lines: str, body: bytes = b"") -> str:
        """What the server answers to these very bytes."""
        host, port = self.url.removeprefix("http://").rstrip("/").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as sent:
            sent.sendall("\r\n".join((*lines, "", "")).encode() + body)
            return b"".join(iter(lambda: sent.recv(65536), b"")).decode("utf-8", "replace")

    def upload(self, *paths: Path) -> httpx.Response:
        files = [("file", (path.name, path.read_bytes())) for path in paths]
        return self.client.post("/api/parse", files=files)


@contextmanager
def serving(folder: Path, *options: str, token: str = "") -> Iterator[Server]:
    """Serve from a folder until the block ends; the process is ended as a service manager does."""
    command = [sys.executable, "-m", "pipeline", "serve", "--store", str(folder), "--port", "0", *options]
    environment = os.environ | ({"CIRCULARS_TOKEN": token} if token else {})
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = regex.search(r":([0-9]+)/", said)
        assert found, said
        url = f"http://127.0.0.1:{found[1]}/"
        headers = {"authorization": f"Bearer {token}"} if token else {}
        with httpx.Client(base_url=url, timeout=60, headers=headers, trust_env=False) as client:
            _until_there(client)
            yield Server(url, folder, process, client)
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)


def _until_there(client: httpx.Client) -> None:
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            client.get("/health")
        except httpx.TransportError:
            assert time.monotonic() < ends, "the server did not start"
            time.sleep(0.05)
        else:
            return
