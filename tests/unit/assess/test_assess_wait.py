"""How long benefits are withheld, from which day to which; what repair takes off."""

from datetime import date
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.assessment import Wait
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import (
    CITY,
    Json,
    assessed,
    facts,
    good_book,
    province_book,
    rule,
    standard,
    window,
)

LATE = window("late", "B-1:01-01", "B:12-31")


def wait_of(known: Facts, book: RuleBook | None = None) -> Wait:
    wait = assessed(known, book).wait
    assert wait is not None
    return wait


def late_book(*rules: Json) -> RuleBook:
    """Everybody pays late, all year, the year before too."""
    return province_book(LATE, standard("400.00"), *rules)


def fixed(length: int, unit: str) -> Json:
    answer = {"length": length, "unit": unit}
    return rule(
        "own-wait", "fixed-wait", answer, replaces="fixed-wait", exception_to=["no-fixed-wait"]
    )


def start(anchor: str, **more: Any) -> Json:  # noqa: ANN401 -- any field of an anchor
    return rule("own-start", "wait-start", {"anchor": anchor, **more}, replaces="wait-start")


def lapsed(years: int, **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    """A payer in the 2032 window whose last insured year lies so far back."""
    return facts("2031-11-10", benefit_year=2032, insured_years=(2031 - years,), **more)


@pytest.mark.parametrize(
    ("paid", "end", "covered"),
    [
        ("2026-03-01", "2026-05-31", "2026-06-01"),
        ("2026-03-05", "2026-06-04", "2026-06-05"),
        ("2026-03-31", "2026-06-29", "2026-06-30"),
        ("2026-05-31", "2026-08-30", "2026-08-31"),
        ("2026-09-30", "2026-12-29", "2026-12-30"),
    ],
)
def test_months_run_to_the_day_before_the_same_day(paid: str, end: str, covered: str) -> None:
    answer = assessed(facts(paid))
    wait = wait_of(facts(paid))
    assert (wait.start.isoformat(), wait.end.isoformat()) == (paid, end)
    assert answer.coverage is not None
    assert answer.coverage.start.isoformat() == covered
    assert answer.coverage.end == date(2026, 12, 31)


def test_a_wait_of_november_30_ends_before_the_clamped_day_of_february() -> None:
    wait = wait_of(facts("2026-11-30"))
    assert (wait.start, wait.end, wait.total) == (date(2026, 11, 30), date(2027, 2, 27), 3)
    assert assessed(facts("2026-11-30")).coverage is None


def test_a_day_that_the_month_lacks_may_become_the_first_of_the_next() -> None:
    next_first = rule("own-end", "month-end", {"becomes": "first-of-next"}, replaces="month-end")
    assert wait_of(facts("2026-11-30"), late_book(next_first)).end == date(2027, 2, 28)
    assert wait_of(facts("2026-11-28"), late_book(next_first)).end == date(2027, 2, 27)


def test_n_days_are_counted_with_the_payment_day_as_day_one() -> None:
    # 5 March is day 1, 3 May day 60.
    wait = wait_of(facts("2026-03-05", region=CITY))
    assert (wait.end, wait.total, wait.unit) == (date(2026, 5, 3), 60, "day")


@pytest.mark.parametrize(
    ("paid", "end"),
    [("2026-03-05", "2026-04-30"), ("2026-03-31", "2026-04-30"), ("2026-01-01", "2026-02-28")],
)
def test_whole_months_are_counted_from_the_month_of_payment(paid: str, end: str) -> None:
    wait = wait_of(facts(paid), late_book(fixed(2, "whole-month")))
    assert (wait.start.isoformat(), wait.end.isoformat(), wait.unit) == (paid, end, "whole-month")


@pytest.mark.parametrize(
    ("anchor", "more", "first"),
    [
        ("payment", {}, "2026-03-05"),
        ("day-after-payment", {}, "2026-03-06"),
        ("month-of-payment", {}, "2026-03-01"),
        ("month-after-payment", {}, "2026-04-01"),
        ("year-start", {}, "2026-01-01"),
        ("date", {"date": "B:07-01"}, "2026-07-01"),
        ("payment", {"plus_days": 3}, "2026-03-08"),
    ],
)
def test_a_wait_begins_where_the_rules_say(anchor: str, more: Json, first: str) -> None:
    assert wait_of(facts("2026-03-05"), late_book(start(anchor, **more))).start.isoformat() == first


def test_a_wait_may_begin_with_an_event_that_its_condition_asks_for() -> None:
    moved = {"test": "event", "kind": "household-moved-in"}
    anchor = {"anchor": "day-after-event", "event": "household-moved-in"}
    own = rule("own-start", "wait-start", anchor, when=moved, exception_to=["wait-start"])
    known = facts("2026-03-05", events=(Event("household-moved-in", date(2026, 2, 1)),))
    assert wait_of(known, late_book(own)).start == date(2026, 2, 2)
    assert wait_of(facts("2026-03-05"), late_book(own)).start == date(2026, 3, 5)


def test_cover_may_begin_later_than_the_day_after_the_wait() -> None:
    after = rule("own-after", "after-wait", {"days": 2}, replaces="after-wait")
    coverage = assessed(facts("2026-03-05"), late_book(after)).coverage
    assert coverage is not None
    assert coverage.start == date(2026, 6, 6)


def test_a_wait_over_before_the_year_brings_cover_from_new_years_day() -> None:
    coverage = assessed(facts("2025-03-05"), late_book()).coverage
    assert coverage is not None
    assert (coverage.start, coverage.days) == (date(2026, 1, 1), 365)


@pytest.mark.parametrize(
    ("paid", "covered"), [("2026-09-30", "2026-12-30"), ("2026-10-01", None), ("2026-12-31", None)]
)
def test_a_wait_to_the_years_end_leaves_no_cover(paid: str, covered: str | None) -> None:
    coverage = assessed(facts(paid)).coverage
    assert (coverage.start.isoformat() if coverage else None) == covered


@pytest.mark.parametrize(
    ("years", "fixed_months", "variable", "end"),
    [
        (1, 3, 0, "2032-03-31"),
        (2, 3, 1, "2032-04-30"),
        (3, 3, 2, "2032-05-31"),
        (4, 3, 3, "2032-06-30"),
        (5, 3, 4, "2032-07-31"),
        (6, 3, 5, "2032-08-31"),
    ],
)
def test_each_lapsed_year_after_the_first_adds_a_month(
    years: int, fixed_months: int, variable: int, end: str
) -> None:
    answer = assessed(lapsed(years))
    wait = wait_of(lapsed(years))
    assert answer.lapsed_years == years
    assert (wait.fixed, wait.variable, wait.total) == (
        fixed_months,
        variable,
        fixed_months + variable,
    )
    assert (wait.start, wait.end.isoformat()) == (date(2032, 1, 1), end)


@pytest.mark.parametrize(
    ("years", "repair", "total", "useless"),
    [
        (1, 1, 3, 1),
        (2, 1, 3, 0),
        (2, 2, 3, 1),
        (3, 1, 4, 0),
        (3, 2, 3, 0),
        (3, 3, 3, 1),
        (4, 1, 6, 1),
        (4, 4, 6, 4),
        (5, 1, 6, 0),
        (5, 2, 6, 1),
        (6, 1, 7, 0),
        (6, 2, 6, 0),
        (6, 6, 6, 4),
    ],
)
def test_repair_helps_down_to_the_fixed_wait_and_after_four_years_to_six_months(
    years: int, repair: int, total: int, useless: int
) -> None:
    answer = assessed(lapsed(years, repair_years=repair))
    wait = wait_of(lapsed(years, repair_years=repair))
    assert wait.total == total == wait.fixed + wait.variable - wait.repaired
    warned = [remark for remark in answer.remarks if remark.code == "repair-useless"]
    assert bool(warned) == bool(useless)
    assert not warned or f"有 {useless} 年不能再缩短" in warned[0].text
    assert answer.fee is not None
    assert answer.fee.repair == repair * 30000


@pytest.mark.parametrize(
    ("years", "helps"), [(0, True), (1, False), (2, True), (3, True), (4, False), (5, True)]
)
def test_who_lapsed_is_told_when_no_repair_can_help(years: int, *, helps: bool) -> None:
    told = {remark.code for remark in assessed(lapsed(years)).remarks}
    assert ("repair-no-use" not in told) is helps


def test_repair_may_take_off_nothing_at_all() -> None:
    none = rule(
        "own-repair", "repair", {"per_year": 0}, exception_to=["repair", "repair-long-lapse"]
    )
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), none)
    document = facts("2025-11-10", insured_years=(), repair_years=1)
    assert wait_of(document, book).repaired == 0


