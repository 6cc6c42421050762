"""Word packages put together by hand, part by part: for what no program would write."""

import io
import zipfile
from collections.abc import Mapping

from pipeline.readers import word
from pipeline.readers.limits import Limits
from schemas.text import Source

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    'xmlns:w="{}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def part(root: str, inside: str, space: str = TRANSITIONAL) -> str:
    return f"<w:{root} {_SPACES.format(space)}>{inside}</w:{root}>"


def package(body: str, space: str = TRANSITIONAL, **others: str) -> bytes:
    """A document with this body; `numbering` and `styles` are wrapped too, other names are whole parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>", space))
        for name, inside in others.items():
            archive.writestr(f"word/{name}.xml", part(name, inside, space))
    return stream.getvalue()


def extended(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The package with further parts."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            archive.writestr(name, inside)
    return stream.getvalue()


def source(body: str, space: str = TRANSITIONAL, **others: str) -> Source:
    return word.read("通知.docx", package(body, space, **others), Limits())


def text(body: str, **others: str) -> str:
    """What is read from a body, without the last line end."""
    return source(body, **others).raw.removesuffix("\n")


def p(inside: str = "", properties: str = "") -> str:
    """A paragraph; words that are no elements become a run."""
    inside = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(words: str) -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r>"


def numbered(words: str, instance: int = 1, level: int | None = 0, style: str = "") -> str:
    depth = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return p(words, f'{named}<w:numPr>{depth}<w:numId w:val="{instance}"/></w:numPr>')
