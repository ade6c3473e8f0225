"""Boundary cases: every limit and its neighbours, one fact flipped at a time."""

from datetime import date

from medcounter.assess.facts import Event, Facts
from medcounter.assess.prove.boundaries import boundary_facts
from tests.support.rules.day_samples import nanchang
from tests.support.rules.rule_samples import (
    PROVINCE,
    Json,
    book_of,
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)

FEE = standard("400.00")
DAY_90 = {"test": "elapsed", "since": "birth", "within": {"days": 90}}


def boundaries(*rules: Json, year: int = 2026) -> tuple[Facts, ...]:
    """The boundary cases of 甲省 for a year, paid from 1 September to 20 December before."""
    first, last = f"{year - 1}-09-01", f"{year - 1}-12-20"
    span = {"from": year, "to": year}
    placed = programme([window("main", first, last), *rules], benefit_years=span)
    compiled = book_of(bundle_of(nation(), placed)).programme(PROVINCE, "resident", year)
    assert compiled is not None
    return boundary_facts(compiled, PROVINCE)


def days(cases: tuple[Facts, ...]) -> set[date]:
    return {case.payment_date for case in cases}


def relief(when: Json, ground: str) -> Json:
    answer = {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}}
    return rule("relief", "exemption", answer, when=when, grounds=[ground])


def test_each_turn_of_a_window_is_tried_a_day_before_on_it_and_a_day_after() -> None:
    tried = days(boundaries(FEE))
    assert {date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 2)} <= tried
    assert {date(2025, 12, 20), date(2025, 12, 21), date(2025, 12, 22)} <= tried


def test_every_month_end_is_tried() -> None:
    assert {date(2025, 11, 30), date(2026, 2, 28), date(2026, 12, 31)} <= days(boundaries(FEE))


def test_29_february_is_tried_in_a_leap_year() -> None:
    assert date(2028, 2, 29) in days(boundaries(FEE, year=2028))


def test_lapses_are_tried_from_none_to_six_with_every_repair() -> None:
    pairs = {
        (2026 - 1 - max(case.insured_years), case.repair_years)
        for case in boundaries(FEE)
        if case.insured_years
    }
    assert pairs == {(lapsed, repair) for lapsed in range(7) for repair in range(lapsed + 1)}


def test_the_last_day_of_a_span_after_birth_has_both_neighbours() -> None:
    cases = boundaries(FEE, relief(DAY_90, "newborn"))
    born = {case.birth_date for case in cases if case.payment_date == date(2025, 9, 1)}
    # 2025-06-03 and 90 days is 2025-09-01.
    assert {date(2025, 6, 2), date(2025, 6, 3), date(2025, 6, 4)} <= born


def test_an_event_is_tried_on_the_payment_day_and_around_its_limit() -> None:
    when = {"test": "elapsed", "since": "graduated", "within": {"months": 3}}
    cases = boundaries(FEE, relief(when, "graduated"))
    began = {
        event.date
        for case in cases
        if case.payment_date == date(2025, 9, 1)
        for event in case.events
    }
    assert {date(2025, 9, 1), date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 2)} <= began
    assert all(event.kind == "graduated" for case in cases for event in case.events)


def test_nobody_is_born_or_moves_in_after_paying() -> None:
    when = {"test": "elapsed", "since": "household-moved-in", "within": {"days": 90}}
    cases = boundaries(FEE, relief(when, "household-moved-in"))
    late = [
        Event(event.kind, event.date)
        for case in cases
        for event in case.events
        if event.date > case.payment_date
    ]
    assert late == []
    assert [case for case in cases if case.birth_date and case.birth_date > case.payment_date] == []


def test_each_identity_that_a_rule_names_is_tried_alone() -> None:
    aid = rule("aid", "concession", {"pays": "0.00"}, grounds=["orphan", "destitute"])
    assert {case.categories for case in boundaries(FEE, aid)} == {
        (),
        ("destitute",),
        ("orphan",),
    }


def test_a_question_without_default_is_always_answered() -> None:
    yes = standard("400.00", when={"test": "answer", "code": "parent_insured", "is": True})
    no = standard("500.00", when={"test": "answer", "code": "parent_insured", "is": False})
    cases = boundaries(yes, no | {"id": "other"})
    assert {dict(case.answers)["parent_insured"] for case in cases} == {True, False}


def test_an_item_counted_by_an_answer_is_tried_with_several_counts() -> None:
    item = {
        "code": "gap",
        "label": "补缴",
        "amount": {"kind": "counted", "amount": "80.00", "by": "gap_months"},
    }
    cases = boundaries(rule("counted", "standard", {"items": [item]}))
    counts = {dict(case.answers).get("gap_months") for case in cases}
    assert {0, 1, 3} <= counts


def test_closed_days_of_every_month_do_not_multiply_the_flips() -> None:
    closed = rule(
        "shut",
        "window",
        {"kind": "closed", "label": "不收费"},
        when={"test": "day-of-month", "from": 26, "to": 31},
        exception_to=["main", "closed"],
    )
    flipped = days(tuple(case for case in boundaries(FEE, closed) if case.repair_years == 1))
    assert flipped
    assert {day.day for day in flipped} == {1}


def test_no_case_comes_twice() -> None:
    cases = boundaries(FEE, relief(DAY_90, "newborn"))
    assert len(set(cases)) == len(cases)


def test_a_dated_answer_is_tried_on_each_side_of_its_limits_and_on_a_day_to_come() -> None:
    compiled = nanchang().programme(PROVINCE, "resident", 2026)
    assert compiled is not None
    cases = boundary_facts(compiled, PROVINCE)
    told = [(case.payment_date, dict(case.answers).get("left_job_on")) for case in cases]
    days = {(str(paid), day) for paid, day in told if day}
    assert {("2026-01-01", "2026-01-01"), ("2026-01-01", "2026-01-02")} <= days
    assert all(not case.events for case in cases)


def test_a_birthday_named_in_a_rule_is_tried_on_both_its_sides() -> None:
    born = {"test": "born", "from": "2024-01-01"}
    child = standard("200.00", when=born, exception_to=["standard"])
    cases = boundaries(FEE, {**child, "id": "child"})
    births = {str(case.birth_date) for case in cases}
    assert {"2023-12-31", "2024-01-01"} <= births