def test_more_repair_than_lapsed_years_is_out_of_range() -> None:
    refused = assess(lapsed(2, repair_years=3), good_book())
    assert not isinstance(refused, Assessment)
    assert [(problem.field, problem.code) for problem in refused] == [
        ("repair_years", "out-of-range")
    ]
    assert "3 年多于连续断保的 2 年" in refused[0].text


@pytest.mark.parametrize(
    ("insured", "birth", "count"),
    [
        (None, None, 0),
        ((), None, 7),
        ((2031,), None, 0),
        ((2030,), None, 1),
        ((2030, 2028), None, 1),
        ((2024,), None, 7),
        ((), date(2031, 5, 1), 0),
        ((), date(2030, 5, 1), 1),
        ((), date(2028, 12, 31), 3),
        ((2030,), date(2029, 1, 1), 1),
        ((), date(2024, 1, 1), 7),
    ],
)
def test_lapsed_years_count_back_in_a_row_from_2025_and_after_the_birth_year(
    insured: tuple[int, ...] | None, birth: date | None, count: int
) -> None:
    known = facts("2031-11-10", benefit_year=2032, insured_years=insured, birth_date=birth)
    assert assessed(known).lapsed_years == count


def doubted_lapse(insured: tuple[int, ...], birth: date | None = None) -> bool:
    counted = rule(
        "own-lapse",
        "lapse",
        {"from_year": 2025},
        replaces="lapse",
        status="assumed",
        doubt="更早的中断是否计入没有写明。",
    )
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), counted)
    answer = assessed(facts("2025-11-10", insured_years=insured, birth_date=birth), book)
    return "lapsed_years" in {doubt.field for doubt in answer.doubts}


