"""Amounts worked out: months left, rate times base, whole yuan, a subsidy that is a remainder.

Each case is a place's own figure or its rule with an invented monthly amount; the place is
named beside it.
"""

from typing import Any

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.assessment import Fee
from medcounter.assess.engine.day_sweep import sweep_days
from medcounter.assess.facts import Event
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    facts,
    proven,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:09-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B+1:06-30")
PAID = "2025-11-10"
WITHIN_6_MONTHS = {"test": "elapsed", "since": "birth", "within": {"months": 6}}


def book(*rules: Json, **more: Any) -> RuleBook:  # noqa: ANN401 -- any header
    return proven(province_book(MAIN, LATE, *rules, **{"format": 2, **more}))


def fee_of(known: Facts, rules: RuleBook) -> Fee:
    fee = assessed(known, rules).fee
    assert fee is not None
    return fee


def charged(amount: Json, **more: Any) -> Json:  # noqa: ANN401 -- any key
    items = [{"code": "standard", "label": "个人缴费", "amount": amount}]
    return rule("charged", "standard", {"items": items}, **more)


def rated(base: str, rate: str, **more: object) -> Json:
    return {"kind": "rated", "base": base, "rate": rate, "months": 1, "round": "year", **more}


def months_from(anchor: str, amount: str = "44.00", end: str = "B:12-31", **more: object) -> Json:
    return {
        "kind": "monthly",
        "amount": amount,
        "months": {"from": {"anchor": anchor, **more}, "to": end},
    }


@pytest.mark.parametrize(
    ("base", "rate", "total"),
    [
        ("57840.00", "0.014", 80976),
        ("57840.00", "0.010", 57840),
        ("57840.00", "0.039", 225576),
        ("57840.00", "0.035", 202440),
    ],
)
def test_zhongshan_pays_a_rate_of_a_base_to_the_cent(base: str, rate: str, total: int) -> None:
    fee = fee_of(facts(PAID), book(charged(rated(base, rate))))
    assert fee.total == total


def test_zhongshans_subsidy_is_a_rate_of_another_base() -> None:
    rules = book(
        charged(rated("57840.00", "0.014")),
        rule("city", "subsidy", {"amount": rated("65040.00", "0.012")}),
    )
    assert fee_of(facts(PAID), rules).subsidy == 78048


@pytest.mark.parametrize(
    ("rate", "personal", "subsidy"), [("0.0073", 39800, 92000), ("0.0097", 52800, 79000)]
)
def test_guangzhous_subsidy_is_what_the_personal_part_leaves(
    rate: str, personal: int, subsidy: int
) -> None:
    # Base 54,475: 398 + 920 = 528 + 790 = 1,318, each rounded to the yuan.
    whole = rated("54475.00", "0.0242", round_to="yuan")
    rules = book(
        charged(rated("54475.00", rate, round_to="yuan")),
        rule("city", "subsidy", {"remainder_of": whole}),
    )
    fee = fee_of(facts(PAID), rules)
    assert (fee.total, fee.subsidy) == (personal, subsidy)


@pytest.mark.parametrize(
    ("base", "paid", "fen"),
    [
        # 400 × 5 ÷ 12 = 166.67; 430 × 3 ÷ 12 = 107.50, a half, which goes up.
        ("400.00", "2026-08-20", 16700),
        ("430.00", "2026-10-20", 10800),
    ],
)
def test_a_twelfth_for_each_month_left_is_exact(base: str, paid: str, fen: int) -> None:
    """The invented county of the reader: 本人一档标准÷12×剩余月数，四舍五入到元.

    As 0.083333 the rate gives 107.49957, and 107.
    """
    left = {"from": {"anchor": "payment"}, "to": "B:12-31"}
    twelfth = rated(base, "1/12", months=left, round_to="yuan")
    assert fee_of(facts(paid), book(charged(twelfth))).total == fen


def test_a_twelfth_of_each_month_may_be_rounded_before_it_is_multiplied() -> None:
    # 400 ÷ 12 = 33.33 each month, 12 of them 399.96; at the year's end it is 400.
    monthly = {"months": 12, "round": "month"}
    assert fee_of(facts(PAID), book(charged(rated("400.00", "1/12", **monthly)))).total == 39996
    yearly = {"months": 12, "round": "year"}
    assert fee_of(facts(PAID), book(charged(rated("400.00", "1/12", **yearly)))).total == 40000


def test_a_fraction_is_not_of_format_1() -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        book(charged(rated("400.00", "1/12")), format=1)
    paths = [fault.path for fault in refused.value.faults]
    assert paths == ["programmes[1].rules[2].answer.items[0].amount.rate"]


