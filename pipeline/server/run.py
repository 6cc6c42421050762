"""`circulars serve`: listen, say where, and end in order."""

from __future__ import annotations

import signal
import socket
from types import FrameType

import uvicorn

from pipeline.console import say
from pipeline.readers import Unreadable
from pipeline.server.app import application
from pipeline.server.settings import Settings

_PATIENCE = 10  # seconds that running requests have at the end


def serve(settings: Settings, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; requests that run then are answered first.

    Raises `Unreadable` where the address cannot be had. Port 0 takes a free one.
    """
    listening = _listening(settings.host, port)
    app = application(settings)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_PATIENCE,
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(
        f"请在浏览器打开 http://{host}:{listening.getsockname()[1]}/ （按 Ctrl-C 结束）；结果放在 {settings.folder}"
    )
    server = uvicorn.Server(config)

    def end(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):  # heard before uvicorn listens to them, and after
        signal.signal(number, end)
    server.run(sockets=[listening])
    say("已停止")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as taken:
        listening.close()
        raise Unreadable(f"{host} 的端口 {port} 用不了（{taken.strerror}）；请用 --port 换一个") from None
    listening.listen(2048)
    return listening
