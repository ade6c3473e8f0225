"""What clerks type and paste in a field is read as they mean it, or refused in a sentence."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.authoring.form.form_records import FieldChoice, FieldKind, FormField
from medcounter.authoring.form.reading.day_reading import DaySense, read_day, read_year_day
from medcounter.authoring.form.reading.field_reading import read_amount, read_field
from medcounter.authoring.form.reading.refusals import (
    AmountNotReadError,
    ChoiceNotKnownError,
    CodeNotReadError,
    DayFarAwayError,
    DayNotReadError,
    FieldNeededError,
    FieldRefusedError,
    FlagNotReadError,
    MayNotBeUnstatedError,
    NumberNotReadError,
    RateNotReadError,
    SentenceBlankUnknownError,
    SpanNotReadError,
    TextTooLongError,
)

SEASON = DaySense(2026)
LATE = DaySense(2026, own_year=True)
EVERY_YEAR = DaySense(2025, lasting=True)


def field(
    kind: FieldKind, choices: tuple[FieldChoice, ...] = (), *, nullable: bool = False
) -> FormField:
    return FormField(("x",), "这一栏", kind, None, "", choices, nullable=nullable)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20250908", "2025-09-08"),
        ("2025-09-08", "2025-09-08"),
        ("2025年9月8日", "2025-09-08"),
        ("２０２５．９．８", "2025-09-08"),
        ("2025/9/8", "2025-09-08"),
        ("0908", "2025-09-08"),
        ("9月8日", "2025-09-08"),
        ("九月八日", "2025-09-08"),
        ("十二月三十一日", "2025-12-31"),
        ("9.8", "2025-09-08"),
        ("0228", "2026-02-28"),
        ("上年9月1日", "B-1:09-01"),
        ("次年1月31日", "B+1:01-31"),
        ("当年12月31日", "B:12-31"),
        ("二月底", "B:02-last"),
        ("2月末", "B:02-last"),
        ("2026年2月底", "B:02-last"),
        ("二月最后一天", "B:02-last"),
        ("12月底", "2025-12-31"),
        ("当年年底", "B:12-last"),
    ],
)
def test_a_day_of_the_season_of_2026(text: str, day: str) -> None:
    assert read_year_day("起", text, SEASON) == day


def test_a_day_of_a_period_after_the_season_lies_in_the_benefit_year() -> None:
    assert read_year_day("起", "0701", LATE) == "2026-07-01"
    assert read_year_day("起", "7月1日", SEASON) == "2025-07-01"


def test_the_last_day_of_a_period_lies_after_its_first() -> None:
    until = DaySense(2026, not_before=date(2025, 9, 1))
    assert read_year_day("止", "1231", until) == "2025-12-31"
    assert read_year_day("止", "0331", until) == "2026-03-31"
    assert read_year_day("止", "1231", DaySense(2026, not_before=date(2026, 3, 1))) == "2026-12-31"


def test_the_last_day_of_a_period_may_be_a_leap_day() -> None:
    until = DaySense(2028, not_before=date(2027, 9, 1))
    assert read_year_day("止", "2月29日", until) == "2028-02-29"
    with pytest.raises(DayNotReadError, match="2026 年 2 月只有 28 天"):
        read_year_day("止", "2月29日", DaySense(2026, not_before=date(2025, 9, 1)))


@pytest.mark.parametrize(("text", "sense"), [("当年2月29日", SEASON), ("2月29日", EVERY_YEAR)])
def test_a_day_that_not_every_year_has_hangs_on_no_year(text: str, sense: DaySense) -> None:
    with pytest.raises(DayNotReadError, match=r"不是每年都有这一天.*请写“2月底”"):
        read_year_day("止", text, sense)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("上一年度9月1日", "B-1:09-01"),
        ("前一年度9月1日", "B-1:09-01"),
        ("次年度1月31日", "B+1:01-31"),
        ("下一年度的1月31日", "B+1:01-31"),
        ("后一年度1月31日", "B+1:01-31"),
        ("当年度12月31日", "B:12-31"),
    ],
)
def test_a_year_may_be_called_a_benefit_year(text: str, day: str) -> None:
    assert read_year_day("起", text, SEASON) == day


def test_days_of_rules_for_several_years_hang_on_the_year() -> None:
    assert read_year_day("起", "0901", EVERY_YEAR) == "B-1:09-01"
    assert read_year_day("止", "2026-12-31", EVERY_YEAR) == "2026-12-31"


@pytest.mark.parametrize(
    "text", ["", "昨天", "13月1日", "0230", "9月31日", "20250931", "9", "上年"]
)
def test_what_is_no_day_is_refused_and_kept(text: str) -> None:
    with pytest.raises(DayNotReadError) as caught:
        read_year_day("集中征缴期第一天", text, SEASON)
    assert caught.value.typed == text
    assert "“集中征缴期第一天”" in caught.value.text


def test_a_day_of_february_that_its_year_lacks_is_refused_by_its_year() -> None:
    with pytest.raises(DayNotReadError, match="2026 年 2 月只有 28 天"):
        read_year_day("止", "2026-02-29", SEASON)


def test_a_day_of_quite_another_year_is_refused() -> None:
    with pytest.raises(DayFarAwayError, match="离 2026 年度太远"):
        read_year_day("起", "2016-09-01", SEASON)


def test_a_birth_says_its_year() -> None:
    assert read_day("出生日期", "1990年5月1日", DaySense(0)) == "1990-05-01"
    with pytest.raises(DayNotReadError, match="请连年份一起写"):
        read_day("出生日期", "0501", DaySense(0))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("400", "400.00"),
        ("400.5", "400.50"),
        ("４００元", "400.00"),
        ("1,070.00", "1070.00"),
        ("１，０７０", "1070.00"),
        ("¥ 430 元/人", "430.00"),
        ("每人每年 400 元", "400.00"),
        ("400。50", "400.50"),
        ("\u3000780\u00a0元整", "780.00"),
        ("0", "0.00"),
        ("0.1万元", "1000.00"),
        ("人民币400元/人/年", "400.00"),
        ("400元每人每年", "400.00"),
        ("RMB 400", "400.00"),
        ("400元人民币", "400.00"),
        ("430元/人年", "430.00"),
    ],
)
def test_an_amount_as_it_is_pasted(text: str, amount: str) -> None:
    assert read_amount("金额", text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "四百",
        "-400",
        "400.005",
        "4OO",
        "40,0",
        "1.070,00",
        "400-430",
        "2026年400元",
        "3人400元",
        "4元00",
        "2026年",
        "3人",
    ],
)
def test_what_is_no_amount_is_refused_and_kept(text: str) -> None:
    with pytest.raises(AmountNotReadError) as caught:
        read_amount("个人缴费", text)
    assert caught.value.typed == text


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.RATE, "50%", "0.5"),
        (FieldKind.RATE, "５０％", "0.5"),
        (FieldKind.RATE, "0.045", "0.045"),
        (FieldKind.RATE, "100%", "1"),
        (FieldKind.RATE, "万分之五", "0.0005"),
        (FieldKind.RATE, "六成", "0.6"),
        (FieldKind.RATE, "一半", "0.5"),
        (FieldKind.NUMBER, "3", 3),
        (FieldKind.NUMBER, "三个月", 3),
        (FieldKind.NUMBER, "十二", 12),
        (FieldKind.NUMBER, "６０周岁", 60),
        (FieldKind.NUMBERS, "2020-2023", [2020, 2021, 2022, 2023]),
        (FieldKind.NUMBERS, "2020、2022", [2020, 2022]),
        (FieldKind.NUMBERS, "没有", []),
        (FieldKind.SPAN, "28天", {"days": 28}),
        (FieldKind.SPAN, "二十八日以内", {"days": 28}),
        (FieldKind.SPAN, "3 个月", {"months": 3}),
        (FieldKind.SPAN, "一年内", {"years": 1}),
        (FieldKind.YEAR, "2025年度", 2025),
        (FieldKind.FLAG, "有", True),
        (FieldKind.FLAG, "否", False),
        (FieldKind.TEXT, " 一\n二 ", "一 二"),
        (FieldKind.SENTENCE, "共 {amount} 元。", "共 {amount} 元。"),
        (FieldKind.CODE, "main-2026", "main-2026"),
        (FieldKind.VALUE, "是", True),
        (FieldKind.VALUE, "3", 3),
        (FieldKind.VALUE, "一档", "一档"),
    ],
)
def test_a_field_of_each_kind(kind: FieldKind, text: str, value: object) -> None:
    assert read_field(field(kind), text, SEASON) == value


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (FieldKind.RATE, "50", RateNotReadError),
        (FieldKind.RATE, "120%", RateNotReadError),
        (FieldKind.NUMBER, "很多", NumberNotReadError),
        (FieldKind.NUMBER, "1.5", NumberNotReadError),
        (FieldKind.NUMBERS, "2020、去年", NumberNotReadError),
        (FieldKind.SPAN, "28", SpanNotReadError),
        (FieldKind.SPAN, "0天", SpanNotReadError),
        (FieldKind.YEAR, "26", FieldRefusedError),
        (FieldKind.FLAG, "也许", FlagNotReadError),
        (FieldKind.TEXT, "长" * 601, TextTooLongError),
        (FieldKind.SENTENCE, "共 {sum} 元。", SentenceBlankUnknownError),
        (FieldKind.SENTENCE, "共 {amount 元。", SentenceBlankUnknownError),
        (FieldKind.CODE, "主要", CodeNotReadError),
        (FieldKind.NUMBER, "", FieldNeededError),
        (FieldKind.NUMBER, "来源没有写", MayNotBeUnstatedError),
    ],
)
def test_what_a_field_cannot_take_is_refused_by_its_cause(
    kind: FieldKind, text: str, error: type[FieldRefusedError]
) -> None:
    with pytest.raises(error) as caught:
        read_field(field(kind), text, SEASON)
    assert caught.value.typed == text
    assert "“这一栏”" in caught.value.text


def test_what_no_source_gives_is_null_where_that_may_be() -> None:
    unstated = field(FieldKind.AMOUNT, nullable=True)
    assert read_field(unstated, "来源没有写", SEASON) is None


@pytest.mark.parametrize("text", ["1/12", "１／１２", "12分之1", "十二分之一", " 1 / 12 "])
def test_a_rate_of_a_base_may_be_a_fraction(text: str) -> None:
    """A twelfth for each month; elsewhere a share ends as a decimal."""
    rate = replace(field(FieldKind.RATE), path=("amount", "rate"))
    assert read_field(rate, text, SEASON) == "1/12"
    with pytest.raises(RateNotReadError):
        read_field(field(FieldKind.RATE), text, SEASON)


@pytest.mark.parametrize("text", ["13/12", "1/0", "1/2/3", "分之一", "0/12"])
def test_what_is_no_fraction_is_refused(text: str) -> None:
    with pytest.raises(RateNotReadError):
        read_field(replace(field(FieldKind.RATE), path=("rate",)), text, SEASON)


UNITS = (FieldChoice("month", "月"), FieldChoice("whole-month", "整月（含缴费当月）"))
PEOPLE = (FieldChoice("low-income", "城乡低保对象"), FieldChoice("orphan", "孤儿"))


@pytest.mark.parametrize("text", ["whole-month", "整月（含缴费当月）", "整月", "含缴费当月"])
def test_a_choice_is_taken_by_code_label_or_a_part_that_only_it_has(text: str) -> None:
    assert read_field(field(FieldKind.CHOICE, choices=UNITS), text, SEASON) == "whole-month"


def test_a_choice_that_is_none_or_could_be_two_is_refused_with_all_that_may_be() -> None:
    with pytest.raises(ChoiceNotKnownError, match="月、整月（含缴费当月）"):
        read_field(field(FieldKind.CHOICE, choices=UNITS), "周", SEASON)


def test_several_choices_are_divided_by_any_mark() -> None:
    read = read_field(field(FieldKind.CHOICES, choices=PEOPLE), "孤儿，低保", SEASON)
    assert read == ["orphan", "low-income"]
