"""The store, in SQLite and PostgreSQL alike: what goes in comes out, once, whatever the order."""

import json
import random
from typing import Any

import pytest

from pipeline.store import Store, open_store
from tests.stores import Document, database, document, filled, generated, numbered, published, titles
from tests.stubs import item, limit, unit

COUNTED = ("circulars", "items", "item_departments", "time_limits", "issues", "places", "search")


def dump(store: Store) -> list[str]:
    return list(store.dump())


def test_whole_documents_come_back(url: str) -> None:
    documents = generated()
    with filled(url, documents) as store:
        found = published(store.circulars())
    assert sorted(found, key=json.dumps) == sorted(documents, key=json.dumps)


def test_the_dump_has_every_row(url: str) -> None:
    query = {"code": "gap", "severity": "info", "message": "跳号", "item": None, "span": [0, 1]}
    documents = [*generated(), document(data="x", issues=[query])]
    with filled(url, documents) as store:
        lines = [line.partition("\t")[0] for line in store.dump()]
    items = [one for document in documents for one in document["items"]]
    roles = ("lead_departments", "supporting_departments", "responsible_departments")
    expected = {
        "circulars": len(documents),
        "items": len(items),
        "item_departments": sum(len(one[role]) for one in items for role in roles),
        "time_limits": sum(len(one["time_limits"]) for one in items),
        "issues": sum(len(document["issues"]) for document in documents),
        "places": len(documents),
        "search": len(items),
    }
    assert all(expected.values())
    assert {name: lines.count(name) for name in COUNTED} == expected


def test_twice_changes_nothing(url: str) -> None:
    documents = generated()
    with filled(url, documents) as store:
        before = dump(store), store.revision
        store.upsert(generated())
        store.upsert(documents[:7])
        assert (dump(store), store.revision) == before
        assert not list(store.circulars(since=store.revision))


def test_the_order_changes_nothing(url: str, tmp_path: Any) -> None:
    documents = generated()
    with filled(url, documents) as store:
        expected = dump(store)
    random.Random(1).shuffle(documents)
    with open_store(str(tmp_path / "other.sqlite")) as store:
        for start in range(0, len(documents), 9):
            store.upsert(documents[start : start + 9])
        assert dump(store) == expected


def test_both_kinds_say_the_same(server: str, tmp_path: Any) -> None:
    documents = [*generated(), document(item(title="Ａ'b", text="\U00020000 \0 %"), data="x")]
    with (
        filled(str(tmp_path / "circulars.sqlite"), documents) as one,
        filled(database(server), documents) as other,
    ):
        assert dump(one) == dump(other)


def test_a_parse_that_reads_otherwise_replaces(url: str) -> None:
    with filled(url, [document(item(title="排查"), data="x"), document(data="y", path="b.txt")]) as store:
        before = store.revision
        store.upsert([document(item(title="整改"), data="x")])
        assert titles(store, text=("排查",)) == ["排查隐患"]
        assert titles(store, text=("整改",)) == ["整改"]
        assert len(list(store.circulars())) == 2
        assert [one.items[0].title for one in store.circulars(since=before)] == ["整改"]


def test_a_corrected_file_replaces_what_lay_there(url: str, tmp_path: Any) -> None:
    with filled(url, [document(item(title="旧"), data="x")]) as store:
        before = store.revision
        store.upsert([document(item(title="新"), data="y")])
        assert titles(store) == ["新"]
        assert sorted(map(str, titles(store, everything=True))) == ["新", "旧"]
        assert [one.items[0].title for one in store.superseded(since=before)] == ["旧"]
        with filled(str(tmp_path / "other.sqlite"), [document(item(title="新"), data="y")]) as fresh:
            assert dump(store) == dump(fresh)
        store.upsert([document(item(title="旧"), data="x")])
        assert (titles(store), len(list(store.superseded()))) == (["旧"], 1)


def test_without_a_path_nothing_is_replaced(url: str) -> None:
    with filled(url, [document(item(title="甲"), data="x", path=None)]) as store:
        store.upsert([document(item(title="乙"), data="y", path=None)])
        assert sorted(map(str, titles(store))) == ["乙", "甲"]


