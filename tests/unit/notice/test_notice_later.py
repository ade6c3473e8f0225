"""What another day or choice would change, and until when the answer holds."""

from dataclasses import replace
from datetime import date

from medcounter.assess.assessment import Coverage, Hint, Wait
from medcounter.notice.content.later import choice_sentences, later_sentences, pay_by
from tests.support.paper.notice_samples import (
    IN_WINDOW,
    LATE_0305,
    LOW_INCOME,
    NO_COVER,
    fee,
    option,
)

NOW = option(LATE_0305, date(2025, 3, 5))
EARLY = option(IN_WINDOW, date(2024, 11, 20))
LAST_DAY = option(IN_WINDOW, date(2025, 2, 28), "last-day", "推迟到 2025-02-28（本时段最后一天）")
# Worked case jx25-late-0301.
LATE_0301 = replace(
    LATE_0305,
    wait=Wait(date(2025, 3, 1), date(2025, 5, 31), 3, 0, 0, 3, "month"),
    coverage=Coverage(date(2025, 6, 1), date(2025, 12, 31)),
)
NEXT = option(LATE_0301, date(2025, 3, 1), "next-window", "等到 2025-03-01（下一缴费时段）")
# Worked cases jx26-by-year-end and jx26-february: in the window, cover from the day after payment.
YEAR_END = replace(
    IN_WINDOW, benefit_year=2026, coverage=Coverage(date(2026, 1, 1), date(2026, 12, 31)), hints=()
)
FEBRUARY = replace(YEAR_END, coverage=Coverage(date(2026, 3, 1), date(2026, 12, 31)))


def test_a_wait_that_runs_from_the_payment_day_is_paid_for_on_that_day() -> None:
    assert pay_by(NOW, (NOW,)) == date(2025, 3, 5)


def test_cover_from_the_day_after_payment_is_paid_for_on_that_day() -> None:
    paid = date(2025, 3, 15)
    chosen = option(LOW_INCOME, paid)
    assert pay_by(chosen, (chosen,)) == paid


def test_in_the_window_the_last_day_with_the_same_answer_is_the_day_to_pay_by() -> None:
    assert pay_by(EARLY, (EARLY, LAST_DAY, NEXT)) == date(2025, 2, 28)


def test_a_change_inside_the_window_sets_the_day_before_as_the_day_to_pay_by() -> None:
    change = Hint("payment_date", date(2025, 1, 1), "2025-01-01 起缴费：次日起享受待遇。")
    chosen = option(replace(IN_WINDOW, hints=(change,)), date(2024, 11, 20))
    assert pay_by(chosen, (chosen,)) == date(2024, 12, 31)


def test_without_a_sign_how_long_the_answer_holds_only_the_payment_day_is_promised() -> None:
    chosen = option(YEAR_END, date(2025, 11, 20))
    last = option(FEBRUARY, date(2026, 2, 28), "last-day")
    assert pay_by(chosen, (chosen, last)) == date(2025, 11, 20)


def test_a_change_after_the_window_does_not_stretch_the_promise() -> None:
    assert pay_by(EARLY, (EARLY,)) == date(2024, 11, 20)


def test_a_window_without_an_end_promises_the_payment_day_only() -> None:
    change = Hint("payment_date", date(2025, 1, 1), "…")
    open_end = replace(IN_WINDOW, window=replace(IN_WINDOW.window, end=None), hints=(change,))
    chosen = option(open_end, date(2024, 11, 20))
    assert pay_by(chosen, (chosen,)) == date(2024, 11, 20)


def test_a_year_without_cover_or_wait_promises_the_payment_day_only() -> None:
    chosen = option(replace(NO_COVER, wait=None), date(2025, 10, 1))
    assert pay_by(chosen, (chosen,)) == date(2025, 10, 1)


def test_each_day_of_delay_moves_wait_and_cover() -> None:
    assert later_sentences(NOW, (NOW,)) == (
        "缴费每推迟一天，等待期和享受待遇的日期相应推后。",
        "2025-10-01 起缴费：应缴 ¥400.00，有等待期，本年度没有待遇。",
    )


