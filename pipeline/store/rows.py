"""A published document -> the rows that it is in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
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
    """The n-th circular of a source: the document, and as JSON without its source, with the digest of that."""

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
    """Place, where it begins there, the document and its JSON without the source."""
    try:
        source = to_json(document["source"])
        json = to_json({name: value for name, value in document.items() if name != "source"})
    except (PydanticSerializationError, UnicodeEncodeError):
        return _placed(mended(document))
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


def mended(value: Any) -> Any:
    """The same, with what no encoding can write (half of a pair of characters) replaced by U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {mended(name): mended(inside) for name, inside in value.items()}
    return [mended(inside) for inside in value] if isinstance(value, (list, tuple)) else value


def plain(text: str) -> str:
    """For a column: PostgreSQL knows no NUL; the document keeps it."""
    return text.replace("\0", "\ufffd") if "\0" in text else text


def _or_none(text: str | None) -> str | None:
    return None if text is None else plain(text)


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


def circular_row(entry: Entry, row: int, revision: int, words: Sequence[str]) -> Row:
    """The columns of `circulars`, in their order. `words`: those of the items."""
    document = entry.document
    number, issued = document["doc_number"], document["issue_date"]
    date = issued["date"] if issued else None
    return (
        row,
        plain(document["id"]),
        *entry.key,
        _or_none(document["title"]),
        _or_none(document["doc_type"]),
        plain(number["text"]) if number else None,
        "；".join(plain(unit["name"]) for unit in document["issuers"]),
        date,
        _same_number(document),
        _same_text(entry, words),
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


def _same_text(entry: Entry, words: Sequence[str]) -> str:
    """A digest of what it says up to layout and numbering; without items the id, which is one where no number is."""
    document = entry.document
    if not document["items"]:
        return f"{entry.place.sha256} {entry.ordinal}" if document["doc_number"] else plain(document["id"])
    issued = document["issue_date"]
    said = [document["title"] or "", str(issued["date"]) if issued else ""]
    for item in document["items"]:
        said += [limit["text"] for limit in item["time_limits"]]
        for role, field in ROLES.items():
            said += role, *[unit["name"] for unit in item[field]]
    return hashlib.sha256("\n".join([folded("；".join(said)), *words]).encode("utf-8")).hexdigest()


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
        row, circular, position, plain(item["id"]), plain(item["key"]), _or_none(item["parent"]),
        plain(item["number"]),        item["level"], plain(item["title"]), plain(item["text"]), item["is_task"], *item["span"],
        item.get("page"),
    )  # fmt: skip


def department_rows(item: Document, row: int) -> Iterator[Row]:
    """The columns of `item_departments`."""
    for role, field in ROLES.items():
        for position, unit in enumerate(item[field]):
            yield (
                row, role, position, plain(unit["text"]), plain(unit["name"]), unit["kind"], unit["evidence"],
                *unit["span"],
            )  # fmt: skip


def limit_rows(item: Document, row: int) -> Iterator[Row]:
    """The columns of `time_limits`."""
    for position, limit in enumerate(item["time_limits"]):
        yield (
            row, position, plain(limit["text"]), limit["kind"], limit["start"], limit["end"], limit["recurrence"],
            ",".join(limit["implied"]), limit["basis"], limit["approximate"], limit["main"], limit["evidence"],
            *limit["span"],
        )  # fmt: skip


def issue_rows(document: Document, circular: int) -> Iterator[Row]:
    """The columns of `issues`."""
    for position, issue in enumerate(document["issues"]):
        span: Sequence[int | None] = issue["span"] or (None, None)
        yield (
            circular, position, plain(issue["code"]), issue["severity"], plain(issue["message"]),
            _or_none(issue["item"]), *span,
        )  # fmt: skip
