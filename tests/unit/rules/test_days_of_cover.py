"""What the notices say of the first and last day of cover."""

from functools import cache

import pytest

from medcounter.assess import RuleBook
from tests.support.rules.day_samples import (
    IN_LATE,
    IN_MAIN,
    MAIN,
    NEWBORN,
    all_of,
    answer,
    any_of,
    asked,
    cover,
    not_,
    paying,
    place,
    said,
)
from tests.support.rules.rule_samples import Json, rule, window


@pytest.mark.parametrize(
    ("paid", "first"),
    [
        ("2024-12-31", "2025-01-01"),
        ("2025-01-05", "2025-04-01"),
        ("2025-02-28", "2025-04-01"),
    ],
)
def test_all_who_pay_in_one_period_may_be_covered_from_one_day(paid: str, first: str) -> None:
    """兰州 2025: paid 1 January to 28 February, covered from 1 April."""
    second = {"test": "window", "kinds": ["extended"]}
    april = {"anchor": "date", "date": "B:04-01"}
    book = place(
        MAIN,
        window("extended", "B:01-01", "B:02-last"),
        rule("from-april", "cover-start", april, when=second, exception_to=["cover-start"]),
        years=(2025, 2025),
    )
    assert cover(paying(paid, 2025), book) == (first, "2025-12-31")


FIRST_TIME = asked("first_time_here", "是否首次在本地参保")
FRESHMAN = all_of(IN_MAIN, {"test": "identity", "any_of": ["student"]}, said("first_time_here"))
BEFORE = ["cover-start", "cover-start-before-year"]


def early(when: Json, anchor: Json, floor: Json) -> list[Json]:
    """Cover that begins before the year, for some."""
    return [
        rule("early-floor", "cover-floor", floor, when=when, exception_to=["cover-floor"]),
        rule("early-start", "cover-start", anchor, when=when, exception_to=BEFORE),
    ]


@cache
def first_years() -> RuleBook:
    september = {"anchor": "date", "date": "B-1:09-01"}
    return place(
        *early(FRESHMAN, september, september),
        years=(2025, 2025),
        vocabulary={"answers": [FIRST_TIME]},
    )


@pytest.mark.parametrize(
    ("raw", "span"),
    [
        (
            {"categories": ["student"], "answers": {"first_time_here": True}},
            ("2024-09-01", "2025-12-31"),
        ),
        (
            {"categories": ["student"], "answers": {"first_time_here": False}},
            ("2025-01-01", "2025-12-31"),
        ),
        ({}, ("2025-01-01", "2025-12-31")),
    ],
)
def test_first_years_may_be_covered_from_the_september_before(
    raw: Json, span: tuple[str, str]
) -> None:
    """济南 2025, 哈工大 2025, 湖南 and 厦门 2026: from 1 September of the year before."""
    shown = answer(paying("2024-10-10", 2025, **raw), first_years())
    assert shown.coverage is not None
    assert (str(shown.coverage.start), str(shown.coverage.end)) == span
    assert shown.coverage.days == 365
    told = [step.rule for step in shown.steps if step.question == "cover-floor"]
    assert told == (["early-floor"] if span[0] == "2024-09-01" else [])


@pytest.mark.parametrize(
    ("birth", "paid", "span", "days"),
    [
        # 德州 2026 and 兵团 2026: from the payment to the end of the next year.
        (None, "2025-10-08", ("2025-10-08", "2026-12-31"), 365),
        (None, "2025-10-20", ("2025-10-20", "2026-12-31"), 365),
        # 兵团 2026: born in the window, from birth.
        ("2025-11-05", "2025-11-20", ("2025-11-05", "2026-12-31"), 365),
        # Born before the window: only the year paid for.
        ("2025-08-31", "2025-11-20", ("2026-01-01", "2026-12-31"), 365),
    ],
)
def test_cover_may_run_from_payment_or_birth_to_the_end_of_the_next_year(
    birth: str | None, paid: str, span: tuple[str, str], days: int
) -> None:
    born = {"test": "elapsed", "since": "birth", "within": {"days": 90}, "day_one": 0}
    in_window = all_of(IN_MAIN, born, {"test": "born", "from": "2025-09-01"})
    first_day = {"anchor": "date", "date": "B-1:09-01"}
    book = place(
        *early(FRESHMAN, {"anchor": "payment"}, first_day),
        rule(
            "newborn-floor",
            "cover-floor",
            first_day,
            when=in_window,
            exception_to=["cover-floor", "early-floor"],
        ),
        rule("newborn", "exemption", NEWBORN, grounds=["newborn"], when=born),
        vocabulary={"answers": [FIRST_TIME]},
    )
    pupil = {} if birth else {"categories": ["student"], "answers": {"first_time_here": True}}
    shown = answer(paying(paid, 2026, birth_date=birth, **pupil), book)
    assert shown.coverage is not None
    assert (str(shown.coverage.start), str(shown.coverage.end)) == span
    assert shown.coverage.days == days
    assert shown.coverage.leaves_year is (span[0] < "2026-01-01")


