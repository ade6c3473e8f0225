"""When a condition holds, what it says of a case, and what it asks for."""

from datetime import date
from typing import Any

import pytest

from tests.support.rules.condition_samples import case, condition, holds


@pytest.mark.parametrize(
    ("paid", "expected"),
    [("2025-09-30", False), ("2025-10-01", True), ("2026-02-28", True), ("2026-03-01", False)],
)
def test_both_ends_of_a_payment_interval_are_inside(paid: str, *, expected: bool) -> None:
    predicate = condition("paid", **{"from": "2025-10-01", "to": "B:02-28"})
    assert holds(predicate, case(paid)) is expected


@pytest.mark.parametrize(
    ("ends", "paid", "expected"),
    [
        ({"from": "B:01-01"}, "2099-01-01", True),
        ({"from": "B:01-01"}, "2025-12-31", False),
        ({"to": "B-1:12-31"}, "1999-01-01", True),
        ({"to": "B-1:12-31"}, "2026-01-01", False),
    ],
)
def test_an_interval_may_be_open_at_one_end(
    ends: dict[str, str], paid: str, *, expected: bool
) -> None:
    assert holds(condition("paid", **ends), case(paid)) is expected


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ({"from": "B:01-01", "to": "B:02-28"}, "不在 2026-01-01 至 2026-02-28"),
        ({"from": "B:04-01"}, "不在 2026-04-01 及以后"),
        ({"to": "B-1:12-31"}, "不在 2025-12-31 及以前"),
        ({"from": "B:03-01", "to": "B:03-05"}, "在 2026-03-01 至 2026-03-05"),
    ],
)
def test_a_payment_interval_says_the_day_and_its_ends(ends: dict[str, str], words: str) -> None:
    assert condition("paid", **ends).reason(case()) == f"缴费日 2026-03-05 {words}"


@pytest.mark.parametrize(("paid", "expected"), [("2025-10-25", True), ("2025-10-26", False)])
def test_days_of_the_month_may_be_closed(paid: str, *, expected: bool) -> None:
    predicate = condition("day-of-month", **{"from": 1, "to": 25})
    assert holds(predicate, case(paid)) is expected
    stands = "在" if expected else "不在"
    assert predicate.reason(case(paid)) == f"缴费日 {paid} {stands}每月 1 至 25 日"


def test_the_window_is_asked_by_kind_or_by_the_rule_that_gave_it() -> None:
    late = case(window_kind="late", window_rule="late-aid")
    assert holds(condition("window", kinds=["late"]), late) is True
    assert holds(condition("window", rules=["late-aid"]), late) is True
    assert holds(condition("window", kinds=["main"], rules=["late"]), late) is False
    assert condition("window", kinds=["main"]).reason(late) == "缴费日 2026-03-05 属于集中征缴期外"


@pytest.mark.parametrize(("test", "fact"), [("lapsed", "lapsed"), ("repair", "repair_years")])
def test_a_range_of_years_holds_both_its_ends(test: str, fact: str) -> None:
    predicate = condition(test, **{"from": 2, "to": 3})
    held = [holds(predicate, case(**{fact: years})) for years in (1, 2, 3, 4)]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ({"from": 1}, "不属于 1 年及以上"),
        ({"to": 3}, "属于 3 年及以下"),
        ({"from": 2, "to": 4}, "不属于 2 至 4 年"),
        ({"from": 0, "to": 0}, "属于 0 年"),
        ({}, "属于 任意年"),
    ],
)
def test_a_range_of_years_says_its_ends(ends: dict[str, int], words: str) -> None:
    assert condition("lapsed", **ends).reason(case()) == f"连续断保 0 年，{words}"
    assert condition("repair", **ends).reason(case()) == f"缴费修复 0 年，{words}"


@pytest.mark.parametrize(
    ("of", "fact", "words"),
    [
        ("exempt", {"exempt": True}, ("有免除等待期的情形", "没有免除等待期的情形")),
        ("waits", {"waits": True}, ("有待遇等待期", "没有待遇等待期")),
    ],
)
def test_a_remark_may_hang_on_what_came_of_the_wait(
    of: str, fact: dict[str, bool], words: tuple[str, str]
) -> None:
    yes, no = (
        condition("outcome", of=of, **{"is": True}),
        condition("outcome", of=of, **{"is": False}),
    )
    assert (holds(yes, case(**fact)), holds(yes, case())) == (True, False)
    assert (holds(no, case(**fact)), holds(no, case())) == (False, True)
    assert (yes.reason(case(**fact)), yes.reason(case())) == words


def test_one_identity_of_several_is_enough() -> None:
    predicate = condition("identity", any_of=["orphan", "low-income"])
    held, other = (
        case(identities=frozenset({"low-income"})),
        case(identities=frozenset({"student"})),
    )
    assert holds(predicate, held) is True
    assert holds(predicate, other) is False
    assert predicate.reason(held) == "属于本条所列人员类别"
    assert predicate.reason(other) == "不属于本条所列人员类别"


