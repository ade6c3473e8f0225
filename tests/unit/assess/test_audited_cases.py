"""Cases an auditor derived from the rule book and the contract alone.

Each was written down before the rules in JSON were read; ``why`` holds the
reasoning, ``source`` where it comes from. What holds for every answer is held
against all of them: sums, lengths, days, hints and choices.
"""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, Option, RuleBook, assess, options, read_facts
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.contract import assessment_json
from medcounter.assess.explain.doubts import doubt_the_count
from medcounter.assess.facts import Problem
from medcounter.cli.rules_in_use import open_named
from medcounter.rules.load import join_parts, read_bundle
from tests.support.rules.rule_samples import BUNDLES, DATA, SHIPPED, Json, read_json, shipped_book

CASES: list[Json] = read_json(DATA / "audit_cases.json")
SIGNS = ("error", "error.field", "_fields")
WAIT = ("from", "to", "fixed", "variable", "repaired", "total", "unit")
FEE = ("total", "standard", "aid", "contribution", "repair", "subsidy", "lines")
TOP = [
    *("region", "scheme", "benefit_year", "payable", "window", "next_window", "category"),
    *("exemption", "lapsed_years", "fee", "wait", "coverage", "incentive"),
    *("remarks", "doubts", "steps", "stamp"),
]


@cache
def book_named(bundle: str | None) -> RuleBook:
    """The rules that ship, or a test bundle on top of their national part."""
    if bundle is None:
        return shipped_book()
    paths = [SHIPPED / "national.json", *(BUNDLES / bundle).glob("*.json")]
    data = join_parts({path.name: path.read_bytes() for path in paths})
    return RuleBook.open(read_bundle(data), "", signed=False)


def answered(case: Json) -> Assessment | tuple[Problem, ...]:
    book = book_named(case.get("bundle"))
    known = read_facts(case["facts"], book)
    return assess(known, book) if isinstance(known, Facts) else known


def is_refused(case: Json) -> bool:
    return any(sign in case["expect"] for sign in SIGNS)


ANSWERED = [pytest.param(case, id=case["id"]) for case in CASES if not is_refused(case)]
REFUSED = [pytest.param(case, id=case["id"]) for case in CASES if is_refused(case)]


def plain(case: Json) -> Json:
    """The answer as JSON."""
    answer = answered(case)
    assert isinstance(answer, Assessment), answer
    written: Json = json.loads(json.dumps(assessment_json(answer)))
    return written


def at(answer: Json, path: str) -> object:
    here: Any = answer
    for step in path.split("."):
        here = None if here is None else here[step]
    return here


def names(field: str, doubts: list[str]) -> bool:
    """A field is named by itself, by a part of it, or by the whole of it."""
    return any(
        f"{one}.".startswith(f"{field}.") or f"{field}.".startswith(f"{one}.") for one in doubts
    )


@pytest.mark.parametrize("case", ANSWERED)
def test_an_audited_case_comes_out_as_derived(case: Json) -> None:
    answer = plain(case)
    expected = dict(case["expect"])
    doubted, settled = expected.pop("_doubt", []), expected.pop("_settled", [])
    remark, level = expected.pop("_remark", None), expected.pop("_remark_level", None)
    assert {path: at(answer, path) for path in expected} == expected
    fields = [doubt["field"] for doubt in answer["doubts"]]
    assert [field for field in doubted if not names(field, fields)] == []
    assert [name for name in settled for one in fields if f"{one}.".startswith(f"{name}.")] == []
    assert remark is None or remark in [entry["code"] for entry in answer["remarks"]]
    assert level is None or level in [entry["level"] for entry in answer["remarks"]]


@pytest.mark.parametrize("case", REFUSED)
def test_an_audited_refusal_names_its_field(case: Json) -> None:
    problems = answered(case)
    assert not isinstance(problems, Assessment)
    expected = case["expect"]
    found = {"error": problems[0].code, "error.field": problems[0].field}
    # A fault in a list of years names its place in the list.
    found["error.field"] = re.sub(r"^(insured_years|categories)\.\d+$", r"\1", found["error.field"])
    wanted = {key: value for key, value in expected.items() if key in found}
    assert {key: found[key] for key in wanted} == wanted
    if "_fields" in expected:
        assert [problem.field for problem in problems] == expected["_fields"]
    assert all(not re.search(r"\b(None|True|False)\b", problem.text) for problem in problems)


