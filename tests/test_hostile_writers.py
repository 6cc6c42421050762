"""Whatever a circular holds, every format in the registry opens, runs nothing of it and loses nothing of it unsaid."""

import io

import openpyxl
import pytest
import regex
from lxml import html

from pipeline.writers import FORMATS, render
from pipeline.writers.tasks import visible
from schemas.circular import Circular
from schemas.text import Source
from tests import calendars
from tests.openers import opened
from tests.stubs import circular, item, limit, unit

HOSTILE = {
    "formula": "=cmd|' /C calc'!A0",
    "link": '=HYPERLINK("http://x.example","点此")',
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1+1)",
    "wide": "＝1+1",
    "tab": "\t=1+1",
    "break": "甲\r\n=1+1\r乙\n/close\n@all",
    "separators": "甲\u2028乙\u2029丙\x85丁\x0b戊\x0c己",
    "controls": "甲\x00乙\x07丙\x1b[31m丁\x7f戊\x9f",
    "bidi": "甲\u202e乙\u2066丙\u200f丁",
    "emoji": "👨‍👩‍👧🇨🇳😀𠮷",
    "quotes": "甲\"乙'丙\\丁`戊,己;庚|辛",
    "markup": "<script>alert(1)</script><img src=x onerror=y>&amp;]]>",
    "wiki": "![x](http://x.example/p.png) {{include(x)}} !x.png! [~admin] {html} # * _甲_ ~~乙~~ h1. 丙",
    "rule": "---",
    "list": "1. 甲",
    "calendar": "甲\r\nEND:VTODO\r\nBEGIN:VALARM\r\nATTACH:http://x.example",
    "template": "{{7*7}} ${7*7} <%= 7 %> {% raw %}",
}
FORMULA = tuple("=+-@\t\r＝＋－＠")
TABLES = [form for form, made in FORMATS.items() if made.suffix.endswith(".csv")]
BOOKS = [form for form, made in FORMATS.items() if made.suffix.endswith(".xlsx")]
# Annotation tools get the source text, its spans and no titles.
SAYING = [form for form in FORMATS if form not in {"doccano", "labelstudio"}]
CUT = "略去|全文见|只列前"


def hostile(text: str) -> tuple[Circular, Source]:
    task = item(
        title=text,
        text=text,
        number=text,
        lead_departments=(unit(text, span=(0, len(text))),),
        time_limits=(limit(text),),
    )
    made = circular(task, item(id="2", title=text, is_task=False, time_limits=()), name=text)
    return made.model_copy(update={"title": text}), Source(text, "text/plain", text, "0" * 64, "utf-8")


def written(form: str, *pairs: tuple[Circular, Source]) -> bytes:
    return render(form, [made for made, _ in pairs], [source for _, source in pairs])


def folded(text: str) -> str:
    """What a format may do to a text: blanks, escapes, signs for controls, defused cells, the wide @ of GitLab."""
    shown = regex.sub(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|[\u2400-\u243f]", "¤", visible(text))
    return regex.sub(r"[\s'\\\u2028\u2029]", "", shown.replace("＠", "@"))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", SAYING)
def test_a_text_arrives_as_it_is(form: str, name: str) -> None:
    texts = opened(form, written(form, hostile(HOSTILE[name])))
    assert any(folded(HOSTILE[name]) in folded(text) for text in texts), f"{name} is lost"


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", TABLES)
def test_no_cell_of_a_table_is_a_formula(form: str, name: str) -> None:
    cells = opened(form, written(form, hostile(HOSTILE[name])))
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", BOOKS)
def test_no_formula_of_a_workbook_has_words_of_the_circular(form: str, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(form, hostile(HOSTILE[name]))))
    formulas = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert not [formula for formula in formulas if HOSTILE[name] in formula or "x.example" in formula]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_calendar_stays_strict(name: str) -> None:
    calendar = calendars.read(written("ics", hostile(HOSTILE[name])))
    calendars.obeys(calendar)
    assert len(calendar.components) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_has_no_more_elements_that_act_than_an_honest_one(name: str) -> None:
    def acting(text: str) -> int:
        tree = html.document_fromstring(written("html", hostile(text)).decode("utf-8"))
        handlers = [key for node in tree.iter() for key in node.attrib if str(key).startswith("on")]
        return len(handlers) + sum(1 for _ in tree.iter("script", "img", "iframe", "object", "embed"))

    assert acting(HOSTILE[name]) == acting("排查隐患")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["doccano", "labelstudio"])
def test_annotation_tools_get_the_text_itself(form: str, name: str) -> None:
    assert HOSTILE[name] in opened(form, written(form, hostile(HOSTILE[name])))


@pytest.mark.parametrize("form", FORMATS)
def test_a_cell_of_forty_thousand_characters_is_whole_or_says_so(form: str) -> None:
    text = "长" * 40_000
    source = Source("通知.txt", "text/plain", text, "0" * 64, "utf-8")
    texts = opened(form, written(form, (circular(item(title=text, text=text)), source)))
    whole = [one for one in texts if "长" * 40_000 in one]
    assert whole or any(regex.search(CUT, one) for one in texts)
    assert sum(one.count("长") for one in texts) > 15_000


@pytest.mark.parametrize("form", FORMATS)
def test_five_thousand_items_are_all_there(form: str) -> None:
    texts = [f"第{n}项任务" for n in range(5000)]
    made = circular(*[item(id=str(n), key=f"{n:012x}", title=text) for n, text in enumerate(texts)])
    source = Source("通知.txt", "text/plain", "\n".join(texts), "0" * 64, "utf-8")
    found = "\n".join(opened(form, written(form, (made, source))))
    assert len(set(regex.findall("第[0-9]+项任务", found))) == 5000


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_and_emptiness_are_written_too(form: str) -> None:
    assert isinstance(render(form, [], []), bytes)
    empty = circular().model_copy(update={"items": (), "title": None})
    source = Source("空.txt", "text/plain", "", "0" * 64, "utf-8")
    written(form, (empty, source), (empty, source))
