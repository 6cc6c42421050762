"""A workbook in memory: styles, cells that stay what they are, pages as an office prints them.

The same input gives the same bytes: no clock is read, the date of creation is a fixed one.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.writers import Unwritable
from pipeline.writers.csv import defuse
from pipeline.writers.ledger.cells import fit, legible

_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a file format without time zones
_MOST_ROWS = 1_048_576
_A4 = 9
_LINE, _MOST_LINES = 13, 31  # points, and how many lines of them Excel gives to a row
_LONG, _LONGEST = (
    40,
    64,
)  # width of the columns for long texts, and to what they grow where a row would be too high
_MOST_SEEN = 6_000  # characters that fill the highest row of the widest column
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
DATE = {"num_format": "yyyy-mm-dd", "align": "center"}
CENTRE = {"align": "center"}
BOX = {"border": 1, "border_color": "#7F7F7F"}
HEAD = {**BOX, "font_name": "黑体", "align": "center", "bg_color": "#E7E6E6"}
LINK = {"align": "center", "font_color": "#0563C1", "underline": 1}


Known = str | int | dt.date


class Formula(NamedTuple):
    """A formula and what to show until it is computed."""

    text: str
    shown: Known = ""


class Cut(NamedTuple):
    """A cell that could not hold all of its text: where it stands and what was done."""

    sheet: str
    row: int
    message: str


Cell = Known | Formula | None


class _Page(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet that takes formulas as they are: looking for functions newer than Excel 2010 took most of the time."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


@dataclass
class Book:
    """A workbook; `cuts`: what its cells could not hold."""

    stream: io.BytesIO = field(default_factory=io.BytesIO)
    cuts: list[Cut] = field(default_factory=list)
    styles: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.file: Workbook = Workbook(self.stream, {"in_memory": True})
        self.file.set_properties({"created": _CREATED})

    def sheet(self, name: str, labels: Sequence[str]) -> Sheet:
        """A new sheet behind the others; `labels`: the names of its columns."""
        return Sheet(self, name, labels, self.file.add_worksheet(name, worksheet_class=_Page))

    def style(self, **properties: Any) -> Format:
        """The format with these properties beside those that all cells share."""
        key = tuple(properties.items())
        if key not in self.styles:
            self.styles[key] = self.file.add_format(_FONT | properties)
        return self.styles[key]

    def save(self) -> bytes:
        """The whole file."""
        self.file.close()
        return self.stream.getvalue()


@dataclass
class Sheet:
    """A sheet that is filled cell by cell; its columns and rows then take the measure of its texts."""

    book: Book
    name: str
    labels: Sequence[str]
    page: Worksheet
    texts: list[tuple[int, int, str]] = field(default_factory=list)  # row, column, what stands there

    def put(self, row: int, column: int, value: Cell, **properties: Any) -> None:
        """Write a cell as what it is: text is never run, a date is a date; row and column from 0."""
        if row >= _MOST_ROWS:
            raise Unwritable(f"“{self.name}”超过 {_MOST_ROWS} 行，一张表放不下；请分几次导出")
        match value:
            case str() if value:
                self._text(row, column, value, properties)
            case Formula(text, shown):
                known = (shown - dt.date(1899, 12, 30)).days if isinstance(shown, dt.date) else shown
                self.page.write_formula(row, column, text, self.book.style(**properties), known)
            case dt.date() if value.year < 1900:  # before the first day that a spreadsheet knows
                self._text(row, column, value.isoformat(), properties)
            case dt.date():
                self.page.write_datetime(row, column, value, self.book.style(**properties))
            case int():
                self.page.write_number(row, column, value, self.book.style(**properties))
            case _:
                self.page.write_blank(row, column, None, self.book.style(**properties))

    def _text(self, row: int, column: int, value: str, properties: dict[str, Any]) -> None:
        text, message = fit(legible(value))
        if message:
            self.book.cuts.append(Cut(self.name, row, f"“{self.labels[column]}”{message}"))
        if defuse(text) != text:  # a cell that is edited stays text too
            properties = {**properties, "quote_prefix": True}
        self.texts.append((row, column, text))
        self.page.write_string(row, column, text, self.book.style(**properties))

    def head(self, row: int, last: int) -> None:
        """The names of the columns, kept in sight and on every printed page; `last`: the last row below."""
        for column, label in enumerate(self.labels):
            self.put(row, column, label, **HEAD)
        self.page.freeze_panes(row + 1, 0)
        self.page.autofilter(row, 0, max(last, row), len(self.labels) - 1)
        self.page.repeat_rows(row)

    def measure(self, bounds: Sequence[tuple[float, float]]) -> list[float]:
        """Columns as wide as their texts, within bounds (in half-width characters); rows as high as theirs.

        Heights are written, since not every program finds them on opening; a row that no program can show whole is
        reported.
        """
        columns: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row, column, text in self.texts:
            columns[column].append((row, text[:_MOST_SEEN]))
        lines: dict[int, int] = defaultdict(int)
        made = []
        for at, (least, most) in enumerate(bounds):
            made.append(_wide([text for _, text in columns[at]], least, most))
            self.page.set_column(at, at, made[at])
            for row, text in columns[at]:
                lines[row] = max(lines[row], _lines(text, made[at]))
        for row, count in lines.items():
            self._height(row, count)
        return made

    def _height(self, row: int, lines: int) -> None:
        if lines > _MOST_LINES:
            self.book.cuts.append(Cut(self.name, row, "这一行太长，屏幕和打印只显示得下开头，全文在单元格内"))
        self.page.set_row(row, 4 + _LINE * min(lines, _MOST_LINES))

    def printed(self) -> None:
        """A4 landscape, as wide as the page, numbered pages."""
        self.page.set_paper(_A4)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.center_horizontally()
        self.page.set_footer("&C&9第 &P 页　共 &N 页")


def width(text: str) -> int:
    """In half-width characters, as a Chinese font draws them.

    >>> width("“6月”")
    7
    """
    return len(text.encode("gb18030"))


def _wide(texts: Sequence[str], least: float, most: float) -> float:
    widest = max((width(line) for text in texts for line in text.split("\n")), default=0)
    wide = min(max(widest + 2, least), most)
    while _LONG <= wide < _LONGEST and any(_lines(text, wide) > _MOST_LINES for text in texts):
        wide += 8
    return wide


def _lines(text: str, room: float) -> int:
    """How many lines a text takes in a column; a line may end one character early, for the sake of a comma."""
    return sum(max(1, ceil(width(line) / (room - 1))) for line in text.split("\n"))
