"""Circulars with known answers: a seed and a style give a text and what is in it.

`make(style, seed)` makes one; `circulars(count, seed)` makes many, of random styles. The words stand in
tests/cases/generator.toml, the labels are those of the vocabulary. Noise belongs to the style: it changes the
looks of a text, never the answer.

>>> made = make(Style(), seed=1)
>>> made.text.splitlines()[0], len(made.items) > 0
('云河市人民政府办公室文件', True)
"""

import datetime as dt
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import regex

from parsers.vocab import terms
from tests.generator_times import Time, times

WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("cases").joinpath("generator.toml").read_text("utf-8")
)
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
HALF = str.maketrans("，：；（）", ",:;()")
HAN = "一二三四五六七八九"

# From the outermost to the innermost number; the innermost carry the tasks.
NUMBERINGS = (
    ("一、", "（一）"), ("一、", "(一)"), ("一、", "1."), ("一、", "1．"), ("一、", "1、"), ("一、", "（1）"),
    ("一、", "(1)"), ("一、", "①"), ("（一）", "1."), ("一、", "（一）", "1."), ("一、", "（一）", "（1）"),
    ("一、", "（一）", "1、"), ("一、",), ("1.",),
)  # fmt: skip
LAYOUTS = ("lines", "line", "bracket", "verbs", "sentence")  # where responsibility stands
ROLES = (
    ("lead",), ("responsible",), ("lead", "support"), ("lead", "responsible"),
    ("lead", "responsible", "support"),
)  # fmt: skip
WRAPS = (0, 22, 28, 34, 40)  # characters a line; 0 for a line a paragraph
PAGES = ("", "— {} —", "- {} -", "第 {} 页")


@dataclass(frozen=True, slots=True)
class Style:
    """The looks of a circular. `tied`: names are parted by 、 alone, else ， stands before a collective;
    `through`: the second numbering runs through the document; `covered`: a notice with an annexed plan.
    """

    numbering: tuple[str, ...] = NUMBERINGS[0]
    through: bool = False
    layout: str = "lines"
    roles: tuple[str, ...] = ("lead", "support")
    synonyms: int = 0
    tied: bool = False
    covered: bool = True
    wide_digits: bool = False
    half_marks: bool = False
    wrap: int = 0
    one_line: bool = False
    indent: str = ""
    blank_lines: bool = False
    page: str = ""
    bullet: bool = False
    crlf: bool = False


CHOICES: dict[str, Sequence[Any]] = {
    "numbering": NUMBERINGS,
    "layout": LAYOUTS,
    "roles": ROLES,
    "synonyms": range(40),
    "wrap": WRAPS,
    "indent": ("", "　　"),
    "page": PAGES,
}
BOTH = (False, True)


@dataclass(frozen=True, slots=True)
class Task:
    """An item of the answer; one without names and time is a heading."""

    path: tuple[str, ...]
    title: str
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A generated circular: the text and the answer."""

    text: str
    title: str
    doc_number: str
    issuer: str
    recipients: tuple[str, ...]
    issue_date: dt.date
    items: tuple[Task, ...]


def circulars(count: int, seed: int) -> Iterator[Made]:
    """`count` circulars of random styles, the same for the same seed."""
    rng = Random(seed)
    for _ in range(count):
        chosen = {part.name: rng.choice(CHOICES.get(part.name, BOTH)) for part in fields(Style)}
        yield make(Style(**chosen), rng.randrange(1 << 32))


def make(style: Style, seed: int) -> Made:
    """A circular in this style, its content chosen by `seed`."""
    rng = Random(seed)
    date = dt.date(rng.randint(2016, 2025), rng.randint(1, 2), rng.randint(1, 28))
    issuer, subject = rng.choice(WORDS["issuers"]), rng.choice(WORDS["subjects"])
    plan = f"{date.year}年{subject}{rng.choice(WORDS['plans'])}"
    title = issuer + (f"关于印发《{plan}》的通知" if style.covered else f"关于做好{subject}工作的通知")
    said = (
        f"《{plan}》已经同意，现印发给你们，请认真贯彻落实。" if style.covered else "现将有关事项通知如下。"
    )
    recipients = tuple(rng.choice(WORDS["recipients"]))
    number = f"云政办〔{date.year}〕{rng.randint(1, 120)}号"
    items = tuple(_items(style, rng, date.year))
    body = [line for item in items for line in _written(style, rng, item)]
    head = [f"{issuer}文件", number, title, "，".join(recipients) + "：", said]
    signed = [issuer, f"{date.year}年{date.month}月{date.day}日"]
    lines = [*head, *signed, plan, *body] if style.covered else [*head, *body, *signed]
    return Made(_looks(style, lines), title, number, issuer, recipients, date, items)


def _items(style: Style, rng: Random, year: int) -> Iterator[Task]:
    """The headings and tasks, numbered."""
    depth = len(style.numbering)
    counts = [0] * depth
    for level, title in _outline(depth, rng):
        counts[level] += 1
        running = counts[1:2] if style.through and level == 0 else []
        counts = (counts[: level + 1] + running + [0] * depth)[:depth]
        path = tuple(numbered(*pair) for pair in zip(style.numbering, counts[: level + 1], strict=False))
        yield _task(style, rng, path, title, year) if level == depth - 1 else Task(path, title)


def _outline(depth: int, rng: Random) -> Iterator[tuple[int, str]]:
    """Level and title of every item; those of the innermost level are tasks."""
    titles = rng.sample(WORDS["titles"], len(WORDS["titles"]))
    if depth == 1:
        yield from ((0, title) for title in titles[: rng.randint(2, 15)])
        return
    opening, closing = (rng.choice(words) if rng.random() < 0.5 else "" for words in WORDS["overheads"])
    if opening:
        yield 0, opening
    for heading in rng.sample(WORDS["sections"], rng.randint(2, 4)):
        yield 0, heading
        for middle in rng.sample(WORDS["sections"], 2) if depth == 3 else [""]:
            if middle:
                yield 1, f"{middle}方面"
            yield from ((depth - 1, titles.pop()) for _ in range(rng.randint(2, 4 if depth == 2 else 3)))
    if closing:
        yield 0, closing


def numbered(kind: str, count: int) -> str:
    """The printed number: （一） and 12 give （十二）."""
    if kind == "①":
        return chr(ord("①") + count - 1)
    return kind.replace("一", han(count)).replace("1", str(count))


def han(count: int) -> str:
    """21 as 二十一."""
    tens, ones = divmod(count, 10)
    return (("" if tens == 1 else HAN[tens - 1]) + "十" if tens else "") + (HAN[ones - 1] if ones else "")


def _task(style: Style, rng: Random, path: tuple[str, ...], title: str, year: int) -> Task:
    pool = rng.sample(WORDS["agencies"], 9)
    names = {role: tuple(pool.pop() for _ in range(rng.randint(1, 3))) for role in style.roles}
    last = style.roles[-1]
    if last != "lead" and rng.random() < 0.3:
        names[last] = (*names[last], rng.choice(WORDS["collectives"]))
    return Task(path, title, names, rng.choice(times(year, rng, style.layout == "sentence")))


@cache
def labels(kind: str) -> tuple[str, ...]:
    """The wordings of a label that its examples mark, without those that mean it beside another only."""
    found = [
        word
        for term in terms("labels")
        if term.canonical == kind
        for example in term.examples
        for word in regex.findall(r"⟦([^⟦⟧]+)⟧：", example)
    ]
    return tuple(dict.fromkeys(word for word in found if not word.startswith("主要责任")))


def label(kind: str, style: Style) -> str:
    """The style's wording of a label; the first is the usual one."""
    usual = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位", "deadline": "完成时限"}[
        kind
    ]
    return labels(kind)[style.synonyms % len(labels(kind))] if style.synonyms else usual


