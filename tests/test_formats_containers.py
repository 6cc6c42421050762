"""Mails and archives: what lies in them is read like files, each under its own name; trouble costs one line each."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.readers import Limits, Unreadable, sources
from pipeline.run import parse
from schemas.text import Source
from tests import formats, samples
from tests.test_formats_office import differences

NOTICE = (
    "关于做好防汛工作的通知\n各县人民政府：\n一、排查隐患。牵头单位：市水务局；完成时限：6月底前。\n".encode()
)


def opened(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> list[Source | Unreadable]:
    path = folder / name
    path.write_bytes(data)
    return list(sources(str(path), limits))


def told(found: list[Source | Unreadable]) -> list[str]:
    """Names of what was read, lines of what was not."""
    return [str(one) if isinstance(one, Unreadable) else one.name for one in found]


def sample(name: str) -> bytes:
    return (samples.FOLDER / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("wrap", [formats.archive, lambda files: formats.mail("请查收。", files)])
def test_members_give_the_items_of_the_text(wrap: formats.Wrap, tmp_path: Path) -> None:
    found = opened(tmp_path, "材料.bin", wrap({f"{name}.txt": sample(name) for name in samples.NAMES}))
    read = [one for one in found if isinstance(one, Source) and "正文" not in one.name]
    assert len(read) == len(samples.NAMES)
    for source, name in zip(read, samples.NAMES, strict=True):
        assert source.name == f"材料.bin/{name}.txt"
        assert source.text_file == f"{name}.source.txt"
        assert not differences(source, samples.circular(name))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-unmarked"])
def test_names_as_they_were_typed(encoding: str, tmp_path: Path) -> None:
    data = formats.archive({"市政府/通知（终稿）.txt": NOTICE}, encoding.removesuffix("-unmarked"))
    if encoding == "utf-8-unmarked":
        data = formats.archive({"市政府/通知（终稿）.txt": NOTICE}, "UTF-8")
    assert told(opened(tmp_path, "a.zip", data)) == ["a.zip/市政府/通知（终稿）.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\a\\..\\b.txt", "C:/b.txt"),
        ("a\x1b[31m.txt", "a_[31m.txt"),
    ],
)
def test_names_that_point_elsewhere_stay_inside(name: str, shown: str, tmp_path: Path) -> None:
    assert told(opened(tmp_path, "a.zip", formats.archive({name: NOTICE}))) == [f"a.zip/{shown}"]


def test_results_of_members_are_numbered_and_stay_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(
        formats.archive({"../../../x.txt": NOTICE, "b.txt": sample("fullwidth")})
    )
    assert run(["parse", str(tmp_path / "in.zip"), "--out", str(tmp_path / "out"), "--format", "json"]) == 0
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert written == ["in.zip", *(f"out/in__{n}.{end}" for n in (1, 2) for end in ("json", "source.txt"))]


def test_nested_archives_and_mails(tmp_path: Path) -> None:
    inner = formats.archive({"内/通知.txt": NOTICE})
    data = formats.archive({"信.eml": formats.mail("一、排查隐患。", {"包.zip": inner})})
    assert told(opened(tmp_path, "a.zip", data)) == [
        "a.zip/信.eml/正文.html",
        "a.zip/信.eml/包.zip/内/通知.txt",
    ]


def test_what_programs_leave_behind_is_no_member(tmp_path: Path) -> None:
    left = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "~$a.docx": b"x", "a/Thumbs.db": b"x"}
    assert told(opened(tmp_path, "a.zip", formats.archive({**left, "a/": b"", "a/通知.txt": NOTICE}))) == [
        "a.zip/a/通知.txt"
    ]


def test_each_unreadable_member_gets_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    files = {
        "空.txt": b"",
        "图.gif": b"GIF89a..",
        "包.7z": b"7z\xbc\xaf\x27\x1c",
        "坏.zip": b"PK\x03\x04",
        "好.txt": NOTICE,
    }
    found = told(opened(tmp_path, "a.zip", formats.archive(files)))
    assert [line.partition("：")[0] for line in found] == [
        "空.txt",
        "图.gif",
        "包.7z",
        "坏.zip",
        "a.zip/好.txt",
    ]
    assert "请先解压" in found[2]


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("a.txt", NOTICE)
        made.writestr("b.txt", NOTICE)
    data = bytearray(stream.getvalue())
    data[60] ^= 0xFF
    assert told(opened(tmp_path, "a.zip", bytes(data)))[1:] == ["a.zip/b.txt"]
    assert "已损坏" in told(opened(tmp_path, "a.zip", bytes(data)))[0]


def test_a_mail_is_titled_by_its_subject(tmp_path: Path) -> None:
    words = "各县人民政府：\n一、排查隐患。牵头单位：市水务局；完成时限：6月底前。"
    data = formats.mail(words, {}, subject="Fw: 回复：关于做好防汛工作的通知")
    (source,) = opened(tmp_path, "a.eml", data)
    assert isinstance(source, Source)
    (circular,) = parse(source)
    assert circular.title == "关于做好防汛工作的通知"
    assert [unit.text for unit in circular.items[0].lead_departments] == ["市水务局"]


@pytest.mark.parametrize(
    "header",
    [
        '; filename="=?gb2312?B?zajWqi50eHQ=?="',
        "; filename*=gb18030''%CD%A8%D6%AA.txt",
        "; filename*0*=utf-8''%E9%80%9A; filename*1*=%E7%9F%A5.txt",
        '; filename="通知.txt"',
        '; filename="..\\..\\a/=?utf-8?b?6YCa55+l?=.txt"',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_of_attachments(header: str, encoding: str, tmp_path: Path) -> None:
    head = "From: a@b.example\nTo: b@b.example\nSubject: x\nMIME-Version: 1.0\n"
    data = f"{head}Content-Disposition: attachment{header}\n\n".encode(encoding) + NOTICE
    assert told(opened(tmp_path, "a.eml", data)) == ["a.eml/通知.txt"]


def test_pictures_in_the_text_are_no_attachments_and_attached_mails_are_opened(tmp_path: Path) -> None:
    inner = formats.mail("附信正文", {"通知.txt": NOTICE})
    head = b"From: a@b.example\nTo: b@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=z\n\n"
    picture = b"--z\nContent-Type: image/png; name=a.png\nContent-ID: <1>\n\n\x89PNG\n"
    letter = b"--z\nContent-Type: message/rfc822\n\n" + inner + b"\n--z--\n"
    found = told(opened(tmp_path, "a.eml", head + b"--z\nContent-Type: text/plain\n\nx\n" + picture + letter))
    assert found == ["a.eml/正文.txt", "a.eml/附件3.eml/正文.html", "a.eml/附件3.eml/通知.txt"]


def test_containers_without_anything(tmp_path: Path) -> None:
    assert opened(tmp_path, "a.zip", formats.archive({})) == []
    assert run(["parse", str(tmp_path / "a.zip"), "--out", "-", "--format", "json"]) == 1
