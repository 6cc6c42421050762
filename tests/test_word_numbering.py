"""Automatic numbers of Word: every format an office uses, and how lists go on, begin anew and hang on styles."""

import pytest

from pipeline.readers.word.numerals import printed
from pipeline.readers.word.signs import bullet
from tests.packages import numbered, p, text

FORMATS = {
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 100: "一○○"},
    "chineseCountingThousand": {3: "三", 12: "十二", 100: "一百", 105: "一百零五", 110: "一百一十", 2021: "二千零二十一", 12000: "一万二千"},
    "taiwaneseCounting": {10: "十", 15: "十五", 101: "一○一"},
    "taiwaneseCountingThousand": {4: "四", 30: "三十"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 25: "贰拾伍", 103: "壹佰零叁"},
    "ideographLegalTraditional": {2: "貳", 10: "壹拾"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographDigital": {1: "一", 10: "一〇", 21: "二一"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉"},
    "japaneseCounting": {1: "一", 10: "十", 12: "十二", 100: "百", 110: "百十", 205: "二百五"},
    "decimal": {1: "1", 12: "12"},
    "decimalZero": {1: "01", 12: "12"},
    "decimalFullWidth": {12: "１２"},
    "decimalFullWidth2": {3: "３"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedCircleChinese": {2: "②", 10: "⑩"},
    "decimalEnclosedFullstop": {1: "⒈"},
    "decimalEnclosedParen": {3: "⑶"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 28: "BB"},
    "lowerLetter": {2: "b"},
    "upperRoman": {4: "IV", 9: "IX", 14: "XIV", 1994: "MCMXCIV"},
    "lowerRoman": {3: "iii"},
    "numberInDash": {2: "- 2 -"},
    "none": {1: ""},
    "bullet": {1: ""},
    "aFormatOfTheFuture": {7: "7"},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_formats(form: str) -> None:
    assert {number: printed(number, form) for number in FORMATS[form]} == FORMATS[form]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", [0, 1, 99, 32767, 32768, 10**9])
def test_no_number_is_too_large(form: str, number: int) -> None:
    assert len(printed(number, form)) < 80


def level(depth: int, form: str, around: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{around}"/></w:lvl>'
    )


HAN = level(0, "chineseCountingThousand", "%1、")
BRACKET = level(1, "chineseCounting", "（%2）")
DIGIT = level(2, "decimal", "%3.")


def lists(
    *definitions: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{count}">{levels}</w:abstractNum>'
        for count, levels in enumerate(definitions)
    )
    return made + instances


def instance(number: int, definition: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def begins(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def labels(steps: str, numbering: str, styles: str = "") -> str:
    """Steps "1.0 1.1" are instance and level of one paragraph each; the labels in order, blanks inside kept."""
    places = (step.split(".") for step in steps.split())
    body = "".join(numbered("|", int(one), int(depth)) for one, depth in places)
    return text(body, numbering=numbering, styles=styles).replace("|", "").replace("\n", " ")


def test_levels_count_and_begin_anew() -> None:
    steps = "1.0 1.1 1.1 1.2 1.2 1.0 1.1 1.2"
    assert labels(steps, lists(HAN + BRACKET + DIGIT)) == "一、 （一） （二） 1.  2.  二、 （一） 1. "


def test_a_level_that_never_begins_anew_and_one_that_waits_for_the_first() -> None:
    never = level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>')
    first = level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    assert labels("1.0 1.1 1.0 1.1", lists(HAN + never)) == "一、 1  二、 2 "
    assert labels("1.0 1.1 1.2 1.1 1.2 1.0 1.2", lists(HAN + BRACKET + first)).split() == [
        "一、", "（一）", "1", "（二）", "2", "二、", "1",
    ]  # fmt: skip


def test_instances_of_a_definition_count_on_together() -> None:
    both = lists(HAN, instances=instance(1) + instance(2))
    assert labels("1.0 2.0 1.0", both) == "一、 二、 三、"


def test_an_override_of_the_start_begins_anew_once() -> None:
    both = lists(
        HAN + BRACKET, instances=instance(1) + instance(2, 0, begins(0, 1)) + instance(3, 0, begins(1, 5))
    )
    assert labels("1.0 1.0 2.0 2.0", both) == "一、 二、 一、 二、"
    assert labels("1.0 3.1 3.1 3.0 3.1", both) == "一、 （五） （六） 二、 （一）"


def test_an_override_of_a_level_changes_how_it_looks() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride>'
    assert labels("1.0 2.0", lists(HAN, instances=instance(1) + instance(2, 0, other))) == "一、 ② "


def test_legal_numbering_prints_digits() -> None:
    legal = level(1, "chineseCounting", "%1.%2", "<w:isLgl/>")
    assert labels("1.0 1.1 1.1", lists(HAN + legal)) == "一、 1.1  1.2 "
    off = level(1, "chineseCounting", "%1.%2", '<w:isLgl w:val="0"/>')
    assert labels("1.0 1.1", lists(HAN + off)) == "一、 一.一 "


def test_a_level_above_that_was_never_used_counts_as_begun() -> None:
    assert labels("1.1 1.0", lists(HAN + level(1, "decimal", "%1.%2"))) == "一.1  二、"


def test_starts_and_gaps() -> None:
    assert labels("1.0", lists(level(0, "decimal", "第%1条", start=5))) == "第5条 "
    for suffix, wanted in (("nothing", "1."), ("space", "1. "), ("tab", "1. ")):
        assert labels("1.0", lists(level(0, "decimal", "%1.", f'<w:suff w:val="{suffix}"/>'))) == wanted
    assert labels("1.0", lists(level(0, "none", "%1"))) == ""


def test_no_number_where_there_is_none() -> None:
    assert labels("0.0 9.0 1.7", lists(HAN)) == "  "
    assert text(numbered("甲", 1)) == "甲"


LINKED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="own"/><w:basedOn w:val="2"/></w:style>'
)


def test_numbers_that_hang_on_styles() -> None:
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>') + level(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'
    )
    body = "".join(p("|", f'<w:pStyle w:val="{style}"/>') for style in "1231")
    body += numbered("|", 0, None, "1") + p("|")
    found = text(body, numbering=lists(levels), styles=LINKED).replace("|", "")
    assert found == "一、\n（一）\n（二）\n二、\n\n"


def test_a_numbering_style_stands_between() -> None:
    by_link = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="表"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="表"/>{HAN}</w:abstractNum>' + instance(1)
    )
    assert labels("1.0 1.0", by_link) == "一、 二、"


