"""A case with one more answer: made by place, it is what it would be by name."""

from datetime import date

from medcounter.rules.case import Case

KNOWN = Case(
    benefit_year=2026,
    paid=date(2026, 3, 5),
    birth=date(1988, 7, 12),
    identities=frozenset({"low-income"}),
    events={"graduated": date(2026, 1, 1)},
    insured_years=frozenset({2024}),
    repair_years=1,
    answers={"plan": "pooled"},
    lapsed=1,
    window_kind="late",
    window_rule="late",
    event_day_counts=True,
    words={"plan": "档次"},
    exempt=True,
    waits=True,
)


def test_a_case_keeps_all_else_when_the_window_is_answered() -> None:
    assert KNOWN.in_window("main", "first") == KNOWN._replace(
        window_kind="main", window_rule="first"
    )


def test_a_case_keeps_all_else_when_the_lapsed_years_are_counted() -> None:
    years = frozenset({2020})
    assert KNOWN.as_counted(years, 4) == KNOWN._replace(insured_years=years, lapsed=4)


def test_a_case_keeps_all_else_when_it_is_known_what_came_of_the_wait() -> None:
    assert KNOWN.with_outcome(exempt=False, waits=False) == KNOWN._replace(
        exempt=False, waits=False
    )
