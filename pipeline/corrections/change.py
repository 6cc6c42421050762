"""What a person may put right, and how it is kept: one entry of the log a change.

`Change` is what somebody asks for (the body of the HTTP request), by the place that the words have now.
`Correction` is the same with its time and the words themselves, so that it can be laid over a later parse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from schemas.circular import Model
from schemas.text import Span

Op = Literal["set", "add", "delete", "split", "join", "accept"]
Valued = Literal["lead", "support", "responsible", "time_limit", "title"]
LISTS: dict[str, str] = {
    "lead": "lead_departments",
    "support": "supporting_departments",
    "responsible": "responsible_departments",
    "time_limit": "time_limits",
}
ROLES = ("lead", "support", "responsible")
_LONGEST_NAME = 200  # of a department or a person, in characters


class Unfit(ValueError):  # noqa: N818 - it says what the change is
    """A change that makes no sense where it is asked for: one Chinese line."""


class Change(Model):
    """One thing to put right.

    - `set`: the value `index` of `field` gets other words (`span`), another role (`to_field`), other dates (`start`,
      `end`), another full name (`name`); `field` title: other words for the item's title, or the circular's where
      `item` is null
    - `add`: the words at `span` become a value of `field`; `delete`: the value `index` of `field` goes
    - `split`: the words of the item from the offset `at` on become an item of their own; `join`: the next item of the
      same list becomes part of this one
    - `accept`: a person looked at it and found it right; nothing changes

    `item` is the item's key. Offsets are those of the circular's spans.
    """

    op: Op
    item: str | None = None
    field: Valued | None = None
    index: int | None = Field(default=None, ge=0)
    span: Span | None = None
    to_field: Valued | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    name: str | None = Field(default=None, max_length=_LONGEST_NAME)
    at: int | None = Field(default=None, ge=0)
    by: str | None = Field(default=None, max_length=_LONGEST_NAME)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if trouble := next(_troubles(self), None):
            raise Unfit(trouble)
        return self


def _troubles(one: Change) -> Iterator[str]:
    """What is missing or cannot go together."""
    yield from _missing(one)
    if one.field == "title" and one.op in {"add", "delete"}:
        yield "标题不能增加、删除，只能改选（set）"
    if one.to_field and (one.field not in ROLES or one.to_field not in ROLES):
        yield "只有单位可以改职责（牵头、配合、责任）"
    if (one.start or one.end) and one.field != "time_limit":
        yield "只有时限可以改日期"
    if one.start and one.end and one.start > one.end:
        yield "起始日期晚于截止日期"
    if one.span and not one.span[0] < one.span[1]:
        yield "选中的字是空的"


def _missing(one: Change) -> Iterator[str]:
    titled = one.field == "title"
    needed = {
        "没有写明是哪个事项（item）": one.item is None and not (one.op == "set" and titled),
        "没有写明改哪个栏目（field）": one.field is None and one.op in {"set", "add", "delete"},
        "没有写明是第几个值（index）": one.index is None and one.op in {"set", "delete"} and not titled,
        "没有选原文中的字（span）": one.span is None and (one.op == "add" or (one.op == "set" and titled)),
        "没有写明改成什么": one.op == "set"
        and not (one.span or one.to_field or one.start or one.end or one.name),
        "没有写明从哪里拆开（at）": one.at is None and one.op == "split",
    }
    yield from (line for line, lacking in needed.items() if lacking)


class Quote(Model):
    """Words of the source: as they stand there, where, and what stands before and after them."""

    text: str
    span: Span
    left: str
    right: str


class Correction(Change):
    """A change as the log keeps it: `before` the words of the value that was there, `after` those that hold now."""

    id: str
    circular: str
    time: AwareDatetime
    before: Quote | None = None
    after: Quote | None = None


class Undo(Model):
    """The entry that takes a correction back."""

    op: Literal["undo"] = "undo"
    id: str
    circular: str
    time: AwareDatetime
    by: str | None = None
    undoes: str
