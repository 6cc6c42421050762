"""The plan of the rooms as checks: who imports whom, what a parser may touch, how long things may be.

A check takes one Python file and yields findings: line and what is wrong. `EXAMPLES` holds, for every check,
code that it must find and code that it must leave alone, so that none can pass for want of looking.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from statistics import median

import pytest
import regex

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "parsers", "pipeline")
MAX_FUNCTION, MAX_MEDIAN, MAX_FILE = 40, 10, 300

# What a part of the program may not import; the first part that a module lies in counts.
OFF_LIMITS = {
    "pipeline.readers": ("parsers", "pipeline.writers", "tests"),
    "pipeline.writers": ("parsers", "pipeline.readers", "tests"),
    "pipeline": ("tests",),
    "parsers": ("pipeline", "tests"),
    "schemas": ("parsers", "pipeline", "tests"),
}
# The third-party packages of a room, each with the files that may import it. `pipeline` is free.
THIRD_PARTY = {
    "schemas": {"pydantic": "*"},
    "parsers": {
        "chinese_calendar": "parsers/calendar*",
        "jieba": "parsers/departments*",
        "lunardate": "parsers/calendar*",
        "regex": "*",
    },
}
# Parsers know no clock, no chance and no machine; and their patterns are `regex`, not `re`.
IMPURE = {
    "io",
    "os",
    "pathlib",
    "random",
    "re",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
}
FILE_ACCESS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
LOADER = "parsers/vocab/__init__.py"
# On Chinese text these classes are not what they seem: every Han character is \w, full-width digits are \d.
WORD_CLASS = regex.compile(r"(?<!\\)(?:\\\\)*(\\[bBdDwW])|(\x08)")
# Written with a dot inside, so that the list does not find itself.
FORBIDDEN = [word.replace("·", "") for word in ("/wo·rk/", "/tmp/ba·sh", "py·pi.org", "python·hosted.org")]
NOT_OURS = {".git", ".hypothesis", ".venv", "build", "dist", "outputs"}

Finding = tuple[int, str]
Check = Callable[["Module"], Iterator[Finding]]


@dataclass(frozen=True)
class Module:
    """A Python file of the project; `path` is relative to the root, with forward slashes."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, self.path)

    @property
    def room(self) -> str:
        return self.path.split("/")[0]

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def base(self, level: int) -> list[str]:
        """Return the package that `level` dots mean in this module; [] for none."""
        depth = self.path.count("/") + 1 - level
        return self.path.split("/")[:depth] if level else []


def imports(module: Module) -> Iterator[Finding]:
    """Yield line and absolute dotted name of everything imported, wherever the import stands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*module.base(node.level), *([node.module] if node.module else [])]
            yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)


def functions(module: Module) -> Iterator[tuple[int, str, int]]:
    """Yield line, name and number of lines of every function, nested ones and methods included."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def within(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def imports_run_one_way(module: Module) -> Iterator[Finding]:
    closed = next((closed for part, closed in OFF_LIMITS.items() if within(module.name, part)), ())
    for line, name in imports(module):
        if any(within(name, package) for package in closed):
            yield line, f"imports {name}: imports run schemas <- parsers <- pipeline, readers | writers"


def third_party_stays_in_its_place(module: Module) -> Iterator[Finding]:
    places = THIRD_PARTY.get(module.room)
    for line, name in imports(module):
        package = name.split(".")[0]
        foreign = package not in sys.stdlib_module_names and package not in (*ROOMS, "tests")
        if places is not None and foreign and not fnmatch(module.path, places.get(package, "")):
            yield line, f"imports {package}: not a package for this file, see THIRD_PARTY"


def parsers_are_pure(module: Module) -> Iterator[Finding]:
    for line, name in imports(module) if module.room == "parsers" else ():
        package = name.split(".")[0]
        if package in IMPURE and (package, module.path) != ("pathlib", LOADER):
            yield line, f"imports {package}: parsers are pure (no clock, chance, files) and use regex, not re"


def only_the_loader_reads_files(module: Module) -> Iterator[Finding]:
    if module.room != "parsers" or module.path == LOADER:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name in FILE_ACCESS:
                yield node.lineno, f"calls {name}(): within parsers only {LOADER} touches files"


def patterns_name_their_characters(module: Module) -> Iterator[Finding]:
    docstrings = {node.value for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree) if module.room == "parsers" else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            for found in WORD_CLASS.finditer(node.value):
                yield node.lineno, f"{found[0]!r} in a string: write the class out, or a lookaround"


def functions_are_short(module: Module) -> Iterator[Finding]:
    for line, name, length in functions(module):
        if length > MAX_FUNCTION:
            yield line, f"{name}() has {length} lines: at most {MAX_FUNCTION}"


def files_are_short(module: Module) -> Iterator[Finding]:
    if (length := len(module.source.splitlines())) > MAX_FILE:
        yield length, f"{length} lines: at most {MAX_FILE} in a file"


