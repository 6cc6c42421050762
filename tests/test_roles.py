"""Who does what by when, on invented wording: marked texts in cases/{roles,sentences,bearing,rules}.toml.

Each text is parsed wholly, inside a short circular, so that it holds in context.
"""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
import regex

from pipeline.run import parse
from schemas.circular import Circular
from schemas.text import Source
from tests.marks import unmarked

FOLDER = Path(__file__).with_name("cases")
HEAD = "云河市人民政府办公室{title}\n云政办发〔2023〕9号\n各县（市、区）人民政府，市政府各部门：\n现就有关事项通知如下：\n"
TITLES = {"rules": "关于印发云河市考勤管理办法的通知", "tells": "关于2022年督查情况的通报"}
BEFORE = "（一）健全工作机制。层层压实责任，严格督促检查。\n（二）"
AFTER = "\n（三）营造良好氛围。总结推广经验，及时报道典型。\n"
FOOT = "\n云河市人民政府办公室\n2023年2月21日\n"
NARROW = str.maketrans("（），：；", "(),:;")
ROLES = {"L": "lead", "S": "support", "R": "responsible"}
NUMBERED = regex.compile(r"(?:⟦[A-Z])?(?:[一1][、.．]|（[一1]）|第一)")
Found = dict[str, list[tuple[int, int]]]


def wholes() -> list[Any]:
    """Every text of the files, each in the layouts that leave its meaning as it is."""
    made = []
    for name in ("roles", "sentences", "bearing", "rules"):
        path = FOLDER / f"{name}.toml"
        for group, texts in tomllib.loads(path.read_text("utf-8")).items() if path.exists() else ():
            for index, text in enumerate(texts):
                head = HEAD.format(title=TITLES.get(group, "关于做好2023年重点工作的通知"))
                made += [
                    pytest.param(f"{head}{body}{FOOT}", id=f"{name}-{group}-{index}-{layout}")
                    for layout, body in layouts(text)
                ]
    return made


def layouts(text: str) -> list[tuple[str, str]]:
    """On lines with wide marks, with narrow ones, in one piece."""
    if NUMBERED.match(text):
        return [("lines", text), ("narrow", text.translate(NARROW))]
    framed = f"{BEFORE}{text}{AFTER}"
    made = [("lines", framed), ("narrow", framed.translate(NARROW))]
    return made if "\n" in text else [*made, ("flat", framed.replace("\n", ""))]


def circular(raw: str) -> Circular:
    (found,) = parse(Source("a.txt", "text/plain", raw, hashlib.sha256(raw.encode()).hexdigest(), "utf-8"))
    return found


def expected(spans: Found) -> Found:
    """The marked spans by letter; an open list is named by the role of the name before its 等."""
    roles = sorted((stop, letter) for letter in ROLES for _, stop in spans.get(letter, ()))
    opened = {[letter for stop, letter in roles if stop <= start][-1] for start, _ in spans.get("E", ())}
    wanted = {letter: spans[letter] for letter in "LSRTP" if letter in spans}
    return wanted | ({f"{letter}…": [] for letter in sorted(opened)})


def read(found: Circular) -> Found:
    """The spans that the program read (what is inherited it did not read there)."""
    spans: dict[str, set[tuple[int, int]]] = {}
    for item in found.items:
        units = (item.lead_departments, item.supporting_departments, item.responsible_departments)
        for letter, departments in zip("LSR", units, strict=True):
            for unit in departments:
                if unit.evidence != "inherited":
                    spans.setdefault(letter, set()).add(unit.span)
                    if ROLES[letter] in item.open_roles:
                        spans.setdefault(f"{letter}…", set())
        for limit in item.time_limits:
            if limit.evidence != "inherited":
                spans.setdefault("T", set()).add(limit.span)
        for leader in item.leaders:
            spans.setdefault("P", set()).add(leader.span)
    return {letter: sorted(found) for letter, found in spans.items()}


def worded(raw: str, spans: Found) -> dict[str, list[str]]:
    return {letter: [f"{raw[a:b]}@{a}" for a, b in found] for letter, found in sorted(spans.items())}


@pytest.mark.parametrize("text", wholes())
def test_what_a_text_assigns_is_read(text: str) -> None:
    raw, spans = unmarked(text)
    assert worded(raw, read(circular(raw))) == worded(raw, expected(spans))


@pytest.mark.parametrize(
    ("rest", "numbers"),
    [
        (
            "一、压减时限1.精简手续。（市教育局牵头）二、加快建设2.加强谋划。（市水利局牵头）",
            ["一、", "1.", "二、", "2."],
        ),
        ("统一、规范使用公章。（此件公开发布）", []),
    ],
)
def test_on_one_line_a_plan_without_a_title_follows_the_signature(rest: str, numbers: list[str]) -> None:
    notice = "云河市人民政府关于印发云河市若干政策措施的通知各县人民政府：现印发给你们。云河市人民政府2023年4月12日"
    found = parse(Source("notice", "text/plain", notice + rest, "0" * 64, "utf-8"))[0]
    assert [item.number for item in found.items] == numbers
