"""The choices put before a resident: which ones, at what cost, for how many days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from medcounter.assess import Facts, Option, RuleBook, options
from medcounter.assess.options import pay_now
from tests.support.rules.rule_samples import (
    book_of,
    bundle_of,
    facts,
    good_book,
    nation,
    programme,
    province_book,
    rule,
    standard,
    window,
)

Row = tuple[str, date, int | None, int]


def choices(known: Facts, book: RuleBook | None = None) -> list[Option]:
    found = options(known, book or good_book())
    offered = [option for option in found if isinstance(option, Option)]
    assert len(offered) == len(found)
    return offered


def rows(known: Facts, book: RuleBook | None = None) -> list[Row]:
    return [
        (option.code, option.facts.payment_date, option.extra_cost, option.extra_days)
        for option in choices(known, book)
    ]


def test_in_the_window_the_later_days_and_the_next_year_are_put_beside_now() -> None:
    # Paid in January the cover begins the day after, one day is lost; left out, all 365 are.
    assert rows(facts("2025-11-10")) == [
        ("pay-now", date(2025, 11, 10), 0, 0),
        ("last-day", date(2025, 12, 20), 0, 0),
        ("next-window", date(2026, 1, 1), 0, -1),
        ("next-year", date(2026, 10, 1), 0, -365),
    ]


def test_after_the_window_waiting_costs_the_years_cover() -> None:
    # Paid on 5 March: covered from 5 June, 210 days; paid on 31 December: none.
    assert rows(facts("2026-03-05")) == [
        ("pay-now", date(2026, 3, 5), 0, 0),
        ("last-day", date(2026, 12, 31), 0, -210),
        ("next-year", date(2026, 10, 1), 0, -210),
    ]


def test_who_lets_a_year_go_is_lapsed_in_the_next() -> None:
    next_year = choices(facts("2026-03-05"))[-1]
    assert next_year.facts.insured_years == tuple(range(2020, 2026))
    assert next_year.assessment.lapsed_years == 1
    assert next_year.assessment.coverage is not None
    assert next_year.assessment.coverage.start == date(2027, 4, 1)
    assert next_year.label == "2027 年度自 2026-10-01 起缴费"


def test_known_years_are_kept_and_a_young_child_has_none_up_to_its_birth() -> None:
    assert choices(facts("2026-03-05", insured_years=(2024,)))[-1].facts.insured_years == (2024,)
    child = facts("2026-03-05", birth_date=date(2024, 7, 1))
    assert choices(child)[-1].facts.insured_years == (2025,)


def test_the_next_year_may_be_paid_for_today() -> None:
    next_year = choices(facts("2026-11-10"))[-1]
    assert (next_year.code, next_year.facts.payment_date) == ("next-year", date(2026, 11, 10))


def test_on_a_closed_day_only_later_days_are_offered() -> None:
    assert rows(facts("2025-10-27")) == [
        ("pay-now", date(2025, 10, 27), None, 0),
        ("next-window", date(2025, 11, 1), None, 365),
        ("next-year", date(2026, 10, 1), None, 0),
    ]


def test_on_the_last_day_there_is_no_later_day_of_the_window() -> None:
    assert "last-day" not in [row[0] for row in rows(facts("2025-12-20"))]


def test_closed_days_at_the_end_of_a_window_are_not_its_last_day() -> None:
    closed = rule(
        "month-end-closed",
        "window",
        {"kind": "closed", "label": "月末扎账"},
        when={
            "test": "all",
            "of": [
                {"test": "paid", "to": "B-1:12-31"},
                {"test": "day-of-month", "from": 26, "to": 31},
            ],
        },
        exception_to=["main", "closed"],
    )
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), closed, standard("400.00"))
    assert rows(facts("2025-12-20"), book)[1][:2] == ("last-day", date(2025, 12, 25))
    assert [row[0] for row in rows(facts("2025-12-25"), book)] == ["pay-now"]


@pytest.mark.parametrize(
    ("insured", "expected"),
    [
        # Lapsed 5: 3 + 4 months until 31 July; one year of repair takes one month, the floor is 6.
        ((2026,), [("repair-1", 30000, 31)]),
        # Lapsed 4: 3 + 3 is the floor already.
        ((2027,), []),
        # Lapsed 3: 3 + 2 months until 31 May; two years take two.
        ((2028,), [("repair-1", 30000, 31), ("repair-2", 60000, 61)]),
        # Lapsed 1: no variable wait, nothing to repair.
        ((2030,), []),
    ],
)
def test_only_repair_that_shortens_the_wait_is_offered(
    insured: tuple[int, ...], expected: list[tuple[str, int, int]]
) -> None:
    known = facts("2031-11-10", benefit_year=2032, insured_years=insured)
    found = [(code, cost, days) for code, _, cost, days in rows(known) if code.startswith("repair")]
    assert found == expected


def test_the_repair_already_chosen_is_not_offered_again() -> None:
    known = facts("2031-11-10", benefit_year=2032, insured_years=(2028,), repair_years=1)
    offered = [row for row in rows(known) if row[0].startswith("repair")]
    assert offered == [("repair-2", date(2031, 11, 10), 30000, 30)]


def test_without_rules_for_the_next_year_none_is_offered() -> None:
    known = facts("2031-11-10", benefit_year=2032)
    assert "next-year" not in [row[0] for row in rows(known)]


def test_an_amount_that_is_not_known_leaves_the_extra_cost_open() -> None:
    book = province_book(
        window("main", "B-1:10-01", "B-1:12-31"),
        window("late", "B:01-01", "B:12-31"),
        standard(None),
    )
    assert rows(facts("2025-11-10"), book)[1][2] is None


def test_facts_that_cannot_be_assessed_have_problems_instead_of_options() -> None:
    found = options(facts("2026-03-05", region="880000"), good_book())
    assert [getattr(problem, "code", None) for problem in found] == ["rules-not-covered"]


def by_plan(**more: Any) -> RuleBook:  # noqa: ANN401 -- any header
    """Late payers are asked for a plan; all others are not."""
    late = {"test": "window", "kinds": ["late"]}
    plan = {"test": "answer", "code": "plan", "is": "1"}
    return province_book(
        window("main", "B-1:10-01", "B-1:12-31"),
        window("late", "B:01-01", "B:12-31"),
        standard("400.00", when={"test": "not", "of": late}),
        {**standard("500.00", when={"test": "all", "of": [late, plan]}), "id": "one"},
        {
            **standard("600.00", when={"test": "all", "of": [late, {"test": "not", "of": plan}]}),
            "id": "two",
        },
        **more,
    )


def test_a_choice_that_waits_for_another_answer_is_left_out() -> None:
    assert [row[0] for row in rows(facts("2025-11-10"), by_plan())] == ["pay-now", "last-day"]
    planned = facts("2025-11-10", answers=(("plan", "1"),))
    assert [row[:3] for row in rows(planned, by_plan())][2] == (
        "next-window",
        date(2026, 1, 1),
        10000,
    )


def test_a_window_without_known_days_has_no_last_day() -> None:
    open_end = rule("late", "window", {"kind": "late", "label": "随时"}, exception_to=["closed"])
    assert [
        row[0] for row in rows(facts("2026-03-05"), province_book(open_end, standard("400.00")))
    ] == ["pay-now"]


def test_a_later_window_that_asks_for_another_fact_is_not_offered() -> None:
    plan = {"test": "answer", "code": "plan", "is": "1"}
    book = province_book(
        window("late", "B:03-01", "B:12-31"),
        standard("400.00", when=plan),
        {**standard("500.00", when={"test": "not", "of": plan}), "id": "two"},
    )
    assert [row[0] for row in rows(facts("2026-02-01"), book)] == ["pay-now"]


def test_beyond_the_days_the_rules_speak_of_nothing_is_offered() -> None:
    until = {"from": "B-1:01-01", "to": "B:12-31"}
    rules = [window("main", "B-1:10-01", "B:12-31"), standard("400.00")]
    book = book_of(bundle_of(nation(), programme(rules, payment_days=until)))
    assert [row[0] for row in rows(facts("2026-12-31"), book)] == ["pay-now"]


def test_a_next_year_without_a_main_window_is_not_offered() -> None:
    years = {"from": 2026, "to": 2027}
    late = window("late", "B:01-01", "B:12-31")
    book = book_of(bundle_of(nation(), programme([late, standard("400.00")], benefit_years=years)))
    assert [row[0] for row in rows(facts("2026-12-31"), book)] == ["pay-now"]


@pytest.mark.parametrize("day", ["2025-11-10", "2026-02-10", "2030-01-01"])
def test_paying_now_alone_is_the_first_of_the_choices(day: str) -> None:
    assert pay_now(facts(day), good_book()) == options(facts(day), good_book())[:1]


@pytest.mark.parametrize("shown", ["pay-now", "last-day", "next-year", "not offered"])
def test_only_paying_now_and_the_choice_that_is_shown_have_hints(shown: str) -> None:
    whole = choices(facts("2026-03-05"))
    assert all(option.assessment.hints for option in whole[:2])
    expected = [
        option
        if option.code in {"pay-now", shown}
        else replace(option, assessment=replace(option.assessment, hints=()))
        for option in whole
    ]
    assert list(options(facts("2026-03-05"), good_book(), shown)) == expected


def on_day(known: Facts, today: date) -> list[tuple[str, str, int | None, int]]:
    found = options(known, good_book(), None, today)
    offered = [one for one in found if isinstance(one, Option)]
    return [(one.code, one.label, one.extra_cost, one.extra_days) for one in offered][:2]


def test_a_later_day_that_was_typed_is_named_and_today_stands_beside_it() -> None:
    # Paid on 5 March: covered from 5 June. Paid on 10 November: all 365 days, 155 more.
    assert on_day(facts("2026-03-05"), date(2025, 11, 10)) == [
        ("pay-now", "2026-03-05 缴费", 0, 0),
        ("today", "今天（2025-11-10）缴费", 0, 155),
    ]


def test_today_is_not_offered_where_nothing_can_be_paid_today() -> None:
    # Nothing is paid before the window opens.
    first, second = on_day(facts("2025-11-10"), date(2025, 1, 2))
    assert (first[1], second[0]) == ("2025-11-10 缴费", "last-day")


def test_a_past_day_that_was_typed_is_named_and_today_is_not_offered() -> None:
    first, second = on_day(facts("2025-11-10"), date(2026, 3, 5))
    assert (first[1], second[0]) == ("2025-11-10 缴费", "last-day")


def test_paying_today_is_paying_now() -> None:
    known = facts("2026-03-05")
    assert on_day(known, date(2026, 3, 5))[0][1] == "现在缴费"
    (alone,) = pay_now(known, good_book(), date(2025, 11, 10))
    assert isinstance(alone, Option)
    assert alone.label == "2026-03-05 缴费"
