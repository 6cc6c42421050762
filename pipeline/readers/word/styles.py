"""Paragraph styles: what they say of numbering, and which of them set a table of contents."""

from __future__ import annotations

from dataclasses import dataclass

import regex
from lxml import etree

from pipeline.readers.word.xml import child, children, number, value

_LONGEST = 12  # styles based on styles
_CONTENTS = regex.compile(r"toc(?: heading| ?[1-9])|目录 ?[1-9]?", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes over: itself and its bases, numbering, whether it sets a table of contents."""

    lineage: tuple[str, ...] = ()
    instance: str | None = None
    level: int | None = None
    contents: bool = False


class Styles:
    """The styles of a document by id; None means the default paragraph style."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {value(one, "styleId"): one for one in children(root, "style")}
        self._known: dict[str | None, Style] = {}
        self._default = next(
            (name for name, one in self._elements.items() if _is_default(one)),
            None,
        )

    def of(self, name: str | None) -> Style:
        """The style of that id, wholly resolved."""
        if name not in self._known:
            self._known[name] = self._resolve(name or self._default)
        return self._known[name]

    def _resolve(self, name: str | None) -> Style:
        lineage: list[str] = []
        instance: str | None = None
        level: int | None = None
        contents = False
        while name in self._elements and name not in lineage and len(lineage) < _LONGEST:
            element = self._elements[name]
            lineage.append(name or "")
            own = child(child(element, "pPr"), "numPr")
            instance = instance or value(child(own, "numId"))
            said = value(child(own, "ilvl"))
            level = number(said, 0) if level is None and said is not None else level
            contents = contents or _CONTENTS.fullmatch(value(child(element, "name")) or "") is not None
            name = value(child(element, "basedOn"))
        return Style(tuple(lineage), instance, level, contents)


def _is_default(element: etree._Element) -> bool:
    return value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on")
