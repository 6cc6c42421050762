"""`circulars formats`."""

from __future__ import annotations

import sys


def command() -> None:
    """列出能读的文件格式，以及还缺什么。"""
    from pipeline.formats import lines

    sys.stdout.write("".join(line + "\n" for line in lines()))
