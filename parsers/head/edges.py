"""Where a title may begin and where it may end, also in texts that have lost their line ends."""

from __future__ import annotations

import regex

from parsers.head.number import numbers
from parsers.head.recipients import recipients_at
from parsers.head.wording import (
    BODY,
    HAN,
    KINDS,
    LABEL,
    MARKS,
    ORGAN_ENDS,
    SITE,
    SITED,
    SPREAD,
    TITLED,
    VALID,
    words,
)
from parsers.vocab import either
from schemas.text import Text

_CLOCK = "[0-9]{1,2}：[0-9]{2}(?:：[0-9]{2})?"
_HEADED = (  # an organ's 文件 and its title
    rf"(?<=(?:^|[\n \u3000])(?:(?!关于|转发|批转|印发)[{HAN}]){{4,40}}文件)"
    rf"[ \u3000]{{0,3}}(?:(?!的)[{HAN}、]){{0,60}}?关于"
)
_CUT = regex.compile(  # what stands above a title and is no part of it; what must precede is looked at from there
    rf"""
    (?:{MARKS})(?<=(?:^|\n|{either(ORGAN_ENDS)}|{MARKS})[ \u3000]?(?:{MARKS}))
    (?: (?<=文件)(?=[ \u3000]*(?:\n|\Z|{MARKS}|(?:(?!的)[{HAN}A-Za-z]){{0,14}}[ ]?[〔\[（【]|{_HEADED})) | (?<!文件)[★*0-9年个月]* )
  | 20(?<=：[ ]?20)[0-9]{{2}}[年/.-][0-9]{{1,2}}[月/.-][0-9]{{1,2}}日?(?:[ ]{_CLOCK})?
  | 签发人[ ：]*(?:[{HAN}]{{2,4}}(?=[ \n])|[{HAN}]?[某×Xx*]{{1,4}}(?![省市县区])|(?P<signer>))
  | 号(?<=(?:机发[ ]{{0,6}}[0-9]{{0,6}}|字第?[ ]{{0,6}})号)(?=[{HAN}]{{4,30}}关于)
  | 号(?<=(?:通知|公告|通报|简报)第[0-9]{{1,5}}号)(?:（总第[0-9]{{1,5}}[号期]）)?[ \u3000]*(?=关于)
  | [〔\[（【]20[0-9]{{2}}[〕\]）】][ ×Xx*_]{{0,6}}号(?=[ ]?[{HAN}\n])
  | (?:{TITLED})(?<=(?:^|\n)[ \u3000]?(?:{TITLED}))[ \u3000]*(?=关于)
  | -[0-9X]{{7,8}}(?=关于) | ： | 【[^】\n]*】(?:[{HAN}]{{1,12}}正文)?+ | \[(?<=(?:^|\n)[ ]?\[)[{HAN}]{{2,8}}\]
  | [-─━═=_]{{5,}}  # the red line
  | (?:{VALID})(?<=：[ ]{{0,3}}(?:{VALID}))[ \u3000]*  # the last row of a portal's table
  | [>|](?:[ ]*正文(?=[ {HAN}]))?+ | https?[：:/A-Za-z0-9._?=&%-]* | \.{{3}}
    """,
    regex.VERBOSE,
)
_ANNEXED = regex.compile(  # a plan sent alone, with the mark of what it was annexed to
    rf"[ \n]*附件(?!清单|材料|目录|管理|列表|下载|的)[ ]?"
    rf"(?:[1-9][0-9]?(?:-[1-9][0-9]?)?|[一二三四五六七八九十](?=[ ]|20|《|国网|[{HAN}]{{2,3}}[省市县区]))?"
    rf"[ \n\u3000]*(?=20[0-9]{{2}}年|[{HAN}“《])"
)
_STAMP = rf"[ ]*(?:(?!的)[{HAN}]){{0,12}}20[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}"  # what a portal prints behind it
_LINE = (  # a bar is what is left of a portal's table, …的通知_某市政府网 a page's own title
    rf"[ ]{{0,2}}(?:{SITE})?"
    r"(?:\.(?:docx?|wps|pdf|ofd|txt|rtf|xlsx?|DOCX?|PDF))?[ \u3000]*(?:\|[ |]*+)?(?:\n|\Z)"
)
_NUMBER = rf"""
    (?:{SITED})?[ \u3000\n*（【]*(?:(?!的)[{HAN}A-Za-z]){{0,16}}(?:（[{HAN}]）[{HAN}]{{0,4}})?[ ]?
    (?: [〔\[（【][ ]?[12][0-9OoIl]{{3}}年?[ ]?[〕\]）】]? | (?:[0-9]{{4}}年)?第 )
    [ ]?(?:的|第)?[ ]?[0-9OlI一二三四五六七八九十〇]{{1,6}}(?:-[0-9]+)?[ ]?号
    """
