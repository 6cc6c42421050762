"""附件: the annexed documents themselves, each with a numbering of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import regex

from parsers.head.title import find_title
from parsers.head.wording import HAN, KINDS, is_organ
from parsers.vocab import either
from schemas.text import Text

Begins = Iterator[tuple[int, Text | None]]

_MARK = regex.compile(  # the rare character first, what must stand before it looked at from there
    rf"""
    附(?: (?P<line>(?<=(?:^|\n)[ \u3000*#]{{0,8}}附)
            [ ]?[件表][ ]?[0-9一二三四五六七八九十]{{0,2}}[ ]?：?[ \u3000*]*(?=\n|\Z))
        | 件[ ]?(?P<number>[0-9]{{0,2}})：?[ \n\u3000]*(?=[{HAN}“《（]|20[0-9]{{2}}年)
      )
    """,
    regex.VERBOSE,
)
_CITED = (*"见（与和及、按填照“的在详据含为将", "填写")  # 见附件1
_CITES = regex.compile("所|中|的|与|要求|规定|内|为|执行|填|表格|名单报|材料")  # 附件1所列
_CLOSED = regex.compile(
    r"""
    (?:[ \u3000\n]*(?:（[^（）\n]{0,200}）|(?:抄送|抄报|信息公开|公开|主动公开|联系人)[^\n]{0,200}\n
      |[0-9〇一二]{4}年[^\n]{2,8}日[ ]*\n))*
    [ \u3000\n*#]*
    """,
    regex.VERBOSE,
)
_NAME = regex.compile(r"《(?P<name>[^《》\n]{4,80}(?:《[^《》\n]{2,60}》[^《》\n]{0,30})?)》")
_VERSION = regex.compile("(?:（[^（）]{0,30}）){1,3}$")  # （试行）
_BARE_NAME = regex.compile(r"(?:印发|转发)(?P<name>[^《》，。：]{4,80}?)(?:的通知|的函)")
_TAIL = regex.compile(r"年?）?(?:[ ]?（[^（）\n]{1,30}）){0,3}")
_MORE = regex.compile(rf"[{HAN}]{{0,12}}(?:{either(KINDS)})(?=[ ]*\n)")  # 重点工作 | 责任分解
_NUMBERED = regex.compile(
    r"\n[ \u3000]*(?:一、|（一）|1[.、][^0-9]|第一[章条])(?=[^\n]*\n)"
)  # an annex begins to count
_FIRST = regex.compile("一(?<![统唯惟万单]一)、")  # 统一、规范 numbers nothing
_PLAIN = regex.compile(rf"[{HAN}0-9A-Za-z]+")
_KEY = regex.compile(rf"[{HAN}]{{3,6}}")
_STOPS = regex.compile("[。；：]")
_DATED = regex.compile(r"[ \n]*[12一二][0-9〇零一二三四五六七八九○O]{3}年")
_LINK = regex.compile("相关(?:链接|附件|文章)|点击下载")
_ENTRY = regex.compile(r"[0-9][ ]?[.、]$")
_LINE_END = regex.compile(r"[年）”》 *]{0,4}(?:（[^）\n]{1,20}）)?[ *]*(?:\n|\Z)")
_EDGE = " \u3000\n*#；，。"
_MOST = 60  # places that are looked at for one name; marks in one text
_SHORT = 60  # characters of a line that may be a title


@dataclass(frozen=True, slots=True)
class Annex:
    """An annexed document: its title (None where none is printed), where it begins and ends."""

    title: Text | None
    start: int
    stop: int


def annexes(
    text: Text, start: int, signed: int | None, named: str, listed: Sequence[Text] = ()
) -> tuple[Annex, ...]:
    """The documents annexed to the circular whose words begin at `start`.

    `signed`: where its signature ends, None where it has none; `named`: its title and the words of the
    covering notice, which name the documents that it sends; `listed`: the titles behind 附件：.

    >>> text = Text.plain("现印发《某市行动方案》。\\n某市行动方案\\n一、目标")
    >>> [annex.title.chars for annex in annexes(text, 0, None, text.chars)]
    ['某市行动方案']
    """
    after = start if signed is None else signed
    names = [part.chars for part in listed]
    begins = dict(_marked(text, after, signed is not None, listed))
    if signed is not None:
        begins |= dict(_following(text, signed))
    for name in dict.fromkeys([*_names(named), *[name for name in names if len(name) >= 6]]):
        begins |= dict(_repeated(text, after, name, signed is not None))
    if signed is not None:
        begins = dict(_unannounced(text, signed, min(begins, default=len(text)))) | begins
    return tuple(_cut(begins, len(text)))


def _cut(begins: dict[int, Text | None], stop: int) -> Iterator[Annex]:
    """附件1 and the title below it begin one document."""
    starts = sorted(begins)
    kept = starts[:1] + [at for last, at in pairwise(starts) if at >= _title_end(last, begins[last])]
    for begin, end in pairwise([*kept, stop]):
        titles = [begins[at] for at in starts if begin <= at < end and begins[at]]
        yield Annex(titles[0] if titles else None, begin, end)


def _title_end(start: int, title: Text | None) -> int:
    """Where the mark (附件1) and the title below it end, at least."""
    return start + (10 if title is None else max(10, len(title)))


def _marked(text: Text, start: int, signed: bool, listed: Sequence[Text]) -> Begins:
    """附件1 on a line of its own; glued to the words around it only behind the signature or before the title that the
    list names, in sequence."""
    names = [part.chars for part in listed]
    behind = listed[0].end - text.at if listed else len(text)
    expected = 1
    for match in islice(_MARK.finditer(text.chars, start), _MOST):
        glued = signed or (match.start() >= behind and _is_named(text.chars, match.end(), names))
        if match["line"] is not None or (glued and _is_begin(text.chars, match, expected)):
            expected += 1
            yield match.start(), _title_at(text, match.end(), names)


def _is_named(chars: str, start: int, names: Sequence[str]) -> bool:
    return any(_printed_until(chars, start, name) is not None for name in names)


def _is_begin(chars: str, match: regex.Match[str], expected: int) -> bool:
    number = match["number"]
    return (
        (number == str(expected) or (not number and expected == 1))
        and not chars.endswith(_CITED, 0, match.start())
        and not _CITES.match(chars, match.end())
    )


def _title_at(text: Text, start: int, listed: Sequence[str]) -> Text | None:
    """The title printed at `start`: one that the list names, one that a kind of document ends, a short line."""
    for name in listed:
        if (stop := _printed_until(text.chars, start, name)) is not None:
            return text[start : _with_tail(text.chars, stop)].strip(_EDGE)
    if (title := _next_title(text, start, start + 200)) is not None:
        return title
    rest = text[start : start + 120].strip(_EDGE)
    ends = [at for mark in ("\n", "序号") if (at := rest.chars.find(mark)) > 1]
    line = rest[: min(ends, default=len(rest))]
    signed = is_organ(line.chars) and _DATED.match(text.chars, line.at - text.at + len(line))
    named = not (_STOPS.search(line.chars) or signed or _LINK.match(line.chars))
    return line if named and 2 <= len(line) <= _SHORT else None


def _next_title(text: Text, start: int, stop: int) -> Text | None:
    """The title that begins right at `start`, blanks aside."""
    title = find_title(text, start, min(len(text), stop))
    if title is None or text.chars[start : title.start].strip(_EDGE):
        return None
    return text[title.start : title.stop].strip(_EDGE)


def _following(text: Text, signed: int) -> Begins:
    """A title that follows the signature and （此件公开发布）."""
    skipped = _CLOSED.match(text.chars, signed)
    at = skipped.end() if skipped else signed
    mark = _MARK.match(text.chars, at)
    at = mark.end() if mark else at
    title = _next_title(text, at, at + 300)
    if title is not None:
        yield title.at - text.at, title


def _unannounced(text: Text, signed: int, stop: int) -> Begins:
    """Numbered paragraphs between the signature and the first annex: a document without a title of its own."""
    skipped = _CLOSED.match(text.chars, signed, stop)
    at = skipped.end() if skipped else signed
    if _NUMBERED.search(text.chars, signed, stop) or _goes_on(text.chars, signed, stop):
        yield at, None


def _goes_on(chars: str, signed: int, stop: int) -> bool:
    """Does the one line that holds everything go on with 一、 … 二、 or （一） behind the signature, or any line at once?"""
    at_once = chars[signed : signed + 8].lstrip().startswith("一、")
    first = _FIRST.search(chars, signed, stop) if at_once or chars.find("\n", signed, stop) < 0 else None
    return first is not None and any(chars.find(mark, first.end(), stop) >= 0 for mark in ("二、", "（一）"))


def _names(named: str) -> list[str]:
    """What a notice says it sends: 《…》, and 印发…的通知 without 《》."""
    names = [match["name"] for pattern in (_NAME, _BARE_NAME) for match in pattern.finditer(named)]
    names += [part for name in names for part in name.split("和")]
    kinds = tuple(KINDS)
    return [name for name in names if len(name) >= 6 and _VERSION.sub("", name).endswith(kinds)]


def _repeated(text: Text, start: int, name: str, signed: bool) -> Begins:
    """Where the name stands by itself: as a line, or (behind the signature) without 《 before it."""
    key = _KEY.search(name)
    at = text.chars.find(key[0], start) if key else -1
    for _ in range(_MOST):
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
    for run in _PLAIN.finditer(chars, start, start + len(name) + 40):
        printed = run[0][: len(wanted)]
        if not wanted.startswith(printed):
            return None
        wanted = wanted[len(printed) :]
        if not wanted:
            return run.start() + len(printed)
    return None


def _with_tail(chars: str, stop: int) -> int:
    """Behind brackets like （试行） that follow the name."""
    more = _MORE.match(chars, stop)
    match = _TAIL.match(chars, more.end() if more else stop)
    return match.end() if match else stop


def _stands_alone(chars: str, start: int, stop: int, signed: bool) -> bool:
    before = chars[max(0, start - 20) : start].rstrip(" \u3000*#“")
    if before.endswith(("《", "〈", "件：", "件")) or _ENTRY.search(before):
        return False
    if signed and not chars.startswith(("》", "的", "）》"), stop):
        return True
    return (not before or before.endswith("\n")) and _LINE_END.match(chars, stop) is not None
