"""Texts -> the files that portals, typesetters, mail and archive programs make of them, written on the spot."""

from __future__ import annotations

import csv as values
import html
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from itertools import groupby
from typing import Any

import openpyxl

Rows = Sequence[Sequence[str]]
Writer = Callable[[str], bytes]
Wrap = Callable[[dict[str, bytes]], bytes]


def piped(line: str) -> bool:
    """A row of a table as the samples write it: | 1 | … |."""
    return line.startswith("|") and line.endswith("|")


def cells(lines: Sequence[str]) -> list[list[str]]:
    """The cells of such rows, the rule below the headings left out."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if not all(set(cell) <= set("-:") and cell for cell in row)]


def blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Runs of lines: those of a table, and the others."""
    lines = [line for line in text.splitlines() if "\f" not in line]
    yield from ((table, list(run)) for table, run in groupby(lines, piped))


def table(rows: Rows) -> str:
    """A row of one cell spans all columns."""
    made = []
    for row in rows:
        alone = not any(row[1:])
        span = f' colspan="{len(row)}"' if alone else ""
        made.append(
            "".join(f"<td{span}><p>{html.escape(cell)}</p></td>" for cell in (row[:1] if alone else row))
        )
    return "<table border=1><tbody><tr>" + "</tr>\n<tr>".join(made) + "</tr></tbody></table>"


def body(text: str) -> str:
    """Paragraphs and tables, the words in spans as Word and editors of portals leave them."""
    return "\n".join(
        table(cells(run)) if tabled else "\n".join(f"<p><span>　　{_words(line)}</span></p>" for line in run)
        for tabled, run in blocks(text)
    )


def _words(line: str) -> str:
    """Blanks that are more than one, and empty paragraphs, are kept by &nbsp;."""
    return html.escape(line).replace("  ", "&nbsp; ") or "&nbsp;"


def page(text: str, charset: str = "utf-8") -> bytes:
    """A bare page."""
    head = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>公文</title></head>'
    return f"{head}<body>{body(text)}</body></html>".encode(charset)


def portal(text: str) -> bytes:
    """A page of a portal: menus, crumbs, share buttons, a footer, scripts around the text."""
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>p {{ margin: 0 }}</style><script>document.write("<p>一、脚本。牵头单位：市脚本局</p>")</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政策文件</a></div>
<div class="wrap"><div class="article" id="zoom">{body(text)}</div>
<div style="display:none">一、隐藏的任务。牵头单位：市隐藏局；完成时限：6月底前。</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="xgwj"><ul><li><a href="/1.html">一、市财政局负责的另一份文件</a></li><li><a href="/2.html">解读</a></li></ul></div>
</div><div class="footer">主办：某市人民政府办公室　版权所有　网站标识码：1100000000</div></body></html>
""".encode("gb18030")


def archived(text: str) -> bytes:
    """The page with its picture in one file, as browsers save it (RFC 2557), in GB2312 and quoted-printable."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "公文"
    message["MIME-Version"] = "1.0"
    markup = page(text, "gb18030").replace(b"gb18030", b"gb2312", 1)
    message.set_content(markup, maintype="text", subtype="html", cte="quoted-printable")
    message.set_param("charset", "gb2312")
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo@portal.example>")
    return message.as_bytes()


def mail(words: str, files: Mapping[str, bytes], subject: str = "转发：有关材料") -> bytes:
    """A mail with attachments."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@office.example", "b@office.example"
    message.set_content(words)
    message.add_alternative(body(words), subtype="html")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def archive(files: Mapping[str, str | bytes], encoding: str = "utf-8") -> bytes:
    """A zip; with another encoding the names are stored as Windows in China does, without saying so."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            stored = name if encoding == "utf-8" else name.encode(encoding).decode("cp437")
            made.writestr(stored, data)
    data = stream.getvalue()
    return data if encoding == "utf-8" else _unflagged(data)


def _unflagged(data: bytes) -> bytes:
    """Names in the code page of DOS, with the flag for UTF-8 taken off."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for info in given.infolist():
            made.writestr(_Raw(info.filename), given.read(info))
    return out.getvalue()


class _Raw(zipfile.ZipInfo):
    """A member whose name is stored byte for byte."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name that zipfile calls
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


def workbook(rows: Rows, above: Sequence[str] = (), below: Sequence[str] = ()) -> bytes:
    """A ledger: a row of one cell is merged over all columns, numbers are numbers."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    width = max(len(row) for row in rows)
    for row in [*([words] for words in above), *rows, *([words] for words in below)]:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
        if not any(row[1:]):
            sheet.merge_cells(
                start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def separated(rows: Rows, mark: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The same rows as csv."""
    stream = io.StringIO()
    values.writer(stream, delimiter=mark).writerows(rows)
    return stream.getvalue().encode(encoding)


def part(package: bytes, name: str) -> bytes:
    """One part of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)
