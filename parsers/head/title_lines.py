"""The lines that a title takes up: how far up it reaches, and what is glued to it that is not its own."""

from __future__ import annotations

import regex

from parsers.head.organs import is_short
from parsers.head.wording import HAN, KINDS, LABEL, OPENER, SPREAD, is_organ, words
from parsers.vocab import either
from schemas.text import Text

EDGE = " \u3000*#\t>_─━═★☆"  # blanks and decoration round a title
MARKER = regex.compile(  # a numbered line, a list
    r"""
    [ \u3000]*(?:
      [一二三四五六七八九十]{1,3}[、.] | （[一二三四五六七八九十0-9]{1,3}） | [0-9]{1,2}[、.][^0-9]
    | 第[一二三四五六七八九十0-9]{1,3}[条章节] | [-—]
    )
    """,
    regex.VERBOSE,
)
_OPENER = regex.compile(OPENER)
_OF_KIND = regex.compile(r"[的》](?:\L<kinds>)$", kinds=list(KINDS))
_ENDINGS = tuple(KINDS)
_PAGE_TITLE = regex.compile(r"\L<kinds>(?:（[^）]*）)?[，_|-]", kinds=list(KINDS))  # …的意见_某网站
_NOISE = regex.compile(r"[0-9]{4}-[0-9]|附件|首页|[>|]|[0-9〇一二]{4}年.{1,3}月.{1,3}日$")
_FIRST = [word for group in ("issuer", "date", "number") for word in words("portal", group) if len(word) > 2]
_LABEL = rf"(?=[{LABEL}])(?:{SPREAD})(?:[ ：|0-9A-Za-z]|\Z)|(?:{either(_FIRST)}|(?:主题|组配|体裁|信息)分类)"
_PAGE = regex.compile(  # a line of a web page: a word of its menus, a label of its table, a count, a size
    rf"(?:{either(words('page'))})\Z|{_LABEL}|[^{HAN}]*[{HAN}]?[^{HAN}]*\Z"
)
_BEFORE = f"{EDGE}\n）】〕]"  # what may stand before a title, also what closes the number there
_LETTERHEAD = regex.compile(  # a company's name glued to that of its department: 云川电力有限公司云电人资部
    rf"(?P<a>[{HAN}])[{HAN}]{{3,30}}(?:公司|集团)[ \u3000]{{0,3}}"
    rf"(?=(?P=a)[{HAN}]{{2,12}}(?:部|办|处|室|中心|企协|委员会)\Z)"
)
_CITED = regex.compile("《[^《》]*》")
_SEPARATORS = regex.compile("[ \u3000\n、，]+")
_COLUMNS = regex.compile(rf"(?:{either(words('column'))})$")
_BEGINS = regex.compile(either(words("begins")))
_YEARLY = regex.compile(rf"[{HAN}]{{0,14}}20[0-9]{{2}}年")
_BARE = regex.compile("[^\u4e00-\u9fff0-9A-Za-z]")
_TWICE = 520  # characters of two titles and what a page prints between them, at most
_KNOWN = 6  # characters by which a title is known again
_NOTICES = ("通知", "公告", "公示", "通报")
_COLUMN, _WORD = 12, 6  # characters of a column's name, of a word that the title says again, at most
_HEAD = 1500  # characters above a title in which its copies stand
_SHORT = 9  # characters of a last line that is no title by itself: 政务公开 | 2022年工作要点
_LEVELS = frozenset("省市县区州盟旗")
_CALLED = 7  # characters of what a page calls an organ
_LINE = 60  # characters of a title's line, at most


def title_start(chars: str, low: int, end: int) -> int:
    """Where the title that ends at `end` begins, no further up than `low`: up from its last line, as long as
    the lines belong to it. What stands above once more, as lines of its own, is whole.

    >>> title_start("某市教育局\\n关于开展检查的通知", 0, 15)
    0
    """
    start = max(low, chars.rfind("\n", low, end) + 1)
    while start > low and not MARKER.match(chars, start):
        above = max(low, chars.rfind("\n", low, start - 1) + 1)
        line, below = chars[above : start - 1].strip(EDGE), chars[start:end]
        if chars.endswith(("：", ">", "> "), 0, above) or not _belongs(line, below):
            break
        if "关于" not in below and _is_repeated(chars, start, end):
            break
        start = above
    return _behind_copies(chars, start, end)


def pieces(text: Text, start: int, end: int) -> tuple[Text, ...]:
    """The lines of a title, without the blanks and the decoration at their ends."""
    found, at = [], start
    for line in text.chars[start:end].split("\n"):
        found.append(text[at : at + len(line)].strip(EDGE))
        at += len(line) + 1
    return tuple(line for line in found if line)


def _belongs(line: str, below: str) -> bool:
    """Is this line the title's, above the lines found so far? Above 关于 only names of organs are."""
    if not line or len(line) > _LINE or line.endswith(("。", "；", "：", "！", "号", "）")):
        return False
    if (
        MARKER.match(line)
        or (is_page(line) and len(below) > _SHORT)
        or _PAGE_TITLE.search(line)
        or _is_copied(line, below)
    ):
        return False
    if "，" in line and not _OPENER.search(line):
        return False
    if line.endswith(_ENDINGS) and _OPENER.search(line) and not is_upper(line, below):
        return False
    own = _CITED.sub("", below)
    opener = _OPENER.search(own)
    if is_organ(line.rstrip("、，")):
        return opener is None or not _is_same(line, own[: opener.start()])
    begun = "关于" in own or ("关于" not in line and opener)
    return not (begun or len(line) < 3 or _NOISE.search(line) or _is_column(line, below))


