"""doccano and Label Studio: every span, read again as the tool counts, is the source's own words."""

import json
from typing import Any

import pytest

from pipeline.run import parse
from pipeline.writers import render
from pipeline.writers.spans import LABELS
from schemas.circular import Circular
from schemas.text import Source
from tests import samples
from tests.stubs import RAW, circular, item, unit

RARE = (
    "🎉🎉关于做好𠮷林防汛工作的通知\r\n𠮷政办〔2021〕3号\r\n各县人民政府：\r\n"
    "一、排查隐患。牵头单位：𠮷林市水务局；配合单位：市应急局。完成时限：6月底前。\r\n"
)


def quoted(form: str, made: Circular, source: Source) -> set[tuple[str, str]]:
    """Label and words, cut out of the tool's own text as the tool cuts."""
    data = render(form, [made], [source]).decode("utf-8")
    if form == "doccano":
        (entry,) = [json.loads(line) for line in data.splitlines()]
        wide = entry["text"].encode("utf-16-le")
        return {(label, wide[2 * a : 2 * b].decode("utf-16-le")) for a, b, label in entry["labels"]}
    (task,) = json.loads(data)
    values = [region["value"] for region in task["predictions"][0]["result"]]
    assert all(value["text"] == task["data"]["text"][value["start"] : value["end"]] for value in values)
    return {(value["labels"][0], value["text"]) for value in values}


def printed(made: Circular, raw: str) -> set[tuple[str, str]]:
    """The same from the circular: who and when, in the words of the source."""
    roles = {"牵头单位": "lead", "配合单位": "supporting", "责任单位": "responsible"}
    values: list[tuple[str, Any]] = [("完成时限", limit) for one in made.items for limit in one.time_limits]
    for label, role in roles.items():
        values += [(label, found) for one in made.items for found in getattr(one, f"{role}_departments")]
    values += [("发文机关", one) for one in made.issuers] + [("主送机关", one) for one in made.recipients]
    values += [("文号", made.doc_number), ("成文日期", made.issue_date)]
    parts = [
        (label, part) for label, one in values if one for part in getattr(one, "spans", None) or (one.span,)
    ]
    return {(label, raw[start:end]) for label, (start, end) in parts}


@pytest.mark.parametrize("form", ["doccano", "labelstudio"])
@pytest.mark.parametrize("name", samples.NAMES)
def test_the_spans_of_a_sample_are_its_words(form: str, name: str) -> None:
    made, source = samples.circular(name), samples.source(name)
    assert quoted(form, made, source) == printed(made, source.raw)


@pytest.mark.parametrize("form", ["doccano", "labelstudio"])
def test_rare_characters_move_nothing(form: str) -> None:
    source = Source("通知.txt", "text/plain", RARE, "0" * 64, "utf-8")
    (made,) = parse(source)
    found = quoted(form, made, source)
    assert {("牵头单位", "𠮷林市水务局"), ("配合单位", "市应急局"), ("完成时限", "6月底前")} <= found
    assert found == printed(made, RARE)
    assert {label for label, _ in found} <= set(LABELS)


def test_the_line_says_which_circular_it_is() -> None:
    source = Source("通知.txt", "text/plain", RAW, "0" * 64, "utf-8")
    lines = render("doccano", [circular(), circular()], [source, source]).decode("utf-8").splitlines()
    assert [json.loads(line)["meta"]["circular"] for line in lines] == ["0" * 16] * 2
    with pytest.raises(ValueError, match="shorter"):
        render("doccano", [circular(), circular()], [source])


def test_what_a_person_wrote_has_no_span_unless_it_is_printed() -> None:
    source = Source("通知.txt", "text/plain", RAW, "0" * 64, "utf-8")
    moved = unit("市应急局", corrected=True)
    written = unit("市气象局", corrected=True, span=(12, 20))
    made = circular(item(lead_departments=(moved, written), supporting_departments=()))
    assert quoted("labelstudio", made, source) == {("牵头单位", "市应急局"), ("完成时限", "6月底前")}
