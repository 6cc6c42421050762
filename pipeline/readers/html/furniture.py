"""Which elements of a page are its text, and which belong to the site: menus, crumbs, share buttons, footers.

The text is the smallest element that holds most words outside of links. What stands around it goes, but for the
title, the table of 索引号, attachments, and whatever reads like prose.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.readers.html.tree import Element

_MOST, _MUCH = (
    0.75,
    0.4,
)  # of the words outside of links; for an element whose name says that it holds the text
_TAGS = frozenset(["nav", "footer", "aside", "menu", "dialog"])
_NAMES = regex.compile(  # classes and ids, as portals call what surrounds a text
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|bread|breadcrumbs?|crumbs?|position|location|weizhi|dqwz|foot|footer|"
    r"share|bdshare\w*|fenxiang|qrcode|ewm|erweima|toolbar|tools?|print|search|sidebar|related|xgyd|xglj|recommend|"
    r"friendlinks?|pager|pagination|copyright|banner|login|fontsize|top|topbar)(?:$|[\s_-])",
    regex.IGNORECASE,
)
_TEXT = regex.compile(  # what portals and their editors call the element that holds the text
    r"(?:^|\s)(?:zoom|trs_[a-z_]{1,20}|vsb_content[a-z0-9_]{0,8}|detail[_-]?news|news[_-]?detail|"
    r"[a-z]{0,10}[_-]?(?:cont?|content|article|text|txt|editor|zw|zhengwen)[_-]?(?:box|main|text|txt|info|detail|view|body)?)"
    r"(?:$|\s)",
    regex.IGNORECASE,
)
_PHRASE = regex.compile(  # whole lines that a portal puts beside a text
    r"(?:【?(?:打印(?:本页|此页)?|关闭(?:本页|窗口|页面)?|收藏|复制链接|返回顶部|返回|下载|朗读)】?[|｜\s]*){1,5}"
    r"|[【\[(（]?(?:字体|字号)[：:\s]*[【\[(（]?\s*(?:[大中小]\s*){2,3}[】\])）]?[】\])）]?(?:打印)?(?:关闭)?"
    r"|(?:您?(?:当前|现在)?的?(?:所在)?位置|您的位置)[：:].{1,80}|分享(?:到|至)?[：:]?.{0,30}|(?:上|下)一[篇条][：:].{0,80}"
    r"|扫一扫.{0,20}|手机(?:查看|阅读|扫描).{0,20}|(?:浏览|点击|访问|阅读)(?:次数|量|数)[：:]?[0-9]{0,9}次?"
)
_SITE = regex.compile(
    r"版权所有|备案号|ICP备|公网安备|网站标识码|技术支持|[Cc]opyright|All Rights Reserved|网站地图"
)
_INDEX = regex.compile(
    r"索引号|发文机关|发布机构|制发机关|发文字号|文号|成文日期|主题分类|公开(?:日期|方式|形式)"
)
LABEL = regex.compile(
    r"(?:索引号|发文机关|发布机构|制发机关|发文单位|发文字号|文号|成文日期|发文日期|发布日期|公开日期|生成日期|标题|名称|主题分类|主题词|"
    r"有效性|公文种类|信息分类|公开方式|公开形式|时效|统一编号|废止日期|生效日期)(?P<colon>[：:]?)"
)
_FILE = regex.compile(
    r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|rtf|zip|rar|7z|pptx?|csv|txt)(?:$|[?#])", regex.IGNORECASE
)
_HEADLINE = regex.compile(r"(?:^|[\s_-])(?:\w*title|tit|bt|biaoti|headline)(?:$|[\s_-])", regex.IGNORECASE)
_STEP = frozenset(
    [
        "article", "body", "center", "div", "form", "main", "section", "span", "table", "tbody", "td",
        "tr", "html", "font",
    ]
)  # fmt: skip


def main(top: Element) -> Element:
    """The smallest element with most of the words; a table of data is never entered."""
    found = top
    while True:
        heavy = max(found.children, key=lambda child: child.plain, default=None)
        if heavy is None or heavy.tag not in _STEP or is_data(heavy):
            return found
        named = _TEXT.search(f"{heavy.get('class')} {heavy.get('id')}") and heavy.sentences
        if heavy.plain < (_MUCH if named else _MOST) * top.plain:
            return found
        found = heavy


def is_data(table: Element) -> bool:
    """A table of two rows or more with several filled cells each, which holds no other table of weight."""
    if table.tag != "table":
        return False
    rows = [row for row in own(table, "tr") if sum(cell.words > 0 for cell in own(row, "td", "th")) > 1]
    inner = sum(one.words for one in inside(table, "table"))
    return len(rows) > 1 and inner * 2 < table.words


def is_index(table: Element) -> bool:
    """The table of 索引号, 发文机关, 成文日期 that a portal puts above the text: labels and values in turn."""
    return table.words < 1000 and len(set(_INDEX.findall(table.whole()))) > 1


def own(element: Element, *tags: str) -> Iterator[Element]:
    """The elements of these tags inside, none of them in a table of its own."""
    todo = list(reversed(element.children))
    while todo:
        one = todo.pop()
        if one.tag in tags:
            yield one
        elif one.tag != "table":
            todo += reversed(one.children)


def inside(element: Element, tag: str) -> Iterator[Element]:
    """The outermost elements of that tag inside."""
    todo = list(reversed(element.children))
    while todo:
        one = todo.pop()
        if one.tag == tag:
            yield one
        else:
            todo += reversed(one.children)


def around(text: Element) -> Iterator[tuple[Element, bool]]:
    """What stands around the text, outermost first: the element, and whether it comes before it."""
    below: Element = text
    while below.parent is not None:
        before = True
        for child in below.parent.children:
            if child is below:
                before = False
            else:
                yield child, before
        below = below.parent


def belongs(element: Element, *, before: bool) -> bool:
    """Does an element outside of the text belong to the circular all the same?"""
    if _is_site(element) or _SITE.search(element.whole()[:2000]):
        return False
    if element.sentences and element.plain >= 40 and element.linked < 0.3 * element.words:
        return True
    return before and is_index(element)


def headlines(element: Element) -> Iterator[Element]:
    """What may be the title of the page: h1, h2, elements whose class says so."""
    todo = [element]
    while todo:
        one = todo.pop()
        named = f"{one.get('class')} {one.get('id')}" if one.tag in ("div", "p", "span", "td", "h3") else ""
        if 5 < one.words < 200 and (one.tag in ("h1", "h2") or _HEADLINE.search(named)):
            yield one
        else:
            todo += reversed(one.children)


def attached(element: Element) -> Iterator[Element]:
    """Links to documents."""
    yield from (link for link in inside(element, "a") if link.words and _FILE.search(link.get("href")))


def is_attachment(link: Element) -> bool:
    """A link to a document on a line of its own, which does not say that it is attached."""
    alone = link.parent is not None and link.parent.words == link.words
    return link.tag == "a" and alone and bool(_FILE.search(link.get("href"))) and "附件" not in link.whole()


def is_noise(element: Element) -> bool:
    """Within the text: what belongs to the site all the same."""
    if element.tag in ("html", "body", "-text") or element.words > 400 or element.sentences > 1:
        return False
    if _is_site(element) and not _is_needed(element):
        return True
    return (
        element.words < 100
        and element.tag not in ("td", "th", "tr")
        and bool(_PHRASE.fullmatch(element.whole()))
    )


def _is_needed(element: Element) -> bool:
    """A title, a document number, attachments: whatever its class says."""
    found = next(headlines(element), None) or next(attached(element), None)
    return found is not None or "〔" in element.whole()


def _is_site(element: Element) -> bool:
    named = f"{element.get('class')} {element.get('id')} {element.get('role')}"
    return element.tag in _TAGS or (named != "  " and _NAMES.search(named) is not None)
