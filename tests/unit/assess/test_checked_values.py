"""Facts said as values, at the counter or in a list, are checked like those said in JSON."""

from dataclasses import replace
from datetime import date

from medcounter.assess.check_facts import check_facts
from medcounter.assess.facts import Event, Facts, UncheckedFacts
from tests.support.rules.day_samples import nanchang
from tests.support.rules.rule_samples import PROVINCE, good_book

SAID = UncheckedFacts(
    region=PROVINCE,
    benefit_year=2026,
    payment_date=date(2026, 3, 5),
    birth_date=date(1962, 8, 1),
    categories=("low-income",),
    events=(Event("household-moved-in", date(2026, 1, 7)),),
    insured_years=(2025, 2024, 2025),
    repair_years=1,
)


def test_what_is_right_becomes_facts_with_each_insured_year_once_and_in_order() -> None:
    facts = check_facts(SAID, good_book())
    assert isinstance(facts, Facts)
    assert (facts.region, facts.benefit_year, facts.repair_years) == (PROVINCE, 2026, 1)
    assert (facts.payment_date, facts.birth_date) == (date(2026, 3, 5), date(1962, 8, 1))
    assert (facts.categories, facts.events) == (SAID.categories, SAID.events)
    assert facts.insured_years == (2024, 2025)


def test_nothing_known_of_insured_years_is_not_the_same_as_none() -> None:
    unknown = check_facts(replace(SAID, insured_years=None), good_book())
    none = check_facts(replace(SAID, insured_years=()), good_book())
    assert isinstance(unknown, Facts)
    assert isinstance(none, Facts)
    assert (unknown.insured_years, none.insured_years) == (None, ())


def test_what_is_wrong_is_told_whole_in_the_order_of_the_facts() -> None:
    said = replace(
        SAID,
        payment_date=None,
        categories=("nobody",),
        insured_years=(2030,),
    )
    problems = check_facts(said, good_book())
    assert isinstance(problems, tuple)
    assert [problem.field.partition(".")[0] for problem in problems] == [
        "payment_date",
        "categories",
        "insured_years",
    ]


def test_a_day_that_an_answer_tells_is_a_day() -> None:
    book = nanchang()
    told = {}
    for day in ("2026-01-02", "2026-02-30", "明天"):
        found = check_facts(replace(SAID, events=(), answers=(("left_job_on", day),)), book)
        told[day] = found.answers if isinstance(found, Facts) else [one.code for one in found]
    assert told["2026-01-02"] == (("left_job_on", "2026-01-02"),)
    assert told["2026-02-30"] == told["明天"] == ["not-a-date"]