def fen(amount: str | None) -> int:
    return 0 if amount is None else round(float(amount) * 100)


@pytest.mark.parametrize("case", ANSWERED)
def test_every_key_is_there_and_every_figure_adds_up(case: Json) -> None:
    answer = plain(case)
    assert set(TOP) <= answer.keys()
    fee, wait, cover = answer["fee"], answer["wait"], answer["coverage"]
    if not answer["payable"]:
        assert (answer["window"]["kind"], fee, wait, cover) == ("closed", None, None, None)
        assert (answer["window"]["from"], answer["window"]["to"]) == (None, None)
        return
    assert answer["next_window"] is None
    assert set(FEE) <= fee.keys()
    if fee["total"] is not None:
        assert fen(fee["standard"]) - fen(fee["aid"]) == fen(fee["contribution"])
        assert fen(fee["contribution"]) + fen(fee["repair"]) == fen(fee["total"])
        assert sum(fen(line["amount"]) for line in fee["lines"]) == fen(fee["total"])
    if wait is not None:
        assert set(WAIT) <= wait.keys()
        assert wait["total"] == wait["fixed"] + wait["variable"] - wait["repaired"]
        assert answer["exemption"] is None
        if wait["unit"] == "day":
            last = date.fromisoformat(wait["from"]) + timedelta(days=wait["total"] - 1)
            assert wait["to"] == last.isoformat()
    year = answer["benefit_year"]
    if cover is None:
        assert "warning" in [entry["level"] for entry in answer["remarks"]]
        return
    first, last = date.fromisoformat(cover["from"]), date.fromisoformat(cover["to"])
    assert date(year, 1, 1) <= first <= last <= date(year, 12, 31)
    assert cover["days"] == (last - first).days + 1
    assert wait is None or wait["to"] < cover["from"]
    assert (case["facts"].get("birth_date") or "") <= cover["from"]


@pytest.mark.parametrize("case", ANSWERED)
def test_a_hint_says_what_paying_on_its_day_would_bring(case: Json) -> None:
    book = book_named(case.get("bundle"))
    answer = answered(case)
    assert isinstance(answer, Assessment)
    for hint in answer.hints:
        day = hint.value
        assert answer.facts is not None
        happened = tuple(event for event in answer.facts.events if event.date <= day)
        there = assess(replace(answer.facts, payment_date=day, events=happened), book)
        assert isinstance(there, Assessment), there
        promised = re.search(r"(\d{4}-\d\d-\d\d) 起享受待遇", hint.text)
        begins = there.coverage.start.isoformat() if there.coverage else None
        assert (promised.group(1) if promised else None) == begins, hint.text


@pytest.mark.parametrize("case", ANSWERED)
def test_a_reason_names_no_first_day_but_the_one_that_counts(case: Json) -> None:
    answer = plain(case)
    begins = answer["coverage"]["from"] if answer["coverage"] else None
    for step in answer["steps"]:
        found = re.search(r"(\S+) 起享受待遇|享受待遇：(.+?)。", step["text"])
        named = next((name for name in found.groups() if name), "") if found else ""
        if re.search(r"\d{4}-\d\d-\d\d|未定", named):
            assert named[-10:] == begins, step["text"]


@pytest.mark.parametrize("case", ANSWERED)
def test_choices_begin_with_paying_now_and_count_against_it(case: Json) -> None:
    book = book_named(case.get("bundle"))
    known = read_facts(case["facts"], book)
    assert isinstance(known, Facts)
    now, *others = [option for option in options(known, book) if isinstance(option, Option)]
    assert (now.code, now.facts, now.extra_days) == ("pay-now", known, 0)
    assert now.extra_cost == (0 if now.assessment.payable else None)
    for other in others:
        assert other.assessment.payable
        assert other.facts.payment_date >= known.payment_date
        # A choice for the next year loses all of this year's cover.
        gained = 0 if other.code == "next-year" else days(other)
        assert other.extra_days == gained - days(now)
        cost, before = total(other), total(now)
        more = None if cost is None or before is None else cost - before
        assert other.extra_cost == more


def days(option: Option) -> int:
    cover = option.assessment.coverage
    return cover.days if cover else 0


def total(option: Option) -> int | None:
    return option.assessment.fee.total if option.assessment.fee else None


