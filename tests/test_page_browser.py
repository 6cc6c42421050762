"""The page from a file in a real browser: both directions, filters, keys, hostile text, no network, its speed."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
from playwright.sync_api import Browser

from pipeline.page import View, render
from pipeline.readers import Limits
from pipeline.readers.text import read
from pipeline.run import parse
from tests import samples
from tests.browsing import Tab, launched, opened
from tests.test_page import HOSTILE

TEXT = """云政办〔2024〕3号

𠮷𠮷𠮷云河市人民政府办公室关于做好𡃁年度检查的通知

各县人民政府：

一、总体要求𠮷。提高认识。
二、重点任务
（一）开展𠮷野家食品检查。
牵头单位：市市场监管局，配合单位：市公安局、市卫生健康委
完成时限：6月底前
（二）修缮校舍。市教育局牵头，市财政局配合。
完成时限：2099年12月底前
（三）长期开展巡查。
责任单位：市应急局
完成时限：长期坚持
（四）总结经验。
完成时限：9月31日前
"""


Show = Callable[..., Tab]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """A text as a page from a file; afterwards: it asked for nothing and complained of nothing."""
    tabs = []

    def shown(*texts: str, scale: float = 1) -> Tab:
        sources = [read("通知.txt", text.encode("utf-8"), Limits(megabytes=50)) for text in texts]
        path = tmp_path / "page.html"
        path.write_bytes(render([View(circular, source) for source in sources for circular in parse(source)]))
        tab = opened(browser, scale=scale)
        tabs.append(tab)
        tab.page.goto(path.as_uri())
        return tab

    yield shown
    for tab in tabs:
        assert [url for url in tab.asked if not url.startswith("file:")] == []
        assert len(tab.asked) == 1, "a page from a file loads nothing beside itself"
        assert tab.complaints == []
        tab.page.close()


def test_a_value_lights_its_words_and_words_their_value(show: Show) -> None:
    tab = show(TEXT)
    for name in ("市公安局", "市应急局", "6月底前"):
        tab.page.locator("td .value", has_text=name).click()
        assert tab.lit() == name, "characters beyond the BMP stand before it"
        assert tab.seen("mark.lit")
    tab.page.locator("mark", has_text="市财政局").click()
    assert (tab.chosen(), tab.lit()) == ("市财政局", "市财政局")
    assert tab.seen(".value[aria-current]")


def test_words_far_away_scroll_into_view(show: Show) -> None:
    filler = "".join(f"第{n}段说明。{'强化组织领导，压实工作责任。' * (n % 9 + 1)}\n" for n in range(900))
    tab = show(TEXT + filler + "（五）验收。\n牵头单位：市审计局\n完成时限：2024年11月底前\n")
    tab.page.locator("td .value", has_text="市审计局").click()
    assert tab.seen("mark.lit")
    tab.page.locator("td .value", has_text="市公安局").click()
    assert tab.seen("mark.lit")


def test_overlapping_words_take_turns(show: Show) -> None:
    tab = show(TEXT)
    mark = tab.page.locator("mark", has_text="9月31日前")
    mark.click()
    assert tab.chosen() == "9月31日前"
    mark.click()
    assert "不存在的日期" in tab.chosen()
    tab.page.locator(".value.item", has_text="修缮校舍").click()
    assert tab.lit() == "（二）修缮校舍", "an item stands for its first words"


def test_what_an_implied_year_rests_on_is_framed(show: Show) -> None:
    tab = show(TEXT)
    value = tab.page.locator("td .value", has_text="6月底前")
    value.click()
    assert tab.page.locator("mark.ground").all_text_contents() == ["云政办〔2024〕3号"]
    assert "据文号推定" in (value.get_attribute("title") or "")
    assert "implied" in (value.get_attribute("class") or "")
    assert "implied" not in (tab.page.locator("td .value", has_text="2099").get_attribute("class") or "")


def rows(tab: Tab) -> list[str]:
    return [text.strip() for text in tab.page.locator("tbody tr:visible td.number").all_text_contents()]


def test_filters_and_search(show: Show) -> None:
    tab = show(TEXT)
    form = tab.page.locator("form.filters")
    cases: list[tuple[str, str, list[str]]] = [
        ("department", "市财政局", ["（二）"]),
        ("role", "responsible", ["（三）"]),
        ("time", "overdue", ["（一）", "（四）"]),
        ("time", "later", ["（二）"]),
        ("time", "running", ["（三）"]),
        ("time", "none", ["一、", "二、", "（三）"]),
    ]
    for name, value, expected in cases:
        form.locator(f"[name={name}]").select_option(value)
        assert rows(tab) == expected, (name, value)
        form.locator(f"[name={name}]").select_option("")
    form.locator("[name=issues]").check()
    assert rows(tab) == ["（四）"]
    form.locator("[name=issues]").uncheck()
    form.locator("[name=words]").fill("修缮")
    assert rows(tab) == ["（二）"]
    form.locator("[name=words]").fill("没有这样的字")
    assert tab.page.locator(".none").is_visible()
    form.locator("[name=words]").fill("")
    assert form.locator(".count").text_content() == "共 6 条"


def test_a_department_of_the_chart_filters_and_a_bar_chooses(show: Show) -> None:
    tab = show(TEXT)
    tab.page.locator("g.department", has_text="市公安局").click()
    assert rows(tab) == ["（一）"]
    tab.page.locator("g.department", has_text="市公安局").focus()
    tab.page.keyboard.press("Enter")
    assert len(rows(tab)) == 6
    tab.page.locator("g.bar", has_text="总结经验").locator("text").click()
    assert tab.lit() == "9月31日前"


def test_the_timeline_knows_today(show: Show) -> None:
    tab = show(TEXT)
    drawing = tab.page.locator("svg[data-first]")
    assert drawing.locator("line.today").count() == 1
    due = [bar.get_attribute("data-due") or "" for bar in drawing.locator(".bar.overdue").all()]
    assert due == ["2024-06-30", "2024-09-30"]
    left, right = (float(drawing.get_attribute(f"data-{side}") or 0) for side in ("left", "right"))
    first, last = (
        dt.date.fromisoformat(drawing.get_attribute(f"data-{end}") or "") for end in ("first", "last")
    )
    today = dt.date.fromisoformat(tab.page.evaluate("new Date().toLocaleDateString('sv')"))
    expected = left + (right - left) * (today - first).days / (last - first).days
    assert float(drawing.locator("line.today").get_attribute("x1") or 0) == pytest.approx(expected, abs=0.5)


def test_keys(show: Show) -> None:
    tab = show(TEXT)
    press = tab.page.keyboard.press
    press("n")
    assert tab.chosen() == "云政办〔2024〕3号"
    press("n")
    press("p")
    assert tab.chosen() == "云政办〔2024〕3号"
    press("Escape")
    assert tab.lit() == ""
    press("t")
    assert tab.page.locator("table.rows").count() == 1
    assert tab.page.locator("th", has_text="牵头").is_visible()
    press("/")
    tab.page.keyboard.type("nt?")
    assert tab.page.locator("[name=words]").input_value() == "nt?"
    press("Escape")
    press("?")
    assert tab.page.locator("dialog.keys").is_visible()


def test_hostile_text_does_nothing(show: Show) -> None:
    tab = show(HOSTILE)
    assert tab.page.locator("main script, main img, main b b").count() == 0
    assert "<script>alert(1)</script>" in (tab.page.locator(".source").text_content() or "")
    for value in tab.page.locator("td .value").all():
        value.click()
    assert tab.page.evaluate("document.title") == "云河市人民政府办公室关于开展检查的通知"


def test_several_circulars_in_one_file(show: Show) -> None:
    tab = show(samples.source("company").raw, TEXT)
    assert (
        tab.page.locator("main:visible h1").text_content()
        == "𠮷𠮷𠮷云河市人民政府办公室关于做好𡃁年度检查的通知"
    )
    tab.page.locator("[name=circular]").select_option("c2")
    assert rows(tab)[0] == "一、"
    tab.page.locator("main:visible td.lead .value").first.click()
    assert tab.lit() == tab.chosen() != ""
    assert tab.page.locator("main:visible mark.lit").count() >= 1


def test_a_line_of_a_megabyte(show: Show) -> None:
    tab = show(TEXT + "强化组织领导，" * 150_000)
    tab.page.locator("td .value", has_text="市公安局").click()
    assert tab.lit() == "市公安局"


@pytest.mark.parametrize("scale", [1, 1.25])
def test_nothing_is_cut_off_sideways(show: Show, scale: float) -> None:
    tab = show(samples.source("qinghai_2021_15").raw, scale=scale)
    for _ in ("cards", "table"):
        wide = """() => [document.documentElement, ...document.querySelectorAll('.source, .items, .filters, .top')]
            .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className || one.tagName)"""
        assert tab.page.evaluate(wide) == []
        assert tab.page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
        tab.page.keyboard.press("t")


def test_contrast_is_enough(show: Show) -> None:
    tab = show(samples.source("tables").raw)
    tab.page.keyboard.press("n")
    assert (
        tab.page.evaluate(Path(__file__).with_name("cases").joinpath("contrast.js").read_text("utf-8")) == []
    )


def test_print_shows_everything(show: Show) -> None:
    tab = show(samples.source("qinghai_2021_15").raw)
    tab.page.emulate_media(media="print")
    assert not tab.page.locator(".filters").is_visible()
    cut = "one => getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1"
    for part in (".source", ".items", ".timeline", ".counts"):
        assert not tab.page.locator(part).evaluate(cut), part
    tab.page.emulate_media(media="screen")


def large() -> str:
    """300 KB, 500 items."""
    body = "各地各有关部门要强化组织领导，细化工作举措，压实工作责任，加强协同配合，定期开展督促检查，及时总结推广经验做法。"
    head = "云政办〔2024〕7号\n云河市人民政府办公室关于印发2024年重点工作任务分工的通知\n各县人民政府：\n"
    tasks = (
        f"{n}．推进第{n}项重点工程建设。{body}\n牵头单位：市发展改革委，配合单位：市财政局、市教育局\n"
        f"完成时限：{n % 12 + 1}月底前\n"
        for n in range(1, 501)
    )
    text = head + "".join(tasks)
    return text + "附则。" * ((300_000 - len(text.encode("utf-8"))) // 9)


@pytest.mark.timing
def test_a_large_circular_is_there_within_a_second(show: Show, tmp_path: Path) -> None:
    tab = show(large())
    assert tab.page.locator("tbody tr").count() == 500
    took = []
    for _ in range(3):
        begun = perf_counter()
        tab.page.goto((tmp_path / "page.html").as_uri())
        tab.page.locator("tr:nth-child(2) .value.lead").click()
        assert tab.lit() == "市发展改革委"
        took.append(perf_counter() - begun)
    tab.asked = tab.asked[:1]
    assert min(took) < 1, f"interactive after {took} seconds"
