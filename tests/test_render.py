"""The quick tour: one sample in every format, each told by its content and read."""

from pathlib import Path

from pipeline.readers import sources
from pipeline.readers.registry import recognise
from pipeline.run import parse
from schemas.text import Source
from tests import samples
from tests.render import WRITERS, ledger, render


def test_a_sample_in_every_format_is_read(tmp_path: Path) -> None:
    made = {path.suffix[1:]: path for path in render(samples.source("tables").raw, "tables", tmp_path)}
    assert made.keys() >= WRITERS.keys()
    for suffix in WRITERS:
        assert made[suffix].suffix in recognise("无名", made[suffix].read_bytes()).suffixes
        found = [one for one in sources(str(made[suffix])) if isinstance(one, Source)]
        tasks = [
            item for source in found for circular in parse(source) for item in circular.items if item.is_task
        ]
        assert len(tasks) >= 8, suffix


def test_a_text_without_a_table_becomes_a_sheet_of_lines() -> None:
    assert ledger("关于做好防汛工作的通知\n\n一、排查隐患。") == [
        ["关于做好防汛工作的通知"],
        ["一、排查隐患。"],
    ]
