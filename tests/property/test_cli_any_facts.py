"""Whatever stands in a file of facts, the answer is JSON and never a traceback."""

import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.assess import Assessment, Facts, assess, options, read_facts
from medcounter.assess.contract import assessment_json
from medcounter.cli.facts_file import read_facts_file
from tests.support.desk.desk_samples import shipped_book

CODES = frozenset(
    {
        "not-json",
        "wrong-type",
        "duplicate-key",
        "unknown-key",
        "missing",
        "not-a-date",
        "not-a-number",
        "out-of-range",
        "unknown-code",
        "contradiction",
        "rules-not-covered",
    }
)
KINDS = ("military-discharge", "graduated", "household-moved-in", "employee-insurance-ended")
IDENTITIES = ("low-income", "student", "orphan", "unsupported-child", "hardship-monitored")
ANSWERS = ("newborn_confirmed", "zero_claim_years", "gap_months", "plan", "retired", "other")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
days = st.dates(date(2023, 6, 1), date(2027, 6, 1)).map(str) | st.dates().map(str)
anything = st.recursive(
    scalars | days,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
years = st.lists(st.integers(2015, 2027), max_size=6)
event = st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "date": days})
likely = {
    "region": st.sampled_from(["360000", "361000", "361002", "000000", "999999"]),
    "scheme": st.sampled_from(["resident", "flexible"]),
    "benefit_year": st.sampled_from([2024, 2025, 2026, 2027, 1900, 2200]),
    "payment_date": days,
    "birth_date": st.none() | days,
    "categories": st.lists(st.sampled_from(IDENTITIES), max_size=3),
    "events": st.lists(event, max_size=3),
    "insured_years": st.none() | years,
    "repair_years": st.integers(0, 9),
    "answers": st.dictionaries(st.sampled_from(ANSWERS), scalars | years, max_size=3),
}
likely_facts = st.fixed_dictionaries({}, optional=likely)
odd_facts = st.fixed_dictionaries({}, optional=dict.fromkeys(likely, anything))
patient = settings(max_examples=300, suppress_health_check=list(HealthCheck))


@patient
@given(likely_facts | odd_facts | anything)
def test_any_facts_are_answered_or_refused_by_a_code_of_the_contract(raw: object) -> None:
    book = shipped_book()
    facts = read_facts(raw, book)
    answer = assess(facts, book) if isinstance(facts, Facts) else facts
    if isinstance(answer, Assessment):
        json.dumps(assessment_json(answer), allow_nan=False)
        assert isinstance(facts, Facts)
        assert options(facts, book)
    else:
        assert answer
        assert {problem.code for problem in answer} <= CODES
        assert all(problem.text for problem in answer)


@patient
@given(st.binary(max_size=60) | texts.map(str.encode) | anything.map(json.dumps).map(str.encode))
def test_any_bytes_are_a_file_of_items(data: bytes) -> None:
    file = read_facts_file(data)
    assert file.mode in {"single", "list", "lines"}
    assert file.items or file.mode == "list"
    codes = {problem.code for item in file.items for problem in item.problems}
    assert codes <= {"not-json", "duplicate-key"}
