"""Does a time in running text bind a task? 请于6月底前报送 does; 到2025年产值达到500亿元 does not.

Labels, brackets and table cells need no such question: there every time binds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import regex

from parsers.clauses import Clause, before, clause_of, cue
from parsers.referring import is_damaged, is_reference, is_slogan
from parsers.time_limits import TimeMention

Manner = Literal["orders", "tells", "rules"]

_NEAR = 16  # characters before or behind a time in which what closes with it is named
# a colon behind these says when, not what is done then
_NAMED = ("时间", "时限", "期限", "日期", "期", "安排")
_ENDS = ("", *"，。；：！）\n和及与、")
_OPENS = "。；！\n）、.："  # behind them a sentence of its own begins
_HEADING = regex.compile(r"\p{Han}{3,8}(?<![对自从至到按据截以于在经为因])")
_DESCRIBES = regex.compile("的(?![上下中]午|[晚凌早])")  # 2021年6月前的，可以申请
_SPANS = frozenset(("month", "months", "days", "week", "quarters", "half"))


def manner(title: str | None) -> Manner:
    """How a circular of this title speaks: it orders, it tells what was done, it lays down standing rules.

    >>> manner("关于印发某市节水行动方案的通知"), manner("关于检查情况的通报"), manner("关于印发某办法（试行）的通知")
    ('orders', 'tells', 'rules')
    """
    if title and cue("rules").search(title):
        return "rules"
    return "tells" if title and cue("tells").search(title) else "orders"


def is_requirement(heading: str) -> bool:
    """Is this the heading of what is asked of all, not of a task?

    >>> is_requirement("加强组织领导，压实责任"), is_requirement("加强堤防建设")
    (True, False)
    """
    return cue("requirement").match(heading) is not None


def binds(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Whether the time binds; [start, stop) are the words of the item it stands in.

    Example: 截至12月底 tells a state, 12月底前完成 binds.
    """
    clause = clause_of(chars, mention, start, stop)
    if _DESCRIBES.match(chars, mention.stop) or is_damaged(clause):
        return False
    if clause.follows("condition") or is_slogan(clause):
        return False
    if _is_closing(clause, start) or _is_stage(clause, start):
        return True
    rule = _FORMS.get(mention.form)
    return rule is not None and not is_reference(clause) and rule(clause)


def holds(chars: str, mention: TimeMention, start: int, stop: int) -> bool | None:
    """Does the time of a bracket's words [start, stop) bind (True) or tell of something else (False)?

    Example: （9月3日前报市政府办公室） binds, （2000年底前建成的小区） tells; （9月3日前） says neither.
    """
    clause = clause_of(chars, mention, start, stop)
    if clause.follows("condition") or cue("told").search(chars, clause.begin, clause.end):
        return False
    if cue("swapped").search(chars, start, stop):  # （补10月8日的课）
        return False
    due = clause.last == "前" and mention.form in ("by", "recurring")
    return True if due and clause.follows("handed") and not is_reference(clause) else None


def joined(chars: str, last: TimeMention, mention: TimeMention) -> bool:
    """Is it joined to a period that binds? 时间分别为8月上旬和｜12月上旬"""
    return mention.form == last.form == "during" and chars[last.stop : mention.start] in (
        "和",
        "及",
        "与",
        "、",
    )


