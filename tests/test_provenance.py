"""Every value that leaves the program quotes its source; ids are unique and keys hold on to their items."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.gate import ProvenanceError, bare, check
from pipeline.run import parse
from schemas.circular import Circular, Department, Item, TimeLimit
from schemas.text import Span
from tests.generator import Style, make
from tests.samples import NAMES, circular, source

Quoted = tuple[str, Span]


def valued(item: Item) -> list[Department | TimeLimit]:
    roles = item.lead_departments + item.supporting_departments + item.responsible_departments
    return [*item.time_limits, *roles]


def quotations(found: Circular) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The text and the spans of everything published that has both."""
    for printed in (found.doc_number, found.issue_date, *found.contacts):
        if printed is not None:
            yield printed.text, (printed.span,)
    for attachment in found.attachments:
        yield attachment.title, (attachment.span,)
    for unit in (*found.issuers, *found.recipients):
        yield unit.text, unit.spans or (unit.span,)
    for item in found.items:
        yield from ((leader.text, (leader.span,)) for leader in item.leaders)
        for value in valued(item):
            yield value.text, value.spans or (value.span,)
            if isinstance(value, Department) and value.basis is not None:
                yield value.basis.text, (value.basis.span,)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_quotes_its_source(name: str) -> None:
    raw = source(name).raw
    wrong = [
        (text, spans)
        for text, spans in quotations(circular(name))
        if bare("".join(raw[start:end] for start, end in spans)) != bare(text)
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_parts_stand_in_order_and_fill_the_span(name: str) -> None:
    for item in circular(name).items:
        for value in valued(item):
            parts = value.spans or (value.span,)
            assert parts[0][0] == value.span[0]
            assert parts[-1][1] == value.span[1]
            assert all(start < end for start, end in parts)
            assert all(left[1] <= right[0] for left, right in pairwise(parts))
            assert value.spans is None or len(value.spans) > 1


@pytest.mark.parametrize("name", NAMES)
def test_read_values_stand_in_their_item_and_inherited_ones_outside(name: str) -> None:
    for item in circular(name).items:
        for value in valued(item):
            inside = item.span[0] <= value.span[0] and value.span[1] <= item.span[1]
            assert inside == (value.evidence != "inherited"), (item.id, value.text)


@pytest.mark.parametrize("name", NAMES)
def test_items_nest(name: str) -> None:
    items = {item.id: item for item in circular(name).items}
    for item in items.values():
        above = items[item.parent] if item.parent else None
        assert item.path[-1] == item.number
        assert item.level == len(item.path)
        if above is not None:
            assert above.path == item.path[:-1]
            assert above.span[0] < item.span[0] < item.span[1] <= above.span[1]
    ordered = [item for item in items.values() if item.parent is None]
    assert all(left.span[1] <= right.span[0] for left, right in pairwise(ordered))


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_keys_are_unique(name: str) -> None:
    items = circular(name).items
    assert len({item.id for item in items}) == len({item.key for item in items}) == len(items)
    assert {issue.item for issue in circular(name).issues} <= {None, *(item.id for item in items)}


@pytest.mark.parametrize("name", NAMES)
def test_one_time_limit_of_an_item_is_the_main_one(name: str) -> None:
    for item in circular(name).items:
        assert sum(time.main for time in item.time_limits) == bool(item.time_limits), item.id
        assert all(t.start <= t.end for t in item.time_limits if t.start and t.end)


def test_keys_stay_when_an_item_is_inserted() -> None:
    text = make(Style(numbering=("一、", "（一）")), seed=7).text
    before, marker, after = text.partition("（二）")
    longer = f"{before}（二）新增一项任务。完成时限：6月底前\n{marker}{after}"
    (old,), (new,) = (parse(replace(source("one_line"), raw=raw)) for raw in (text, longer))
    kept = {item.title: item.key for item in old.items}
    found = {item.title: item.key for item in new.items}
    assert set(kept) < set(found)
    assert {title: found[title] for title in kept} == kept


def test_blanks_and_widths_make_no_difference_to_the_gate() -> None:
    assert bare("(市、区)教育局，6月30日前") == bare("（市、区）\n教 育局,\u3000６月３０日前")
    assert bare("①") != bare("1")


def test_the_gate_refuses_a_span_that_quotes_something_else() -> None:
    found = circular("fullwidth")
    raw = source("fullwidth").raw
    assert check(found, raw) is found
    with pytest.raises(ProvenanceError):
        check(found, "　" + raw)
