"""标题: where the title stands, printed on one line, on several, or glued to what precedes and follows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex

from parsers.head.edges import closes_line, cuts, ends, is_followed, runs_on
from parsers.head.recipients import recipients_at
from parsers.head.title_lines import EDGE, MARKER, is_page, is_upper, pieces, title_start
from parsers.head.wording import HAN, KINDS, NOT_KINDS, OPENER, SPARED, TITLED, is_organ, words
from parsers.vocab import Term, either
from schemas.text import Text

_STAGE = "[12][0-9]{3}年?(?:[—~至-]{1,3}[12][0-9]{3}年?|版|度|修订版?)?|试行|暂行|草案|修订[版稿]?|(?:征求意见|送审|讨论|报批)稿"
_OFFICIAL = [name for name, term in KINDS.items() if term.more.get("official") and len(name) == 2]
_SPELT = "|".join(rf"{name[0]}[ \u3000]{{1,9}}{name[1]}" for name in _OFFICIAL)
_WIDE = rf"(?:{_SPELT})(?=[ \u3000]*(?:\n|各|[省市县区局校]直|[{HAN}]{{1,10}}[〔\[（【]))"  # 督　办　通　知
_SPREAD = regex.compile(rf"[{HAN}](?:[ \u3000]+[{HAN}]){{1,9}}")
_KIND = regex.compile(
    rf"(?P<kind>\L<kinds>|{_WIDE})"
    r"(?P<tail>[ ]?(?:[（〔\[](?!20[0-9]{2}年[0-9]{1,2}月[0-9]|一[）〕](?=\p{Han})(?!\p{Han}{1,10}[〔\[]))"
    r"[^（）〔〕【】\[\]\n]{1,30}[）〕\]]){0,3}"
    rf"(?:[ \u3000]*\n[ \u3000]*（(?:{_STAGE})）(?=[ \u3000]*\n))?+)[*” ]*",
    kinds=list(KINDS),
)
_SHORT = regex.compile(
    rf"(?:\A|\n)[ \u3000]{{0,40}}(?P<words>[{HAN}]{{0,4}}(?P<kind>\L<kinds>))[ \u3000]{{0,40}}(?=\n)",
    kinds=[kind for kind, term in KINDS.items() if term.more.get("official") or not term.more.get("title")],
)
_OPENING = regex.compile(  # a notice of one line: 会议通知各部门：
    rf"\A[ \u3000\n]{{0,40}}(?P<words>[{HAN}]{{0,4}}(?P<kind>通知|通报|公告|通告|公示|纪要))"
    rf"(?=[各全本省市县区机公]|现[将就]|为了|[{HAN}]{{0,10}}[〔\[（【]20[0-9]{{2}})"
)
_FIRST_WORDS = regex.compile(
    rf"[ \u3000\n]*(?P<title>(?P<organ>[{HAN}、 ]{{0,60}}?)关于[^。；：！？\n]{{4,120}}?的(?:紧急|补充|预)?"
    r"(?P<kind>通知|通报|公告|通告|公示|函|请示|批复))"
    r"(?![的》，、。；：！”’）和与及等我你在是将被由已也都了]|精神|要求|规定|文件|提出|明确|指出|下发|印发|发布|出台|强调|规范|实施|大家|后|中)"
)
_PASSED_ON = regex.compile(
    rf"(?:^|\n|(?<=号|[0-9]：[0-9]{{2}}))[ \u3000*#]{{0,40}}(?P<title>[{HAN}、 ]{{0,60}}?(?P<opener>(?:关于)?(?:转发|批转))[{HAN}、]{{0,30}}"
    r"《[^《》。；]{6,150}的(?P<kind>\L<kinds>)》)",
    kinds=[kind for kind, term in KINDS.items() if not term.more.get("title")],
)
_NEVER = regex.compile(r"\L<never>", never=list(NOT_KINDS))
_TRIED = 80  # words of kind that a head holds at most
_OPENER = regex.compile(OPENER)
_ROW = regex.compile(
    rf"[ \u3000|*#]*(?:{TITLED})?[ \u3000|：]*"
)  # what stands before a title in a portal's table
_STOPS = regex.compile("[。；：]")
_PUNCTUATION = regex.compile(r"人民(?=政府)|[^\u4e00-\u9fff0-9]")
_SUFFIX = regex.compile("（[^（）]{1,20}）$")
_NO_TITLE, _MAYBE = (
    regex.compile(rf"(?!{SPARED})(?:{either(words('sentence', kind))})") for kind in ("sentence", "maybe")
)
_CODE = regex.compile("[^的]函[〔\\[（【][12][0-9]{3}")  # 某教函〔2021〕5号 ends no title
_IN_BRACKET = regex.compile(r"（[^（）\n]*$")
_NEAR = 80  # characters before a line's part in which a bracket that is open there opens
_SAME = 6  # characters of a title with which its first sentence begins
_WHOLE = 250  # characters of a title, at most


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed: its lines, the kind of document, and where 关于 begins (None where it has none)."""

    lines: tuple[Text, ...]
    kind: str
    printed_kind: str
    start: int
    stop: int
    opener: int | None

    @property
    def is_weak(self) -> bool:
        """Neither 关于 nor a plan's kind: a line like 公文批复 or 招聘公告 may be a web page's name."""
        return self.opener is None and not _term(self.printed_kind).more.get("title")

    @property
    def chars(self) -> str:
        """The title on one line, as printed."""
        return "".join([_closed_up(line.printed()) for line in self.lines])

    @property
    def plain(self) -> str:
        """The title on one line, widths folded."""
        return "".join([_closed_up(line.chars) for line in self.lines])


