"""WordprocessingML as elements: names in both namespaces (transitional and strict), and a parser that trusts nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import IO

from lxml import etree

from pipeline.readers.errors import Unreadable

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_DTD = "文件里有 DTD（实体定义），办公文档不该有，已拒绝；请核对文件来源"
_BROKEN = "文件内容不完整或已损坏（{}）；请在原程序中打开后另存再试"
_NO_MEMORY = 2  # libxml2's XML_ERR_NO_MEMORY


@cache
def names(*local: str) -> tuple[str, ...]:
    """The full names in both namespaces."""
    return tuple(f"{{{space}}}{name}" for space in SPACES for name in local)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name; None where there is none."""
    return None if element is None else next(element.iterchildren(*names(name)), None)


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """All children of that name."""
    if element is not None:
        yield from element.iterchildren(*names(name))


def value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """An attribute in Word's namespace."""
    if element is None:
        return None
    transitional, strict = names(attribute)
    return element.get(transitional) or element.get(strict)


def number(printed: str | None, otherwise: int) -> int:
    """A whole number that is not negative; another where the attribute says nothing sensible."""
    words = printed or ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else otherwise


def document(data: bytes, part: str) -> etree._Element:
    """The root of a small part; `Unreadable` where it is damaged or brings a DTD."""
    events = stream(BytesIO(data), part, None, ("start",))
    root = next(events)[1]
    for _ in events:
        pass
    return root


def stream(
    source: IO[bytes], part: str, tags: tuple[str, ...] | None, events: tuple[str, ...] = ("start", "end")
) -> Iterator[tuple[str, etree._Element]]:
    """Events of a part while it is read: nothing is fetched, no entity replaced, depth and size of nodes bounded."""
    reading = etree.iterparse(
        source, events=events, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    checked = False
    try:
        for event, element in reading:
            if not checked:
                _refuse_dtd(element)
                checked = True
            yield event, element
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from None
        raise Unreadable(_BROKEN.format(part)) from None


def _refuse_dtd(element: etree._Element) -> None:
    """Entities of a DTD could stand for a billion laughs or for a file of this machine."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_DTD)
