"""What a workbook says of its sheets: names, which are hidden, shared strings, formats of numbers."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from pipeline.readers.archive import Archive
from pipeline.readers.errors import Unreadable
from pipeline.readers.excel.numbers import BUILTIN
from pipeline.readers.excel.sheet import Values, forget, words
from pipeline.readers.word.xml import document, number, stream

_MAIN = "xl/workbook.xml"
_INCOMPLETE = "是 Excel 文件，但里面没有可读的工作簿（xl/workbook.xml）；请在 Excel 或 WPS 中另存为 xlsx 再试"


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of the workbook: its name and the part that holds its cells."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """A package read as a workbook; `Unreadable` where it is none."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = next(iter(self._related("_rels/.rels", "", "officeDocument").values()), _MAIN)
        if main not in archive:
            raise Unreadable(_INCOMPLETE)
        self._root = document(archive.read(main), main)
        folder, base = posixpath.split(main)
        self._rels, self._folder = f"{folder}/_rels/{base}.rels", folder
        parts = self._related(self._rels, folder, "worksheet")
        self.sheets = [
            Tab(one.get("name", ""), parts[link], one.get("state", "visible") != "visible")
            for one in self._root.iter("{*}sheet")
            for link in (_link(one),)
            if parts.get(link, "") in archive
        ]

    def values(self) -> Values:
        """What the cells of all sheets refer to."""
        settings = next(self._root.iter("{*}workbookPr"), None)
        mac = settings is not None and settings.get("date1904") in ("1", "true")
        strings: list[str] = []
        for part in self._related(self._rels, self._folder, "sharedStrings").values():
            strings += self._strings(part) if part in self.archive else ()
        for part in self._related(self._rels, self._folder, "styles").values():
            if part in self.archive:
                return Values(strings, _codes(document(self.archive.read(part), part)), mac)
        return Values(strings, [], mac)

    def _strings(self, part: str) -> list[str]:
        found = []
        with self.archive.open(part) as opened:
            for _, element in stream(opened, part, ("{*}si",), ("end",)):
                found.append(words(element))
                forget(element)
        return found

    def _related(self, part: str, folder: str, kind: str) -> dict[str, str]:
        """The parts inside the package that a part refers to as `kind`, by id."""
        if part not in self.archive:
            return {}
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip(
                "/"
            )
            for one in document(self.archive.read(part), part)
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External"
        }


def _link(sheet: etree._Element) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _codes(styles: etree._Element) -> list[str]:
    """The format code of every style that a cell may name."""
    codes = dict(BUILTIN)
    codes.update(
        (number(one.get("numFmtId"), 0), one.get("formatCode", "")) for one in styles.iter("{*}numFmt")
    )
    formats = next(styles.iter("{*}cellXfs"), None)
    return [codes.get(number(one.get("numFmtId"), 0), "") for one in (formats if formats is not None else ())]
