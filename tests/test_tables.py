"""Task tables of every layout: rows, roles, dates, persons; and that every layout says the same."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.tables.header import kind_of
from parsers.vocab import Term, terms
from pipeline.readers import html
from pipeline.run import parse
from schemas.circular import Circular, Department, Item
from schemas.text import Source
from tests.tables import LAYOUTS, TABLES, Table, plain

CASES = [case for file in sorted(Path(__file__).parent.glob("cases/tables_*.toml"))
         for case in tomllib.loads(file.read_text("utf-8"))["case"]]  # fmt: skip
HEAD = """某市人民政府办公室关于印发2022年重点任务分解表的通知
某政办发〔2022〕8号
各县（区）人民政府，市政府各部门：
现将任务分解表印发给你们，请认真抓好落实。
"""


def read(text: str, page: bool = False) -> Circular:
    digest = hashlib.sha256(text.encode()).hexdigest()
    plain_text = Source("表.txt", "text/plain", text, digest, "utf-8")
    source = html.read("表.html", text.encode()) if page else plain_text
    (circular,) = parse(source)
    return circular


def _names(mark: str, units: tuple[Department, ...]) -> str:
    return f" {mark}{'、'.join(unit.name for unit in units)}" if units else ""


def told(item: Item) -> str:
    """A row on one line, as the cases write it."""
    dates = "；".join(str(limit.recurrence or limit.end or limit.kind) for limit in item.time_limits)
    roles = zip(
        "LSR", (item.lead_departments, item.supporting_departments, item.responsible_departments), strict=True
    )
    words = f"{item.number} {item.title}" + "".join(_names(mark, units) for mark, units in roles)
    persons = "、".join(leader.text for leader in item.leaders)
    return words + (f" T{dates}" if dates else "") + (f" P{persons}" if persons else "")


def rows(circular: Circular) -> list[str]:
    return [told(item) for item in circular.items if item.id.startswith("T")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    page = case.get("page", False)
    circular = read(case["text"] if page else HEAD + case["text"], page)
    assert rows(circular) == case["rows"]
    found = [issue.code for issue in circular.issues if issue.code.startswith("table")]
    assert found == case.get("issues", [])
    others = [item for item in circular.items if not item.id.startswith("T")]
    assert not any(item.time_limits for item in others if case["rows"])


@pytest.mark.parametrize("end", ["\r\n", " \n", "\u3000\xa0\r\n"])
@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.get("page")], ids=lambda case: case["name"]
)
def test_no_end_of_a_line_changes_a_table(case: dict[str, Any], end: str) -> None:
    assert rows(read((HEAD + case["text"]).replace("\n", end))) == case["rows"]


def test_a_tab_at_the_end_of_a_line_is_an_empty_cell_in_a_row_and_nothing_in_a_line() -> None:
    stacked = "序号\t\n重点任务\t\n责任单位\t \n1\t\n清理河道\t\n市水利局\t\n2\t\n补种树苗\t\n市园林局\t\n"
    beside = "序号\t重点任务\t牵头单位\t配合单位\n1\t清理河道\t市水利局\t \r\n2\t补种树苗\t\t市园林局\n"
    assert rows(read(HEAD + stacked)) == ["1 清理河道 R市水利局", "2 补种树苗 R市园林局"]
    assert rows(read(HEAD + beside)) == ["1 清理河道 L市水利局", "2 补种树苗 S市园林局"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[0][0])
def test_every_layout_says_the_same(table: Table, layout: str) -> None:
    text, page = LAYOUTS[layout](table)
    assert rows(read(text if page else HEAD + text, page)) == plain(table)


def test_values_of_a_broken_cell_list_their_parts() -> None:
    case = next(case for case in CASES if case["name"].startswith("cells broken over lines, a merged"))
    circular = read(HEAD + case["text"])
    first, second = [item for item in circular.items if item.id.startswith("T")][:2]
    unit = first.supporting_departments[0]
    raw = HEAD + case["text"]
    assert unit.spans is not None
    assert "".join(raw[start:stop] for start, stop in unit.spans) == "市生态环境局"
    assert first.span[0] < unit.spans[0][0] < unit.spans[-1][1] <= first.span[1]
    assert not next(item for item in circular.items if item.number == "二、").is_task
    inherited = second.lead_departments[0]
    assert inherited.evidence == "table"
    assert inherited.span == first.lead_departments[0].span


def test_ids_and_parents() -> None:
    circular = read(
        HEAD
        + CASES[[case["name"] for case in CASES].index("the plain cycle, sections between the rows")]["text"]
    )
    assert [(item.id, item.parent, item.level) for item in circular.items] == [
        ("T1.1", None, 1), ("T1.1.1", "T1.1", 2), ("T1.1.2", "T1.1", 2), ("T1.2", None, 1), ("T1.2.3", "T1.2", 2),
    ]  # fmt: skip
    assert [item.is_task for item in circular.items] == [False, True, True, False, True]


def test_a_table_inside_an_item_is_no_part_of_its_words() -> None:
    table = "| 序号 | 任务 | 责任单位 |\n|--|--|--|\n| 1 | 编制方案 | 市水利局 |\n"
    circular = read(
        f"{HEAD}一、总体要求\n坚持统筹。\n二、任务分工\n分工如下：\n{table}三、保障措施\n加强督查。\n"
    )
    assert [item.number for item in circular.items] == ["一、", "二、", "1", "三、"]
    assert [item.text for item in circular.items[:2]] == ["坚持统筹。", "分工如下："]
    assert not any(item.responsible_departments for item in circular.items if item.number != "1")


def test_marks_in_a_text_do_no_harm() -> None:
    circular = read(HEAD + "\ufdd0\ufdd2\ufdd3序号\ufdd3任务\ufdd1\n一、总体要求\n")
    assert [item.number for item in circular.items] == ["一、"]


@pytest.mark.parametrize("term", terms("tables"), ids=lambda term: term.canonical)
def test_headings_are_known(term: Term) -> None:
    marked = {example.split("⟦")[1].split("⟧")[0] for example in term.examples}
    assert marked == set(term.aliases)
    if term.canonical != "total":
        assert all(kind_of(word) is not None for word in term.aliases)


HOSTILE = {
    "pipes": "|" * 200_000,
    "rows": "|序号|任务|责任单位|\n" + "|1|甲|市水利局|\n" * 3_000,
    "boxes": "┌──┐\n" + "│甲│\n├──┤\n" * 3_000,
    "numbers": "序号\n任务\n责任单位\n" + "1\n" * 20_000,
    "labels": "责任单位\n完成时限\n" * 5_000,
    "tags": "<table>" * 5_000 + "<td rowspan=999 colspan=999>" * 300,
    "blanks": ("责任单位" + " " * 50) * 2_000,
    "tabs": "序号\t任务\t责任单位\n" + "\t" * 100_000,
    "glued": "序号任务完成时限责任单位1" * 1_000,
}


@pytest.mark.timing
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tables_cost_little(text: str) -> None:
    import time

    start = time.process_time()
    parse(Source("表.txt", "text/plain", text, "0"))
    assert time.process_time() - start < 6
