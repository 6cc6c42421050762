"""The head of a circular -> its published fields, and what implied years are taken from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import regex

from parsers.head import Head, Organ, is_of_page, passed_on_year, school_year
from parsers.time_limits import Reference, TimeMention
from pipeline.identity import circular_id
from pipeline.publish import Printer
from schemas.circular import Circular, Contact, Department, DocNumber, Issue, IssueDate, SourceInfo, YearBasis
from schemas.duties import Unit
from schemas.text import Source, Text

_HISTORY = regex.compile("[建立创]于|[（](?=[0-9]{4}年)|修订|修正|施行|成立|以来|前.{0,4}实现")
_AIM = regex.compile(".{0,12}(?:目标|实现|建成|达|力争|全[国省市县区]|产值|增长)")
_ANNOUNCED = regex.compile("(?:做好|开展|组织|举办|推进|加强|关于|现就|现将)[^。；\n]{0,24}$")
_NEAR = 40  # characters before a year in which it is announced


def frame(source: Source, printer: Printer, head: Head) -> Circular:
    """The circular with its head; items and issues are still to come."""
    number = _number(head)
    return Circular(
        id=circular_id(number, printer.text.chars),
        source=_info(source),
        title=head.title_text,
        doc_type=head.doc_type,
        doc_number=number,
        issuers=tuple(_organ(printer, organ) for organ in head.issuers),
        recipients=tuple(_organ(printer, organ) for organ in head.recipients),
        issue_date=_date(head),
        contacts=tuple(
            Contact(text=c.text.printed(), name=c.name, phone=c.phone, email=c.email, span=c.text.span())
            for c in head.contacts
        ),
        attachments=tuple(printer.attachment(title) for title in head.attachments),
        items=(),
        issues=(),
    )


def _info(source: Source) -> SourceInfo:
    return SourceInfo(
        name=source.name,
        media_type=source.media_type,
        encoding=source.encoding,
        sha256=source.sha256,
        characters=len(source.raw),
        pages=len(source.pages) or None,
        text_file=source.text_file,
    )


def noted(source: Source, text: Text) -> Iterator[Issue]:
    """What the reader noted about this part of the source; what has no place belongs to the first circular."""
    start, stop = text.span()
    for note in source.notes:
        if (start <= note.span[0] < stop) if note.span else text.at == 0:
            yield Issue(code=note.code, severity=note.severity, message=note.message, span=note.span)


def _number(head: Head) -> DocNumber | None:
    found = head.number
    if found is None:
        return None
    text = found.text.printed().replace("\n", "")
    return DocNumber(
        text=text, agency=found.agency, year=found.year, serial=found.serial, span=found.text.span()
    )


def _date(head: Head) -> IssueDate | None:
    if head.issue_date is None:
        return None
    text, date = head.issue_date
    return IssueDate(text=text.printed().replace("\n", ""), date=date, span=text.span())


def _organ(printer: Printer, organ: Organ) -> Department:
    """An issuer or recipient as published."""
    start = organ.text.at - printer.text.at
    unit = Unit(start, start + len(organ.text), organ.name, organ.collective)
    return Department.model_validate(printer.department(unit, None))


def reference(
    head: Head, given: dt.date | None, chars: str, mentions: Sequence[TimeMention], opening: int
) -> Reference:
    """The years that an item's times may imply, in this order: title, number, date of signature; never today's.

    A title of a year that was over when the circular was written (2022年度检查, of 2023) names no year of work.
    `mentions`: the times of the body in `chars`, but for those of the page that shows it. Where head and
    signature have none, the last full date before `opening`, where the first item begins, stands in; then the
    year in which all full dates lie, then that of the number which the circular passes on.
    """
    years: list[tuple[YearBasis, int]] = []
    issued = head.issue_date[1] if head.issue_date else None
    if head.number and head.number.year:
        years.append(("doc_number", head.number.year))
    if issued:
        years.append(("issue_date", issued.year))
    if head.title_year and (not years or years[-1][1] <= head.title_year):
        years.insert(0, ("title", head.title_year))
    if given:
        years.append(("option", given.year))
    if not years:
        told = [m for m in mentions if not is_of_page(chars, m.start)]
        year = _told(chars, told, opening) or passed_on_year(chars, head.body[0])
        years += [("text", year)] if year else []
    school = None if years else school_year(f"{head.title_text or ''}\n{chars[:opening]}")
    return Reference(tuple(years), issued or given, school=school)


def _told(chars: str, mentions: Sequence[TimeMention], opening: int) -> int | None:
    """The year of the full dates, the last before the `opening` first; else of the months that tell no history and no aim;
    else the one that the words before the opening announce."""
    before = [m for m in mentions if m.stop <= opening]
    days = _years(mentions, lambda unit: unit == "day")
    if days:
        return _only(_years(before, lambda unit: unit == "day")[-1:] or days)
    told = [m for m in mentions if not _HISTORY.search(chars, max(0, m.start - 4), m.stop + 8)]
    if months := _years(told, lambda unit: unit != "year"):
        return _only(months)
    whole = [m for m in told if m.form == "during" and not m.prefix and not _AIM.match(chars, m.stop)]
    announced = [
        m for m in whole if m.stop <= opening and _ANNOUNCED.search(chars, max(0, m.start - _NEAR), m.start)
    ]
    often = _years(announced or whole, lambda unit: unit == "year")
    return _only(often) if announced or len(often) > 1 else None


def _only(years: Sequence[int]) -> int | None:
    return years[0] if len(set(years)) == 1 else None


def _years(mentions: Sequence[TimeMention], among: Callable[[str], bool]) -> list[int]:
    """The printed years of these times, of the units that are asked for."""
    points = [point for m in mentions for point in (m.first, m.last) if point]
    return [point.year for point in points if point.year and among(point.unit)]
