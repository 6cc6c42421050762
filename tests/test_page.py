"""The page as bytes: marks over overlapping spans, what is escaped, what a browser may load, the pictures."""

import datetime as dt
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.page import View, listing, login, render, served, static
from pipeline.page.assets import EDITING, LISTING, READING
from pipeline.page.charts import Bar, Timeline
from pipeline.page.marks import Passages, cut
from pipeline.readers import Limits
from pipeline.readers.text import read
from pipeline.run import parse
from schemas.text import Source, Span
from tests import samples

VOID = {"meta", "link", "input", "br"}
HOSTILE = (
    "云河市人民政府办公室关于开展检查的通知\n\n各县人民政府：\n\n"
    "一、<script>alert(1)</script>开展检查。</script><img src=x onerror=alert(2)>\n"
    "牵头单位：市“<b onclick='x'>财政局；配合单位：市教育局\n完成时限：2024年6月底前\n"
    "二、\u202e倒写\u2066的\x01字\x1b[31m。(市水利局牵头，\u200f2024年5月底前完成)\n"
)


class Elements(HTMLParser):
    """Every element with its attributes, and whether all of them are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.standing: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.standing.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.standing.pop() == tag


def source(text: str) -> Source:
    return read("通知.txt", text.encode("utf-8"), Limits())


def views(text: str) -> list[View]:
    found = source(text)
    return [View(circular, found) for circular in parse(found)]


def page_of(text: str) -> str:
    return render(views(text)).decode("utf-8")


def words(passages: Passages, raw: str, span: Span) -> str:
    """What lights up for a span, put together from its marks."""
    marks = {
        piece.mark: piece.text for block in passages.blocks for line in block.lines for piece in line.pieces
    }
    runs = [tuple(map(int, run.split("-"))) for run in passages.run([span]).split()]
    return "".join(marks[number] for first, last in runs for number in range(first, last + 1))


@given(
    st.text(alphabet="省市局𠀀牵头\n\r\f\u2028 ", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_marks_quote_every_span_whatever_overlaps(raw: str, ends: list[tuple[int, int]]) -> None:
    spans = [(min(len(raw), a, b), min(len(raw), max(a, b))) for a, b in ends]
    passages = cut(raw, [(span, "lead") for span in spans])
    for a, b in spans:
        assert words(passages, raw, (a, b)) == regex.sub(r"[\r\n\f\u2028]", "", raw[a:b])


@given(st.text(max_size=60))
def test_every_character_of_the_source_is_shown_where_it_says(raw: str) -> None:
    lines = [line for block in cut(raw, []).blocks for line in block.lines]
    for line in lines:
        shown = "".join(piece.text for piece in line.pieces)
        assert [a == b or not a.isprintable() for a, b in zip(raw[line.at :], shown, strict=False)].count(
            False
        ) == 0
    assert sum(len(piece.text) for line in lines for piece in line.pieces) >= len(
        regex.sub(r"\R|\f", "", raw)
    )


def test_the_narrowest_claim_colours() -> None:
    passages = cut(
        "省总工会办公室", [((0, 7), "issue"), ((0, 4), "lead"), ((2, 4), "support"), ((2, 4), "item")]
    )
    (line,) = passages.blocks[0].lines
    assert [(piece.text, piece.role) for piece in line.pieces] == [
        ("省总", "lead"),
        ("工会", "support"),
        ("办公室", "issue"),
    ]


def test_many_values_on_the_same_words_stay_small() -> None:
    claims = [((n % 7, 1000 - n % 5), "issue") for n in range(5000)]
    assert len(cut("字" * 1000, claims).starts) < 20


def test_pages_begin_blocks() -> None:
    blocks = cut("一\n二\n三\n", [], pages=(0, 4)).blocks
    assert [(block.page, len(block.lines)) for block in blocks] == [(1, 2), (2, 1)]


def test_pages_are_numbered() -> None:
    page = page_of("关于检查的通知\n一、检查。\f二、总结。市财政局牵头。\n")
    words = regex.sub(r"<[^<>]*>|\s", "", page[page.index('<section class="source"') :])
    assert words.index("第1页关于检查") < words.index("一、检查。第2页二、总结")


@pytest.mark.parametrize("name", samples.NAMES)
def test_every_value_has_words_to_light_up(name: str) -> None:
    view = View(samples.circular(name), samples.source(name))
    for row in view.rows:
        for value in row.all():
            assert view.run(value.spans), value
    assert Elements(render([view]).decode("utf-8")).standing == []


def test_hostile_text_stays_text() -> None:
    page = page_of(HOSTILE)
    elements = Elements(page)
    assert not elements.standing
    assert sum(tag == "script" for tag, _ in elements.found) == 1
    assert not [tag for tag, _ in elements.found if tag in {"img", "iframe", "object", "base"}]
    assert not regex.search(r"[\u202a-\u202e\u2066-\u2069\u200f\x01\x1b]", page)


def everything() -> Sequence[str]:
    view = View(samples.circular("tables"), samples.source("tables"))
    row = {
        "id": 'a"b',
        "title": "<i>",
        "doc_number": None,
        "items": 1,
        "tasks": 1,
        "issues": 0,
        "source": "'",
    }
    return [
        page_of(HOSTILE),
        served(view, [("JSON", "/api/circulars/x")]).decode(),
        listing([row]).decode(),
        login().decode(),
    ]


def test_no_page_has_inline_handlers_styles_or_foreign_addresses() -> None:
    for page in everything():
        elements = Elements(page)
        assert not elements.standing
        for tag, attributes in elements.found:
            assert not [
                name for name in attributes if name.startswith("on") or name in {"style", "srcset"}
            ], tag
            for name in ("src", "href", "action"):
                assert (attributes.get(name) or "/").startswith("/"), tag
        assert "://" not in regex.sub(r'xmlns="[^"]*"', "", page).replace("http://www.w3.org/2000/svg", "")


def test_a_page_from_a_file_allows_its_own_script_and_style_alone() -> None:
    page = page_of("关于检查的通知\n一、检查。\n")
    metas = [attributes for tag, attributes in Elements(page).found if tag == "meta"]
    policy = next(
        meta["content"] or "" for meta in metas if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "self" not in policy


@pytest.mark.parametrize("name", ["page.css", "served.css", *READING, *EDITING, *LISTING])
def test_files_of_the_page_are_short_and_whole(name: str) -> None:
    text = static(name).decode("utf-8")
    assert len(text.splitlines()) <= 300
    assert "</" not in text, "it would end the tag that it stands in"
    assert not regex.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)|innerHTML|eval\(", text)


def test_the_same_circular_gives_the_same_page() -> None:
    view = View(samples.circular("sentences"), samples.source("sentences"))
    assert render([view]) == render([View(view.circular, view.source)])
    assert str(dt.datetime.now(dt.UTC).date()) not in render([view]).decode("utf-8")


def test_what_was_implied_says_on_what_it_rests() -> None:
    (view,) = views(
        "云政办〔2024〕3号\n关于检查的通知\n各县：\n一、开展检查。\n牵头单位：市财政局\n完成时限：6月底前\n"
    )
    (value,) = view.rows[0].values["time_limit"]
    assert value.implied
    assert value.title.startswith("年份原文未写，据文号推定")
    assert [view.source.raw[a:b] for a, b in value.ground] == ["云政办〔2024〕3号"]
    assert value.when == (("2024", True), ("-06", False), ("-30", False))


def test_several_circulars_are_parted_and_those_with_most_issues_stand_first() -> None:
    both = [View(samples.circular(name), samples.source(name)) for name in ("company", "one_line")]
    elements = Elements(render(both).decode("utf-8"))
    mains = [attributes for tag, attributes in elements.found if tag == "main"]
    assert [(main["id"], "hidden" in main) for main in mains] == [("c1", False), ("c2", True)]
    assert mains[0]["data-id"] == both[1].circular.id
    marks = [attributes["id"] for tag, attributes in elements.found if tag == "mark"]
    assert len(marks) == len(set(marks))


def test_only_what_the_head_has_is_listed() -> None:
    (view,) = views("关于检查的通知\n一、开展检查。\n")
    assert view.head == ()


def test_no_circulars_make_a_page_that_says_so() -> None:
    assert "没有公文" in render([]).decode("utf-8")


def test_the_timeline_counts_the_last_day_and_keeps_within_its_months() -> None:
    day = dt.date(2024, 6, 30)
    line = Timeline.of([Bar("一", "a", None, day), Bar("二", "b", None, None)], signed=dt.date(2024, 1, 9))
    (bar,) = line.bars
    assert (line.first, line.last, line.undated) == (dt.date(2024, 1, 1), dt.date(2024, 7, 1), 1)
    assert bar.open
    assert line.left < bar.x < bar.x + bar.width <= line.right + 0.1
    assert [tick.label for tick in line.ticks] == ["2024年1月", "2月", "3月", "4月", "5月", "6月"]


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "9999-12-31"), ("2024-02-29", "2024-02-29")])
def test_the_timeline_bears_any_dates(first: str, last: str) -> None:
    bar = Bar("一", "a", dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    line = Timeline.of([bar])
    assert 1 <= len(line.ticks) <= 20
    assert line.bars[0].width >= 3
