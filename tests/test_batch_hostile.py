"""An archive of which one file in twenty is bad: each costs itself, and its line says why."""

from pathlib import Path

from tests import formats
from tests.archives import CRASH, DEFECT, HANG, batch, generated, manifest, published
from tests.test_hostile_formats import NOTICE, bomb, nested
from tests.test_hostile_office import locked, stream

# name: content, status, a word of the reason
BAD: dict[str, tuple[bytes, str, str]] = {
    "crash.txt": (CRASH.encode(), "quarantined", "进程两次异常退出"),
    "hang.txt": (HANG.encode(), "quarantined", "时间上限 4 秒"),
    "defect.txt": (DEFECT.encode(), "failed", "RuntimeError"),
    "empty.txt": (b"", "failed", "空文件"),
    "blank.txt": (" \n\u3000\n".encode(), "failed", "只有空白"),
    "bomb.zip": (bomb(), "failed", "压缩炸弹"),
    "deep.zip": (nested(5), "failed", "套了 3 层以上"),
    "locked.zip": (locked(formats.archive({"a.txt": NOTICE})), "failed", "有密码"),
    "cut.zip": (formats.archive({"a.txt": NOTICE})[:-30], "failed", "已损坏或被截断"),
    "half.zip": (formats.archive({"a.txt": NOTICE, "b.txt": b""}), "partial", "b.txt：是空文件"),
    "secret.docx": (stream("EncryptedPackage"), "failed", "去掉密码"),
    "old.rar": (b"Rar!\x1a\x07\x00" + bytes(100), "failed", "先解压"),
}


def test_one_file_in_twenty_is_bad(tmp_path: Path) -> None:
    archive, out = generated(tmp_path / "in", 19 * len(BAD)), tmp_path / "out"
    for name, (data, _, _) in BAD.items():
        (archive / name).write_bytes(data)
    limits = ["--limit-seconds", "4", "--limit-mb", "1"]
    done = batch(archive, "--out", out, *limits, trapped=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    bad = {Path(entry["path"]).name: entry for entry in manifest(out) if entry["status"] != "ok"}
    assert {name: entry["status"] for name, entry in bad.items()} == {
        name: status for name, (_, status, _) in BAD.items()
    }
    for name, (_, _, reason) in BAD.items():
        assert reason in bad[name]["error"]
    assert len(published(out)) == 19 * len(BAD) + 1
    assert len(manifest(out)) == 20 * len(BAD)
