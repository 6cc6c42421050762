"""The wording of heads, ready to use: what `vocab/head.toml` says, as tuples, sets and pieces of patterns."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers.vocab import either, terms

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
SITE = (  # what a page prints behind its title: …的通知_某采购网, …的通知-某市人民政府
    rf"(?:_[^_\n。]{{2,40}}|[ ]?[-|—]{{1,2}}[ ]?[{HAN}]{{2,24}}(?:网|网站|门户|平台|人民政府))(?=[ ]*\n)"
)
VALID = "(?:现行)?有效|失效|(?:全文)?废止|已废止|已修改|主动公开"  # values of a portal's table
SITED = rf"_[{HAN}]{{2,24}}?(?:网站?|门户|平台|人民政府)"  # the same, where a number follows on the line
NUMBERED = r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.、]"  # what numbers a line of the body


def words(key: str, canonical: str | None = None) -> tuple[str, ...]:
    """All wordings of a table, or of one of its terms; a canonical name in English is no wording."""
    found = [term for term in terms("head", key) if canonical in (None, term.canonical)]
    named = [term.canonical for term in found if not term.canonical.isascii()]
    return (*named, *[alias for term in found for alias in term.aliases])


def unless(*keys: str) -> tuple[str, ...]:
    """What only looks like the words of these tables: 自治区 is no sentence that begins with 自."""
    return tuple(word for key in keys for term in terms("head", key) for word in term.unless)


def spaced(names: Sequence[str]) -> str:
    """A pattern for any of the words, also spread over their line with blanks: 文    号.

    >>> import regex
    >>> bool(regex.fullmatch(spaced(("文号",)), "文    号"))
    True
    """
    rests: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        rests.setdefault(name[0], []).append("".join(f"[ \u3000]*{char}" for char in name[1:]))
    branches = "|".join(f"{first}(?:{'|'.join(found)})" for first, found in rests.items())
    return f"(?=[{''.join(rests)}])(?:{branches})"  # most lines begin with none: one look is enough


ORGAN_ENDS = words("organ")
RECIPIENT_ENDS = (*ORGAN_ENDS, *words("recipient", "recipient"))
AMONG_RECIPIENTS = words("recipient", "among")
NOT_RECIPIENTS = set(unless("recipient"))
OPENER = either(words("opener"))
MARKS = either(words("mark"))
SPARED = either(unless("opens_body", "sentence", "no_organ"))
BODY = either(words("body"))
CLOSERS = either(words("closer"))
GOES_ON = either(words("goes_on"))
_LABELS = ("title", "date", "issuer", "number", "other")
PORTAL = either(name for key in _LABELS for name in words("portal", key))
SPREAD = spaced([name for key in _LABELS for name in words("portal", key)])
LABEL = "".join(
    sorted({name[0] for name in words("portal")})
)  # characters with which a portal's labels begin
TITLED = either(words("portal", "title"))
KINDS = {name: term for term in terms("head", "kind") for name in (term.canonical, *term.aliases)}
NOT_KINDS = unless("kind")
BRANCH = regex.compile(  # 国网英大, 国网云川电力: a company's branch in short
    rf"(?:{either(words('central', 'company'))})[{HAN}]{{2,4}}(?:电力|石化|石油|烟草|移动|联通|电信|铁塔)?"
)
_NOT_ORGANS = unless("organ")
_NO_ORGAN, _ORGAN = words("no_organ"), unless("no_organ")


def is_organ(chars: str) -> bool:
    """Does this read as the name of one organ, or of several glued together?

    >>> is_organ("某市人民政府办公室"), is_organ("根据某市人民政府"), is_organ("某市2021年")
    (True, False, False)
    """
    return (
        2 <= len(chars) <= 200
        and not chars[0].isdigit()
        and chars.endswith(ORGAN_ENDS)
        and not chars.endswith(_NOT_ORGANS)
        and (not chars.startswith(_NO_ORGAN) or chars.startswith(_ORGAN))
    )