def test_the_period_paid_for_may_differ_from_the_period_covered() -> None:
    """深圳 2024-25: paid September to August, covered October to September."""
    september, rest = window("main", "B:09-01", "B:09-30"), window("late", "B:10-01", "B+1:08-31")
    october = {"anchor": "date", "date": "B:10-01"}
    next_month = {"anchor": "month-after-payment"}
    book = place(
        september,
        rest,
        rule("october", "cover-start", october, exception_to=BEFORE),
        rule(
            "later",
            "cover-start",
            next_month,
            when=IN_LATE,
            exception_to=["october", *BEFORE],
            applies="从 {cover_from} 起享受待遇。",
        ),
        rule(
            "own-wait",
            "fixed-wait",
            {"length": 0},
            replaces="fixed-wait",
            exception_to=["no-fixed-wait"],
        ),
        rule("to-september", "cover-end", {"to": "B+1:09-30"}, replaces="cover-end"),
        years=(2024, 2024),
    )
    assert cover(paying("2024-09-10", 2024), book) == ("2024-10-01", "2025-09-30")
    shown = answer(paying("2025-03-10", 2024), book)
    assert cover(paying("2025-03-10", 2024), book) == ("2025-04-01", "2025-09-30")
    told = next(step.text for step in shown.steps if step.question == "cover-start")
    assert told == "从 2025-04-01 起享受待遇。"


@pytest.mark.parametrize(
    ("graduates", "end", "days"), [(False, "2025-08-31", 243), (True, "2025-12-31", 365)]
)
def test_students_may_be_covered_for_a_school_year_and_in_the_last_to_its_end(
    *, graduates: bool, end: str, days: int
) -> None:
    """海南 2025: 1 September to 31 August, in the year of graduation to 31 December."""
    student = {"test": "identity", "any_of": ["student"]}
    leaving = asked("graduates", "本学年是否毕业")
    september = {"anchor": "date", "date": "B-1:09-01"}
    in_main = all_of(IN_MAIN, student)
    staying = all_of(student, {"test": "answer", "code": "graduates", "is": False})
    book = place(
        *early(in_main, september, september),
        rule(
            "school-year", "cover-end", {"to": "B:08-31"}, when=staying, exception_to=["cover-end"]
        ),
        years=(2025, 2025),
        vocabulary={"answers": [leaving]},
    )
    raw = paying("2024-10-10", 2025, categories=["student"], answers={"graduates": graduates})
    shown = answer(raw, book)
    assert shown.coverage is not None
    assert (str(shown.coverage.start), str(shown.coverage.end)) == ("2024-09-01", end)
    assert shown.coverage.days == days


def test_a_wait_into_the_next_year_may_still_leave_cover_there() -> None:
    to_next = rule("to-next", "cover-end", {"to": "B+1:12-31"}, replaces="cover-end")
    shown = answer(paying("2026-11-10", 2026), place(to_next))
    assert shown.coverage is not None
    assert (str(shown.coverage.start), shown.coverage.days) == ("2027-02-10", 0)
    assert "wait-crosses-year" not in {remark.code for remark in shown.remarks}


@cache
def hainan() -> RuleBook:
    """海南 2025: a day limit and the calendar year together, in three branches."""
    soon = {"test": "elapsed", "since": "birth", "within": {"days": 90}, "day_one": 0}
    this_year = {"test": "years-since-birth-year", "from": 0, "to": 0}
    late_days = {"test": "paid", "from": "B:01-01", "to": "B:12-31"}
    open_to = window("late", "B:01-01", "B+1:03-31")
    open_to["when"] = any_of(
        late_days, all_of({"test": "paid", "from": "B:01-01", "to": "B+1:03-31"}, soon, this_year)
    )
    free = all_of(this_year, any_of(soon, late_days))
    payment = {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}}
    later = all_of(this_year, late_days, not_(soon))
    return place(
        MAIN,
        open_to,
        rule("free", "concession", {"pays": "0.00"}, grounds=["newborn"], when=free),
        rule("soon", "exemption", NEWBORN, grounds=["newborn"], when=all_of(this_year, soon)),
        rule("later", "exemption", payment, grounds=["newborn"], when=later),
        rule(
            "two-years",
            "cover-end",
            {"to": "B+1:12-31"},
            when=all_of(this_year, soon),
            exception_to=["cover-end"],
        ),
        years=(2025, 2026),
    )


