"""How a section of a circular speaks: it tells what was, it names an aim, it lays down a standing rule, or it orders.

The heading says it: 主要做法, 存在问题, 指导思想 tell; 工作目标 names what is aimed at; 议事规则 holds for good.
"""

from __future__ import annotations

from typing import Literal

from parsers.bearing import Manner, ordered
from parsers.clauses import before, clause_of, cue
from parsers.time_limits import TimeMention

Voice = Literal["orders", "told", "aims", "rules"]

_HEADING = 40  # characters


def voice(chars: str, start: int, stop: int, manner: Manner) -> Voice:
    """How the section with these words speaks; `manner`: how the whole circular does.

    >>> [voice(text, 0, len(text), "orders") for text in ("主要做法。组织了培训。", "工作目标\\n年内零事故。", "清淤疏浚。")]
    ['told', 'aims', 'orders']
    """
    end = min(stop, start + _HEADING)
    while start < end and chars[start] in " \n\u3000":
        start += 1
    told = cue("account").match(chars, start, end) or (
        manner == "tells" and cue("progress").match(chars, start, end)
    )
    if told and not cue("remedy").search(chars, start, stop):
        return "told"
    if cue("goal").match(chars, start, end):
        return "aims"
    return "rules" if cue("regime").match(chars, start, end) else "orders"


def silent(chars: str, mention: TimeMention, start: int, stop: int, speaking: Voice) -> bool:
    """Is a time in the sentences [start, stop) of a section that speaks so no limit?

    Example: 年内实现零事故 under 工作目标, 每季度召开一次会议 under 议事规则, any time under 主要做法 that nobody is
    asked to keep (存在问题: …请各镇6月底前补齐 asks).
    """
    if speaking == "aims":
        clause = clause_of(chars, mention, start, stop)
        return cue("aim").search(chars, mention.stop, clause.end) is not None
    if mention.form == "recurring":
        return speaking in ("told", "rules")
    return speaking == "told" and not _is_asked(chars, mention, start, stop)


def _is_asked(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """请各镇6月底前补齐 is asked for; 泵站应于6月底前完工，目前仍在招标 tells."""
    clause = clause_of(chars, mention, start, stop)
    asked = before("imposed").search(chars, clause.begin, mention.start) is not None
    return asked and ordered(chars, mention, start, stop)
