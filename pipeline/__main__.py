"""The program: exit codes (0 all well, 1 some circular was not read, 2 wrong usage), and never a traceback.

Everything heavy is imported where it is needed: `circulars --help` loads no parser, a plain parse no pandas.
"""

from __future__ import annotations

import io
import os
import sys

import typer

from pipeline.commands import application
from pipeline.console import confess, say
from pipeline.readers import Unreadable
from pipeline.usage import in_chinese
from pipeline.writers import Unwritable

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes pydantic a while


def main() -> None:
    """Run the program and leave with its exit status."""
    from pipeline.patterns import recall

    kept = recall()
    status = run(sys.argv[1:])
    kept.save()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """The program with these arguments; the exit status. Nothing that a user can do ends in a traceback."""
    if sys.stdout is None:
        say("标准输出是关闭的，结果无处可写；不需要时请用 > /dev/null")
        return 1
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    try:
        return int(application(arguments)(arguments, prog_name="circulars", standalone_mode=False) or 0)
    except typer.TyperException as wrong:
        say(f"用法有误：{in_chinese(wrong.format_message())}；详见 circulars --help")
        return 2
    except (Unreadable, Unwritable) as wrong:
        say(str(wrong))
    except OSError as full:
        say(f"结果写不出来（{full.strerror}）；请检查标准输出和磁盘空间")
    except Exception as defect:  # noqa: BLE001 - one line, never a traceback
        say(confess(defect))
    return 1


if __name__ == "__main__":
    main()
