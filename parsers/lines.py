"""Lines -> paragraphs: which line breaks are wraps, and which lines are page furniture.

Tells a wrapped line from a paragraph's end by what stands on both sides and, in hard-wrapped texts, by the
width that the full lines share. No dictionary is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

Edit = tuple[int, int, str]

_TERMINAL = "。！？；：…"
_CONTINUES = "，、（《〈〔“‘—"
_STARTS_NEW = regex.compile(
    r"""
    [ \t]*(?:[-*+>·●■◆★▲#□]+[ \t]*)?  # Markdown or typed bullets
    (?: [一二三四五六七八九十百〇]{1,4}[、.，] | （[一二三四五六七八九十百〇]{1,4}）
      | [0-9]{1,3}[.、](?![0-9]) | [0-9]{1,2}\.(?=20[0-9]{2}年) | （?[0-9]{1,3}）|[①-⑳㈠-㈩⑴-⒛❶-❿]
      | 第[一二三四五六七八九十百〇0-9]{1,5}[条章节编部]
      | [^\n：，。、（）]{0,3}(?:时限|时间|单位|部门|领导|责任人|联系人|电话|邮箱|附件|抄送|主送|责任分工|备注|频次|节点|任务|措施)[^\n：，。、]{0,6}：
      | 附[ ]?件|附[ ]?表|附：|抄[ ]?送|主题词|（此件|─|┌|├|└|│|\||<|\u3000\u3000|[ ]{4})
    """,
    regex.VERBOSE,
)
_FURNITURE = regex.compile(
    r"""[ \u3000]*(?:[-—·]+[ ]*[0-9]{1,4}[ ]*[-—·]+|第[ ]*[0-9]{1,4}[ ]*页(?:[ /，]*共[ ]*[0-9]{1,4}[ ]*页)?
    |[0-9]{1,4}[ ]?/[ ]?[0-9]{1,4}[ ]*页?)[ \u3000]*""",
    regex.VERBOSE,
)
_SHORT = 40  # characters: a longer line without an end mark is no heading


def joins(chars: str) -> Iterator[Edit]:
    """The edits that join wrapped lines and drop page numbers; what stays "\\n" ends a paragraph."""
    if "\n" not in chars:
        return
    chars = chars.replace("\f", "\n")
    spans = _lines(chars)
    width = _width([chars[a:b] for a, b in spans])
    previous: tuple[int, int] | None = None
    for start, stop in spans:
        if _FURNITURE.fullmatch(chars, start, stop):
            continue
        if previous is not None:
            glue = _glue(chars, previous, (start, stop), width)
            yield previous[1], start, glue
        elif start:
            yield 0, start, ""
        previous = (start, stop)
    if previous is not None and previous[1] < len(chars):
        yield previous[1], len(chars), ""


def _lines(chars: str) -> list[tuple[int, int]]:
    """The spans of the lines that hold something, without blanks at their ends."""
    found = regex.finditer(r"[^\n]+", chars)
    spans = []
    for match in found:
        line = match[0]
        left = len(line) - len(line.lstrip(" "))
        stop = match.start() + len(line.rstrip(" \u3000"))
        if match.start() + left < stop:
            spans.append((match.start() + (left if left < 4 else 0), stop))
    return spans


def _width(lines: list[str]) -> int:
    """The width of full lines in a hard-wrapped text, in half-width cells; 0 where lines are paragraphs."""
    cells = [len(line.encode("gb18030", "replace")) for line in lines]
    if len(cells) < 4:
        return 0
    widest = sorted(cells)[int(len(cells) * 0.95)]
    if not 24 <= widest <= 120:
        return 0
    near = sum(count for size, count in Counter(cells).items() if widest - 4 <= size <= widest + 2)
    return widest if near >= max(3, len(cells) // 5) else 0


def _glue(chars: str, above: tuple[int, int], below: tuple[int, int], width: int) -> str:
    """What stands between two lines: nothing (a wrap), a blank (a wrap between Latin words), a paragraph's end."""
    if not _wraps(chars, above, below, width):
        return "\n"
    latin = chars[above[1] - 1].isascii() and chars[above[1] - 1].isalpha() and chars[below[0]].isascii()
    return " " if latin and chars[below[0]].isalpha() else ""


def _wraps(chars: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    """Does the sentence go on from one line to the next?"""
    last, line = chars[above[1] - 1], chars[above[0] : above[1]]
    if last in _TERMINAL or _STARTS_NEW.match(chars, below[0], below[1]):
        return False
    first = chars[below[0]]
    if last in _CONTINUES or first in "，。、；：！？）》”’" or _is_open(line):
        return True
    if "|" in line or "\t" in line or line.startswith(("<", "#")):
        return False
    if width and len(line.encode("gb18030", "replace")) >= width - 4:
        return True
    return not width and len(line) > _SHORT and last not in "）”》】" and _has_sentence(line)


def _is_open(line: str) -> bool:
    """A bracket or a quotation mark that the line opens and does not close."""
    if any(line.count(a) > line.count(b) for a, b in ("（）", "《》", "“”")):
        return True
    return line.count('"') % 2 == 1


def _has_sentence(line: str) -> bool:
    """Running text, not a long title: a comma or a full stop stands inside."""
    return "，" in line or "。" in line
