"""`circulars serve` as another program sees it: a real process, asked over HTTP."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import jsonschema
import pytest

from pipeline.__main__ import run
from pipeline.writers import FORMATS
from pipeline.writers.json import schema
from tests.formats import portal
from tests.generator import circulars
from tests.serving import ROOT, SAMPLE, Server, serving

ID = "青总办-2021-15"
AT_ONCE = 50


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("web")) as running:
        yield running


@pytest.fixture(scope="module")
def sample(server: Server) -> dict[str, Any]:
    """The sample, parsed by the server."""
    answer = server.upload(SAMPLE)
    assert answer.status_code == 200
    (circular,) = answer.json()["circulars"]
    return dict(circular)


def command_line(*paths: Path) -> bytes:
    command = [sys.executable, "-m", "pipeline", "parse", *map(str, paths), "--format", "json", "--out", "-"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout


def problem(answer: httpx.Response, status: int) -> str:
    """The detail of a problem, whose shape is checked."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == status
    assert any("\u4e00" <= char <= "\u9fff" for char in body["title"] + body["detail"])
    return str(body["detail"])


def test_an_answer_is_the_command_line_s_to_the_character(server: Server) -> None:
    said = command_line(SAMPLE).rstrip(b"\n")
    assert server.upload(SAMPLE).content == b'{"circulars": [' + said + b"]}"


def test_many_at_once_are_answered_like_the_command_line(server: Server, tmp_path: Path) -> None:
    paths = [tmp_path / f"公文{number}.txt" for number in range(AT_ONCE)]
    for path, made in zip(paths, circulars(AT_ONCE, seed=8), strict=True):
        path.write_text(made.text, "utf-8")
    said = command_line(*paths)
    with ThreadPoolExecutor(AT_ONCE) as clients:
        answers = list(clients.map(server.upload, paths))
    assert {answer.status_code for answer in answers} == {200}
    each = [answer.content.removeprefix(b'{"circulars": [').removesuffix(b"]}") for answer in answers]
    assert b"\n".join(each) + b"\n" == said
    stored = {row["id"] for row in server.client.get("/api/circulars").json()}
    assert {answer.json()["circulars"][0]["id"] for answer in answers} <= stored


def test_text_is_parsed_under_its_name(server: Server) -> None:
    text = SAMPLE.read_text("utf-8").replace("〔2021〕15号", "〔2021〕16号")
    answer = server.client.post("/api/parse", json={"text": text, "name": "粘贴.txt"})
    (circular,) = answer.json()["circulars"]
    assert (circular["id"], circular["source"]["name"]) == ("青总办-2021-16", "粘贴.txt")


def test_other_formats_keep_the_text_that_spans_point_into(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "网页.html"
    path.write_bytes(portal(SAMPLE.read_text("utf-8").replace("〔2021〕15号", "〔2021〕17号")))
    (circular,) = server.upload(path).json()["circulars"]
    assert circular["source"]["text_file"] == "网页.source.txt"
    kept = server.client.get(f"/api/circulars/{circular['id']}").json()
    text = (server.folder / kept["source"]["text_file"]).read_text("utf-8")
    item = next(item for item in kept["items"] if item["lead_departments"])
    assert text[slice(*item["lead_departments"][0]["span"])] == item["lead_departments"][0]["text"]
    assert circular["items"] == kept["items"]


def test_what_cannot_be_read_stands_beside_what_can(server: Server, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    answer = server.upload(SAMPLE, tmp_path / "空.txt").json()
    assert len(answer["circulars"]) == 1
    assert answer["unread"] == ["空.txt：是空文件（0 字节）；请检查文件是否完整"]
    assert "空.txt" in problem(server.upload(tmp_path / "空.txt"), 422)


def test_an_archive_gives_all_that_it_holds(server: Server) -> None:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for number, made in enumerate(circulars(3, seed=3)):
            archive.writestr(f"{number}.txt", made.text)
    answer = server.client.post("/api/parse", files={"file": ("三份.zip", held.getvalue())})
    assert len(answer.json()["circulars"]) == 3


def test_of_two_versions_the_one_given_last_is_shown(server: Server, tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8").replace("〔2021〕15号", "〔2021〕18号")
    for number, content in enumerate((text, text.replace("4月份", "5月份"), text)):
        (tmp_path / f"第{number}版.txt").write_text(content, "utf-8")
        (circular,) = server.upload(tmp_path / f"第{number}版.txt").json()["circulars"]
        shown = server.client.get(f"/api/circulars/{circular['id']}").json()
        assert shown["items"] == circular["items"]
        assert shown["source"]["name"] == f"第{number}版.txt"


def test_circulars_are_listed(server: Server, sample: dict[str, Any]) -> None:
    rows = {row["id"]: row for row in server.client.get("/api/circulars").json()}
    assert rows[ID] == {
        "id": ID,
        "title": sample["title"],
        "doc_number": "青总办〔2021〕15号",
        "items": len(sample["items"]),
        "tasks": sum(item["is_task"] for item in sample["items"]),
        "issues": len(sample["issues"]),
        "source": SAMPLE.name,
    }
    found = server.client.get(f"/api/circulars/{ID}").json()
    jsonschema.validate(found, schema())
    assert found["items"] == sample["items"]
    problem(server.client.get("/api/circulars/没有"), 404)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"department": "宣教部", "role": "lead"}, lambda item: "宣教部" in str(item["lead_departments"])),
        ({"role": "support"}, lambda item: item["supporting_departments"]),
        ({"due_to": "2021-05-31"}, lambda item: (due(item) or "9") <= "2021-05-31"),
        (
            {"due_from": "2021-06-01", "due_to": "2021-06-30"},
            lambda item: (due(item) or "").startswith("2021-06"),
        ),
        ({"text": "劳模"}, lambda item: "劳模" in item["title"] + item["text"]),
        ({}, lambda item: True),
    ],
)
def test_items_are_found(
    server: Server, sample: dict[str, Any], query: dict[str, str], expected: Any
) -> None:
    found = server.client.get("/api/items", params=query | {"circular": ID}).json()
    assert [item.pop("circular") for item in found] == [ID] * len(found)
    wanted = [item for item in sample["items"] if expected(item)]
    assert wanted
    assert found == wanted