def test_identical_files_are_one_circular_in_two_places(url: str) -> None:
    pair = [document(data="x", path="b/通知.txt"), document(data="x", path="a/通知.txt")]
    with filled(url, pair) as store:
        (found,) = store.circulars()
        assert found.source.path == "a/通知.txt"
        store.upsert([document(item(title="新"), data="y", path="a/通知.txt")])
        assert {one.source.path: one.items[0].title for one in store.circulars()} == {
            "a/通知.txt": "新",
            "b/通知.txt": "排查隐患",
        }


def test_places_may_be_told_beside_the_documents(url: str, tmp_path: Any) -> None:
    pair = [document(data="x", path="b/通知.txt"), document(data="x", path="a/通知.txt")]
    with filled(url, pair) as store, open_store(str(tmp_path / "other.sqlite")) as other:
        other.upsert(pair[1:], also={"a/通知.txt": ["b/通知.txt"]})
        assert dump(other) == dump(store)


def test_a_file_of_several_circulars_is_replaced_wholly(url: str) -> None:
    both = [_at(0, "甲"), _at(100, "乙")]
    with filled(url, both) as store:
        expected = dump(store)
        store.upsert(both[::-1])
        assert dump(store) == expected
        store.upsert([_at(0, "甲")])
        assert titles(store, everything=True) == ["甲"]


def _at(start: int, title: str) -> Document:
    return document(item(title=title, span=(start, start + 9)), data="x")


@pytest.mark.parametrize("order", [1, -1])
def test_of_one_number_the_newest_stands_in_the_ledger(url: str, order: int) -> None:
    old = document(item(title="旧"), path="1.txt", data="x", **numbered(15), issue_date=_signed("2021-03-01"))
    new = document(item(title="新"), path="2.txt", data="y", **numbered(15), issue_date=_signed("2021-03-09"))
    other = document(item(title="另"), path="3.txt", data="z", **numbered(16))
    with filled(url, [old, new, other][::order]) as store:
        assert sorted(map(str, titles(store))) == ["另", "新"]
        assert len(titles(store, everything=True)) == 3
        assert len(list(store.circulars(ledger_only=True))) == 2
        (link,) = [line for line in store.dump() if line.startswith("duplicates")]
        assert '"number"' in link


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, 1),  # the same text up to layout
        ({"title": "关于做好防汛工作的\u3000通知"}, 1),
        ({"title": "关于做好抗旱工作的通知"}, 2),
        ({"issue_date": {"text": "3月1日", "date": "2021-03-01", "span": [0, 4]}}, 2),
        (numbered(15, None), 1),
    ],
)
def test_the_same_text_from_two_files(url: str, changes: Document, kept: int) -> None:
    with filled(url, [document(data="x"), document(data="y", path="b.txt", **changes)]) as store:
        assert len(titles(store)) == kept


def test_who_answers_or_by_when_makes_another_text(url: str) -> None:
    made = [item(), item(lead_departments=(unit("市财政局"),)), item(time_limits=(limit("9月底前"),))]
    documents = [document(one, data=str(at), path=f"{at}.txt") for at, one in enumerate(made)]
    with filled(url, documents) as store:
        assert len(titles(store)) == 3


def test_numbers_of_different_issuers_and_numbers_without_a_year_link_nothing(url: str) -> None:
    def issued(by: str, title: str, year: int | None = 2021) -> Document:
        organ = json.loads(unit(by, evidence=None).model_dump_json())
        return document(item(title=title), path=title, data=title, issuers=[organ], **numbered(15, year))

    documents = [
        issued("甲市总工会", "甲"),
        issued("乙市总工会", "乙"),
        issued("丙", "丙", None),
        issued("丙", "丁", None),
    ]
    with filled(url, documents) as store:
        assert len(titles(store)) == 4


def _signed(date: str) -> Document:
    return {"text": date, "date": date, "span": [0, 10]}