def test_an_event_may_have_to_fall_in_the_benefit_year() -> None:
    before = case(events={"graduated": date(2025, 12, 31)})
    inside = case(events={"graduated": date(2026, 1, 1)})
    bound = condition("event", kind="graduated", in_benefit_year=True)
    free = condition("event", kind="graduated")
    assert [holds(free, known) for known in (case(), before, inside)] == [False, True, True]
    assert [holds(bound, known) for known in (case(), before, inside)] == [False, False, True]
    assert free.reason(case()) == "没有填写本条所列的情形"
    assert free.reason(before) == "该情形发生在 2025-12-31"
    assert bound.reason(before) == "该情形发生在 2025-12-31，不在 2026-01-01 至 2026-12-31"
    assert bound.reason(inside) == "该情形发生在 2026-01-01，在 2026-01-01 至 2026-12-31"


@pytest.mark.parametrize(
    ("ends", "happened", "expected"),
    [
        ({"from": "B-1:10-02", "to": "B-1:12-31"}, "2025-10-01", False),
        ({"from": "B-1:10-02", "to": "B-1:12-31"}, "2025-10-02", True),
        ({"from": "B-1:10-02", "to": "B-1:12-31"}, "2025-12-31", True),
        ({"from": "B-1:10-02", "to": "B-1:12-31"}, "2026-01-01", False),
        ({"from": "B:01-15", "in_benefit_year": True}, "2026-01-14", False),
        ({"from": "B:01-15", "in_benefit_year": True}, "2026-01-15", True),
        ({"to": "B-1:12-31"}, "2020-01-01", True),
        ({"to": "B:01-31", "in_benefit_year": True}, "2025-12-31", False),
    ],
)
def test_an_event_may_have_to_fall_in_an_interval(
    ends: dict[str, object], happened: str, *, expected: bool
) -> None:
    predicate = condition("event", kind="graduated", **ends)
    known = case(events={"graduated": date.fromisoformat(happened)})
    assert holds(predicate, known) is expected
    assert holds(predicate, case()) is False


@pytest.mark.parametrize(
    ("span", "event", "last"),
    [
        ({"days": 90}, "2026-01-01", "2026-04-01"),
        ({"months": 3}, "2026-01-15", "2026-04-15"),
        ({"months": 3}, "2025-11-30", "2026-02-28"),
        ({"years": 1}, "2025-02-28", "2026-02-28"),
        ({"years": 2}, "2024-02-29", "2026-02-28"),
        ({"days": 0}, "2026-03-05", "2026-03-05"),
    ],
)
def test_the_last_day_of_a_span_since_an_event_is_inside(
    span: dict[str, int], event: str, last: str
) -> None:
    within = condition("elapsed", since="graduated", within=span)
    after = condition("elapsed", since="graduated", more_than=span)
    events = {"graduated": date.fromisoformat(event)}
    limit = date.fromisoformat(last)
    next_day = limit.fromordinal(limit.toordinal() + 1).isoformat()
    assert [holds(within, case(day, events=events)) for day in (last, next_day)] == [True, False]
    assert [holds(after, case(day, events=events)) for day in (last, next_day)] == [False, True]


def test_the_event_day_may_count_as_day_one() -> None:
    predicate = condition("elapsed", since="birth", within={"days": 90}, day_one=1)
    known = date(2026, 1, 1)
    held = [holds(predicate, case(day, birth=known)) for day in ("2026-03-31", "2026-04-01")]
    assert held == [True, False]


def test_a_day_before_the_event_is_not_within_a_span_of_it() -> None:
    predicate = condition("elapsed", since="graduated", within={"days": 90})
    assert holds(predicate, case(events={"graduated": date(2026, 3, 6)})) is False


def test_without_a_birth_date_no_rule_by_birth_holds() -> None:
    rules = (
        condition("elapsed", since="birth", within={"days": 90}),
        condition("born", **{"from": "2024-01-01"}),
        condition("years-since-birth-year", **{"from": 0, "to": 2}),
    )
    for predicate in rules:
        assert holds(predicate, case()) is False
        assert predicate.reason(case()) == "没有填写出生日期"


def test_a_span_says_the_event_its_limits_and_the_payment() -> None:
    predicate = condition("elapsed", since="birth", more_than={"days": 90}, within={"years": 1})
    said = predicate.reason(case("2026-06-01", birth=date(2026, 1, 1)))
    assert "出生于 2026-01-01" in said
    assert "满 90 天的最后一天为 2026-04-01" in said
    assert "1 年以内的最后一天为 2027-01-01" in said
    assert said.endswith("缴费日为 2026-06-01")
    moved = condition("elapsed", since="household-moved-in", within={"months": 3})
    assert moved.reason(case()) == "没有填写本条所列的情形"
    events = {"household-moved-in": date(2026, 1, 31)}
    assert "该情形于 2026-01-31" in moved.reason(case(events=events))
    assert "3 个月以内的最后一天为 2026-04-30" in moved.reason(case(events=events))


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("2023-12-31", False), ("2024-01-01", True), ("2025-06-30", True), ("2025-07-01", False)],
)
def test_a_birth_interval_holds_both_its_ends(birth: str, *, expected: bool) -> None:
    predicate = condition("born", **{"from": "2024-01-01", "to": "2025-06-30"})
    known = case(birth=date.fromisoformat(birth))
    assert holds(predicate, known) is expected
    stands = "在" if expected else "不在"
    assert predicate.reason(known) == f"出生日期 {birth} {stands} 2024-01-01 至 2025-06-30"


