"""Which times an item carries, and their dates: fields, brackets, sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import TypeVar

import regex

from parsers.bearing import Manner, binds, closes, holds, joined, ordered, reports
from parsers.referring import blotted, cites, is_matter
from parsers.time_limits import Dated, Reference, TimeMention, date_all, stated
from parsers.time_words import CLOCK
from parsers.voices import silent
from pipeline.draft import Draft, Timed, heard
from pipeline.publish import Printer
from schemas.circular import Evidence, TimeLimit
from schemas.duties import Expression
from schemas.text import Span

_RULE_KINDS = frozenset(("article", "chapter"))
_LASTING = regex.compile(  # right behind a bracket that opens
    r"(?<=(?:阶段|步骤|环节|时间)（)[0-9]{1,2}\.[0-9]{1,2}[-—~至]{1,2}[0-9]{1,2}\.[0-9]{1,2}）"
    r"|(?<=[（【])(?:长期|持续|常年|全年|全程|常态|立行立改|即知即改|贯穿)[^（）【】\n]{0,8}[）】]"
)
_LASTS = frozenset("长持常全立即贯0123456789")  # what they begin with
_BEFORE = regex.compile(f"）(?:{CLOCK})?(?:[之以]前|前(?![往来去期]))")  # 下周五（4月14日）12：00前
_MORE = regex.compile(r"[，；。](?=[^，；。]{2})")
_NOTHING = regex.compile(r"[无略/—\-－\s]*")
_FEAST = regex.compile(  # 除夕（2月9日）, 放假期间（4月5日至7日）, 三季度（7-9月）: its date
    "(?:季度|[上下]半年|节|除夕|元旦|元宵|小年|放假|清明|端午|中秋|国庆|假[期日]?|(?:[节假]|节日|假期|放假|清明|端午|中秋|国庆|元旦)(?:期间|时间))(?=[（(〔])"
)
_MOST = 12  # times of one bracket
_SHORT = 30  # characters of a time that stays as printed

Found = tuple[TimeMention, Evidence]
Place = TypeVar("Place", TimeMention, Span)


def collect(
    chars: str,
    drafts: Sequence[Draft],
    mentions: Sequence[TimeMention],
    inline: Sequence[Span],
    reference: Reference,
    manner: Manner = "orders",
) -> None:
    """Give every draft its times in reading order, dated. `inline`: the brackets of the text; `manner`: how it speaks."""
    starts = [mention.start for mention in mentions]
    opens = [start for start, _ in inline]
    lasting = [
        pair
        for pair in inline
        if chars[pair[0] + 1] in _LASTS and _LASTING.match(chars, pair[0] + 1, pair[1])
    ]
    begins = [start for start, _ in lasting]
    ahead = _ahead(mentions, reference)
    for draft in drafts:
        found: list[Found] = []
        if draft.expressions:
            draft.expressions = [_cut(chars, expression) for expression in draft.expressions]
            timed = [e for e in draft.expressions if e.fields or e.asides]
            found += [pair for e in timed for pair in _of_fields(chars, e, draft)]
        if lasting:
            found += _lasting(chars, draft, _within(lasting, begins, draft))
        if own := _within(mentions, starts, draft):
            found += _own(chars, draft, own, _within(inline, opens, draft), manner)
        if draft.tail:
            behind = Draft(draft.node, *draft.tail, expressions=draft.expressions)
            found += _own(
                chars, behind, _within(mentions, starts, behind), _within(inline, opens, behind), manner
            )
        if found or draft.troubles:
            found.sort(key=lambda pair: pair[0].start)
            draft.times = _dated(chars, draft, found, _seen(reference, ahead, draft), manner) + _unread(draft)
            draft.troubles += [
                (code, (t.mention.start, t.mention.stop)) for t in draft.times for code in t.dated.problems
            ]


def _ahead(mentions: Sequence[TimeMention], reference: Reference) -> int | None:
    """Where the text first prints the year after that of its issue."""
    year = reference.issue_date.year + 1 if reference.issue_date else None
    return next(
        (
            m.start
            for m in mentions
            if year and any(point and point.year == year for point in (m.first, m.last))
        ),
        None,
    )


def _seen(reference: Reference, ahead: int | None, draft: Draft) -> Reference:
    """The reference for a draft: with the coming year where that stands before it."""
    if reference.issue_date is None or ahead is None or ahead >= draft.start:
        return reference
    return replace(reference, coming=reference.issue_date.year + 1)


def _cut(chars: str, expression: Expression) -> Expression:
    """A labelled time without the clauses behind it, which are the item's words: 3月3日至4日，逾期不再受理."""
    if expression.evidence != "label" or len(expression.fields) != 1:
        return expression
    if expression.assignments or expression.leaders or expression.asides:
        return expression
    mentions = stated(chars, *expression.fields[0])
    clause = _MORE.search(chars, mentions[-1].stop, expression.stop) if mentions else None
    return expression._replace(stop=clause.start()) if clause else expression


