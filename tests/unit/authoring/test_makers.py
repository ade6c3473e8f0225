"""Whole cards are made from what a notice says, and the rules they make answer as it does.

The figures are those of the notices as the policy evidence gives them, not of the shipped rules.
"""

import json
from collections.abc import Iterator
from copy import copy
from datetime import date
from functools import cache
from typing import Any

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_examples
from medcounter.assess.prove.proof import prove
from medcounter.authoring.document.document_path import Path
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.changes import typed
from medcounter.authoring.form.form_records import (
    CardOffer,
    FieldGroup,
    FieldState,
    FormField,
    PlaceForm,
    RuleCard,
)
from medcounter.authoring.form.makers.making import NoSuchMakerError, done, maker_names
from medcounter.authoring.form.makers.section_offers import offered
from medcounter.authoring.form.place_form import form_of
from medcounter.bundle.overlay import both, narrowed
from medcounter.rules.authoring.blanks import unfilled
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tools.build_bundle import ROOT

WHOLE = json.loads((ROOT / "resources" / "bundle.json").read_bytes())
ON = date(2026, 11, 30)
# An offer is taken by its letter and Enter; each field ends with Enter.
KEYS_OF_AN_OFFER = 2


def base_of(region: str) -> dict[str, Any]:
    above = narrowed(WHOLE, region, "resident")
    own = [one for one in above["programmes"] if one["region"] != region]
    return {**above, "programmes": own}


class Author:
    """Takes what the form offers, and types into each field that is still empty."""

    def __init__(self, region: str, name: str, year: int) -> None:
        self.base = base_of(region)
        programme = {
            "id": f"{region}-resident-{year}",
            "region": region,
            "scheme": "resident",
            "benefit_years": {"from": year, "to": year},
            "payment_days": {"from": "B-1:01-01", "to": "B+1:12-31"},
            "rules": [],
        }
        part = {
            "regions": [{"code": region, "name": name}],
            "sources": [],
            "programmes": [programme],
            "examples": [],
        }
        self.document = PlaceDocument(b"", part)
        self.keys = 0

    @property
    def form(self) -> PlaceForm:
        return form_of(self.document, self.base)

    @property
    def empty(self) -> list[FormField]:
        return [
            field
            for field in self.form.fields
            if field.state is FieldState.EMPTY and not field.optional
        ]

    def make(self, maker: str, *texts: str, at: str = "") -> None:
        """Take an offer and type what it leaves empty, in the order shown."""
        before = {field.path for field in self.empty}
        place = next((card.path for card in self.form.cards if card.rule_id == at), ())
        made = done(self.document, CardOffer(maker, "", place), self.base, ON)
        self.document, self.keys = made.document, self.keys + KEYS_OF_AN_OFFER
        card = self.card_of(made.path)
        for text in texts:
            field = next(one for one in self.empty if one.path[: len(card.path)] == card.path)
            self.type(field, text)
        assert {field.path for field in self.empty} <= before, [one.label for one in self.empty]

    def card_of(self, path: Path) -> RuleCard:
        """Return the card in which a path lies."""
        holding = (one for one in self.form.own_cards if path[: len(one.path)] == one.path)
        return max(holding, key=lambda one: len(one.path))

    def item(self, rule: str, label: str, amount: str) -> None:
        """Add one part of a fee."""
        card = next(one for one in self.form.own_cards if one.rule_id == rule)
        offer = CardOffer("add-entry", "", (*card.path, "answer", "items"))
        self.document = done(self.document, offer, self.base, ON).document
        for text in (label, amount):
            self.type(self.empty[0], text)

    def change(self, rule: str, label: str, text: str) -> None:
        """Type into a field that is already filled."""
        card = next(one for one in self.form.cards if one.rule_id == rule)
        self.type(next(one for one in card.fields if one.label == label), text)

    def type(self, field: FormField, text: str) -> None:
        self.document = typed(self.document, field.path, text, self.base)
        self.keys += len(text) + 1

    def faults(self, expected: list[dict[str, Any]]) -> list[str]:
        """Prove the rules and work out what is expected of them; empty where all is well."""
        own = self.document.own
        examples = [
            {
                "id": f"case-{number}",
                "facts": {
                    "region": own["region"],
                    "benefit_year": own["benefit_years"]["from"],
                    **case["facts"],
                },
                "expect": case["expect"],
                "basis": "derived",
                "source": self.document.content["sources"][0]["id"],
            }
            for number, case in enumerate(expected)
        ]
        part = {**self.document.content, "examples": examples}
        assert list(unfilled(part)) == []
        bundle = read_bundle(canonical(both(self.base, part, self.document.vocabulary)))
        book = RuleBook.open(bundle, "", signed=False)
        return [fault.text for fault in (*prove(bundle), *run_examples(book))]


