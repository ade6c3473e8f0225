"""What the notices say of waits and of the periods to pay in."""

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess, read_facts
from medcounter.assess.prove.proof import prove
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.day_samples import (
    IN_LATE,
    MAIN,
    all_of,
    answer,
    asked,
    cover,
    document,
    fixed,
    not_,
    paying,
    place,
    wait,
)
from tests.support.rules.rule_samples import Json, read, rule, standard, window


@pytest.mark.parametrize(
    ("paid", "last", "first"),
    [
        ("2026-03-01", "2026-06-01", "2026-06-02"),  # 广州 2026, the notice's own example.
        ("2026-11-30", "2027-02-28", None),
        ("2026-03-31", "2026-06-30", "2026-07-01"),
    ],
)
def test_the_same_day_number_may_still_lie_inside_a_wait(
    paid: str, last: str, first: str | None
) -> None:
    start = {"anchor": "payment", "months_end": "same-day"}
    book = place(rule("own-start", "wait-start", start, replaces="wait-start"))
    assert wait(paying(paid, 2026), book) == (paid, last)
    covered = cover(paying(paid, 2026), book)
    assert (covered and covered[0]) == first


@pytest.mark.parametrize(
    ("paid", "last", "first"),
    [
        ("2026-03-15", "2026-06-14", "2026-07-01"),
        ("2026-03-01", "2026-05-31", "2026-06-01"),
        ("2026-03-02", "2026-06-01", "2026-07-01"),
        ("2026-08-31", "2026-11-29", "2026-12-01"),
    ],
)
def test_cover_may_begin_with_the_month_after_the_wait(paid: str, last: str, first: str) -> None:
    """南充 2024: 缴费满 3 个月的次月; 大连 2021: 满 2 个月后的次月 1 日."""
    after = {"days": 1, "month_start": True}
    book = place(rule("own-after", "after-wait", after, replaces="after-wait"))
    assert wait(paying(paid, 2026), book) == (paid, last)
    assert cover(paying(paid, 2026), book) == (first, "2026-12-31")


def jilin(**repair: object) -> list[Json]:
    each = {"per_year": 30, "free_years": 1, "unit": "day"}
    off = {"per_year": 30, **repair}
    both = ["repair", "repair-long-lapse"]
    return [
        fixed(90, "day"),
        rule("own-each", "variable-wait", each, replaces="variable-wait"),
        rule("own-start", "wait-start", {"anchor": "payment"}, replaces="wait-start"),
        rule("own-repair", "repair", off, exception_to=both),
    ]


@pytest.mark.parametrize(
    ("raw", "span", "first"),
    [
        # 90 days from 1 March are over on 29 May, 120 on 28 June.
        (paying("2025-03-01", 2025), ("2025-03-01", "2025-05-29"), "2025-05-30"),
        (
            paying("2027-03-01", 2027, insured_years=[2024]),
            ("2027-03-01", "2027-06-28"),
            "2027-06-29",
        ),
        (
            paying("2027-03-01", 2027, insured_years=[2024], repair_years=1),
            ("2027-03-01", "2027-05-29"),
            "2027-05-30",
        ),
    ],
)
def test_a_wait_of_ninety_days_grows_by_thirty_days_a_year(
    raw: Json, span: tuple[str, str], first: str
) -> None:
    """吉林市 2025: 90 天，每多断保 1 年增加 30 天."""
    book = place(*jilin(unit="day"), years=(2025, 2027))
    assert wait(raw, book) == span
    covered = cover(raw, book)
    assert covered is not None
    assert covered[0] == first


def test_repair_that_counts_in_months_takes_nothing_off_days() -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        place(*jilin(), years=(2025, 2027))
    text = refused.value.faults[0].text
    assert "单位不同，无法相减" in text
    assert "unit 写 day，数字按天写" in text


