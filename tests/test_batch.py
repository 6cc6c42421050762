"""`circulars batch` as a user runs it: what is written, what is redone, what a bad file costs."""

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.archive.documents import fingerprint
from pipeline.archive.engines import local
from pipeline.archive.lanes import settle
from pipeline.archive.shards import count
from pipeline.archive.tasks import Interrupted, Job, Task
from pipeline.archive.version import version
from pipeline.readers import Limits
from tests import formats
from tests.archives import (
    batch,
    command,
    generated,
    manifest,
    published,
    shards,
    start,
    state,
    texts,
    untimed,
)

NOTICE = "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局；完成时限：2021年{}月底前。\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("archive"), 60)


@pytest.fixture(scope="module")
def done(archive: Path) -> Path:
    """The results of one undisturbed run."""
    out = archive.with_name("done")
    assert batch(archive, "--out", out).returncode == 0
    return out


def test_every_file_has_its_line_and_every_circular_leads_back_to_it(archive: Path, done: Path) -> None:
    entries = manifest(done)
    assert len(entries) == 60
    assert {entry["status"] for entry in entries} == {"ok"}
    assert sum(entry["items"] for entry in entries) == sum(len(one["items"]) for one in published(done))
    for entry in entries:
        lines = shards(done)[f"{entry['shard']}.jsonl"][slice(*entry["extent"])].splitlines()
        (one,) = map(json.loads, lines)
        assert one["source"]["sha256"] == entry["sha256"]
        text = (done / one["source"]["path"]).read_bytes().decode("utf-8")
        start, stop = one["issuers"][0]["span"]
        assert "".join(text[start:stop].split()) == "".join(one["issuers"][0]["text"].split())


def test_workers_and_order_change_nothing(archive: Path, done: Path) -> None:
    out = archive.with_name("alone")
    paths = sorted(archive.rglob("*.txt"), reverse=True)
    listed = b"".join(os.fsencode(path) + b"\n" for path in paths)
    assert batch("-", "--out", out, "--workers", "1", given=listed).returncode == 0
    assert state(out) == state(done)


def test_what_is_done_is_not_done_again(archive: Path, done: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.rglob("*.jsonl")}
    assert batch(archive, "--out", done, "--resume").returncode == 0
    assert before.keys() == set(done.rglob("*.jsonl"))
    assert all(before[path] == path.stat().st_mtime_ns for path in before if path.parent != done)


def test_what_changed_is_done_again_and_nothing_else(tmp_path: Path) -> None:
    archive, out = generated(tmp_path / "in", 30), tmp_path / "out"
    batch(archive, "--out", out)
    before = {entry["path"]: entry for entry in manifest(out)}
    changed, _, gone, *_ = sorted(archive.rglob("*.txt"))
    changed.write_text(NOTICE.format(6), "utf-8")
    (archive / "new.txt").write_text(NOTICE.format(7), "utf-8")
    gone.unlink()
    assert batch(archive, "--out", out, "--resume").returncode == 0
    after = {entry["path"]: entry for entry in manifest(out)}
    again = {
        Path(path).name
        for path in after
        if after[path]["milliseconds"] != before.get(path, {}).get("milliseconds")
    }
    assert again == {changed.name, "new.txt"}
    assert f"../in/000/{gone.name}" in after, "what was parsed stays, wherever the file went"
    fresh = tmp_path / "fresh"
    gone.write_bytes(b"x")
    batch(archive, "--out", fresh)
    assert len(published(out)) == len(published(fresh)) == 31


def test_other_options_and_other_sources(tmp_path: Path) -> None:
    archive, out = tmp_path / "in", tmp_path / "out"
    archive.mkdir()
    (archive / "a.txt").write_text(
        "关于做好防汛工作的通知\n一、排查隐患。牵头单位：市水务局；完成时限：6月底前。\n", "utf-8"
    )
    batch(archive, "--out", out)
    batch(archive, "--out", out, "--resume", "--issue-date", "2020-01-02")
    assert published(out)[0]["items"][0]["time_limits"][0]["end"] == "2020-06-30"
    (tmp_path / "b.txt").write_text(NOTICE.format(6), "utf-8")
    refused = batch(tmp_path / "b.txt", "--out", out)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "../in/a.txt" in refused.stderr
    assert batch(tmp_path / "b.txt", "--out", out, "--resume").returncode == 0
    assert [entry["path"] for entry in manifest(out)] == ["../b.txt", "../in/a.txt"]


def test_identical_content_is_parsed_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(NOTICE.format(6), "utf-8")
    out = tmp_path / "out"
    assert batch(tmp_path, "--out", out).returncode == 0
    assert [entry["same_as"] for entry in manifest(out)] == [None, "../a.txt", "../a.txt"]
    assert len(published(out)) == 1


