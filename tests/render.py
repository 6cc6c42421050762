"""A sample written in every format that can be made here: `python -m tests.render samples/tables.txt outputs/formats`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from pipeline.readers import Limits, read
from pipeline.readers.office import convert
from pipeline.readers.parts import CALC, LIBREOFFICE
from tests import formats
from tests.rendering import Typist
from tests.typesetting import typeset

Writer = Callable[[str], bytes]


def ledger(text: str) -> formats.Rows:
    """The tables of a text in one; without any, its lines."""
    tables = [formats.cells(run) for tabled, run in formats.blocks(text) if tabled]
    return tables[0] if tables else [[line] for line in text.splitlines() if line.strip()]


def printed(text: str) -> bytes:
    from tests.printing import pdf

    return pdf(text)


def pictured(text: str) -> bytes:
    """The first page as a scanner sees it."""
    from tests.printing import file, pdf, pictures

    return file(pictures(pdf(text))[:1], "png")


def through(suffix: str) -> Writer:
    """What LibreOffice makes of the Word document."""
    return lambda text: convert(Typist(text).type(), ".docx", Limits(), into=suffix)


WRITERS: Mapping[str, Writer] = {
    "docx": lambda text: Typist(text).type(),
    "html": formats.portal,
    "mht": formats.archived,
    "ofd": lambda text: typeset(text).save(),
    "xlsx": lambda text: formats.workbook(ledger(text)),
    "csv": lambda text: formats.separated(ledger(text)),
    "eml": lambda text: formats.mail("请查收附件。", {"通知.txt": text.encode()}),
    "zip": lambda text: formats.archive({"材料/通知.txt": text.encode()}, "gb18030"),
}
IF_POSSIBLE: tuple[tuple[bool, Mapping[str, Writer]], ...] = (
    (find_spec("reportlab") is not None, {"pdf": printed, "png": pictured}),
    (LIBREOFFICE.installed, {suffix: through(suffix) for suffix in ("doc", "odt", "rtf")}),
    (
        CALC.installed,
        {"xls": lambda text: convert(formats.workbook(ledger(text)), ".xlsx", Limits(), into="xls")},
    ),
)


def render(text: str, name: str, folder: Path) -> list[Path]:
    """Write the text in all formats; where the files lie."""
    folder.mkdir(parents=True, exist_ok=True)
    writers = dict(WRITERS)
    for possible, more in IF_POSSIBLE:
        writers |= more if possible else {}
    paths = {folder / f"{name}.{suffix}": write for suffix, write in writers.items()}
    for path, write in paths.items():
        path.write_bytes(write(text))
    return [*paths]


if __name__ == "__main__":
    given, into = sys.argv[1:]
    for made in render(read(given).raw, Path(given).stem, Path(into)):
        sys.stdout.write(f"{made}\n")