def _closed_up(line: str) -> str:
    """督　办　通　知 says 督办通知."""
    if " " not in line and "\u3000" not in line:
        return line
    return "".join(line.split()) if _SPREAD.fullmatch(line) else line


def _term(kind: str) -> Term:
    return KINDS["".join(kind.split())]


def find_title(text: Text, start: int, stop: int) -> Title | None:
    """The title between two offsets: the first with 关于…, else the first of a plan; of several copies the last.

    >>> find_title(Text.plain("某市文件\\n某市教育局关于开展\\n检查的通知\\n"), 0, 22).plain
    '某市教育局关于开展检查的通知'
    """
    found = list(_titles(text, start, stop)) or list(_passed_on(text, start, stop))
    named = [title for title in found if title.opener is not None]
    if not found:
        return _short(text, start, stop) or _first_words(text, start, stop)
    apart = [title for title in found if not _is_crumb(text.chars, title)]
    first = (named or _repeated(apart) or apart or found)[0]
    first = next((title for title in named if f"《{first.plain}》" in title.plain), first)
    first = [title for title in found if title is first or _is_longer(title, first)][-1]
    return [title for title in found if is_copy(title, first)][-1]


def _short(text: Text, start: int, stop: int) -> Title | None:
    """A line that says no more than what the circular is: 督办通知, 会议纪要."""
    lines = _SHORT.finditer(text.chars, start, stop)
    match = None
    for line in lines:  # of lines one below the other the last: 校内公告 | 停水通知
        if match is None or not text.chars[match.end() : line.start("words")].strip():
            match = match if is_page(line["words"]) else line
    opening = _OPENING.match(text.chars, start, stop) if match is None else None
    if opening and (text.chars.startswith("现", opening.end()) or is_followed(text, opening.end(), stop)):
        match = opening
    if match is None or _NEVER.match(text.chars, match.start("kind")):
        return None
    if _NO_TITLE.match(match["words"]) or _MAYBE.match(match["words"]):
        return None
    begin, end = match.span("words")
    return Title((text[begin:end],), KINDS[match["kind"]].canonical, match["kind"], begin, end, None)


def _first_words(text: Text, start: int, stop: int) -> Title | None:
    """关于…的通知 with which a text begins that lost its line ends, whatever follows."""
    match = _FIRST_WORDS.match(text.chars, start, stop)
    before = match["organ"].strip(EDGE + "\n") if match else ""
    if match is None or (before and ("了" in before or not is_organ(before))):
        return None
    begin, end = match.start("title"), match.end("title")
    kind = match["kind"]
    return Title(pieces(text, begin, end), KINDS[kind].canonical, kind, begin, end, match.end("organ"))


def _repeated(found: list[Title]) -> list[Title]:
    """Those that stand there twice: a page names its title before it prints it, but not its menus."""
    plain = [title.plain for title in found]
    return [title for title in found if sum(other.endswith(title.plain) for other in plain) > 1]


def _is_longer(title: Title, first: Title) -> bool:
    """Does the title only begin with what the first took for the whole?"""
    below = title.plain[len(first.plain) :]
    split = first.kind == "任务" and below in KINDS  # 重点工作任务 | 分解表
    goes_on = below.startswith("（")  # 发展规划 | （2021—2025年）实施方案
    upper = is_upper(first.plain, below)
    return title.start == first.start and "，" not in below and (split or goes_on or upper)


def _is_crumb(chars: str, title: Title) -> bool:
    """Is it the last step of a portal's path: 首页 >> 政务公开 >> 重点工作?"""
    return ">" in chars[chars.rfind("\n", 0, title.start) + 1 : title.start]


def is_copy(left: Title, right: Title) -> bool:
    """Is one the other once more, with or without the organ before it and the bracket behind it (全文)?"""
    a, b = (_PUNCTUATION.sub("", _SUFFIX.sub("", title.plain)) for title in (left, right))
    return a.endswith(b) or b.endswith(a)


def _titles(text: Text, start: int, stop: int) -> Iterator[Title]:
    places = cuts(text, start, stop)
    for match in islice(_KIND.finditer(text.chars, start, stop), _TRIED):
        if not _NEVER.match(text.chars, match.start()):
            before = bisect_right(places, match.start())
            low = places[before - 1] if before else start
            low = _quoted(text.chars, low, match.end("kind"))
            for end in dict.fromkeys((match.end(), match.end("kind"))):
                if title := _title(text, low, match, end, stop):
                    yield title
                    break