def test_styles_in_a_circle_end() -> None:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("xy", "yx")
    )
    assert text(p("甲", '<w:pStyle w:val="x"/>'), styles=ring) == "甲"


def test_deleted_paragraphs_take_no_number() -> None:
    gone = '<w:rPr><w:del/></w:rPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = numbered("甲") + p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", gone) + numbered("乙")
    assert text(body, numbering=lists(HAN)) == "一、甲\n二、乙"


def test_numbers_before_a_change_of_properties_do_not_count() -> None:
    old = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    assert text(p("甲", old), numbering=lists(HAN)) == "甲"


@pytest.mark.parametrize(
    ("sign", "font", "seen"),
    [("\uf06c", "Wingdings", "●"), ("\uf0d8", "Wingdings", "➢"), ("\uf0b7", "Symbol", "•"), ("l", "Wingdings", "●"),
     ("o", "Courier New", "○"), ("●", "", "●"), ("—", "", "—"), ("\uf000", "Wingdings", "•"), ("", "", "")],
)  # fmt: skip
def test_bullets(sign: str, font: str, seen: str) -> None:
    assert bullet(sign, font) == seen


def test_a_custom_format_with_leading_zeros() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="01, 02, 03, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    made = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{custom}<w:lvlText w:val="%1"/></w:lvl>'
    assert labels("1.0 1.0", lists(made)) == "01  02 "
