"""明道云: a workbook to import, a row a task; several names in a cell are parted by commas, dates are 2021-06-30."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.writers.ledger.plain import workbook
from pipeline.writers.ledger.template import bundled
from schemas.circular import Circular


def render(circulars: Sequence[Circular]) -> bytes:
    """The workbook under the columns of `ledger/import.toml`."""
    return workbook(circulars, bundled("import"))
