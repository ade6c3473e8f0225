"""A draft is read at every key: what can be, whatever is wrong with the rest."""

import json
from collections.abc import Iterator

import pytest

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.rules.bundle import Programme
from medcounter.rules.checking import check
from medcounter.rules.checking.check_rule import Scope, check_rule
from medcounter.rules.faults import Fault
from medcounter.rules.load import read_what_can
from medcounter.rules.questions import Rule
from tests.support.authoring.draft_samples import (
    FEE,
    LATE,
    MAIN,
    SUBSIDY,
    WHOLE,
    YEAR,
    base,
    document,
    draft,
    inherited,
    read_draft,
    shipped_document,
    shipped_payload,
)
from tests.support.rules.rule_samples import programme, rule, standard, window

RULES = ("programmes", 0, "rules")


def question_rules(rules: DraftRules, question: str) -> list[str]:
    compiled = rules.compiled(YEAR)
    assert compiled is not None
    return [entry.rule.id for entry in compiled.rules(question)]


def test_a_whole_draft_has_no_fault_and_its_own_rules_over_the_nation_s() -> None:
    found = draft(*WHOLE)
    assert (found.faults, found.unread, found.stand_ins) == ((), {}, frozenset())
    assert question_rules(found, "standard") == ["standard"]
    assert set(question_rules(found, "window")) == {"main", "late", "closed"}
    assert found.rule_path("late") == (*RULES, 1)
    assert found.rule_path("closed") == ()
    assert (found.region, found.scheme, list(found.years)) == ("990000", "resident", [2026])


def test_a_rule_that_cannot_be_read_is_named_by_its_path_and_the_others_stand() -> None:
    wrong = {**FEE, "answer": {"items": [{"code": "standard", "label": "缴费", "amount": "四百"}]}}
    found = draft(MAIN, wrong, SUBSIDY)
    assert found.unread == {(*RULES, 1): "standard"}
    assert any(one.path == (*RULES, 1, "answer", "items", 0, "amount") for one in found.faults)
    assert set(question_rules(found, "window")) == {"main", "closed"}


def test_a_rule_without_a_question_is_unread_for_any_question() -> None:
    assert draft(MAIN, {"id": "new"}, FEE, SUBSIDY).unread == {(*RULES, 1): ""}


def test_what_nobody_wrote_yet_is_stood_in_for_without_a_figure() -> None:
    found = draft(MAIN)
    assert found.stand_ins == {"standard", "subsidy"}
    assert question_rules(found, "standard") == ["not-filled-in"]
    compiled = found.compiled(YEAR)
    assert compiled is not None
    (stand_in,) = compiled.rules("standard")
    assert stand_in.rule.answer.model_dump()["items"][0]["amount"] is None


def test_payment_days_that_are_not_filled_in_are_a_fault_and_hide_no_rule() -> None:
    found = draft(*WHOLE, payment_days={"from": "", "to": ""})
    assert {one.path[:3] for one in found.faults} == {("programmes", 0, "payment_days")}
    assert question_rules(found, "standard") == ["standard"]


def test_rules_that_displace_each_other_are_a_fault_and_can_be_asked_all_the_same() -> None:
    one = {**FEE, "exception_to": ["other"]}
    other = {**standard("300.00", exception_to=["standard"]), "id": "other"}
    found = draft(MAIN, one, other, SUBSIDY)
    assert any("互为例外" in fault.text for fault in found.faults)
    assert set(question_rules(found, "standard")) == {"standard", "other"}


@pytest.mark.parametrize("years", [None, {"from": 2026}, {"from": "2026", "to": 2026}])
def test_a_draft_without_years_answers_nothing_and_says_what_is_missing(years: object) -> None:
    found = draft(*WHOLE, benefit_years=years)
    assert list(found.years) == []
    assert found.faults
    assert found.compiled(YEAR) is None


def test_a_draft_of_which_nothing_can_be_read_says_so() -> None:
    found = read_draft(PlaceDocument(b"", {"programmes": [{}], "regions": 5}))
    assert found.book is None
    assert found.compiled(YEAR) is None
    assert found.faults


def test_a_list_that_a_part_does_not_have_is_a_fault() -> None:
    written = document(*WHOLE).replaced(("programs",), [])
    assert [one.path for one in read_draft(written).faults] == [("programs",)]


