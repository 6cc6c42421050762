"""Responsibility in running text: 由A牵头，B配合 · 请A、B在2月底前… · A会同B… · 县财政局：落实资金.

Conservative: only clauses whose wording assigns a task count. The subject of an undated sentence is nobody's duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers import departments
from parsers.departments import Familiar
from parsers.roles import assign, settle
from schemas.duties import Assignment, Expression
from schemas.text import Span

_SENTENCE = regex.compile(r"[^。；\n！？]+")
_LEAD = regex.compile(
    r"""(?:共同|联合|分别|总|具体)?牵头
    (?!单位|部门|责任|考核|人|作用|抓总|处室|科室|的|领导|公司|机构|企业|工作|银行|[修制起拟编研][改订定草制究]了|了|起草|拟定|印发)""",
    regex.VERBOSE,
)
_SUPPORT = regex.compile(
    r"(?:积极|密切|协同|协助|做好|共同)?(?:配合|协办|协助|参与|参加)(?!单位|部门|机制|度|人员|联动|做好配合)"
)
_BY = regex.compile(r"(?:具体)?由(?=[^，。；]{2,90}?(?:负责|牵头|承办|主办|组织|会同|统一组织|实施))")
_BY_VERB = regex.compile(r"(?:统一|具体|共同|分别)?(?:负责|承办|主办|组织|实施)(?!人|同志|单位|部门|的)|会同|(?:共同|联合|分别)?牵头")
_PLEASE = regex.compile(r"(?<=^|[，。；：\n）])(?:敬|特|现|并)?请(?:各位|贵)?")
_MUST = regex.compile(
    r"(?:要|应当?|须|需|必须|务必|务求|负责|将|完成|制定|报送|上报|组织|开展|依据|按照?|对|做好|落实|于|在|形成|提交|启动|建立|编制|出台|印发|汇总|牵头|严格|全面|认真|结合|根据|向|把|自|审议|审定|发文|建成|实现|推进|实施|抓好|加强|确保|及时|根据)"
)
_GENERIC = regex.compile(r"原则上|凡[是涉属]?|[^，。；]{2,40}的，由|可由|可以由|不得|鼓励|支持由|一家|经费由|费用由|由此|理由|自由|缘由|由于|不由|应由|均由|仍由")
_OF = regex.compile("负责[^，。；]{1,20}的[^，。；]")  # 由主管部门负责建设的项目: whose, not who
_ORDERS = regex.compile(r"[，在于]|负责|$|、(?=[^，。；]{2,20}(?:配合|参与|负责|协助|协同))")  # what follows an order
_PAST = regex.compile(r"[^，。；]{0,8}?(?:[已曾]|了(?:《|[^，。；解])|以来)")


def sentences(
    chars: str, start: int, stop: int, dated: Sequence[Span], familiar: Familiar
) -> Iterator[Expression]:
    """The assignments that the sentences of an item make, in reading order.

    `dated`: spans of the time limits that were found in the item's sentences.
    """
    for match in _SENTENCE.finditer(chars, start, stop):
        begin, end = match.span()
        times = [span for span in dated if begin <= span[0] < end]
        found = list(_leads(chars, begin, end, familiar))
        if not found and times:
            found = list(_asked(chars, begin, end, familiar)) or list(_subjects(chars, begin, end, times, familiar))
        if not found:
            found = list(_by(chars, begin, end, bool(times), familiar))
        if found:
            yield Expression(begin, begin, "sentence", tuple(settle(found)))


def _leads(chars: str, start: int, stop: int, familiar: Familiar) -> Iterator[Assignment]:
    """由A牵头，B配合; A公司牵头，…; with the companions of the same sentence."""
    done = start
    for match in _LEAD.finditer(chars, start, stop):
        names = departments.list_before(chars, match.start(), done, familiar)
        if names is None or not _assigns(chars, start, names.names[0].start, match.end(), stop):
            continue
        yield from assign(chars, "lead", names, "牵头 in a sentence", verbal=True)
        done = match.end()
        yield from _companions(chars, done, stop, familiar)


def _assigns(chars: str, start: int, first: int, after: int, stop: int) -> bool:
    """Is this 牵头 an order? 由A牵头 is; A牵头 is at a clause's start, followed by a clause's end or a duty."""
    before = chars[start:first]
    if _PAST.match(chars, after, stop) or _GENERIC.search(before[-40:] + "由"[: before.endswith("由")]):
        return False
    if before.endswith(("由", "请", "并由")):
        return True
    return (not before or before[-1] in "，：、）") and _ORDERS.match(chars, after, stop) is not None


def _companions(chars: str, start: int, stop: int, familiar: Familiar) -> Iterator[Assignment]:
    """After a lead: 会同A、B…, C配合."""
    joint = regex.compile("[，、]?会同").match(chars, start, stop)
    done = start
    if joint:
        found = departments.list_after(chars, joint.end(), stop, familiar)
        if found:
            yield from assign(chars, "responsible", found[0], "会同 in a sentence", verbal=True)
            done = found[1]
    for match in _SUPPORT.finditer(chars, done, stop):
        names = departments.list_before(chars, match.start(), done, familiar)
        if names is not None and chars[names.names[0].start - 1] in "，、；由":
            yield from assign(chars, "support", names, f"{match[0]} in a sentence", verbal=True)
            done = match.end()


def _by(chars: str, start: int, stop: int, dated: bool, familiar: Familiar) -> Iterator[Assignment]:
    """由A负责…，B配合: the names must fill the whole place between 由 and the verb."""
    for match in _BY.finditer(chars, start, stop):
        if _GENERIC.search(chars, max(start, match.start() - 30), match.end()):
            continue
        joint = chars.find("会同", match.end(), stop)
        found = departments.list_after(chars, match.end(), joint if joint >= 0 else stop, familiar)
        if found is None or (not dated and _OF.match(chars, found[1], stop)):
            continue
        verb = _BY_VERB.match(chars, found[1], stop)
        if verb is None or not (dated or verb[0].endswith(("负责", "会同", "牵头"))):
            continue
        role = "lead" if verb[0].endswith(("会同", "牵头", "主办")) else "responsible"
        yield from assign(chars, role, found[0], f"由…{verb[0]}", verbal=True)
        yield from _companions(chars, verb.start() if verb[0] == "会同" else verb.end(), stop, familiar)


def _asked(chars: str, start: int, stop: int, familiar: Familiar) -> Iterator[Assignment]:
    """请A、B在2月底前完成…, in a dated sentence."""
    for match in _PLEASE.finditer(chars, start, stop):
        found = departments.list_after(chars, match.end(), stop, familiar)
        if found:
            yield from assign(chars, "responsible", found[0], "请… in a dated sentence", verbal=True)
            return


def _subjects(
    chars: str, start: int, stop: int, times: Sequence[Span], familiar: Familiar
) -> Iterator[Assignment]:
    """各单位要于5月10日前…; 12月底前，党委会审定…: the subject of a dated sentence."""
    places = [start]
    places += [end + (chars[end : end + 1] in "，,") for _, end in times]
    for place in places:
        while place < stop and chars[place] in "，、：） \u3000":
            place += 1
        found = departments.list_after(chars, place, stop, familiar)
        if found and _MUST.match(chars, found[1] + (chars[found[1] : found[1] + 1] == "，"), stop):
            yield from assign(chars, "responsible", found[0], "subject of a dated sentence", verbal=True)
            return


def heading(chars: str, start: int, stop: int, familiar: Familiar) -> Expression | None:
    """县财政局：落实资金…: a list of names, then a colon, then what they do."""
    colon = chars.find("：", start, min(stop, start + 80))
    if colon < 0 or not departments.looks_like(chars, start, colon, familiar):
        return None
    names = departments.split(chars, start, colon, familiar)
    return Expression(start, start, "label", tuple(assign(chars, "responsible", names, "heading names the unit")))
