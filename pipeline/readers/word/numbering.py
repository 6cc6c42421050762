"""Automatic numbering: what stands in front of a paragraph that Word numbers (ECMA-376, part 1, 17.9).

The numbers are nowhere in the text. A paragraph names an instance (`w:num`) and a level, or its style does; the
instance names the definition (`w:abstractNum`) whose levels say how the number looks. Instances of one
definition count on together; an override of the start holds once, when the instance first uses the level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import regex
from lxml import etree

from pipeline.readers.word.numerals import printed
from pipeline.readers.word.signs import bullet
from pipeline.readers.word.styles import Styles
from pipeline.readers.word.xml import child, children, number, value

_DEEPEST = 8
_PLACE = regex.compile(r"%([1-9])")
_GLUED = "、，．。：；）〕】》　 "  # behind these a number needs no gap to be told from the words


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a definition. `restart`: the level, from 1, whose use begins this one anew; 0 never."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    suffix: str = "tab"
    style: str | None = None
    font: str = ""


@dataclass(slots=True)
class Definition:
    """`w:abstractNum`: its levels; `link`: the numbering style that defines them elsewhere."""

    levels: dict[int, Level]
    link: str | None = None
    named: str | None = None


@dataclass(slots=True)
class Instance:
    """`w:num`: a definition, levels that differ from it, levels that begin at another number."""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbers of one document, handed out in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.definitions = dict(_definitions(root))
        self.instances = dict(_instances(root))
        self._linked = {found.named: key for key, found in self.definitions.items() if found.named}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: etree._Element | None) -> str:
        """What stands in front of a paragraph with these properties: 一、, （一）, 1. or nothing; it counts as used."""
        place = self._place(properties)
        if place is None:
            return ""
        name, depth = place
        instance = self.instances[name]
        key = self._resolve(instance)
        levels = self._levels(instance, key)
        if depth not in levels:
            return ""
        counters = self._counters.setdefault(key, {})
        self._count(name, instance, depth, counters, levels)
        return _write(levels, depth, counters)

    def _place(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """The instance and the level of a paragraph; its own word goes before that of its style."""
        own = child(properties, "numPr")
        style = self.styles.of(value(child(properties, "pStyle")))
        name = value(child(own, "numId")) or style.instance
        if name is None or name not in self.instances:
            return None  # also "0", which takes a style's number away
        said = value(child(own, "ilvl"))
        if said is not None:
            return name, min(number(said, 0), _DEEPEST)
        return name, self._level_of(name, style.lineage, style.level or 0)

    def _level_of(self, name: str, lineage: tuple[str, ...], otherwise: int) -> int:
        """The level that a style is linked to."""
        instance = self.instances[name]
        levels = self._levels(instance, self._resolve(instance))
        for style in lineage:
            for depth, level in levels.items():
                if level.style == style:
                    return depth
        return otherwise

    def _resolve(self, instance: Instance) -> str:
        """The definition that has the levels: a numbering style may stand between."""
        found = self.definitions.get(instance.definition)
        if found is None or found.link is None or found.levels:
            return instance.definition
        if found.link in self._linked:
            return self._linked[found.link]
        other = self.instances.get(self.styles.of(found.link).instance or "")
        return other.definition if other else instance.definition

    def _levels(self, instance: Instance, key: str) -> dict[int, Level]:
        found = self.definitions.get(key)
        levels = found.levels if found else {}
        return levels | instance.levels if instance.levels else levels

    def _count(
        self, name: str, instance: Instance, depth: int, counters: dict[int, int], levels: dict[int, Level]
    ) -> None:
        """One step on this level; levels below begin anew, levels above that were never used stand at their start."""
        for above in range(depth):
            counters.setdefault(above, levels[above].start if above in levels else 1)
        if depth in instance.starts and (name, depth) not in self._begun:
            counters[depth] = instance.starts[depth]
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else levels[depth].start
        self._begun.add((name, depth))
        for below in range(depth + 1, _DEEPEST + 1):
            restart = levels[below].restart if below in levels else None
            if depth + 1 <= (below if restart is None else restart):
                counters.pop(below, None)


def _write(levels: dict[int, Level], depth: int, counters: dict[int, int]) -> str:
    """The label with what parts it from the words."""
    level = levels[depth]
    if level.form == "bullet":
        return bullet(level.text, level.font)

    def put(match: regex.Match[str]) -> str:
        at = int(match[1]) - 1
        if at > depth:
            return ""
        own = levels.get(at, level)
        form = "decimal" if level.legal and own.form != "decimalZero" else own.form
        return printed(counters.get(at, own.start), form)

    label = _PLACE.sub(put, level.text)
    return label + ("" if level.suffix == "nothing" or not label or label[-1] in _GLUED else " ")


def _definitions(root: etree._Element | None) -> Iterator[tuple[str, Definition]]:
    for element in children(root, "abstractNum"):
        levels = {number(value(level, "ilvl"), 0): _level(level) for level in children(element, "lvl")}
        link, named = value(child(element, "numStyleLink")), value(child(element, "styleLink"))
        yield value(element, "abstractNumId") or "", Definition(levels, link, named)


def _instances(root: etree._Element | None) -> Iterator[tuple[str, Instance]]:
    for element in children(root, "num"):
        instance = Instance(value(child(element, "abstractNumId")) or "")
        for override in children(element, "lvlOverride"):
            depth = number(value(override, "ilvl"), 0)
            if (level := child(override, "lvl")) is not None:
                instance.levels[depth] = _level(level)
            if (start := value(child(override, "startOverride"))) is not None:
                instance.starts[depth] = number(start, 1)
        yield value(element, "numId") or "", instance


def _level(element: etree._Element) -> Level:
    form = child(element, "numFmt")
    if form is None:  # a format of Word 2010 with a plain one to fall back on
        form = next((one for one in element.iter() if etree.QName(one).localname == "numFmt"), None)
    start, restart = value(child(element, "start")), value(child(element, "lvlRestart"))
    fonts = child(child(element, "rPr"), "rFonts")
    level = Level(
        form=value(form) or "decimal",
        text=value(child(element, "lvlText")) or "",
        start=number(start, 0) if start is not None else 0,
        legal=child(element, "isLgl") is not None and value(child(element, "isLgl")) not in ("0", "false"),
        restart=number(restart, 0) if restart is not None else None,
        suffix=value(child(element, "suff")) or "tab",
        style=value(child(element, "pStyle")),
        font=value(fonts, "ascii") or "",
    )
    return replace(level, form=_padded(form) or level.form)


def _padded(form: etree._Element | None) -> str | None:
    """A custom format such as "01, 02, 03": numbers with a leading zero."""
    sample = value(form, "format") or ""
    return "decimalZero" if sample.startswith("01,") else None
