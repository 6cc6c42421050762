"""The published model, schema version 1.0: what other programs may rely on.

Every object is frozen and strict and forbids unknown fields. Spans are offsets [start, end) into the
source text. What was read and what was implied are kept apart: `implied` and `basis` name what nobody
printed.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from schemas.text import Span

Evidence = Literal["label", "inline", "sentence", "table", "inherited"]
Kind = Literal["by", "during", "range", "recurring", "ongoing", "relative", "unresolved"]
Role = Literal["lead", "support", "responsible"]
YearBasis = Literal["doc_number", "issue_date", "title", "text", "option"]

T = TypeVar("T")
# A field beyond the contract's tables is left out of the JSON where it says nothing. `page`: on which page of the
# source a value begins, 1 for the first. `corrected`: true where a person put it, or anything in
# it, right after it was read.
Addition = Annotated[T | None, Field(exclude_if=lambda value: value is None)]


class Model(BaseModel):
    """The settings that all published objects share."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        revalidate_instances="never",
        json_schema_serialization_defaults_required=True,
    )


class SourceInfo(Model):
    """The file that was read. `text_file`: the file that spans point into, null for the source itself.

    `path`: where the source lies, seen from the folder of a result that was written to a file.
    """

    name: str
    media_type: str
    encoding: str | None
    sha256: str
    characters: int
    pages: int | None
    text_file: str | None
    path: Addition[str] = None


class DocNumber(Model):
    """文号, e.g. 青总办〔2021〕15号."""

    text: str
    agency: str
    year: int | None
    serial: int | None
    span: Span


class IssueDate(Model):
    """成文日期: the date of signature."""

    text: str
    date: dt.date | None
    span: Span


class Contact(Model):
    """联系人 line."""

    text: str
    name: str | None
    phone: str | None
    email: str | None
    span: Span


class Attachment(Model):
    """附件 and annexed plans, by title."""

    title: str
    span: Span


class Rule(Model):
    """The words of a document-wide rule that decided a role: 列第一位者为牵头单位，下同."""

    text: str
    span: Span


class Department(Model):
    """A unit that leads, supports or answers for a task, issues or receives a circular."""

    text: str
    name: str
    kind: Literal["agency", "collective"]
    evidence: Evidence | None = None
    basis: Rule | None = None
    span: Span
    spans: Addition[tuple[Span, ...]] = None
    rule: Addition[str] = None
    page: Addition[int] = None
    corrected: Addition[bool] = None


class Leader(Model):
    """A person named in a 分管领导 column or label."""

    text: str
    span: Span


class TimeLimit(Model):
    """完成时限: as printed, and what it means as dates (inclusive)."""

    text: str
    kind: Kind
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: str | None = None
    implied: tuple[str, ...] = ()
    basis: YearBasis | None = None
    approximate: bool = False
    main: bool = False
    evidence: Evidence
    span: Span
    spans: Addition[tuple[Span, ...]] = None
    rule: Addition[str] = None
    page: Addition[int] = None
    corrected: Addition[bool] = None


class Issue(Model):
    """What a careful clerk would query."""

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    item: str | None = None
    span: Span | None = None


class Item(Model):
    """A numbered item or a row of a task table."""

    id: str
    key: str
    parent: str | None
    number: str
    level: int
    path: tuple[str, ...]
    title: str
    text: str
    is_task: bool
    time_limits: tuple[TimeLimit, ...]
    lead_departments: tuple[Department, ...]
    supporting_departments: tuple[Department, ...]
    responsible_departments: tuple[Department, ...]
    open_roles: tuple[Role, ...]
    leaders: tuple[Leader, ...]
    span: Span
    page: Addition[int] = None
    corrected: Addition[bool] = None

    @property
    def main_limit(self) -> TimeLimit | None:
        """The time limit that ledgers take their dates from."""
        return next((limit for limit in self.time_limits if limit.main), None)


class Circular(Model):
    """One circular, wholly."""

    schema_version: Literal["1.0"] = "1.0"
    id: str
    source: SourceInfo
    title: str | None
    doc_type: str | None
    doc_number: DocNumber | None
    issuers: tuple[Department, ...]
    recipients: tuple[Department, ...]
    issue_date: IssueDate | None
    contacts: tuple[Contact, ...]
    attachments: tuple[Attachment, ...]
    items: tuple[Item, ...]
    issues: tuple[Issue, ...]
    corrected: Addition[bool] = None
