"""LibreOffice reads for us: what a document asks it to fetch or to run, it neither fetches nor runs."""

import io
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.readers import Unreadable, read

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs system package libreoffice-writer"
)

KIND = "application/vnd.oasis.opendocument.text"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
)
LOADED = (
    '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
    'script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.Main'
    '?language=Basic&amp;location=document"/></office:event-listeners></office:scripts>'
)
LIBRARIES = (
    '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)
LIBRARY = (
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/>'
    "</library:library>"
)
MODULE = (
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">Sub Main\nOpen "{}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub'
    "</script:module>"
)


def odt(body: str, scripts: str = "", **parts: str) -> bytes:
    stream = io.BytesIO()
    kinds = {"/": KIND, "content.xml": "text/xml", **dict.fromkeys(parts, "text/xml")}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"'
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr(
            "content.xml", f"<office:document-content {SPACES}>{scripts}{content}</office:document-content>"
        )
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{entries}</manifest:manifest>")
        for name, inside in parts.items():
            archive.writestr(name, inside)
    return stream.getvalue()


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and what was asked of it."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names that the library looks for

        def log_message(self, *_: object) -> None: ...

    listener = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listener.server_port}/", asked
    listener.shutdown()
    listener.server_close()


def test_nothing_is_fetched(server: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = server
    image = f'<draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:href="{address}a.png" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
    section = f'<text:section text:name="a"><text:section-source xlink:href="{address}b.odt"/><text:p>旧</text:p></text:section>'
    (tmp_path / "通知.odt").write_bytes(odt(f"<text:p>各县教育局：{image}</text:p>{section}"))
    field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}c.png" \\d}}{{\fldrslt}}}}'
    (tmp_path / "通知.rtf").write_text(rf"{{\rtf1\ansi {field} \u21508?\u21439?}}", "ascii")
    assert "各县教育局" in read(str(tmp_path / "通知.odt")).raw
    assert "各县" in read(str(tmp_path / "通知.rtf")).raw
    assert not asked


def test_macros_are_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    parts = {
        "Basic/script-lc.xml": LIBRARIES,
        "Basic/Standard/script-lb.xml": LIBRARY,
        "Basic/Standard/Module1.xml": MODULE.format(mark),
    }
    (tmp_path / "通知.odt").write_bytes(odt("<text:p>各县教育局：</text:p>", LOADED, **parts))
    assert "各县教育局" in read(str(tmp_path / "通知.odt")).raw
    assert not mark.exists()


def test_a_locked_document_is_told(tmp_path: Path) -> None:
    data = odt("<text:p>各县教育局：</text:p>", **{"META-INF/x.xml": "<manifest:encryption-data/>"})
    (tmp_path / "通知.odt").write_bytes(data.replace(b'media-type="text/xml"', b'encryption-data="xx"', 3))
    with pytest.raises(Unreadable):
        read(str(tmp_path / "通知.odt"))
