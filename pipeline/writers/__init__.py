"""Circulars -> bytes, one module a format, loaded when it is asked for.

A writer is a module here, named as its format (a dot as an underscore), with one function:

    render(circulars: Sequence[Circular]) -> bytes                              # most of them
    render(circulars: Sequence[Circular], sources: Sequence[Source]) -> bytes   # with `quotes`
    render(circulars: Sequence[Circular], template: Template | None) -> bytes   # with `templated`

`sources` runs beside `circulars`: `sources[n].raw` is the text that the spans of `circulars[n]` point into,
`sources[n].pages` where its pages begin. Any number of circulars make one file; none make the empty file of the
format (a table's head). A writer knows no clock and drops nothing: what a format cannot hold is an Issue in it.
Then one line in `FORMATS`, and `--format`, the names of results, tidying and the tests on hostile text know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from schemas.circular import Circular
from schemas.text import Source

if TYPE_CHECKING:
    from pipeline.writers.ledger.template import Template


_AT_ONCE = 200  # circulars in memory


class Unwritable(Exception):  # noqa: N818 - it says what the result is
    """A result that must not or cannot be written: one Chinese line, why and what to do."""


@dataclass(frozen=True, slots=True)
class Form:
    """An output format: results are named `NAME` + `suffix`.

    `quotes`: its writer needs the source text. `whole`: one document, so that a stream of several files waits for
    the last (else they follow one another, a common head once). `binary`: nothing for standard output.
    `templated`: its columns may be those of a user's template.
    """

    suffix: str
    purpose: str
    quotes: bool = False
    whole: bool = False
    binary: bool = False
    templated: bool = False


FORMATS = {
    "json": Form(".json", "完整结果"),
    "csv": Form(".csv", "一行一条，表格软件打开", templated=True),
    "xlsx": Form(".xlsx", "督办台账（Excel、WPS 工作簿）", whole=True, binary=True, templated=True),
    "md": Form(".md", "可读的报告"),
    "html": Form(".html", "网页，原文与逐值对照", quotes=True, whole=True),
    "ics": Form(".ics", "日历待办，到期前提醒", whole=True),
    "jsonl": Form(".jsonl", "一行一份公文"),
    "items.jsonl": Form(".items.jsonl", "一行一条，带公文信息"),
    "jira": Form(".jira.csv", "导入 Jira"),
    "redmine": Form(".redmine.csv", "导入 Redmine，保留上下级", whole=True),
    "gitlab": Form(".gitlab.csv", "导入 GitLab 议题"),
    "jiandaoyun": Form(".jiandaoyun.xlsx", "导入简道云", whole=True, binary=True),
    "mingdaoyun": Form(".mingdaoyun.xlsx", "导入明道云", whole=True, binary=True),
    "feishu": Form(".feishu.json", "飞书多维表格记录", whole=True),
    "doccano": Form(".doccano.jsonl", "doccano 标注", quotes=True),
    "labelstudio": Form(".labelstudio.json", "Label Studio 预标注", quotes=True, whole=True),
}


def render(
    form: str,
    circulars: Sequence[Circular],
    sources: Sequence[Source] = (),
    template: Template | None = None,
) -> bytes:
    """The file of that format which holds these circulars.

    `sources` beside them where its writer quotes; `template` is for those formats that take one.
    """
    writer = import_module(f"pipeline.writers.{form.replace('.', '_')}")
    further = [sources] if FORMATS[form].quotes else [template] if FORMATS[form].templated else []
    written: bytes = writer.render(circulars, *further)
    return written


def pieces(
    form: str,
    circulars: Iterable[Circular],
    source: Callable[[Circular], Source],
    template: Template | None = None,
) -> Iterator[bytes]:
    """The same file piece by piece, few circulars at once where the format allows it, the head once.

    `source` gives the text of a circular; it is asked where the writer quotes.
    """
    made, found = FORMATS[form], iter(circulars)
    head, begun = b"", False
    while (some := list(islice(found, None if made.whole else _AT_ONCE))) or not begun:
        page = render(form, some, [source(one) for one in some] if made.quotes else (), template)
        yield page.removeprefix(head)
        if not begun and not made.whole:
            head = render(form, (), template=template)
        begun = True