_LABEL = rf"[ \u3000]*(?:(?=[{LABEL}])(?:{SPREAD})[ \u3000]*：|【|索[ ]*引[ ]*号)"
_DAY = r"[ ]*（?(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日"
_YEAR = r"[ ]*(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?[，以来初是全我]"
_FILE = rf"\.(?:docx?|wps|pdf|ofd|txt|rtf|xlsx?)(?=[ \u3000]+[{HAN}])"
_END = regex.compile(rf"{_LINE}|{_FILE}|{_LABEL}|{_DAY}|{_YEAR}|{_STAMP}", regex.VERBOSE)
_LINE_END = regex.compile(_LINE)
_SECOND = regex.compile(  # of a telegram: 云机发512号; not 关于印发3号文件的通知
    rf"[ \u3000]*(?:(?!关于|[印转下]发)[{HAN}]){{1,5}}(?:(?<=[发电函文字办传机])[ ]?[0-9]{{1,6}}|(?<=机发)[ ]{{0,6}})[ ]?号(?=[ \u3000]*[{HAN}\n])"
)
_NUMBERED = regex.compile(_NUMBER, regex.VERBOSE)
_NUMBERS = regex.compile("[〔\\[（【第]")
_ADDRESSED = regex.compile(  # addressees without a colon
    r"[ ]*(?:各[省市县区州盟旗乡镇街有相单部位]|[省市县区]直|市级|省级|机关各|公司各|局属|委属)"
)
_BODY = regex.compile(rf"[ \u3000]*(?:1[.、 ]{{0,2}}(?=总则))?(?:{BODY})")
_REASON = r"(?:因|按照|根据)[^，。：\n]{2,40}，(?:现|经|拟|定于|决定|面向|制定|提出|结合)"
_FIRST = regex.compile(  # what a body begins with where the title before it lost its line end
    rf"[ \u3000]*(?:一、[ ]?[{HAN}]|{_REASON}|{either(words('purpose'))})|(?:[ \u3000]{{2,80}}|\u3000)(?:{BODY})"
)
_KINDS = tuple(KINDS)
_SAME = 4  # characters by which an organ's name is known again
_AHEAD = 80  # characters of a number or a label, at most


def cuts(text: Text, start: int, stop: int) -> list[int]:
    """Where a title may begin: behind marks of the 版头, labels, numbers."""
    found = [
        match.end() if match["signer"] is None else _behind(text.chars, start, match)
        for match in _CUT.finditer(text.chars, start, stop)
    ]
    if not start and (annexed := _ANNEXED.match(text.chars, 0, stop)):
        found.append(annexed.end())
    for number in numbers(text, start, stop):
        end = number.text.end - text.at
        second = _SECOND.match(text.chars, end, end + _AHEAD)
        found.append(second.end() if second else end)
    return sorted(found)


def _behind(chars: str, start: int, match: regex.Match[str]) -> int:
    """Where the match ends; behind the signer's name where an organ is glued to it that stands above once more."""
    end = match.end()
    found = (
        at for at in range(end + 2, end + 5) if chars.find(chars[at : at + _SAME], start, match.start()) >= 0
    )
    return next(found, end)


def ends(text: Text, end: int, stop: int, plan: bool) -> bool:
    """May a title end here? A line's end, a number, a label, a date or addressees must follow; behind a plan's
    title the body may."""
    chars = text.chars
    if chars.startswith("的", end):
        return False
    limit = min(len(chars), end + _AHEAD)
    if _END.match(chars, end, limit):
        return True
    if _NUMBERS.search(chars, end, limit) and _NUMBERED.match(chars, end, limit):
        return True
    if (_BODY if plan else _ADDRESSED).match(chars, end, end + _AHEAD):
        return True
    if plan and _FIRST.match(chars, end, end + _AHEAD):
        return True
    line = chars[end : chars.find("\n", end, stop) + 1].strip()
    more = line.endswith(_KINDS) and "：" not in line  # of the title
    return not more and recipients_at(text, end, stop + 1) is not None


def is_followed(text: Text, end: int, stop: int) -> bool:
    """Do a number or addressees stand right behind, as on the next line of a document that lost its line ends?"""
    limit = min(len(text.chars), end + _AHEAD)
    return (
        _NUMBERED.match(text.chars, end, limit) is not None or recipients_at(text, end, stop + 1) is not None
    )


def runs_on(chars: str, low: int, end: int) -> bool:
    """Does the body follow at once: the first sentence says no more than this, or 一、 or 为深入… stands right behind?

    >>> runs_on("关于支持创业的十条意见。为", 0, 11), runs_on("关于选址情况的报告一、概况", 0, 9)
    (True, True)
    """
    alone = chars.startswith("。", end) and not chars[:low].strip()
    return alone or _FIRST.match(chars, end, end + _AHEAD) is not None


def closes_line(chars: str, end: int) -> bool:
    """Does the line end here, but for the suffix of a file's name (某方案.docx)?"""
    return _LINE_END.match(chars, end, end + _AHEAD) is not None
