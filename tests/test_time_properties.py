"""What holds for every time expression, whichever it is."""

import datetime as dt
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.folding import fold
from parsers.time_limits import Reference, date_all, read, scan
from schemas.text import Origin, Text
from tests.test_time_cases import EVERY, FAMILIES

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2049, 12, 31))
REFERENCE = Reference.option(dt.date(2021, 3, 20))
FIELDS = sorted({case[0] for name, case in EVERY if "⟦" not in case[0] and name != "day"})
FRAGMENTS = [
    "2021年", "二〇二二年", "今年", "明年", "次年", "年", "6月", "十二月", "13月", "本月", "月", "31日", "三十日", "5号", "上旬", "中下旬",
    "二季度", "前三季度", "上半年", "十四五", "春节", "“五一”", "两会召开", "底", "末", "前", "之前", "内", "期间", "左右", "起", "后", "至",
    "—", "、", "和", "30日内", "一个月", "10个工作日内", "印发", "之日起", "即日起", "每", "每月", "每季度", "全年", "长期", "并持续推进", "周五",
    "下周", "今天", "17：00", "，", "。", "2021.5.1", "20210430", "-", "1", "第", "《", "》", "〔2021〕", "\n", "完成", "到", "自",
]  # fmt: skip


def han(number: int, *, short: bool = False) -> str:
    """21 as 二十一 or 廿一."""
    tens, ones = divmod(number, 10)
    lead = (
        ""
        if not tens
        else "十"
        if tens == 1
        else "廿"
        if short and tens == 2
        else "一二三四五六七八九"[tens - 1] + "十"
    )
    return lead + ("" if not ones else "一二三四五六七八九"[ones - 1])


def digits(number: int, zero: str) -> str:
    return "".join(zero if char == "0" else "一二三四五六七八九"[int(char) - 1] for char in str(number))


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() and char.isalnum() else char for char in text)


def wordings(day: dt.date) -> list[str]:
    year, month, number = day.year, day.month, day.day
    return [
        f"{year}年{month}月{number}日", f"{year}年{month:02}月{number:02}日", f"{year} 年 {month} 月 {number} 日",
        f"{digits(year, '〇')}年{han(month)}月{han(number)}日", f"{digits(year, '○')}年{han(month)}月{han(number, short=True)}日",
        f"{digits(year, '零')}年{month}月{number}号", f"{year}.{month}.{number}", f"{year}-{month:02}-{number:02}",
        f"{year}/{month}/{number}", f"{year}{month:02}{number:02}", wide(f"{year}年{month}月{number}日"),
    ]  # fmt: skip


def limits(text: str) -> list[tuple[object, ...]]:
    found = read(Text(fold(text), Origin(text)), REFERENCE)
    return [(limit.kind, limit.start, limit.end, limit.recurrence, limit.implied) for limit in found]


@given(DAYS)
@settings(deadline=None)
def test_every_wording_of_a_day_is_read_back(day: dt.date) -> None:
    for wording in wordings(day):
        assert limits(wording) == [("during", day, day, None, ())], wording
        assert limits(f"{wording}前") == [("by", None, day, None, ())], wording


@given(DAYS, DAYS)
@settings(deadline=None)
def test_every_wording_of_a_range_is_read_back(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other))
    for link in ("至", "—", "－", "～", "到", "——"):
        for first, last in zip(wordings(start)[:8], wordings(end)[:8], strict=True):
            assert limits(f"{first}{link}{last}") == [("range", start, end, None, ())], (first, link, last)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.booleans())
@example("二〇二二年至2021年每月", False)
@example("春节至1—5号", False)
@settings(deadline=None, max_examples=600)
def test_times_lie_in_order_and_start_before_they_end(text: str, whole: bool) -> None:
    mentions = scan(text, whole=whole)
    assert all(0 <= mention.start < mention.stop <= len(text) for mention in mentions)
    assert all(one.stop <= other.start for one, other in pairwise(mentions))
    for dated in date_all(mentions, REFERENCE):
        assert dated.start is None or dated.end is None or dated.start <= dated.end, text


@given(st.sampled_from(FIELDS), st.data())
@settings(deadline=None, max_examples=400)
def test_a_blank_or_a_break_inside_changes_nothing(text: str, data: st.DataObject) -> None:
    places = [i for i in range(1, len(text)) if not (text[i - 1].isdigit() and text[i].isdigit())]
    at = data.draw(st.sampled_from(places or [0]))
    blank = data.draw(st.sampled_from([" ", "\n", "　", "  \n"]))
    assert limits(text[:at] + blank + text[at:]) == limits(text)


@given(st.sampled_from(FIELDS))
@settings(deadline=None)
def test_widths_change_nothing(text: str) -> None:
    assert limits(wide(text)) == limits(text)


def test_without_a_reference_a_missing_year_stays_open() -> None:
    for name in ("month", "quarter", "festival"):
        for text, *_ in FAMILIES[name]["cases"]:
            for limit in read(Text.plain(fold(text)), Reference()):
                assert limit.basis is None
                assert (
                    limit.start is not None
                    or limit.end is not None
                    or limit.kind in ("unresolved", "ongoing")
                )
