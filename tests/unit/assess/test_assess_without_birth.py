"""A resident whose birth date nobody told: a fee by birth asks for it, other rules do not.

Source: docs/contract.md, key ``birth_date``: no rule by age is asked then, unless this
place's fee needs it. What bundles of format 1 answered stays.
"""

from datetime import date

import pytest

from medcounter.assess import Assessment, RuleBook, assess
from medcounter.assess.facts import Problem
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    proven,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")
PAID = "2025-11-10"
CHILD = date(2025, 3, 1)
# Each holds for whoever was born on 2025-03-01 and pays on 2025-11-10 for 2026.
BY_BIRTH: list[Json] = [
    {"test": "born", "from": "2024-01-01"},
    {"test": "years-since-birth-year", "to": 2},
    {"test": "age", "to": 5},
    {"test": "not", "of": {"test": "born", "to": "2023-12-31"}},
]
SINCE_BIRTH = {"test": "elapsed", "since": "birth", "within": {"years": 1}}
SPARED = {"pays": "0.00"}


def book(*rules: Json, bundle_format: int = 2) -> RuleBook:
    province = programme([MAIN, *rules])
    return proven(book_of(bundle_of(nation(), province, format=bundle_format)))


def by_birth(when: Json) -> tuple[Json, Json]:
    """A standard, and a lower one for those born as a condition says."""
    lower = {**standard("100.00", when=when), "id": "lower", "exception_to": ["standard"]}
    return standard("400.00"), lower


def total(known_birth: date | None, rules: RuleBook, *codes: str) -> int | tuple[str, ...] | None:
    """What is paid, or what is asked for."""
    answer = assess(facts(PAID, birth_date=known_birth, categories=codes), rules)
    if isinstance(answer, Assessment):
        assert answer.fee is not None
        return answer.fee.total
    return tuple(problem.field for problem in answer)


@pytest.mark.parametrize("when", BY_BIRTH)
def test_a_standard_by_birth_asks_for_the_birth_date(when: Json) -> None:
    rules = book(*by_birth(when))
    assert total(CHILD, rules) == 100_00
    assert total(date(1990, 3, 1), rules) in {100_00, 400_00}
    answer = assess(facts(PAID), rules)
    said = "本地的规定取决于“出生日期”，尚未填写，补填后即可测算。"
    assert answer == (Problem("birth_date", "missing", said),)


@pytest.mark.parametrize("when", BY_BIRTH)
def test_format_1_goes_on_to_ask_by_age_alone(when: Json) -> None:
    rules = book(*by_birth(when), bundle_format=1)
    held = {"age": ("birth_date",), "not": 100_00}
    assert total(None, rules) == held.get(str(when["test"]), 400_00)


@pytest.mark.parametrize("when", BY_BIRTH)
def test_an_identity_spared_by_birth_asks_for_the_birth_date(when: Json) -> None:
    spared = rule("students", "concession", SPARED, when=when, grounds=["student"])
    rules = book(standard("400.00"), spared)
    assert total(None, rules, "student") == ("birth_date",)
    assert total(CHILD, rules, "student") == 0
    # Who has no such identity is asked nothing.
    assert total(None, rules) == 400_00


@pytest.mark.parametrize("when", BY_BIRTH)
def test_nobody_is_asked_whether_they_are_newborn(when: Json) -> None:
    spared = rule("newborns", "concession", SPARED, when=when, grounds=["newborn"])
    rules = book(standard("400.00"), spared)
    assert total(None, rules) == (0 if when["test"] == "not" else 400_00)
    assert total(CHILD, rules) == 0


@pytest.mark.parametrize("when", BY_BIRTH)
def test_a_part_of_the_fee_by_birth_asks_for_the_birth_date(when: Json) -> None:
    part = {"code": "child", "label": "少儿险", "amount": "50.00", "when": when}
    whole = standard("400.00")
    whole["answer"]["items"].append(part)
    rules = book(whole)
    assert total(None, rules) == ("birth_date",)
    assert total(CHILD, rules) == 450_00


def test_a_standard_for_the_time_after_birth_is_a_newborns_and_asks_nobody() -> None:
    rules = book(*by_birth(SINCE_BIRTH))
    assert total(None, rules) == 400_00
    assert total(CHILD, rules) == 100_00


@pytest.mark.parametrize("when", [*BY_BIRTH[:2], SINCE_BIRTH])
def test_a_wait_by_birth_is_answered_without_it(when: Json) -> None:
    cover = {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}}
    spared = rule("newborns-wait", "exemption", cover, when=when, grounds=["newborn"])
    late = window("late", "B:01-01", "B:12-31")
    rules = book(standard("400.00"), spared, late)
    assert assessed(facts("2026-02-01"), rules).wait is not None
    assert assessed(facts("2026-02-01", birth_date=CHILD), rules).exemption == "newborn"


def test_an_open_reading_by_birth_asks_for_the_birth_date() -> None:
    other = {"when": {"test": "born", "from": "2024-01-01"}, "text": "只限 2024 年后出生的"}
    unsure = {"status": "assumed", "doubt": "没有写限哪些学生。", "readings": [other]}
    spared = rule("students", "concession", SPARED, grounds=["student"], **unsure)
    rules = book(standard("400.00"), spared)
    doubts = assessed(facts(PAID, categories=("student",)), rules).doubts
    # What it would come to otherwise hangs on a birth date that nobody told.
    assert {doubt.field: doubt.other for doubt in doubts}.keys() >= {"fee.aid"}
    assert assessed(facts(PAID, categories=("student",), birth_date=CHILD), rules).doubts == ()