def case(paid: str, expect: dict[str, Any], **facts: object) -> dict[str, Any]:
    return {"facts": {"payment_date": paid, **facts}, "expect": expect}


@cache
def made_guangxi() -> Author:
    author = Author("450000", "广西壮族自治区", 2025)
    author.make("source", "广西2025年度居民医保致居民的一封信", "广西医疗保障局", "20241222")
    author.make("main-period", "0901", "1231", "二")
    author.make("late-period", "0630")
    author.make("standard", "400", "三")
    author.make("subsidy", "670")
    author.make("full-price-period", "1231")
    author.make("newborn", "3个月", "四")
    author.make("newborn-later", "缴费次月1日")
    author.make("except-newborns", at="standard-full-cost")
    author.make("wait-start", "缴费当日", "五")
    author.make("aid-not-stated", "六")
    return author


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


def guangxi() -> Author:
    return copy(made_guangxi())


@cache
def made_wuxi() -> Author:
    author = Author("320200", "江苏省无锡市", 2026)
    author.make("source", "无锡市2026年度居民医保缴费通知", "无锡市医疗保障局", "？")
    author.make("main-period", "0901", "1231", "一")
    author.make("late-period", "1231")
    author.make("standard", "780", "二")
    author.item("standard", "长期护理保险", "30")
    author.make("standard-from-age", "当年1月1日", "60", "540")
    author.item("standard-elderly", "长期护理保险", "30")
    author.make("standard-to-age", "当年1月1日", "17", "380")
    author.make("standard-of-identity", "大学生", "290")
    author.make("subsidy", "？")
    author.make("fixed-wait", "2", "三")
    author.change("fixed-wait-local", "单位", "整月")
    author.make("wait-start", "缴费当日")
    author.make("newborn", "90天", "四")
    author.make(
        "exempt-events", "职工医保中断、户口迁入、服刑期满释放、退出现役、大学生毕业返乡", "90天",
        "情形发生当日", "四",
    )  # fmt: skip
    author.make(
        "drop-inherited", "四", "通知写明了不设等待期的情形。", at="fixed-wait-special-groups"
    )
    author.make("cover-main", "1月1日", "五")
    author.make("aid-not-stated", "六")
    return author


def wuxi() -> Author:
    return copy(made_wuxi())


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


def test_a_day_that_the_notice_leaves_out_is_the_usual_one_with_its_doubt() -> None:
    author = Author("320200", "江苏省无锡市", 2026)
    author.make("source", "无锡市2026年度居民医保缴费通知", "无锡市医疗保障局", "？")
    author.make("main-period", "来源没有写", "1231", "一")
    main = author.document.own["rules"][0]
    assert main["when"] == {"test": "paid", "from": "B-1:09-01", "to": "2025-12-31"}
    assert (main["status"], main["concerns"]) == ("assumed", ["window.from"])
    assert main["doubt"] == "来源没有写这个时段从哪天开始，按 9 月 1 日算。"
    author.make("late-period", "来源没有写")
    assert author.document.own["rules"][1]["when"]["to"] == "B:12-31"
    author.change("main", "从", "2025-10-01")
    stated = author.document.own["rules"][0]
    assert (stated["status"], stated.get("doubt"), stated.get("concerns")) == (
        "confirmed",
        None,
        None,
    )


def test_what_the_notice_leaves_to_the_nation_is_read_as_the_nation_reads_it() -> None:
    author = guangxi()
    before = next(one for one in author.document.own["rules"] if one["id"] == "wait-start-local")
    assert before["status"] == "confirmed"
    author.change("wait-start-local", "哪一天", "来源没有写")
    told = next(one for one in author.document.own["rules"] if one["id"] == "wait-start-local")
    nation = next(one for one in WHOLE["programmes"] if one["id"] == "national-resident")
    above = next(one for one in nation["rules"] if one["id"] == "wait-start")
    for key in ("answer", "status", "doubt", "readings"):
        assert told[key] == above[key]
    author.change("wait-start-local", "哪一天", "缴费次日")
    again = next(one for one in author.document.own["rules"] if one["id"] == "wait-start-local")
    assert again["answer"] == {"anchor": "day-after-payment"}
    assert (again["status"], "doubt" in again, "readings" in again) == ("confirmed", False, False)


def test_whose_age_counts_on_an_unstated_day_is_read_by_the_new_year() -> None:
    author = guangxi()
    author.make("standard-from-age", "来源没有写", "60", "350")
    elderly = next(one for one in author.document.own["rules"] if one["id"] == "standard-elderly")
    assert elderly["when"] == {"test": "age", "on": "B:01-01", "from": 60}
    assert elderly["status"] == "assumed"


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
