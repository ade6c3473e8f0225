"""All, any and not; the facts and the turning points of every condition."""

from datetime import date

import pytest

from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import Case
from tests.support.rules.condition_samples import YEAR, case, condition, holds, written

YES: dict[str, object] = {"test": "lapsed", "to": 0}
NO: dict[str, object] = {"test": "lapsed", "from": 1}
UNKNOWN: dict[str, object] = {"test": "age", "to": 17}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([YES, YES], True),
        ([YES, NO], False),
        ([UNKNOWN, NO], False),
        ([NO, UNKNOWN], False),
        ([YES, UNKNOWN], None),
    ],
)
def test_all_parts_must_hold_and_one_no_decides(
    parts: list[dict[str, object]], *, expected: bool | None
) -> None:
    assert holds(condition("all", of=parts), case()) is expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([NO, YES], True),
        ([NO, NO], False),
        ([UNKNOWN, YES], True),
        ([YES, UNKNOWN], True),
        ([NO, UNKNOWN], None),
    ],
)
def test_any_part_may_hold_and_one_yes_decides(
    parts: list[dict[str, object]], *, expected: bool | None
) -> None:
    assert holds(condition("any", of=parts), case()) is expected


def test_not_turns_the_truth_and_keeps_the_unknown() -> None:
    turned = [holds(condition("not", of=part), case()) for part in (YES, NO, UNKNOWN)]
    assert turned == [False, True, None]
    assert condition("not", of=NO).reason(case()) == written(NO).reason(case())


def test_all_names_the_parts_that_fail_and_all_of_them_when_none_does() -> None:
    paid = {"test": "paid", "from": "B:01-01"}
    assert condition("all", of=[paid, NO]).reason(case()) == "连续断保 0 年，不属于 1 年及以上"
    both = condition("all", of=[paid, YES]).reason(case())
    assert "缴费日 2026-03-05 在" in both
    assert "连续断保 0 年，属于" in both


def test_any_names_the_part_that_holds_and_all_of_them_when_none_does() -> None:
    away = {"test": "paid", "to": "B-1:12-31"}
    assert condition("any", of=[away, YES]).reason(case()) == "连续断保 0 年，属于 0 年及以下"
    both = condition("any", of=[away, NO]).reason(case())
    assert "缴费日 2026-03-05 不在" in both
    assert "不属于 1 年及以上" in both


def test_any_says_the_same_thing_only_once() -> None:
    twice = condition(
        "any", of=[{"test": "identity", "any_of": [code]} for code in ("orphan", "student")]
    )
    assert twice.reason(case()) == "不属于本条所列人员类别"


SPAN: dict[str, object] = {"test": "elapsed", "since": "birth", "within": {"days": 90}}
NEEDS: list[tuple[dict[str, object], set[str]]] = [
    ({"test": "paid", "from": "B:01-01"}, {"payment_date"}),
    ({"test": "day-of-month", "from": 1, "to": 25}, {"payment_date"}),
    ({"test": "window", "kinds": ["late"]}, {"payment_date"}),
    ({"test": "lapsed", "from": 1}, {"insured_years"}),
    ({"test": "repair", "from": 1}, {"repair_years"}),
    ({"test": "outcome", "of": "waits", "is": True}, set()),
    ({"test": "identity", "any_of": ["orphan"]}, {"categories"}),
    ({"test": "event", "kind": "graduated"}, {"events"}),
    (SPAN, {"birth_date", "payment_date"}),
    ({**SPAN, "since": "graduated"}, {"events", "payment_date"}),
    ({"test": "born", "from": "2024-01-01"}, {"birth_date"}),
    ({"test": "years-since-birth-year", "from": 0}, {"birth_date"}),
    ({"test": "age", "to": 17}, {"birth_date"}),
    ({"test": "insured", "years_back": 1, "is": True}, {"insured_years"}),
    ({"test": "answer", "code": "plan", "is": "1"}, {"answers.plan"}),
    ({"test": "not", "of": {"test": "lapsed", "from": 1}}, {"insured_years"}),
]


@pytest.mark.parametrize(("document", "needs"), NEEDS)
def test_a_condition_names_the_facts_it_reads(document: dict[str, object], needs: set[str]) -> None:
    assert written(document).needs() == needs


@pytest.mark.parametrize("joined", ["all", "any"])
def test_a_combination_reads_what_its_parts_read(joined: str) -> None:
    parts = [document for document, _ in NEEDS]
    expected = set().union(*(needs for _, needs in NEEDS))
    assert condition(joined, of=parts).needs() == expected