@pytest.mark.parametrize(
    ("birth", "paid", "total", "span", "days"),
    [
        ("2025-11-20", "2026-02-18", 0, ("2025-11-20", "2026-12-31"), 42),
        ("2025-03-01", "2025-05-30", 0, ("2025-03-01", "2026-12-31"), 306),
        ("2025-03-01", "2025-08-01", 0, ("2025-08-01", "2025-12-31"), 153),
    ],
)
def test_newborns_of_a_day_limit_and_a_calendar_year_fall_into_branches(
    birth: str, paid: str, total: int, span: tuple[str, str], days: int
) -> None:
    raw = paying(paid, 2025, birth_date=birth)
    shown = answer(raw, hainan())
    assert shown.fee is not None
    assert shown.coverage is not None
    assert (shown.fee.total, cover(raw, hainan()), shown.coverage.days) == (total, span, days)


def test_a_newborn_past_both_limits_is_as_anybody() -> None:
    child = {"birth_date": "2025-11-20"}
    assert not answer(paying("2026-03-01", 2025, **child), hainan()).payable
    ordinary = answer(paying("2026-03-01", 2026, **child), hainan())
    assert ordinary.fee is not None
    assert ordinary.fee.total == 40000
    assert ordinary.wait is not None


def zhengzhou() -> RuleBook:
    """郑州 2025: one fee in the birth year covers to the end of the next."""
    this_year = {"test": "years-since-birth-year", "from": 0, "to": 0}
    soon = {"test": "elapsed", "since": "birth", "within": {"days": 90}, "day_one": 0}
    next_day = {"waives": ["fixed", "variable"], "cover": {"anchor": "day-after-payment"}}
    to_next = {"to": "B+1:12-31"}
    spared = all_of(
        {"test": "years-since-birth-year", "from": 2, "to": 2},
        {"test": "insured", "years_back": 2, "is": True},
    )
    counted = {"from_year": 2025, "also_insured": [1]}
    later = all_of(this_year, not_(soon))
    return place(
        rule("soon", "exemption", NEWBORN, grounds=["newborn"], when=all_of(this_year, soon)),
        rule("later", "exemption", next_day, grounds=["newborn"], when=later),
        rule("two-years", "cover-end", to_next, when=this_year, exception_to=["cover-end"]),
        rule("paid-at-birth", "lapse", counted, when=spared, exception_to=["lapse"]),
        years=(2024, 2026),
    )


@pytest.mark.parametrize(
    ("paid", "first"), [("2024-07-01", "2024-06-01"), ("2024-10-10", "2024-10-11")]
)
def test_one_fee_may_cover_the_birth_year_and_the_next(paid: str, first: str) -> None:
    raw = paying(paid, 2024, birth_date="2024-06-01")
    shown = answer(raw, zhengzhou())
    assert shown.fee is not None
    assert (shown.fee.total, cover(raw, zhengzhou())) == (40000, (first, "2025-12-31"))


@pytest.mark.parametrize(("insured", "lapsed"), [([2024], 0), ([], 1), ([2025], 0)])
def test_a_year_covered_with_the_birth_year_is_no_lapse(insured: list[int], lapsed: int) -> None:
    raw = paying("2025-11-10", 2026, birth_date="2024-06-01", insured_years=insured)
    assert answer(raw, zhengzhou()).lapsed_years == lapsed


def test_months_after_birth_are_a_limit_that_crosses_the_year() -> None:
    """东莞 2026: six months, from birth, payable in the year after too."""
    soon = {"test": "elapsed", "since": "birth", "within": {"months": 6}, "day_one": 0}
    this_year = {"test": "years-since-birth-year", "from": 0, "to": 0}
    open_to = {
        **window("late", "B:01-01", "B+1:06-30"),
        "when": all_of({"test": "paid", "from": "B:01-01", "to": "B+1:06-30"}, soon, this_year),
    }
    book = place(
        window("main", "B-1:09-01", "B-1:12-30"),
        open_to,
        rule("newborn", "exemption", NEWBORN, grounds=["newborn"], when=all_of(this_year, soon)),
        rule(
            "two-years",
            "cover-end",
            {"to": "B+1:12-31"},
            when=all_of(this_year, soon, {"test": "paid", "from": "B+1:01-01"}),
            exception_to=["cover-end"],
        ),
    )
    may = paying("2026-08-10", 2026, birth_date="2026-05-10")
    november = paying("2027-02-10", 2026, birth_date="2026-11-10")
    assert cover(may, book) == ("2026-05-10", "2026-12-31")
    assert cover(november, book) == ("2026-11-10", "2027-12-31")
    assert not answer(paying("2026-11-11", 2026, birth_date="2026-05-10"), book).payable
