"""The everyday questions, in SQLite and PostgreSQL alike, and how `circulars query` answers."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import run
from pipeline.store import Filter, StoreError, open_store
from pipeline.store.recurring import first_within
from tests.stores import Document, database, document, emptied, filled, generated, numbered, titles
from tests.stubs import item, limit, unit

MARCH: dict[str, Any] = {"due_from": dt.date(2021, 3, 1), "due_to": dt.date(2021, 3, 31)}
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"everything": True},
    {"due_from": dt.date(2021, 3, 1)},
    {"due_to": dt.date(2020, 3, 1)},
    MARCH,
    {"overdue_at": dt.date(2019, 7, 1)},
    {"lead": "教育局"},
    {"department": "市"},
    {"lead": "教育局", "due_from": dt.date(2018, 1, 1), "text": ("工",)},
    {"number": "2021"},
    *({"text": (words,)} for words in ("的", "工作", "实施方", "%", "_", "'", '"', "\\", "１", "①", "abc")),
    {"text": ("工作", "管理")},
]


def ends(day: str, **changes: Any) -> Any:
    return limit(f"{day}前", end=dt.date.fromisoformat(day), **changes)


def task(title: str, *limits: Any, **changes: Any) -> Any:
    return item(title=title, time_limits=limits, key=title, **changes)


PLAN = [
    task("三月", ends("2021-03-31")),
    task("四月", ends("2021-04-01"), lead_departments=(unit("市教育局"),)),
    task("里程碑", ends("2021-03-15", main=False), ends("2021-12-31")),
    task("每月", limit("每月25日前", kind="recurring", recurrence="FREQ=MONTHLY;BYMONTHDAY=25")),
    task(
        "每季末", limit("每季度末", kind="recurring", recurrence="FREQ=YEARLY;BYMONTH=6,9,12;BYMONTHDAY=-1")
    ),
    task("经常", limit("每月", kind="recurring", recurrence="FREQ=MONTHLY")),
    task("长期", limit("长期", kind="ongoing")),
    task(
        "没有时限", lead_departments=(), supporting_departments=(), text="ＡＢＣ ①100%_\\ '引号' \U00020000"
    ),
]


def plan() -> Document:
    return document(*PLAN, data="x", **numbered(15))


@pytest.fixture(scope="module")
def twins(server: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The same circulars in both."""
    urls = str(tmp_path_factory.mktemp("twins") / "circulars.sqlite"), database(server)
    for url in urls:
        filled(url, [*generated(), plan()]).close()
    return urls


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_both_give_the_same_answers(twins: tuple[str, str], question: dict[str, Any]) -> None:
    with open_store(twins[0]) as store, open_store(twins[1]) as second:
        one, other = (list(each.answers(Filter(**question))) for each in (store, second))
    assert one == other
    assert one or question == {"text": ('"',)}, "a question that nothing answers shows nothing"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (MARCH, ["里程碑", "每月", "三月", "经常"]),
        ({"due_from": dt.date(2021, 6, 30), "due_to": dt.date(2021, 6, 30)}, ["每季末", "经常"]),
        ({"due_to": dt.date(2021, 3, 31)}, ["里程碑", "三月"]),
        ({"overdue_at": dt.date(2021, 4, 1)}, ["三月"]),
        ({"overdue_at": dt.date(2021, 4, 2)}, ["三月", "四月"]),
        ({"lead": "教育局"}, ["四月"]),
        ({"lead": "应急局"}, []),
        ({"department": "应急局", "overdue_at": dt.date(2021, 4, 1)}, ["三月"]),
        ({"text": ("Abc",)}, ["没有时限"]),
        ({"text": ("c①100%_\\'引",)}, ["没有时限"]),
        ({"text": ("%引",)}, []),
        ({"text": ("\U00020000",)}, ["没有时限"]),
        ({"text": ("没", "abc")}, ["没有时限"]),
        ({"text": ("三月四月",)}, []),
        ({"text": ("防汛",), "lead": "教育"}, ["四月"]),
        ({"text": ("月",), "number": "青总办〔2021〕15号"}, ["三月", "四月", "每月"]),
        ({"text": ("四",), "number": "[2021]15"}, ["四月"]),
        ({"text": ("四",), "number": "青总办-2021-15"}, ["四月"]),
        ({"number": "2021〕1"}, []),
        ({"number": "号"}, []),
    ],
    ids=str,
)
def test_what_fits(url: str, question: dict[str, Any], expected: list[str]) -> None:
    with filled(url, [plan()]) as store:
        assert titles(store, **question) == expected