def late_in_days(**variable: object) -> list[Json]:
    """铜仁's shape: who pays late waits 90 days, who is lapsed in the window 3 months."""
    late = {"when": IN_LATE, "exception_to": ["fixed-wait", "no-fixed-wait"]}
    each = {"per_year": 30, "free_years": 1, "unit": "day"}
    further = {"test": "lapsed", "from": 2}
    return [
        rule("late-days", "fixed-wait", {"length": 90, "unit": "day"}, **late),
        rule("own-each", "variable-wait", each, **variable),
        rule(
            "own-repair",
            "repair",
            {"per_year": 30, "unit": "day"},
            when=all_of(IN_LATE, further),
            exception_to=["repair", "repair-long-lapse"],
        ),
    ]


def test_days_and_months_may_stand_beside_each_other_where_nobody_has_both() -> None:
    further = {"test": "lapsed", "from": 2}
    parted = late_in_days(when=all_of(IN_LATE, further), exception_to=["variable-wait"])
    book = place(*parted, years=(2025, 2027))
    late = paying("2027-03-01", 2027, insured_years=[2024])
    assert wait(late, book) == ("2027-03-01", "2027-06-28")


def test_days_that_meet_months_are_refused_whichever_rule_is_the_exception() -> None:
    for when in (IN_LATE, {"test": "lapsed", "from": 3}):
        with pytest.raises(BundleUnreadableError) as refused:
            place(
                *late_in_days(when=when, exception_to=[]),
                years=(2025, 2027),
            )
        assert any("单位不同，无法相加" in fault.text for fault in refused.value.faults)


def test_days_that_only_another_reading_counts_meet_months_too() -> None:
    doubtful = rule(
        "own-fixed",
        "fixed-wait",
        {"length": 3},
        replaces="fixed-wait",
        exception_to=["no-fixed-wait"],
        when=IN_LATE,
        status="unsettled",
        doubt="有的写 3 个月，有的写 90 天。",
        readings=[{"answer": {"length": 90, "unit": "day"}, "text": "按 90 天数"}],
    )
    with pytest.raises(BundleUnreadableError) as refused:
        place(doubtful, years=(2025, 2027))
    assert "的单位是个月、天，变动等待期" in refused.value.faults[0].text


OWN_FAULT = asked("own_fault", "是否因本人原因未在集中缴费期缴费")


def beijing() -> RuleBook:
    """北京: who is late for reasons of their own waits three months."""
    not_theirs = {"test": "answer", "code": "own_fault", "is": False}
    return place(
        rule(
            "not-own-fault",
            "fixed-wait",
            {"length": 0},
            when=all_of(IN_LATE, not_theirs),
            exception_to=["fixed-wait", "no-fixed-wait"],
        ),
        years=(2025, 2025),
        vocabulary={"answers": [OWN_FAULT]},
    )


@pytest.mark.parametrize(("given", "span"), [(True, ("2025-04-01", "2025-06-30")), (False, None)])
def test_only_who_is_late_by_their_own_fault_waits(
    *, given: bool, span: tuple[str, str] | None
) -> None:
    raw = paying("2025-04-01", 2025, answers={"own_fault": given})
    assert wait(raw, beijing()) == span


def test_why_somebody_is_late_is_asked_only_of_who_is_late() -> None:
    book = beijing()
    late, early = (read_facts(paying(day, 2025), book) for day in ("2025-04-01", "2024-11-01"))
    assert isinstance(late, Facts)
    assert isinstance(early, Facts)
    refused = assess(late, book)
    assert not isinstance(refused, Assessment)
    assert [(one.field, one.code) for one in refused] == [("answers.own_fault", "missing")]
    assert isinstance(assess(early, book), Assessment)


