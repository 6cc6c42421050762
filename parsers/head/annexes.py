"""附件: the list of what is attached, and the annexed documents themselves with their own numbering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import regex

from parsers.head.title import find_title
from parsers.head.wording import CLOSERS, HAN, KIND_NAMES
from schemas.text import Text

Begins = Iterator[tuple[int, Text | None]]

_LIST = regex.compile(
    r"(?:(?<=^|[\n。；）”])|(?<=[0-9A-Za-z])|(?<=[ ]{2}))[ \u3000]*附[ ]?[件表]?[ ]?：[ \n]*"
)
_LIST_BELOW = regex.compile(r"[ \u3000\n]*(?:（[^）\n]{1,20}）)?[ \u3000\n]*附[ ]?[件表]?[ ]?：[ \n]*")
_ENTRY = regex.compile(r"(?<![0-9.])(?P<number>[1-9][0-9]?)[ ]?[.、．：](?![0-9])[ ]*")
_MORE = regex.compile(r"\n[ \u3000]*[1-9][0-9]?[ ]?[.、．：](?![0-9])")
_MARK = regex.compile(
    rf"""
    (?P<line>(?<=^|\n)[ \u3000*#]*附[ ]?[件表][ ]?[0-9一二三四五六七八九十]{{0,2}}[ ]?：?[ \u3000*]*(?=\n|\Z))
  | 附件[ ]?(?P<number>[0-9]{{0,2}})：?[ \n\u3000]*(?=[{HAN}“《（]|20[0-9]{{2}}年)
    """,
    regex.VERBOSE,
)
_CITED = (
    "见",
    "（",
    "与",
    "和",
    "及",
    "、",
    "按",
    "填",
    "填写",
    "参照",
    "“",
    "的",
    "在",
    "照",
    "详",
    "据",
    "含",
    "为",
    "将",
    "将",
)
_CITES = regex.compile(r"所|中|的|与|要求|规定|内|为|执行|填|表格|名单报|材料")
_CLOSED = regex.compile(
    rf"(?:[ \u3000\n]*(?:（[^（）\n]{{0,200}}）|(?:抄送|抄报|信息公开|公开|主动公开|联系人)[^\n]{{0,200}}\n))*[ \u3000\n*#]*"
)
_NAME = regex.compile(r"《([^《》\n]{4,80}(?:《[^《》\n]{2,60}》[^《》\n]{0,30})?)》")
_BARE_NAME = regex.compile(r"(?:印发|转发)(?P<name>[^《》，。：]{4,80}?)(?:的通知|的函)")
_TAIL = regex.compile(r"年?）?(?:[ ]?（[^（）\n]{1,30}）){0,3}")
_CUT_AT = regex.compile(r"[。；]|[ \u3000]{3}|附件[0-9]")
_PLAIN = regex.compile(rf"[{HAN}0-9A-Za-z]")
_KEY = regex.compile(rf"[{HAN}]{{3,6}}")
_STOPS = regex.compile("[。；：]")
_ENTRY_END = regex.compile(r"[0-9][ ]?[.、．]$")
_LINE_END = regex.compile(r"[年）”》 *]{0,4}(?:（[^）\n]{1,20}）)?[ *]*(?:\n|\Z)")
_EDGE = " \u3000\n*#；，。"


@dataclass(frozen=True, slots=True)
class Annex:
    """An annexed document: its title (None where none is printed), where it begins and ends."""

    title: Text | None
    start: int
    stop: int


def attachment_list(text: Text, start: int, stop: int) -> tuple[tuple[Text, ...], int]:
    """The titles behind 附件： between two offsets, and where the list begins (`stop` where there is none).

    >>> [part.chars for part in attachment_list(Text.plain("附件：1.任务清单2.联系表"), 0, 15)[0]]
    ['任务清单', '联系表']
    """
    found = [*_LIST.finditer(text.chars, start, stop)]
    if not found:
        return (), stop
    last = found[-1]
    return tuple(_entries(text, last.end(), _list_end(text.chars, last.end(), stop))), last.start()


def listed_below(text: Text, signed: int) -> tuple[tuple[Text, ...], int]:
    """The titles of a list that stands right below the signature, and where it ends (`signed` where there is none)."""
    match = _LIST_BELOW.match(text.chars, signed)
    if match is None:
        return (), signed
    end = _list_end(text.chars, match.end(), len(text))
    return tuple(_entries(text, match.end(), end)), end


def _list_end(chars: str, start: int, stop: int) -> int:
    """The list goes on over the lines that begin with a number."""
    end = chars.find("\n", start, stop)
    while end >= 0 and _MORE.match(chars, end):
        end = chars.find("\n", end + 1, stop)
    return stop if end < 0 else end


def _entries(text: Text, start: int, stop: int) -> Iterator[Text]:
    """Cut at 1. 2. 3., in sequence; the whole list where it is not numbered."""
    expected, begin = 1, start
    for match in _ENTRY.finditer(text.chars, start, stop):
        if int(match["number"]) == expected:
            if expected > 1:
                yield text[begin : match.start()].strip(_EDGE)
            expected, begin = expected + 1, match.end()
    cut = _CUT_AT.search(text.chars, begin, stop)
    if last := text[begin : cut.start() if cut else stop].strip(_EDGE):
        yield last


def annexes(
    text: Text, start: int, signed: int | None, named: str, listed: Sequence[Text] = ()
) -> tuple[Annex, ...]:
    """The documents annexed to the circular whose words begin at `start`.

    `signed`: where its signature ends, None where it has none; `named`: its title and the words of the
    covering notice, which name the documents that it sends; `listed`: the titles behind 附件：.
    """
    after = start if signed is None else signed
    begins = dict(_marked(text, after, signed is not None, [part.chars for part in listed]))
    if signed is not None:
        begins |= dict(_following(text, signed))
    for name in dict.fromkeys([*_names(named), *[part.chars for part in listed if len(part) >= 6]]):
        begins |= dict(_repeated(text, after, name, signed is not None))
    return tuple(_cut(begins, len(text)))


def _cut(begins: dict[int, Text | None], stop: int) -> Iterator[Annex]:
    """附件1 and the title below it begin one document."""
    starts = sorted(begins)
    kept = [
        at for k, at in enumerate(starts) if not k or at >= _title_end(starts[k - 1], begins[starts[k - 1]])
    ]
    for begin, end in pairwise([*kept, stop]):
        titles = [begins[at] for at in starts if begin <= at < end and begins[at]]
        yield Annex(titles[0] if titles else None, begin, end)


def _title_end(start: int, title: Text | None) -> int:
    """Where the mark (附件1) and the title below it end, at least."""
    return start + 10 if title is None else start + max(10, len(title))


def _marked(text: Text, start: int, signed: bool, listed: Sequence[str]) -> Begins:
    """附件1 on a line of its own; glued to the words around it only behind the signature, in sequence."""
    expected = 1
    for match in islice(_MARK.finditer(text.chars, start), 60):
        if match["line"] is None and not (signed and _is_begin(text.chars, match, expected)):
            continue
        expected += 1
        yield match.start(), _title_at(text, match.end(), listed)


def _is_begin(chars: str, match: regex.Match[str], expected: int) -> bool:
    number = match["number"]
    return (
        (number == str(expected) or (not number and expected == 1))
        and not chars.endswith(_CITED, 0, match.start())
        and not _CITES.match(chars, match.end())
    )


def _title_at(text: Text, start: int, listed: Sequence[str]) -> Text | None:
    """The title printed at `start`: one that the list names, or one that a kind of document ends, or a short line."""
    for name in listed:
        if (stop := _printed_until(text.chars, start, name)) is not None:
            return text[start : _with_tail(text.chars, stop)].strip(_EDGE)
    title = find_title(text, start, min(len(text), start + 200))
    if title is not None and not text.chars[start : title.start].strip(_EDGE):
        return text[title.start : title.stop].strip(_EDGE)
    rest = text[start : start + 120].strip(_EDGE)
    line = rest[: rest.chars.find("\n")] if "\n" in rest.chars else rest
    return line if 2 <= len(line) <= 60 and not _STOPS.search(line.chars) else None


def _following(text: Text, signed: int) -> Begins:
    """A title that follows the signature and （此件公开发布）."""
    skipped = _CLOSED.match(text.chars, signed)
    at = skipped.end() if skipped else signed
    title = find_title(text, at, min(len(text), at + 300))
    if title is not None and not text.chars[at : title.start].strip(_EDGE):
        yield title.start, text[title.start : title.stop].strip(_EDGE)


def _names(named: str) -> list[str]:
    """What a notice says it sends: 《…》, and 印发…的通知 without 《》."""
    names = [match[1] for match in _NAME.finditer(named)] + [
        match["name"] for match in _BARE_NAME.finditer(named)
    ]
    names += [part for name in names for part in name.split("和")]
    kinds = tuple(KIND_NAMES)
    return [
        name for name in dict.fromkeys(names) if len(name) >= 6 and name.partition("（")[0].endswith(kinds)
    ]


def _repeated(text: Text, start: int, name: str, signed: bool) -> Begins:
    """Where the name stands by itself: as a line, or (behind the signature) without 《 before it."""
    key = _KEY.search(name)
    at = text.chars.find(key[0], start) if key else -1
    for _ in range(60):
        if at < 0 or key is None:
            return
        begin = max(start, at - key.start())
        stop = _printed_until(text.chars, begin, name)
        if stop is not None and _stands_alone(text.chars, begin, stop, signed):
            yield begin, text[begin : _with_tail(text.chars, stop)].strip(_EDGE)
            return
        at = text.chars.find(key[0], at + 1)


def _printed_until(chars: str, start: int, name: str) -> int | None:
    """Where the name ends if it is printed at `start`; blanks, quotes and dashes do not count."""
    wanted = "".join(_PLAIN.findall(name))
    kept = list(islice(_PLAIN.finditer(chars, start, start + len(name) + 40), len(wanted)))
    return kept[-1].end() if "".join([match[0] for match in kept]) == wanted else None


def _with_tail(chars: str, stop: int) -> int:
    """Behind brackets like （试行） that follow the name."""
    match = _TAIL.match(chars, stop)
    return match.end() if match else stop


def _stands_alone(chars: str, start: int, stop: int, signed: bool) -> bool:
    before = chars[max(0, start - 20) : start].rstrip(" \u3000*#“")
    if before.endswith(("《", "〈", "件：", "件")) or _ENTRY_END.search(before):
        return False
    line = (not before or before.endswith("\n")) and _LINE_END.match(chars, stop)
    return bool(line) or (signed and not chars.startswith(("》", "的", "）》"), stop))
