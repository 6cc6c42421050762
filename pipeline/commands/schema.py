"""`circulars schema`."""

from __future__ import annotations

import sys


def command() -> None:
    """打印结果的 JSON Schema。"""
    from pipeline.writers.json import schema_text

    sys.stdout.buffer.write(schema_text().encode("utf-8"))
