"""The ledger through LibreOffice, as pdf and as csv: it opens, counts the days, and loses or changes no value."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from pipeline.writers.ledger.rows import rows
from pipeline.writers.xlsx import render
from tests import samples
from tests.ledgers import FIRST, HEAD, OFFICE, SHEETS, converted
from tests.stubs import circular, item, limit, unit
from tests.test_ledger_hostile import HOSTILE

SAMPLE = "qinghai_2021_15"
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = OFFICE


def sheets(folder: Path, data: bytes) -> dict[str, list[list[str]]]:
    """What LibreOffice shows in each sheet."""
    path = folder / "ledger.xlsx"
    path.write_bytes(data)
    converted(path, EVERY_SHEET)
    texts = {name: (folder / f"ledger-{name}.csv").read_text("utf-8") for name in SHEETS}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    return sheets(tmp_path_factory.mktemp("csv"), render([samples.circular(SAMPLE)]))


def test_no_value_is_lost_or_changed_on_the_way_to_csv(shown: dict[str, list[list[str]]]) -> None:
    page = shown["督办台账"]
    assert len(page) == HEAD + 21
    for row, cells in zip(rows([samples.circular(SAMPLE)]), page[HEAD:], strict=True):
        item, limit = row.item, row.item.main_limit
        assert limit is not None
        units = (item.lead_departments, item.supporting_departments, item.responsible_departments)
        assert cells[:9] == [
            *(str(row.index), item.title, item.text),
            *("\n".join(unit.name for unit in names) for names in units),
            *(limit.text, str(limit.start or ""), str(limit.end or "")),
        ]
        assert cells[10:] == ["", "", f"青总办〔2021〕15号\n{''.join(item.path)}", cells[13]]
        assert "时限年份原文未写，据文号推定" in cells[13]


def test_days_are_counted_from_the_day_it_is_opened(shown: dict[str, list[list[str]]]) -> None:
    page = shown["督办台账"]
    today = dt.datetime.strptime(page[HEAD - 2][0], "%m/%d/%Y").date()  # noqa: DTZ007
    assert abs((dt.datetime.now().astimezone().date() - today).days) <= 1
    for cells in page[HEAD:]:
        assert int(cells[9]) == (dt.date.fromisoformat(cells[8]) - today).days


def test_the_date_can_be_changed_and_done_tasks_count_no_more(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render([samples.circular(SAMPLE)])))
    book["督办台账"]["A3"] = dt.date(2021, 4, 20)
    book["督办台账"][f"K{FIRST + 1}"] = "已完成"
    stream = io.BytesIO()
    book.save(stream)
    page = sheets(tmp_path, stream.getvalue())
    assert [cells[9] for cells in page["督办台账"][HEAD : HEAD + 3]] == ["10", "", "255"]
    states = {cells[2]: cells[5:8] for cells in page["按单位"][1:]}
    assert states["1"] == ["2021-04-30", "10", ""]
    assert states["2"] == ["2021-04-30", "", "已完成"]


def test_departments_follow_the_ledger(shown: dict[str, list[list[str]]]) -> None:
    ledger = {cells[0]: cells for cells in shown["督办台账"][HEAD:]}
    for cells in shown["按单位"][1:]:
        task = ledger[cells[2]]
        place = {"牵头": 3, "配合": 4, "责任": 5, "": 3}[cells[1]]
        assert cells[0] in task[place].split("\n") or (cells[0] == "（未写明单位）" and not task[place])
        assert cells[3:8] == [task[1], task[6], task[8], task[9], task[10]]


def test_the_pdf_shows_every_value_and_the_head_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(render([samples.circular(SAMPLE)]))
    converted(path, "pdf")
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    ledger = [page for page in pages if "任务内容" in page and "进展情况" in page]
    assert len(ledger) > 1
    assert all(f"第{number}页共{len(pages)}页" in page for number, page in enumerate(pages, 1))
    whole = "".join(ledger)
    for row in rows([samples.circular(SAMPLE)]):
        for text in (row.item.title, row.item.text, *(one.name for one in row.item.lead_departments)):
            assert "".join(text.split()) in whole
    widths = {round(page.get_width()) for page in document}
    assert widths == {842}, "A4 across"


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    tasks = [
        item(id=str(n), title=text, lead_departments=(unit(text),), time_limits=(limit(text),))
        for n, text in enumerate(HOSTILE)
    ]
    page = sheets(tmp_path, render([circular(*tasks)]))["督办台账"]
    for text, cells in zip(HOSTILE, page[HEAD:], strict=True):
        assert (cells[1], cells[3], cells[6]) == (text, text, text)
