"""The calendar (RFC 5545): a VTODO for every time limit of a task; a task without one gives a VTODO without dates.

The UID comes from the item's key, so that importing a newer parse updates what is there; it bears no status, which
is the user's. Times are days; where a single day is meant there is DUE alone, since DUE must lie after DTSTART.
Nothing takes today's date: DTSTAMP is the date of signature, and a recurrence without a start counts from there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from dateutil.rrule import rrulestr
from icalendar import Alarm, Calendar, Todo, vDatetime, vRecur, vText

from pipeline.writers.tasks import Task, facts, tasks, visible
from schemas.circular import Circular, TimeLimit

WARNING_DAYS = 3
_EPOCH = dt.date(1970, 1, 1)


def render(circulars: Sequence[Circular]) -> bytes:
    """One calendar with the tasks of all circulars."""
    calendar = Calendar()
    calendar.add("prodid", "-//circulars//circulars 1.0//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    titles = [" ".join(visible(circular.title).split()) for circular in circulars if circular.title]
    calendar.add("x-wr-calname", vText(titles[0] if len(titles) == 1 else "督办任务"))
    for todo in _todos(circulars):
        calendar.add_component(todo)
    written: bytes = calendar.to_ical()
    return written


def _todos(circulars: Sequence[Circular]) -> Iterator[Todo]:
    seen: Counter[str] = Counter()
    for task in tasks(circulars):
        others = 1
        for limit in task.item.time_limits or [None]:
            others += not (limit is None or limit.main)
            key = task.item.key if limit is None or limit.main else f"{task.item.key}.{others}"
            seen[key] += 1  # the same circular twice
            yield _todo(
                task, limit, f"{key}@circulars" if seen[key] == 1 else f"{key}~~{seen[key]}@circulars"
            )


def _todo(task: Task, limit: TimeLimit | None, uid: str) -> Todo:
    todo = Todo()
    todo.add("uid", uid)
    signed = _signed(task.circular)
    todo["dtstamp"] = vDatetime(dt.datetime.combine(signed or _EPOCH, dt.time(), dt.UTC))
    told_apart = f"（{visible(limit.text)}）" if limit and len(task.item.time_limits) > 1 else ""
    todo.add("summary", task.name + told_apart)
    todo.add("description", "\n".join(f"{label}：{words}" for label, words in facts(task)))
    units = (
        *task.item.lead_departments,
        *task.item.responsible_departments,
        *task.item.supporting_departments,
    )
    if units:
        todo.add("categories", list(dict.fromkeys(visible(unit.name) for unit in units)))
    if limit and limit.recurrence and (first := _first(limit.recurrence, limit.start or signed)):
        todo.add("dtstart", first)
        todo.add("duration", dt.timedelta(days=1))
        todo.add("rrule", vRecur.from_ical(limit.recurrence))
        todo.add_component(_alarm("START"))
    elif limit:
        _date(todo, limit)
    return todo


def _date(todo: Todo, limit: TimeLimit) -> None:
    """From and until, as far as they are known."""
    if limit.start and (limit.end is None or limit.start < limit.end):
        todo.add("dtstart", limit.start)
    if limit.end:
        todo.add("due", limit.end)
        todo.add_component(_alarm("END"))


def _first(rule: str, start: dt.date | None) -> dt.date | None:
    """The first day of a recurrence from `start` on: DTSTART has to be one of its days."""
    if start is None:
        return None
    begin = dt.datetime.combine(start, dt.time())
    try:
        found: dt.datetime | None = rrulestr(rule, dtstart=begin).after(begin, inc=True)
    except ValueError:  # a rule that a person wrote
        return None
    return found.date() if found else None


def _signed(circular: Circular) -> dt.date | None:
    """The date of signature; without one the first day of the document number's year."""
    if circular.issue_date and circular.issue_date.date:
        return circular.issue_date.date
    year = circular.doc_number.year if circular.doc_number else None
    return dt.date(year, 1, 1) if year else None


def _alarm(related: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "任务即将到期")
    alarm.add("trigger", dt.timedelta(days=-WARNING_DAYS), parameters={"RELATED": related})
    return alarm
