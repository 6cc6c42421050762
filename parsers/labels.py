"""Labels: 牵头单位：, 完成时限：, 责任单位为…, and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from parsers.vocab import either, table, terms

_ENDS = regex.compile(  # what may end a label's words: a colon, a bracket, 为 or 由…调整为
    r"(?P<colon>[：∶]|】：?)|(?<=单位|部门)(?:由[^，。；]{1,80}?(?:调整|变更|修改|改|明确)为|(?:明确|调整|变更|确定)?为(?=[^，。；为了]))"
)
_LONGEST = 16
_NOT_AFTER = "各关将与向"  # 各责任单位：, 有关责任部门： address, they do not label


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: `kind` lead, support, responsible, deadline, leader, contact, other; its words; its span.

    `stop` is where the value begins.
    """

    kind: str
    words: str
    start: int
    stop: int


@cache
def kinds() -> dict[str, str]:
    """Every label's words and what kind it is: {"牵头单位": "lead", ...}."""
    nouns = table("labels")["nouns"]
    found: dict[str, str] = {}
    for term in terms("labels"):
        words = [*term.aliases, *(stem + noun for stem in term.more.get("stems", ()) for noun in nouns)]
        found.update((word, term.canonical) for word in words if word not in found)
        found.update(dict.fromkeys(term.unless, ""))
    return found


def find(chars: str, start: int = 0, stop: int | None = None) -> list[Label]:
    """Every label with its colon (责任单位：, 责任单位为) in reading order.

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
    """The longest label whose words end at `end`."""
    while end > floor and chars[end - 1] in "*_】] ":
        end -= 1
    names = kinds()
    for start in range(floor, end - 1):
        kind = names.get(chars[start:end])
        if kind is not None:
            usable = kind and (start == 0 or chars[start - 1] not in _NOT_AFTER)
            return Label(kind, chars[start:end], start, stop) if usable else None
    start = max(chars.rfind("\n", floor, end) + 1, end - 3)
    kind = table("labels")["damaged"].get(chars[start:end])
    at_line = start == 0 or chars[start - 1] in "\n （"
    return Label(kind, chars[start:end], start, stop) if kind and at_line else None


def leading(chars: str, start: int, stop: int) -> Label | None:
    """The label that opens a bracket without a colon: （责任单位市教育局）."""
    match = _bare().match(chars, start, stop)
    return Label(kinds()[match[1]], match[1], match.start(), match.end()) if match else None


@cache
def _bare() -> regex.Pattern[str]:
    return regex.compile(rf"\x20?({either(kinds())})\x20?")


def of_header(cell: str) -> str | None:
    """What a table column of this heading holds: a kind, or None for a heading that is no label.

    >>> of_header("牵头单位"), of_header("序号")
    ('lead', None)
    """
    return kinds().get(regex.sub(r"[\s：:]", "", cell))