def test_what_is_no_plain_text_has_its_text_beside(tmp_path: Path) -> None:
    notices = {f"{month}月.txt": NOTICE.format(month) for month in range(1, 4)}
    (tmp_path / "many.zip").write_bytes(formats.archive(notices | {"bad.txt": b""}))
    (tmp_path / "page.html").write_bytes(formats.page(NOTICE.format(9)))
    out = tmp_path / "out"
    assert batch(tmp_path / "*.*", "--out", out).returncode == 1
    zipped, page = manifest(out)
    assert (zipped["status"], zipped["circulars"], page["status"]) == ("partial", 3, "ok")
    assert "bad.txt" in zipped["error"]
    for one in published(out):
        text = (out / one["source"]["text_file"]).read_text("utf-8")
        start, stop = one["items"][0]["lead_departments"][0]["span"]
        assert text[start:stop] == "市水务局"
    assert len(texts(out)) == 4


def test_names_in_another_encoding_stay_apart_and_hidden_files_are_none(tmp_path: Path) -> None:
    archive, out = tmp_path / "in", tmp_path / "out"
    archive.mkdir()
    for month, name in enumerate(["通知", "方案"], 1):
        path = os.fsencode(archive) + b"/" + name.encode("gb18030") + b".txt"
        Path(os.fsdecode(path)).write_text(NOTICE.format(month), "utf-8")
    for name in (".notice.txt", "Thumbs.db", "~$通知.docx"):
        (archive / name).write_bytes(b"x")
    for option in ([], ["--resume"]):
        assert batch(archive, "--out", out, *option).returncode == 0
        assert (
            len({entry["path"] for entry in manifest(out)}) == len(manifest(out)) == len(published(out)) == 2
        )


def test_without_room_a_run_ends_in_one_line_and_can_be_resumed(archive: Path, done: Path) -> None:
    out = archive.with_name("full")

    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    full = subprocess.run(
        command("batch", archive, "--out", out, "--store", "none"),
        preexec_fn=cramped,
        capture_output=True,
        check=False,
    )
    said = [line for line in full.stderr.decode().splitlines() if "每秒" not in line]  # but for the progress
    assert (full.returncode, len(said)) == (1, 1)
    assert "结果写不出来" in said[0]
    assert batch(archive, "--out", out, "--resume").returncode == 0
    assert state(out) == state(done)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_what_is_done(number: signal.Signals, tmp_path: Path) -> None:
    archive, out = generated(tmp_path / "in", 300), tmp_path / "out"
    process = start("batch", archive, "--out", out, "--workers", "1", "--store", "none")
    until = time.monotonic() + 60
    while not list(out.glob("manifest/*")) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.decode().splitlines()[-1] == "已停止。已完成的都已保存，加 --resume 可以接着做"
    assert 0 < len(manifest(out)) < 300
    assert len(published(out)) == len(manifest(out))


@pytest.mark.parametrize("early", [False, True])
def test_no_worker_is_left_when_a_run_ends(early: bool, tmp_path: Path) -> None:
    """Python prints a traceback at its own end when a pool is still closing then."""
    one = tmp_path / "one.txt"
    one.write_text(NOTICE.format(6), "utf-8")
    task, before = Task(str(one), str(fingerprint(str(one))), one.name), set(threading.enumerate())
    with pytest.raises(Interrupted) if early else nullcontext(), local(1) as engine:
        (outcome,) = engine.executor.submit(settle, [task], Job(version(), Limits())).result()
        assert outcome.status == "ok"
        if early:
            raise Interrupted("已停止")
    assert (set(threading.enumerate()) - before, multiprocessing.active_children()) == (set(), [])


def test_the_whole_archive_in_one_file_of_a_format(archive: Path, done: Path) -> None:
    out = archive.with_name("ledgers")
    forms = [part for form in ("csv", "jsonl", "doccano") for part in ("--format", form)]
    assert batch(archive, "--out", out, *forms).returncode == 0
    entries = manifest(out)
    every = [json.loads(line) for line in (out / "ledger.jsonl").read_bytes().splitlines()]
    assert [one["source"]["path"] for one in every] == [entry["path"] for entry in entries]
    assert len((out / "ledger.csv").read_text("utf-8-sig").splitlines()) > sum(
        entry["items"] for entry in entries
    )
    first = json.loads((out / "ledger.doccano.jsonl").read_bytes().splitlines()[0])
    assert first["text"] == (out / entries[0]["path"]).read_bytes().decode("utf-8")


def test_nobody_writes_beside_another(archive: Path, tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = batch(archive, "--out", tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "另一个 batch" in refused.stderr


@pytest.mark.parametrize("documents", [0, 1, 7, 16, 17, 2_048, 2_049, 100_000])
def test_shards_are_neither_few_nor_large(documents: int) -> None:
    number = count(documents)
    assert number & (number - 1) == 0
    assert number <= max(documents, 1)
    assert documents / number <= 128
    assert number >= min(16, documents // 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "spark"], "没有引擎 spark"),
        (["--engine", "dask"], "--scheduler"),
        (["--workers", "0"], "不能小于"),
        (["--issue-date", "昨天"], "日期 昨天 不对"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], said: str, archive: Path, tmp_path: Path) -> None:
    wrong = batch(archive, "--out", tmp_path / "out", *arguments)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert said in wrong.stderr


def test_untimed_is_about_timings(done: Path) -> None:
    assert all(entry["milliseconds"] > 0 for entry in manifest(done))
    assert {entry["milliseconds"] for entry in untimed(done)} == {None}
