"""Compiled patterns kept between runs: the same answers, and no harm from a file that is damaged or stale."""

import sys
from pathlib import Path

import pytest
import regex

from pipeline.patterns import Kept, recall

PATTERN = r"(?P<month>1[0-2]|[1-9])月底前"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "cache" / "patterns.pickle"


def test_a_pattern_is_compiled_once_for_all_runs(file: Path) -> None:
    first = Kept(file)
    found = first.compile(PATTERN, regex.VERBOSE)
    first.save()
    second = Kept(file)
    second.compile_anew = lambda *_: pytest.fail("compiled again")
    kept = second.compile(PATTERN, regex.VERBOSE)
    assert kept.search("于12月底前完成").groupdict() == {"month": "12"}
    assert (kept.pattern, kept.flags) == (found.pattern, found.flags)


def test_flags_and_options_are_told_apart(file: Path) -> None:
    first = Kept(file)
    first.compile("a")
    first.save()
    second = Kept(file)
    assert second.compile("a", regex.IGNORECASE).match("A")
    assert not second.compile("a").match("A")
    assert second.compile(r"\L<words>", words=["甲", "乙"]).match("乙")
    assert second.compile(b"a").match(b"a")
    second.save()
    assert set(Kept(file).former) == {("a", 0), ("a", int(regex.IGNORECASE))}


@pytest.mark.parametrize("held", [b"", b"\x80", b"no pickle", b"\x80\x05]\x94."])
def test_a_damaged_file_is_as_good_as_none(held: bytes, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(held)
    kept = Kept(file)
    assert kept.compile(PATTERN).search("6月底前")
    kept.save()
    assert Kept(file).former


def test_nothing_is_written_where_bytecode_is_not(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept = Kept(file)
    kept.compile(PATTERN)
    kept.save()
    assert not file.exists()


def test_a_run_without_news_writes_nothing(file: Path) -> None:
    first = Kept(file)
    first.compile(PATTERN)
    first.save()
    before = file.stat().st_mtime_ns
    second = Kept(file)
    second.compile(PATTERN)
    second.save()
    assert file.stat().st_mtime_ns == before


def test_the_kept_patterns_answer_for_regex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "compile", regex.compile)
    kept = recall()
    assert regex.compile(PATTERN) is kept.used[PATTERN, 0]
    assert regex.__version__ in kept.path.name
    assert kept.path.parent.name == "__pycache__" or sys.pycache_prefix
