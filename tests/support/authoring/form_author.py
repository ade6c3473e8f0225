"""Somebody who writes rules in the form: takes what it offers, fills what is empty."""

import json
from copy import copy
from datetime import date
from functools import cache
from typing import Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_examples
from medcounter.assess.prove.proof import prove
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.changes import typed
from medcounter.authoring.form.form_records import (
    CardOffer,
    FieldState,
    FormField,
    PlaceForm,
    RuleCard,
)
from medcounter.authoring.form.makers.making import done
from medcounter.authoring.form.place_form import form_of
from medcounter.bundle.overlay import laid_over, narrowed
from medcounter.json_path import JsonPath
from medcounter.rules.checking.blanks import unfilled
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.support.authoring.written_places import write_guangxi, write_wuxi
from tools.build_bundle import ROOT

WHOLE = json.loads((ROOT / "resources" / "bundle.json").read_bytes())
ON = date(2026, 11, 30)
# An offer is taken by its letter and Enter; each field ends with Enter.
KEYS_OF_AN_OFFER = 2


def base_of(region: str) -> dict[str, Any]:
    """Return what lies above a place."""
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

    def card_of(self, path: JsonPath) -> RuleCard:
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
        bundle = read_bundle(canonical(laid_over(self.base, part, self.document.vocabulary)))
        book = RuleBook.open(bundle, "", signed=False)
        return [fault.text for fault in (*prove(bundle), *run_examples(book))]


@cache
def made_guangxi() -> Author:
    author = Author("450000", "广西壮族自治区", 2025)
    write_guangxi(author)
    return author


def guangxi() -> Author:
    """Return whoever wrote Guangxi 2025 from its announcement."""
    return copy(made_guangxi())


@cache
def made_wuxi() -> Author:
    author = Author("320200", "江苏省无锡市", 2026)
    write_wuxi(author)
    return author


def wuxi() -> Author:
    """Return whoever wrote Wuxi 2026 from its announcement."""
    return copy(made_wuxi())
