"""What strangers, their pages and their files may try with a running server: it does nothing, and says so."""

import json
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest

from pipeline.server.library import plain
from tests.serving import SAMPLE, Server, serving

TOKEN = "a-long-enough-key-2021"
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u2066"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    limits = ("--limit-mb", "3", "--limit-seconds", "3", "--limit-characters", "2000000")
    with serving(tmp_path_factory.mktemp("web"), *limits) as running:
        running.upload(SAMPLE)
        yield running


@pytest.fixture(autouse=True)
def _still_there(server: Server) -> Iterator[None]:
    yield
    assert server.upload(SAMPLE).status_code == 200


def sent(server: Server, name: str, data: bytes) -> httpx.Response:
    return server.client.post("/api/parse", files={"file": (name, data)})


@pytest.mark.parametrize("path", ["/", "/api/circulars", "/nothing", "/api/schema", "/static/page.css"])
def test_every_answer_forbids_what_it_does_not_need(server: Server, path: str) -> None:
    headers = server.client.get(path).headers
    policy = {part.split()[0]: part.split()[1:] for part in headers["content-security-policy"].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    expected = HEADERS | ({"cache-control": "no-cache"} if "static" in path else {})
    assert {name: headers[name] for name in expected} == expected
    assert "server" not in headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.7",
        "",
        "a@127.0.0.1",
        "[::1",
        "x y",
    ],
)
def test_a_forged_host_is_refused(server: Server, host: str) -> None:
    for path in ("/", "/api/circulars", "/health", "/static/page.css"):
        said = server.raw(f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close")
        assert said.startswith(("HTTP/1.1 421", "HTTP/1.1 400"))
        assert "青总办" not in said


def test_without_a_host_nothing_is_told(server: Server) -> None:
    assert server.raw("GET / HTTP/1.0").startswith(("HTTP/1.1 421", "HTTP/1.1 400"))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
@pytest.mark.parametrize("path", ["/api/parse", "/api/circulars/青总办-2021-15/undo"])
def test_another_site_s_page_cannot_write(server: Server, headers: dict[str, str], path: str) -> None:
    answer = server.client.post(path, json={"text": "关于开展检查的通知"}, headers=headers)
    assert answer.status_code == 403
    assert "别的网站" in answer.json()["detail"]


def test_another_site_s_page_cannot_read(server: Server) -> None:
    cross = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert server.client.get("/api/circulars", headers=cross).status_code == 403
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert server.client.get("/", headers=link).status_code == 200
    assert "access-control-allow-origin" not in server.client.options("/api/circulars").headers


def test_our_own_page_may_write(server: Server) -> None:
    ours = {"origin": server.url.rstrip("/"), "sec-fetch-site": "same-origin"}
    answer = server.client.post("/api/parse", json={"text": "关于开展检查的通知\n一、自查。"}, headers=ours)
    assert answer.status_code == 200


def test_scripts_in_texts_and_names_stay_words(server: Server) -> None:
    text = f"关于{SCRIPT}的通知\n一、{SCRIPT}自查。牵头单位：{SCRIPT}局；完成时限：6月底前{SCRIPT}\n"
    (circular,) = sent(server, f"{SCRIPT}.txt", text.encode()).json()["circulars"]
    for path in ("/", f"/circulars/{circular['id']}"):
        page = server.client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    missing = server.client.get(f"/circulars/{SCRIPT}", headers={"accept": "text/html"})
    assert missing.status_code == 404
    assert "<script>" not in missing.text


def test_one_line_of_a_megabyte_is_parsed_and_shown(server: Server) -> None:
    text = "关于开展检查的通知。一、自查。" + "各单位要高度重视，" * 110_000
    begun = time.monotonic()
    answer = sent(server, "一行.txt", text.encode())
    assert answer.status_code in {200, 422}
    assert time.monotonic() - begun < 15
    for circular in answer.json().get("circulars", ()):
        assert server.client.get(f"/circulars/{circular['id']}").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "..\\..\\x.txt", "/etc/passwd", "C:\\x.txt", "..", ".", "", "a\0b", "con\n.txt", "～/x", "x" * 5000]
)  # fmt: skip
def test_a_file_name_leads_nowhere(server: Server, name: str) -> None:
    before = {path for path in server.folder.parent.rglob("*") if server.folder not in path.parents}
    answer = server.client.post(
        "/api/parse", json={"text": f"关于检查的通知\n一、自查{len(name)}。", "name": name}
    )
    assert answer.status_code == 200
    after = {path for path in server.folder.parent.rglob("*") if server.folder not in path.parents}
    assert after == before
    uploaded = [path for path in (server.folder / "uploads").rglob("*") if path.is_file()]
    assert all(len(path.relative_to(server.folder / "uploads").parts) == 2 for path in uploaded)


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "..", "", "a/b", "\u202e.txt", ".bashrc", "x" * 999, "a\0"]
)
def test_a_name_is_made_plain(name: str) -> None:
    made = plain(name)
    assert made == Path(made).name
    assert made not in {"", ".", ".."}
    assert not made.startswith(".")
    assert len(made.encode()) < 255
    assert made.isprintable()


