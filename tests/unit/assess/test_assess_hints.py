"""The nearest payment day that would change the answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessing import Decided, OtherDays, decide_facts, explain
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import (
    assessed,
    bundle_of,
    facts,
    good_book,
    nation,
    programme,
    province_book,
    read,
    rule,
    standard,
    window,
)
from tests.unit.assess.test_assess_options import by_plan

SUBSIDY = rule("subsidy", "subsidy", {"amount": "700.00"})
# What an unsettled rule has and a confirmed one hasn't.
OPEN = {"doubt", "readings"}


def hints(known: Facts, book: RuleBook | None = None) -> list[tuple[str, str]]:
    found = assessed(known, book).hints
    assert {hint.field for hint in found} <= {"payment_date"}
    return [(hint.value.isoformat(), hint.text) for hint in found]


def days(known: Facts, book: RuleBook | None = None) -> list[str]:
    return [day for day, _ in hints(known, book)]


def test_after_the_window_the_last_day_without_a_wait_and_the_first_without_cover_are_named() -> (
    None
):
    # Paid on 1 October the wait of three months ends on 31 December.
    assert hints(facts("2026-03-05")) == [
        ("2026-02-28", "2026-02-28 及以前缴费：应缴 ¥300.00，没有等待期，2026-03-01 起享受待遇。"),
        ("2026-10-01", "2026-10-01 起缴费：应缴 ¥300.00，有等待期，本年度没有待遇。"),
    ]


def test_in_the_window_the_first_later_day_with_another_answer_is_named() -> None:
    # From 1 January the cover moves with the payment: in December it begins on New Year's Day.
    found = hints(facts("2025-11-10"))
    assert found[-1] == ("2025-11-26", "2025-11-26 起缴费：不能缴费。")


def test_an_answer_without_hints_is_otherwise_the_same() -> None:
    known = facts("2026-03-05")
    decided = decide_facts(known, good_book())
    assert isinstance(decided, Decided)
    whole = explain(decided, good_book())
    assert whole.hints
    assert explain(decided, good_book(), hinted=False) == replace(whole, hints=())


def test_a_closed_day_points_to_the_payable_days_around_it() -> None:
    assert days(facts("2025-10-27")) == ["2025-10-25", "2025-11-01"]


def test_where_every_other_day_gives_the_same_there_is_no_hint() -> None:
    always = window("main", "B-1:01-01", "B+1:12-31")
    start = rule("own-start", "cover-start", {"anchor": "year-start"}, replaces="cover-start")
    assert hints(facts("2026-03-05"), province_book(always, standard("400.00"), start)) == []


def test_a_day_before_what_happened_is_decided_without_it_though_no_rule_turns_between() -> None:
    told = facts("2026-03-05", events=(Event("returned-from-abroad", date(2026, 3, 3)),))
    decided = decide_facts(told, good_book())
    assert isinstance(decided, Decided)
    turns = decided.compiled.turns.of_case(decided.decision.case)
    before, after = date(2026, 3, 2), date(2026, 3, 4)
    assert not any(before < turn <= after for turn in turns)
    beside = OtherDays(decided)
    for day, happened in ((after, {"returned-from-abroad": date(2026, 3, 3)}), (before, {})):
        found = beside.on(day)
        assert found is not None
        assert found.case.events == happened
        assert found == decided.on_day(day)


def test_days_beside_another_take_its_fee_only_while_nothing_about_the_fee_turns() -> None:
    aided = rule(
        "aid",
        "concession",
        {"pays": "100.00"},
        grounds=["low-income"],
        when={"test": "elapsed", "since": "household-moved-in", "within": {"days": 30}},
    )
    book = province_book(window("main", "B:01-01", "B:12-31"), standard("400.00"), aided)
    moves = [Event("household-moved-in", day) for day in (date(2026, 2, 10), date(2026, 6, 1))]
    moved_twice = facts("2026-08-01", categories=("low-income",), events=tuple(moves))
    decided = decide_facts(moved_twice, book)
    assert isinstance(decided, Decided)
    beside = OtherDays(decided)
    totals = {}
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        found = beside.on(day)
        assert found == decided.on_day(day)
        assert found is not None
        assert found.fee is not None
        totals[day] = found.fee.total
    cheap = [day for day, total in totals.items() if total == 100_00]
    first, last = date(2026, 2, 10), date(2026, 3, 12)
    again, end = date(2026, 6, 1), date(2026, 7, 1)
    assert cheap == [day for day in totals if first <= day <= last or again <= day <= end]


def test_a_day_that_needs_another_fact_gives_no_hint() -> None:
    book = by_plan()
    assert "2026-01-01" not in days(facts("2025-11-10"), book)
    planned = facts("2025-11-10", answers=(("plan", "1"),))
    assert "2026-01-01" in days(planned, book)


def test_a_day_of_the_same_fee_whose_cover_needs_another_fact_is_not_told() -> None:
    planned = {"test": "answer", "code": "plan", "is": "1"}
    from_june = {"test": "paid", "from": "B:06-01"}
    longer = rule(
        "longer",
        "after-wait",
        {"days": 9},
        when={"test": "all", "of": [from_june, planned]},
        exception_to=["after-wait"],
    )
    rules = (window("late", "B:01-01", "B:12-31"), standard("400.00"), SUBSIDY, longer)
    unopened = [
        {key: value for key, value in {**one, "status": "confirmed"}.items() if key not in OPEN}
        for one in nation()["rules"]
    ]
    above = {**nation(), "rules": unopened}
    book = RuleBook.open(read(bundle_of(above, programme(rules))), "", signed=False)
    decided = decide_facts(facts("2026-03-05"), book)
    assert isinstance(decided, Decided)
    assert not decided.compiled.may_delay
    beside = OtherDays(decided)
    june = date(2026, 6, 1)
    for day in (june - timedelta(days=1), june):
        assert beside.on(day) == decided.on_day(day)
    assert beside.on(june) is None
    assert beside.on(june - timedelta(days=1)) is not None


def test_the_last_day_of_an_event_is_named() -> None:
    # Moved in on 10 April: within three months until 10 July.
    known = facts("2026-05-10", events=(Event("household-moved-in", date(2026, 4, 10)),))
    found = hints(known)
    assert (
        "2026-07-11",
        "2026-07-11 起缴费：应缴 ¥300.00，有等待期，2026-10-11 起享受待遇。",
    ) in found


def test_the_last_day_of_a_newborn_is_named() -> None:
    # Born on 1 February: day 90 is 2 May.
    assert "2026-05-03" in days(facts("2026-04-01", birth_date=date(2026, 2, 1)))


def test_in_a_year_without_cover_the_last_day_that_had_some_is_named() -> None:
    late = window("late", "B-1:01-01", "B:12-31")
    book = province_book(late, standard("400.00"))
    assert hints(facts("2026-11-05"), book)[0] == (
        "2026-09-30",
        "2026-09-30 及以前缴费：应缴 ¥400.00，有等待期，2026-12-30 起享受待遇。",
    )


def test_a_wait_that_always_leaves_the_year_bare_has_no_day_with_cover() -> None:
    long = rule(
        "own-wait",
        "fixed-wait",
        {"length": 24},
        replaces="fixed-wait",
        exception_to=["no-fixed-wait"],
    )
    late = window("late", "B:01-01", "B:12-31")
    assert days(facts("2026-11-05"), province_book(late, standard("400.00"), long)) == [
        "2027-01-01"
    ]
    open_end = rule("late", "window", {"kind": "late", "label": "随时"}, exception_to=["closed"])
    assert days(facts("2026-11-05"), province_book(open_end, standard("400.00"), long)) == []


@pytest.mark.parametrize("paid", ["2026-09-29", "2026-09-30"])
def test_the_first_day_without_cover_is_exact(paid: str) -> None:
    assert "2026-10-01" in days(facts(paid))


def test_no_day_before_birth_is_hinted_at() -> None:
    # Born on 1 April and late from the first day: the window of February is nothing to the child.
    hinted = days(facts("2026-08-01", birth_date=date(2026, 4, 1)))
    assert hinted
    assert min(hinted) >= "2026-04-01"


def test_before_an_event_it_is_not_known() -> None:
    # Recognised for aid on 10 April; before that day the aided window was not open to them.
    known = facts("2026-05-10", events=(Event("household-moved-in", date(2026, 4, 10)),))
    assert hints(known)[0] == (
        "2026-04-09",
        "2026-04-09 及以前缴费：应缴 ¥300.00，有等待期，2026-07-09 起享受待遇。",
    )
