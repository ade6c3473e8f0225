"""Who has no wait, from which day covered, and by which ground."""

from datetime import date
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.assessment import Coverage
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import (
    CITY,
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B:12-31")
BOTH = ["fixed", "variable"]


def book(*rules: Json) -> RuleBook:
    return province_book(MAIN, LATE, standard("400.00"), *rules)


def exempt(name: str, anchor: str, *grounds: str, **more: Any) -> Json:  # noqa: ANN401 -- any rule field
    answer = {
        "waives": more.pop("waives", BOTH),
        "cover": {"anchor": anchor, **more.pop("cover", {})},
    }
    return rule(name, "exemption", answer, grounds=list(grounds), **more)


def covered(known: Facts, rules: RuleBook | None = None) -> Coverage:
    coverage = assessed(known, rules).coverage
    assert coverage is not None
    return coverage


def test_a_newborn_within_90_days_is_covered_from_birth() -> None:
    child = facts("2026-05-01", birth_date=date(2026, 2, 1))
    answer = assessed(child)
    assert (answer.exemption, answer.wait) == ("newborn", None)
    assert covered(child).start == date(2026, 2, 1)


@pytest.mark.parametrize(("paid", "exemption"), [("2026-05-02", "newborn"), ("2026-05-03", None)])
def test_day_90_is_still_within_90_days(paid: str, exemption: str | None) -> None:
    assert assessed(facts(paid, birth_date=date(2026, 2, 1))).exemption == exemption


def test_cover_never_begins_before_new_years_day_nor_before_birth() -> None:
    before = facts("2025-12-20", birth_date=date(2025, 11, 1))
    assert covered(before).start == date(2026, 1, 1)
    inside = facts("2026-02-20", birth_date=date(2026, 1, 10))
    assert covered(inside).start == date(2026, 1, 10)


def test_in_the_window_a_ground_that_covers_earlier_still_counts() -> None:
    # In the window there is no wait to remove, so no exemption is named.
    child = facts("2026-02-20", birth_date=date(2025, 12, 1))
    answer = assessed(child)
    assert (answer.exemption, answer.wait) == (None, None)
    assert covered(child).start == date(2026, 1, 1)
    assert covered(facts("2026-02-20")).start == date(2026, 2, 21)


@pytest.mark.parametrize(
    ("anchor", "cover", "first"),
    [
        ("payment", {}, "2026-05-10"),
        ("day-after-payment", {}, "2026-05-11"),
        ("month-of-payment", {}, "2026-05-01"),
        ("month-after-payment", {}, "2026-06-01"),
        ("event", {}, "2026-04-20"),
        ("day-after-event", {}, "2026-04-21"),
        ("month-of-event", {}, "2026-04-01"),
        ("year-start", {}, "2026-01-01"),
        ("date", {"date": "2026-07-01"}, "2026-07-01"),
        ("event", {"plus_days": 10}, "2026-04-30"),
    ],
)
def test_an_exempt_group_is_covered_from_the_day_its_rule_names(
    anchor: str, cover: Json, first: str
) -> None:
    rules = book(exempt("own", anchor, "graduated", cover=cover))
    known = facts("2026-05-10", events=(Event("graduated", date(2026, 4, 20)),))
    answer = assessed(known, rules)
    assert (answer.exemption, answer.wait) == ("graduated", None)
    assert covered(known, rules).start.isoformat() == first


def test_of_several_grounds_the_one_with_the_earliest_cover_counts() -> None:
    rules = book(
        exempt("moved", "day-after-payment", "household-moved-in"),
        exempt("back", "event", "returned-from-abroad"),
        exempt("poor", "payment", "low-income"),
    )
    known = facts(
        "2026-05-10",
        categories=("low-income",),
        events=(
            Event("household-moved-in", date(2026, 5, 1)),
            Event("returned-from-abroad", date(2026, 4, 1)),
        ),
    )
    answer = assessed(known, rules)
    assert answer.exemption == "returned-from-abroad"
    assert covered(known, rules).start == date(2026, 4, 1)


def test_a_ground_that_leaves_no_wait_goes_before_one_that_leaves_some() -> None:
    half = exempt("half", "year-start", "graduated", waives=["fixed"])
    whole = exempt("whole", "day-after-payment", "student")
    rules = [MAIN, LATE, standard("400.00"), half, whole]
    until_2032 = programme(rules, benefit_years={"from": 2026, "to": 2032})
    known = facts(
        "2032-05-10",
        benefit_year=2032,
        insured_years=(2028,),
        categories=("student",),
        events=(Event("graduated", date(2032, 5, 1)),),
    )
    answer = assessed(known, book_of(bundle_of(nation(), until_2032)))
    assert (answer.exemption, answer.wait) == ("student", None)


def lapsed_mover(**more: Any) -> Facts:  # noqa: ANN401 -- any fact
    """Lapsed for three years; moved in a month before paying late for 2032."""
    events = (Event("household-moved-in", date(2032, 4, 10)),)
    return facts("2032-05-10", benefit_year=2032, insured_years=(2028,), events=events, **more)


def test_a_ground_may_remove_the_fixed_wait_only() -> None:
    answer = assessed(lapsed_mover())
    assert answer.exemption == "household-moved-in"
    assert answer.wait is not None
    assert (answer.wait.fixed, answer.wait.variable, answer.wait.total) == (0, 2, 2)
    assert (answer.wait.start, answer.wait.end) == (date(2032, 5, 10), date(2032, 7, 9))


def test_a_ground_may_remove_what_the_lapse_adds_only() -> None:
    half = exempt("half", "payment", "low-income", waives=["variable"])
    rules = [MAIN, LATE, standard("400.00"), half]
    until_2032 = programme(rules, benefit_years={"from": 2026, "to": 2032})
    known = facts(
        "2032-05-10", benefit_year=2032, insured_years=(2028,), categories=("low-income",)
    )
    answer = assessed(known, book_of(bundle_of(nation(), until_2032)))
    assert answer.exemption == "low-income"
    assert answer.wait is not None
    assert (answer.wait.fixed, answer.wait.variable, answer.wait.total) == (3, 0, 3)
    assert (answer.wait.start, answer.wait.end) == (date(2032, 5, 10), date(2032, 8, 9))


def test_repair_may_take_the_rest_of_a_wait_after_its_fixed_part_is_removed() -> None:
    answer = assessed(lapsed_mover(repair_years=2))
    assert answer.wait is None
    assert answer.exemption == "household-moved-in"


def test_without_a_wait_to_remove_no_exemption_is_named() -> None:
    rules = book(exempt("poor", "day-after-payment", "low-income"))
    known = facts("2025-11-10", categories=("low-income",))
    assert assessed(known, rules).exemption is None
    assert covered(known, rules).start == date(2026, 1, 1)


def test_of_two_events_of_a_kind_the_latest_counts() -> None:
    events = (
        Event("household-moved-in", date(2026, 4, 1)),
        Event("household-moved-in", date(2024, 1, 1)),
    )
    assert assessed(facts("2026-05-10", events=events)).exemption == "household-moved-in"


@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        # The day itself is day 1: more than 10 days from day 11, within 90 days to day 90.
        ("2026-05-01", None),
        ("2026-04-30", "household-registered"),
        ("2026-02-10", "household-registered"),
        ("2026-02-09", None),
    ],
)
def test_a_window_may_run_from_an_event_of_the_bundles_own(
    registered: str, expected: str | None
) -> None:
    events = (Event("household-registered", date.fromisoformat(registered)),)
    assert assessed(facts("2026-05-10", events=events)).exemption == expected