def test_the_limit_that_fits_is_shown(url: str) -> None:
    with filled(url, [plan()]) as store:
        shown = {one.title: one.due_date for one in store.answers(Filter(**MARCH))}
        main = {one.title: one.due_date for one in store.answers(Filter())}
    assert shown["里程碑"] == dt.date(2021, 3, 15)
    assert shown["每月"] == dt.date(2021, 3, 25)
    assert (shown["经常"], main["里程碑"]) == (None, dt.date(2021, 12, 31))


def test_a_circular_without_items_is_found_by_its_title(url: str) -> None:
    with filled(url, [document(data="x") | {"items": []}]) as store:
        (found,) = store.answers(Filter(text=("防汛",)))
        assert (found.circular_title, found.item, found.span) == ("关于做好防汛工作的通知", None, None)
        assert not titles(store, text=("抗旱",))


def test_recurrences_that_no_one_can_read_return_never() -> None:
    assert first_within("FREQ=MONTHLY;BYMONTHDAY=40", None, dt.date(2021, 1, 1), None) is None


def test_postgresql_has_its_index_where_it_can(server: str) -> None:
    import psycopg

    with psycopg.connect(emptied(server), autocommit=True) as connection:
        for able in (True, False):
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            # Who finds the extension's function there already may not create it.
            connection.execute("" if able else "CREATE FUNCTION public.show_limit() RETURNS real RETURN 1")
            with filled(server.format("postgres"), [plan()]) as store:
                assert titles(store, text=("c①100%_",)) == ["没有时限"]
            found = connection.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'ix_search'").fetchall()
            assert bool(found) == able


def asked(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["query", *arguments])
    return status, *capfd.readouterr()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """As `circulars batch` leaves it."""
    filled(str(tmp_path / "circulars.sqlite"), [plan()]).close()
    return str(tmp_path)


def test_csv_is_headed_in_chinese_and_runs_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite"
    filled(url, [document(item(title="=1+1"), data="x")]).close()
    status, page, said = asked(capfd, "--store", url, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(page))
    assert (status, said) == (0, "共 1 条\n")
    assert (row["事项"], row["牵头单位"], row["来源"]) == ("'=1+1", "市水务局", "a.txt")


def test_json_and_parquet_hold_the_same(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    from pyarrow import parquet

    file = Path(folder) / "answers.parquet"
    rows = json.loads(asked(capfd, "--store", folder, "--format", "json")[1])
    assert asked(capfd, "--store", folder, "--format", "parquet", "--out", str(file))[0] == 0
    assert len(rows) == len(PLAN)
    assert json.loads(json.dumps(parquet.read_table(file).to_pylist(), default=str)) == rows


def test_the_table_shows_what_a_clerk_looks_for(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    _, page, said = asked(capfd, "--store", folder, "--lead", "教育", "--limit", "1")
    assert "2021-04-01" in page
    assert said == "共 1 条\n"
    assert "后面还有" in asked(capfd, "--store", folder, "--limit", "2")[2]
    assert asked(capfd, "--store", folder, "--lead", "海关")[1:] == ("", "没有符合条件的条目\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--format", "pdf"), "没有格式 pdf"),
        (("--format", "parquet"), "请用 --out 指定文件"),
        (("--lead", " "), "--lead 后面是空的"),
        (("--due-from", "3月"), "日期 3月 不对"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], line: str, capfd: pytest.CaptureFixture[str]) -> None:
    status, _, said = asked(capfd, *arguments)
    assert status == 2
    assert line in said


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有库"):
        list(open_store(str(tmp_path / "x.sqlite")).answers(Filter()))
    assert not list(tmp_path.iterdir())