def test_the_cases_say_why_and_stand_once() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) > 400
    assert all(case["why"] and case["source"] for case in CASES)


def test_a_year_without_cover_is_not_blamed_on_a_wait_that_is_not_there() -> None:
    facts = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-12-31"}
    aided = plain({"facts": {**facts, "categories": ["low-income"]}})
    text = next(
        entry["text"] for entry in aided["remarks"] if entry["code"] == "no-cover-this-year"
    )
    assert aided["wait"] is None
    assert "等待期" not in text


def test_a_window_without_dates_is_not_offered_for_next_year() -> None:
    facts = {
        "region": "130700",
        "scheme": "flexible",
        "benefit_year": 2024,
        "payment_date": "2024-03-10",
        "answers": {"plan": "4.5"},
    }
    book = shipped_book()
    known = read_facts(facts, book)
    assert isinstance(known, Facts)
    offered = [option.code for option in options(known, book) if isinstance(option, Option)]
    assert "next-year" not in offered


@pytest.mark.parametrize(("birth", "turns"), [("1964-12-02", "60"), ("2006-12-02", "18")])
def test_a_birthday_that_changes_the_fee_is_named(birth: str, turns: str) -> None:
    facts = {
        "region": "520000",
        "benefit_year": 2025,
        "payment_date": "2024-12-01",
        "categories": ["low-income-margin"],
        "birth_date": birth,
    }
    answer = answered({"facts": facts})
    assert isinstance(answer, Assessment)
    assert [hint.value for hint in answer.hints] == [date(2024, 12, 2)], turns


def last_day_facts(**more: object) -> Json:
    born = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-04-01"}
    return {"facts": {**born, "birth_date": "2025-01-01", **more}}


def test_the_last_day_of_a_limit_says_what_the_other_count_would_bring() -> None:
    # 1 January is day 0: 1 April is day 90. As day 1 it is day 91, and cover begins the day after.
    doubts = {doubt["field"]: doubt for doubt in plain(last_day_facts())["doubts"]}
    found = doubts["coverage.from"]
    assert (found["status"], found["value"], found["other"]) == (
        "assumed",
        "2025-01-01",
        "2025-04-02",
    )
    assert found["rule"] == "newborn-90-days"


def test_an_open_question_stays_before_the_count_of_days() -> None:
    # Xianning does not say from when February payers are covered: that doubt is the stronger one.
    ended = [{"kind": "employee-insurance-ended", "date": "2025-11-15"}]
    known = {"region": "421200", "benefit_year": 2026, "payment_date": "2026-02-15"}
    answer = plain({"facts": {**known, "events": ended, "insured_years": [2024, 2025]}})
    doubts = {doubt["field"]: doubt for doubt in answer["doubts"]}
    assert doubts["coverage.from"]["status"] == "unsettled"
    assert (doubts["wait.total"]["value"], doubts["wait.total"]["other"]) == (None, "3")


def test_where_the_other_count_cannot_be_told_nothing_is_added() -> None:
    book = shipped_book()
    known = read_facts(last_day_facts()["facts"], book)
    assert isinstance(known, Facts)
    decided = decide_facts(known, book)
    assert isinstance(decided, Decided)
    assert doubt_the_count((), decided.decision, None) == ()


@pytest.mark.parametrize(
    ("bundle", "region", "year", "paid", "begins"),
    [
        ("qingdao-2027", "370200", 2027, "2026-11-15", "2027-05-01"),
        ("shaanxi-city-2026", "619900", 2026, "2025-12-25", "2026-04-01"),
    ],
)
def test_a_test_bundle_answers_by_its_folder_alone(
    bundle: str, region: str, year: int, paid: str, begins: str
) -> None:
    # Qingdao: lapsed 2025 and 2026, covered from 1 May; Shaanxi: lapsed 2025, from 1 April.
    opened, _ = open_named(BUNDLES / bundle)
    book = RuleBook.open(opened.bundle, opened.sha256, signed=False)
    place = {"region": region, "benefit_year": year, "payment_date": paid}
    known = read_facts({**place, "insured_years": [2024]}, book)
    assert isinstance(known, Facts)
    answer = assess(known, book)
    assert isinstance(answer, Assessment)
    assert answer.coverage is not None
    assert answer.coverage.start.isoformat() == begins
