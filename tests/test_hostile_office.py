"""Office files that mean harm or came to harm: one line that says what to do, nothing fetched, run or left behind."""

import contextlib
import io
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.guard import guard
from pipeline.readers import Limits, Unreadable, read, word
from pipeline.readers.look import OLE
from pipeline.readers.office import convert
from pipeline.run import parse
from tests.packages import STRICT, extended, p, package, part

BODY = p("关于做好防汛工作的通知") + p("一、排查隐患。由市水务局牵头，6月底前完成。")
LAUGHS = '<!DOCTYPE a [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'


def zipped(**parts: str | bytes) -> bytes:
    """A package whose only parts are these; `__` stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, inside in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", inside)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """The same zip with the flag of a password on every member."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(changed)


def stream(name: str) -> bytes:
    return OLE + bytes(504) + name.encode("utf-16-le") + bytes(64)


def old_word(flags: int) -> bytes:
    return OLE + bytes(504) + b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little") + stream("WordDocument")


def with_dtd(dtd: str) -> str:
    return part("document", f"<w:body>{p('&b;' if 'ENTITY' in dtd else '甲')}</w:body>").replace(
        "<w:", dtd + "<w:", 1
    )


DEEP = "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000
WRONG: dict[str, tuple[bytes, str]] = {
    "encrypted": (stream("EncryptedPackage"), "去掉密码"),
    "encrypted doc": (old_word(0x0100), "有密码"),
    "locked zip": (locked(package(BODY)), "有密码"),
    "cut in half": (package(BODY)[:400], "压缩结构已损坏"),
    "cut xml": (zipped(word__document=part("document", BODY)[:-40]), "已损坏"),
    "no xml": (zipped(word__document=b"\0\1\2"), "已损坏"),
    "empty xml": (zipped(word__document=b""), "已损坏"),
    "no document": (zipped(word__other="<a/>"), "没有正文"),
    "nothing in it": (package(p("")), "只有空白"),
    "billion laughs": (zipped(word__document=with_dtd(LAUGHS)), "DTD"),
    "external entity": (zipped(word__document=with_dtd(OUTSIDE)), "DTD"),
    "remote dtd": (zipped(word__document=with_dtd(REMOTE)), "DTD"),
    "entities in styles": (extended(package(BODY), {"word/styles.xml": with_dtd(LAUGHS)}), "DTD"),
    "entities in relations": (extended(package(BODY), {"_rels/.rels": with_dtd(OUTSIDE)}), "DTD"),
    "deep": (package(p(DEEP)), "已损坏"),
    "bomb": (extended(package(BODY), {"word/media/a.bin": bytes(11_000_000)}), "上限 10 MB"),
    "small bomb": (extended(package(BODY), {"word/media/a.bin": bytes(5_000_000)}), "上限 200 倍"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_one_line_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    data, complaint = WRONG[name]
    path = tmp_path / "通知.docx"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=complaint) as wrong:
        read(str(path), Limits(megabytes=1))
    assert "\n" not in str(wrong.value)
    assert "；" in str(wrong.value)
    assert [found.name for found in tmp_path.iterdir()] == ["通知.docx"]


@pytest.mark.parametrize("cut", range(0, 1000, 37))
def test_a_document_cut_anywhere_is_read_or_refused(cut: int) -> None:
    data = package(BODY, numbering="", styles="")
    for changed in (data[:cut], data[:cut] + bytes(8) + data[cut + 8 :]):
        with contextlib.suppress(Unreadable):
            assert "防汛" in word.read("通知.docx", changed, Limits()).raw


def test_names_that_climb_out_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = extended(package(BODY), {"../../evil.txt": "x", "/etc/evil": "x", "word\\..\\..\\evil": "x"})
    assert "排查隐患" in word.read("通知.docx", data, Limits()).raw
    target = '<Relationships><Relationship Type="x/officeDocument" Target="../../../etc/hostname"/></Relationships>'
    with pytest.raises(Unreadable, match="没有正文"):
        word.read("通知.docx", extended(package(BODY), {"_rels/.rels": target}), Limits())
    assert not list(tmp_path.iterdir())


def test_macros_are_named_and_not_run(tmp_path: Path) -> None:
    path = tmp_path / "通知.docm"
    path.write_bytes(extended(package(BODY, STRICT), {"word/vbaProject.bin": stream("VBA")}))
    (circular,) = parse(read(str(path)))
    assert [issue.code for issue in circular.issues if issue.code == "macros"] == ["macros"]
    assert circular.items[0].lead_departments[0].text == "市水务局"


@pytest.mark.timing
def test_a_million_paragraphs_stay_within_the_limits() -> None:
    data = package("".join([f"<w:p><w:r><w:t>第{count}段</w:t></w:r></w:p>" for count in range(1_000_000)]))
    with guard(Limits()):
        assert word.read("通知.docx", data, Limits()).raw.count("\n") == 1_000_000


Fake = Callable[[str], Path]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a program in LibreOffice's place; without words there is none. Returns the folder for temporary files."""

    def put(script: str) -> Path:
        folder, programs = tmp_path / "temporary", tmp_path / "bin"
        folder.mkdir()
        programs.mkdir()
        if script:
            program = programs / "soffice"
            program.write_text(f"#!/bin/sh\n{script}\n", "ascii")
            program.chmod(0o755)
        monkeypatch.setenv("PATH", str(programs) if not script else f"{programs}:/usr/bin:/bin")
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        return folder

    return put


def test_without_libreoffice_one_line_says_what_to_install(office: Fake, tmp_path: Path) -> None:
    office("")
    path = tmp_path / "通知.doc"
    path.write_bytes(old_word(0))
    with pytest.raises(Unreadable, match=r"LibreOffice.*libreoffice-writer"):
        read(str(path))


def test_rtf_without_libreoffice_is_read_as_bare_text(office: Fake, tmp_path: Path) -> None:
    office("")
    words = "".join(f"\\'{byte:02x}" for byte in "由市水务局牵头".encode("gbk"))
    path = tmp_path / "通知.txt"
    path.write_text(rf"{{\rtf1\ansi\ansicpg936 {words}\par \u20108?}}", "ascii")
    found = read(str(path))
    assert found.raw.strip() == "由市水务局牵头\n二"
    assert [note.code for note in found.notes] == ["plain_rtf"]
    path.write_text(r"{\rtf1\ansi\ansicpg936 ", "ascii")
    with pytest.raises(Unreadable, match="不完整"):
        read(str(path))


def test_a_program_that_hangs_is_ended_with_all_it_started(office: Fake, tmp_path: Path) -> None:
    folder = office(f"sleep 300 &\necho $! > {tmp_path}/pid\nwait")
    start = time.monotonic()
    with pytest.raises(Unreadable, match="时间上限 1 秒"):
        convert(b"", ".doc", Limits(seconds=1))
    assert time.monotonic() - start < 20
    child = int((tmp_path / "pid").read_text("ascii"))
    assert _is_gone(child)
    assert not list(folder.iterdir())


def _is_gone(process: int) -> bool:
    for _ in range(100):
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text("ascii").split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_alarm_ends_the_program_too(office: Fake) -> None:
    folder = office("sleep 300")
    with pytest.raises(Unreadable, match="时间上限 1 秒"), guard(Limits(seconds=1)):
        convert(b"", ".doc", Limits(seconds=60))
    assert not list(folder.iterdir())


def test_a_program_that_gives_up(office: Fake) -> None:
    folder = office("exit 1")
    with pytest.raises(Unreadable, match="打不开"):
        convert(b"", ".doc", Limits())
    assert not list(folder.iterdir())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs system package libreoffice-writer")
def test_libreoffice_refuses_what_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "通知.doc"
    path.write_bytes(old_word(0))
    with pytest.raises(Unreadable, match=r"打不开|只有空白"):
        read(str(path))
