"""Regions with rules unlike any in the rule book, expressed as data alone."""

from datetime import date

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.assessment import Coverage, Fee, Wait
from medcounter.assess.facts import Event
from tests.support.rules.region_samples import (
    IN_LATE,
    LATE,
    MAIN,
    by_age,
    carried,
    full_cost,
    late_fees,
    region,
    registered,
    sub_windows,
    tiers,
    transfers,
    two_years,
)
from tests.support.rules.rule_samples import PROVINCE, assessed, facts, rule, standard


def fee_of(known: Facts, book: RuleBook) -> Fee:
    fee = assessed(known, book).fee
    assert fee is not None
    return fee


def cover_of(known: Facts, book: RuleBook) -> Coverage:
    coverage = assessed(known, book).coverage
    assert coverage is not None
    return coverage


def wait_of(known: Facts, book: RuleBook) -> Wait:
    wait = assessed(known, book).wait
    assert wait is not None
    return wait


@pytest.mark.parametrize(
    ("birth", "total"),
    [
        ("2008-01-02", 20000),
        ("2008-01-01", 40000),
        ("1966-01-02", 40000),
        ("1966-01-01", 30000),
        ("2025-06-01", 20000),
    ],
)
def test_a_fee_may_go_by_age_on_a_reference_day(birth: str, total: int) -> None:
    known = facts("2025-11-10", birth_date=date.fromisoformat(birth))
    assert fee_of(known, by_age()).total == total


def test_a_fee_by_age_may_be_lower_for_students_of_any_age() -> None:
    known = facts("2025-11-10", birth_date=date(2005, 1, 1), categories=("student",))
    assert fee_of(known, by_age()).total == 15000


@pytest.mark.parametrize(
    ("paid", "end"),
    [("2026-01-31", "2026-02-28"), ("2026-02-01", "2026-03-31"), ("2026-11-15", "2026-12-31")],
)
def test_a_wait_of_two_whole_months_begins_with_the_month_of_payment(paid: str, end: str) -> None:
    known = facts(paid, birth_date=date(1990, 1, 1))
    wait = wait_of(known, by_age())
    assert (wait.start.isoformat(), wait.end.isoformat()) == (paid, end)
    assert (wait.total, wait.unit) == (2, "whole-month")


@pytest.mark.parametrize(
    ("known", "total", "subsidy"),
    [
        (facts("2026-06-30"), 40000, 70000),
        (facts("2026-07-01"), 108000, 0),
        (facts("2026-07-01", categories=("low-income",)), 40000, 70000),
        (facts("2026-09-29", birth_date=date(2026, 7, 1)), 40000, 70000),
        (facts("2026-09-30", birth_date=date(2026, 7, 1)), 108000, 0),
        (
            facts("2026-07-30", events=(Event("military-discharge", date(2026, 6, 1)),)),
            40000,
            70000,
        ),
    ],
)
def test_from_a_day_on_the_full_cost_may_be_asked_of_all_but_some_groups(
    known: Facts, total: int, subsidy: int
) -> None:
    fee = fee_of(known, full_cost())
    assert (fee.total, fee.standard, fee.subsidy) == (total, total, subsidy)
    assert sum(line.amount or 0 for line in fee.lines) == total


def test_three_components_are_lines_of_the_tier_chosen() -> None:
    for tier, total in (("1", 38550), ("2", 63550)):
        fee = fee_of(facts("2025-11-10", answers=(("tier", tier),)), tiers())
        assert [line.code for line in fee.lines] == ["basic", "care", "extra"]
        assert fee.total == total


def test_a_tier_that_was_not_chosen_is_asked_for() -> None:
    asked = assess(facts("2025-11-10"), tiers())
    assert not isinstance(asked, Assessment)
    assert [(problem.field, problem.code) for problem in asked] == [("answers.tier", "missing")]


