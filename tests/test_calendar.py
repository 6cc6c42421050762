"""The calendar: strict RFC 5545, read again by vobject; ids that stay, dates that are right, no clock."""

import datetime as dt

import pytest
import vobject
from dateutil.rrule import rrulestr

from pipeline.writers.ics import render
from schemas.circular import Circular, IssueDate, Item
from tests import calendars, samples
from tests.stubs import circular, item, limit, unit

DAY = dt.date.fromisoformat


def todos(*items: Item, signed: str | None = None) -> list[calendars.Component]:
    made = circular(*items)
    if signed:
        made = made.model_copy(update={"issue_date": IssueDate(text=signed, date=DAY(signed), span=(0, 4))})
    calendar = calendars.read(render([made]))
    calendars.obeys(calendar)
    return calendar.components


@pytest.mark.parametrize("name", samples.NAMES)
def test_a_calendar_is_strict_and_holds_every_task_and_limit(name: str) -> None:
    made = samples.circular(name)
    data = render([made])
    calendars.obeys(calendars.read(data))
    found = list(vobject.readOne(data.decode("utf-8")).components()) if b"VTODO" in data else []
    assert len(found) == sum(max(len(one.time_limits), 1) for one in made.items if one.is_task)
    assert data == render([made])


def test_another_library_reads_what_was_said() -> None:
    data = render([circular(item(title="排查隐患；清单\\台账, 100%", text="一行\n二行" * 30))])
    todo = vobject.readOne(data.decode("utf-8")).vtodo
    assert todo.summary.value == "一、排查隐患；清单\\台账, 100%"
    assert "一行\n二行" in todo.description.value
    assert todo.categories.value == ["市水务局", "市应急局"]


@pytest.mark.parametrize(
    ("changes", "dates"),
    [
        ({"end": "2021-06-30"}, (None, "20210630")),
        ({"start": "2021-04-01", "end": "2021-07-31", "kind": "range"}, ("20210401", "20210731")),
        ({"start": "2021-04-01", "end": "2021-04-01", "kind": "during"}, (None, "20210401")),
        ({"start": "2021-03-01", "kind": "ongoing"}, ("20210301", None)),
        ({"kind": "unresolved"}, (None, None)),
    ],
)
def test_dates(changes: dict[str, str], dates: tuple[str | None, str | None]) -> None:
    days = {key: DAY(value) for key, value in changes.items() if key in {"start", "end"}}
    (todo,) = todos(item(time_limits=(limit("6月底前", **(changes | days)),)))
    assert (todo.get("DTSTART"), todo.get("DUE")) == dates
    assert len(todo.components) == (dates[1] is not None), "an alarm where there is something to be late for"


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "20210325"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "20210405"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "20210331"),
        ("FREQ=WEEKLY;BYDAY=FR", "20210326"),
        ("FREQ=DAILY", "20210320"),
    ],
)
def test_a_recurrence_begins_on_one_of_its_days(rule: str, first: str) -> None:
    recurring = limit("每月25日前", kind="recurring", recurrence=rule)
    (todo,) = todos(item(time_limits=(recurring,)), signed="2021-03-20")
    assert todo.get("DTSTART") == first
    assert next(
        iter(rrulestr(todo.get("RRULE"), dtstart=dt.datetime.fromisoformat(first)))
    ) == dt.datetime.fromisoformat(first)


@pytest.mark.parametrize(("rule", "signed"), [("FREQ=DAILY", None), ("FREQ=每月", "2021-03-20")])
def test_a_recurrence_without_a_day_stays_words(rule: str, signed: str | None) -> None:
    recurring = limit("每月25日前", kind="recurring", recurrence=rule)
    (todo,) = todos(item(time_limits=(recurring,)), signed=signed)
    assert (todo.get("RRULE"), todo.get("DTSTART")) == (None, None)
    assert f"每月25日前（{rule}）" in (todo.get("DESCRIPTION") or "")


def test_ids_come_from_the_key_and_the_main_limit_keeps_its_own() -> None:
    one = todos(item(key="a" * 12, time_limits=(limit("6月底前"),)))
    limits = (limit("5月底前", main=False), limit("6月底前"), limit("7月底前", main=False))
    three = todos(item(key="a" * 12, time_limits=limits))
    assert [todo.get("UID") for todo in one] == ["a" * 12 + "@circulars"]
    assert [todo.get("UID") for todo in three] == ["a" * 12 + end + "@circulars" for end in (".2", "", ".3")]
    assert three[0].get("SUMMARY") == "一、排查隐患（5月底前）"


def test_no_status_is_written_over_and_no_clock_is_asked() -> None:
    (todo,) = todos(signed="2021-03-20")
    assert todo.get("DTSTAMP") == "20210320T000000Z"
    assert {"STATUS", "PERCENT-COMPLETE", "COMPLETED"}.isdisjoint(one.name for one in todo.properties)


def test_headings_and_sentences_without_duties_are_left_to_the_report() -> None:
    made: Circular = circular(item(id="1", is_task=False, time_limits=(), lead_departments=()))
    assert calendars.read(render([made])).components == []


def test_several_circulars_in_one_calendar() -> None:
    makers = [circular(item(key=key * 12, lead_departments=(unit("市水务局"),))) for key in "ab"]
    calendar = calendars.read(render(makers))
    calendars.obeys(calendar)
    assert calendar.get("X-WR-CALNAME") == "督办任务"


@pytest.mark.parametrize(
    "wrong",
    [
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:" + "长" * 30 + "\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nSUMMARY:a,b\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
    ],
)
def test_the_check_finds_what_is_wrong(wrong: str) -> None:
    with pytest.raises((AssertionError, StopIteration)):
        calendars.read(wrong.encode())
