"""Where the names begin that stand before a day: upwards from it, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.head.glued import ends_list, first_name
from parsers.head.wording import HAN, ORGAN_ENDS, is_organ
from parsers.vocab import either

SENTENCE_END = "。！；）”：】》"
_INSIDE = rf"(?<=[{HAN}])（(?:(?![见附详略行章字名一二三四五六七八九十])[{HAN}]){{2,6}}）(?=[{HAN}])"  # 某某（中国）有限公司
_COUNT = rf"(?<=[{HAN}](?<![件表第于在年月日]))[0-9]{{1,4}}(?=[{HAN}])(?![年月日号时分人个项次家条点])"  # 某市101中学
_MASK = (  # letters for a place: XX市财政局, 国网XX供电公司
    rf"(?<![A-Za-z0-9：、，])[X×]{{2,3}}(?=[省市县区州盟旗镇乡])|(?<=国网|南网|公司|集团|[省市县])[X×]{{2,3}}(?=[{HAN}])"
)
_SPREAD = rf"(?<=(?<![{HAN}])[{HAN}])[ \u3000]{{2,4}}(?=[{HAN}](?![{HAN}]))"  # 财  政  部
PIECE = regex.compile(
    rf"(?r)(?:[{HAN}“”、·]|{_INSIDE}|{_COUNT}|{_MASK}|(?<=[{HAN}”])[ \u3000](?=[{HAN}“])|{_SPREAD}){{2,160}}"
)
_TWIN = (
    rf"（[{HAN}]{{2,20}}(?:{either(ORGAN_ENDS)})）"  # the second name of one office: 校长办公室（党委办公室）
)
_BEHIND = regex.compile(_TWIN)
_SEAL = regex.compile(  # lines to seal and to sign on, a second name, between organ and day
    rf"(?r)(?:(?:{_TWIN}|（[^（）\n]{{0,20}}[章字名]）|(?<=\n)[{HAN}]{{0,8}}(?:（[签盖][字章名]）|签字|签名|签章|盖章))：?[ \u3000\n]*)+"
)
_COUNTED = regex.compile(r"[0-9一二三四五六七八九十][）.、][ ]*$")
LINE = 400  # characters of a line of names, at most
_GAP = 3  # blanks that are left of a line's end, at least
BLANK = " \u3000\n"
_OFFICE = "总理|[省市县区州盟旗镇乡部局厅署行会院校]长|主席|主任|检察长"
_PERSON = regex.compile(rf"[{HAN}]{{0,12}}(?:{_OFFICE})[ \u3000：]*[{HAN} \u3000]{{2,6}}")
_OFFICER = regex.compile(  # who signs an order on the line of its day, or glued to its last sentence: 。市长 王某
    rf"(?r)(?<=[。！])[ \u3000\n]{{0,80}}(?P<words>(?:{_OFFICE})[ \u3000\n：]{{0,20}}(?:[{HAN}·]{{2,4}}|[{HAN}][ \u3000]{{1,2}}[{HAN}]))"
)


def names_before(chars: str, stop: int, low: int, known: Sequence[str]) -> int | None:
    """Where the names before the date begin; `stop` itself where a date stands alone; None where a sentence goes on."""
    end = names_end(chars, low, stop)
    closed = "。！" if end == stop else SENTENCE_END
    if end == low or chars[end - 1] in closed or (chars[end - 1] == "）" and ends_list(chars, low, end)):
        return stop
    signed = _person_before(chars, low, end)
    if signed is None and "\n" in chars[end:stop]:
        signed = _lines_before(chars, low, end, known)
    if signed is not None:
        return signed
    begin = end
    for start, whole in _pieces(chars, low, end):
        if begin < end and "\n" in chars[start:begin] and _goes_before(chars, low, start):
            break
        name = chars[start : names_end(chars, start, begin)].strip(BLANK)
        first = first_name(chars, low, start, name, known)
        if first or first is None or not is_organ(name):
            if begin == end and not first:
                return stop if first is None or _is_apart(chars, end, stop) else None
            return start + first if first and is_organ(name[first:]) else _broken(chars, start, begin, low)
        begin = start
        if not whole:
            return stop if chars[start - 1] == "，" and _is_apart(chars, end, stop) else None
    apart = _is_apart(chars, end, stop) or (end < stop and chars[end - 1] in "0123456789X")  # a telephone
    return begin if begin < end else (stop if apart else None)


def _person_before(chars: str, low: int, end: int) -> int | None:
    """Where the words begin of who signs an order: 市长 王某."""
    officer = _OFFICER.match(chars, max(low, end - LINE), end)
    return officer.start("words") if officer else None


def _lines_before(chars: str, low: int, end: int, known: Sequence[str]) -> int | None:
    """Where a person's line begins (县长 王某), or a name that the head prints, torn over two lines here."""
    start = line_start(chars, low, end)
    if _PERSON.fullmatch(chars, start, end):
        return start
    above = line_start(chars, low, start - 1) if start > low else start
    return above if f"{chars[above:start].strip(BLANK)}{chars[start:end].strip(BLANK)}" in known else None


def _is_apart(chars: str, end: int, stop: int) -> bool:
    """Does the day stand on a line of its own, or behind the wide gap that is left of one?"""
    gap = chars[end:stop]
    return "\n" in gap or len(gap) > _GAP


def _goes_before(chars: str, low: int, start: int) -> bool:
    """Is a name the end of a line that says or lists something: 责任单位：市财政局, 2.领导小组? No organ signs there."""
    line = chars[line_start(chars, low, start) : start]
    return any(mark in "：。；" for mark in line) or _COUNTED.search(line) is not None


def names_end(chars: str, low: int, stop: int) -> int:
    """Before the blanks and the （盖章） between the names and the day."""
    end = trimmed(chars, low, stop)
    seal = _SEAL.match(chars, low, end)
    return trimmed(chars, low, seal.start()) if seal else end


def with_twin(chars: str, end: int) -> int:
    """Behind the second name of the office whose name ends here: 校长办公室（党委办公室）."""
    twin = _BEHIND.match(chars, end)
    return twin.end() if twin else end


def line_start(chars: str, low: int, end: int) -> int:
    """Where the line begins that ends at `end`; no further back than a line of names is long."""
    low = max(low, end - LINE)
    return max(low, chars.rfind("\n", low, end) + 1)


def trimmed(chars: str, low: int, end: int) -> int:
    """Before the blanks and line ends that stand before `end`."""
    while end > low and chars[end - 1] in BLANK:
        end -= 1
    return end


def _pieces(chars: str, low: int, end: int) -> Iterator[tuple[int, bool]]:
    """From the date upwards: where each name begins, and whether what stands before it lets it be a name."""
    while end > low:
        match = PIECE.match(chars, low, end)
        if match is None:
            return
        above = names_end(chars, low, match.start())
        gap = chars[above : match.start()]
        yield (
            match.start(),
            above == low or bool(gap) or chars[above - 1] in SENTENCE_END or chars[above - 1].isascii(),
        )
        if "\n" not in gap and len(gap) < 2:
            return
        end = above


def _broken(chars: str, start: int, begin: int, low: int) -> int:
    """A long name over two lines: the upper half ends like no name (…服务期满人员为)."""
    line = chars[start:begin].strip(BLANK)
    above = line_start(chars, low, start)
    torn = line.endswith(("为", "的", "和", "与", "及", "暨")) or chars.startswith("的", begin)
    broken = chars[begin - 1] == "\n" and torn
    return above if broken and begin - above < 60 and "：" not in chars[above:start] else begin
