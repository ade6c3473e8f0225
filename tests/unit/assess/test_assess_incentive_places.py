"""Incentives of single places: on the reimbursement rate, and a penalty for each lapsed year."""

from dataclasses import replace
from decimal import Decimal

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessment import Doubt, Incentive
from medcounter.assess.contract import assessment_json
from medcounter.rules.faults import BundleUnreadableError
from medcounter.wording.doubt_words import doubt_lines
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    rule,
    standard,
    window,
)

JILIN_CITY: Json = {
    "counted_from": 2025,
    "after_years": 4,
    "continuous_step": "4000.00",
    "zero_claim_step": "4000.00",
    "cap_amount": "80000.00",
    "ceiling": "400000.00",
    "lapse_keeps_bonus": True,
    "lapse_penalty": "4000.00",
    "lapse_penalty_per": "year",
    "lapse_penalty_cap": "80000.00",
}
# The ceiling's own steps are not in the source.
LANZHOU: Json = {
    "counted_from": 2025,
    "after_years": 4,
    "continuous_step": None,
    "zero_claim_step": None,
    "rate": {"step": "0.01", "cap": "0.05", "counted_from": 2023},
}


def book(answer: Json, bundle_format: int = 2) -> RuleBook:
    years = {"from": 2025, "to": 2060}
    rules = [
        window("main", "B-1:10-01", "B-1:12-31"),
        standard("400.00"),
        rule("steps", "incentive", answer),
    ]
    place = programme(rules, benefit_years=years)
    return book_of(bundle_of({**nation(), "benefit_years": years}, place, format=bundle_format))


def member(year: int, insured: tuple[int, ...], zero_claim: tuple[int, ...] = ()) -> Facts:
    return facts(
        f"{year - 1}-11-10",
        benefit_year=year,
        insured_years=insured,
        answers=(("zero_claim_years", zero_claim),),
    )


def incentive(known: Facts, rules: RuleBook) -> Incentive:
    found = assessed(known, rules).incentive
    assert found is not None
    return found


def test_jilin_takes_a_step_off_for_each_lapsed_year() -> None:
    # Lapsed 3 years, returns: 400,000 − 12,000.
    found = incentive(member(2029, (2025,)), book(JILIN_CITY))
    assert (found.penalty, found.change) == (1_200_000, -1_200_000)


@pytest.mark.parametrize(("lapsed", "penalty"), [(1, 4000), (19, 76000), (20, 80000), (25, 80000)])
def test_jilins_penalty_has_a_cap_of_its_own(lapsed: int, penalty: int) -> None:
    found = incentive(member(2026 + lapsed, (2025,)), book(JILIN_CITY))
    assert found.penalty == penalty * 100


def test_jilins_both_steps_add_up() -> None:
    # Insured 2025 to 2029, no claim in 2028: 400,000 + 4,000 + 4,000.
    found = incentive(member(2029, (2025, 2026, 2027, 2028), (2028,)), book(JILIN_CITY))
    assert (found.continuous, found.zero_claim, found.change) == (400_000, 400_000, 800_000)


def test_a_penalty_once_a_return_stays_once() -> None:
    once = {key: value for key, value in JILIN_CITY.items() if "penalty_" not in key}
    assert incentive(member(2029, (2025,)), book(once)).penalty == 400_000


@pytest.mark.parametrize(
    ("year", "insured", "rate"),
    [
        (2025, (), "0.00"),
        (2025, (2024,), "0.01"),
        (2025, (2023, 2024), "0.02"),
        (2025, (2022, 2023, 2024), "0.02"),
        (2028, (2023, 2024, 2025, 2026, 2027), "0.05"),
        (2030, (2023, 2024, 2025, 2026, 2027, 2028, 2029), "0.05"),
        (2027, (2023, 2024, 2025), "0.00"),
    ],
)
def test_lanzhou_adds_a_point_to_the_rate_for_each_further_year(
    year: int, insured: tuple[int, ...], rate: str
) -> None:
    # From 2024, counting 2023; five points at most; a lapse goes back to the first year's rate.
    assert incentive(member(year, insured), book(LANZHOU)).rate == Decimal(rate)


def test_the_rate_is_part_of_the_answer_only_where_a_place_has_one() -> None:
    known = member(2025, (2023, 2024))
    with_rate = assessment_json(assessed(known, book(LANZHOU)))["incentive"]
    without = assessment_json(assessed(known, book(JILIN_CITY)))["incentive"]
    assert with_rate["rate"] == "0.02"
    assert "rate" not in without


def test_a_step_that_no_source_gives_is_in_doubt_once_it_counts() -> None:
    rules = book(LANZHOU)
    early = assessed(member(2026, (2025,)), rules)
    late = assessed(member(2029, (2025, 2026, 2027, 2028)), rules)
    assert early.incentive is not None
    assert late.incentive is not None
    assert (early.incentive.continuous, late.incentive.continuous) == (0, None)
    assert "incentive.continuous" not in {doubt.field for doubt in early.doubts}
    assert {"incentive.continuous", "incentive.change"} <= {doubt.field for doubt in late.doubts}


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        (LANZHOU, "continuous_step"),
        (LANZHOU, "rate"),
        (JILIN_CITY, "lapse_penalty_per"),
        (JILIN_CITY, "lapse_penalty_cap"),
    ],
)
def test_none_of_it_is_taken_in_format_1(answer: Json, path: str) -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        book(answer, bundle_format=1)
    assert path in {fault.path.rpartition(".")[2] for fault in refused.value.faults}


def test_a_rate_in_doubt_is_told_as_a_share() -> None:
    rules = book(LANZHOU)
    answer = assessed(member(2025, (2023, 2024)), rules)
    doubt = Doubt("incentive.rate", "assumed", "来源没有写明。", "0.02", None, "steps")
    (line,) = doubt_lines(replace(answer, doubts=(doubt,)), {})
    assert line.readings == ("报销比例激励：本结果用 2.00%",)