def test_a_group_may_pay_one_tier_and_get_another() -> None:
    known = facts("2025-11-10", categories=("severely-disabled",), answers=(("tier", "2"),))
    answer = assessed(known, tiers())
    assert answer.fee is not None
    assert (answer.fee.total, answer.fee.aid) == (38550, 25000)
    assert [remark.text for remark in answer.remarks] == ["按一档缴费，享受二档待遇。"]


@pytest.mark.parametrize(
    ("paid", "months", "lines"),
    # 405.60 × 12 = 4867.20; 4 × 12 = 48; two months of arrears 811.20; the rest by the day.
    [
        ("2026-03-31", 0, [486720, 4800, 0, 0]),
        ("2026-04-01", 0, [486720, 4800, 0, 246]),
        ("2026-04-10", 2, [486720, 4800, 81120, 2863]),
    ],
)
def test_a_late_fee_may_run_by_the_day_on_all_components(
    paid: str, months: int, lines: list[int]
) -> None:
    known = facts(paid, scheme="flexible", answers=(("gap_months", months),))
    fee = fee_of(known, late_fees())
    assert [line.amount for line in fee.lines] == lines
    assert fee.total == sum(lines)


@pytest.mark.parametrize(("paid", "waits"), [("2026-07-10", False), ("2026-07-11", True)])
def test_a_newborns_window_may_run_from_household_registration(paid: str, *, waits: bool) -> None:
    known = facts(
        paid,
        birth_date=date(2026, 1, 20),
        events=(Event("registered-at-birth", date(2026, 4, 10)),),
        answers=(("parent_insured", True),),
    )
    answer = assessed(known, registered())
    assert (answer.wait is not None) is waits
    if not waits:
        assert answer.exemption == "registered-at-birth"
        assert cover_of(known, registered()).start == date(2026, 1, 20)


def test_a_newborn_may_be_free_only_with_an_insured_parent() -> None:
    child = facts("2026-05-01", birth_date=date(2025, 3, 1))
    asked = assess(child, registered())
    assert not isinstance(asked, Assessment)
    assert [problem.field for problem in asked] == ["answers.parent_insured"]
    totals = [
        fee_of(
            facts(
                "2026-05-01", birth_date=date(2025, 3, 1), answers=(("parent_insured", insured),)
            ),
            registered(),
        ).total
        for insured in (True, False)
    ]
    assert totals == [0, 40000]


@pytest.mark.parametrize(("years", "covered"), [(2, "2026-04-11"), (1, "2026-08-10")])
def test_a_transfer_may_close_its_gap_after_enough_continuous_years(
    years: int, covered: str
) -> None:
    known = facts(
        "2026-05-10",
        events=(Event("employee-insurance-ended", date(2026, 4, 10)),),
        answers=(("prior_continuous_years", years),),
    )
    assert cover_of(known, transfers()).start.isoformat() == covered


@pytest.mark.parametrize(
    ("discharged", "covered"), [("2026-01-02", "2026-11-01"), ("2025-12-31", None)]
)
def test_a_group_may_be_exempt_in_the_calendar_year_of_its_event(
    discharged: str, covered: str | None
) -> None:
    events = (Event("military-discharge", date.fromisoformat(discharged)),)
    coverage = assessed(facts("2026-11-20", events=events), transfers()).coverage
    assert (coverage.start.isoformat() if coverage else None) == covered


def test_a_newborn_may_pay_for_the_birth_year_and_the_next_on_one_day() -> None:
    child = {"birth_date": date(2025, 11, 20)}
    last = facts("2026-02-18", benefit_year=2025, **child)
    assert cover_of(last, two_years()) == Coverage(date(2025, 11, 20), date(2025, 12, 31))
    assert cover_of(facts("2026-02-18", **child), two_years()).start == date(2026, 1, 1)
    assert not assessed(facts("2026-02-19", benefit_year=2025, **child), two_years()).payable


def test_nobody_else_may_pay_for_a_year_that_is_over() -> None:
    assert not assessed(facts("2026-02-18", benefit_year=2025), two_years()).payable
    older = facts("2026-02-18", benefit_year=2025, birth_date=date(2024, 12, 30))
    assert not assessed(older, two_years()).payable


