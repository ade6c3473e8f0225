"""Why: each question with the rule that stood, those that did not, and the sources."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from medcounter.assess import Assessment, Facts
from medcounter.assess.assessment import Step
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import (
    CITY,
    assessed,
    facts,
    good_book,
    province_book,
    rule,
    standard,
    window,
)


def step(answer: Assessment, question: str) -> Step:
    return next(step for step in answer.steps if step.question == question)


def asked(known: Facts) -> list[str]:
    return [step.question for step in assessed(known).steps]


def test_a_late_payers_questions_are_told_in_the_engines_order() -> None:
    assert asked(facts("2026-03-05")) == [
        "window",
        "standard",
        "subsidy",
        "fixed-wait",
        "wait-start",
        "after-wait",
        "cover-end",
    ]


def test_lapsed_years_are_told_only_where_there_are_some() -> None:
    assert asked(facts("2025-11-10")) == [
        "window",
        "standard",
        "subsidy",
        "fixed-wait",
        "cover-start",
        "cover-end",
    ]
    lapsed = asked(facts("2026-11-10", benefit_year=2027, insured_years=()))
    assert lapsed[0] == "lapse"
    assert {"variable-wait", "repair"} <= set(lapsed)


def test_a_step_says_its_rule_source_clause_grade_and_status_in_the_bundles_words() -> None:
    window_step = step(assessed(facts("2025-11-10")), "window")
    assert window_step.text == "2025-11-10 在集中征缴期 2025-10-01 至 2025-12-20 内。"
    assert (window_step.rule, window_step.source, window_step.clause) == ("main", "order", "一")
    assert (window_step.grade, window_step.status, window_step.label) == (
        "A",
        "confirmed",
        "缴费时段",
    )
    fee_step = step(assessed(facts("2026-03-05", region=CITY)), "standard")
    assert (fee_step.rule, fee_step.source, fee_step.grade) == ("city-standard", "city-page", "C")


def test_the_values_of_the_case_fill_the_sentence() -> None:
    answer = assessed(facts("2025-11-10", categories=("low-income",)))
    assert step(answer, "concession").text == "城乡低保对象资助 200.00 元。"
    assert step(answer, "subsidy").text == "财政补助 600.00 元。"
    assert step(answer, "standard").text == "个人缴费 300.00 元。"
    late = assessed(facts("2026-05-10", events=(Event("household-moved-in", date(2026, 4, 1)),)))
    assert step(late, "exemption").text == "户口迁入（2026-04-01）不设固定等待期。"


def test_a_value_that_is_not_there_is_said_to_be_open() -> None:
    told = standard(
        None, applies="个人缴费 {standard} 元，{birth_date} 出生，{event_date}，{identity}。"
    )
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), told)
    said = step(assessed(facts("2025-11-10"), book), "standard").text
    assert said == "个人缴费 未定 元，未定 出生，未定，本人员。"


@pytest.mark.parametrize(
    ("answer", "amount"),
    [
        ({"pays": "80.00"}, "80.00"),
        ({"aid": "0.00"}, "0.00"),
        ({"standard": "200.00"}, "200.00"),
        ({"aid_share": "0.5"}, "待核定"),
        ({"unknown": True}, "待核定"),
    ],
)
def test_the_amount_of_an_aid_is_the_one_its_rule_gives(
    answer: dict[str, object], amount: str
) -> None:
    aid = rule("aid", "concession", answer, grounds=["low-income"], applies="{amount}。")
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), aid)
    known = facts("2025-11-10", categories=("low-income",))
    assert step(assessed(known, book), "concession").text == f"{amount}。"


def test_a_subsidy_that_no_source_gives_is_said_to_be_open() -> None:
    subsidy = rule("subsidy", "subsidy", {"amount": None}, applies="补助 {amount}。")
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), subsidy)
    assert step(assessed(facts("2025-11-10"), book), "subsidy").text == "补助 待核定。"


def test_the_rules_that_did_not_stand_are_told_with_the_values_compared() -> None:
    rejected = {
        entry.rule: entry for entry in step(assessed(facts("2026-03-05")), "window").rejected
    }
    assert set(rejected) == {"closed", "main", "extended", "late-aid"}
    assert rejected["main"].text == (
        "不在集中征缴期内：缴费日 2026-03-05 不在 2025-10-01 至 2025-12-20"
    )
    assert rejected["extended"].text == "缴费日 2026-03-05 不在 2026-01-01 至 2026-02-28"
    assert rejected["late-aid"].text == "没有填写本条所列的情形"
    assert [rejected[name].defeated_by for name in ("main", "closed")] == [None, "late"]
    assert rejected["closed"].text == "已落在可以缴费的时段内"


def test_a_sentence_of_the_bundle_and_the_comparison_are_joined_without_two_stops() -> None:
    rejected = step(assessed(facts("2025-11-10")), "fixed-wait").rejected
    assert rejected[0].text.startswith("在集中征缴期内连续参保：")


def test_a_displaced_rule_without_words_of_its_own_names_its_exception() -> None:
    rejected = {
        entry.rule: entry for entry in step(assessed(facts("2025-11-10")), "cover-start").rejected
    }
    assert rejected["cover-start"].text == "所采用的规定是它的例外"
    assert rejected["cover-start"].defeated_by == "cover-start-before-year"


def test_a_rule_outside_its_validity_is_told_so() -> None:
    # The aid of six tenths is valid until 28 February; another aid stands for the case's identity.
    known = facts("2026-03-05", categories=("out-of-poverty", "low-income"))
    rejected = {entry.rule: entry for entry in step(assessed(known), "concession").rejected}
    assert rejected["aid-share"].text == "不在本条有效的日子里"


def test_a_dearer_aid_is_told_as_less_favourable() -> None:
    known = facts("2025-11-10", categories=("orphan", "low-income"))
    rejected = {entry.rule: entry for entry in step(assessed(known), "concession").rejected}
    assert rejected["aid-part"].defeated_by == "aid-full"


def test_a_displaced_rule_is_named_through_its_replacement() -> None:
    own = rule("own-start", "wait-start", {"anchor": "payment"}, replaces="wait-start")
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), standard("400.00"), own)
    answer = assessed(facts("2025-11-10", insured_years=()), book)
    rejected = {entry.rule: entry for entry in step(answer, "wait-start").rejected}
    assert rejected["own-start"].text == "所采用的规定是它的例外"


def test_the_other_reading_used_is_told() -> None:
    answer = assessed(facts("2026-01-10"))
    assert step(answer, "cover-start").text == "从 2026-01-11 起享受待遇。"
    reading = rule(
        "own-start",
        "cover-start",
        {"anchor": "payment"},
        replaces="cover-start",
        status="unsettled",
        doubt="没有写明。",
        readings=[{"answer": {"anchor": "day-after-payment"}, "text": "从缴费次日起享受"}],
        applies="从 {cover_from} 起享受待遇。",
    )
    book = province_book(window("main", "B-1:10-01", "B:02-28"), standard("400.00"), reading)
    said = step(assessed(facts("2026-01-10"), book), "cover-start").text
    assert said == "从 2026-01-11 起享受待遇。（采用另一种读法：从缴费次日起享受）"


def test_each_source_named_is_cited_once_with_its_grade_and_days() -> None:
    answer = assessed(facts("2026-03-05", region=CITY))
    assert [(source.id, source.grade) for source in answer.citations] == [
        ("order", "A"),
        ("city-page", "C"),
    ]
    order = answer.citations[0]
    assert (order.title, order.publisher) == ("甲省缴费公告", "甲省医疗保障局")
    assert (order.published, order.checked) == (date(2025, 9, 20), date(2026, 1, 10))


@pytest.mark.parametrize(
    ("born", "asked"), [("0001-01-01", 1), ("1905-03-05", 1), ("1905-03-06", 0)]
)
def test_an_age_over_120_is_to_be_checked(born: str, asked: int) -> None:
    # On 2026-03-05 the first is 121, the second 120 until tomorrow.
    known = facts("2026-03-05", birth_date=date.fromisoformat(born))
    told = [one for one in assessed(known).remarks if one.code == "age-to-check"]
    assert [one.level for one in told] == ["warning"] * asked


def test_remarks_of_the_bundle_follow_their_conditions() -> None:
    told = [
        (remark.code, remark.level, remark.text) for remark in assessed(facts("2026-03-05")).remarks
    ]
    assert told == [("tell-wait", "info", "2026-06-04 及以前的费用自付。")]
    assert assessed(facts("2025-11-10")).remarks == ()
    assert assessed(facts("2025-07-01")).remarks == ()


def test_advice_is_for_those_it_concerns() -> None:
    ordinary = [entry.code for entry in assessed(facts("2025-11-10")).advice]
    assert ordinary == ["counter", "id-card"]
    cadre = assessed(facts("2025-11-10", categories=("village-cadre",))).advice
    assert [(entry.kind, entry.code, entry.source, entry.grade) for entry in cadre][-1] == (
        "document",
        "cadre-proof",
        "order",
        "A",
    )


def test_a_place_the_bundle_does_not_name_has_no_name() -> None:
    answer = assessed(facts("2025-11-10", region="990205"))
    assert (answer.region.code, answer.region.name) == ("990205", None)


def test_the_same_facts_give_the_same_answer() -> None:
    known = facts("2026-03-05", categories=("low-income",), insured_years=())
    assert assessed(known) == assessed(known)


def test_rules_with_a_gap_say_which_question_has_none() -> None:
    book = province_book(
        window("main", "B-1:10-01", "B-1:12-31"),
        standard("400.00", when={"test": "lapsed", "from": 1}),
    )
    with pytest.raises(RulesIncompleteError, match="standard：没有规则") as refusal:
        assessed(facts("2025-11-10"), book)
    assert (refusal.value.question, refusal.value.standing) == ("standard", ())


def test_rules_that_overlap_are_both_named() -> None:
    book = province_book(
        window("main", "B-1:10-01", "B-1:12-31"),
        standard("400.00"),
        {**standard("500.00"), "id": "second"},
    )
    with pytest.raises(RulesIncompleteError, match="standard、second"):
        assessed(facts("2025-11-10"), book)


@pytest.mark.parametrize(
    ("paid", "expected"),
    [("2025-07-01", "2025-10-01"), ("2025-10-26", "2025-11-01"), ("2027-01-05", None)],
)
def test_a_closed_day_names_the_first_later_day_that_is_open(
    paid: str, expected: str | None
) -> None:
    found = assessed(facts(paid), good_book()).next_window
    assert (found.isoformat() if found else None) == expected


def test_a_window_for_some_is_the_next_only_for_them() -> None:
    aided = {"test": "identity", "any_of": ["low-income"]}
    lapsed = {"test": "lapsed", "from": 1}
    paid = {"test": "paid", "from": "B:03-01", "to": "B:12-31"}
    late = window(
        "late",
        "B:03-01",
        "B:12-31",
        when={"test": "all", "of": [paid, {"test": "any", "of": [aided, lapsed]}]},
    )
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), late, standard("400.00"))
    assert assessed(facts("2026-02-01"), book).next_window is None
    for known in (
        facts("2026-02-01", categories=("low-income",)),
        facts("2026-02-01", insured_years=()),
    ):
        assert assessed(known, book).next_window == date(2026, 3, 1)


def test_a_day_whose_window_waits_for_an_answer_is_no_next_window() -> None:
    paid = {"test": "paid", "from": "B:03-01", "to": "B:12-31"}
    told = {"test": "answer", "code": "parent_insured", "is": True}
    late = window("late", "B:03-01", "B:12-31", when={"test": "all", "of": [paid, told]})
    book = province_book(window("main", "B-1:10-01", "B-1:12-31"), late, standard("400.00"))
    assert assessed(facts("2026-02-01"), book).next_window is None
    answered = facts("2026-02-01", answers=(("parent_insured", True),))
    assert assessed(answered, book).next_window == date(2026, 3, 1)


def test_a_rejection_names_each_payers_own_day_however_many_were_told_before() -> None:
    # No rule turns in these months, so that all who pay in them are told by the same sentences.
    book = province_book(
        window("main", "B-1:10-01", "B-1:12-31"),
        window("late", "B:01-01", "B:12-31"),
        standard("400.00"),
    )
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(90)]
    for day in [*days, *days]:
        rejected = step(assessed(facts(str(day)), book), "window").rejected
        (main,) = (one for one in rejected if one.rule == "main")
        assert main.text == f"缴费日 {day} 不在 2025-10-01 至 2025-12-31"


def test_a_rejection_goes_by_what_each_payer_holds_however_many_were_told_before() -> None:
    aided = {
        **standard("100.00", exception_to=["standard"], fails="本条说的是低保对象。"),
        "id": "aided",
        "when": {"test": "identity", "any_of": ["low-income"]},
    }
    book = province_book(window("late", "B:01-01", "B:12-31"), standard("400.00"), aided)
    codes = [term.code for term in book.identities() if term.code != "ordinary"]
    held = list(combinations(codes, 2))
    assert len(held) > 64
    for pair in [*held, *held]:
        found = step(assessed(facts("2026-03-05", categories=pair), book), "standard")
        (other,) = found.rejected
        if "low-income" in pair:
            assert (found.rule, other.rule, other.defeated_by) == ("aided", "standard", "aided")
        else:
            assert (found.rule, other.rule, other.defeated_by) == ("standard", "aided", None)
            assert other.text == "本条说的是低保对象：不属于本条所列人员类别"