ASKING = exempt(
    "asking",
    "day-after-payment",
    "employee-insurance-ended",
    when={
        "test": "all",
        "of": [
            {"test": "elapsed", "since": "employee-insurance-ended", "within": {"months": 3}},
            {"test": "answer", "code": "prior_continuous_years", "from": 2},
        ],
    },
)


def ended(paid: str, day: str, **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    events = (Event("employee-insurance-ended", date.fromisoformat(day)),)
    return facts(paid, events=events, **more)


def test_a_fact_that_would_remove_a_wait_is_asked_for() -> None:
    asked = assess(ended("2026-05-10", "2026-04-01"), book(ASKING))
    assert not isinstance(asked, Assessment)
    assert [(problem.field, problem.code) for problem in asked] == [
        ("answers.prior_continuous_years", "missing")
    ]
    assert "此前连续参保年数" in asked[0].text


@pytest.mark.parametrize(("years", "expected"), [(1, None), (2, "employee-insurance-ended")])
def test_a_group_may_be_exempt_only_after_continuous_years(
    years: int, expected: str | None
) -> None:
    known = ended("2026-05-10", "2026-04-01", answers=(("prior_continuous_years", years),))
    assert assessed(known, book(ASKING)).exemption == expected


@pytest.mark.parametrize(
    "known",
    [
        ended("2025-11-10", "2025-10-20"),
        ended("2026-05-10", "2026-01-01"),
        facts("2026-05-10"),
    ],
)
def test_a_fact_that_removes_no_wait_is_not_asked_for(known: Facts) -> None:
    assert isinstance(assess(known, book(ASKING)), Assessment)


def test_a_city_has_its_own_wait_and_its_provinces_exemptions() -> None:
    city = facts("2026-05-10", region=CITY, categories=("low-income",))
    answer = assessed(city)
    assert (answer.exemption, answer.wait) == ("low-income", None)


def test_an_exemption_by_age_is_not_asked_of_somebody_whose_birth_is_not_known() -> None:
    old = exempt("old", "day-after-payment", "religious", when={"test": "age", "from": 80})
    known = facts("2026-05-10", categories=("religious",))
    assert assessed(known, book(old)).exemption is None
    born = facts("2026-05-10", categories=("religious",), birth_date=date(1940, 1, 1))
    assert assessed(born, book(old)).exemption == "religious"


def test_a_rule_without_a_condition_stands_for_each_ground_that_is_held() -> None:
    either = exempt("either", "event", "household-moved-in", "returned-from-abroad")
    moved, back = Event("household-moved-in", date(2026, 5, 1)), date(2026, 4, 1)
    known = facts("2026-05-10", events=(moved, Event("returned-from-abroad", back)))
    assert assessed(known, book(either)).exemption == "returned-from-abroad"
    assert covered(known, book(either)).start == back


@pytest.mark.parametrize(("number", "first"), [(1, date(2026, 1, 10)), (2, date(2026, 5, 1))])
def test_only_in_format_1_an_event_that_is_over_lends_its_day(number: int, first: date) -> None:
    # 120 days ago, and 9: of one rule's events the limit of 90 days spares the second alone.
    kinds = ("household-moved-in", "returned-from-abroad")
    limits = [{"test": "elapsed", "since": kind, "within": {"days": 90}} for kind in kinds]
    over, recent = Event(kinds[0], date(2026, 1, 10)), Event(kinds[1], date(2026, 5, 1))
    known = facts("2026-05-10", events=(over, recent))
    spared = exempt("spared", "event", *kinds, when={"test": "any", "of": limits})
    rules = province_book(MAIN, LATE, standard("400.00"), spared, format=number)
    assert covered(known, rules).start == first
