"""Tables in texts that a program cut at a width, or whose line ends were lost."""

import time

import pytest

from parsers.tables.relined import relined
from schemas.text import Text
from tests.tables import LAYOUTS, TABLES, Table, cut, paged, plain, width
from tests.test_tables import HEAD, read, rows

PROSE = """为确保年度各项重点任务落到实处，市政府办公室会同有关部门对政府工作报告确定的目标逐项进行了分解，明确了责任分工。
各级各部门要进一步提高认识，把任务分解落实作为推动全年工作的重要抓手，细化措施，压实责任，确保任务件件有着落。
市政府督查室要会同有关部门加强跟踪督办，定期通报进展情况，对工作推进不力、进度明显滞后的单位要按照规定严肃追责问责。
"""
SIDE = ["pipes with edges", "markdown", "tabs", "box"]


@pytest.mark.parametrize("size", [26, 31, 40])
@pytest.mark.parametrize("layout", SIDE)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[0][0])
def test_a_cut_table_is_read_like_a_whole_one(table: Table, layout: str, size: int) -> None:
    text = HEAD + PROSE + LAYOUTS[layout](table)[0]
    wanted = plain(table)
    assert rows(read(cut(text, size))) == wanted
    assert rows(read(cut(text, size).replace("\n", "\n  "))) == wanted
    assert rows(read(cut(text, size).replace("\n", "\r\n"))) == wanted
    assert rows(read(cut(text, size * 2, width))) == wanted
    assert rows(read(paged(cut(text, size), 11))) == wanted


@pytest.mark.parametrize("gap", ["", " ", "\u3000\u3000"])
@pytest.mark.parametrize("layout", ["markdown", "box", "tabs"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[0][0])
def test_a_table_without_line_ends_keeps_its_rows(table: Table, layout: str, gap: str) -> None:
    text = LAYOUTS[layout](table)[0].strip().replace("\n", gap)
    circular = read(HEAD + "现将分工明确如下。" + gap + text + gap + "请各单位抓好落实。\n")
    assert rows(circular) == plain(table)


@pytest.mark.parametrize(
    "text",
    [
        (
            "序号\n重点任务\n责任单位\n1\n开展全市燃气管网安全隐患大排查工作\n市住房和城乡建设局\n2\n推进城区老旧小区加装电梯试点工程\n市自然资源和规划局\n"
            "3\n完成市域农村危旧房屋动态清零任务\n市农业农村局\n"
        ),  # lines that happen to be as long as each other
        "| 序号 | 任务 | 单位 |\n|------|------|------|\n| 1111 | 修路 | 市局 |\n| 2222 | 架桥 | 市局 |\n",
        "| 甲 | 乙 | 丙 | |--|--|--| | 1 | 2 |\n",  # a row that lacks a cell: nobody knows which
        "┌──┬──┐ │序号│任务│责任│ └──┴──┘\n",
        "表中 |--|--| 表示没有内容。\n",
        "序号\t任务\t责任单位 1\t修路\t市交通局 架桥\t2\t市交通局\n",  # no number where a row would begin
        "1\t修路\t市交通局 2\t架桥\t市交通局\n",
        "姓名\t职务\t电话 1\t甲\t乙 2\t丙\t丁\n",
    ],
)
def test_nothing_is_joined_or_parted_without_a_sign(text: str) -> None:
    assert relined(Text.plain(text)) is None


HOSTILE = [
    "|--|--|" * 30_000,
    "|--|--| |" * 20_000,
    "├──┤" * 50_000,
    "├──┤│" * 40_000,
    "├──┤ " * 40_000,
    "|" * 200_000 + "|--|--|",
    "甲" * 30 + ("\n" + "甲" * 30) * 5_000,
    "序号\t" * 30_000,
    "序号\t任务\t责任单位1\t" * 9_000,
    "1\t" * 60_000,
    "|\n甲\n乙\n" * 20_000,
]


@pytest.mark.timing
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    relined(Text.plain(text))
    assert time.process_time() - start < 3


def test_sections_and_lost_numbers_in_a_table_of_tabs_without_line_ends() -> None:
    table = (
        "重点任务分解表 编号\t任务\t投资额\t牵头单位\t配合单位\t完成时限 一、基础设施 1\t修建道路\t300\t市交通局\t市财政局\t6月底前 "
        "2\t架设桥梁\t1200\t市交通局\t\t2022年9月 二、民生保障\t\t\t\t\t 5\t新建学校\t50\t市教育局\t市财政局\t12月底前 "
        "备注：以上任务实行动态管理。 请抓好落实。\n"
    )
    wanted = [
        "一、 基础设施",
        "1 修建道路 L市交通局 S市财政局 T2022-06-30",
        "2 架设桥梁 L市交通局 T2022-09-30",
        "二、 民生保障",
        "5 新建学校 L市教育局 S市财政局 T2022-12-31",
    ]
    assert rows(read(HEAD + table)) == wanted
    glued = (
        table.replace(" 备注", "备注").replace("限 一", "限一").replace(" 1\t", "1\t").replace(" 2\t", "2\t")
    )
    assert rows(read(HEAD + glued.replace("表 编", "表编").replace("月 二", "月二"))) == wanted


@pytest.mark.parametrize("end", ["\n\n", "\n\u3000\u3000", " \t\n"])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "page"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[0][0])
def test_empty_lines_indentation_and_blanks_at_the_ends_change_nothing(
    table: Table, layout: str, end: str
) -> None:
    assert rows(read((HEAD + PROSE + LAYOUTS[layout](table)[0]).replace("\n", end))) == plain(table)
