"""A row says what the rules say: figures from the order, waits counted by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

from medcounter.assess.facts import Event, Facts
from medcounter.authoring.live.row_outcome import (
    INCOMPLETE,
    RowOutcome,
    changed_columns,
    expected,
    row_outcome,
)
from tests.support.authoring.draft_samples import FEE, LATE, MAIN, SUBSIDY, WHOLE, draft
from tests.support.rules.rule_samples import Json, rule, standard

PLAIN = Facts("990000", 2026, date(2025, 10, 1))
SPARED = rule(
    "discharged",
    "exemption",
    {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}},
    grounds=["military-discharge"],
)
STEPS = rule(
    "steps",
    "incentive",
    {
        "counted_from": 2024,
        "after_years": 1,
        "continuous_step": "1000.00",
        "zero_claim_step": "500.00",
        "cap_amount": "9000.00",
    },
)


def outcome(*rules: Json, **more: Any) -> RowOutcome:  # noqa: ANN401 -- any fact
    book = draft(*rules).book
    assert book is not None
    return row_outcome(replace(PLAIN, **more), book)


def test_a_payer_in_the_main_period_pays_the_standard_and_waits_for_nothing() -> None:
    found = outcome(*WHOLE)
    assert (found.pays, found.waits) == ("¥400.00", "不等")
    assert found.period == "缴费期 2025-09-01 至 2025-12-31"
    assert found.covered == "2026-01-01 至 2026-12-31"
    assert (found.refused, found.doubts, found.in_doubt) == ("", (), "")


def test_a_late_payer_waits_three_months_from_the_day_of_payment() -> None:
    """Paid on 5 March: 5 March to 4 June, covered from 5 June; the nation's start is in doubt."""
    found = outcome(*WHOLE, payment_date=date(2026, 3, 5))
    assert found.waits == "3 个月，2026-03-05 至 2026-06-04"
    assert found.covered == "2026-06-05 至 2026-12-31"
    assert {"wait.from", "wait.to", "coverage.from"} <= {one.field for one in found.doubts}
    others = {one.field: one.other for one in found.doubts}
    assert others["wait.from"] == "2026-03-06"
    assert "等待期" in found.in_doubt


def test_a_wait_past_the_year_leaves_no_cover() -> None:
    found = outcome(*WHOLE, payment_date=date(2026, 11, 1))
    assert found.covered == "本年度没有待遇"
    wanted = expected(found)
    assert (wanted["coverage"], wanted["wait.to"]) == (None, "2027-01-31")
    assert wanted["remarks.0.code"] == "no-cover-this-year"


def test_a_closed_day_shows_dashes_and_expects_nothing_to_be_paid() -> None:
    found = outcome(MAIN, FEE, SUBSIDY, payment_date=date(2026, 3, 1))
    assert (found.pays, found.waits, found.covered) == ("—", "—", "—")
    wanted = expected(found)
    assert {wanted["fee"], wanted["wait"], wanted["coverage"]} == {None}
    assert wanted["window.kind"] == "closed"


def test_what_is_refused_is_expected_to_be_refused() -> None:
    found = outcome(*WHOLE, payment_date=date(2024, 1, 1))
    assert expected(found) == {"error": "rules-not-covered", "error.field": "payment_date"}
    assert expected(replace(found, refused_field="")) == {"error": "rules-not-covered"}
    assert (found.refused, found.pays) == ("rules-not-covered", "—")


def test_rules_that_meet_are_an_outcome_and_no_error() -> None:
    again = {**standard("300.00"), "id": "again"}
    found = outcome(*WHOLE, again)
    assert found.refused == INCOMPLETE
    assert "“standard”与“again”同时成立" in found.period


def test_a_missing_rule_is_an_outcome_too() -> None:
    only_late = {**FEE, "when": {"test": "window", "kinds": ["late"]}}
    found = outcome(MAIN, LATE, only_late, SUBSIDY)
    assert "“缴费标准”没有规则成立" in found.period


def test_who_is_spared_a_wait_is_spared_for_a_reason_that_is_expected() -> None:
    left = (Event("military-discharge", date(2026, 3, 1)),)
    found = outcome(*WHOLE, SPARED, payment_date=date(2026, 3, 5), events=left)
    assert expected(found)["exemption"] == "military-discharge"
    assert (found.waits, found.covered[:10]) == ("不等", "2026-03-05")
    assert "discharged" in found.rules


def test_an_incentive_is_worked_out_where_claims_are_told() -> None:
    """Insured 2024, 2025 and 2026 is three years in a row, two steps; one year without a claim."""
    found = outcome(
        *WHOLE, STEPS, insured_years=(2024, 2025), answers=(("zero_claim_years", (2025,)),)
    )
    wanted = expected(found)
    assert wanted["incentive.continuous_years"] == 3
    assert (wanted["incentive.continuous"], wanted["incentive.zero_claim"]) == ("2000.00", "500.00")
    assert "incentive.rate" not in wanted


def test_steps_on_the_rate_are_expected_as_a_share() -> None:
    rate = {"step": "0.01", "after_years": 1, "counted_from": 2024}
    rated = {**STEPS, "answer": {**STEPS["answer"], "rate": rate}}
    found = outcome(*WHOLE, rated, insured_years=(2024, 2025), answers=(("zero_claim_years", ()),))
    assert expected(found)["incentive.rate"] == "0.02"


def test_only_the_columns_that_differ_are_changed() -> None:
    before = outcome(*WHOLE)
    dearer = outcome(MAIN, LATE, standard("410.00"), SUBSIDY)
    assert changed_columns(dearer, before) == {"pays"}
    assert changed_columns(before, before) == frozenset()
    assert before.same(before)
    assert not dearer.same(before)
    assert not dearer.same(None)


def test_a_refusal_changes_the_period_alone() -> None:
    gone = outcome(*WHOLE, payment_date=date(2024, 1, 1))
    assert changed_columns(gone, outcome(*WHOLE)) == {"period"}


def test_a_new_doubt_is_a_change_though_no_figure_is() -> None:
    doubtful = {
        **FEE,
        "status": "assumed",
        "doubt": "没有写明。",
        "readings": [
            {
                "answer": {"items": [{"code": "standard", "label": "缴费", "amount": "390.00"}]},
                "text": "按 390 元",
            }
        ],
    }
    found = outcome(MAIN, LATE, doubtful, SUBSIDY)
    assert changed_columns(found, outcome(*WHOLE)) == {"doubts"}
    assert "390.00" in expected(found).values()