def test_a_base_that_has_the_place_already_gives_way_to_the_draft() -> None:
    there = programme([MAIN, standard("380.00"), SUBSIDY])
    found = read_draft(document(*WHOLE), base(there))
    assert found.faults == ()
    assert found.book is not None
    assert [one.id for one in found.book.bundle.programmes] == ["province", "nation"]


def test_a_draft_that_grows_into_a_year_of_another_file_is_a_fault() -> None:
    there = programme(WHOLE, id="next", benefit_years={"from": 2027, "to": 2027})
    whole = document(*WHOLE, benefit_years={"from": 2026, "to": 2027})
    found = read_draft(whole, base(there))
    assert ["只能有一个" in one.text for one in found.faults] == [True]


def test_codes_that_the_draft_adds_are_known_beside_those_of_the_base() -> None:
    fisher = {"code": "fisher", "label": "渔民"}
    own = rule("fishers", "concession", {"pays": "10.00"}, grounds=["fisher", "village-cadre"])
    written = document(*WHOLE, own).replaced(("vocabulary",), {"identities": [fisher]})
    assert read_draft(written).faults == ()
    assert [one.path for one in read_draft(document(*WHOLE, own)).faults] == [
        (*RULES, 4, "grounds", 0)
    ]


def test_reading_a_draft_leaves_its_document_as_it_is() -> None:
    days = {"test": "paid", "from": "2025-09-01", "to": "2025-12-31"}
    bare = {**MAIN, "when": days, "answer": {"kind": "main", "label": "集中缴费期"}}
    written = document(bare, LATE, FEE, SUBSIDY)
    before = json.dumps(written.content)
    found = read_draft(written)
    assert found.faults == ()
    assert json.dumps(written.content) == before


def test_what_a_draft_stands_on_is_read_once_and_stays_as_it_is() -> None:
    written, kept = shipped_document("wuxi-2026.json"), json.loads(shipped_payload())
    first = InheritedRules.over(kept, written)
    assert kept == json.loads(shipped_payload())
    assert InheritedRules.over(kept, written) == first
    assert InheritedRules.of(shipped_payload(), written) == first


@pytest.mark.parametrize("name", ["guangxi-2025.json", "wuxi-2026.json", "hunan-2026.json"])
def test_a_shipped_place_reads_as_it_does_within_the_whole_bundle(name: str) -> None:
    written = shipped_document(name)
    found = DraftRules.of(written, InheritedRules.of(shipped_payload(), written))
    whole = read_what_can(shipped_payload()).bundle
    assert found.faults == ()
    assert whole is not None
    assert found.book is not None
    assert found.at is not None
    own = found.book.bundle.programmes[found.at]
    assert own in whole.programmes


def test_what_a_draft_inherits_is_not_checked_again_at_each_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = document(*WHOLE)
    stands_on = inherited(written, base())
    checked: list[str] = []

    def counted(where: str, one: Rule, scope: Scope) -> Iterator[Fault]:
        checked.append(one.id)
        return check_rule(where, one, scope)

    monkeypatch.setattr(check, "check_rule", counted)
    assert DraftRules.of(written, stands_on).faults == ()
    assert sorted(checked) == sorted(one["id"] for one in WHOLE)


def test_rules_below_a_place_that_is_written_are_checked_again_with_it() -> None:
    nation, city = (
        Programme.model_validate(programme(WHOLE, id=region, region=region))
        for region in ("000000", "990100")
    )
    stands_on = InheritedRules({}, (), (), (nation, city))
    assert stands_on.untouched_by(document(*WHOLE)) == {1}


def test_places_below_a_province_are_kept_beside_it() -> None:
    city = programme(
        [standard("390.00", replaces="standard", id="city-fee")], id="city", region="990100"
    )
    written = document(*WHOLE)
    assert [one.id for one in inherited(written, base(programme(WHOLE), city)).below] == ["city"]


def test_a_period_stands_for_itself_in_whatever_order_rules_are_written() -> None:
    assert set(
        question_rules(draft(FEE, SUBSIDY, window("main", "2025-10-01", "2025-11-30")), "window")
    ) == {
        "main",
        "closed",
    }
