"""A page as elements with their weight: how much they say, how much of it in links.

What nobody sees (scripts, styles, hidden elements) is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex
from selectolax.lexbor import LexborNode

UNSEEN = frozenset(
    [
        "area", "audio", "base", "canvas", "datalist", "embed", "head", "iframe", "input", "link",
        "map", "meta", "noframes", "noscript", "object", "option", "param", "progress", "rp", "rt",
        "script", "select", "style", "svg", "template", "textarea", "title", "video",
    ]
)  # fmt: skip
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", regex.IGNORECASE)
_BLANK = regex.compile(r"[\s\xa0\u3000\u200b\ufeff]+")


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page and what stands in it: `text` of a text node; weights are characters without blanks."""

    node: LexborNode
    tag: str
    parent: Element | None
    text: str = ""
    words: int = 0
    linked: int = 0
    sentences: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def plain(self) -> int:
        """Characters outside of links."""
        return self.words - self.linked

    def get(self, attribute: str) -> str:
        """The value of an attribute; "" for none."""
        return self.node.attributes.get(attribute) or ""

    def whole(self) -> str:
        """All text in it, without blanks."""
        todo, pieces = [self], []
        while todo:
            one = todo.pop()
            pieces.append(one.text)
            todo += reversed(one.children)
        return _BLANK.sub("", "".join(pieces))


def grow(root: LexborNode) -> Element:
    """The element of a node with everything that is seen in it, without recursion: pages nest as deep as they like."""
    top = Element(root, root.tag or "", None)
    order, todo = [], [top]
    while todo:
        element = todo.pop()
        order.append(element)
        element.children = [
            child for node in element.node.iter(include_text=True) if (child := _seen(node, element))
        ]
        todo += reversed(element.children)
    for element in reversed(order):
        _weigh(element)
    return top


def _seen(node: LexborNode, parent: Element) -> Element | None:
    tag = node.tag or ""
    if tag == "-text":
        return Element(node, tag, parent, text=node.text_content or "")
    if tag in UNSEEN or tag.startswith("-"):
        return None
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return None
    return Element(node, tag, parent)


def _weigh(element: Element) -> None:
    """Add up what the children weigh; all that stands in a link is linked."""
    if element.text:
        element.words = len(_BLANK.sub("", element.text))
        element.sentences = element.text.count("。")
    for child in element.children:
        element.words += child.words
        element.linked += child.linked
        element.sentences += child.sentences
    if element.tag == "a":
        element.linked = element.words
