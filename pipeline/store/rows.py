"""A published document -> the rows that it is in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import regex
from pydantic_core import PydanticSerializationError, to_json

from pipeline.gate import bare

Document = dict[str, Any]
Row = tuple[Any, ...]
ROLES = {
    "lead": "lead_departments",
    "support": "supporting_departments",
    "responsible": "responsible_departments",
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a content lies: the path ("" where nobody said one), the published name, the `source` as JSON."""

    path: str
    name: str
    sha256: str
    source: str


_Placed = tuple[Place, int, Document, bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """The n-th circular of a source: the document as columns hold it; as JSON without its source; the digest of that."""

    place: Place
    ordinal: int
    document: Document
    json: str
    digest: str

    @property
    def key(self) -> tuple[str, int]:
        """What a circular is told by."""
        return self.place.sha256, self.ordinal


def entries(documents: Iterable[Document]) -> list[Entry]:
    """The documents in the order of their places; circulars of one source in the order they stand in it."""
    placed = sorted(map(_placed, documents), key=lambda one: (one[0], one[1], one[2]["id"]))
    return [
        Entry(place, ordinal, document, json, digest)
        for place, group in groupby(placed, lambda one: one[0])
        for ordinal, (digest, (document, json)) in enumerate(_distinct(group).items(), 1)
    ]


def _placed(document: Document) -> _Placed:
    try:
        return _read(document)
    except (PydanticSerializationError, UnicodeEncodeError):
        return _read(_each(document, mended))


def _read(document: Document) -> _Placed:
    """Place, where it begins there, the document as columns hold it and its JSON without the source."""
    source = to_json(document["source"])
    json = to_json({name: value for name, value in document.items() if name != "source"})
    if b"\\u0000" in json:
        document = _each(document, plain)
    place = Place(
        plain(document["source"].get("path") or ""),
        plain(document["source"]["name"]),
        document["source"]["sha256"],
        source.decode("utf-8"),
    )
    return place, _begin(document), document, json


def _distinct(group: Iterable[_Placed]) -> dict[str, tuple[Document, str]]:
    """By digest: a document given twice is one."""
    made: dict[str, tuple[Document, str]] = {}
    for _, _, document, json in group:
        made.setdefault(hashlib.sha256(json).hexdigest(), (document, json.decode("utf-8")))
    return made


def _begin(document: Document) -> int:
    """Where the circular begins in its source, as far as its values tell."""
    dated = [document["doc_number"], document["issue_date"], *document["items"][:1], *document["issuers"]]
    return min((one["span"][0] for one in dated if one), default=0)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The same part of a document, every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(name): _each(inside, change) for name, inside in value.items()}
    return [_each(inside, change) for inside in value] if isinstance(value, (list, tuple)) else value


def mended(text: str) -> str:
    """The same, with what no encoding can write (half of a pair of characters) replaced by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def plain(text: str) -> str:
    """For a column: PostgreSQL knows no NUL; the document keeps it."""
    return text.replace("\0", "\ufffd")


def folded(text: str) -> str:
    """The form in which words are searched: widths folded, blanks removed, capitals made small.

    >>> folded("开展 ＡＢＣ检查")
    '开展abc检查'
    """
    return plain(bare(text)).casefold()


def numbered(text: str) -> str:
    """The form in which document numbers are searched: letters and digits, whatever stands between them as -.

    >>> numbered("青总办〔2021〕15号"), numbered("青总办-2021-15")
    ('青总办-2021-15', '青总办-2021-15')
    """
    return regex.sub(r"(?:[^\p{L}\p{N}]|(?<=[0-9])号|第(?=[0-9]))+", "-", folded(text)).removesuffix("-")


def circular_row(entry: Entry, row: int, revision: int, said: str) -> Row:
    """The columns of `circulars`, in their order. `said`: by `same_text`."""
    document = entry.document
    number, issued = document["doc_number"], document["issue_date"]
    date = issued["date"] if issued else None
    return (
        row,
        document["id"],
        *entry.key,
        document["title"],
        document["doc_type"],
        number["text"] if number else None,
        "；".join(unit["name"] for unit in document["issuers"]),
        date,
        _same_number(document),
        said,
        _age(entry, date),
        folded(document["title"] or ""),
        f"\n{numbered(number['text'] if number else '')}\n{numbered(document['id'])}\n",
        True,
        entry.digest,
        revision,
        entry.json,
    )


def _same_number(document: Document) -> str | None:
    """A number without its year says too little."""
    number = document["doc_number"]
    whole = number and number["agency"] and number["year"] and number["serial"] is not None
    return folded(document["id"]) if whole else None


def same_text(
    entry: Entry, first: int, words: Sequence[str], units: Sequence[Row], limits: Sequence[Row]
) -> str:
    """A digest of what it says up to layout and numbering, from the rows of its items (`first`): words, whose, by when.

    Without items the id, which is one where no number is.
    """
    document = entry.document
    if not document["items"]:
        return f"{entry.place.sha256} {entry.ordinal}" if document["doc_number"] else document["id"]
    issued = document["issue_date"]
    whose = [(unit[0] - first, unit[1]) for unit in units]
    when = [limit[0] - first for limit in limits]
    named = [document["title"] or "", *[unit[4] for unit in units], *[limit[2] for limit in limits]]
    parts = (issued and issued["date"], whose, when, folded("；".join(named)), words)
    return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()


def item_words(document: Document) -> list[str]:
    """What every item is found by."""
    return [folded(item["title"]) + "\n" + folded(item["text"]) for item in document["items"]]


def _age(entry: Entry, date: str | None) -> str:
    """Of two that say the same the greater is kept: the newer, else the fuller, else either, but always the same."""
    return (
        f"{date or '0000-00-00'} {len(entry.document['items']):09d} {entry.place.sha256} {entry.ordinal:09d}"
    )


def item_row(item: Document, row: int, circular: int, position: int) -> Row:
    """The columns of `items`."""
    return (
        row, circular, position, item["id"], item["key"], item["parent"],
        item["number"],        item["level"], item["title"], item["text"], item["is_task"], *item["span"],
        item.get("page"),
    )  # fmt: skip


def department_rows(item: Document, row: int) -> Iterator[Row]:
    """The columns of `item_departments`."""
    for role, field in ROLES.items():
        for position, unit in enumerate(item[field]):
            yield (
                row, role, position, unit["text"], unit["name"], unit["kind"], unit["evidence"],
                *unit["span"],
            )  # fmt: skip


def limit_rows(item: Document, row: int) -> Iterator[Row]:
    """The columns of `time_limits`."""
    for position, limit in enumerate(item["time_limits"]):
        yield (
            row, position, limit["text"], limit["kind"], limit["start"], limit["end"], limit["recurrence"],
            ",".join(limit["implied"]), limit["basis"], limit["approximate"], limit["main"], limit["evidence"],
            *limit["span"],
        )  # fmt: skip


def issue_rows(document: Document, circular: int) -> Iterator[Row]:
    """The columns of `issues`."""
    for position, issue in enumerate(document["issues"]):
        span: Sequence[int | None] = issue["span"] or (None, None)
        yield (
            circular, position, issue["code"], issue["severity"], issue["message"],
            issue["item"], *span,
        )  # fmt: skip
