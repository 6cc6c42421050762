"""The samples as Word, WPS, OpenDocument and RTF files: the same items come out as from the text."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from parsers.normalise import normalise
from pipeline.readers import read
from pipeline.run import parse
from schemas.circular import Circular, Department, Item
from schemas.text import Source
from tests import samples
from tests.rendering import Typist, numbered

OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs system package libreoffice-writer")


@cache
def rendered(name: str, numbers: str = "override") -> bytes:
    """Word breaks the lines itself: whoever types a text in leaves its wraps and page numbers out."""
    source = samples.source(name)
    return Typist(normalise(source).chars if name == "hard_wrapped" else source.raw, numbers).type()


def names(departments: tuple[Department, ...]) -> list[str]:
    return [department.name for department in departments]


def facts(item: Item) -> tuple[object, ...]:
    """What has to be the same in every format: number, title, roles, time limits."""
    units = (item.lead_departments, item.supporting_departments, item.responsible_departments)
    limits = [
        (one.text, one.kind, one.start, one.end, one.recurrence, one.main, one.evidence)
        for one in item.time_limits
    ]
    return item.id, item.number, item.title, *map(names, units), item.open_roles, limits


def differences(source: Source, wanted: Circular) -> list[str]:
    (found,) = parse(source)
    ours, theirs = ([facts(item) for item in circular.items] for circular in (wanted, found))
    head = [
        f"{field}: {getattr(wanted, field)!r} != {getattr(found, field)!r}"
        for field in ("id", "title", "doc_type")
        if getattr(wanted, field) != getattr(found, field)
    ]
    lost = [f"- {fact}" for fact in ours if fact not in theirs]
    return head + lost + [f"+ {fact}" for fact in theirs if fact not in ours]


def file(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("name", samples.NAMES)
def test_word_documents_give_the_items_of_the_text(name: str, tmp_path: Path) -> None:
    source = read(file(tmp_path, f"{name}.docx", rendered(name)))
    assert not differences(source, samples.circular(name))


def test_the_numbers_of_the_rendering_are_not_in_its_text() -> None:
    import docx

    for name in ("qinghai_2021_15", "sentences"):
        typed = Typist(samples.source(name).raw)
        wanted = sum(numbered(line) is not None for line in typed.lines)
        typed.type()
        left = sum(numbered(paragraph.text) is not None for paragraph in typed.document.paragraphs)
        assert isinstance(typed.document, docx.document.Document)
        assert wanted > 10 > left


@OFFICE
@pytest.mark.parametrize(("form", "numbers"), [("doc", "definition"), ("odt", "override"), ("rtf", "typed")])
def test_what_libreoffice_makes_of_them_gives_the_items_of_the_text(
    form: str, numbers: str, tmp_path: Path
) -> None:
    """LibreOffice loses overrides when it writes doc, and Chinese marks of generated numbers when it writes rtf."""
    given = [file(tmp_path, f"{name}.docx", rendered(name, numbers)) for name in samples.NAMES]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(tmp_path), *given]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name in samples.NAMES:
        source = read(str(tmp_path / f"{name}.{form}"))
        assert not differences(source, samples.circular(name)), name
