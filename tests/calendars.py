"""A calendar file held against RFC 5545, by reading bytes: knows nothing of the library that wrote it."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

LINE = regex.compile(
    r"(?P<name>[A-Z0-9-]+)(?P<parameters>(?:;[A-Z-]+=(?:[^\x00-\x1f\x7f\";:,]*|\"[^\"]*\"))*):(?P<value>.*)"
)
TEXTS = {"SUMMARY", "DESCRIPTION", "UID", "X-WR-CALNAME", "PRODID"}
TEXT = regex.compile(r"(?:[^\\;,\x00-\x08\x0b-\x1f\x7f]|\\[\\;,nN])*")


class Property(NamedTuple):
    name: str
    parameters: str
    value: str


class Component(NamedTuple):
    name: str
    properties: list[Property]
    components: list["Component"]

    def get(self, name: str) -> str | None:
        """The value of a property that stands at most once."""
        found = [one.value for one in self.properties if one.name == name]
        assert len(found) <= 1, f"{name} stands {len(found)} times"
        return found[0] if found else None


def read(data: bytes) -> Component:
    """The calendar; AssertionError where the bytes are not what the RFC asks for."""
    assert data.endswith(b"\r\n")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    logical: list[str] = []
    for line in physical:
        assert len(line) <= 75, f"{len(line)} octets in a line (3.1)"
        assert not set(b"\r\n") & set(line), "a bare line end"
        text = line.decode("utf-8")  # fails where a fold cuts a character
        if text[:1] in {" ", "\t"}:
            logical[-1] += text[1:]
        else:
            logical.append(text)
    properties = iter([_property(line) for line in logical])
    assert next(properties) == Property("BEGIN", "", "VCALENDAR")
    calendar = _component("VCALENDAR", properties)
    assert next(properties, None) is None
    return calendar


def _property(line: str) -> Property:
    found = LINE.fullmatch(line)
    assert found, f"no content line: {line[:60]!r}"
    one = Property(found["name"], found["parameters"], found["value"])
    if one.name in TEXTS:
        assert TEXT.fullmatch(one.value), f"not escaped: {line[:200]!r}"
    assert not regex.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), "a control character"
    return one


def _component(name: str, properties: Iterator[Property]) -> Component:
    made = Component(name, [], [])
    for one in properties:
        if one.name == "END":
            assert one.value == name
            return made
        if one.name == "BEGIN":
            made.components.append(_component(one.value, properties))
        else:
            made.properties.append(one)
    raise AssertionError(f"{name} has no end")


def obeys(calendar: Component) -> None:
    """What each component has to have (3.6), and how dates stand to each other (3.8.2)."""
    assert calendar.get("VERSION") == "2.0"
    assert calendar.get("PRODID")
    uids = [todo.get("UID") for todo in calendar.components]
    assert len(set(uids)) == len(uids), "a UID twice"
    for todo in calendar.components:
        assert todo.name == "VTODO"
        assert todo.get("UID")
        assert regex.fullmatch("[0-9]{8}T[0-9]{6}Z", todo.get("DTSTAMP") or ""), "DTSTAMP in UTC (3.8.7.2)"
        _dated(todo)
        for alarm in todo.components:
            _rings(alarm, todo)


def _dated(todo: Component) -> None:
    start, due = todo.get("DTSTART"), todo.get("DUE")
    assert not (due and todo.get("DURATION")), "DUE and DURATION exclude each other"
    assert start or not (todo.get("DURATION") or todo.get("RRULE")), "DTSTART is required"
    assert not (start and due) or start < due, "DUE lies after DTSTART (3.8.2.3)"
    kinds = {one.parameters for one in todo.properties if one.name in {"DTSTART", "DUE"}}
    assert kinds <= {";VALUE=DATE"}
    for value in filter(None, (start, due)):
        assert regex.fullmatch("[0-9]{8}", value)


def _rings(alarm: Component, todo: Component) -> None:
    assert (alarm.name, alarm.get("ACTION")) == ("VALARM", "DISPLAY")
    assert alarm.get("DESCRIPTION")
    assert regex.fullmatch("-P[0-9]+D", alarm.get("TRIGGER") or "")
    (related,) = [one.parameters for one in alarm.properties if one.name == "TRIGGER"]
    anchor = {";RELATED=END": "DUE", ";RELATED=START": "DTSTART"}[related]
    assert todo.get(anchor), f"an alarm at {anchor}, which is missing"
