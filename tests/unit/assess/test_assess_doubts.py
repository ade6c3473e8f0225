"""Which fields rest on an assumed or unsettled figure, with both readings' values."""

from datetime import date
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.explain.doubts import LEAVES, field_value, leaf_values
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    facts,
    good_book,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B:12-31")

Shown = dict[str, tuple[str, str | None, str | None]]


def doubts(known: Facts, book: RuleBook | None = None) -> Shown:
    answer = assessed(known, book)
    return {doubt.field: (doubt.status, doubt.value, doubt.other) for doubt in answer.doubts}


def book(*rules: Json) -> RuleBook:
    return province_book(MAIN, LATE, *rules)


def open_rule(name: str, question: str, answer: Json, *others: Json, **more: Any) -> Json:  # noqa: ANN401 -- any rule field
    readings = [{"answer": other, "text": "另一种读法"} for other in others]
    stated = {"status": "unsettled", "doubt": "来源没有写明。", "readings": readings}
    return rule(name, question, answer, **{**stated, **more})


def test_nothing_is_in_doubt_where_every_figure_is_confirmed() -> None:
    assert doubts(facts("2025-11-10")) == {}


def test_an_assumed_figure_is_used_and_the_other_readings_values_are_named() -> None:
    assert doubts(facts("2026-03-05")) == {
        "wait.from": ("assumed", "2026-03-05", "2026-03-06"),
        "wait.to": ("assumed", "2026-06-04", "2026-06-05"),
        "coverage.from": ("assumed", "2026-06-05", "2026-06-06"),
    }


@pytest.mark.parametrize("paid", ["2025-08-01", "2025-11-10", "2026-03-05"])
def test_all_fields_written_at_once_are_those_written_singly(paid: str) -> None:
    """On a closed day, without a wait, and with one."""
    decided = decide_facts(facts(paid), good_book())
    assert isinstance(decided, Decided)
    decision = decided.decision
    assert leaf_values(decision) == {field: field_value(decision, field) for field in LEAVES}
    assert (leaf_values(decision)["fee.total"] is None) is (decision.fee is None)


def test_an_unsettled_figure_is_used_in_its_reading_with_the_later_cover() -> None:
    # The three readings cover from 10 January, 11 January and 1 January.
    assert doubts(facts("2026-01-10")) == {
        "coverage.from": ("unsettled", "2026-01-11", "2026-01-10")
    }


@pytest.mark.parametrize(("own", "other"), [("payment", "year-start"), ("year-start", "payment")])
@pytest.mark.parametrize(
    ("paid", "used", "not_used"),
    [("2025-11-10", "2026-01-01", "2025-11-10"), ("2026-01-20", "2026-01-20", "2026-01-01")],
)
def test_the_later_reading_is_found_whichever_the_author_wrote_first(
    own: str, other: str, paid: str, *, used: str, not_used: str
) -> None:
    start = open_rule(
        "own-start",
        "wait-start",
        {"anchor": own},
        {"anchor": other},
        replaces="wait-start-in-window",
        exception_to=["wait-start"],
    )
    rules = province_book(window("main", "B-1:10-01", "B:02-28"), standard("400.00"), start)
    found = doubts(facts(paid, insured_years=()), rules)
    assert found["wait.from"] == ("unsettled", used, not_used)


def test_where_no_rule_is_open_each_is_used_as_it_is_written() -> None:
    # The nation leaves these two open; confirmed, payment day and not the day after it.
    start = rule("own-start", "cover-start", {"anchor": "payment"}, replaces="cover-start")
    carry = rule("own-carry", "carry-over", {"carries": False}, replaces="carry-over")
    rules = province_book(window("main", "B-1:10-01", "B:02-28"), standard("400.00"), start, carry)
    coverage = assessed(facts("2026-01-10"), rules).coverage
    assert coverage is not None
    assert coverage.start == date(2026, 1, 10)
    assert doubts(facts("2026-01-10"), rules) == {}


def test_no_cover_at_all_is_the_latest_cover() -> None:
    length = open_rule(
        "own-wait",
        "fixed-wait",
        {"length": 3},
        {"length": 4},
        replaces="fixed-wait",
        exception_to=["no-fixed-wait"],
    )
    rules = book(standard("400.00"), length)
    answer = assessed(facts("2026-09-10"), rules)
    assert answer.coverage is None
    assert doubts(facts("2026-09-10"), rules)["wait.total"] == ("unsettled", "4", "3")
    assert doubts(facts("2026-09-10"), rules)["coverage.from"] == ("unsettled", None, "2026-12-10")


def test_two_open_questions_are_read_together() -> None:
    length = open_rule(
        "own-wait",
        "fixed-wait",
        {"length": 3},
        {"length": 2},
        replaces="fixed-wait",
        exception_to=["no-fixed-wait"],
    )
    start = open_rule(
        "own-start",
        "wait-start",
        {"anchor": "payment"},
        {"anchor": "month-after-payment"},
        replaces="wait-start",
    )
    answer = assessed(facts("2026-03-05"), book(standard("400.00"), length, start))
    assert answer.wait is not None
    assert (answer.wait.start, answer.wait.end) == (date(2026, 4, 1), date(2026, 6, 30))


