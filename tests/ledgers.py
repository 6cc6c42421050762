"""Ledgers opened again by openpyxl, and what stands in them as text that a person can read."""

import datetime as dt
import io
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.readers.parts import CALC
from pipeline.writers.ledger.template import Template
from pipeline.writers.xlsx import render
from schemas.circular import Circular

SHEETS = ["督办台账", "按单位", "提示", "其他条目", "来源公文"]
HEAD, FIRST = 4, 5  # rows of the first sheet, from 1
OFFICE = pytest.mark.skipif(not CALC.installed, reason="needs system package libreoffice-calc-nogui")


def opened(*circulars: Circular, template: Template | None = None) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(circulars, template)))


def column(sheet: Worksheet, label: str) -> str:
    """The letter of the column with that label."""
    letter: str = head(sheet, label).column_letter
    return letter


def head(sheet: Worksheet, label: str) -> Cell:
    """The cell that holds a label."""
    rows = sheet.iter_rows(max_row=min(HEAD, sheet.max_row))
    (found,) = (cell for row in rows for cell in row if cell.value == label)
    return found


def values(sheet: Worksheet, label: str) -> list[object]:
    """What stands under a label, from the first row below it."""
    return [cell.value for cell in sheet[column(sheet, label)][head(sheet, label).row :]]


def dump(data: bytes) -> str:
    """Every cell that is not empty, sheet by sheet: place, type, value; formulas as such, dates as dates."""
    return "".join(
        f"{line}\n" for sheet in openpyxl.load_workbook(io.BytesIO(data)) for line in _lines(sheet)
    )


def _lines(sheet: Worksheet) -> Iterator[str]:
    yield f"== {sheet.title} {sheet.dimensions}"
    for row in sheet.iter_rows():
        yield from (f"{cell.coordinate}\t{_shown(cell)}" for cell in row if cell.value is not None)


def _shown(cell: Cell) -> str:
    if isinstance(cell.value, dt.datetime):
        implied = " 推定" if cell.font.italic else ""
        return f"date {cell.value:%Y-%m-%d}{implied}"
    kind = {"f": "formula ", "n": "number "}.get(cell.data_type, "")
    return kind + str(cell.value).replace("\\", "\\\\").replace("\n", "\\n")


def converted(path: Path, form: str) -> None:
    """Let LibreOffice write the file anew beside it."""
    import subprocess

    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    program = shutil.which("soffice") or "libreoffice"
    command: Sequence[str] = [
        program,
        "--headless",
        profile,
        "--convert-to",
        form,
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
