"""The JSON of the contract: every key shown is always there, in its stable shape."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from medcounter.assess import Facts
from medcounter.assess.contract import assessment_json, facts_hash, facts_json
from medcounter.assess.facts import Event
from tests.support.rules.rule_samples import assessed, facts, good_book

TOP = """region scheme benefit_year payable window next_window category exemption lapsed_years fee
wait coverage incentive remarks doubts steps stamp"""
PARTS = {
    "region": "code name",
    "window": "kind from to",
    "fee": "total standard aid contribution repair subsidy lines",
    "wait": "from to fixed variable repaired total unit",
    "coverage": "from to days",
    "stamp": "bundle revision sha256 signed engine facts_sha256",
    "incentive": "continuous_years continuous zero_claim penalty change cap",
}
ENTRIES = {
    "remarks": "code level text",
    "doubts": "field status text value other",
    "steps": "question rule text source clause grade status rejected",
}
EXAMPLES = [
    facts("2026-03-05"),
    facts("2025-11-10", categories=("low-income",)),
    facts("2025-07-01"),
    facts("2026-11-05"),
    facts(
        "2028-11-10",
        benefit_year=2029,
        insured_years=(2025, 2026, 2027, 2028),
        answers=(("zero_claim_years", (2026,)),),
    ),
]


def plain(known: Facts) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(assessment_json(assessed(known))))
    return written


@pytest.mark.parametrize("known", EXAMPLES)
def test_every_key_of_the_contract_is_always_there(known: Facts) -> None:
    answer = plain(known)
    assert set(TOP.split()) <= answer.keys()
    for key, names in PARTS.items():
        assert answer[key] is None or set(names.split()) <= answer[key].keys()
    for key, names in ENTRIES.items():
        for entry in answer[key]:
            assert set(names.split()) <= entry.keys()


def test_an_answer_reads_as_the_contract_shows_it() -> None:
    answer = plain(facts("2026-03-05"))
    assert answer["region"] == {"code": "990000", "name": "甲省"}
    assert (answer["scheme"], answer["benefit_year"], answer["payable"]) == ("resident", 2026, True)
    assert answer["window"].items() >= {
        ("kind", "late"),
        ("from", "2026-03-01"),
        ("to", "2026-12-31"),
    }
    assert answer["next_window"] is None
    assert (answer["category"], answer["exemption"], answer["lapsed_years"]) == (
        "ordinary",
        None,
        0,
    )
    assert answer["fee"] == {
        "total": "300.00",
        "standard": "300.00",
        "aid": "0.00",
        "contribution": "300.00",
        "repair": "0.00",
        "subsidy": "600.00",
        "lines": [{"code": "standard", "label": "2026 年度个人缴费", "amount": "300.00"}],
    }
    assert answer["wait"] == {
        "from": "2026-03-05",
        "to": "2026-06-04",
        "fixed": 3,
        "variable": 0,
        "repaired": 0,
        "total": 3,
        "unit": "month",
    }
    assert answer["coverage"] == {"from": "2026-06-05", "to": "2026-12-31", "days": 210}
    assert answer["incentive"] is None


def test_aid_is_a_negative_line() -> None:
    lines = plain(facts("2025-11-10", categories=("low-income",)))["fee"]["lines"]
    assert [line["amount"] for line in lines] == ["300.00", "-200.00"]


def test_a_closed_day_has_no_fee_no_wait_no_cover_and_says_when_next() -> None:
    answer = plain(facts("2025-07-01"))
    assert answer["payable"] is False
    assert answer["window"].items() >= {("kind", "closed"), ("from", None), ("to", None)}
    assert answer["next_window"] == "2025-10-01"
    assert answer["fee"] is answer["wait"] is answer["coverage"] is None


def test_the_incentive_is_written_in_yuan_but_for_its_years() -> None:
    assert plain(EXAMPLES[-1])["incentive"] == {
        "continuous_years": 5,
        "continuous": "3000.00",
        "zero_claim": "2000.00",
        "penalty": "0.00",
        "change": "5000.00",
        "cap": "20000.00",
    }


FULL = Facts(
    "990000",
    2026,
    date(2026, 3, 5),
    "flexible",
    date(1990, 3, 7),
    ("low-income",),
    (Event("graduated", date(2026, 1, 10)),),
    (2023, 2025),
    1,
    (("gap_months", 2), ("plan", "4.5"), ("zero_claim_years", (2024,))),
)


def test_facts_are_written_with_every_key_of_the_facts_table() -> None:
    assert facts_json(FULL) == {
        "region": "990000",
        "scheme": "flexible",
        "benefit_year": 2026,
        "payment_date": "2026-03-05",
        "birth_date": "1990-03-07",
        "categories": ["low-income"],
        "events": [{"kind": "graduated", "date": "2026-01-10"}],
        "insured_years": [2023, 2025],
        "repair_years": 1,
        "answers": {"gap_months": 2, "plan": "4.5", "zero_claim_years": [2024]},
    }
    least = facts_json(facts("2026-03-05"))
    assert (least["birth_date"], least["insured_years"], least["answers"]) == (None, None, {})


def test_the_hash_of_facts_is_that_of_their_one_canonical_form() -> None:
    known = facts("2026-03-05")
    text = (
        '{"answers":{},"benefit_year":2026,"birth_date":null,"categories":[],"events":[],'
        '"insured_years":null,"payment_date":"2026-03-05","region":"990000","repair_years":0,'
        '"scheme":"resident"}'
    )
    assert facts_hash(known) == hashlib.sha256(text.encode()).hexdigest()
    assert facts_hash(FULL) != facts_hash(known)


def test_the_stamp_names_bundle_revision_hash_engine_and_facts() -> None:
    book = good_book()
    stamp = plain(facts("2026-03-05"))["stamp"]
    assert stamp == {
        "bundle": "test-rules",
        "revision": 3,
        "sha256": book.sha256,
        "signed": True,
        "engine": stamp["engine"],
        "facts_sha256": facts_hash(facts("2026-03-05")),
    }
    assert stamp["engine"]