def test_a_rate_may_have_a_least_amount() -> None:
    # Guangzhou: "not below the national minimum"; the students' 398 would be 400.
    least = rated("54475.00", "0.0073", round_to="yuan", at_least="400.00")
    assert fee_of(facts(PAID), book(charged(least))).total == 40000


def test_a_remainder_of_an_unknown_standard_is_unknown() -> None:
    rules = book(
        standard(None, status="unsettled", doubt="来源没有写个人缴多少。"),
        rule("city", "subsidy", {"remainder_of": "1318.00"}),
    )
    assert fee_of(facts(PAID), rules).subsidy is None


@pytest.mark.parametrize(
    ("born", "paid", "months"),
    [
        ("2026-05-10", "2026-08-15", 8),
        ("2026-01-31", "2026-02-01", 12),
        ("2026-12-31", "2026-12-31", 1),
        ("2026-11-10", "2027-02-10", 2),
    ],
)
def test_dongguans_newborn_pays_by_month_from_birth_to_the_years_end(
    born: str, paid: str, months: int
) -> None:
    rules = book(
        charged(months_from("birth"), when=WITHIN_6_MONTHS, exception_to=["standard"]),
        standard("528.00"),
    )
    known = facts(paid, birth_date=facts(born).payment_date)
    assert fee_of(known, rules).total == months * 4400


@pytest.mark.parametrize(("marked", "months"), [("2026-07-15", 6), ("2026-01-01", 12)])
def test_dongguans_hardship_pays_from_the_month_of_the_mark(marked: str, months: int) -> None:
    from_mark = months_from("event", event="aid-recognised")
    when = {"test": "event", "kind": "aid-recognised", "in_benefit_year": True}
    rules = book(charged(from_mark, when=when, exception_to=["standard"]), standard("528.00"))
    mark = Event("aid-recognised", facts(marked).payment_date)
    known = facts("2026-08-20", events=(mark,))
    assert fee_of(known, rules).total == months * 4400
    assert fee_of(facts("2026-08-20"), rules).total == 52800


SHENZHEN = {
    "kind": "rated",
    "base": "6060.00",
    "rate": "0.006",
    "months": {"from": {"anchor": "payment"}, "to": "B:08-31"},
    "round": "month",
}


@pytest.mark.parametrize(
    ("paid", "total"),
    [
        ("2025-09-15", 43632),
        ("2025-12-31", 32724),
        ("2026-03-10", 21816),
        ("2026-08-31", 3636),
        ("2026-09-01", 0),
    ],
)
def test_shenzhen_pays_for_the_months_left_of_its_fee_period(paid: str, total: int) -> None:
    # School year 2024-25: 6060 × 0.6 % × 12 = 436.32; later registration by the month to August.
    assert fee_of(facts(paid), book(charged(SHENZHEN))).total == total


def test_months_are_never_more_than_twelve() -> None:
    long = months_from("payment", end="B+1:12-31")
    assert fee_of(facts(PAID), book(charged(long))).total == 12 * 4400


def test_a_hint_names_the_day_from_which_a_month_less_is_paid() -> None:
    hints = assessed(facts("2026-03-10"), book(charged(SHENZHEN))).hints
    assert "2026-04-01" in {hint.value.isoformat() for hint in hints}


def test_a_day_decided_from_a_neighbour_has_its_own_months() -> None:
    decided = decide_facts(facts("2026-03-10"), book(charged(SHENZHEN)))
    assert isinstance(decided, Decided)
    days = decided.compiled.turns.of_case(decided.decision.case)
    assert facts("2026-04-01").payment_date in days
    near = sweep_days(decided.compiled, decided.decision, decided.order)
    moved = near.on(facts("2026-03-31").payment_date).fee
    assert moved is not None
    assert moved.total == 21816


@pytest.mark.parametrize(
    ("anchor", "words"), [("birth", "没有问出生日期"), ("event", "要写 event")]
)
def test_months_hang_on_a_day_that_the_condition_asks_for(anchor: str, words: str) -> None:
    with pytest.raises(BundleUnreadableError, match=words):
        book(charged(months_from(anchor)))


@pytest.mark.parametrize("answer", [{}, {"amount": None, "remainder_of": "1318.00"}])
def test_a_subsidy_is_an_amount_or_a_remainder(answer: Json) -> None:
    with pytest.raises(BundleUnreadableError, match="只写一种"):
        book(standard("400.00"), rule("city", "subsidy", answer))
