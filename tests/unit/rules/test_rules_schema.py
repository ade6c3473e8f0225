"""The schema that authors check against, and the codes every bundle may use."""

import copy
import re
from collections.abc import Callable

import jsonschema
import pytest

from medcounter.rules.checking.schema import bundle_schema, head_schema, part_schema
from medcounter.rules.known_names import Names
from medcounter.rules.questions import (
    CONTRIBUTION_QUESTIONS,
    FEE_QUESTIONS,
    QUESTION,
    QUESTIONS,
)
from medcounter.rules.vocabulary import ANSWERS, EVENTS, IDENTITIES
from tests.support.rules.rule_samples import Json, bundle_of, good, nation, read

IDENTITY_ORDER = [
    "destitute",
    "orphan",
    "unsupported-child",
    "low-income",
    "back-into-poverty",
    "unstable-out-of-poverty",
    "poverty-edge",
    "hardship-monitored",
    "low-income-margin",
    "severely-disabled",
    "out-of-poverty",
    "student",
    "religious",
    "ordinary",
]
EVENT_CODES = [
    "military-discharge",
    "dependant-of-discharged",
    "employee-insurance-ended",
    "household-moved-in",
    "returned-from-abroad",
    "released-from-prison",
    "graduated",
    "aid-recognised",
]
ANSWER_CODES = [
    "plan",
    "tier",
    "retired",
    "gap_months",
    "gap_made_up",
    "newborn_confirmed",
    "parent_insured",
    "prior_continuous_years",
    "zero_claim_years",
    "claim_used_years",
]


def test_the_codes_are_those_of_the_contract_in_its_order() -> None:
    assert [term.code for term in IDENTITIES] == IDENTITY_ORDER
    assert [term.code for term in EVENTS] == EVENT_CODES
    assert [term.code for term in ANSWERS] == ANSWER_CODES


def test_only_the_defaults_of_the_contract_stand_for_an_answer() -> None:
    defaults = {term.code: term.default for term in ANSWERS if term.default is not None}
    assert defaults == {"retired": False, "gap_months": 0, "gap_made_up": False}


def test_a_bundle_of_format_2_knows_the_answers_about_optional_parts_and_one_of_format_1_not() -> (
    None
):
    optional = {"supplementary", "long_term_care", "large_amount"}
    assert optional <= Names.of(read(bundle_of(nation(), format=2))).answers
    assert optional.isdisjoint(Names.of(read(good())).answers)


def test_own_codes_stand_before_ordinary_and_after_the_built_in_ones() -> None:
    names = Names.of(read(good()))
    assert [term.code for term in names.terms][-2:] == ["village-cadre", "ordinary"]
    assert names.event_terms[-1].label == "落户登记"
    assert "ordinary" not in names.identities
    assert {"employer_pays", "plan"} <= names.answers


def test_every_question_is_found_by_its_code() -> None:
    assert list(QUESTION) == [question.code for question in QUESTIONS]


def test_the_schema_is_valid_and_the_good_bundle_conforms_to_it() -> None:
    jsonschema.Draft202012Validator.check_schema(bundle_schema())
    jsonschema.Draft202012Validator(bundle_schema()).validate(good())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "Two Words"),
        ("issued", 20260115),
        ("programmes.1.rules.5.answer.amount", "600"),
        ("programmes.1.rules.5.answer.amount", "-600.00"),
        ("programmes.1.rules.8.answer.aid_share", "1.5"),
        ("programmes.1.rules.1.when.from", "2025-03"),
        ("programmes.1.rules.1.when.start", "B:01-01"),
        ("programmes.1.rules.1.question", "windows"),
    ],
)
def test_the_schema_refuses_what_loading_refuses(path: str, value: object) -> None:
    document = copy.deepcopy(good())
    here: object = document
    *steps, last = path.split(".")
    for step in steps:
        here = here[int(step)] if isinstance(here, list) else here[step]  # type: ignore[index]  # JSON
    here[last] = value  # type: ignore[index]  # JSON
    assert not jsonschema.Draft202012Validator(bundle_schema()).is_valid(document)


HEAD = ("format", "id", "revision", "issued", "review_by")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("schema", [bundle_schema, head_schema, part_schema])
def test_every_definition_is_described_in_chinese(schema: Callable[[], Json]) -> None:
    """Two of 86 had any; a new record needs its line in rules/schema_words.py."""
    whole = schema()
    described = {name: part.get("description", "") for name, part in whole["$defs"].items()}
    assert [name for name, words in described.items() if not HAN.search(words)] == []
    assert HAN.search(whole["description"])


def test_every_key_is_described_in_chinese() -> None:
    parts = (bundle_schema(), *bundle_schema()["$defs"].values())
    keys = {key: part for one in parts for key, part in one.get("properties", {}).items()}
    bare = {key for key, part in keys.items() if not HAN.search(part.get("description", ""))}
    assert bare == set()


def test_an_edited_file_s_schema_holds_only_what_it_uses() -> None:
    assert set(head_schema()["properties"]) == {*HEAD, "vocabulary", "national", "inherits"}
    assert set(part_schema()["properties"]) == {"regions", "sources", "programmes", "examples"}
    assert "WindowRule" not in head_schema()["$defs"]
    assert "Vocabulary" not in part_schema()["$defs"]


def test_the_questions_about_the_fee_are_those_whose_answers_make_it() -> None:
    # docs/rules.md, the table of questions.
    assert {"standard", "concession", "subsidy", "other-year", "repair-price"} == FEE_QUESTIONS
    assert {"standard", "concession"} == CONTRIBUTION_QUESTIONS