def _is_column(line: str, below: str) -> bool:
    """Is it a column of a web page, above a title that is whole: 校园动态 | 做好期末考试工作的通知? Or a word that
    the title below says once more: 平安云川 | 2022年平安建设工作要点?"""
    if len(line) > _COLUMN or _BEGINS.match(line):
        return False
    if _COLUMNS.search(line):
        notice = (
            len(line) <= _WORD and line.endswith(_NOTICES) and below.strip(EDGE + "\n").endswith(_NOTICES)
        )
        return notice or _BEGINS.match(below) is not None or _YEARLY.match(below) is not None
    twice = line[:2] in below or line[-2:] in below
    return len(line) <= _WORD and twice and _YEARLY.match(below, 0, 5) is not None


def is_page(line: str) -> bool:
    """Is the line a web page's, not the document's: 政府信息公开, 有效性, 29.51KB?"""
    return _PAGE.match(line) is not None


def is_upper(line: str, below: str) -> bool:
    """关于落实政府工作报告 | 主要任务的通知: the upper line ends with a kind of document, but has no 的 before it."""
    return _OF_KIND.search(line) is None and _OF_KIND.search(below) is not None and "关于" not in below


def _is_copied(line: str, below: str) -> bool:
    """Is the line above the title once more, or only the end of it: 工作方案 | 某项工作方案?"""
    whole = below.replace("\n", "").strip(EDGE)
    return line.endswith(_ENDINGS) and (whole.endswith(line) or (len(whole) > 5 and line.endswith(whole)))


def _is_same(line: str, named: str) -> bool:
    """Does the line name the organs that the title names: 浙江省某市人民政府 | 某市人民政府关于…?"""
    upper, lower = (_SEPARATORS.split(names.strip(EDGE + "\n")) for names in (line, named))
    if not lower[0]:
        return False
    if _is_short(upper, lower[0]):
        return True
    if len(upper) != len(lower):
        return "".join(upper) == "".join(lower)
    return all(a.endswith(b) or b.endswith(a) for a, b in zip(upper, lower, strict=True))


def _is_short(upper: list[str], named: str) -> bool:
    """Is the line what a page calls the organ, its place without 省 or 市: 云川人社局 | 云川省人力资源和社会保障厅?"""
    short, rest = upper[0], iter(named)
    level = named[2:3] in _LEVELS and short[2:3] not in _LEVELS
    if len(upper) > 1 or len(short) > _CALLED or named[:2] != short[:2] or not level:
        return False
    return all(char in rest for char in short[:-1])


def _is_repeated(chars: str, start: int, end: int) -> bool:
    """Do these lines stand above once more, below another line than here?"""
    block = chars[start:end].strip(EDGE)
    at = chars.rfind(f"\n{block}\n", max(0, start - _HEAD), start) + 1
    if len(block) < 6 or not (at or chars.startswith(f"{block}\n")):
        return False
    return _line_above(chars, at) != _line_above(chars, start)


def _line_above(chars: str, start: int) -> str:
    """The line that ends before `start`, without the line end."""
    return chars[chars.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip(EDGE + "\n")


def _behind_letterhead(chars: str, start: int, stop: int) -> int:
    """Behind the name of a company before that of its department, and behind a name before the same in short."""
    match = _LETTERHEAD.match(chars, start, stop)
    if match:
        return match.end()
    name = chars[start:stop].strip(EDGE + "\n")
    levels = [at for at in range(4, len(name) - 3) if name[at] in _LEVELS]  # …委员会办公室 | 市安委会办公室
    tried = (name.find(name[:2], 4), *levels)
    return next((start + at for at in tried if at > 0 and _is_shortened(name[:at], name[at:])), start)


def _is_shortened(whole: str, short: str) -> bool:
    """Does a name stand here, and then once more, in short or with that of its office: 某学院 | 某学院教务处?"""
    whole = whole.strip(EDGE)
    again = short.startswith(whole) or (3 < len(short) <= len(whole) and is_short(short, whole))
    return again and len(whole) > 3 and is_organ(whole)


def _behind_copies(chars: str, start: int, end: int) -> int:
    """Behind blanks and decoration, behind a company's letterhead, and behind the first of two copies of the name
    or of the whole."""
    while start < end and chars[start] in _BEFORE:
        start += 1
    opener = _OPENER.search(chars, start, end)
    start = _behind_letterhead(chars, start, opener.start()) if opener else start
    stop = opener.start() if opener else start
    named = _behind_copy(chars, start, stop, 4)
    return named if named > start else _behind_copy(chars, start, end, _KNOWN)


def _named_between(chars: str, start: int, again: int, size: int) -> str:
    """The organ right before the second copy of a title that begins 关于, behind the first of so many characters."""
    ends = (at for at in range(start + size, again) if len(_BARE.sub("", chars[start:at])) == size)
    between = chars[next(ends, again) : again].rpartition("）")[2].strip(EDGE + "\n")
    return between if is_organ(between) and chars.startswith("关于", again) else ""


def _behind_copy(chars: str, start: int, end: int, known: int) -> int:
    """Behind the first of two copies of the names or of the whole, blanks, dashes and brackets aside; what a page
    prints between two copies goes too."""
    again = chars.find(chars[start : start + known], start + known, end) if end - start < _TWICE else -1
    while again >= 0:
        first, second = (_BARE.sub("", part) for part in (chars[start:again], chars[again:end]))
        if second and first.startswith(second):
            return again - len(_named_between(chars, start, again, len(second)))
        again = chars.find(chars[start : start + known], again + 4 * known, end)
    return start
