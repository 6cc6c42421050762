"""Texts -> OFD documents (GB/T 33190), set as an office's typesetter does: full lines, ruled tables, page numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from xml.sax.saxutils import escape

from tests.formats import archive, blocks, cells

SIZE, LEADING = 5.0, 8.0  # mm
LEFT, TOP, WIDTH, FOOT = 25.0, 25.0, 160.0, 260.0
CONTENT = "Doc_0/Pages/Page_{}/Content.xml"


@dataclass
class Typesetter:
    """Pages while they are set; `y`: where the next line stands."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def text(self, words: str) -> None:
        """Everything, tables as tables."""
        for tabled, lines in blocks(words):
            for line in () if tabled else lines:
                self.paragraph(line.strip(" 　"))
            for row in cells(lines) if tabled else ():
                self.row(row[:1] if not any(row[1:]) else row)

    def paragraph(self, words: str) -> None:
        """Full lines, the first one indented."""
        for line in broken("　　" + words, WIDTH) if words else ():
            self.room(LEADING)
            self.line(line, LEFT)
            self.y += LEADING

    def row(self, row: Sequence[str]) -> None:
        """Cells of one width between ruled lines, as high as the highest."""
        width = WIDTH / len(row)
        held = [broken(words, width - 1.6) for words in row]
        height = LEADING * max(map(len, held)) + 1
        self.room(height)
        for column, lines in enumerate(held):
            left, top = LEFT + column * width, self.y
            self.frame(left, top - 1, width, height)
            for number, line in enumerate(lines):
                self.y = top + number * LEADING
                self.line(line, left + 0.8)
            self.y = top
        self.y += height

    def room(self, height: float) -> None:
        """Turn the page where the next thing does not fit on it."""
        if self.y + height > FOOT:
            self.pages.append([])
            self.y = TOP

    def line(self, line: str, left: float) -> None:
        """A text object with the steps from character to character."""
        words = line.lstrip("　")
        left += SIZE * (len(line) - len(words))
        steps = " ".join(str(size(char)) for char in words[:-1])
        code = f'<ofd:TextCode X="0" Y="{SIZE * 0.86}" DeltaX="{steps}">{escape(words)}</ofd:TextCode>'
        place = f'Boundary="{left} {self.y} {WIDTH} {SIZE}" Font="3" Size="{SIZE}"'
        self.pages[-1].append(f'<ofd:TextObject ID="{len(self.pages[-1])}" {place}>{code}</ofd:TextObject>')

    def frame(self, left: float, top: float, width: float, height: float) -> None:
        """The four sides of a cell."""
        path = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
        drawn = f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData>"
        self.pages[-1].append(
            f'<ofd:PathObject Boundary="{left} {top} {width} {height}" LineWidth="0.3">{drawn}</ofd:PathObject>'
        )

    def save(self, parts: Mapping[str, str | bytes] | None = None) -> bytes:
        """The package; `parts` replace others or stand beside them."""
        listed = ""
        made: dict[str, str | bytes] = {}
        for number, page in enumerate(self.pages):
            listed += f'<ofd:Page ID="{number + 10}" BaseLoc="{CONTENT.format(number)[6:]}"/>'
            made[CONTENT.format(number)] = element(
                "Page", f"<ofd:Content><ofd:Layer>{''.join(page)}</ofd:Layer></ofd:Content>"
            )
        area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        tree = f"<ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
        root = "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        made |= {"OFD.xml": element("OFD", root), "Doc_0/Document.xml": element("Document", tree)}
        return archive(made | dict(parts or {}))


def typeset(text: str) -> Typesetter:
    """The text on pages, their numbers at the foot."""
    setter = Typesetter()
    setter.text(text)
    for number, page in enumerate(setter.pages, 1):
        setter.y = 275
        last, setter.pages[-1] = setter.pages[-1], page
        setter.line(f"— {number} —", 95)
        setter.pages[-1] = last
    return setter


def ofd(*pages: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A document of pages with these words."""
    setter = Typesetter()
    for words in pages:
        setter.text(words)
        setter.y = FOOT
    return setter.save(parts)


def element(name: str, inside: str) -> str:
    space = "http://www.ofdspec.org/2016"
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{space}">{inside}</ofd:{name}>'


def size(char: str) -> float:
    return SIZE / 2 if char < "\u0300" else SIZE


def broken(words: str, width: float) -> list[str]:
    """The words on lines of at most that width."""
    lines = []
    while words:
        ends = accumulate(map(size, words))
        fits = max(sum(end <= width for end in ends), 1)
        lines.append(words[:fits])
        words = words[fits:]
    return lines or [""]
