"""Every output format opened again by something that did not write it: the texts in it, cell by cell."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import vobject
from lxml import etree, html
from markdown_it import MarkdownIt

csv.field_size_limit(10_000_000)


def opened(form: str, data: bytes) -> list[str]:
    """The texts of the file; what reads it fails where it is not what it says."""
    return list(_OPEN[form](data))


def _json(data: bytes) -> Iterator[str]:
    yield from _strings(json.loads(data))


def _lines(data: bytes) -> Iterator[str]:
    for line in data.decode("utf-8").splitlines():
        yield from _strings(json.loads(line))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _strings(part)


def _csv(data: bytes) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}, "every row has as many cells as the head"
    yield from (cell for row in rows for cell in row)


def _calendar(data: bytes) -> Iterator[str]:
    for todo in vobject.readOne(data.decode("utf-8")).components():
        yield from (line.value for line in todo.lines() if isinstance(line.value, str))


def _workbook(data: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True):
        for row in sheet.iter_rows():
            yield from (cell.value for cell in row if cell.data_type == "s" and cell.value)


def _markdown(data: bytes) -> Iterator[str]:
    """What CommonMark makes of it, with HTML let through: a circular's text must not have any."""
    made = MarkdownIt("commonmark", {"html": True}).enable("table").render(data.decode("utf-8"))
    tree = html.fromstring(f"<div>{made}</div>")
    strange = {str(node.tag) for node in tree.iter()} - _WRITTEN
    assert not strange, f"{strange} came out of the circular"
    yield from (str(text) for text in tree.itertext() if text.strip())


def _page(data: bytes) -> Iterator[str]:
    tree = html.document_fromstring(data.decode("utf-8"))
    for node in tree.iter("script"):
        kind = node.get("type")
        if kind and "json" in kind:
            yield from _strings(json.loads(node.text or "null"))
    yield etree.tostring(tree, encoding="unicode", method="text")


_WRITTEN = {
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "li",
    "p",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_OPEN: dict[str, Callable[[bytes], Iterator[str]]] = {
    "json": _json,
    "csv": _csv,
    "xlsx": _workbook,
    "md": _markdown,
    "html": _page,
    "ics": _calendar,
    "jsonl": _lines,
    "items.jsonl": _lines,
    "jira": _csv,
    "redmine": _csv,
    "gitlab": _csv,
    "jiandaoyun": _workbook,
    "mingdaoyun": _workbook,
    "feishu": _json,
    "doccano": _lines,
    "labelstudio": _json,
}
