"""The served page in a real browser: drop, correct, reload, undo; what the ledger and the API say of it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import openpyxl
import pytest
from playwright.sync_api import Browser, FilePayload

from tests import samples
from tests.browsing import Tab, launched, opened
from tests.serving import serving

SAMPLE = samples.FOLDER / "qinghai_2021_15.txt"
HOSTILE = "关于\u202e<script>alert(1)</script>检查的通知\n一、开展检查。\n牵头单位：<img src=x onerror=alert(2)>市财政局\n"
# Select the first `words` of the source that stand after `after`, as a mouse does.
SELECT = """([words, after]) => {
    const walker = document.createTreeWalker(document.querySelector('.source'), NodeFilter.SHOW_TEXT);
    let node, seen = '', range = document.createRange();
    const nodes = [];
    while ((node = walker.nextNode())) { nodes.push([seen.length, node]); seen += node.data; }
    const start = seen.indexOf(words, seen.indexOf(after)), end = start + words.length;
    const at = (place) => nodes.findLast(([begin]) => begin < place || begin === 0);
    const first = nodes.findLast(([begin]) => begin <= start), last = at(end);
    range.setStart(first[1], start - first[0]);
    range.setEnd(last[1], end - last[0]);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
DROP = """([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, { type: 'text/plain' }));
    document.querySelector('.drop').dispatchEvent(
        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `circulars serve`."""
    with serving(tmp_path_factory.mktemp("store"), "--workers", "1") as running:
        yield running.url.rstrip("/")


@pytest.fixture
def tab(browser: Browser, server: str) -> Iterator[Tab]:
    """The list of circulars; afterwards: no foreign address was asked for, no complaint heard."""
    made = opened(browser)
    made.page.goto(server)
    yield made
    assert {url for url in made.asked if not url.startswith(server)} == set()
    assert made.complaints == []
    made.page.close()


def drop(tab: Tab, name: str, text: str) -> None:
    with tab.page.expect_navigation():
        tab.page.evaluate(DROP, [name, text])
    tab.page.locator(".circular").wait_for()


def select(tab: Tab, words: str, after: str) -> None:
    tab.page.evaluate(SELECT, [words, after])
    tab.page.locator(".picked q", has_text=words).wait_for()


def edit(tab: Tab, action: str) -> None:
    """Press the visible button and wait for the answer."""
    with tab.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        tab.page.locator(f"[data-edit={action}]:visible").click()
    assert answer.value.ok, answer.value.text()
    tab.page.locator("body:not(.busy)").wait_for()


def row(tab: Tab, words: str) -> str:
    """The first item with these words, as the page shows it."""
    return tab.page.locator("tbody tr", has_text=words).first.inner_text()


# By number; of those that have the same, the first.
def items(server: str, circular: str) -> dict[str, dict[str, list[dict[str, object]]]]:
    found = httpx.get(f"{server}/api/items", params={"circular": circular}).json()
    return {item["number"]: item for item in reversed(found)}


def ledger(server: str, circular: str) -> dict[str, dict[str, str]]:
    answer = httpx.get(f"{server}/api/export", params={"circular": circular, "format": "csv"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return {line["number"]: line for line in reversed(lines)}


def workbook(server: str, circular: str) -> set[str]:
    """What the cells of the ledger say."""
    answer = httpx.get(f"{server}/api/export", params={"circular": circular, "format": "xlsx"})
    sheets = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    return {str(cell) for sheet in sheets for line in sheet.iter_rows(values_only=True) for cell in line}


def test_drop_check_correct_reload_undo(tab: Tab, server: str) -> None:
    drop(tab, SAMPLE.name, SAMPLE.read_text("utf-8"))
    name = unquote(tab.page.url.rsplit("/", 1)[1])
    chosen = tab.page.locator("tr", has_text="(一)").locator("td.lead .value").first
    chosen.click()
    assert tab.lit() == "省总宣教部"
    tab.page.locator("mark", has_text="西宁市总工会").nth(1).click()
    assert tab.chosen() == "西宁市总工会"
    tab.page.locator("[name=department]").select_option("西宁市总工会")
    assert tab.page.locator("tbody tr:visible").count() == 2

    chosen.click()
    select(tab, "省总各直属工会", "各市(州)总工会")
    edit(tab, "words")
    assert tab.page.locator("tbody tr:visible").count() == 2, "the filter stays"
    assert tab.lit() == "省总各直属工会"
    tab.page.locator("tr:visible td.time_limit .value").first.click()
    tab.page.locator("[name=end]").fill("2021-05-20")
    edit(tab, "set")

    tab.page.reload()
    assert "省总各直属工会" in row(tab, "学习党的十九届五中全会")
    assert "2021-05-20" in row(tab, "学习党的十九届五中全会")
    assert tab.page.locator("td .value.corrected:not(.item)").count() == 2
    assert ledger(server, name)["(一)"]["lead_departments"] == "省总各直属工会"
    assert ledger(server, name)["(一)"]["due_date"] == "2021-05-20"
    assert "2021-05-20 00:00:00" in workbook(server, name)
    item = items(server, name)["(一)"]
    assert item["lead_departments"][0]["name"] == "省总各直属工会"
    assert (item["time_limits"][0]["end"], item["time_limits"][0]["corrected"]) == ("2021-05-20", True)

    edit(tab, "undo")
    edit(tab, "undo")
    assert tab.page.locator(".value.corrected").count() == 0
    assert ledger(server, name)["(一)"]["lead_departments"] == "省总宣教部"
    assert "2021-05-20 00:00:00" not in workbook(server, name)
    tab.page.reload()
    assert "2021-04-30" in row(tab, "学习党的十九届五中全会")


TEXT = """云政办〔2024〕9号
𠮷𠮷云河市人民政府办公室关于做好𡃁检查的通知
各县人民政府：
一、开展𠮷检查。对食品开展检查，由市商务局报送。
牵头单位：市市场监管局，配合单位：市公安局
完成时限：6月底前
二、修缮校舍。校舍要修缮好；操场要平整好。
牵头单位：市教育局
三、总结经验。
责任单位：市应急局
"""


def test_roles_additions_deletions_and_accepting(tab: Tab, server: str) -> None:
    drop(tab, "检查.txt", TEXT)
    tab.page.locator("td .value", has_text="市公安局").click()
    tab.page.keyboard.press("e")
    assert tab.page.evaluate("document.activeElement.name") == "to_field"
    tab.page.locator("[name=to_field]").select_option("lead")
    edit(tab, "set")
    assert tab.page.locator("tr", has_text="一、").locator("td.lead .value").count() == 2

    tab.page.locator(".value.item", has_text="检查").click()
    select(tab, "市商务局", "一、")
    tab.page.locator("[name=field]").select_option("support")
    edit(tab, "add")
    added = tab.page.locator("tr", has_text="一、").locator("td.support .value")
    added.click()
    assert tab.lit() == "市商务局", "characters beyond the BMP stand before it"

    edit(tab, "delete")
    assert added.count() == 0
    tab.page.locator("td .value", has_text="市教育局").click()
    with tab.page.expect_response(lambda answer: answer.request.method == "POST"):
        tab.page.keyboard.press("a")
    tab.page.locator("td .value.accepted", has_text="市教育局").wait_for()
    assert tab.chosen() == "市应急局", "the next value is chosen"
    tab.page.reload()
    assert tab.page.locator(".value.accepted").count() == 1
    found = items(server, "云政办-2024-9")["一、"]
    assert [unit["name"] for unit in found["lead_departments"]] == ["市市场监管局", "市公安局"]
    with tab.page.expect_response(lambda answer: answer.request.method == "POST"):
        tab.page.keyboard.press("u")
    tab.page.locator(".value.accepted").wait_for(state="detached")
    for _ in range(3):
        edit(tab, "undo")
    assert tab.page.locator(".value.accepted, .value.corrected").count() == 0


def test_split_join_and_titles(tab: Tab) -> None:
    drop(tab, "检查.txt", TEXT)
    numbers = tab.page.locator("td.number")
    tab.page.locator(".value.item", has_text="修缮校舍").click()
    select(tab, "操场要平整好", "二、")
    edit(tab, "split")
    assert numbers.count() == 4
    edit(tab, "undo")
    assert numbers.count() == 3
    tab.page.locator(".value.item", has_text="修缮校舍").click()
    edit(tab, "join")
    assert numbers.count() == 2
    edit(tab, "undo")
    select(tab, "校舍要修缮好", "二、")
    tab.page.locator(".value.item", has_text="修缮校舍").click()
    tab.page.locator("[name=field]").select_option("title")
    edit(tab, "add")
    assert tab.page.locator(".value.item.corrected", has_text="校舍要修缮好").count() == 1
    select(tab, "云河市人民政府办公室关于做好𡃁检查的通知", "")
    edit(tab, "name")
    assert tab.page.locator("h1").text_content() == "云河市人民政府办公室关于做好𡃁检查的通知"
    edit(tab, "undo")
    edit(tab, "undo")


def test_a_refusal_is_said_and_changes_nothing(tab: Tab) -> None:
    drop(tab, "检查.txt", TEXT)
    tab.page.locator("td .value", has_text="6月底前").click()
    tab.page.locator("[name=start]").fill("2024-08-01")
    tab.page.locator("[name=end]").fill("2024-07-01")
    tab.page.locator("[data-edit=set]:visible").click()
    assert "晚于" in (tab.page.locator(".edit output.wrong").text_content() or "")
    tab.complaints.clear()  # the browser notes every refusal of a server
    assert tab.page.locator(".value.corrected").count() == 0
    tab.page.route("**/corrections", lambda route: route.abort())
    tab.page.locator("[data-edit=delete]:visible").click()
    tab.page.locator(".edit output.wrong", has_text="连不上服务").wait_for()
    tab.complaints.clear()


def test_several_files_become_a_list_with_issues_first(tab: Tab) -> None:
    files: list[FilePayload] = [
        {
            "name": f"{name}.txt",
            "mimeType": "text/plain",
            "buffer": (samples.FOLDER / f"{name}.txt").read_bytes(),
        }
        for name in ("company", "one_line")
    ]
    bad: FilePayload = {"name": "坏了.txt", "mimeType": "text/plain", "buffer": b"\0\1\2" * 99}
    tab.page.locator("[name=file]").set_input_files([*files, bad])
    tab.page.locator(".stored a", has_text="百日攻坚").wait_for()
    counts = [int(cell) for cell in tab.page.locator(".stored td:nth-child(5)").all_text_contents()]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) >= 2
    assert "坏了.txt" in tab.page.locator(".progress .wrong").inner_text()
    tab.complaints.clear()  # the browser notes every refusal of a server


def test_pasted_and_hostile_text(tab: Tab) -> None:
    tab.page.locator("[name=text]").fill(HOSTILE)
    tab.page.locator("[name=name]").fill("../../<b>x\u202e")
    with tab.page.expect_navigation():
        tab.page.locator(".drop [type=submit]").click()
    assert tab.page.locator("main script, main img").count() == 0
    assert "␦<script>" in (tab.page.locator(".source").text_content() or "")
    tab.page.locator(".ways a", has_text="全部公文").click()
    tab.page.locator(".stored").wait_for()
    assert tab.page.locator(".stored script, .stored b").count() == 0


def test_every_text_of_the_list_and_the_form_is_to_be_read(tab: Tab, server: str) -> None:
    poor = Path(__file__).with_name("cases").joinpath("contrast.js").read_text("utf-8")
    assert tab.page.evaluate(poor) == []
    drop(tab, "检查.txt", TEXT)
    tab.page.locator("td .value", has_text="市公安局").click()
    select(tab, "市商务局", "一、")
    assert tab.page.evaluate(poor) == []
    links = [link.get_attribute("href") or "" for link in tab.page.locator(".ways a[download]").all()]
    assert links
    assert all(httpx.get(server + link).status_code == 200 for link in links)


def test_with_a_token_the_page_asks_for_it_once(browser: Browser, tmp_path: Path) -> None:
    token = "only-for-this-test"
    with serving(tmp_path, "--workers", "1", token=token) as server:
        tab = opened(browser)
        tab.page.goto(server.url)
        tab.page.locator("[name=token]").fill(token)
        with tab.page.expect_navigation():  # the list can be seen before its deferred scripts listen
            tab.page.locator("button").click()
        tab.page.locator(".stored").wait_for()
        drop(tab, "检查.txt", TEXT)
        tab.page.locator("td .value", has_text="市公安局").click()
        edit(tab, "delete")
        assert tab.page.locator("td .value", has_text="市公安局").count() == 0
        assert tab.complaints == []
        tab.page.close()