@pytest.mark.parametrize(
    ("born", "expected"), [(2023, False), (2024, True), (2026, True), (2027, False)]
)
def test_three_calendar_years_begin_with_the_birth_year(born: int, *, expected: bool) -> None:
    predicate = condition("years-since-birth-year", **{"from": 0, "to": 2})
    known = case(birth=date(born, 12, 31))
    assert holds(predicate, known) is expected
    assert f"{born} 年出生" in predicate.reason(known)
    assert predicate.reason(known).endswith("0 至 2 年")


@pytest.mark.parametrize(
    ("birth", "expected"), [("2008-01-01", False), ("2008-01-02", True), ("2008-03-05", True)]
)
def test_age_is_full_years_on_the_reference_day(birth: str, *, expected: bool) -> None:
    predicate = condition("age", on="B:01-01", to=17)
    known = case(birth=date.fromisoformat(birth))
    assert holds(predicate, known) is expected
    assert predicate.reason(known) == f"年龄 {17 if expected else 18} 周岁，要求 17 周岁及以下"


def test_age_is_taken_on_the_payment_day_unless_said_otherwise() -> None:
    predicate = condition("age", **{"from": 18})
    assert holds(predicate, case("2026-03-05", birth=date(2008, 3, 5))) is True
    assert holds(predicate, case("2026-03-04", birth=date(2008, 3, 5))) is False


def test_age_without_a_birth_date_is_unknown_not_no() -> None:
    predicate = condition("age", to=17)
    assert holds(predicate, case()) is None
    assert predicate.reason(case()) == "没有填写出生日期"


@pytest.mark.parametrize(
    ("insured", "expected"),
    [(None, True), (frozenset(), False), (frozenset({2025}), True), (frozenset({2024}), False)],
)
def test_nothing_known_against_continuity_counts_as_insured(
    insured: frozenset[int] | None, *, expected: bool
) -> None:
    known = case(insured_years=insured)
    assert holds(condition("insured", years_back=1, **{"is": True}), known) is expected
    assert holds(condition("insured", years_back=1, **{"is": False}), known) is not expected
    said = condition("insured", years_back=1, **{"is": True}).reason(known)
    assert said == f"2025 年度{'已参保' if expected else '未参保'}"


@pytest.mark.parametrize(
    ("given", "expected"), [(True, True), (False, False), (1, False), (None, None)]
)
def test_an_answer_is_compared_with_its_type(given: object, *, expected: bool | None) -> None:
    answers = {} if given is None else {"retired": given}
    predicate = condition("answer", code="retired", **{"is": True})
    assert holds(predicate, case(answers=answers)) is expected


@pytest.mark.parametrize(
    ("given", "expected"), [(0, False), (1, True), (3, True), (4, False), ("2", False)]
)
def test_a_number_may_be_asked_for_by_range(given: object, *, expected: bool) -> None:
    predicate = condition("answer", code="gap_months", **{"from": 1, "to": 3})
    assert holds(predicate, case(answers={"gap_months": given})) is expected


@pytest.mark.parametrize(
    ("answers", "words"),
    [({}, "未填写"), ({"plan": True}, "是"), ({"plan": False}, "否"), ({"plan": "4.5"}, "4.5")],
)
def test_an_answer_is_named_as_it_was_given(answers: dict[str, Any], words: str) -> None:
    predicate = condition("answer", code="plan", **{"is": "4.5"})
    known = case(answers=answers)._replace(words={"plan": "缴费档次"})
    assert predicate.reason(known) == f"所问事项“缴费档次”的回答为 {words}"


def test_a_choice_is_named_by_its_label() -> None:
    predicate = condition("answer", code="tier", **{"is": "high"})
    words = {"tier": "档次", "tier=high": "高档"}
    known = case(answers={"tier": "high"})._replace(words=words)
    assert predicate.reason(known) == "所问事项“档次”的回答为 高档"


def test_a_span_may_have_no_end() -> None:
    predicate = condition("elapsed", since="birth", more_than={"years": 3})
    known = case("2026-06-01", birth=date(2020, 1, 1))
    assert holds(predicate, known) is True
    assert predicate.reason(known) == (
        "出生于 2020-01-01,满 3 年的最后一天为 2023-01-01,缴费日为 2026-06-01"
    )
