"""Text -> Head: everything above and below the numbered body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import regex

from parsers.head.annexes import Annex, annexes
from parsers.head.attachments import attachment_list, listed_below
from parsers.head.contacts import Contact, contacts
from parsers.head.days import Day
from parsers.head.issuers import letterhead, line_issuers, order_issuers, printed_above, title_issuers
from parsers.head.metadata import dated_line, head_date, is_labelled_number, skip
from parsers.head.number import Number, is_between, numbers
from parsers.head.organs import Organ, is_short
from parsers.head.recipients import recipients_at, sent_to
from parsers.head.signature import Signature, imprint, printers, signatures, undated
from parsers.head.table_below import table_below
from parsers.head.title import Title, find_title, is_copy
from schemas.text import Text

Dated = tuple[Text, dt.date | None]
Frame = tuple[tuple[Text, ...], tuple[int, int], tuple[Annex, ...]]

_ZONE = 3000  # characters in which a head ends
_WIDTH = 200  # characters in which the title of an annexed document stands
_COPIES = 3  # of the number that a portal prints, at most
_LISTED = 1000  # characters of a list of addressees, at most
_SENTENCES = 3  # of a portal above a title, at most
_COVER = 1200  # characters that a covering notice has at most
_FORM = regex.compile(  # with which a name in full goes on; a body set up for one task, that signs itself
    r"员会|(?:股份)?有限(?:责任)?公司$|[\p{Han}“”]{2,30}(?:工作组|领导小组|指挥部|专班)$"
)
_LINE_END = regex.compile(r"[ \u3000）】*]*(?:\n|\Z|签发)")
_QUOTED = regex.compile(r"(?:原文|全文)(?:内容)?(?:如下)?：[ \u3000\n]*")
_PUNCTUATION = regex.compile(r"[^\u4e00-\u9fff]|一(?=20)")
_SCHOOL = regex.compile(
    r"20[0-9]{2}[-—~至](?P<last>20[0-9]{2})学年|(?P<only>20[0-9]{2})学年|(?P<class>20[0-9]{2})届(?=毕业|本科|专科|研究生|硕士|博士|普通|师范|学生|高校)"
)
_YEAR = regex.compile(
    r"""
    (?<![0-9〔\[—~至-])(?P<year>(?:19|20)[0-9]{2})年?
    (?: 度 | (?<=年)(?![0-9]{0,2}[—~至-]|[底末前以修第]|远景|[0-9]{1,2}月[0-9]) )
    (?!度?(?:年度)?(?:年检|年报|报告公示|决算|汇算清缴))  # of a year that is over
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the numbered body.

    `title`: one Text a printed line. `issue_date`: the words and the day, None for a day that does not exist.
    `attachments`: titles behind 附件： and of annexed documents. `body`: the words between the addressees and
    the list of attachments or the signature; `annexes`: the annexed documents, each with a numbering of its
    own. Offsets count in the characters of the text that was read.
    """

    title: tuple[Text, ...]
    title_text: str | None
    title_year: int | None
    doc_type: str | None
    number: Number | None
    issuers: tuple[Organ, ...]
    recipients: tuple[Organ, ...]
    issue_date: Dated | None
    contacts: tuple[Contact, ...]
    attachments: tuple[Text, ...]
    body: tuple[int, int]
    annexes: tuple[Annex, ...]


def read(text: Text) -> Head:
    """The head and the frame of one circular.

    >>> read(Text.plain("某州市教育局关于开展检查的通知\\n某教〔2021〕5号\\n各县教育局：\\n请检查。")).title_text
    '某州市教育局关于开展检查的通知'
    """
    stop = _zone(text.chars)
    title = find_title(text, 0, stop)
    stop = max(stop, _zone(text.chars, title.stop)) if title else stop
    number, recipients, start = _below(text, title, stop)
    if not recipients and (other := _later(text, title, stop)):
        title, stop = other, max(stop, _zone(text.chars, other.stop))
        number, recipients, start = _below(text, title, stop)
    table = None if number else table_below(text, start, title)
    if table:
        title, number = title or table.title, table.number
    named, above = title_issuers(text, title), printed_above(text, 0, start) or letterhead(text, number)
    signature = _signature(text, start, [organ.name for organ in (*named, *above)])
    listed, body, annexed = _frame(text, start, signature, title.plain if title else "")
    covered = title is not None and title.opener is None and bool(recipients)
    title = title or _plan(text, annexed)
    return Head(
        title=title.lines if title else (),
        title_text=title.chars if title else None,
        title_year=title_year(title.plain) if title else None,
        doc_type=title.kind if title else None,
        number=number,
        issuers=_issuers(named, _signed(text, start, signature), covered)
        or above
        or order_issuers(number)
        or (undated(text, start) if recipients else ())
        or line_issuers(text, title)
        or printers(text, start),
        recipients=recipients or sent_to(text),
        issue_date=_issue_date(text, title, start, signature.day if signature else table and table.day),
        contacts=tuple(contacts(text)),
        attachments=tuple(one for one in listed if not _is_own(one, title, annexed)),
        body=body,
        annexes=annexed,
    )


def _zone(chars: str, start: int = 0) -> int:
    """Where the first sentence ends: no head reaches further."""
    stop = chars.find("。", start, _ZONE)
    return min(len(chars), _ZONE) if stop < 0 else stop


def _later(text: Text, first: Title | None, stop: int) -> Title | None:
    """A title behind a portal's sentence (您需要登录才可以下载。) or below an abstract: addressees must stand below it,
    and a title with 关于… above gives way only to itself."""
    if first is None and recipients_at(text, 0, stop + 1):
        return None
    weak = first is None or first.is_weak
    for start, end in _next(text.chars, stop) if first is None or weak else _again(text.chars, first, stop):
        title = find_title(text, start, end)
        same = weak or (title is not None and first is not None and is_copy(title, first))
        if title and title.opener is not None and same and _below(text, title, end)[1]:
            return title
    return None


def _next(chars: str, stop: int) -> Iterator[tuple[int, int]]:
    """The sentences behind the first, where a title may still stand, and what is quoted whole: 原文如下："""
    first = stop
    for _ in range(_SENTENCES):
        start, stop = stop + 1, chars.find("。", stop + 1, _ZONE)
        if stop < 0:
            break
        yield start, stop
    quoted = _QUOTED.search(chars, first, _ZONE)
    if quoted:
        yield quoted.end(), _zone(chars, quoted.end())


def _again(chars: str, title: Title, stop: int) -> Iterator[tuple[int, int]]:
    """The sentence in which the title stands once more."""
    at = chars.find(max((line.chars for line in title.lines), key=len), stop, _ZONE)
    if at >= 0:
        yield chars.rfind("。", 0, at) + 1, _zone(chars, at)


def _plan(text: Text, annexed: Sequence[Annex]) -> Title | None:
    """The title of the annexed document, where the notice that sends it has none; not the name of a file (.docx)."""
    begins = (annex.start for annex in annexed if annex.title)
    found = next((find_title(text, at, min(len(text), at + _WIDTH)) for at in begins), None)
    return None if found and text.chars.startswith(".", found.stop) else found


def _below(text: Text, title: Title | None, stop: int) -> tuple[Number | None, tuple[Organ, ...], int]:
    """The number, the addressees, and where the words of the circular begin."""
    end = title.stop if title else 0
    low = skip(text, end, stop)
    number = None
    for one in islice(numbers(text, end, min(stop, low + 120)), _COPIES):
        if _stands_below(text, title, one, low):
            number, low = number or one, skip(text, one.text.end - text.at, stop)
    number = number or _above(text, title)
    found = recipients_at(text, low, stop + 1)
    rows = title or "：" in text.chars[:low] or "|" in text.chars[:low]
    return (number, *found) if found else (number, (), low if rows else 0)


def _stands_below(text: Text, title: Title | None, number: Number, low: int) -> bool:
    """Right below the title; where there is none, alone on the first line or behind its label."""
    begin, end = number.text.at - text.at, number.text.end - text.at
    alone = title is not None or _LINE_END.match(text.chars, end) is not None or _is_addressed(text, end)
    near = begin <= low + 1 or (title is not None and is_between(text.chars, low, begin))
    return near and (alone or is_labelled_number(text, begin))


def _is_addressed(text: Text, end: int) -> bool:
    return recipients_at(text, end, min(len(text), end + _LISTED)) is not None


def _above(text: Text, title: Title | None) -> Number | None:
    """The last number above the title, or the order's that the title is part of (某省人民政府令第12号)."""
    found = list(numbers(text, 0, title.stop + 20)) if title else []
    return next((one for one in reversed(found) if title and one.text.at - text.at <= title.start), None)


def _signature(text: Text, start: int, known: Sequence[str]) -> Signature | None:
    """The first that a known organ signs, else the first with any organ, else the first date that stands alone."""

    def rank(one: Signature) -> tuple[bool, bool]:
        return all(organ.name not in known for organ in one.issuers), not one.issuers

    return min(signatures(text, start, known), key=rank, default=None)


def _signed(text: Text, start: int, signature: Signature | None) -> tuple[Organ, ...]:
    """The organs of the signature, which rules of old print with the day below the title (1992年6月3日，林业部)."""
    if signature:
        return signature.issuers
    dated = dated_line(text, start)
    return dated[0] if dated else ()


def _issuers(named: tuple[Organ, ...], signed: tuple[Organ, ...], covered: bool) -> tuple[Organ, ...]:
    """Title or signature: whichever names more organs, or names them in full; who signs for an organ with a name of
    its own, but not an office of the organ named, unless the title is only that of the plan which the notice covers."""
    if len(named) != len(signed):
        return max(signed, named, key=len)
    pairs = list(zip(named, signed, strict=True))
    if not covered and any(
        one.name in other.name[:-1] and not _FORM.match(other.name.partition(one.name)[2])
        for one, other in pairs
    ):
        return named
    if all(not is_short(one.name, other.name) for one, other in pairs):
        return signed
    return signed if sum(len(b.name) - len(a.name) for a, b in pairs) > 0 else named


def _issue_date(text: Text, title: Title | None, start: int, known: Day | None) -> Dated | None:
    """The day of signature or of a table, else the one printed in the head, else the day of printing."""
    day = known or head_date(text, title.stop if title else 0, start) or imprint(text, start)
    return (day.text, day.date) if day else None


def _frame(text: Text, start: int, signature: Signature | None, title: str) -> Frame:
    """Attachments, body and annexed documents."""
    end, signed = (signature.start, signature.day.stop) if signature else (len(text), None)
    listed, stop = attachment_list(text, start, end)
    if signed is not None and not listed:
        listed, signed = listed_below(text, signed)
    cover = text.chars[start : min(end, start + _COVER)]
    annexed = annexes(text, start, signed, title + cover, listed)
    extra = [annex.title for annex in annexed if annex.title and not _is_listed(annex.title, listed)]
    return (*listed, *extra), (start, min([stop, *[annex.start for annex in annexed]])), annexed


def _is_own(one: Text, title: Title | None, annexed: Sequence[Annex]) -> bool:
    """Is the annexed document the one whose title the circular bears? A notice without a title attaches nothing more."""
    own = title is not None and _PUNCTUATION.sub("", one.chars) == _PUNCTUATION.sub("", title.plain)
    return own and any(annex.title is one for annex in annexed)


def _is_listed(title: Text, listed: Sequence[Text]) -> bool:
    """Does the list name this document already, in full or short?"""
    bare = _PUNCTUATION.sub("", title.chars)
    names = [_PUNCTUATION.sub("", part.chars) for part in listed]
    return any(name.startswith(bare) or bare.startswith(name) for name in names)


def title_year(title: str) -> int | None:
    """The year of the work that the title names: 2022年工作要点, not 2021—2023年, 〔2021〕, 2035年远景目标.

    Of two years none is sure: 关于2020年决算和2021年计划的通知.

    >>> title_year("关于印发2022年政务公开工作要点的通知"), title_year("行动计划（2021—2023年）")
    (2022, None)
    """
    found = set(_YEAR.findall(title))
    return int(found.pop()) if len(found) == 1 else None


def school_year(words: str) -> int | None:
    """The year in which the school year ends that the words name, or in which its class graduates.

    >>> school_year("2017-2018学年第二学期"), school_year("2011学年主题活动"), school_year("2018届毕业生")
    (2018, 2012, 2018)
    """
    found = _SCHOOL.search(words)
    if found is None:
        return None
    return int(found["last"] or 0) or int(found["only"] or -1) + 1 or int(found["class"])
