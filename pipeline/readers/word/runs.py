"""The words of a paragraph as a person sees them: fields by their result, insertions kept, deletions dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

import regex
from lxml import etree

from pipeline.readers.word.signs import sign
from pipeline.readers.word.styles import Styles
from pipeline.readers.word.xml import SPACES, child, names, value

PAGE = "\f"  # where a page begins, until the canvas has taken the place down
_MATHEMATICS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INNER = frozenset(names("txbxContent"))
# What holds runs or parts of them; everything that is not named here or below says nothing.
_HOLDERS = (
    "r", "hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ruby", "rubyBase",
)  # fmt: skip
_RUN_PROPERTIES = frozenset(names("rPr"))
_OFF = ("0", "false", "off")
_BREAKS = regex.compile(r"[\n\r\t]+")


def _writes(words: str) -> Callable[[Words, etree._Element], None]:
    return lambda found, _: found.pieces.append(words)


class Words:
    """Collects the words of one paragraph; `boxes` are the text boxes that are anchored in it."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.pieces: list[str] = []
        self.boxes: list[etree._Element] = []
        self._fields: list[bool] = []  # for every open field: has its result begun? Its code is not seen

    def take(self, paragraph: etree._Element) -> str:
        """The words of a paragraph; `\\f` stands where a page begins."""
        self.pieces, self.boxes, self._fields = [], [], []
        self._walk(paragraph)
        return "".join(self.pieces)

    def _walk(self, element: etree._Element) -> None:
        for part in element:
            handler = _HANDLERS.get(part.tag)
            if handler is not None:
                handler(self, part)

    def _run(self, element: etree._Element) -> None:
        properties = element[0] if len(element) else None
        if properties is not None and properties.tag in _RUN_PROPERTIES and self._is_hidden(properties):
            return
        self._walk(element)

    @staticmethod
    def _is_hidden(properties: etree._Element) -> bool:
        vanish = child(properties, "vanish")
        return vanish is not None and value(vanish) not in _OFF

    def _text(self, element: etree._Element) -> None:
        words = element.text
        if not words or (self._fields and not self._fields[-1]):
            return
        if words[0] in " \n\t" or words[-1] in " \n\t":
            words = (
                words
                if element.get("{http://www.w3.org/XML/1998/namespace}space")
                else words.strip(" \n\r\t")
            )
        self.pieces.append(_BREAKS.sub(" ", words))

    def _field(self, element: etree._Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = all(self._fields[:-1])
        elif self._fields and kind == "end":
            self._fields.pop()

    def _break(self, element: etree._Element) -> None:
        self.pieces.append(f"\n{PAGE}" if value(element, "type") == "page" else "\n")

    def _page(self, _element: etree._Element) -> None:
        self.pieces.append(PAGE)

    def _sign(self, element: etree._Element) -> None:
        code = value(element, "char") or ""
        if regex.fullmatch("[0-9A-Fa-f]{1,6}", code):
            self.pieces.append(sign(int(code, 16), value(element, "font") or ""))

    def _control(self, element: etree._Element) -> None:
        """A content control; one that only shows what to fill in says nothing."""
        if child(child(element, "sdtPr"), "showingPlcHdr") is None:
            self._walk(element)

    def mathematics(self, element: etree._Element) -> None:
        """The characters of a formula, in order."""
        self.pieces += [
            part.text or "" for part in element.iter(*(f"{{{space}}}t" for space in _MATHEMATICS))
        ]

    def alternate(self, element: etree._Element) -> None:
        """Of the same content in two forms the first."""
        branch = element.find(f"{_COMPATIBILITY}Choice")
        if branch is None:
            branch = element.find(f"{_COMPATIBILITY}Fallback")
        if branch is not None:
            self._walk(branch)

    def _drawing(self, element: etree._Element) -> None:
        self.boxes += _outermost(element)

    # What is called for every kind of part; what is not named here says nothing.
    parts: ClassVar[dict[str, Callable[[Words, etree._Element], None]]] = {
        **dict.fromkeys(_HOLDERS, _walk),
        "r": _run,
        "t": _text,
        "fldChar": _field,
        "br": _break,
        "lastRenderedPageBreak": _page,
        "sym": _sign,
        "sdt": _control,
        "drawing": _drawing,
        "pict": _drawing,
        "object": _drawing,
        "tab": _writes("\t"),
        "ptab": _writes("\t"),
        "cr": _writes("\n"),
        "noBreakHyphen": _writes("-"),
    }


def _outermost(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing; of a box in two forms the first, boxes inside boxes come with their box."""
    todo = [element]
    while todo:
        one = todo.pop()
        if one.tag in _INNER:
            yield one
            continue
        parts = list(one)
        if one.tag == f"{_COMPATIBILITY}AlternateContent":
            parts = parts[:1]
        todo.extend(reversed(parts))


_HANDLERS = {f"{{{space}}}{name}": handler for space in SPACES for name, handler in Words.parts.items()}
_HANDLERS |= {
    f"{{{space}}}{name}": Words.mathematics for space in _MATHEMATICS for name in ("oMath", "oMathPara")
}
_HANDLERS[f"{_COMPATIBILITY}AlternateContent"] = Words.alternate
