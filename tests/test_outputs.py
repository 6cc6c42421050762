"""Names of results, whose results are replaced, and that none is ever half written."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.outputs import Folder, stems
from pipeline.readers import read
from pipeline.writers import FORMATS, Unwritable
from schemas.circular import Circular
from tests.stubs import RAW, circular, item


def parsed(file: str, count: int = 1, title: str = "排查隐患") -> list[Circular]:
    name, data = Path(file).name, Path(file).read_bytes()
    return [circular(item(title=title), name=name, data=data) for _ in range(count)]


def notice(path: Path, text: str = "通知一") -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def save(
    folder: Path,
    file: str,
    made: Sequence[Circular] | None = None,
    force: bool = False,
    formats: str = "json csv",
) -> list[str]:
    target = Folder(folder, formats.split(), force)
    return [path.name for path in target.save(file, stems([file])[0], [(read(file), made or parsed(file))])]


def title(path: Path) -> str:
    words: str = json.loads(path.read_text("utf-8"))["items"][0]["title"]
    return words


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["通知.txt"], ["通知"]),
        (["a/通知.txt", "b/方案.txt"], ["通知", "方案"]),
        (["通知.txt", "通知.md"], ["通知.txt", "通知.md"]),
        (["通知", "通知.txt", "附件.txt"], ["通知", "通知.txt", "附件"]),
        (["a/通知.txt", "b/通知.txt"], ["通知.txt", "通知.txt"]),
        (["通知.txt", "./通知.txt"], ["通知", "通知"]),
        (["1.2号.txt", ".txt", "-"], ["1.2号", ".txt", "stdin"]),
    ],
)
def test_names(files: list[str], names: list[str]) -> None:
    assert stems(files) == names


def test_one_circular_and_several(tmp_path: Path) -> None:
    file, out = notice(tmp_path / "通知.txt"), tmp_path / "out"
    assert save(out, file) == ["通知.json", "通知.csv"]
    assert save(out, file, parsed(file, 2), formats="json") == ["通知__1.json", "通知__2.json"]


def test_results_of_the_same_file_are_replaced_even_when_it_changed(tmp_path: Path) -> None:
    file, out = notice(tmp_path / "通知.txt"), tmp_path / "out"
    save(out, file)
    notice(tmp_path / "通知.txt", "通知一，更正")
    save(out, file, parsed(file, title="更正"))
    assert title(out / "通知.json") == "更正"


def test_results_of_the_same_bytes_are_replaced_wherever_they_lie(tmp_path: Path) -> None:
    out = tmp_path / "out"
    save(out, notice(tmp_path / "a" / "通知.txt"))
    moved = notice(tmp_path / "b" / "通知.txt")
    save(out, moved, parsed(moved, title="又"))
    assert title(out / "通知.json") == "又"


@pytest.mark.parametrize("formats", ["json csv", "json", "csv"])
@pytest.mark.parametrize("other", ["b/通知.txt", "通知.md"])
def test_results_of_another_file_need_force(other: str, formats: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    save(out, notice(tmp_path / "a" / "通知.txt"))
    file = notice(tmp_path / other, "通知二")
    before = (out / "通知.json").read_bytes(), (out / "通知.csv").read_bytes()
    with pytest.raises(Unwritable, match="--force"):
        save(out, file, formats=formats)
    assert ((out / "通知.json").read_bytes(), (out / "通知.csv").read_bytes()) == before
    save(out, file, parsed(file, title="覆盖"), force=True)
    assert title(out / "通知.json") == "覆盖"


def test_a_csv_alone_names_its_source(tmp_path: Path) -> None:
    file, other, out = notice(tmp_path / "=通知.txt"), notice(tmp_path / "=通知.md", "二"), tmp_path / "out"
    save(out, file, formats="csv")
    save(out, file, formats="csv")
    with pytest.raises(Unwritable, match="--force"):
        save(out, other, formats="csv")


@pytest.mark.parametrize(
    "held", [b"", b"{", b"[]", b'{"source": []}', b"\xff", b'{"source": {"path": 1}}', b"[" * 9999]
)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_foreign_files_need_force(held: bytes, form: str, tmp_path: Path) -> None:
    file = notice(tmp_path / "通知.txt")
    (tmp_path / f"通知.{form}").write_bytes(held)
    with pytest.raises(Unwritable, match="--force"):
        save(tmp_path, file, formats=form)


FEEDS = [name for name in FORMATS if name not in {"json", "csv"}]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_its_own_name(form: str, tmp_path: Path) -> None:
    file = notice(tmp_path / "通知.txt", RAW)
    assert save(tmp_path / "out", file, formats=f"json {form}")[-1] == f"通知{FORMATS[form].suffix}"
    assert len({made.suffix for made in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_without_its_json_is_replaced_by_the_same_bytes_alone(form: str, tmp_path: Path) -> None:
    file = notice(tmp_path / "通知.txt", RAW)
    (name,) = save(tmp_path, file, formats=form)
    assert save(tmp_path, file, formats=form) == [name]
    (tmp_path / name).write_bytes(b"the user's own")
    with pytest.raises(Unwritable, match="--force"):
        save(tmp_path, file, formats=form)
    assert (tmp_path / name).read_bytes() == b"the user's own"
    assert save(tmp_path, file, formats=form, force=True) == [name]


@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_beside_its_json_follows_the_corrected_source(form: str, tmp_path: Path) -> None:
    file = notice(tmp_path / "通知.txt", RAW)
    (_, name) = save(tmp_path / "out", file, formats=f"json {form}")
    notice(tmp_path / "通知.txt", RAW + "更正")
    assert save(tmp_path / "out", file, parsed(file, title="更正"), formats=form) == [name]


def test_a_feed_is_not_taken_for_the_result_of_another_file(tmp_path: Path) -> None:
    named, plain = notice(tmp_path / "通知.feishu.txt", RAW), notice(tmp_path / "通知.txt", RAW + "二")
    assert save(tmp_path / "out", named, formats="json") == ["通知.feishu.json"]
    save(tmp_path / "out", plain, formats="json")
    with pytest.raises(Unwritable, match="--force"):
        save(tmp_path / "out", plain, formats="feishu")


def test_the_source_itself_is_never_overwritten(tmp_path: Path) -> None:
    file = notice(tmp_path / "通知.json")
    with pytest.raises(Unwritable, match="覆盖原文件"):
        save(tmp_path, file, force=True)
    assert Path(file).read_text("utf-8") == "通知一"
    report = notice(tmp_path / "报告.md", RAW)
    with pytest.raises(Unwritable, match="覆盖原文件"):
        save(tmp_path, report, force=True, formats="json md")


def test_one_run_does_not_overwrite_itself(tmp_path: Path) -> None:
    files = [notice(tmp_path / "a" / "通知.txt"), notice(tmp_path / "b" / "通知.txt", "通知二")]
    folder = Folder(tmp_path / "out", ["json"], force=True)
    folder.save(files[0], "通知.txt", [(read(files[0]), parsed(files[0]))])
    with pytest.raises(Unwritable, match="本次运行"):
        folder.save(files[1], "通知.txt", [(read(files[1]), parsed(files[1]))])


def test_numbers_that_are_gone_take_their_files_with_them(tmp_path: Path) -> None:
    file, out = notice(tmp_path / "通知.txt"), tmp_path / "out"
    other = notice(tmp_path / "b" / "通知__4.txt", "别的")
    save(out, other)
    save(out, file, parsed(file, 3), formats=" ".join(FORMATS))
    save(out, file, parsed(file, 2))
    assert not list(out.glob("通知__3*"))
    assert sorted(path.name for path in out.glob("通知__[0-9].csv")) == [
        "通知__1.csv",
        "通知__2.csv",
        "通知__4.csv",
    ]
    save(out, file)
    assert not list(out.glob("通知__[123]*"))
    assert sorted(path.name for path in out.iterdir()) == [
        "通知.csv",
        "通知.json",
        "通知__4.csv",
        "通知__4.json",
    ]


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, out = notice(tmp_path / "通知.txt"), tmp_path / "out"
    save(out, file)
    before = (out / "通知.json").read_bytes()

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unwritable, match="写不出结果"):
        save(out, file)
    assert (out / "通知.json").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == ["通知.csv", "通知.json"]


def test_a_folder_where_a_result_should_be(tmp_path: Path) -> None:
    file = notice(tmp_path / "通知.txt")
    (tmp_path / "out" / "通知.json").mkdir(parents=True)
    with pytest.raises(Unwritable, match="是文件夹"):
        save(tmp_path / "out", file, force=True)


def test_the_result_says_where_its_source_lies(tmp_path: Path) -> None:
    save(tmp_path / "out", notice(tmp_path / "通知.txt"))
    source = json.loads((tmp_path / "out" / "通知.json").read_text("utf-8"))["source"]
    assert (tmp_path / "out" / source["path"]).resolve() == (tmp_path / "通知.txt").resolve()
