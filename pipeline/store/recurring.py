"""Does a recurring time limit fall between two dates?"""

from __future__ import annotations

import datetime as dt


def first_within(
    rule: str, start: dt.date | None, due_from: dt.date, due_to: dt.date | None
) -> dt.date | None:
    """The first day of an RRULE (RFC 5545) that lies between the dates; `start`: when the duty begins.

    >>> first_within("FREQ=MONTHLY;BYMONTHDAY=-1", None, dt.date(2021, 2, 3), dt.date(2021, 3, 15))
    datetime.date(2021, 2, 28)
    """
    from dateutil.rrule import rrulestr

    first = dt.datetime.combine(start or due_from.replace(month=1, day=1), dt.time())
    try:
        found = rrulestr(rule, dtstart=first).after(dt.datetime.combine(due_from, dt.time()), inc=True)
    except ValueError:
        return None
    return found.date() if found and (due_to is None or found.date() <= due_to) else None


def names_a_day(rule: str) -> bool:
    """每月25日前 does, 每月 does not: it falls into every span of time.

    >>> names_a_day("FREQ=MONTHLY;BYMONTHDAY=25"), names_a_day("FREQ=MONTHLY")
    (True, False)
    """
    return "BY" in rule