def due(item: dict[str, Any]) -> str | None:
    return next((limit["end"] for limit in item["time_limits"] if limit["main"]), None)


def test_a_filter_with_a_wrong_value_is_a_problem(server: Server) -> None:
    assert "due_from" in problem(server.client.get("/api/items", params={"due_from": "明天"}), 422)
    problem(server.client.get("/api/items", params={"role": "boss"}), 422)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_exported(server: Server, sample: dict[str, Any], form: str) -> None:
    answer = server.client.get("/api/export", params={"format": form, "circular": ID})
    assert answer.status_code == 200
    assert answer.content
    assert FORMATS[form].suffix in answer.headers["content-disposition"]
    problem(server.client.get("/api/export", params={"format": "exe"}), 422)


def test_schema_openapi_and_health(server: Server) -> None:
    assert server.client.get("/api/schema").json() == schema()
    described = server.client.get("/api/openapi.json").json()
    assert {"/api/parse", "/api/circulars", "/api/items", "/api/export"} <= described["paths"].keys()
    assert server.client.get("/health").json() == {"status": "ok"}
    problem(server.client.get("/docs"), 404)
    problem(server.client.delete("/api/circulars"), 405)


def test_the_pages_are_there_and_load_nothing_from_elsewhere(server: Server, sample: dict[str, Any]) -> None:
    for path in ("/", f"/circulars/{ID}"):
        answer = server.client.get(path)
        assert answer.status_code == 200
        assert "http://" not in answer.text.replace("http://www.w3.org/", "")
        assert answer.headers["cache-control"] == "no-store"
    assert server.client.get("/static/page.css").headers["content-type"].startswith("text/css")


def test_sigterm_ends_it_in_order_and_what_was_parsed_is_kept(tmp_path: Path) -> None:
    long = tmp_path / "长.txt"
    long.write_text(SAMPLE.read_text("utf-8") * 50, "utf-8")
    with serving(tmp_path) as running, ThreadPoolExecutor(1) as client:
        running.upload(SAMPLE)
        last = client.submit(running.upload, long)
        time.sleep(0.2)
        assert not last.done()
        running.process.send_signal(signal.SIGTERM)
        assert last.result().status_code == 200
        said = running.process.communicate(timeout=20)[1]
        assert running.process.returncode == 0
        assert said.strip() == "已停止"
    with serving(tmp_path) as again:
        rows = again.client.get("/api/circulars").json()
        assert [row["source"] for row in rows if row["id"] == ID] == [long.name]


def test_a_port_that_is_taken_is_one_line(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = server.url.rstrip("/").rpartition(":")[2]
    assert run(["serve", "--store", str(tmp_path), "--port", port]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--port" in said


@pytest.mark.parametrize(
    "options",
    [["--host", "0.0.0.0"], ["--token", "short"], ["--token", "有空格的 token 不行"], ["--port", "99999"]],
)
def test_wrong_usage_is_said(options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--store", str(tmp_path), *options]) == 2
    assert ("--port" if "--port" in options else "--token") in capsys.readouterr().err


def test_the_json_of_a_problem_is_utf8(server: Server) -> None:
    answer = server.client.get("/api/nothing")
    assert json.loads(answer.content.decode("utf-8"))["title"] == "没有找到"
