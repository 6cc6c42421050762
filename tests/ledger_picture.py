"""The ledger's picture for the README: its first page as it is printed, on a fixed day, as a clerk keeps it."""

import datetime as dt
import io
import tempfile
from pathlib import Path

import openpyxl
import pypdfium2
from PIL import Image, ImageChops

from pipeline.writers import render
from tests import samples
from tests.ledgers import FIRST, converted

SAMPLE = "qinghai_2021_15"
DAY = dt.date(2021, 7, 26)  # as if the ledger were opened on this day
STATES = {
    1: "已完成",
    2: "推进中",
    3: "推进中",
    5: "推进中",
    6: "推进中",
    7: "推进中",
    8: "已完成",
}  # entered by then
DOTS, MARGIN, COLOURS = 2.1, 24, 128  # dots a point, white around the picture, colours that are enough


def draw(path: Path) -> None:
    """Write the picture there."""
    book = openpyxl.load_workbook(io.BytesIO(render("xlsx", [samples.circular(SAMPLE)])))
    sheet = book["督办台账"]
    sheet["A3"] = DAY
    for number, state in STATES.items():
        sheet[f"K{FIRST + number - 1}"] = state
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.xlsx"
        book.save(file)
        converted(file, "pdf")
        page = pypdfium2.PdfDocument(file.with_suffix(".pdf").read_bytes())[0]
        picture = page.render(scale=DOTS).to_pil().convert("RGB")
    trimmed(picture).quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def trimmed(picture: Image.Image) -> Image.Image:
    """Without the empty paper around."""
    empty = Image.new("RGB", picture.size, "white")
    left, top, right, bottom = ImageChops.difference(picture, empty).getbbox() or (0, 0, *picture.size)
    return picture.crop((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN))
