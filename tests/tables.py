"""One table in every layout: pipes, tabs, boxes, one cell a line, tags, a page."""

from collections.abc import Callable, Sequence

Cells = Sequence[str]
Table = Sequence[Cells]

HEADINGS = ("序号", "重点任务", "牵头单位", "配合单位", "完成时限")
TABLES: list[Table] = [
    [
        ("修订管理办法", "市财政局", "市审计局", "6月底前"),
        ("清理历史档案", "市档案馆", "市委办公室、市政府办公室", "12月31日前"),
        ("完善应急预案", "市应急管理局", "各县（区）人民政府", "9月底前"),
    ],
    [
        (
            "推进城市更新，补齐设施短板",
            "市住房城乡建设局",
            "市自然资源局、市城管局、市财政局",
            "2022年11月底前",
        ),
        ("开展专项检查", "市消防救援支队", "市公安局", "3月15日前"),
    ],
    [
        ("建立困难职工档案", "省总权益保障部", "各市（州）总工会", "5月底前"),
        ("举办技能竞赛", "省总经济部", "省人力资源社会保障厅", "10月底前"),
        ("慰问一线职工", "省总女职工部", "省总机关党委", "7月底前"),
        ("总结年度工作", "省总办公室", "省总研究室", "12月底前"),
    ],
]
_ENDS = {"6月底前": "06-30", "12月31日前": "12-31", "9月底前": "09-30", "2022年11月底前": "11-30", "3月15日前": "03-15",
         "5月底前": "05-31", "10月底前": "10-31", "7月底前": "07-31", "12月底前": "12-31"}  # fmt: skip


def plain(table: Table) -> list[str]:
    """What the rows say, as the cases write it."""
    return [
        f"{number} {title} L{lead} S{support} T2022-{_ENDS[time]}"
        for number, (title, lead, support, time) in enumerate(table, 1)
    ]


def _rows(table: Table) -> list[Cells]:
    return [HEADINGS, *[(str(number), *cells) for number, cells in enumerate(table, 1)]]


def _joined(mark: str, edge: str = "") -> Callable[[Table], tuple[str, bool]]:
    return lambda table: ("".join(f"{edge}{mark.join(row)}{edge}\n" for row in _rows(table)), False)


def _markdown(table: Table) -> tuple[str, bool]:
    head, *rows = (f"| {' | '.join(row)} |\n" for row in _rows(table))
    return head + "|---" * len(HEADINGS) + "|\n" + "".join(rows), False


def _stacked(table: Table) -> tuple[str, bool]:
    return "\n".join(cell for row in _rows(table) for cell in row) + "\n", False


def width(text: str) -> int:
    """Half-width cells."""
    return sum(1 if char.isascii() else 2 for char in text)


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def _aligned(table: Table) -> tuple[str, bool]:
    rows = _rows(table)
    widths = [max(width(row[column]) for row in rows) + 3 for column in range(len(HEADINGS))]
    return "".join("".join(map(_padded, row, widths)).rstrip() + "\n" for row in rows), False


def _broken(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def _box(table: Table) -> tuple[str, bool]:
    """Eight characters a line and cell."""
    rule = "─" * 8
    lines = ["┌" + "┬".join([rule] * len(HEADINGS)) + "┐"]
    for row in _rows(table):
        cells = [_broken(cell, 8) for cell in row]
        for at in range(max(map(len, cells))):
            words = (cell[at] if at < len(cell) else "" for cell in cells)
            lines.append("│" + "│".join(_padded(word, 16) for word in words) + "│")
        lines.append("├" + "┼".join([rule] * len(HEADINGS)) + "┤")
    lines[-1] = "└" + "┴".join([rule] * len(HEADINGS)) + "┘"
    return "\n".join(lines) + "\n", False


def _tags(table: Table) -> tuple[str, bool]:
    rows = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in _rows(table))
    return f"<table>\n{''.join(rows)}</table>\n", False


def _page(table: Table) -> tuple[str, bool]:
    title = "<p>某市人民政府办公室关于印发2022年重点任务分解表的通知</p>"
    return f"<html><body>{title}{_tags(table)[0]}</body></html>", True


LAYOUTS: dict[str, Callable[[Table], tuple[str, bool]]] = {
    "pipes": _joined("|"),
    "pipes with edges": _joined("|", "|"),
    "markdown": _markdown,
    "tabs": _joined("\t"),
    "blanks": _aligned,
    "box": _box,
    "one cell a line": _stacked,
    "tags": _tags,
    "page": _page,
}


def cut(text: str, size: int, measure: Callable[[str], int] = len, before: str = "") -> str:
    """The text with no line wider than `size`; `before`: what stands before a line that goes on."""
    found: list[str] = []
    for line in text.split("\n"):
        found.append("")
        for char in line:
            if measure(found[-1] + char) > size:
                found.append(before)
            found[-1] += char
    return "\n".join(found)


def paged(text: str, size: int) -> str:
    """The text with a page number behind every so many lines."""
    lines = text.split("\n")
    pages = [lines[at : at + size] for at in range(0, len(lines), size)]
    return "\n".join(line for number, page in enumerate(pages, 1) for line in [*page, f"— {number} —"])
