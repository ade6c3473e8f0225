"""Rules that hold at other times in another reading: both sides of a limit are in doubt."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.engine.decision import Decision
from medcounter.assess.facts import Event
from medcounter.assess.prove.activation import activate
from medcounter.roster.answering.assessor import Assessor
from tests.support.rules.region_samples import read_otherwise, region
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    facts,
    province_book,
    rule,
    shipped_book,
    standard,
)
from tests.support.rules.rule_samples import window as window_rule

Shown = dict[str, tuple[str, str | None, str | None]]
MAIN = window_rule("main", "B-1:10-01", "B-1:12-31")
LATE = window_rule("late", "B:01-01", "B:12-31")
NOBODY_WAITS = {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}}
BORN_2025 = date(2025, 12, 20)


def doubts(known: Facts, book: RuleBook | None = None) -> Shown:
    answer = assessed(known, book)
    return {doubt.field: (doubt.status, doubt.value, doubt.other) for doubt in answer.doubts}


def within(days: int) -> Json:
    return {"test": "elapsed", "since": "birth", "within": {"days": days}, "day_one": 0}


def newborns(*others: Json, **more: object) -> RuleBook:
    """Free of the wait within 90 days of birth, however the source may be read."""
    own = {"grounds": ["newborn"], "when": within(90), **more}
    exemption = read_otherwise("own-newborn", "exemption", NOBODY_WAITS, *others, **own)
    return region(MAIN, LATE, standard("400.00"), exemption)


LONGER: Json = {"when": within(365)}


def test_a_hunan_newborn_of_last_year_is_in_doubt_about_being_free() -> None:
    # Public report F3: born 12 days later, the child pays nothing.
    asked = (("parent_insured", True),)
    known = Facts("430000", 2026, date(2025, 12, 30), birth_date=BORN_2025, answers=asked)
    found = doubts(known, shipped_book())
    assert found["fee.total"] == ("assumed", "400.00", "0.00")
    assert found["fee"] == ("assumed", "400.00", "0.00")
    assert found["fee.aid"] == ("assumed", "0.00", "400.00")


def test_a_hunan_newborn_whose_parents_nobody_asked_about_is_in_doubt_without_a_figure() -> None:
    known = Facts("430000", 2026, date(2025, 12, 30), birth_date=BORN_2025)
    assert doubts(known, shipped_book())["fee.total"] == ("assumed", "400.00", None)


@pytest.mark.parametrize(
    ("birth", "paid", "pays", "other"),
    [
        (date(1965, 1, 1), date(2024, 12, 30), "400.00", "280.00"),
        (date(2007, 2, 28), date(2025, 2, 28), "400.00", "280.00"),
        (date(2007, 2, 28), date(2025, 2, 27), "280.00", "400.00"),
        (date(1990, 1, 1), date(2024, 12, 30), "400.00", None),
        (date(1960, 1, 1), date(2024, 12, 30), "280.00", None),
    ],
    ids=["60 two days later", "18 that day", "18 the next day", "grown up", "old"],
)
def test_guizhous_ages_are_in_doubt_on_both_sides_of_the_birthday(
    birth: date, paid: date, pays: str, other: str | None
) -> None:
    held = ("low-income-margin",)
    known = Facts("520000", 2025, paid, birth_date=birth, categories=held)
    fee = assessed(known, shipped_book()).fee
    assert fee is not None
    assert fee.total == int(float(pays) * 100)
    expected = None if other is None else ("assumed", pays, other)
    assert doubts(known, shipped_book()).get("fee.total") == expected


@pytest.mark.parametrize(
    ("region_code", "length"), [("430000", "90"), ("630000", "3"), ("350581", "3")]
)
def test_an_infant_past_day_90_is_in_doubt_about_the_wait(region_code: str, length: str) -> None:
    known = Facts(region_code, 2026, date(2026, 7, 1), birth_date=date(2026, 4, 1))
    if region_code == "430000":
        known = replace(known, answers=(("parent_insured", False),))
    found = doubts(known, shipped_book())
    assert found["wait.fixed"] == ("assumed", length, None)
    assert found["exemption"] == ("assumed", None, "newborn")


def test_guizhous_infant_of_last_year_past_day_90_is_in_doubt_about_fee_and_wait() -> None:
    known = Facts("520000", 2025, date(2025, 3, 5), birth_date=date(2024, 11, 20))
    found = doubts(known, shipped_book())
    assert found["fee.total"] == ("unsettled", "1070.00", "400.00")
    assert found["fee.subsidy"] == ("unsettled", "0.00", "670.00")
    assert found["wait.fixed"] == ("unsettled", "90", None)


def test_what_every_reading_says_of_a_case_is_not_in_doubt() -> None:
    child = facts("2026-03-10", birth_date=date(2026, 3, 1))
    assert "exemption" not in doubts(child, newborns(LONGER))


def test_a_rule_that_may_not_hold_at_all_leaves_what_it_gives_in_doubt() -> None:
    child = facts("2026-03-10", birth_date=date(2026, 3, 1))
    found = doubts(child, newborns({"stands": False}))
    assert found["exemption"] == ("assumed", "newborn", None)
    assert found["wait.total"] == ("assumed", None, "3")


def test_a_reading_of_a_rule_that_concerns_nobody_here_is_no_doubt() -> None:
    aid = read_otherwise(
        "own-aid", "concession", {"pays": "80.00"}, {"when": within(999)}, grounds=["orphan"]
    )
    assert doubts(facts("2025-11-10"), region(MAIN, LATE, standard("400.00"), aid)) == {}


def test_an_aid_that_loses_may_win_in_another_reading() -> None:
    lost = read_otherwise(
        "own-aid",
        "concession",
        {"pays": "80.00"},
        {"answer": {"pays": "10.00"}},
        grounds=["orphan"],
    )
    won = rule("won", "concession", {"pays": "40.00"}, grounds=["destitute"])
    known = facts("2025-11-10", categories=("destitute", "orphan"))
    found = doubts(known, region(MAIN, LATE, standard("400.00"), won, lost))
    assert found["fee.total"] == ("assumed", "40.00", "10.00")
    assert found["category"] == ("assumed", "destitute", "orphan")


def test_an_unsettled_limit_is_read_so_that_cover_begins_later() -> None:
    book = newborns({"when": within(30)}, status="unsettled")
    answer = assessed(facts("2026-03-10", birth_date=date(2026, 1, 20)), book)
    assert answer.exemption is None
    assert answer.wait is not None
    [doubt] = [doubt for doubt in answer.doubts if doubt.field == "exemption"]
    assert (doubt.status, doubt.value, doubt.other) == ("unsettled", None, "newborn")
    [said] = [step for step in answer.steps if step.question == "fixed-wait"]
    assert said.rule == "fixed-wait"


def test_an_unsettled_limit_that_would_bring_a_wait_is_tried_from_the_other_side() -> None:
    longer = read_otherwise(
        "long-wait",
        "fixed-wait",
        {"length": 6},
        {"when": {"test": "window", "kinds": ["late"]}},
        when=within(30),
        status="unsettled",
        exception_to=["fixed-wait", "no-fixed-wait"],
    )
    book = region(MAIN, LATE, standard("400.00"), longer)
    answer = assessed(facts("2026-03-10"), book)
    assert answer.wait is not None
    assert answer.wait.total == 6
    [step] = [step for step in answer.steps if step.question == "fixed-wait"]
    assert step.text == "按本条。（采用另一种读法：另一种读法）"
    assert doubts(facts("2026-03-10"), book)["wait.total"] == ("unsettled", "6", "3")


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        ({"stands": False}, "本条不成立（采用另一种读法：另一种读法）"),
        (
            {"when": {"test": "paid", "to": "B:01-31"}},
            "缴费日 2026-03-05 不在 2026-01-31 及以前（采用另一种读法：另一种读法）",
        ),
    ],
    ids=["never", "earlier only"],
)
def test_a_rule_set_aside_by_the_reading_used_says_which_one(reading: Json, why: str) -> None:
    short = read_otherwise(
        "short-wait",
        "fixed-wait",
        {"length": 1},
        reading,
        status="unsettled",
        when={"test": "window", "kinds": ["late"]},
        exception_to=["fixed-wait", "no-fixed-wait"],
    )
    answer = assessed(facts("2026-03-05"), region(MAIN, LATE, standard("400.00"), short))
    [step] = [step for step in answer.steps if step.question == "fixed-wait"]
    assert step.rule == "fixed-wait"
    assert [entry.text for entry in step.rejected if entry.rule == "short-wait"] == [why]
    [total] = [doubt for doubt in answer.doubts if doubt.field == "wait.total"]
    assert (total.value, total.other) == ("3", "1")


def test_a_reading_that_opens_another_question_has_that_one_read_later_too() -> None:
    # Read so that there is a wait, where it begins is open as well.
    length = read_otherwise(
        "own-wait",
        "fixed-wait",
        {"length": 0},
        {"answer": {"length": 2}},
        status="unsettled",
        replaces="fixed-wait",
        when={"test": "window", "kinds": ["late"]},
        exception_to=["no-fixed-wait"],
    )
    start = read_otherwise(
        "own-start",
        "wait-start",
        {"anchor": "payment"},
        {"answer": {"anchor": "month-after-payment"}},
        status="unsettled",
        replaces="wait-start",
    )
    answer = assessed(facts("2026-03-05"), region(MAIN, LATE, standard("400.00"), length, start))
    assert answer.wait is not None
    assert (answer.wait.start, answer.wait.end) == (date(2026, 4, 1), date(2026, 5, 31))


def test_an_unsettled_limit_of_an_aid_asks_for_the_fact_it_needs() -> None:
    aid = read_otherwise(
        "own-aid",
        "concession",
        {"pays": "0.00"},
        {"when": {"test": "answer", "code": "newborn_confirmed", "is": True}},
        grounds=["newborn"],
        status="unsettled",
        when=within(90),
    )
    book = region(MAIN, LATE, standard("400.00"), aid)
    asked = assess(facts("2026-03-10", birth_date=date(2020, 1, 1)), book)
    assert not isinstance(asked, Assessment)
    assert [problem.field for problem in asked] == ["answers.newborn_confirmed"]


def test_a_closed_day_may_be_open_in_another_reading() -> None:
    longer = read_otherwise(
        "extra",
        "window",
        {"kind": "late", "label": "延期"},
        {"when": {"test": "paid", "from": "B+1:01-01", "to": "B+1:01-31"}},
        when={"test": "paid", "from": "B+1:01-01", "to": "B+1:01-10"},
        exception_to=["closed"],
    )
    book = region(MAIN, LATE, standard("400.00"), longer)
    found = doubts(facts("2027-01-20"), book)
    assert found["window"] == ("assumed", "closed", "late")
    assert found["fee.total"] == ("assumed", None, "400.00")


def test_a_reading_no_rules_go_with_is_left_out() -> None:
    # Read so, no fee is given for the day; the rules of the window say nothing more.
    longer = read_otherwise(
        "extra",
        "window",
        {"kind": "late", "label": "延期"},
        {"when": {"test": "paid", "from": "B+1:01-01", "to": "B+1:01-31"}},
        when={"test": "paid", "from": "B+1:01-01", "to": "B+1:01-10"},
        exception_to=["closed"],
    )
    fee = standard("400.00", when={"test": "paid", "to": "B+1:01-10"})
    assert doubts(facts("2027-01-20"), province_book(MAIN, LATE, longer, fee)) == {}


def test_a_cover_lost_to_a_wait_past_the_year_rests_on_what_becomes_of_the_wait() -> None:
    found = doubts(facts("2026-11-05"))
    assert found["coverage"] == ("unsettled", None, None)


def test_a_cover_lost_to_a_wait_past_the_year_is_settled_where_the_rule_is() -> None:
    carry = rule("own-carry", "carry-over", {"carries": False}, replaces="carry-over")
    found = doubts(facts("2026-11-05"), province_book(MAIN, LATE, standard("400.00"), carry))
    assert "coverage" not in found


def test_guizhous_wait_and_cover_leave_no_day_out() -> None:
    # Public report F5: 30 May was in neither.
    answer = assessed(Facts("520000", 2025, date(2025, 3, 1)), shipped_book())
    assert answer.wait is not None
    assert answer.coverage is not None
    assert (answer.wait.start, answer.wait.end) == (date(2025, 3, 2), date(2025, 5, 30))
    assert answer.coverage.start == date(2025, 5, 31)
    said = {step.question: step.text for step in answer.steps}
    assert "2025-03-02" in said["wait-start"]
    assert "2025-05-30" in said["after-wait"]


def test_the_next_day_named_is_the_day_after_the_payment_though_an_exemption_wins() -> None:
    # Public report F6: the sentence named the day of birth.
    known = Facts(
        "430000",
        2026,
        date(2026, 1, 10),
        birth_date=date(2026, 1, 3),
        answers=(("parent_insured", True),),
    )
    answer = assessed(known, shipped_book())
    said = {step.question: step.text for step in answer.steps}
    assert said["cover-start"] == "进入待遇年度后缴费，按缴费次日起享受待遇：2026-01-11。"
    assert "2026-01-03" in said["exemption"]
    assert answer.coverage is not None
    assert answer.coverage.start == date(2026, 1, 3)


def test_a_sentence_names_the_standard_of_its_own_rule_beside_a_cheaper_one() -> None:
    told = standard("400.00", applies="标准 {standard} 元。")
    aid = rule("own", "concession", {"standard": "150.00"}, grounds=["student"])
    answer = assessed(facts("2025-11-10", categories=("student",)), region(MAIN, LATE, told, aid))
    assert answer.fee is not None
    assert answer.fee.standard == 15000
    [step] = [step for step in answer.steps if step.question == "standard"]
    assert step.text == "标准 400.00 元。"


def test_a_list_reads_an_unsettled_limit_on_each_of_its_days() -> None:
    book = newborns({"when": within(30)}, status="unsettled")
    assessor = Assessor(book)
    for paid in ("2026-02-10", "2026-02-19", "2026-02-20", "2026-03-10", "2026-04-21"):
        known = facts(paid, birth_date=date(2026, 1, 20))
        alone = assessed(known, book)
        found = assessor.decision(known)
        assert isinstance(found, Decision)
        assert (found.wait, found.coverage) == (alone.wait, alone.coverage)


def test_an_event_past_its_term_is_in_doubt_where_the_term_is() -> None:
    term = read_otherwise(
        "moved",
        "exemption",
        NOBODY_WAITS,
        {"when": {"test": "event", "kind": "graduated"}},
        when={"test": "elapsed", "since": "graduated", "within": {"days": 90}},
        grounds=["graduated"],
    )
    book = region(MAIN, LATE, standard("400.00"), term)
    late = facts("2026-08-01", events=(Event("graduated", date(2026, 1, 10)),))
    assert doubts(late, book)["exemption"] == ("assumed", None, "graduated")


# Other tests count these lines; counted here, a whole proof would take four times as long.
@pytest.mark.no_cover
def test_the_rules_that_ship_stand_in_every_reading() -> None:
    book = shipped_book("national.json", "hunan-2026.json")
    assert activate(book.bundle, "", signed=False).sha256 == ""


def test_of_two_readings_without_cover_the_one_with_the_longer_wait_is_used() -> None:
    # Counted from the payment day the wait ends on 31 December, from the next day on 1 January.
    answer = assessed(Facts("520600", 2026, date(2026, 10, 3)), shipped_book())
    assert answer.wait is not None
    assert (answer.wait.start, answer.wait.end) == (date(2026, 10, 4), date(2027, 1, 1))
    assert answer.coverage is None


def test_a_birth_day_may_be_the_open_limit() -> None:
    aid = read_otherwise(
        "own-aid",
        "concession",
        {"pays": "0.00"},
        {"when": {"test": "born", "from": "2023-07-01"}},
        grounds=["newborn"],
        when={"test": "born", "from": "2024-01-01"},
    )
    book = region(MAIN, LATE, standard("400.00"), aid)
    child = facts("2025-11-10", birth_date=date(2023, 12, 31))
    assert doubts(child, book)["fee.total"] == ("assumed", "400.00", "0.00")
    assert doubts(facts("2025-11-10", birth_date=date(2023, 6, 30)), book) == {}


def test_an_exemption_of_others_that_is_rejected_says_why_without_a_day() -> None:
    student = rule(
        "student",
        "exemption",
        NOBODY_WAITS,
        grounds=["student"],
        when={"test": "identity", "any_of": ["student"]},
        fails="不是大学生，{cover_from} 起享受待遇的是别人",
    )
    veteran = rule("veteran", "exemption", NOBODY_WAITS, grounds=["religious"])
    book = region(MAIN, LATE, standard("400.00"), student, veteran)
    answer = assessed(facts("2026-03-05", categories=("religious",)), book)
    [step] = [step for step in answer.steps if step.question == "exemption"]
    assert step.rule == "veteran"
    [why] = [entry.text for entry in step.rejected if entry.rule == "student"]
    assert why.startswith("不是大学生，2026-03-05 起")
