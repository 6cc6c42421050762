"""The parser, loaded and warm: the fork server imports this once, and every worker process is a fork of it."""

from __future__ import annotations

import gc
import os

from pipeline.patterns import recall

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes pydantic a while
_kept = recall()

from pipeline.console import confess  # noqa: E402 - patterns are compiled while modules load
from pipeline.files import readings  # noqa: E402
from pipeline.run import Options, parse  # noqa: E402
from schemas.text import Source  # noqa: E402

__all__ = ["Options", "confess", "readings"]

_SAMPLE = "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局；配合单位：市教育局等部门；完成时限：2021年6月底前。\n"

parse(Source("sample.txt", "text/plain", _SAMPLE, "0" * 64))
_kept.save()
gc.collect()
gc.freeze()  # what is loaded stays: no collection walks over it again, no fork copies its pages