def _within(found: Sequence[Place], starts: Sequence[int], draft: Draft) -> Sequence[Place]:
    """Those of what was found, in order, that begin in the draft's words."""
    return found[bisect_left(starts, draft.start) : bisect_left(starts, draft.stop)]


def _own(
    chars: str, draft: Draft, mentions: Sequence[TimeMention], brackets: Sequence[Span], manner: Manner
) -> Iterator[Found]:
    """The times that bind in the draft's words, outside its labelled values."""
    fields = [span for e in draft.expressions for span in (*e.fields, *e.asides)]
    dated = {mention.start for mention in mentions}
    last: TimeMention | None = None  # that binds by its sentence
    for mention in mentions:
        if any(start <= mention.start < stop for start, stop in fields) or _explained(chars, mention, dated):
            continue
        evidence = _evidence(chars, draft, mention, brackets, manner)
        if evidence is None and any(a < mention.start < b and _lists(mentions, a, b) for a, b in brackets):
            evidence = "inline"
        if evidence is None and last and joined(chars, last, mention):
            evidence = "sentence"
        if evidence is not None:
            last = mention if evidence == "sentence" else None
            yield mention, evidence


def _lists(mentions: Sequence[TimeMention], start: int, stop: int) -> bool:
    """Does the bracket [start, stop) hold nothing but times? （5月30日—6月4日；9月20日—30日）"""
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    inside = [m for m in mentions[first : first + _MOST] if m.stop < stop]
    said = sum(m.stop - m.start for m in inside)
    dates = all(m.form in ("by", "during", "range") and m.unit != "year" for m in inside)
    return len(inside) > 1 and dates and stop - start - 2 - said < len(inside)


def _explained(chars: str, mention: TimeMention, dated: Set[int]) -> bool:
    """麦收前（5月30日—6月4日）, 春节前（1月10日前）: the bracket says when that is."""
    vague = mention.form == "event" or (mention.form == "by" and mention.unit == "festival")
    return vague and chars.startswith("（", mention.stop) and mention.stop + 1 in dated


def _of_fields(chars: str, expression: Expression, draft: Draft) -> Iterator[Found]:
    """The times of labelled values: 完成时限：全年."""
    for start, stop in expression.fields:
        mentions = stated(chars, start, stop)
        if any(blotted(chars, mention) for mention in mentions):
            mentions = []
        if not mentions and not _NOTHING.fullmatch(chars, start, stop):
            draft.troubles.append(("unread_time_limit", (start, stop)))
        places = {mention.start for mention in mentions}
        vague = {mention.stop for mention in mentions if _explained(chars, mention, places)}
        for above, mention in zip([None, *mentions], mentions, strict=False):
            noted = above is not None and chars[mention.start - 1] == "（"
            if (noted and mention.start - 1 not in vague) or (above and is_matter(chars, above, mention)):
                continue  # 9月22日（中国农民丰收节） is one day
            if mention.stop not in vague:
                yield mention, expression.evidence
    for start, stop in expression.asides:
        yield from ((mention, expression.evidence) for mention in stated(chars, start, stop))


def _unread(draft: Draft) -> list[Timed]:
    """Labelled times that mean nothing to us stay as printed, without a date."""
    places = [
        span for code, span in draft.troubles if code == "unread_time_limit" and span[1] - span[0] <= _SHORT
    ]
    evidence = {span: e.evidence for e in draft.expressions for span in e.fields}
    return [
        Timed(TimeMention(*span, "unread", "event"), evidence[span], Dated("unresolved")) for span in places
    ]


def _lasting(chars: str, draft: Draft, brackets: Sequence[Span]) -> Iterator[Found]:
    """（长期坚持）: words that name a time in a bracket of their own."""
    for start, stop in brackets:
        if stop <= draft.stop and not any(e.start <= start < e.stop for e in draft.expressions):
            for mention in stated(chars, start + 1, stop - 1):
                yield mention, "inline"


