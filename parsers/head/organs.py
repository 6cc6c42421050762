"""Names of organs that stand one below the other, side by side or glued together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import regex

from parsers.head.wording import HAN, ORGAN_ENDS, is_organ, words
from parsers.vocab import either
from schemas.text import Text

_APART = regex.compile(r"(?:（[^（）\n]{0,8}章）|[ \u3000\n、，])+")
_LOCAL = rf"[省市县区州盟旗](?!直机关)(?=[{HAN}]{{1,20}}(?:局|厅|委|办|会|府|室|部|院))"
OPENING = regex.compile(  # where a new name begins
    rf"中共|共青团|中国(?!共产党)|国家|国务院|最高人民|{_LOCAL}|{either(words('central'))}"
)

_SPREAD = regex.compile(rf"[{HAN}](?:[ \u3000]+[{HAN}])+")  # 国　务　院
_PLACE = regex.compile(rf"[{HAN}]{{2,4}}?[省市县州盟旗](?![省市县区州盟旗直])")
_BRANCHES = ("分行", "支行", "分公司", "监管局", "监管办", "分局", "总队", "电力公司")
_PARTY = regex.compile(rf"中共[{HAN}]{{2,12}}委(?:员会)?")
_OF_BOTH = regex.compile(  # 中共某省委某省人民政府 | 信访局
    rf"[{HAN}]{{2,12}}人民政府(?!办公[厅室]|[{HAN}]{{0,40}}人民政府)[{HAN}]{{2,30}}(?:办公室|局|督查室|研究室|中心)"
)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ that issues or receives a circular; `name`: what is meant where the list leaves it incomplete."""

    text: Text
    name: str
    collective: bool = False


def organs(text: Text) -> tuple[Organ, ...]:
    """The organs that the text names, each once.

    >>> [organ.name for organ in organs(Text.plain("某州市财政局某州市教育局"))]
    ['某州市财政局', '某州市教育局']
    """
    found: dict[str, Organ] = {}
    parts = _parts(text)
    places = {match[0] for part in parts if (match := _PLACE.match(part.chars.removeprefix("中共")))}
    for part in parts:
        for name in _unglued(part, places):
            spread = _SPREAD.fullmatch(name.chars)
            whole = "".join(name.chars.split()) if spread else name.chars.replace("\n", "")
            found.setdefault(name.chars, Organ(name, whole))
    return tuple(found.values())


def _parts(text: Text) -> list[Text]:
    """Cut at blanks and line ends behind a whole name; a name broken over two lines stays one."""
    found: list[Text] = []
    start = 0
    for match in _APART.finditer(text.chars):
        if match.start() == start or is_organ(text.chars[start : match.start()]):
            found.append(text[start : match.start()])
            start = match.end()
    return [part for part in (*found, text[start:]) if part]


def _unglued(text: Text, places: Collection[str]) -> list[Text]:
    """Cut where a name ends and the next begins: with the same place, 中共, 国家, a ministry; behind a branch with a
    place that another name begins with. 中共某省委某省人民政府信访局 is one, 国家税务总局某省税务局 too."""
    chars = text.chars
    place = chars.removeprefix("中共")[:2]
    starts = {match.start() for match in OPENING.finditer(chars)}
    for one in (place, *places):
        at = chars.find(one) if one else -1
        while at >= 0:
            if one == place or chars.endswith(_BRANCHES, 0, at):
                starts.add(at)
            at = chars.find(one, at + len(one))
    found, last = [], 0
    for start in sorted(starts):
        if start - last >= 3 and not chars.endswith("中共", 0, start) and _is_joint(chars, last, start):
            found.append(text[last:start])
            last = start
    return [*found, text[last:]]


def _is_joint(chars: str, last: int, start: int) -> bool:
    apart = chars.endswith(ORGAN_ENDS, last, start) and chars.endswith(ORGAN_ENDS, start)
    return apart and not (_PARTY.fullmatch(chars, last, start) and _OF_BOTH.match(chars, start))


def is_short(one: str, other: str) -> bool:
    """Is one name the other in short?

    >>> is_short("国网组织部", "国家电网有限公司党组组织部"), is_short("国网企协", "国家电网有限公司")
    (True, False)
    """
    short, whole = sorted((one, other), key=len)
    rest = iter(whole)
    return all(char in rest for char in short)
