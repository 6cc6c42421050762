"""The gate: no circular leaves with a span that does not quote its source."""

from __future__ import annotations

import regex

from parsers.folding import TABLE
from schemas.circular import Circular, Department, TimeLimit
from schemas.text import Span

_BLANKS = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u3164\u2060\ufeff\xad"
_DIRECTIONS = [*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_BARE: dict[int, str | None] = {ord(char): plain for char, plain in TABLE.items()}
_BARE |= dict.fromkeys([*map(ord, _BLANKS), *_DIRECTIONS])
_ODD = regex.compile("[^\u4e00-\u9fff0-9A-Za-z、，。；：“”《》（）〔〕]")  # none of the others is folded


class ProvenanceError(AssertionError):
    """A value whose span does not quote the source: a defect of the program, never of a document."""


def check(circular: Circular, raw: str) -> Circular:
    """The same circular, after every published span was compared with the source.

    Raises ProvenanceError where a span does not quote `raw`.
    """
    quoted: list[Department | TimeLimit] = [*circular.issuers, *circular.recipients]
    for item in circular.items:
        quoted += item.time_limits
        quoted += item.lead_departments + item.supporting_departments + item.responsible_departments
        _inside(item.span, raw)
    for value in quoted:
        source = raw[slice(*value.span)] if not value.spans else "".join([raw[a:b] for a, b in value.spans])
        if source != value.text and bare(source) != bare(value.text):
            raise ProvenanceError(f"{value.text!r} is not at {value.span}")
    for issue in circular.issues:
        if issue.span:
            _inside(issue.span, raw)
    return circular


def bare(text: str) -> str:
    """The form in which a value and its source are compared: blanks removed, widths folded."""
    return text.translate(_BARE) if _ODD.search(text) else text


def _inside(span: Span, raw: str) -> None:
    if not 0 <= span[0] <= span[1] <= len(raw):
        raise ProvenanceError(f"span {span} leaves the source of {len(raw)} characters")
