"""The one sentence a clerk reads aloud, for every kind of answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess import Assessment, Facts, assess
from medcounter.assess.assessment import Coverage, Doubt, Fee, Wait
from medcounter.wording.say_words import doubt_line, spoken_answer
from tests.support.rules.rule_samples import shipped_book

TODAY = date(2025, 3, 5)
JIANGXI = Facts(
    region="360000", benefit_year=2025, payment_date=TODAY, birth_date=date(1988, 7, 12)
)


@pytest.fixture(scope="module")
def plain() -> Assessment:
    """400 yuan, three months, covered from 5 June: source 000."""
    answer = assess(JIANGXI, shipped_book())
    assert isinstance(answer, Assessment)
    return replace(answer, doubts=())


def doubt(status: str, field: str, text: str = "两种读法") -> Doubt:
    return Doubt(field, status, text, None, None, "rule")


def fee(total: int | None, repair: int = 0, other: int = 0) -> Fee:
    own = None if total is None else total - repair - other
    return Fee(total, own, 0, own, repair, None, ())


def test_a_plain_answer_is_said_with_amount_wait_and_first_day(plain: Assessment) -> None:
    said = "今天缴 400 元，等待三个月，2025 年 6 月 5 日起报销。"
    assert spoken_answer(plain, TODAY) == said


def test_another_day_of_payment_is_said_by_its_date(plain: Assessment) -> None:
    assert spoken_answer(plain, date(2025, 3, 1)).startswith("2025 年 3 月 5 日缴 400 元，")


def test_without_stored_facts_the_day_is_today(plain: Assessment) -> None:
    assert spoken_answer(replace(plain, facts=None), TODAY).startswith("今天缴 400 元，")


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (0, "今天办理，自己不用缴钱，"), (None, "今天可以缴，金额还要核实，"),
        (40050, "今天缴 400.50 元，"),
    ],
)  # fmt: skip
def test_full_aid_an_unknown_amount_and_cents_are_said(
    plain: Assessment, total: int | None, words: str
) -> None:
    assert spoken_answer(replace(plain, fee=fee(total)), TODAY).startswith(words)


@pytest.mark.parametrize(
    ("repair", "other", "words"),
    [
        (40000, 0, "今天缴 800 元（其中补缴断保 400 元），"),
        (0, 40000, "今天缴 800 元（其中其他年度 400 元），"),
        (40000, 20000, "今天缴 800 元（其中补缴断保 400 元、其他年度 200 元），"),
    ],
)
def test_what_is_paid_for_lapsed_and_other_years_is_named(
    plain: Assessment, repair: int, other: int, words: str
) -> None:
    assert spoken_answer(replace(plain, fee=fee(80000, repair, other)), TODAY).startswith(words)


@pytest.mark.parametrize(
    ("count", "unit", "words"),
    [
        (1, "month", "等待一个月"), (2, "month", "等待两个月"), (10, "month", "等待十个月"),
        (11, "month", "等待 11 个月"), (90, "day", "等待 90 天"),
        (2, "whole-month", "等待两个整月"),
    ],
)  # fmt: skip
def test_a_wait_is_said_as_it_is_spoken(
    plain: Assessment, count: int, unit: str, words: str
) -> None:
    wait = Wait(TODAY, TODAY, count, 0, 0, count, unit)
    assert f"，{words}，" in spoken_answer(replace(plain, wait=wait), TODAY)


def test_an_exempt_resident_hears_that_nobody_waits(plain: Assessment) -> None:
    exempt = replace(
        plain, wait=None, exemption="newborn", coverage=Coverage(TODAY, date(2025, 12, 31))
    )
    assert spoken_answer(exempt, TODAY) == "今天缴 400 元，不用等待，2025 年 3 月 5 日起报销。"


def test_a_year_without_benefits_and_an_end_before_the_year_s_are_said(plain: Assessment) -> None:
    assert spoken_answer(replace(plain, coverage=None), TODAY).endswith("，2025 年度报销不了。")
    partly = replace(plain, coverage=Coverage(date(2025, 6, 5), date(2025, 8, 31)))
    assert spoken_answer(partly, TODAY).endswith(
        "，2025 年 6 月 5 日起报销，到 2025 年 8 月 31 日为止。"
    )


def test_a_closed_day_is_said_with_the_next_open_one_or_without(plain: Assessment) -> None:
    closed = replace(plain, payable=False, fee=None, wait=None, coverage=None, next_window=None)
    assert spoken_answer(closed, TODAY) == "今天不能缴，规则里也没有写哪天可以缴。"
    later = replace(closed, next_window=date(2025, 10, 15))
    assert spoken_answer(later, TODAY) == "今天不能缴，最早 2025 年 10 月 15 日可以缴。"


def test_where_rules_are_missing_no_figure_is_said(plain: Assessment) -> None:
    said = spoken_answer(replace(plain, payable=None, benefit_year=2027), TODAY)
    assert said.startswith("这里 2027 年度的规则还没有收录，现在办不了；")
    assert "400" not in said


def test_what_is_unsettled_is_said_and_what_is_assumed_is_not(plain: Assessment) -> None:
    unsettled = (doubt("unsettled", "wait.to"), doubt("unsettled", "coverage.from"))
    said = spoken_answer(replace(plain, doubts=unsettled), TODAY)
    assert said.endswith("起报销；等待期和报销的日子规定不一，以医保经办机构核定为准。")
    assumed = replace(plain, doubts=(doubt("assumed", "wait.to"),))
    assert spoken_answer(assumed, TODAY) == spoken_answer(plain, TODAY)


def test_doubts_are_counted_once_for_each_reason_by_the_worse_standing() -> None:
    doubts = (
        doubt("assumed", "wait.to", "甲"), doubt("unsettled", "coverage.from", "甲"),
        doubt("assumed", "fee.total", "乙"),
    )  # fmt: skip
    assert doubt_line(doubts) == "1 处未定，1 处推定"
    assert doubt_line(doubts[2:]) == "1 处推定"
    assert doubt_line(()) == ""
