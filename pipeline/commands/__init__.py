"""The commands of the program, one module each with a function `command` (or, for a group, its `app`).

Only the module of the command that is called is loaded; `circulars --help` loads them all, and no parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import typer

COMMANDS = (
    "parse",
    "batch",
    "watch",
    "query",
    "when",
    "formats",
    "schema",
    "eval",
    "serve",
    "corrections",
    "diff",
    "export",
)  # in the order of `--help`
_PURPOSE = "读公文，给出带出处的 JSON、CSV：谁牵头、谁配合、何时完成。"


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The program, with the one command that the arguments call, or with all.

    >>> [command.name for command in application(["when", "6月底前"]).registered_commands]
    ['when']
    """
    called = [name for name in COMMANDS if name in arguments[:1]]
    app = typer.Typer(
        name="circulars",
        help=_PURPOSE,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(help=_PURPOSE)(_root)
    for name in called or COMMANDS:
        module = import_module(f"pipeline.commands.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(module.command)
    return app


def _root() -> None:
    """Without it, a program of one command would take the command's name for an argument."""
