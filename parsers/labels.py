"""Labels: 牵头单位：, 完成时限：, 责任单位为…, and what they stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from parsers.vocab import table, terms

_ENDS = regex.compile(  # what may end a label's words: a colon, a bracket, a date on the next line, 为 or 由…调整为
    r"""
    [：∶] | [】〕\]][：∶]?
  | [间限期排度]\K[。\n](?=[\x20\u3000]{0,4}(?:[自从]?(?:[0-9]{1,4}|[一二三四五六七八九十〇零]{1,4})[年月]|即日起))
  | (?<=单位|部门|处室|科室|时间|时限|日期|期限) (?: 由[^，。；\n]{1,80}?(?:调整|变更|修改|改|明确)为
      | (?:明确|调整|变更|确定)?为(?![，。；为了]|主(?:[，。；）\n]|进行|开展|办理|实施|体)|“[^“”\n]{1,20}”的) )
    """,
    regex.VERBOSE,
)
_CLAUSE_END = regex.compile(r"[，；。：（【〔\[\n]")
_COMPOUND = regex.compile(
    r"(?:(?:^|\n)[（]?[0-9一二三四五六七八九十]{0,3}[、）.．\x20]{1,2}|[\n。；]|^)(?P<of>\p{Han}[\p{Han}、]{0,11})"
    r"(?<![局委办厅部院处科室镇乡所站]|安排|统筹|抓紧|利用|把握|抢抓|明确|确定|错开|节约|规定|争取|预留)$"
)
_GENERAL = ("时间", "时限", "期限", "节点")
_LONGEST = 16  # characters of a label's words
_DAMAGED = 3
_NOT_AFTER = (
    "各",
    "有关",
    "相关",
    "将",
    "与",
    "向",
)  # 各责任单位：, 有关责任部门：, 市直有关部门： address, they do not label
_OPENS = "\n、）.． "  # what a heading stands behind
_VAGUE = ("相关", "有关", "涉及", "涉项")  # labels only before a colon, where a clause begins
_EDGES = "，。；：、（）【〔[.．\n "
_BREAK = regex.compile(r"\n[\x20\u3000]{0,8}")
_AROUND = "*_【〔[ "  # what a label may be set in


class Label(NamedTuple):
    """A label in a text: `kind` lead, support, responsible, deadline, leader, contact, other; its words; its span.

    `stop` is where the value begins.
    """

    kind: str
    words: str
    start: int
    stop: int


@cache
def kinds() -> dict[str, str]:
    """Every label's words and what kind it is: {"牵头单位": "lead", ...}; "" for words that are no label."""
    found: dict[str, str] = {}
    for term in terms("labels"):
        nouns = term.more.get("nouns", table("labels")["nouns"])
        words = [*term.aliases, *(stem + noun for stem in term.more.get("stems", ()) for noun in nouns)]
        found.update((word, term.canonical) for word in words if word not in found)
        found.update(dict.fromkeys(term.unless, ""))
    return found


def find(chars: str, start: int = 0, stop: int | None = None) -> list[Label]:
    """Every label with its colon (责任单位：, 【责任单位】, 责任单位为) in reading order.

    >>> [(label.kind, label.words) for label in find("牵头单位：市教育局；完成时限：6月底前")]
    [('lead', '牵头单位'), ('deadline', '完成时限')]
    """
    found = []
    for match in _ENDS.finditer(chars, start, len(chars) if stop is None else stop):
        label = _before(chars, match.start(), max(start, match.start() - _LONGEST), match.end())
        if label is not None:
            found.append(label)
    return found


def _before(chars: str, end: int, floor: int, stop: int) -> Label | None:
    """The label whose words end at `end`, or before the bracket that ends there: 牵头单位（责任单位）：."""
    while end > floor and chars[end - 1] in "*_】〕] ":
        end -= 1
    found = _ending(chars, floor, end)
    if found is None and chars.endswith("）", floor, end):
        found = _ending(chars, floor, max(floor, chars.rfind("（", floor, end)))
    return _placed(chars, *found, stop) if found and found[0] else None


@cache
def _endings() -> dict[str, tuple[int, ...]]:
    """How long the labels are that end in these two characters, the longest first."""
    return _sizes((word[-2:], len(word)) for word in (*kinds(), *table("labels")["damaged"]))


@cache
def _beginnings() -> dict[str, tuple[int, ...]]:
    """How long the labels are that begin with these two characters, the longest first."""
    return _sizes(
        (word[:2], len(word))
        for word, kind in kinds().items()
        if kind and len(word) > 3 and not word.startswith(_VAGUE)
    )