def reports(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Is something to be handed in by then, again and again? Rules that order nothing else order this.

    Example: 每季度末月25日前报送统计表 does, 每年开展一次考核 does not.
    """
    if mention.form != "recurring" or chars[mention.stop - 1] != "前":
        return False
    clause = clause_of(chars, mention, start, stop)
    applied = "申请" in chars[clause.begin : clause.end] or chars.find("的，", mention.stop, clause.end) >= 0
    return clause.follows("handed") and not clause.follows("tale") and not applied


def ordered(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Is it ordered to do something by or from this time, so that it counts even where it lies before the issue?

    Example: 请于3月15日前报送 orders, 各镇3月15日前完成自查 may as well tell.
    """
    clause = clause_of(chars, mention, start, stop)
    comma = chars.find("，", mention.stop, clause.end)
    if cue("told").search(chars, clause.begin, comma if comma >= 0 else clause.end):
        return False
    if mention.form == "recurring":  # 自2021年起，每年6月底前
        return not clause.follows("tale")
    if before("asked").search(chars, clause.begin, mention.start) or clause.follows("bidden"):
        return True
    said = mention.start == clause.begin and chars.startswith(("将", "把"), mention.stop)
    return (said or chars[mention.start - 1 : mention.start] in ("于", "在")) and clause.follows("handed")


def _is_closing(clause: Clause, start: int) -> bool:
    """报送截止5月3日; 报名时间：截至5月3日; 截至5月3日，逾期不候; 截止时间调整为5月3日: until when something is taken."""
    chars, mention = clause.chars, clause.mention
    near = max(start, mention.start - _NEAR), mention.start
    if mention.prefix == "until" and chars.startswith(("截止", "截至"), mention.start):
        due = clause.last == "前" and (clause.follows("done") or clause.follows("handed"))
        if due and not clause.follows("tale"):  # 截至5月底前完成整改
            return True
        late = cue("late").match(chars, mention.stop, mention.stop + _NEAR) is not None
        return late or before("handing").search(chars, *near) is not None
    if mention.form == "range":  # 自即日起至5月3日
        return mention.first is not None and mention.first.unit == "today" and not clause.follows("tale")
    return closes(chars, mention, start)


def closes(chars: str, mention: TimeMention, start: int) -> bool:
    """Do words like 截止时间为 stand right before the day?

    Example: 报送材料截止日期调整为⟦5月3日⟧.
    """
    if mention.unit != "day" or mention.first is not None or mention.form not in ("by", "during"):
        return False
    return before("closing").search(chars, max(start, mention.start - _NEAR), mention.start) is not None


def _is_stage(clause: Clause, start: int) -> bool:
    """宣传阶段：3月1日至3月20日，…; 军训时间9月1日至9日; 第一阶段，3月上旬: nothing but its time stands behind the name of a stage."""
    chars, mention = clause.chars, clause.mention
    ends = mention.stop == clause.end or chars[mention.stop : mention.stop + 1] in _ENDS
    if mention.form not in ("during", "range") or not ends:
        return False
    near = max(start, mention.start - _NEAR), mention.start
    names = ("stage", "dated", "set") if mention.unit != "day" else ("stage", "dated")
    return any(before(name).search(chars, *near) for name in names)


def _by(clause: Clause) -> bool:
    """6月底前, 截止5月3日: binds, but for an aim (到2025年达到…)."""
    mention = clause.mention
    if mention.prefix == "until" and clause.chars[mention.start - 1 : mention.start] in tuple("年月日旬底"):
        return False  # the end of a period: 10月至次年1月
    if mention.prefix == "until" and mention.unit != "day":
        return not mention.target and not cue("aim").search(clause.chars, mention.stop, clause.end)
    return not (clause.follows("reached") or clause.follows("reported"))


def _begin(clause: Clause) -> int:
    """Where the clause begins, without a heading that is glued to its time: （二）线路选定3月25日，…"""
    chars, mention, begin, _ = clause
    numbered = begin > 0 and chars[begin - 1] in "、）."
    return mention.start if numbered and _HEADING.fullmatch(chars, begin, mention.start) else begin


def _period(clause: Clause) -> bool:
    """4月至6月，组织…: some days or months, followed by what is done then, not by what was."""
    chars, mention, begin = clause.chars, clause.mention, _begin(clause)
    if mention.unit == "day" and mention.first is None:
        return _day(clause)
    if (mention.approximate and clause.follows("done")) or clause.follows("yearly"):
        return True
    if chars[mention.start - 1 : mention.start] == "：" and not chars.endswith(
        _NAMED, begin, mention.start - 1
    ):
        begin = mention.start  # 各阶段工作：3月1日至20日，宣传发动
    planned = cue("planned").search(chars, max(begin, mention.start - 4), mention.start + 1) is not None
    if _is_told(clause) or not (mention.form == "range" or mention.unit in _SPANS):
        return False
    if mention.start - begin > 1 and not planned:
        return _is_placed(clause) and clause.follows("done")
    headed = _begin(clause) > clause.begin  # a heading without its stop: somebody acts, or it tells
    opens = (chars[begin - 1] if begin else "\n") in _OPENS
    after = chars[mention.stop : mention.stop + 1]
    told = clause.follows("recounted")
    if clause.follows("done") or (opens and after == "，" and not told) or (headed and clause.follows("led")):
        return True
    acting = (after == "：" and mention.form == "range") or clause.follows("led")
    return opens and acting and mention.unit != "year"


def _is_told(clause: Clause) -> bool:
    """上半年，累计检查30家; 2021-2023年延续试点政策: what was, or how long a policy holds."""
    lasts = clause.mention.prefix == "from" or clause.mention.unit == "year"
    return clause.follows("tale") or (lasts and clause.follows("policy"))


def _day(clause: Clause) -> bool:
    """学校定于5月10日举行演练; 5月10日，由保卫处组织检查: a lone day tells, unless it is set or a sentence says who acts."""
    chars, mention, begin = clause.chars, clause.mention, _begin(clause)
    if mention.approximate and clause.follows("done"):
        return True
    if before("set").search(chars, max(begin, mention.start - _NEAR), mention.start):
        return clause.follows("held") and not clause.follows("tale")
    if _is_placed(clause) and clause.follows("due"):
        return not clause.follows("tale")
    return mention.start == begin and clause.follows("appointed")


def _is_placed(clause: Clause) -> bool:
    """各镇9月1日至20日开展自查; 改造工程于9月中旬完工; 请于9月20日报送: who acts, or 于, stands right before the time."""
    return before("placed").search(clause.chars, clause.begin, clause.mention.start) is not None


def _recurring(clause: Clause) -> bool:
    """每月25日前报送, 每半年开展一次, 每月5日召开, 每季度公布结果 bind; 每年增长3%, 每月5日为开放日 do not."""
    if clause.last in "前底末次轮期遍）" or clause.follows("report") or clause.follows("often"):
        return True
    if cue("habit").search(clause.chars, max(0, clause.begin - _NEAR), clause.mention.start):
        return False
    rule = clause.mention.recurrence or ""
    day = ("BYMONTHDAY" in rule or "BYDAY" in rule) and not clause.chars.startswith("为", clause.mention.stop)
    return (day and clause.follows("done")) or clause.follows("shown")


def _within(clause: Clause) -> bool:
    """印发之日起30日内, 活动结束后10日内, 请于5日内反馈 bind; 10个工作日内办结 is a service time."""
    mention = clause.mention
    if mention.event and "前" in clause.chars[mention.start : mention.stop]:  # 会议召开3日前
        return True
    if mention.event or mention.anchored:
        allowed = clause.chars.endswith(
            ("可", "可在", "可以", "可以在", "可于"), 0, mention.start
        ) or clause.follows("appeal")
        return mention.anchored or (not allowed and cue("occasion").search(mention.event) is not None)
    if mention.edge or clause.follows("tale"):  # 5日后, 近三个月
        return False
    if mention.first is not None and mention.first.unit == "day":  # 4月1日起60日内完成
        return clause.follows("due")
    asked = before("imposed").search(clause.chars, clause.begin, mention.start) is not None
    if asked:
        return clause.follows("served")
    near = max(0, clause.begin - 2 * _NEAR), clause.begin
    opens = mention.start == clause.begin and not before("case").search(clause.chars, *near)
    return opens and clause.follows("promptly")


def _since(clause: Clause) -> bool:
    """7月11日开始，组织排查; 自…起 tells from when a rule holds."""
    opens = clause.mention.start - clause.begin <= 1 and clause.mention.prefix == ""
    begins = clause.chars.endswith("开始", clause.mention.start, clause.mention.stop)
    follows = clause.chars[clause.mention.stop : clause.mention.stop + 1] == "，" or clause.follows("done")
    return opens and begins and follows and clause.mention.unit in ("day", "days", "month")


def _event(clause: Clause) -> bool:
    """两会召开前 and 本学期内完成 bind; 活动期间 and 竣工后 tell a circumstance."""
    return clause.last in "前夕" or (clause.last == "内" and clause.follows("done"))


def _ongoing(clause: Clause) -> bool:
    """持续推进, found beside a dated milestone only."""
    return bool(clause.mention)


_FORMS: dict[str, Callable[[Clause], bool]] = {
    "by": _by,
    "during": _period,
    "range": _period,
    "recurring": _recurring,
    "within": _within,
    "since": _since,
    "event": _event,
    "ongoing": _ongoing,
}
