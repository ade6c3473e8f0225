"""How the 大病保险 ceiling moves with continuous years and years without a claim."""

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessment import Incentive
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    good,
    good_book,
    nation,
    programme,
    rule,
    standard,
    window,
)

RULE: Json = next(
    entry["answer"] for entry in good()["programmes"][1]["rules"] if entry["id"] == "steps"
)


def member(
    year: int,
    insured: tuple[int, ...],
    zero_claim: tuple[int, ...] = (),
    used: tuple[int, ...] = (),
) -> Facts:
    answers = {"zero_claim_years": zero_claim, "claim_used_years": used}
    return facts(
        f"{year - 1}-11-10",
        benefit_year=year,
        insured_years=insured,
        answers=tuple(sorted(answers.items())),
    )


def incentive(known: Facts, book: RuleBook | None = None) -> Incentive:
    found = assessed(known, book).incentive
    assert found is not None
    return found


def amounts(known: Facts, book: RuleBook | None = None) -> tuple[int, int, int, int]:
    """Continuous part, zero-claim part, penalty and change, in yuan."""
    found = incentive(known, book)
    assert found.continuous is not None
    assert found.zero_claim is not None
    assert found.change is not None
    parts = (found.continuous, found.zero_claim, found.penalty, found.change)
    assert all(part % 100 == 0 for part in parts)
    return parts[0] // 100, parts[1] // 100, parts[2] // 100, parts[3] // 100


def book(**more: object) -> RuleBook:
    steps = rule("steps", "incentive", {**RULE, **more}, status="assumed", doubt="起算年没有写明。")
    rules = [window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), steps]
    return book_of(bundle_of(nation(), programme(rules, benefit_years={"from": 2025, "to": 2032})))


@pytest.mark.parametrize(
    ("year", "years", "continuous"),
    [(2026, 2, 0), (2028, 4, 0), (2029, 5, 3000), (2030, 6, 6000), (2032, 8, 12000)],
)
def test_after_four_continuous_years_each_further_year_is_a_step(
    year: int, years: int, continuous: int
) -> None:
    known = member(year, tuple(range(2025, year)))
    assert incentive(known).continuous_years == years
    assert amounts(known) == (continuous, 0, 0, continuous)


def test_years_before_the_count_begins_are_no_continuous_years() -> None:
    assert incentive(member(2029, tuple(range(2015, 2029)))).continuous_years == 5


def test_each_insured_year_without_a_claim_is_a_step() -> None:
    insured = tuple(range(2025, 2029))
    assert amounts(member(2029, insured, insured)) == (3000, 8000, 0, 11000)


@pytest.mark.parametrize("year", [2024, 2027, 2029, 2030])
def test_a_year_not_insured_not_counted_or_not_over_gives_no_step(year: int) -> None:
    insured = (2024, 2028)
    assert amounts(member(2029, insured, (year,)))[1] == 0


def test_both_parts_together_stay_below_the_cap() -> None:
    insured = tuple(range(2025, 2032))
    found = incentive(member(2032, insured, insured))
    assert found.cap == 2000000
    assert amounts(member(2032, insured, insured)) == (12000, 14000, 0, 20000)


@pytest.mark.parametrize(
    ("caps", "cap"),
    [
        ({"cap_amount": "9000.00"}, 900000),
        ({"cap_amount": "50000.00"}, 2000000),
        ({"cap_amount": "9000.00", "cap_share": None}, 900000),
        ({"cap_share": "0.123456", "ceiling": "100.05"}, 1235),
        ({"cap_share": None}, None),
        ({"ceiling": None}, None),
    ],
)
def test_the_lower_of_a_share_and_an_amount_is_the_cap(caps: Json, cap: int | None) -> None:
    assert incentive(member(2029, (2025, 2026, 2027, 2028)), book(**caps)).cap == cap


def test_a_cap_that_no_source_gives_is_in_doubt() -> None:
    answer = assessed(member(2029, (2025, 2026, 2027, 2028)), book(ceiling=None))
    assert "incentive.cap" in {doubt.field for doubt in answer.doubts}
    known = assessed(member(2029, (2025, 2026, 2027, 2028)), good_book())
    assert "incentive.cap" not in {doubt.field for doubt in known.doubts}


@pytest.mark.parametrize(
    ("share", "told"), [(None, "没有给出提高部分的封顶比例或金额"), ("0.2", "只给出封顶比例")]
)
def test_what_a_source_gives_of_the_cap_is_said_as_it_is(share: str | None, told: str) -> None:
    caps: Json = {"cap_share": share, "cap_amount": None, "ceiling": None}
    doubts = assessed(member(2029, (2028,)), book(**caps)).doubts
    assert [told in doubt.text for doubt in doubts if doubt.field == "incentive.cap"] == [True]


