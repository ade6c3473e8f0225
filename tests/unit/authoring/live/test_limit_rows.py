"""The limits worth a row: on the day and on the day after, chosen from the rules alone."""

from datetime import date

from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.limit_candidates import limit_candidates
from medcounter.authoring.live.limit_rows import LimitRow, limit_rows
from medcounter.authoring.live.sample_table import (
    BesideRules,
    RowKind,
    SampleTable,
    lasting_rows,
    with_limits,
)
from medcounter.authoring.live.ticks import ticked
from tests.support.authoring.draft_samples import (
    WHOLE,
    YEAR,
    draft,
    figures,
    read_draft,
    whole_table,
)
from tests.support.rules.rule_samples import Json, rule, standard

CHILD = {
    **standard("300.00", when={"test": "age", "to": 17}, exception_to=["standard"]),
    "id": "child",
}
NEWBORN = rule(
    "newborn",
    "exemption",
    {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
    when={"test": "elapsed", "since": "birth", "within": {"days": 28}, "day_one": 0},
    grounds=["newborn"],
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


def chosen(rules: DraftRules) -> list[LimitRow]:
    return [one for one in limit_rows(figures(rules), whole_table(rules)) if one]


def birth_ages(rows: list[LimitRow], rule_number: int) -> set[int]:
    """Days from birth to payment of those whom a rule's figures made worth a row."""
    return {
        (one.facts.payment_date - one.facts.birth_date).days
        for one in rows
        if one.path[2:4] == ("rules", rule_number) and one.facts.birth_date
    }


def test_a_limit_in_days_is_met_on_its_last_day_and_on_the_day_after() -> None:
    assert birth_ages(chosen(draft(*WHOLE, NEWBORN)), 4) == {28, 29}


def test_a_limit_by_age_is_met_by_who_is_just_old_enough_and_who_is_not() -> None:
    found = [one.facts for one in chosen(draft(*WHOLE, CHILD)) if one.path[2:4] == ("rules", 4)]
    years = {
        facts.payment_date.year
        - facts.birth_date.year
        - (
            (facts.payment_date.month, facts.payment_date.day)
            < (facts.birth_date.month, facts.birth_date.day)
        )
        for facts in found
        if facts.birth_date
    }
    assert years == {17, 18}


def test_a_limit_that_moves_is_followed_though_nobody_knew_it_would() -> None:
    longer: Json = {**NEWBORN, "when": {**NEWBORN["when"], "within": {"days": 60}}}
    assert birth_ages(chosen(draft(*WHOLE, longer)), 4) == {60, 61}


def test_what_the_sample_residents_show_needs_no_further_row() -> None:
    amounts = [one for one in chosen(draft(*WHOLE)) if one.path[-1] == "amount"]
    assert amounts == []


def test_the_figures_of_an_incentive_are_met_by_who_earns_it() -> None:
    rows = [one for one in chosen(draft(*WHOLE, STEPS)) if one.path[2:4] == ("rules", 4)]
    assert {one.path[-1] for one in rows} >= {"continuous_step", "zero_claim_step"} or rows
    assert all("zero_claim_years" in dict(one.facts.answers) for one in rows)
    assert {one.path[-1] for one in rows} >= {"counted_from"}


def test_who_stands_at_the_ends_of_the_days_told_is_a_candidate() -> None:
    days = {one.payment_date for one in limit_candidates(draft(*WHOLE), YEAR, None)}
    assert {date(2024, 12, 31), date(2025, 1, 1), date(2027, 12, 31), date(2028, 1, 1)} <= days


def test_an_identity_is_met_on_the_last_day_of_what_is_paid_for_it() -> None:
    """The poor pay 80 yuan until 30 November; one day less shows on that day alone."""
    until = {"test": "paid", "to": "2025-11-30"}
    poor = rule("poor", "concession", {"pays": "80.00"}, grounds=["low-income"], when=until)
    days = {
        one.facts.payment_date
        for one in chosen(draft(*WHOLE, poor))
        if one.path[2:4] == ("rules", 4) and one.facts.categories
    }
    assert days == {date(2025, 11, 30), date(2025, 12, 1)}


def test_an_identity_and_an_age_are_met_together_where_one_rule_asks_for_both() -> None:
    young = {"test": "age", "to": 6}
    poor = rule("poor", "concession", {"pays": "80.00"}, grounds=["low-income"], when=young)
    rows = [one for one in chosen(draft(*WHOLE, poor)) if one.path[2:4] == ("rules", 4)]
    assert {one.facts.categories for one in rows} == {("low-income",)}
    assert len(rows) == 2, "six years on the day, and seven"


def test_a_draft_that_cannot_be_read_has_no_limits() -> None:
    rules = draft(*WHOLE, benefit_years={})
    assert list(limit_rows(figures(rules), SampleTable(YEAR))) == []
    assert limit_candidates(rules, YEAR, None) == ()


def test_who_had_a_row_at_a_limit_has_it_again_and_gives_it_up_when_the_limit_moves() -> None:
    rules = draft(*WHOLE, NEWBORN)
    table = whole_table(rules)
    limits = [one.facts for one in chosen(rules)]
    shown = with_limits(table, limits, rules, BesideRules())
    again = [one.facts for one in limit_rows(figures(rules), shown) if one]
    assert again == limits
    longer: Json = {**NEWBORN, "when": {**NEWBORN["when"], "within": {"days": 60}}}
    moved = draft(*WHOLE, longer)
    after = [one for one in limit_rows(figures(moved), shown) if one]
    assert birth_ages(after, 4) == {60, 61}


def test_a_ticked_row_at_a_limit_stays_whatever_limits_are_chosen() -> None:
    rules = draft(*WHOLE, NEWBORN)
    limits = [one.facts for one in chosen(rules)]
    shown = with_limits(whole_table(rules), limits, rules, BesideRules())
    row = next(one for one in shown.rows if one.kind is RowKind.LIMIT)
    ticks = read_draft(ticked(rules, [row]))
    assert row in lasting_rows(shown, ticks)
    assert [one.id for one in with_limits(shown, [], ticks, BesideRules()).rows].count(row.id) == 1
    assert [one for one in limit_rows(figures(ticks), shown) if one] != []


def test_who_asks_no_further_has_cancelled_it() -> None:
    rules = draft(*WHOLE, NEWBORN)
    slices = limit_rows(figures(rules), SampleTable(YEAR))
    assert next(slices) is None
    slices.close()  # type: ignore[attr-defined]  # a generator behind the iterator
    assert next(slices, "ended") == "ended"
