"""Numerals, the calendar and what holds between the mentions of one item."""

import datetime as dt
import doctest
import io
import json
import time
from importlib import import_module
from pathlib import Path

import pytest

from parsers import calendar
from parsers.numerals import number
from parsers.time_limits import Reference, date, date_all, main_of, read, scan
from pipeline.when import when
from schemas.text import Text

REFERENCE = Reference((("title", 2022), ("issue_date", 2021)), dt.date(2021, 12, 20))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", 12), ("１２", 12), ("十", 10), ("十二", 12), ("二十", 20), ("廿一", 21), ("卅", 30), ("三十一", 31), ("〇", 0),
        ("两", 2), ("二〇二一", 2021), ("二○二一", 2021), ("二零二一", 2021), ("两千零四", 2004), ("一百零五", 105), ("百二十", 120),
        ("⑫", 12), ("⑵", 2), ("⒊", 3), ("㈢", 3), ("Ⅳ", 4), ("Ⅻ", 12), ("IX", 9), ("壹拾贰", 12), ("第一", None), ("", None),
        ("十一五", None), ("（三", None), ("甲", None),
    ],
)  # fmt: skip
def test_numerals(printed: str, value: int | None) -> None:
    assert number(printed) == value


def test_every_number_to_ninety_nine_is_read_back() -> None:
    digits = "零一二三四五六七八九"
    for value in range(1, 100):
        tens, ones = divmod(value, 10)
        han = ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (
            digits[ones] if ones else ""
        )
        assert number(han) == value


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("term 1", 2012, (4, 4)), ("term 1", 2018, (4, 5)), ("term 1", 2020, (4, 4)), ("term 1", 2023, (4, 5)), ("term 18", 2021, (12, 21)),
        ("lunar 01-01", 2022, (2, 1)), ("eve", 2022, (1, 31)), ("lunar 08-15", 2021, (9, 21)), ("nth 5 2 7", 2021, (5, 9)),
        ("10-01", 2021, (10, 1)),
    ],
)  # fmt: skip
def test_festivals(rule: str, year: int, day: tuple[int, int]) -> None:
    assert calendar.festival(rule, year) == dt.date(year, *day)


def test_swapped_workdays_count_and_unknown_years_say_so() -> None:
    assert calendar.add_workdays(dt.date(2021, 9, 24), 1) == (dt.date(2021, 9, 26), True)
    assert calendar.add_workdays(dt.date(2044, 9, 23), 1) == (dt.date(2044, 9, 26), False)


def dates(text: str, reference: Reference = REFERENCE) -> list[tuple[object, ...]]:
    return [(each.end, each.implied, each.basis) for each in date_all(scan(text), reference)]


def test_a_missing_year_is_that_printed_before_in_the_item_then_that_of_the_title() -> None:
    assert dates("6月底前") == [(dt.date(2022, 6, 30), ("year",), "title")]
    assert dates("2023年6月底前报送，12月底前完成") == [
        (dt.date(2023, 6, 30), (), None),
        (dt.date(2023, 12, 31), ("year",), "text"),
    ]
    mentions = scan("2023年6月底前报送，12月底前完成")
    assert date(mentions[1], REFERENCE, mentions[:1]).end == dt.date(2023, 12, 31)