def test_a_reading_that_changes_nothing_in_this_case_is_no_doubt() -> None:
    same = open_rule(
        "own-start",
        "wait-start",
        {"anchor": "payment"},
        {"anchor": "month-of-payment"},
        replaces="wait-start",
    )
    assert doubts(facts("2026-03-01"), book(standard("400.00"), same)) == {}


def test_a_doubt_without_other_readings_names_the_questions_own_fields() -> None:
    assumed = standard("400.00", status="assumed", doubt="按最低标准。")
    found = doubts(facts("2025-11-10"), book(assumed))
    fields = ("fee", "fee.total", "fee.contribution", "fee.standard")
    assert found == dict.fromkeys(fields, ("assumed", "400.00", None))


def test_a_doubt_may_concern_one_field_only() -> None:
    late = window(
        "late",
        "B:01-01",
        "B:12-31",
        status="assumed",
        doubt="没有写最后一天。",
        concerns=["window.to"],
    )
    rules = province_book(MAIN, late, standard("400.00"))
    assert doubts(facts("2026-03-05"), rules)["window.to"] == ("assumed", "2026-12-31", None)
    assert "window" not in doubts(facts("2026-03-05"), rules)


def test_a_window_in_doubt_is_named_as_a_whole() -> None:
    main = window("main", "B-1:10-01", "B-1:12-31", status="assumed", doubt="两处说法不同。")
    assert doubts(facts("2025-11-10"), province_book(main, standard("400.00"))) == {
        "window": ("assumed", "main", None)
    }


def test_an_open_question_outweighs_an_assumed_one_on_the_same_field() -> None:
    assumed = standard("400.00", status="assumed", doubt="按最低标准。", concerns=["fee.total"])
    aid = open_rule(
        "own-aid", "concession", {"pays": "80.00"}, {"pays": "40.00"}, grounds=["low-income"]
    )
    found = doubts(facts("2025-11-10", categories=("low-income",)), book(assumed, aid))
    assert found["fee.total"] == ("unsettled", "80.00", "40.00")


def test_an_amount_that_no_source_gives_is_in_doubt_with_no_value() -> None:
    unknown = rule(
        "student",
        "concession",
        {"unknown": True},
        grounds=["student"],
        status="unsettled",
        doubt="没有给出金额。",
    )
    found = doubts(facts("2025-11-10", categories=("student",)), book(standard("400.00"), unknown))
    assert found["fee"] == ("unsettled", None, None)
    assert found["fee.total"] == ("unsettled", None, None)


def test_a_wait_that_is_not_there_is_not_in_doubt() -> None:
    events = (Event("household-moved-in", date(2026, 4, 20)),)
    assert doubts(facts("2026-05-10", events=events)) == {}


def test_an_exemption_may_be_the_open_question() -> None:
    answer = {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}}
    other = {"waives": ["fixed", "variable"], "cover": {"anchor": "month-after-payment"}}
    half = {"waives": ["variable"], "cover": {"anchor": "payment"}}
    open_one = open_rule("own", "exemption", answer, other, half, grounds=["student"])
    found = doubts(facts("2026-05-10", categories=("student",)), book(standard("400.00"), open_one))
    # Read in the third way the wait stays: three months from 10 May, cover from 10 August.
    assert found["exemption"] == ("unsettled", None, "student")
    assert found["wait.from"] == ("unsettled", "2026-05-10", None)
    assert found["coverage.from"] == ("unsettled", "2026-08-10", "2026-05-10")


def test_rules_of_one_assumption_are_read_otherwise_together() -> None:
    """Who is spared for two reasons waits where neither of the spared is spared."""
    answer = {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}}
    unsaid = {
        "status": "assumed",
        "doubt": "公告没有写集中缴费期外是否也不等待。",
        "readings": [{"stands": False, "text": "照样等待"}],
    }
    spared = [
        rule(code, "exemption", answer, grounds=[code], **unsaid)
        for code in ("student", "religious")
    ]
    found = doubts(
        facts("2026-05-10", categories=("student", "religious")), book(standard("400.00"), *spared)
    )
    # Three months from 10 May, cover from 10 August.
    assert found["exemption"] == ("assumed", "student", None)
    assert found["wait.total"] == ("assumed", None, "3")
    assert found["coverage.from"] == ("assumed", "2026-05-10", "2026-08-10")