def test_each_day_of_delay_moves_cover_where_there_is_no_wait() -> None:
    chosen = option(LOW_INCOME, date(2025, 3, 15))
    assert later_sentences(chosen, (chosen,)) == ("缴费每推迟一天，享受待遇的日期相应推后。",)


def test_the_next_window_is_told_once_with_its_dates() -> None:
    (told,) = later_sentences(EARLY, (EARLY, LAST_DAY, NEXT))
    assert told == (
        "等到 2025-03-01（下一缴费时段），应缴 ¥400.00，等待期 2025-03-01 至 2025-05-31，"
        "2025-06-01 至 2025-12-31 享受待遇。"
    )


def test_a_last_day_with_another_answer_is_told() -> None:
    chosen = option(YEAR_END, date(2025, 11, 20))
    last = option(FEBRUARY, date(2026, 2, 28), "last-day", "推迟到 2026-02-28")
    assert later_sentences(chosen, (chosen, last)) == (
        "推迟到 2026-02-28，应缴 ¥400.00，没有等待期，2026-03-01 至 2026-12-31 享受待遇。",
    )


def test_the_last_day_is_not_told_where_every_day_differs() -> None:
    last = option(NO_COVER, date(2025, 12, 31), "last-day", "推迟到 2025-12-31")
    told = later_sentences(NOW, (NOW, last))
    assert told
    assert not any("2025-12-31" in text for text in told)


def test_changes_are_told_in_the_order_of_their_days() -> None:
    change = Hint("payment_date", date(2025, 10, 2), "2025-10-02 起缴费：本年度没有待遇。")
    chosen = option(replace(IN_WINDOW, hints=(change,)), date(2024, 11, 20))
    told = later_sentences(chosen, (chosen, NEXT))
    assert [text[:13] for text in told] == ["等到 2025-03-01", "2025-10-02 起缴"]


def test_a_choice_that_cannot_be_paid_or_priced_says_so() -> None:
    closed = replace(IN_WINDOW, payable=False, fee=None, coverage=None)
    unknown = replace(NO_COVER, wait=None, fee=fee(None))
    day = date(2025, 3, 1)
    told = [
        later_sentences(EARLY, (option(answer, day, "next-window", "等到 2025-03-01"),))[-1]
        for answer in (closed, unknown)
    ]
    assert told == [
        "等到 2025-03-01，不能缴费。",
        "等到 2025-03-01，应缴金额待核定，没有等待期，当年不享受待遇。",
    ]


def test_hints_about_anything_but_the_payment_day_are_left_out() -> None:
    other = Hint("birth_date", date(2025, 10, 1), "…")
    chosen = option(replace(IN_WINDOW, hints=(other,)), date(2024, 11, 20))
    assert later_sentences(chosen, (chosen,)) == ()


def test_a_repair_that_brings_days_is_offered_with_price_and_gain() -> None:
    earlier = replace(LATE_0305, coverage=Coverage(date(2025, 5, 5), date(2025, 12, 31)))
    repair = option(
        earlier, date(2025, 3, 5), "repair-1", "缴费修复 1 年", extra_cost=40000, extra_days=31
    )
    assert choice_sentences(NOW, (NOW, repair)) == (
        "缴费修复 1 年：多缴 ¥400.00，2025-05-05 至 2025-12-31 享受待遇（多 31 天）。",
    )


def test_a_repair_that_brings_no_day_is_not_offered() -> None:
    useless = option(LATE_0305, date(2025, 3, 5), "repair-1", "缴费修复 1 年", extra_cost=40000)
    assert choice_sentences(NOW, (NOW, useless)) == ()


def test_who_already_repairs_is_not_offered_another_repair() -> None:
    repair = option(LATE_0305, date(2025, 3, 5), "repair-2", "缴费修复 2 年", extra_days=31)
    chosen = replace(NOW, facts=replace(NOW.facts, repair_years=1))
    assert choice_sentences(chosen, (chosen, repair)) == ()
