"""An answer is read as typed, and none lets a figure pass unseen."""

import pytest

from medcounter.authoring.rolling.occurrences import roll_questions
from medcounter.authoring.rolling.roll_answers import new_values, typed_answer
from medcounter.authoring.rolling.roll_errors import (
    AnswerNotMeantError,
    RollAnswerUnreadableError,
)
from medcounter.authoring.rolling.roll_records import RollQuestion
from tests.support.authoring.rolling_samples import last_year
from tests.support.rules.rule_samples import rule, standard, window

PLACE = last_year(
    window("main", "2025-10-15", "2026-02-28"),
    {**standard("1100.00"), "id": "full"},
    standard("400.00"),
    rule("subsidy", "subsidy", {"amount": "700.00"}),
    rule("count", "lapse", {"from_year": 2025}),
    rule("since", "repair-price", {"of": "main"}, when={"test": "paid", "from": "2026-07-01"}),
)
QUESTIONS = {one.key: one for one in roll_questions(PLACE)}
LEAP = {one.key: one for one in roll_questions(PLACE, 2028)}
PERIOD = QUESTIONS["period-2025-10-15"]


def values(question: RollQuestion, text: str) -> tuple[str, ...] | None:
    answer = typed_answer(question, text)
    return new_values(question, {question.key: answer}, QUESTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "10-08 01-31",
        "1008 0131",
        "10月8日至1月31日",
        "2026-10-08..2027-01-31",
        "10.8，1.31",
        "20261008 20270131",
    ],
)
def test_a_period_is_typed_with_or_without_years(text: str) -> None:
    assert values(PERIOD, text) == ("2026-10-08", "2027-01-31")


def test_a_period_may_be_taken_a_year_later_when_somebody_says_so() -> None:
    assert values(PERIOD, ">") == ("2026-10-15", "2027-02-28")


@pytest.mark.parametrize("text", ["430", "430.0", "430.00", "430元", " 430 "])
def test_an_amount_is_typed_with_or_without_places(text: str) -> None:
    assert values(QUESTIONS["amount-400.00"], text) == ("430.00",)


def test_the_same_as_last_year_changes_nothing() -> None:
    assert values(QUESTIONS["amount-400.00"], "=") is None
    assert values(QUESTIONS["from-year-2025"], "照旧") is None


def test_where_the_notice_says_so_stands_behind_the_answer() -> None:
    assert typed_answer(QUESTIONS["amount-400.00"], "430 #二（一）").clause == "二（一）"


def test_a_sum_is_worked_out_of_the_amounts_answered() -> None:
    answers = {
        key: typed_answer(QUESTIONS[key], text)
        for key, text in {
            "amount-400.00": "430",
            "amount-700.00": "=",
            "amount-1100.00": "+",
        }.items()
    }
    assert new_values(QUESTIONS["amount-1100.00"], answers, QUESTIONS) == ("1130.00",)


def test_a_sum_of_what_is_not_answered_is_refused() -> None:
    with pytest.raises(AnswerNotMeantError, match="还没有回答"):
        values(QUESTIONS["amount-1100.00"], "+")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("period-2025-10-15", "="),
        ("period-2025-10-15", "2027-01-31 2026-10-08"),
        ("period-2025-10-15", "2024-10-08 2027-01-31"),
        ("amount-400.00", ">"),
        ("amount-400.00", "+"),
        ("from-year-2025", ">"),
    ],
)
def test_an_answer_that_a_question_does_not_take_is_refused(key: str, text: str) -> None:
    with pytest.raises(AnswerNotMeantError):
        typed_answer(QUESTIONS[key], text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("period-2025-10-15", "10-08"),
        ("period-2025-10-15", "13-08 01-31"),
        ("period-2025-10-15", "10-08 02-30"),
        ("amount-400.00", "四百三"),
        ("amount-400.00", "-430"),
        ("amount-400.00", "430.005"),
        ("from-year-2025", "25"),
        ("day-2026-07-01", "七月"),
        ("amount-400.00", ""),
    ],
)
def test_what_is_no_answer_is_refused_with_an_example_of_one(key: str, text: str) -> None:
    with pytest.raises(RollAnswerUnreadableError, match="如"):
        typed_answer(QUESTIONS[key], text)


def test_everything_a_year_later_is_no_answer_to_what_is_asked() -> None:
    refused = []
    for question in QUESTIONS.values():
        try:
            typed_answer(question, ">")
        except AnswerNotMeantError:
            refused.append(question.key)
    assert refused == ["amount-1100.00", "amount-400.00", "amount-700.00", "from-year-2025"]


def test_the_end_of_february_is_written_out_where_only_one_year_has_a_29th() -> None:
    question = LEAP["period-2025-10-15"]
    with pytest.raises(AnswerNotMeantError, match="二月的最后一天"):
        typed_answer(question, ">")
    assert values(question, "1015 0229") == ("2027-10-15", "2028-02-29")
    assert values(question, "1015 0228") == ("2027-10-15", "2028-02-28")


def test_a_28_february_of_every_year_becomes_its_last_day_or_stays() -> None:
    moving = {"test": "paid", "from": "B-1:09-01", "to": "B:02-28"}
    place = last_year(rule("main", "window", {"kind": "main", "label": "期"}, when=moving))
    (question,) = roll_questions(place, 2028)
    for text, expected in (
        ("最后一天", ("B:02-last",)),
        (">", ("B:02-last",)),
        ("28", ("B:02-28",)),
    ):
        answer = typed_answer(question, text)
        assert new_values(question, {question.key: answer}, {}) == expected


def test_a_sum_of_an_amount_that_parted_is_written_out() -> None:
    student = rule("student", "concession", {"standard": "400.00"}, grounds=["student"])
    rules = PLACE.own["rules"]
    questions = {one.key: one for one in roll_questions(last_year(*rules, student))}
    answers = {
        key: typed_answer(questions[key], text)
        for key, text in {
            "amount-400.00": "430 410",
            "amount-700.00": "=",
            "amount-1100.00": "+",
        }.items()
    }
    with pytest.raises(AnswerNotMeantError, match="各处的新数不同"):
        new_values(questions["amount-1100.00"], answers, questions)
    with pytest.raises(RollAnswerUnreadableError, match="1 个或 2 个"):
        typed_answer(questions["amount-400.00"], "1 2 3")
