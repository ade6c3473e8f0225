"""An answer by rules that a hall made says so; every other answer stays as it was."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from medcounter.assess.assessing import assess
from medcounter.assess.assessment import Assessment
from medcounter.assess.contract import assessment_json
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.local_rules import LocalRules, NamedBundle
from medcounter.assess.replay import ReplayImpossibleError, replay
from medcounter.strict_json import canonical
from tests.support.rules.rule_samples import facts, good_book

CITY = "360100"
OFFICE, HALLS = "0" * 64, "b" * 64


def local(region: str, digit: str, **more: Any) -> LocalRules:  # noqa: ANN401 - any field
    made = LocalRules(
        region,
        "resident",
        2026,
        2026,
        NamedBundle("hall-3f9a21c0", 4, digit * 64),
        "王敏",
        "李强",
        date(2026, 11, 29),
    )
    return replace(made, **more)


def answer(asked: Facts, book: RuleBook) -> Assessment:
    found = assess(asked, book)
    assert isinstance(found, Assessment)
    return found


@pytest.fixture(scope="module")
def asked() -> Facts:
    return facts("2026-03-05")


@pytest.fixture(scope="module")
def plain() -> RuleBook:
    return good_book()


def test_an_answer_names_both_bundles_and_who_made_the_rules(asked: Facts, plain: RuleBook) -> None:
    book = plain.with_local((local(asked.region, "b"),))
    said = assessment_json(answer(asked, book))
    office = {"bundle": plain.bundle.id, "revision": plain.bundle.revision, "sha256": plain.sha256}
    hall = {"bundle": "hall-3f9a21c0", "revision": 4, "sha256": HALLS}
    whole = sha256(canonical([plain.sha256, plain.sha256, HALLS])).hexdigest()
    assert said["stamp"]["bundles"] == [office, hall]
    assert (said["stamp"]["bundle"], said["stamp"]["revision"]) == ("hall-3f9a21c0", 4)
    assert said["stamp"]["sha256"] == whole
    assert said["hall_rules"] == {"author": "王敏", "reviewer": "李强", "released": "2026-11-29"}


def test_the_sentence_on_paper_names_author_reviewer_and_day() -> None:
    told = local(CITY, "b").sentence
    assert told == "规则由本厅编制，编制 王敏，复核 李强，2026-11-29。"


def test_another_place_scheme_or_year_is_answered_as_ever(asked: Facts, plain: RuleBook) -> None:
    before = assessment_json(answer(asked, plain))
    assert "hall_rules" not in before
    assert "bundles" not in before["stamp"]
    for other in (
        local("110000", "b"),
        local(asked.region, "b", scheme="flexible"),
        local(asked.region, "b", first_year=2027, last_year=2027),
    ):
        assert assessment_json(answer(asked, plain.with_local((other,)))) == before


def test_the_nearest_of_two_halls_rules_signs_and_all_are_named(
    asked: Facts, plain: RuleBook
) -> None:
    wider, near = local("000000", "c", author="赵静"), local(asked.region, "b")
    for order in ((wider, near), (near, wider)):
        made = answer(asked, plain.with_local(order))
        assert made.hall_rules == near
        assert [one.sha256 for one in made.stamp.bundles] == [plain.sha256, "c" * 64, "b" * 64]


def test_a_book_is_told_from_one_with_other_halls_rules(plain: RuleBook) -> None:
    assert plain.identity == plain.sha256
    one, other = (plain.with_local((local(CITY, digit),)) for digit in "bc")
    assert len({plain.identity, one.identity, other.identity}) == 3


def test_an_answer_by_halls_rules_replays_with_them_and_with_no_others(
    asked: Facts, plain: RuleBook
) -> None:
    book = plain.with_local((local(asked.region, "b"),))
    stored = assessment_json(answer(asked, book))
    assert replay(stored, book).same
    for other in (plain, plain.with_local((local(asked.region, "c"),))):
        with pytest.raises(ReplayImpossibleError, match="规则包"):
            replay(stored, other)
    with pytest.raises(ReplayImpossibleError):
        replay({**stored, "facts": {}}, book)