def _sizes(words: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for part, size in words:
        found.setdefault(part, set()).add(size)
    return {part: tuple(sorted(sizes, reverse=True)) for part, sizes in found.items()}


def _ending(chars: str, floor: int, end: int) -> tuple[str, int, int] | None:
    """Kind and span of the longest label that ends at `end`."""
    words = chars[floor:end]
    if found := _longest(words, end):
        return found
    if _misread().search(words):
        for wrong, right in table("labels")["misread"].items():
            words = words.replace(wrong, right)
        if found := _longest(words, end):
            return found
    if words[-2:] not in _endings():
        return None
    start = max(chars.rfind("\n", floor, end) + 1, end - _DAMAGED)
    damaged: str | None = table("labels")["damaged"].get(chars[start:end])
    at_edge = start == 0 or chars[start - 1] in "\n （"
    return (damaged, start, end) if damaged and at_edge else None


def _longest(words: str, end: int) -> tuple[str, int, int] | None:
    """Kind and span of the longest label with which the words before `end` end."""
    names = kinds()
    for size in _endings().get(words[-2:], ()):
        kind = names.get(words[-size:]) if size <= len(words) else None
        if kind is not None:
            return kind, end - size, end
    return None


@cache
def _misread() -> regex.Pattern[str]:
    return regex.compile("|".join(table("labels")["misread"]))


def _placed(chars: str, kind: str, start: int, end: int, stop: int) -> Label | None:
    """The label with the words and marks that belong to it: 【整改责任单位】."""
    words = chars[start:end]
    if start > 1 and chars[start - 2 : start] in _prefixes():
        start -= 2
    before = chars[start - 1] if start else "\n"
    of = _COMPOUND.search(chars, max(0, start - 18), start) if words in _GENERAL else None
    start = of.start("of") if of else start
    if chars[stop - 1] in "。\n" and (start and chars[start - 1] not in _OPENS):
        return None
    if chars.endswith(_NOT_AFTER, 0, start) or (
        kind == "deadline" and chars[stop - 1] == "为" and before not in _EDGES
    ):
        return None
    if words.startswith(_VAGUE) and (chars[stop - 1] == "为" or before not in _EDGES):
        return None  # 市直有关部门：, 相关部门为企业…: no label
    while start and chars[start - 1] in _AROUND:
        start -= 1
    return Label(kind, words, start, stop)


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(table("labels")["prefixes"])


def bare(chars: str, start: int, stop: int) -> Iterator[Label]:
    """Words of labels without a colon, where a value may follow: （责任单位市教育局）.

    Whether they label anything is for the reader of the value to say.
    """
    yield from _opening(
        chars, [start, *(mark.end() for mark in _CLAUSE_END.finditer(chars, start, stop))], stop
    )


def line_openers(chars: str, start: int, stop: int, units: Sequence[int] = ()) -> Iterator[Label]:
    """The same at the start of lines and of numbered units: 责任单位 市教育局; （一）主办单位⏎市教育局."""
    heads = [_head().match(chars, unit, stop) for unit in units]
    places = {place.end() for sign in _lines() for place in sign.finditer(chars, start, stop)}
    numbered = {head.end() for head in heads if head}
    yield from _opening(chars, sorted(places | numbered), stop, numbered)


def _opening(chars: str, places: Sequence[int], stop: int, numbered: Collection[int] = ()) -> Iterator[Label]:
    """Only words that name what they are of: 责任单位, 完成时限; a mere 牵头 or 责任 needs its colon."""
    names = kinds()
    for begin in places:
        for size in _beginnings().get(chars[begin : begin + 2], ()):
            end = begin + size
            kind = names.get(chars[begin:end]) if end <= stop else None
            if kind:
                value = end + (chars[end : end + 1] == " ")
                below = _BREAK.match(chars, value) if begin in numbered and kind != "deadline" else None
                value = below.end() if below else value
                if chars[value : value + 1].isalnum():
                    yield Label(kind, chars[begin:end], begin, value)
                break


@cache
def _first() -> str:
    """A glance at the two characters with which a label may begin."""
    firsts, seconds = ("".join(sorted({word[at] for word in _beginnings()})) for at in (0, 1))
    return f"(?=[{firsts}][{seconds}])"


@cache
def _head() -> regex.Pattern[str]:
    return regex.compile(rf"[（]?[0-9一二三四五六七八九十]{{1,3}}[）、.．]\x20?{_first()}")


@cache
def _lines() -> tuple[regex.Pattern[str], ...]:
    """What a label without a colon stands behind; a search for one sign is faster than one for several."""
    number = r"(?:[（]?[0-9一二三四五六七八九十]{1,3}[）、.．]\x20?)?"
    return tuple(regex.compile(rf"{sign}[*\-—\x20\u3000]*+{number}{_first()}") for sign in "\n。；，")


def of_header(cell: str) -> str | None:
    """What a table column of this heading holds: a kind, or None for a heading that is no label.

    >>> of_header("牵头单位"), of_header("序号")
    ('lead', None)
    """
    return kinds().get(regex.sub(r"[\s：:]", "", cell)) or None