def _listed(names: Sequence[str], style: Style) -> str:
    """A、B，各有关单位."""
    if style.tied or len(names) == 1 or not names[-1].startswith("各"):
        return "、".join(names)
    return "、".join(names[:-1]) + "，" + names[-1]


def _written(style: Style, rng: Random, item: Task) -> list[str]:
    """The paragraphs of an item."""
    number = ("- " if style.bullet and item.names else "") + item.path[-1]
    if not item.names or item.time is None:
        return [number + item.title]
    body = rng.choice(WORDS["bodies"])
    opening = f"{number}{item.title}。"
    if style.layout == "sentence":
        return [f"{opening}{_verbs(style, item)}，于{item.time.words}完成。{body}"]
    if style.layout == "verbs":
        done = "" if item.time.kind == "ongoing" else "完成"
        return [f"{opening}{body}（{_verbs(style, item)}，{item.time.words}{done}）"]
    values = [(label(role, style), _listed(names, style)) for role, names in item.names.items()]
    said = [f"{name}：{value}" for name, value in [*values, (label("deadline", style), item.time.words)]]
    if style.layout == "bracket":
        return [f"{opening}{body}（{'；'.join(said)}）"]
    return [opening + body, *said] if style.layout == "lines" else [opening + body, "；".join(said)]


def _verbs(style: Style, item: Task) -> str:
    """A牵头，B、C配合."""
    verbs = {
        "lead": "牵头",
        "support": "配合",
        "responsible": "按职责分工负责" if "lead" in item.names else "负责",
    }
    by = "由" if style.layout == "sentence" else ""
    return by + "，".join(_listed(names, style) + verbs[role] for role, names in item.names.items())


def _looks(style: Style, lines: Sequence[str]) -> str:
    """The paragraphs as a text: widths, wraps, page numbers, line ends."""
    text = [line.translate(DIGITS) if style.wide_digits else line for line in lines]
    text = [line.translate(HALF) if style.half_marks else line for line in text]
    if style.one_line:
        return "".join(text)
    text = text[:4] + [style.indent + line for line in text[4:]]
    if style.wrap:
        text = [part for line in text for part in _wrapped(line, style.wrap)]
    if style.blank_lines and not style.wrap:
        text = [part for line in text for part in (line, "")]
    if style.page:
        text = list(_paged(text, style.page))
    return ("\r\n" if style.crlf else "\n").join(text) + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    return [line[at : at + width] for at in range(0, len(line), width)]


def _paged(lines: Sequence[str], page: str) -> Iterator[str]:
    """Page numbers between the lines, 25 lines a page."""
    for index, line in enumerate(lines, 1):
        yield line
        if index % 25 == 0:
            yield from ("", page.format(index // 25), "")