def test_a_year_without_cover_may_count_as_not_continuous() -> None:
    lost = {"carries": False, "counts_as_lapsed": True}
    book = region(
        MAIN, LATE, standard("400.00"), rule("own-carry", "carry-over", lost, replaces="carry-over")
    )
    codes = {remark.code for remark in assessed(facts("2026-11-05"), book).remarks}
    assert "counts-as-lapsed" in codes


@pytest.mark.parametrize(
    ("paid", "codes", "kind", "covered"),
    [
        ("2025-11-25", (), "main", "2026-01-01"),
        ("2025-11-26", (), "closed", None),
        ("2025-12-21", (), "closed", None),
        ("2026-01-10", (), "closed", None),
        ("2026-01-10", ("low-income",), "extended", "2026-02-01"),
        ("2026-02-01", ("low-income",), "closed", None),
    ],
)
def test_each_sub_window_may_have_its_days_its_groups_and_its_first_covered_day(
    paid: str, codes: tuple[str, ...], kind: str, covered: str | None
) -> None:
    answer = assessed(facts(paid, categories=codes), sub_windows())
    assert answer.window.kind == kind
    assert (answer.coverage.start.isoformat() if answer.coverage else None) == covered


def test_the_next_window_is_the_first_that_is_open_to_this_person() -> None:
    assert assessed(facts("2025-11-27"), sub_windows()).next_window == date(2025, 12, 1)
    aided = facts("2025-12-21", categories=("low-income",))
    assert assessed(aided, sub_windows()).next_window == date(2026, 1, 10)
    assert assessed(facts("2025-12-21"), sub_windows()).next_window is None


def test_ninety_days_may_be_counted_from_the_day_after_the_money_is_credited() -> None:
    book = region(
        MAIN,
        LATE,
        standard("400.00"),
        rule(
            "own-wait",
            "fixed-wait",
            {"length": 90, "unit": "day"},
            replaces="fixed-wait",
            when=IN_LATE,
            exception_to=["no-fixed-wait"],
        ),
        rule("no-variable", "variable-wait", {"per_year": 0}, replaces="variable-wait"),
        rule("own-start", "wait-start", {"anchor": "day-after-payment"}, replaces="wait-start"),
    )
    wait = wait_of(facts("2026-03-10"), book)
    # 11 March is day 1, 8 June day 90.
    assert (wait.start, wait.end) == (date(2026, 3, 11), date(2026, 6, 8))
    assert cover_of(facts("2026-03-10"), book).start == date(2026, 6, 9)


def test_the_place_of_all_these_regions_is_the_same_invented_province() -> None:
    assert {choice.code for choice in by_age().regions()} == {PROVINCE}


def test_a_wait_past_the_years_end_is_told_to_run_on() -> None:
    answer = assessed(facts("2026-11-05"), carried())
    assert answer.coverage is None
    told = [remark.text for remark in answer.remarks if remark.code == "wait-crosses-year"]
    assert told == ["等待期到 2027-02-04 才结束，已跨入下一年度；续缴下一年度的，等待期接着计算。"]


@pytest.mark.parametrize(
    ("paid_late", "waits_until", "covered"),
    [
        # Three months from 1 October are over on 31 December; from 2 October they are not.
        ("2026-10-01", None, "2027-01-01"),
        ("2026-10-02", "2027-01-01", "2027-01-02"),
        ("2026-11-05", "2027-02-04", "2027-02-05"),
        ("2026-11-30", "2027-02-27", "2027-02-28"),
    ],
)
def test_the_rest_of_a_wait_is_carried_into_the_next_year(
    paid_late: str, waits_until: str | None, covered: str
) -> None:
    events = (Event("paid-late-last-year", date.fromisoformat(paid_late)),)
    known = facts("2026-12-10", benefit_year=2027, events=events)
    wait = assessed(known, carried()).wait
    assert (wait.end.isoformat() if wait else None) == waits_until
    assert wait is None or wait.start.isoformat() == paid_late
    assert cover_of(known, carried()).start.isoformat() == covered