@pytest.mark.parametrize(
    ("paid", "categories", "kind"),
    [
        ("2024-10-10", [], "main"),
        ("2024-10-14", ["pupil"], "closed"),
        ("2024-10-15", ["pupil"], "main"),
        ("2024-10-18", ["student"], "closed"),
        ("2024-10-19", ["student"], "main"),
        ("2024-12-25", ["student"], "main"),
        ("2024-12-26", [], "closed"),
    ],
)
def test_a_period_may_start_on_another_day_for_each_group(
    paid: str, categories: list[str], kind: str
) -> None:
    """大连 2025: 10 October, pupils the 15th, college students the 19th, all to 25 December."""
    starts = {"pupil": "B-1:10-15", "student": "B-1:10-19"}
    groups = [
        window(
            f"main-{who}",
            first,
            "B-1:12-25",
            when=all_of(
                {"test": "paid", "from": first, "to": "B-1:12-25"},
                {"test": "identity", "any_of": [who]},
                *(not_({"test": "identity", "any_of": [one]}) for one in starts if one < who),
            ),
        )
        for who, first in starts.items()
    ]
    for group in groups:
        group["answer"]["kind"] = "main"
    neither = not_({"test": "identity", "any_of": list(starts)})
    plain = window(
        "main",
        "B-1:10-10",
        "B-1:12-25",
        when=all_of({"test": "paid", "from": "B-1:10-10", "to": "B-1:12-25"}, neither),
    )
    pupil = {"code": "pupil", "label": "中小学生"}
    book = place(plain, *groups, years=(2025, 2025), vocabulary={"identities": [pupil]})
    assert answer(paying(paid, 2025, categories=categories), book).window.kind == kind


@pytest.mark.parametrize(
    ("paid", "label", "then"),
    [
        ("2025-06-25", "缴费期", None),
        ("2025-06-26", "月末不收缴", "2025-07-01"),
        ("2025-06-30", "月末不收缴", "2025-07-01"),
        ("2025-07-01", "缴费期", None),
        ("2025-12-26", "不能缴费", None),
    ],
)
def test_closed_days_between_periods_are_said_by_a_rule(
    paid: str, label: str, then: str | None
) -> None:
    """昆明 2025: 1 March to 25 June, 1 July to 25 December, nothing between."""
    first, second = window("late", "B:03-01", "B:06-25"), window("late", "B:07-01", "B:12-25")
    between = rule(
        "june-closed",
        "window",
        {"kind": "closed", "label": "月末不收缴"},
        when={"test": "paid", "from": "B:06-26", "to": "B:06-30"},
        exception_to=["closed"],
    )
    book = place(MAIN, first, {**second, "id": "late-full"}, between, years=(2025, 2025))
    shown = answer(paying(paid, 2025), book)
    assert (shown.window.label, shown.next_window and str(shown.next_window)) == (label, then)


@pytest.mark.parametrize(
    ("paid", "year", "kind"),
    [
        ("2028-02-29", 2028, "extended"),
        ("2028-03-01", 2028, "closed"),
        ("2027-02-28", 2027, "extended"),
        ("2027-03-01", 2027, "closed"),
    ],
)
def test_a_period_may_end_with_the_last_day_of_february(paid: str, year: int, kind: str) -> None:
    book = place(MAIN, window("extended", "B:01-01", "B:02-last"), years=(2027, 2028))
    shown = answer(paying(paid, year), book)
    assert shown.window.kind == kind
    if kind == "extended":
        assert str(shown.window.end) == paid


@pytest.mark.parametrize(("year", "asked_for"), [(2027, False), (2028, True)])
def test_a_period_to_the_28th_of_february_asks_for_a_reason_in_a_leap_year(
    year: int, *, asked_for: bool
) -> None:
    early, later = window("extended", "B:01-01", "B:02-28"), window("late", "B:03-01", "B:12-25")
    written = document(MAIN, early, later, standard("400.00"), years=(year, year))
    told = [fault.text for fault in prove(read(written)) if "closed-between" in fault.text]
    assert ["2028-02-29" in text for text in told] == [True] * asked_for