def test_another_reading_that_needs_an_unknown_fact_still_leaves_the_field_in_doubt() -> None:
    counted = [
        {
            "code": "gap",
            "label": "补缴",
            "amount": {"kind": "counted", "amount": "10.00", "by": "prior_continuous_years"},
        }
    ]
    plain = [{"code": "standard", "label": "个人缴费", "amount": "400.00"}]
    fee = open_rule("standard", "standard", {"items": plain}, {"items": counted}, status="assumed")
    assert doubts(facts("2025-11-10"), book(fee))["fee.total"] == ("assumed", "400.00", None)


def test_an_open_question_whose_other_reading_needs_a_fact_asks_for_it() -> None:
    counted = {
        "code": "gap",
        "label": "补缴",
        "amount": {"kind": "counted", "amount": "10.00", "by": "prior_continuous_years"},
    }
    plain = {"code": "standard", "label": "个人缴费", "amount": "400.00"}
    fee = open_rule("standard", "standard", {"items": [plain]}, {"items": [counted]})
    asked = assess(facts("2025-11-10"), book(fee))
    assert not isinstance(asked, Assessment)
    assert [problem.field for problem in asked] == ["answers.prior_continuous_years"]


def test_the_cover_of_somebody_who_cannot_pay_is_not_asked() -> None:
    answer: Assessment = assessed(facts("2025-07-01"), good_book())
    assert (answer.payable, answer.doubts) == (False, ())


def test_every_doubt_says_the_rule_it_comes_from_and_what_is_open() -> None:
    answer = assessed(facts("2026-03-05"))
    assert {(doubt.rule, doubt.text) for doubt in answer.doubts} == {
        ("wait-start", "没有写明从哪天起算。")
    }


def test_what_a_wait_past_the_year_becomes_is_in_doubt_though_this_year_shows_nothing() -> None:
    answer = assessed(facts("2026-11-05"))
    assert "carry-over" in {doubt.rule for doubt in answer.doubts}


def test_a_doubt_may_concern_a_wait_and_a_cover_as_a_whole() -> None:
    length = rule(
        "own-wait",
        "fixed-wait",
        {"length": 3},
        replaces="fixed-wait",
        exception_to=["no-fixed-wait"],
        status="assumed",
        doubt="没有写明。",
        concerns=["wait", "coverage"],
    )
    start = rule("own-start", "wait-start", {"anchor": "payment"}, replaces="wait-start")
    assert doubts(facts("2026-03-05"), book(standard("400.00"), length, start)) == {
        "wait": ("assumed", "2026-03-05/2026-06-04", None),
        "coverage": ("assumed", "2026-06-05/2026-12-31", None),
    }


WITHIN_90: Json = {"test": "elapsed", "since": "birth", "within": {"days": 90}}
COVERED_FROM_BIRTH = rule(
    "own-newborn",
    "exemption",
    {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
    grounds=["newborn"],
    when=WITHIN_90,
)


@pytest.mark.parametrize(("paid", "in_doubt"), [("2026-05-01", False), ("2026-05-02", True)])
def test_on_the_last_day_of_a_span_only_its_counting_is_in_doubt(
    paid: str, *, in_doubt: bool
) -> None:
    # Born on 1 February: 2 May is day 90, or day 91 if the birth day is day 1.
    child = facts(paid, birth_date=date(2026, 2, 1))
    found = doubts(child, book(standard("400.00"), COVERED_FROM_BIRTH))
    assert ("coverage.from" in found) is in_doubt
    if in_doubt:
        assert found["exemption"] == ("assumed", "newborn", None)
        assert found["coverage.from"] == ("assumed", "2026-02-01", "2026-08-02")


def test_a_counting_that_would_need_another_fact_is_not_compared() -> None:
    plan: Json = {"test": "answer", "code": "plan", "is": "1"}
    young_or_first = {"test": "any", "of": [WITHIN_90, plan]}
    rules = book(
        COVERED_FROM_BIRTH,
        standard("400.00", when=young_or_first),
        {**standard("500.00", when={"test": "not", "of": young_or_first}), "id": "second"},
    )
    assert doubts(facts("2026-05-02", birth_date=date(2026, 2, 1)), rules) == {}


@pytest.mark.parametrize(("paid", "in_doubt"), [("2026-02-28", True), ("2026-03-01", False)])
def test_an_open_limit_is_in_doubt_only_while_its_rule_is_valid(
    paid: str, *, in_doubt: bool
) -> None:
    # Born on 1 November: past day 90, and within the year that the source may mean.
    limit = {**WITHIN_90, "within": {"days": 365}}
    spared = {
        **COVERED_FROM_BIRTH,
        "valid": {"from": "B-1:10-01", "to": "B:02-28"},
        "status": "assumed",
        "doubt": "来源没有写明。",
        "readings": [{"when": limit, "text": "另一种读法"}],
    }
    child = facts(paid, birth_date=date(2025, 11, 1))
    rules = book(standard("400.00"), spared)
    assert assessed(child, rules).exemption is None
    found = doubts(child, rules).get("exemption")
    assert found == (("assumed", None, "newborn") if in_doubt else None)