@pytest.mark.parametrize(
    "path", ["../view.py", "..%2fview.py", "%2e%2e/view.py", "..%5cview.py", "%00", "a%2f..%2fpage.css", "."]
)
def test_static_files_are_the_page_s_alone(server: Server, path: str) -> None:
    said = server.raw(
        f"GET /static/{path} HTTP/1.1", f"Host: {server.url[7:].rstrip('/')}", "Connection: close"
    )
    assert said.startswith("HTTP/1.1 404")


def test_what_is_too_large_is_refused_before_it_is_read(server: Server) -> None:
    host = f"Host: {server.url[7:].rstrip('/')}"
    said = server.raw(
        "POST /api/parse HTTP/1.1", host, "Content-Length: 99999999999", "Content-Type: application/json"
    )
    assert said.startswith("HTTP/1.1 413")
    assert "3 MB" in said
    piece = b"186A0\r\n" + b"x" * 100_000 + b"\r\n"
    said = server.raw(
        "POST /api/parse HTTP/1.1", host, "Transfer-Encoding: chunked", "Content-Type: application/json",
        body=piece * 41,
    )  # fmt: skip
    assert said.startswith("HTTP/1.1 413")
    answer = sent(server, "大.txt", b"x" * 3_500_000)
    assert (answer.status_code, "3 MB" in answer.json()["detail"]) == (413, True)


def test_who_sends_nothing_is_not_waited_for(server: Server) -> None:
    begun = time.monotonic()
    said = server.raw(
        "POST /api/parse HTTP/1.1", f"Host: {server.url[7:].rstrip('/')}", "Content-Length: 100",
        "Content-Type: application/json", body=b'{"te',
    )  # fmt: skip
    assert said.startswith("HTTP/1.1 408")
    assert time.monotonic() - begun < 8


def test_what_is_no_circular_is_not_kept(server: Server) -> None:
    before = {path for path in server.folder.rglob("*") if path.is_file()}
    assert sent(server, "空白.txt", b" \n ").status_code == 422
    assert {path for path in server.folder.rglob("*") if path.is_file()} == before


def test_bombs_are_refused(server: Server) -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 200_000_000)
    answer = sent(server, "炸弹.zip", held.getvalue())
    assert answer.status_code == 422
    deep = b"[" * 100_000
    headers = {"content-type": "application/json"}
    assert server.client.post("/api/parse", content=deep, headers=headers).status_code == 422
    many = [("file", (f"{number}.txt", b"x")) for number in range(200)]
    assert server.client.post("/api/parse", files=many).status_code == 400
    assert (
        sent(server, "字.txt", ("字" * 300_000 + "a" * 1_100_000).encode() + b"b" * 900_000).status_code
        == 422
    )


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"text": 5}', b'{"text": "\\ud800"}', b"\xff\xfe"])
def test_a_broken_body_is_a_problem(server: Server, body: bytes) -> None:
    answer = server.client.post("/api/parse", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert json.loads(answer.content)["detail"]


def test_a_body_of_another_kind_is_refused(server: Server) -> None:
    assert server.client.post("/api/parse", content=b"x").status_code == 415
    form = {"content-type": "multipart/form-data"}
    assert server.client.post("/api/parse", content=b"x", headers=form).status_code == 400


def test_beyond_this_machine_a_token_is_asked_for(tmp_path: Path) -> None:
    options = ("--host", "0.0.0.0", "--allow-host", "ledger.office.example")
    with (
        serving(tmp_path, *options, token=TOKEN) as running,
        httpx.Client(base_url=running.url, trust_env=False) as stranger,
    ):
        assert running.client.get("/api/circulars").status_code == 200
        assert stranger.get("/health").status_code == 200
        refused = stranger.get("/api/circulars")
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert stranger.get("/api/circulars", headers={"authorization": "Bearer no"}).status_code == 401
        assert stranger.get("/", headers={"accept": "text/html"}).headers["location"] == "/login"
        assert stranger.post("/login", data={"token": "falsch"}).status_code == 401
        assert not stranger.cookies
        entered = stranger.post("/login", data={"token": TOKEN})
        assert entered.status_code == 303
        assert {"HttpOnly", "SameSite=strict"} <= set(entered.headers["set-cookie"].split("; "))
        assert TOKEN not in entered.headers["set-cookie"]
        assert stranger.get("/api/circulars").status_code == 200
        assert stranger.get("/api/circulars", headers={"host": "ledger.office.example"}).status_code == 200
        assert stranger.get("/api/circulars", headers={"host": "evil.example"}).status_code == 421
