"""`circulars serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import Characters, Megabytes, Memory, Pages, Seconds, folder
from pipeline.readers import Limits

_LIMITS = Limits()
_SHORTEST = 12  # characters of a token


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    store: Annotated[str, typer.Option(metavar="DIR", help="放结果、更正和上传文件的文件夹")] = "outputs/web",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口；0 是任意一个空闲的")] = 8765,
    host: Annotated[str, typer.Option(help="监听的地址；不是本机的要有 --token")] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            envvar="CIRCULARS_TOKEN", help="口令，至少 12 个英文字母、数字；也可放在环境变量 CIRCULARS_TOKEN"
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="别人访问时用的主机名，可重复")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="同时解析的进程数")] = 2,
    limit_mb: Megabytes = _LIMITS.megabytes,
    limit_characters: Characters = _LIMITS.characters,
    limit_pages: Pages = _LIMITS.pages,
    limit_seconds: Seconds = _LIMITS.seconds,
    limit_memory: Memory = _LIMITS.memory,
) -> None:
    """在浏览器里解析、核对、更正、导出，并为其他程序提供接口。"""
    from pipeline.server.run import serve
    from pipeline.server.settings import Settings, is_loopback

    if token is not None and (len(token) < _SHORTEST or not token.isascii() or " " in token):
        raise typer.BadParameter(f"--token 至少 {_SHORTEST} 个字符，只用英文字母、数字和符号")
    if token is None and not is_loopback(host):
        raise typer.BadParameter(f"监听 {host} 时别人也能访问，请用 --token 设一个口令")
    limits = Limits(limit_mb, limit_characters, limit_pages, limit_seconds, limit_memory)
    names = tuple(name.lower() for name in allow_host or ())
    serve(Settings(folder(store), host, token, names, limits, workers), port)
