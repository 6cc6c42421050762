"""Web pages as saved from sites and portals: the words as a reader of the page sees them, and the cells of its tables.

Scripts are never run, nothing is fetched; what surrounds the text (menus, share buttons, footers) is set aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import regex
from selectolax.lexbor import LexborHTMLParser

from pipeline.readers.errors import Unreadable
from pipeline.readers.html.charset import characters
from pipeline.readers.html.furniture import around, attached, belongs, headlines, main
from pipeline.readers.html.page import Page
from pipeline.readers.html.tree import Element, grow
from pipeline.readers.limits import Limits
from schemas.text import Note, Source

_TAG = regex.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
# Tags without an end, or whose end is often left out.
_LONE = frozenset(
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "p", "li", "td", "th", "tr", "dd", "dt", "option", "thead", "tbody", "tfoot",
        "colgroup", "html", "head", "body",
    ]
)  # fmt: skip
_DEPTH = 1_000  # browsers stop at half of it
_DEEP = f"网页的标签嵌套超过上限 {_DEPTH:,} 层；请在浏览器中打开，把正文复制到 .txt 文件再试"


def read(name: str, data: bytes, limits: Limits | None = None) -> Source:
    """The readable text of a page; `raw` is that text, `cells` are those of its tables of data.

    >>> read("通知.html", "<p>各县教育局：</p><p>请于<b>6月底</b>前报送。</p>".encode()).raw
    '各县教育局：\\n请于6月底前报送。\\n'
    """
    markup, encoding, broken = characters(data)
    if _depth(markup) > _DEPTH:
        raise Unreadable(_DEEP)
    parser = LexborHTMLParser(markup)
    page = Page()
    if parser.body is not None:
        _write(page, grow(parser.body), _said_title(parser))
    digest = hashlib.sha256(data).hexdigest()
    notes = tuple(_notes(page, broken))
    cells = tuple(page.canvas.cells)
    return Source(name, "text/html", page.canvas.text, digest, encoding, cells=cells, notes=notes)


def _depth(markup: str) -> int:
    """How deep the tags of the page may stand in each other: parsing takes the square of it."""
    depth = deepest = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() not in _LONE:
            depth += -1 if match[1] and depth else not match[1]
            deepest = max(deepest, depth)
    return deepest


def _said_title(parser: LexborHTMLParser) -> str:
    """The title that a portal's page names in its head (国办函〔2017〕40号: ArticleTitle)."""
    named = parser.css_first('meta[name="ArticleTitle" i]')
    return ((named.attributes.get("content") if named is not None else "") or "").strip()


def _write(page: Page, top: Element, title: str) -> None:
    """The title, what belongs to the text before it, the text, what belongs to it behind it."""
    text = main(top)
    whole = text.whole()
    before = [one for one, first in around(text) if first]
    after = [one for one, first in around(text) if not first]
    kept = [one for one in before if belongs(one, before=True)]
    heads = [head for one in before for head in headlines(one) if not any(one is other for other in kept)]
    said = next((head.whole() for head in heads if head.whole() not in whole), "") or title
    if said and _folded(said) not in _folded(whole + "".join(one.whole() for one in kept)):
        page.line(said)
    for one in kept:
        page.write(one)
    page.write(text)
    for one in after:
        if belongs(one, before=False):
            page.write(one)
            kept.append(one)
        else:
            _attach(page, one, whole)
    page.aside += sum(one.words for one in (*before, *after)) - sum(one.words for one in kept)


def _attach(page: Page, aside: Element, whole: str) -> None:
    """List the documents that are linked beside the text."""
    for link in attached(aside):
        words = link.whole()
        if words not in whole:
            page.line(f"附件：{words}" if "附件" not in words else words)


def _folded(words: str) -> str:
    return regex.sub(r"[^\p{Han}0-9]+", "", words)


def _notes(page: Page, broken: int) -> Iterator[Note]:
    if page.aside > 0:
        yield Note("page_furniture", f"网页上正文以外的导航、页脚等 {page.aside} 字未列入")
    if broken:
        said = f"网页中有 {broken} 个字符已损坏，以“\ufffd”代替；请对照原网页"
        yield Note("damaged_characters", said, severity="warning")
