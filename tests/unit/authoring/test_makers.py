"""Whole cards are made from what an announcement says, and the rules they make answer as it does.

The figures are those of the announcements as the policy evidence gives them, not of the shipped
rules.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_records import CardOffer, FieldGroup, FieldState, PlaceForm
from medcounter.authoring.form.makers.making import NoSuchMakerError, done, maker_names
from medcounter.authoring.form.makers.section_offers import offered
from medcounter.authoring.form.place_form import form_of
from medcounter.bundle.overlay import laid_over, narrowed
from medcounter.rules.load import read_bundle
from medcounter.samples.answer_changes import case_set, outcome_changes
from medcounter.strict_json import canonical
from tests.support.authoring.form_author import ON, WHOLE, Author, guangxi, wuxi
from tools.build_bundle import ROOT


def case(paid: str, expect: dict[str, Any], **facts: object) -> dict[str, Any]:
    return {"facts": {"payment_date": paid, **facts}, "expect": expect}


def test_guangxi_2025_is_made_from_its_notice_and_answers_as_it_says() -> None:
    author = guangxi()
    insured = {"insured_years": [2024]}
    faults = author.faults(
        [
            case("2024-09-01", {"fee.total": "400.00", "fee.subsidy": "670.00", "wait": None,
                 "coverage.from": "2025-01-01", "coverage.to": "2025-12-31"}, **insured),
            case("2025-01-01", {"window.kind": "late", "fee.total": "400.00",
                 "wait.to": "2025-03-31", "coverage.from": "2025-04-01"}, **insured),
            case("2025-06-30", {"fee.total": "400.00", "wait.to": "2025-09-29"}, **insured),
            case("2025-07-01", {"fee.total": "1070.00", "fee.subsidy": "0.00",
                 "coverage.from": "2025-10-01"}, **insured),
            case("2025-09-01", {"fee.total": "400.00", "fee.subsidy": "670.00", "wait": None,
                 "coverage.from": "2025-06-01"}, birth_date="2025-06-01"),
            case("2025-09-02", {"fee.total": "1070.00", "wait": None,
                 "coverage.from": "2025-10-01"}, birth_date="2025-06-01"),
            case("2024-08-31", {"payable": False, "next_window": "2024-09-01"}, **insured),
        ]
    )  # fmt: skip
    assert faults == []
    assert author.keys <= 260


def test_wuxi_2026_is_made_from_its_notice_and_answers_as_it_says() -> None:
    author = wuxi()
    grown = {"birth_date": "1990-05-01", "insured_years": [2025]}
    discharged = {"events": [{"kind": "military-discharge", "date": "2026-05-01"}], **grown}
    faults = author.faults(
        [
            case("2025-09-01", {"fee.total": "810.00", "fee.subsidy": None, "wait": None,
                 "coverage.from": "2026-01-01"}, **grown),
            case("2025-11-20", {"fee.total": "570.00"}, birth_date="1966-01-01"),
            case("2025-11-20", {"fee.total": "810.00"}, birth_date="1966-01-02"),
            case("2025-11-20", {"fee.total": "380.00"}, birth_date="2015-03-01"),
            case("2025-11-20", {"fee.total": "290.00"}, birth_date="2004-03-01",
                 categories=["student"]),
            case("2026-03-15", {"wait.fixed": 2, "coverage.from": "2026-05-01"}, **grown),
            case("2026-05-02", {"wait": None, "coverage.from": "2026-02-01"},
                 birth_date="2026-02-01"),
            case("2026-07-30", {"wait": None, "coverage.from": "2026-05-01"}, **discharged),
            case("2026-07-31", {"wait.to": "2026-08-31", "coverage.from": "2026-09-01"},
                 **discharged),
        ]
    )  # fmt: skip
    assert faults == []
    assert author.keys <= 360


def test_one_list_of_events_is_one_field_for_whom_and_for_the_limit() -> None:
    rule = next(one for one in wuxi().document.own["rules"] if one["id"] == "exempt-events")
    events = ["employee-insurance-ended", "household-moved-in", "released-from-prison",
              "military-discharge", "graduated"]  # fmt: skip
    assert rule["grounds"] == events
    assert rule["when"] == {"test": "elapsed", "since": events, "within": {"days": 90}}


def test_what_was_written_before_more_was_said_follows() -> None:
    """The full price was added up before newborns, the old and the students came."""
    rules = {one["id"]: one for one in guangxi().document.own["rules"]}
    assert rules["standard-full-cost"]["answer"]["items"][0]["amount"] == "1070.00"
    assert rules["standard-full-cost"]["exception_to"] == ["standard"]
    assert (
        rules["main"]["applies"] == "{payment_date} 在集中征缴期 {window_from} 至 {window_to} 内。"
    )
    wuxi_rules = {one["id"]: one for one in wuxi().document.own["rules"]}
    assert wuxi_rules["standard-identity"]["exception_to"] == [
        "standard",
        "standard-elderly",
        "standard-child",
    ]
    assert wuxi_rules["standard-elderly"]["applies"] == "60 周岁以上的人个人缴费标准 {amount} 元。"
    assert wuxi_rules["subsidy"]["status"] == "unsettled"


def test_every_offer_of_a_section_can_be_taken() -> None:
    assert set(offered()) == maker_names()


@pytest.mark.parametrize("maker", sorted(maker_names()))
def test_what_a_maker_adds_is_shown_and_can_be_taken_out_again(maker: str) -> None:
    author = wuxi()
    before = author.document
    made = done(before, CardOffer(maker, ""), author.base, ON)
    author.document = made.document
    card = author.card_of(made.path)
    assert not card.raw
    assert [offer.maker for offer in card.offers][-1] == "remove"
    left = done(made.document, CardOffer("remove", "", made.path), author.base, ON).document
    if maker not in {"full-price-period", "standard-of-tier"}:
        assert {**left.content, "vocabulary": {}} | {"programmes": []} == {
            **before.content, "vocabulary": {}} | {"programmes": []}  # fmt: skip
        assert left.own["rules"] == before.own["rules"]


@pytest.mark.parametrize("offer", [CardOffer("no-such", ""), CardOffer("change-inherited", "")])
def test_what_is_not_offered_cannot_be_done(offer: CardOffer) -> None:
    author = guangxi()
    with pytest.raises(NoSuchMakerError):
        done(author.document, offer, author.base, ON)


def test_what_is_inherited_stands_there_with_its_place_and_can_be_refused() -> None:
    author = guangxi()
    above = {card.rule_id: card for card in author.form.cards if card.inherited_from}
    assert above["fixed-wait"].inherited_from == "全国"
    assert "newborn-90" not in above
    assert {field.state for field in above["fixed-wait"].fields if field.text} == {
        FieldState.INHERITED
    }
    author.make("drop-inherited", "七", "通知没有这样写。", at="repair-long-lapse")
    assert author.document.own["drops"] == [
        {
            "rule": "repair-long-lapse",
            "source": "notice-450000-2025",
            "clause": "七",
            "reason": "通知没有这样写。",
        }
    ]
    assert "repair-long-lapse" not in {card.rule_id for card in author.form.cards}


def test_typing_into_an_inherited_rule_makes_it_the_places_own() -> None:
    author = guangxi()
    author.change("fixed-wait", "等待多久", "2")
    own = {one["id"]: one for one in author.document.own["rules"]}["fixed-wait-local"]
    assert own["replaces"] == "fixed-wait"
    assert own["answer"] == {"length": 2, "unit": "month"}
    assert own["exception_to"] == ["fixed-wait-none"]
    assert "fixed-wait" not in {card.rule_id for card in author.form.cards}


def test_without_a_national_year_the_form_says_who_must_act() -> None:
    author = Author("450000", "广西壮族自治区", 2031)
    note = author.form.sections[0].note
    assert note == (
        "全国规则（城乡居民医保）没有 2031 年度，等待期、待遇起止等没有可沿用的规定，不能启用；"
        "请先由编制全国规则的单位续写这个年度。"
    )
    assert guangxi().form.sections[0].note == ""


def every_offer(shown: PlaceForm) -> list[CardOffer]:
    """What a form offers, and taking away each group that may go; each kind of place once."""

    def within(group: FieldGroup) -> Iterator[CardOffer]:
        yield from group.offers
        if group.removable:
            yield CardOffer("remove", "", group.path)
        for inner in group.groups:
            yield from within(inner)

    offers = [offer for section in shown.sections for offer in section.offers]
    offers += [offer for card in shown.cards for offer in card.offers]
    offers += [
        offer for card in shown.own_cards for group in card.groups for offer in within(group)
    ]
    kinds = {(one.maker, len(one.path), str(one.path[-1:])): one for one in offers}
    return list(kinds.values())


@pytest.mark.parametrize("name", ["guangxi-2025", "chengdu-2026", "liangshan-flexible-2026"])
def test_whatever_a_form_offers_can_be_done_and_is_shown(name: str) -> None:
    document = PlaceDocument.opened((ROOT / f"resources/bundles/{name}.json").read_bytes())
    own = document.own
    base = narrowed(WHOLE, own["region"], own["scheme"])
    offers = every_offer(form_of(document, base))
    assert len(offers) > 60
    for offer in offers:
        made = done(document, offer, base, ON)
        shown = form_of(made.document, base, frozenset({made.path}))
        assert [card.rule_id for card in shown.own_cards if card.raw] == [], offer
        if offer.maker in {"fill", "add-entry"}:
            inside = [one for one in shown.fields if one.path[: len(made.path)] == made.path]
            assert inside, offer


@pytest.mark.parametrize(
    ("made", "region", "cases"), [(guangxi, "450000", 600), (wuxi, "320200", 400)]
)
def test_what_is_made_answers_every_resident_as_what_another_wrote_by_hand(
    made: Callable[[], Author], region: str, cases: int
) -> None:
    author = made()
    year = author.document.own["benefit_years"]["from"]
    by_hand = narrowed(WHOLE, region, "resident")
    own = [
        one
        for one in by_hand["programmes"]
        if one["region"] != region or one["benefit_years"]["from"] == year
    ]
    before = book_of({**by_hand, "programmes": own})
    after = book_of(laid_over(author.base, author.document.content, {}))
    assert len(case_set(before, after)) > cases
    assert outcome_changes(before, after) == ()
    author.change("standard", "金额", "401")
    dearer = book_of(laid_over(author.base, author.document.content, {}))
    assert outcome_changes(before, dearer) != ()


def book_of(document: dict[str, Any]) -> RuleBook:
    return RuleBook.open(read_bundle(canonical(document)), "", signed=False)


def test_what_is_told_of_aid_that_is_not_listed_stands_where_it_was_added() -> None:
    sections = {section.key: section for section in guangxi().form.sections}
    assert "aid-not-stated" in {card.rule_id for card in sections["aid"].cards}
    assert sections["tell"].cards == ()
