"""The 督办台账: the tasks of any number of circulars as a workbook that a clerk keeps.

Sheets: the tasks, each department's tasks, the queries, what is no task, the circulars. Nothing of a circular is
left out; what nobody printed stands in 备注, and dates that were completed are in italics.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.writers.ledger import sides
from pipeline.writers.ledger.rows import rows
from pipeline.writers.ledger.template import Template, bundled
from schemas.circular import Circular


def render(circulars: Sequence[Circular], template: Template | None = None) -> bytes:
    """The workbook, under the columns of the template (by default the usual ones)."""
    from pipeline.writers.ledger import tasks as first  # loads xlsxwriter
    from pipeline.writers.ledger.book import Book

    form = template or bundled("standard")
    tasks = first.Tasks(form, rows(circulars, form.rows))
    others = rows(circulars, "others") if form.rows == "tasks" else []
    book = Book()
    ledger = first.open_first(book, form)
    departments, queries, rest, listed = (
        side.open(book) for side in (sides.DEPARTMENTS, sides.QUERIES, sides.OTHERS, sides.CIRCULARS)
    )
    first.fill(ledger, tasks, first.facts(circulars, len(tasks.rows), len(others)))
    sides.DEPARTMENTS.fill(departments, sides.by_department(tasks))
    sides.OTHERS.fill(rest, sides.remaining(others))
    sides.CIRCULARS.fill(listed, sides.circulars_listed(circulars))
    sides.QUERIES.fill(
        queries, sides.queries(circulars, tasks, others, list(book.cuts))
    )  # last: it says what was cut
    return book.save()