def test_an_assumed_rule_puts_the_incentive_in_doubt() -> None:
    answer = assessed(member(2029, (2025, 2026, 2027, 2028)), book())
    found = [(doubt.field, doubt.status, doubt.value) for doubt in answer.doubts]
    assert ("incentive", "assumed", None) in found


def test_the_parts_that_a_doubt_concerns_are_named_with_their_values() -> None:
    steps = rule(
        "steps",
        "incentive",
        RULE,
        status="assumed",
        doubt="起算年没有写明。",
        concerns=["incentive.continuous_years", "incentive.continuous"],
    )
    rules = [window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), steps]
    years = programme(rules, benefit_years={"from": 2025, "to": 2032})
    answer = assessed(member(2029, (2025, 2026, 2027, 2028)), book_of(bundle_of(nation(), years)))
    assert [(doubt.field, doubt.value) for doubt in answer.doubts] == [
        ("incentive.continuous_years", "5"),
        ("incentive.continuous", "3000.00"),
    ]


def test_a_step_that_no_source_gives_leaves_the_zero_claim_part_and_the_change_open() -> None:
    known = member(2029, (2025, 2026, 2027, 2028), (2026,))
    found = incentive(known, book(zero_claim_step=None))
    assert (found.continuous, found.zero_claim, found.change) == (300000, None, None)
    fields = {doubt.field for doubt in assessed(known, book(zero_claim_step=None)).doubts}
    assert {"incentive.zero_claim", "incentive.change"} <= fields


def test_without_a_zero_claim_year_its_step_need_not_be_known() -> None:
    known = member(2029, (2025, 2026, 2027, 2028))
    assert amounts(known, book(zero_claim_step=None)) == (3000, 0, 0, 3000)


LAPSED = (2025, 2026, 2027, 2028, 2029, 2030)


def test_a_lapse_restarts_the_count_and_loses_what_was_earned() -> None:
    known = member(2032, LAPSED, LAPSED)
    assert incentive(known).continuous_years == 1
    assert amounts(known) == (0, 0, 0, 0)


def test_a_region_may_keep_what_was_earned_before_a_lapse() -> None:
    # Years 5 and 6 of the first run earned two steps; six years were without a claim.
    assert amounts(member(2032, LAPSED, LAPSED), book(lapse_keeps_bonus=True)) == (
        6000,
        12000,
        0,
        18000,
    )


@pytest.mark.parametrize(
    ("year", "insured", "penalty"),
    [
        (2032, LAPSED, 3000),
        (2032, (2025, 2029, 2030), 3000),
        (2032, (2025, 2031), 0),
        (2032, (), 0),
        (2032, (2024,), 3000),
        (2025, (2023,), 0),
        (2029, (2025, 2026, 2027, 2028), 0),
    ],
)
def test_who_enrols_again_after_a_lapse_has_a_lower_ceiling_that_year(
    year: int, insured: tuple[int, ...], penalty: int
) -> None:
    found = amounts(member(year, insured), book(lapse_penalty="3000.00"))
    assert found[2] == penalty
    assert found[3] == found[0] + found[1] - penalty


@pytest.mark.parametrize(
    ("used", "zero_claim"), [((), 8000), ((2026,), 4000), ((2025, 2027), 2000), ((2028,), 0)]
)
def test_a_used_bonus_resets_the_zero_claim_part_only(
    used: tuple[int, ...], zero_claim: int
) -> None:
    insured = (2025, 2026, 2027, 2028)
    known = member(2029, insured, insured, used)
    assert amounts(known)[:2] == (3000, zero_claim)


@pytest.mark.parametrize(
    "known",
    [
        facts("2028-11-10", benefit_year=2029, insured_years=(2025,)),
        facts("2028-11-10", benefit_year=2029, answers=(("zero_claim_years", ()),)),
    ],
)
def test_without_both_histories_no_incentive_is_told(known: Facts) -> None:
    assert assessed(known).incentive is None


def test_without_a_rule_or_a_payable_day_no_incentive_is_told() -> None:
    rules = [window("main", "B-1:10-01", "B-1:12-31"), standard("400.00")]
    bare = book_of(bundle_of(nation(), programme(rules, benefit_years={"from": 2025, "to": 2032})))
    assert assessed(member(2029, (2025,)), bare).incentive is None
    closed = member(2029, (2025,)).payment_date.replace(month=7)
    known = facts(
        closed.isoformat(),
        benefit_year=2029,
        insured_years=(2025,),
        answers=(("zero_claim_years", ()),),
    )
    assert assessed(known).incentive is None


def test_the_incentive_is_a_step_of_the_derivation_with_its_source() -> None:
    answer = assessed(member(2029, (2025, 2026, 2027, 2028)))
    step = answer.steps[-1]
    assert (step.question, step.rule, step.source, step.grade) == (
        "incentive",
        "steps",
        "order",
        "A",
    )
