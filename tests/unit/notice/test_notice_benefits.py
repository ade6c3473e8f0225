"""Wait, cover and the year's strip."""

from dataclasses import replace
from datetime import date

from medcounter.assess.assessment import Wait
from medcounter.notice.content.benefits import benefits, year_spans
from medcounter.notice.content.clauses import clause_list
from medcounter.notice.content.notice import BenefitSpan
from tests.support.paper.notice_samples import IN_WINDOW, LATE_0305, LOW_INCOME, NO_COVER

JAN_1, DEC_31 = date(2025, 1, 1), date(2025, 12, 31)


def test_a_late_payer_s_year_is_nothing_then_wait_then_cover() -> None:
    given = benefits(LATE_0305, date(2025, 3, 5), clause_list(LATE_0305))
    assert given.year == (
        BenefitSpan("none", JAN_1, date(2025, 3, 4)),
        BenefitSpan("wait", date(2025, 3, 5), date(2025, 6, 4)),
        BenefitSpan("cover", date(2025, 6, 5), DEC_31),
    )


def test_a_year_covered_from_the_first_day_is_one_span() -> None:
    given = benefits(IN_WINDOW, date(2024, 11, 20), clause_list(IN_WINDOW))
    assert given.year == (BenefitSpan("cover", JAN_1, DEC_31),)
    assert given.wait is None


def test_a_year_without_cover_ends_waiting() -> None:
    given = benefits(NO_COVER, date(2025, 10, 1), clause_list(NO_COVER))
    assert given.cover is None
    assert given.year[-1] == BenefitSpan("wait", date(2025, 10, 1), DEC_31)


def test_a_wait_into_the_next_year_is_cut_at_the_year_s_end_on_the_strip_only() -> None:
    wait = Wait(date(2025, 11, 20), date(2026, 2, 19), 3, 0, 0, 3, "month")
    late = replace(NO_COVER, wait=wait)
    given = benefits(late, date(2025, 11, 20), clause_list(late))
    assert given.wait == BenefitSpan("wait", date(2025, 11, 20), date(2026, 2, 19))
    assert given.year[-1] == BenefitSpan("wait", date(2025, 11, 20), DEC_31)


def test_days_outside_the_year_leave_it_empty() -> None:
    outside = BenefitSpan("wait", date(2026, 1, 1), date(2026, 3, 31))
    assert year_spans(2025, [outside]) == (BenefitSpan("none", JAN_1, DEC_31),)


def test_days_between_wait_and_cover_are_without_benefits() -> None:
    spans = [
        BenefitSpan("wait", date(2024, 12, 1), date(2025, 2, 28)),
        BenefitSpan("cover", date(2025, 3, 2), date(2025, 3, 31)),
    ]
    assert [(span.kind, span.start, span.end) for span in year_spans(2025, spans)] == [
        ("wait", JAN_1, date(2025, 2, 28)),
        ("none", date(2025, 3, 1), date(2025, 3, 1)),
        ("cover", date(2025, 3, 2), date(2025, 3, 31)),
        ("none", date(2025, 4, 1), DEC_31),
    ]


def test_no_wait_in_the_window_names_the_window() -> None:
    given = benefits(IN_WINDOW, date(2024, 11, 20), clause_list(IN_WINDOW))
    assert (given.reason, given.marks) == ("缴费时段为“集中征缴期”，没有等待期", "①")


def test_no_wait_by_exemption_gives_the_exemption_s_own_sentence() -> None:
    given = benefits(LOW_INCOME, date(2025, 3, 15), clause_list(LOW_INCOME))
    assert (given.reason, given.marks) == (
        "医疗救助对象不设等待期,缴费次日起享受待遇。",
        "①③",
    )


def test_an_exemption_without_a_step_is_still_called_one() -> None:
    bare = replace(LOW_INCOME, steps=())
    given = benefits(bare, date(2025, 3, 15), clause_list(bare))
    assert given.reason == "属于免除等待期的情形，没有等待期"