@pytest.mark.parametrize(
    ("insured", "birth", "expected"),
    [
        ((), None, True),
        ((2023,), None, True),
        ((2024,), None, False),
        ((2025,), None, False),
        ((), date(2024, 3, 1), False),
        ((), date(2023, 3, 1), True),
    ],
)
def test_where_counting_begins_is_in_doubt_only_if_an_earlier_gap_was_cut_off(
    insured: tuple[int, ...], birth: date | None, *, expected: bool
) -> None:
    assert doubted_lapse(insured, birth) is expected


def test_a_wait_that_crosses_the_year_is_told_with_what_becomes_of_it() -> None:
    answer = assessed(facts("2026-11-05"))
    codes = {remark.code: remark for remark in answer.remarks}
    assert {"no-cover-this-year", "wait-crosses-year"} <= codes.keys()
    assert all(
        codes[code].level == "warning" for code in ("no-cover-this-year", "wait-crosses-year")
    )
    assert "等待期到 2027-02-04 才结束" in codes["wait-crosses-year"].text
    assert "以经办机构答复为准" in codes["wait-crosses-year"].text


@pytest.mark.parametrize(
    ("answer", "words"),
    [({"carries": True}, "等待期接着计算"), ({"carries": False}, "按下一年度重新计算")],
)
def test_a_settled_rule_says_whether_the_wait_runs_on(answer: Json, words: str) -> None:
    book = late_book(rule("own-carry", "carry-over", answer, replaces="carry-over"))
    remarks = assessed(facts("2026-11-05"), book).remarks
    assert [words in remark.text for remark in remarks if remark.code == "wait-crosses-year"] == [
        True
    ]
    assert "counts-as-lapsed" not in {remark.code for remark in remarks}


def test_a_year_without_cover_may_count_as_lapsed() -> None:
    answer = {"carries": False, "counts_as_lapsed": True}
    book = late_book(rule("own-carry", "carry-over", answer, replaces="carry-over"))
    remarks = {remark.code: remark for remark in assessed(facts("2026-11-05"), book).remarks}
    assert remarks["counts-as-lapsed"].level == "warning"
    assert "2026 年度没有待遇" in remarks["counts-as-lapsed"].text


def test_a_wait_that_ends_on_the_last_day_does_not_cross_the_year() -> None:
    codes = {remark.code for remark in assessed(facts("2026-10-01")).remarks}
    assert "no-cover-this-year" in codes
    assert "wait-crosses-year" not in codes
