"""标题: where the title stands, printed on one line, on several, or glued to what precedes and follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from parsers.head.number import numbers
from parsers.head.recipients import recipients_at
from parsers.head.wording import (
    BODY,
    HAN,
    KIND_NAMES,
    MARKS,
    NOT_KINDS,
    OPENER,
    ORGAN_ENDS,
    PLANS,
    PORTAL,
    is_organ,
)
from parsers.vocab import either
from schemas.text import Text

_KIND = regex.compile(
    r"(?P<kind>\L<kinds>)(?P<tail>[ ]?(?:[（〔\[][^（）〔〕\[\]\n]{1,30}[）〕\]]){0,3})[*” ]*",
    kinds=list(KIND_NAMES),
)
_NEVER = regex.compile(r"\L<never>", never=list(NOT_KINDS))
_YEAR_BRACKET = regex.compile(r"[（〔\[]?(?:19|20)[0-9]{2}[）〕\]]")
_NUMBER = regex.compile(
    rf"[ \n*（【]*(?:(?!的)[{HAN}A-Za-z]){{0,16}}[ ]?(?:[〔\[（【][ ]?[12][0-9OoIl]{{3}}年?[ ]?[〕\]）】]?|(?:[0-9]{{4}}年)?第)[ ]?(?:的|第)?[ ]?[0-9OlI一二三四五六七八九十〇]{{1,6}}(?:-[0-9]+)?[ ]?号"
)
_LINE = regex.compile(r"[ \u3000]*(?:\n|\Z)")
_META = regex.compile(rf"[ \u3000]*(?:(?:{PORTAL})[ ]?：|【|索[ ]*引[ ]*号)")
_DATED = regex.compile(
    r"[ ]*（?(?:(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?[，以来初])"
)
_BODY = regex.compile(rf"[ \u3000]*(?:{BODY})")
_ADDRESSED = regex.compile(
    r"[ ]*(?:各[省市县区州盟旗乡镇街有相单部位]|[省市县区]直|市级|省级|机关各|公司各|局属|委属)"
)
_TITLE_LABEL = regex.compile(r"(?:标题|文件名称|信息名称|名称)[ ]?：")
_OPENER = regex.compile(rf"{OPENER}")
_CUT = regex.compile(
    rf"""
    (?<=(?:^|\n|{either(ORGAN_ENDS)}|{MARKS})[ \u3000]?)
      (?:文件(?=[ \u3000]*(?:\n|\Z|{MARKS}|[{HAN}A-Za-z]{{0,14}}[ ]?[〔\[（【]))|(?:{MARKS})(?<!文件)[★*0-9年个月]*)
  | (?<=：[ ]?)20[0-9]{{2}}[年/.-][0-9]{{1,2}}[月/.-][0-9]{{1,2}}日?(?:[ ][0-9]{{1,2}}：[0-9]{{2}}(?:：[0-9]{{2}})?)?
  | 签发人[ ：]*[{HAN}]{{2,4}}(?=[ \n]) | ： | 【[^】\n]*】| [>|]| https?[：:/A-Za-z0-9._?=&%-]* | \.{{3}}
    """,
    regex.VERBOSE,
)
_MARKER = regex.compile(
    r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[、.][^0-9]|第[一二三四五六七八九十0-9]{1,3}[条章节]|[-—])"
)
_PAGE_TITLE = regex.compile(r"\L<kinds>(?:（[^）]*）)?[，_|-]", kinds=list(KIND_NAMES))
_KINDS = tuple(KIND_NAMES)
_NOT_PLAIN = regex.compile(r"[^\u4e00-\u9fff0-9]")
_NOISE = regex.compile(r"[0-9]{4}-[0-9]|附件|首页|[>|]")
_STOPS = regex.compile("[。；：]")
_EDGE = " \u3000*#\t>_"
_TITLE_VETO = regex.compile(
    r"(?:按照|根据|依据|为|现将|经|落实|贯彻|学习|遵照|结合|请|以|在|对|从|自|本|我|该|此|其|并|和|及|与|首页)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed: its lines, how it ends, and which organ names stand before 关于."""

    lines: tuple[Text, ...]
    kind: str
    printed_kind: str
    start: int
    stop: int
    opener: int | None

    @property
    def chars(self) -> str:
        """The title on one line, as printed."""
        return "".join([line.printed() for line in self.lines])

    @property
    def plain(self) -> str:
        """The title on one line, widths folded."""
        return "".join([line.chars for line in self.lines])


def find_title(text: Text, start: int, stop: int) -> Title | None:
    """The title between two offsets: the first that names its subject (关于…), else the first plan's; its last copy."""
    found = list(_candidates(text, start, stop))
    named = [title for title in found if title.opener is not None]
    if not found:
        return None
    first = (named or found)[0]
    copies = [title for title in found if _same(title, first)]
    return copies[-1]


def _same(left: Title, right: Title) -> bool:
    """Is one the other once more, with or without the organ before it?"""
    a, b = (_NOT_PLAIN.sub("", title.plain) for title in (left, right))
    return a.endswith(b) or b.endswith(a)


def _candidates(text: Text, start: int, stop: int) -> Iterator[Title]:
    chars = text.chars
    cuts = sorted(
        [m.end() for m in _CUT.finditer(chars, start, stop)]
        + [_end(n.text, text) for n in numbers(text, start, stop)]
    )
    tried = 0
    for match in _KIND.finditer(chars, start, stop):
        if _NEVER.match(chars, match.start()) or (tried := tried + 1) > 80:
            continue
        for end in dict.fromkeys((match.end(), match.end("kind"))):
            title = _read(text, max([c for c in cuts if c <= match.start()], default=start), match, end, stop)
            if title is not None:
                yield title
                break


def _end(part: Text, text: Text) -> int:
    return part.end - text.at


def _read(text: Text, low: int, match: regex.Match[str], end: int, stop: int) -> Title | None:
    """The title that ends with this kind of document; None where it does not end here or is none."""
    chars = text.chars
    if not _is_closed(chars[low:end]):
        return None
    plan = match["kind"] in PLANS
    if not _ends(text, end, stop, plan):
        return None
    start = _start(chars, low, end)
    opener = _opener(chars, start, end)
    if not _is_title(chars[start:end], match["kind"], opener is not None):
        return None
    return Title(_lines(text, start, end), KIND_NAMES[match["kind"]], match["kind"], start, end, opener)


def _is_closed(block: str) -> bool:
    """Outside 《…》: a title that another one names does not count."""
    return block.count("《") <= block.count("》")


def _ends(text: Text, end: int, stop: int, plan: bool) -> bool:
    """Does a title end here? A line, a number, addressees, a date, a label or (for plans) the body must follow."""
    chars = text.chars
    if chars.startswith("的", end):
        return False
    if (
        _LINE.match(chars, end)
        or _NUMBER.match(chars, end, stop)
        or _META.match(chars, end)
        or _DATED.match(chars, end)
    ):
        return True
    if plan and _BODY.match(chars, end):
        return True
    return recipients_at(text, end, stop + 1) is not None or (
        not plan and _ADDRESSED.match(chars, end) is not None
    )


def _start(chars: str, low: int, end: int) -> int:
    """Up from the title's last line, as long as the lines belong to it."""
    block = chars[low:end]
    start = low + block.rfind("\n") + 1
    if _MARKER.match(chars, start):
        return start
    while start > low:
        above = low + chars[low : start - 1].rfind("\n") + 1
        line = chars[above : start - 1].strip(_EDGE)
        if chars[above - 1 : above] == "：" or not _belongs(line, chars[start:end]):
            break
        start = above
    return _without_noise(chars, start, end)


def _belongs(line: str, below: str) -> bool:
    """Is this line the title's, above the lines found so far?"""
    if (
        not line
        or len(line) > 60
        or line.endswith(("。", "；", "：", "！", "号", "）"))
        or _MARKER.match(line)
    ):
        return False
    if "，" in line and not _OPENER.search(line) or _PAGE_TITLE.search(line):
        return False
    if line.endswith(_KINDS) and _OPENER.search(line):
        return False
    if "关于" in below or (_OPENER.search(below) and "关于" not in line):
        return is_organ(line)
    return is_organ(line) or not _NOISE.search(line)


def _without_noise(chars: str, start: int, end: int) -> int:
    """Behind blanks and decoration, and behind the first of two copies of the same name."""
    while start < end and chars[start] in _EDGE + "\n":
        start += 1
    opener = _OPENER.search(chars, start, end)
    if opener:
        name = chars[start : opener.start()]
        half = len(name) // 2
        if half >= 4 and name[:half] == name[half:]:
            return start + half
    half = (end - start) // 2
    if half >= 6 and chars[start : start + half] == chars[end - half : end]:
        return end - half
    return start


def _opener(chars: str, start: int, end: int) -> int | None:
    """Where 关于 (印发, 转发 …) begins, right at the start or behind names of organs."""
    for match in _OPENER.finditer(chars, start, end):
        before = chars[start : match.start()]
        if not _is_closed(before):
            return None
        name = before.strip(_EDGE + "\n")
        if not name or is_organ(name) or match[0] == "关于":
            return match.start()
    return None


def _is_title(chars: str, kind: str, named: bool) -> bool:
    bare = chars.strip(_EDGE + "\n")
    if len(bare) > 250 or _MARKER.match(bare) or _TITLE_VETO.match(bare) or _STOPS.search(bare):
        return False
    if named:
        return len(bare) >= 6
    return len(bare) >= 6 and "，" not in bare and (kind in PLANS or is_organ(bare.removesuffix(kind)))


def _lines(text: Text, start: int, end: int) -> tuple[Text, ...]:
    """The pieces of a title over several lines, without the blanks and the decoration at their ends."""
    found, at = [], start
    for line in text.chars[start:end].split("\n"):
        found.append(text[at : at + len(line)].strip(_EDGE))
        at += len(line) + 1
    return tuple(line for line in found if line)