@pytest.mark.parametrize(
    ("text", "title", "issued", "end"),
    [
        ("1月22日前", 2021, (2021, 12, 20), (2022, 1, 22)),
        ("1月22日前", 2021, (2022, 1, 5), (2022, 1, 22)),
        ("2月底前", 2023, (2023, 12, 20), (2024, 2, 29)),
        ("11月底前", 2021, (2021, 12, 20), (2021, 11, 30)),
        ("6月底前", 2021, (2021, 12, 20), (2021, 6, 30)),
        ("去年12月底前", 2021, (2021, 12, 20), (2020, 12, 31)),
        ("2021年1月22日前", 2021, (2021, 12, 20), (2021, 1, 22)),
        ("12月31日前", 2021, (2020, 12, 28), (2020, 12, 31)),
        ("12月底前", 2021, (2020, 12, 28), (2021, 12, 31)),
        ("3月31日前", 2021, (2020, 12, 28), (2021, 3, 31)),
    ],
)
def test_a_limit_of_the_first_months_in_a_notice_at_the_years_end_is_the_coming_one(
    text: str, title: int, issued: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    reference = Reference((("title", title), ("issue_date", issued[0])), dt.date(*issued))
    assert [found[0] for found in dates(text, reference)] == [dt.date(*end)]


def test_without_a_reference_it_stays_unresolved() -> None:
    assert dates("6月底前", Reference()) == [(None, (), None)]
    assert date_all(scan("6月底前"), Reference())[0].kind == "unresolved"
    assert date_all(scan("印发后一周内"), Reference())[0].kind == "relative"


def test_a_milestone_that_goes_on_is_two() -> None:
    for text in ("6月底前取得阶段性成效并持续推进。", "6月底前完成，长期坚持"):
        kinds = [each.kind for each in date_all(scan(text), REFERENCE)]
        assert kinds == ["by", "ongoing"]
    assert len(scan("6月底前完成整改，并持续推进各项工作")) == 1


def test_the_last_one_off_date_is_the_main_one() -> None:
    dated = date_all(scan("每月5日前报送，6月底前完成，长期坚持", whole=True), REFERENCE)
    assert [each.kind for each in dated] == ["recurring", "by", "ongoing"]
    assert main_of(dated) == 1
    assert [limit.main for limit in read(Text.plain("6月底前，12月底前"), REFERENCE)] == [False, True]


def test_mentions_tell_what_they_are() -> None:
    mention = scan("到2025年达到500亿元")[0]
    assert (mention.form, mention.unit, mention.prefix, mention.target) == ("by", "year", "until", True)
    mention = scan("应在通知印发后10个工作日内报送")[0]
    assert (mention.form, mention.unit, mention.event, mention.anchored) == (
        "within",
        "workday",
        "通知印发",
        True,
    )
    mention = scan("10个工作日内办结")[0]
    assert (mention.form, mention.event, mention.anchored) == ("within", "", False)


def test_when_answers_every_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("6 月底前\n无期限\n每月\n6月底前完成并持续推进\n"))
    assert when([], dt.date(2021, 3, 20)) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["kind"] for each in answers] == ["by", "unresolved", "recurring", "by"]
    assert answers[0]["end"] == "2021-06-30"
    assert answers[0]["basis"] == "option"
    assert answers[1]["text"] == "无期限"
    assert [other["kind"] for other in answers[3]["others"]] == ["ongoing"]


def test_when_scans_a_file_and_quotes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("请于６月\n底前报送，每月25日前更新。", "utf-8")
    assert when([], dt.date(2021, 3, 20), path) == 0
    raw = path.read_text("utf-8")
    for line in capsys.readouterr().out.splitlines():
        limit = json.loads(line)
        assert raw[slice(*limit["span"])].replace("\n", "") == limit["text"]
    assert when([], None, tmp_path / "missing.txt") == 1
    assert "missing.txt" in capsys.readouterr().err


@pytest.mark.timing
@pytest.mark.parametrize("piece", ["年月日", "1-1-", "（〔《“", "二、三"])
def test_hostile_text_is_scanned_in_linear_time(piece: str) -> None:
    def spent(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        scan(text)
        return time.process_time() - begin

    spent(10_000)
    assert spent(800_000) < 40 * max(spent(80_000), 0.002)


@pytest.mark.parametrize(
    "name",
    [
        "numerals",
        "calendar",
        "durations",
        "recurrence",
        "time_limits",
        "time_context",
        "time_dates",
        "time_words",
    ],
)
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(import_module(f"parsers.{name}"))
    assert result.attempted
    assert not result.failed


def test_from_today_on_needs_no_day_of_issue_for_its_end() -> None:
    (dated,) = date_all(scan("即日起至5月27日", whole=True), Reference((("doc_number", 2020),)))
    assert (dated.kind, dated.start, str(dated.end)) == ("range", None, "2020-05-27")
