"""The characters of a page: what its bytes prove, then what it says of itself."""

from __future__ import annotations

import regex

from pipeline.readers.errors import Unreadable
from pipeline.readers.text import decode

_SAID = regex.compile(
    rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})"
    rb"|<\?xml[^<>]{0,80}encoding=[\"']([A-Za-z0-9_-]{3,20})",
    regex.IGNORECASE,
)
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8", "utf8": "utf-8",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
}  # fmt: skip
_DAMAGED = 0.01  # more broken characters than this and the page is none of that encoding


def characters(data: bytes) -> tuple[str, str, int]:
    """The markup, its encoding, and how many characters were broken.

    One wrong byte must not cost a page of a portal that says what it is written in; browsers show it, too.
    """
    found = _SAID.search(data[:4096])
    said = _CODECS.get((found[1] or found[2]).decode("ascii").lower()) if found else None
    try:
        if said != "big5hkscs":
            return *decode(data), 0
    except Unreadable:
        if said is None:
            raise
    markup = data.decode(str(said), "replace").removeprefix("\ufeff")
    broken = markup.count("\ufffd")
    if broken > _DAMAGED * len(markup):
        decode(data)
    return markup, str(said), broken
