"""Values put right over HTTP: seen in ledgers and in /api/items, kept over a restart, taken back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.__main__ import run
from pipeline.writers.json import schema
from tests.serving import SAMPLE, Server, serving

ID = "青总办-2021-15"
URL = f"/api/circulars/{ID}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("web")) as running:
        running.upload(SAMPLE)
        yield running


@pytest.fixture
def item(server: Server) -> Iterator[dict[str, Any]]:
    """The first item with a supporting department; whatever a test corrects is taken back after it."""
    items = server.client.get(URL).json()["items"]
    yield next(item for item in items if item["supporting_departments"] and item["time_limits"])
    while server.client.post(f"{URL}/undo", json={}).status_code == 200:
        pass


def correct(server: Server, **change: Any) -> dict[str, Any]:
    """Make a correction; the circular as the server answers it."""
    answer = server.client.post(f"{URL}/corrections", json=change)
    assert answer.status_code == 200, answer.text
    circular: dict[str, Any] = answer.json()
    jsonschema.validate(circular, schema())
    assert circular == server.client.get(URL).json()
    return circular


def test_a_lead_and_a_date_put_right_are_seen_everywhere(server: Server, item: dict[str, Any]) -> None:
    before = server.client.get(URL).json()
    name = item["supporting_departments"][0]["name"]
    correct(server, op="set", item=item["key"], field="support", index=0, to_field="lead", by="李四")
    correct(server, op="set", item=item["key"], field="time_limit", index=0, start=None, end="2021-07-01")
    query = {"department": name, "role": "lead", "due_from": "2021-07-01", "due_to": "2021-07-01"}
    (found,) = server.client.get("/api/items", params=query).json()
    assert found["key"] == item["key"]
    assert found["corrected"]
    exported = server.client.get("/api/export", params={"format": "csv"}).content.decode("utf-8-sig")
    (row,) = (line for line in exported.splitlines() if f",{item['id']}," in line)
    assert "2021-07-01" in row
    assert "已更正" in server.client.get(f"/circulars/{ID}").text
    for _ in range(2):
        server.client.post(f"{URL}/undo", json={"by": "李四"})
    assert server.client.get(URL).json() == before


def test_corrections_are_kept_over_a_restart_and_a_new_parse(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        first.upload(SAMPLE)
        items = first.client.get(URL).json()["items"]
        item = next(item for item in items if item["lead_departments"])
        shown = correct(first, op="delete", item=item["key"], field="lead", index=0)
    later = tmp_path / SAMPLE.name
    later.write_text("印发说明：重新印发。\n" + SAMPLE.read_text("utf-8"), "utf-8")
    with serving(tmp_path) as second:
        assert second.client.get(URL).json() == shown
        second.upload(later)
        again = next(one for one in second.client.get(URL).json()["items"] if one["key"] == item["key"])
        assert len(again["lead_departments"]) == len(item["lead_departments"]) - 1
        assert second.client.get(f"{URL}/corrections").json()["outdated"] == []


def test_what_no_longer_stands_is_listed(server: Server, item: dict[str, Any], tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    name = item["supporting_departments"][0]["text"]
    correct(server, op="set", item=item["key"], field="support", index=0, to_field="lead")
    later = tmp_path / SAMPLE.name
    later.write_text(text.replace(name, "某办公室"), "utf-8")
    server.upload(later)
    (lapsed,) = server.client.get(f"{URL}/corrections").json()["outdated"]
    assert name in lapsed["reason"]
    codes = [issue["code"] for issue in server.client.get(URL).json()["issues"]]
    assert "stale_correction" in codes
    assert name in server.client.get(f"/circulars/{ID}").text
    server.upload(SAMPLE)
    assert server.client.get(f"{URL}/corrections").json()["outdated"] == []


def test_an_accepted_value_changes_nothing(server: Server, item: dict[str, Any]) -> None:
    before = server.client.get(URL).json()
    assert correct(server, op="accept", item=item["key"], field="support", index=0) == before
    (made,) = server.client.get(f"{URL}/corrections").json()["corrections"]
    assert made["before"]["text"] == item["supporting_departments"][0]["text"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"op": "set", "field": "lead", "index": 99, "to_field": "support"}, 409),
        ({"op": "set", "field": "lead", "index": 0, "span": [0, 10**9]}, 409),
        ({"op": "add", "field": "lead", "span": [-5, 3]}, 409),
        ({"op": "split", "at": 10**8}, 409),
        ({"op": "nonsense"}, 422),
        ({"op": "set", "field": "lead"}, 422),
        ({"op": "set", "field": "lead", "index": -1, "to_field": "support"}, 422),
        ({"op": "set", "field": "time_limit", "index": 0, "end": "2021-13-99"}, 422),
        ({"op": "set", "field": "lead", "index": 0, "name": "名" * 1000}, 422),
        ({"op": "set", "field": "lead", "index": 0, "to_field": "support", "extra": 1}, 422),
    ],
)
def test_what_does_not_fit_changes_nothing(
    server: Server, item: dict[str, Any], change: dict[str, Any], status: int
) -> None:
    before = server.client.get(URL).json()
    answer = server.client.post(f"{URL}/corrections", json={"item": item["key"]} | change)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]
    assert server.client.get(URL).json() == before


def test_an_unknown_circular_or_item_is_refused(server: Server) -> None:
    change = {"op": "join", "item": "0123456789ab"}
    assert server.client.post("/api/circulars/没有/corrections", json=change).status_code == 404
    assert server.client.post(f"{URL}/corrections", json=change).status_code == 409
    assert server.client.post(f"{URL}/corrections", content=b"{").status_code == 415
    headers = {"content-type": "application/json"}
    assert server.client.post(f"{URL}/corrections", content=b"{", headers=headers).status_code == 422
    assert server.client.post(f"{URL}/undo", json={"by": 7}).status_code == 422


def test_what_was_put_right_is_written_down_with_time_and_name(server: Server, item: dict[str, Any]) -> None:
    correct(server, op="delete", item=item["key"], field="support", index=0, by="王五")
    entry = json.loads((server.folder / "corrections.jsonl").read_text("utf-8").splitlines()[-1])
    assert (entry["op"], entry["by"], entry["circular"], entry["item"]) == ("delete", "王五", ID, item["key"])
    assert entry["time"].endswith("Z")
    assert entry["before"]["text"] == item["supporting_departments"][0]["text"]


def test_a_source_that_changed_since_is_said_and_its_values_stay(tmp_path: Path) -> None:
    """An archive is served whose plain texts lie elsewhere."""
    source = tmp_path / "收文" / SAMPLE.name
    source.parent.mkdir()
    source.write_bytes(SAMPLE.read_bytes())
    results = tmp_path / "结果"
    assert run(["batch", str(source), "--out", str(results), "--workers", "1"]) == 0
    with serving(results) as archive:
        items = archive.client.get(URL).json()["items"]
        assert archive.client.get(f"/circulars/{ID}").status_code == 200
        source.write_bytes(SAMPLE.read_bytes() + b"\n")
        assert archive.client.get(URL).json()["items"] == items
        for answer in (
            archive.client.get(f"/circulars/{ID}"),
            archive.client.post(f"{URL}/corrections", json={"op": "join", "item": items[0]["key"]}),
        ):
            assert answer.status_code == 409
            assert "已改动" in answer.json()["detail"]
        archive.upload(source)
        assert archive.client.get(f"/circulars/{ID}").status_code == 200