SHORT_SPAN: dict[str, object] = {
    "test": "elapsed",
    "since": "graduated",
    "more_than": {"months": 3},
    "within": {"years": 1},
    "day_one": 1,
}
SHORT_SPAN_CUTS = {("days", 0, 0), ("months", 3, 1), ("years", 1, 1)}
NEW_YEAR, MARCH = date(2026, 1, 1), date(2026, 3, 1)
CUTS: list[tuple[dict[str, object], Breakpoints]] = [
    ({"test": "paid", "from": "B:01-01", "to": "B:02-28"}, Breakpoints(days={NEW_YEAR, MARCH})),
    ({"test": "paid", "from": "B:01-01"}, Breakpoints(days={date(2026, 1, 1)})),
    ({"test": "paid", "to": "B-1:12-31"}, Breakpoints(days={date(2026, 1, 1)})),
    ({"test": "window", "kinds": ["late"]}, Breakpoints(windows=True)),
    ({"test": "lapsed", "from": 1, "to": 3}, Breakpoints(lapses={1, 4})),
    ({"test": "lapsed"}, Breakpoints()),
    ({"test": "repair", "from": 1, "to": 2}, Breakpoints(repairs={1, 3})),
    ({"test": "repair"}, Breakpoints()),
    ({"test": "outcome", "of": "waits", "is": True}, Breakpoints()),
    (
        {"test": "identity", "any_of": ["orphan", "student"]},
        Breakpoints(identities={frozenset({"orphan", "student"})}),
    ),
    ({"test": "event", "kind": "graduated"}, Breakpoints(spans={"graduated": {("days", 0, 0)}})),
    (
        {"test": "event", "kind": "graduated", "from": "B:01-01", "to": "B:02-28"},
        Breakpoints(
            spans={"graduated": {("days", 0, 0)}},
            event_days={"graduated": {NEW_YEAR, MARCH}},
        ),
    ),
    (
        {"test": "event", "kind": "graduated", "from": "B:01-01"},
        Breakpoints(spans={"graduated": {("days", 0, 0)}}, event_days={"graduated": {NEW_YEAR}}),
    ),
    (SPAN, Breakpoints(spans={"birth": {("days", 0, 0), ("days", 90, 0)}})),
    (SHORT_SPAN, Breakpoints(spans={"graduated": SHORT_SPAN_CUTS})),
    ({"test": "born", "to": "2025-12-31"}, Breakpoints(births={NEW_YEAR})),
    ({"test": "born", "from": "2024-01-01"}, Breakpoints(births={date(2024, 1, 1)})),
    ({"test": "years-since-birth-year", "from": 0, "to": 2}, Breakpoints(birth_years={0, 3})),
    ({"test": "years-since-birth-year"}, Breakpoints()),
    ({"test": "age", "on": "B:01-01", "to": 59}, Breakpoints(ages={("2026-01-01", 60)})),
    ({"test": "age", "to": 17}, Breakpoints(ages={("payment", 18)})),
    ({"test": "age", "from": 60}, Breakpoints(ages={("payment", 60)})),
    ({"test": "insured", "years_back": 2, "is": True}, Breakpoints(years_back={2})),
    ({"test": "answer", "code": "plan", "is": "1"}, Breakpoints(answers={"plan": {"1"}})),
    ({"test": "answer", "code": "gap_months", "from": 1}, Breakpoints(answers={"gap_months": {1}})),
    ({"test": "answer", "code": "gap_months", "to": 3}, Breakpoints(answers={"gap_months": {4}})),
    ({"test": "not", "of": {"test": "lapsed", "from": 1}}, Breakpoints(lapses={1})),
]  # fmt: skip


@pytest.mark.parametrize(("document", "cuts"), CUTS)
def test_a_condition_names_where_its_truth_may_turn(
    document: dict[str, object], cuts: Breakpoints
) -> None:
    assert written(document).cuts(YEAR) == cuts


@pytest.mark.parametrize("joined", ["all", "any"])
def test_a_combination_turns_where_its_parts_turn(joined: str) -> None:
    parts = [document for document, _ in CUTS]
    merged = condition(joined, of=parts).cuts(YEAR)
    assert merged == Breakpoints().merged(cuts for _, cuts in CUTS)
    assert merged.lapses == {1, 4}
    assert merged.spans["graduated"] == SHORT_SPAN_CUTS
    assert merged.answers == {"plan": {"1"}, "gap_months": {1, 4}}
    assert merged.windows


def test_days_of_the_month_turn_at_both_ends_of_every_month_that_has_them() -> None:
    days = condition("day-of-month", **{"from": 2, "to": 30}).cuts(YEAR).days
    assert {day for day in days if day.year == 2026 and day.month == 2} == {
        date(2026, 2, 1),
        date(2026, 2, 2),
    }
    assert {day for day in days if day.year == 2025 and day.month == 1} == {
        date(2025, 1, 1),
        date(2025, 1, 2),
        date(2025, 1, 31),
    }
    assert min(days).year == 2025
    assert max(days).year == 2026


def test_the_truth_of_a_payment_interval_turns_only_at_its_cuts() -> None:
    predicate = condition("paid", **{"from": "B:01-15", "to": "B:02-28"})
    cuts = predicate.cuts(YEAR).days
    days = [
        date.fromordinal(number)
        for number in range(date(2025, 12, 1).toordinal(), date(2026, 4, 1).toordinal())
    ]
    truths = [predicate.compile(YEAR)(Case(YEAR, day)) for day in days]
    turned = {
        day
        for day, before, now in zip(days[1:], truths, truths[1:], strict=False)
        if before is not now
    }
    assert turned == cuts


ASKED: dict[str, object] = {"test": "answer", "code": "plan", "is": "1"}


@pytest.mark.parametrize(
    ("document", "waits_for"),
    [
        (YES, set()),
        (UNKNOWN, {"birth_date"}),
        (ASKED, {"answers.plan"}),
        ({"test": "not", "of": ASKED}, {"answers.plan"}),
        ({"test": "all", "of": [YES, UNKNOWN, ASKED]}, {"birth_date", "answers.plan"}),
        ({"test": "any", "of": [NO, ASKED]}, {"answers.plan"}),
        ({"test": "any", "of": [NO, YES]}, set()),
    ],
)
def test_a_condition_that_cannot_be_told_names_what_it_waits_for(
    document: dict[str, object], waits_for: set[str]
) -> None:
    assert written(document).unknown(case()) == waits_for


def test_a_condition_waits_for_nothing_once_it_is_known() -> None:
    known = case(birth=date(2010, 1, 1), answers={"plan": "2"})
    both: dict[str, object] = {"test": "all", "of": [UNKNOWN, ASKED]}
    for document in (UNKNOWN, ASKED, both):
        assert written(document).unknown(known) == set()