CHECKS: tuple[Check, ...] = (
    imports_run_one_way,
    third_party_stays_in_its_place,
    parsers_are_pure,
    only_the_loader_reads_files,
    patterns_name_their_characters,
    functions_are_short,
    files_are_short,
)

# check: (path, source, number of findings)
EXAMPLES: dict[Check, list[tuple[str, str, int]]] = {
    imports_run_one_way: [
        ("schemas/text.py", "from parsers.numerals import read", 1),
        ("parsers/roles.py", "def f():\n    import pipeline.run", 1),
        ("parsers/roles.py", "from schemas import Text\nfrom parsers import vocab", 0),
        ("parsers/vocab/__init__.py", "from ... import pipeline", 1),
        ("pipeline/readers/text.py", "from parsers import normalise\nfrom pipeline.writers import table", 2),
        (
            "pipeline/readers/text.py",
            "from .. import writers\nfrom . import html\nfrom schemas import Source",
            1,
        ),
        ("pipeline/readers/__init__.py", "from ..writers import table\nfrom .text import read", 1),
        ("pipeline/writers/table.py", "import pipeline.readers, parsers", 2),
        ("pipeline/run.py", "from pipeline import readers, writers\nfrom parsers import roles", 0),
    ],
    third_party_stays_in_its_place: [
        ("schemas/text.py", "import regex\nimport pydantic", 1),
        ("parsers/roles.py", "import regex\nimport jieba\nfrom lunardate import LunarDate", 2),
        ("parsers/departments.py", "def f():\n    import jieba", 0),
        ("parsers/calendar.py", "import lunardate, chinese_calendar, datetime", 0),
        ("pipeline/run.py", "import pandas", 0),
    ],
    parsers_are_pure: [
        ("parsers/roles.py", "import re\nfrom time import time\nimport pathlib", 3),
        (LOADER, "from pathlib import Path", 0),
        ("pipeline/run.py", "import os, re", 0),
    ],
    only_the_loader_reads_files: [
        ("parsers/roles.py", "open('a')\nPath('a').read_text()", 2),
        (LOADER, "Path('a').read_text()", 0),
        ("pipeline/run.py", "open('a')", 0),
    ],
    patterns_name_their_characters: [
        ("parsers/roles.py", r"a = r'\b30日'; b = f'{a}\d+'; c = '\\w'; d = '\b'", 4),
        ("parsers/roles.py", r"'''No \b here.'''; a = r'[0-9]+\s\p{Han}\\w'", 0),
        ("pipeline/run.py", r"a = r'\d'", 0),
    ],
    functions_are_short: [
        ("tests/a.py", "class A:\n    def f(self):" + "\n        pass" * MAX_FUNCTION, 1),
        ("tests/a.py", "def f():" + "\n    pass" * (MAX_FUNCTION - 1), 0),
    ],
    files_are_short: [("tests/a.py", "\n" * (MAX_FILE + 1), 1), ("tests/a.py", "\n" * MAX_FILE, 0)],
}


def is_source(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"


def ours(suffix: str = "") -> Iterator[Path]:
    """Yield the project's files whose names end in `suffix`, in order."""
    for top in sorted(ROOT.iterdir()):
        if top.name not in NOT_OURS and not top.name.endswith("_cache"):
            inside = sorted(top.rglob(f"*{suffix}")) if top.is_dir() else [top]
            yield from (path for path in inside if path.name.endswith(suffix) and is_source(path))


def modules() -> list[Module]:
    paths = [path.relative_to(ROOT).as_posix() for path in ours(".py")]
    return [
        Module(path, (ROOT / path).read_text("utf-8")) for path in paths if path.startswith((*ROOMS, "tests"))
    ]


@pytest.mark.parametrize("check", CHECKS)
def test_the_check_tells_good_code_from_bad(check: Check) -> None:
    for path, source, expected in EXAMPLES[check]:
        assert len(list(check(Module(path, source)))) == expected, f"{path}: {source[:80]}"


@pytest.mark.parametrize("check", CHECKS)
def test_the_project_keeps_to_the_plan(check: Check) -> None:
    findings = [f"{module.path}:{line}: {what}" for module in modules() for line, what in check(module)]
    assert not findings, "\n" + "\n".join(findings)


@pytest.mark.parametrize("room", ROOMS)
def test_half_of_all_functions_fit_a_glance(room: str) -> None:
    lengths = [length for module in modules() if module.room == room for _, _, length in functions(module)]
    assert median(lengths or [0]) <= MAX_MEDIAN, (
        f"{room}: median {median(lengths)} lines, longest {max(lengths)}"
    )


def test_vocabulary_has_no_word_classes() -> None:
    found = [
        path.name
        for path in ours(".toml")
        if "vocab" in path.parts and WORD_CLASS.search(path.read_text("utf-8"))
    ]
    assert not found, f"{found}: \\b, \\w, \\d and their like do not work on Chinese text"


def test_nothing_names_this_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in ours()
        for word in FORBIDDEN
        if word in path.read_bytes().decode("utf-8", "ignore")
    ]
    assert not found, "\n" + "\n".join(found)