def _title(text: Text, low: int, match: regex.Match[str], end: int, stop: int) -> Title | None:
    """The title that ends with this kind of document; None where it does not end here or is none."""
    chars, kind = text.chars, _term(match["kind"])
    plan = bool(kind.more.get("title"))
    quoted = chars.startswith("》", end) and chars.endswith("《", 0, low)
    line = max(low, chars.rfind("\n", low, end) + 1)  # a 《 that is open further up never closes
    again = plan and end > low + _SAME and chars.startswith(chars[low : low + _SAME], end)
    closed = _is_closed(chars[line:end])
    done = closed and (again or ends(text, end + quoted, stop, plan))
    if not closed or not (done or runs_on(chars, low, end)):
        return None
    if _IN_BRACKET.search(chars, max(0, line - _NEAR), end) or _CODE.match(chars, end - 2, end + 6):
        return None
    start = title_start(chars, low, match.end("kind") if "\n" in chars[match.end("kind") : end] else end)
    opener = _opener(chars, start, end)
    if not done and not _is_named_whole(chars, start, opener):
        return None
    bare = chars[start:end].strip(EDGE + "\n")
    if not _is_title(bare) or (_MAYBE.match(bare) and not _is_own(text, low, (start, end), stop)):
        return None
    if opener is None and not _is_plain(bare, match["kind"], plan):
        own = "，" not in bare and _is_own(text, low, (start, end), stop)
        if not own or not _is_named(text, start, end, match["kind"]):
            return None
    return Title(
        pieces(text, start, end),
        kind.canonical,
        match["kind"],
        start,
        end + quoted + chars.startswith("。", end),
        opener,
    )


def _is_named_whole(chars: str, start: int, opener: int | None) -> bool:
    """Does 关于 open it, or 印发 behind an organ: not 听取了关于某事的报告一、?"""
    before = chars[start:opener].strip(EDGE + "\n")
    return opener is not None and (
        "了" not in before and is_organ(before) if before else chars.startswith("关于", opener)
    )


def _passed_on(text: Text, start: int, stop: int) -> Iterator[Title]:
    """转发《某局关于开展检查的通知》: a title that ends with the one it passes on."""
    for match in _PASSED_ON.finditer(text.chars, start, stop):
        low, end = match.start("opener"), match.end("title")
        begin = title_start(text.chars, start, match.end("opener"))
        opener = _opener(text.chars, begin, match.end("opener"))
        if opener is not None and (closes_line(text.chars, end) or is_followed(text, end, stop)):
            kind = match["kind"]
            yield Title(pieces(text, begin, end), KINDS[kind].canonical, kind, begin, end, low)


def _quoted(chars: str, low: int, end: int) -> int:
    """Behind the 《 of a title that stands by itself in 《》, else `low`."""
    line = max(low, chars.rfind("\n", low, end) + 1)
    line += chars.startswith(" ", line)
    alone = chars.startswith("《", line) and chars.startswith("》", end)
    return line + 1 if alone and _is_closed(chars[line + 1 : end]) else low


def _is_closed(block: str) -> bool:
    """Outside 《…》: a title that another one names does not count."""
    return block.count("《") <= block.count("》")


def _is_title(bare: str) -> bool:
    return 6 <= len(bare) <= _WHOLE and not (
        MARKER.match(bare) or _NO_TITLE.match(bare) or _STOPS.search(bare) or is_page(bare)
    )


def _is_plain(bare: str, kind: str, plan: bool) -> bool:
    """A title without 关于: a plan's, or that of an organ's 公告 or 令."""
    return "，" not in bare and (plan or is_organ(bare.removesuffix(kind)))


def _is_own(text: Text, low: int, title: tuple[int, int], stop: int) -> bool:
    """Does it stand on lines of its own, in a row of a portal's table, or between a mark or a number before it and
    a number or addressees behind it?"""
    start, end = title
    line = text.chars.rfind("\n", 0, start) + 1
    row = low <= line and _ROW.fullmatch(text.chars, line, start) is not None
    begins = row or (low > line and not text.chars[low:start].strip(EDGE))
    return begins and (closes_line(text.chars, end) or is_followed(text, end, stop))


def _is_named(text: Text, start: int, end: int, kind: str) -> bool:
    """检查情况的通报, a line of its own; without 的 (放假通知) only as the first line or above addressees."""
    bare = _SUFFIX.sub("", text.chars[start:end].strip(EDGE))
    if bare.startswith("《") or len(bare) < 6:
        return False
    return bare.endswith(f"的{kind}") or start == 0 or recipients_at(text, end, len(text)) is not None


def _opener(chars: str, start: int, end: int) -> int | None:
    """Where 关于 (印发, 转发 …) begins: at the title's start or behind names of organs."""
    for match in _OPENER.finditer(chars, start, end):
        before = chars[start : match.start()].strip(EDGE + "\n")
        if not _is_closed(before):
            return None
        named = all(is_organ(part) for part in before.split("，"))
        if not before or named or (match[0] == "关于" and "，" not in before):
            return match.start()
    return None
