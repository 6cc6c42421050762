"""Corrections: what a person put right, kept beside the results and laid over them, never over the parse.

>>> from pipeline.corrections import Change
>>> Change(op="set", item="0f3a5c7e9b1d", field="lead", index=0, span=(120, 125)).op
'set'
"""

from __future__ import annotations

from pipeline.corrections.apply import Outdated, apply
from pipeline.corrections.change import Change, Correction, Unfit
from pipeline.corrections.log import Log, live
from pipeline.corrections.overlay import overlay
from pipeline.corrections.record import corrected_by

__all__ = ["Change", "Correction", "Log", "Outdated", "Unfit", "apply", "corrected_by", "live", "overlay"]
