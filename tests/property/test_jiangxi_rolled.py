"""Jiangxi 2026 rolled to 2027 against the second encoding with the trial's figures.

Fee 430, subsidy 724, 8 October to 31 January; all else as in 2026. Nothing of the
expected answers comes from the rules that are rolled.
"""

import json
from datetime import date

import pytest

from medcounter.assess.facts import Facts
from medcounter.assess.prove.proof import prove
from medcounter.authoring.rolling.rolling import release_obstacles
from medcounter.bundle.overlay import laid_over, narrowed
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.oracle.jiangxi_people import Group, children, disagreements, movers, payers
from tests.support.authoring.rolling_samples import (
    TRIAL,
    book_with,
    rolled_jiangxi,
    rolled_jiangxi_book,
    rolled_with,
    shipped_document,
    shipped_payload,
)
from tests.support.authoring.trial_answers import (
    DOUBTED_BY_HAND,
    document_by_hand,
    doubted_by_hand,
    people_of,
)
from tests.support.rules.rule_samples import assessed

EVERY, SOME = 1, 67
MOST_KEYS = 70


def test_the_trial_takes_few_questions_and_few_keys() -> None:
    # Each answer is ended by one key more.
    assert len(TRIAL) == 8
    assert sum(len(text) + 1 for text in TRIAL.values()) <= MOST_KEYS
    assert release_obstacles(rolled_jiangxi().roll) == ()


@pytest.mark.parametrize("group", [payers, children, movers])
def test_the_rolled_year_agrees_with_the_second_encoding(group: Group) -> None:
    assert disagreements(group(2027, SOME), rolled_jiangxi_book()) == []


@pytest.mark.full
@pytest.mark.parametrize("group", [payers, children, movers])
def test_the_rolled_year_agrees_with_the_second_encoding_on_every_day(group: Group) -> None:
    assert disagreements(group(2027, EVERY), rolled_jiangxi_book()) == []


def test_the_rolled_year_answers_each_cell_as_rules_written_from_the_notice_alone() -> None:
    cells = [
        *people_of(rolled_jiangxi().document, rolled_jiangxi_book()),
        *people_of(document_by_hand("jiangxi-2027"), rolled_jiangxi_book()),
    ]
    assert len(set(cells)) > 200
    doubted = doubted_by_hand(rolled_jiangxi_book(), cells, "jiangxi-2027")
    assert doubted.keys() <= DOUBTED_BY_HAND.keys()


def test_rules_written_by_hand_notice_a_window_taken_a_year_later() -> None:
    blind = rolled_with(shipped_document("jiangxi-2026.json"), {**TRIAL, "period-2025-10-15": ">"})
    cells = people_of(document_by_hand("jiangxi-2027"), rolled_jiangxi_book())
    with pytest.raises(AssertionError):
        doubted_by_hand(book_with(blind), cells, "jiangxi-2027")


def test_the_second_encoding_notices_a_window_taken_a_year_later() -> None:
    blind = rolled_with(shipped_document("jiangxi-2026.json"), {**TRIAL, "period-2025-10-15": ">"})
    assert disagreements(payers(2027, SOME), book_with(blind)) != []


def test_the_subsidy_and_the_years_counted_are_those_of_the_trial() -> None:
    insured = Facts(
        "360000",
        2027,
        date(2026, 11, 20),
        insured_years=(2024, 2025, 2026),
        answers=(("zero_claim_years", (2025,)),),
    )
    paid = assessed(insured, rolled_jiangxi_book())
    assert paid.fee is not None
    assert paid.fee.subsidy == 72400
    # Insured in 2025, 2026 and 2027, which is the third year counted from 2025 on.
    assert paid.incentive is not None
    assert (paid.incentive.continuous_years, paid.incentive.zero_claim) == (3, 300000)


def test_the_rolled_place_is_proven_but_for_its_examples() -> None:
    place = rolled_jiangxi()
    document = laid_over(json.loads(shipped_payload()), place.document.content, {})
    part = narrowed(document, "360000", "resident")
    texts = [one.text for one in prove(read_bundle(canonical(part)))]
    assert [text for text in texts if "没有一个算例" not in text] == []