def _evidence(
    chars: str, draft: Draft, mention: TimeMention, brackets: Sequence[Span], manner: Manner
) -> Evidence | None:
    """How the mention binds: in a bracket that says who, in a bracket of its own, in a sentence; None: not at all."""
    for expression in draft.expressions:
        if expression.start <= mention.start < expression.stop:
            return "inline" if expression.evidence == "inline" else None
    for start, stop in brackets:
        if start < mention.start < stop:
            due = holds(chars, mention, start + 1, stop - 1)
            fills = due is None and _fills(chars, mention, start, stop)
            return "inline" if fills or (due and manner == "orders") else None
    lasting = (
        manner == "rules" and mention.form != "by" and not reports(chars, mention, draft.start, draft.stop)
    )
    how_often = mention.form == "recurring" and chars[mention.stop - 1] in "次轮期遍"
    if lasting or draft.node.marker.kind in _RULE_KINDS or (manner == "tells" and how_often):
        return None
    if not binds(chars, mention, draft.start, draft.stop):
        return None
    speaking = heard(chars, draft, manner)
    told = speaking != "orders" and silent(chars, mention, draft.start, draft.stop, speaking)
    return None if told else "sentence"


def _fills(chars: str, mention: TimeMention, start: int, stop: int) -> bool:
    """Does the bracket [start, stop) say little else than by when? 除夕（2月9日） only dates the feast."""
    if _FEAST.search(chars, max(0, start - 4), start + 1) or mention.form in ("within", "ongoing"):
        return False
    if cites(chars, mention, start, stop):
        return False
    most = (mention.stop - mention.start) * 2 >= stop - start - 2
    return most and (mention.unit != "year" or bool(mention.edge))


def _dated(
    chars: str, draft: Draft, found: Sequence[Found], reference: Reference, manner: Manner
) -> list[Timed]:
    """The times of one item with their dates, without those that add nothing."""
    mentions = [_until(chars, draft, mention) for mention, _ in found]
    dates = date_all(mentions, reference)
    timed = [
        Timed(mention, evidence, date)
        for mention, (_, evidence), date in zip(mentions, found, dates, strict=True)
    ]
    late = {id(one) for one in timed if one.evidence == "sentence" and _over(one, reference)}
    if manner == "orders":
        late -= {
            id(one)
            for one in timed
            if id(one) in late and ordered(chars, one.mention, draft.start, draft.stop)
        }
    labels = [one.dated for one in timed if one.evidence in ("label", "table")]
    return [one for one in timed if id(one) not in late and not _idle(one, labels)]


def _until(chars: str, draft: Draft, mention: TimeMention) -> TimeMention:
    """截止时间：5月3日, 下周五（5月3日）17：00前 name the day until when, not the day on which."""
    if mention.form != "during" or mention.unit != "day" or mention.first is not None:
        return mention
    closing = closes(chars, mention, draft.start) or _BEFORE.match(chars, mention.stop, draft.stop)
    return mention._replace(form="by", edge="end") if closing else mention


def limits(printer: Printer, draft: Draft) -> list[TimeLimit]:
    """The published time limits of a draft, one of them main."""
    published = [printer.time_limit(one.mention, one.dated, one.evidence) for one in draft.times]
    if published:
        index = main(published)
        published[index] = published[index].model_copy(update={"main": True})
    return published


def _idle(one: Timed, labels: Sequence[Dated]) -> bool:
    """A sentence's time that adds nothing to a label's."""
    if one.evidence != "sentence":
        return False
    last = one.dated.end or one.dated.start
    for label in labels:
        inside = last is not None and label.end is not None and last <= label.end
        if inside or one.mention.form != "by" or label.end is None:
            return True
    return False


def _over(one: Timed, reference: Reference) -> bool:
    """Over before the circular was issued, as far as its date or its year tells; of a period an implied year does."""
    dated, mention = one.dated, one.mention
    period = mention.form in ("during", "range")
    last = dated.end or dated.start
    if last is None or ("year" in dated.implied and not period):
        return False
    if reference.issue_date is not None:
        return last < reference.issue_date
    return any(basis == "doc_number" and last.year < year for basis, year in reference.years)


def main(published: Sequence[TimeLimit]) -> int:
    """Which limit leads: the labelled one, else the last one-off date, else the first whose meaning is known."""
    labelled = [i for i, limit in enumerate(published) if limit.evidence != "sentence"]
    among = labelled or list(range(len(published)))
    once = [i for i in among if published[i].end and published[i].recurrence is None]
    known = [i for i in among if published[i].kind != "unresolved"]
    return once[-1] if once else (known or among)[0]
