"""Worked examples that travel with rules: those that ship, and two test bundles.

A test bundle holds its own places only; it inherits the shipped national part.
"""

from pathlib import Path

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.activation import activate
from medcounter.rules.load import join_parts, read_bundle
from tests.support.rules.rule_samples import BUNDLES, SHIPPED

NATIONAL = "national.json"


def parts_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def activated(parts: dict[str, bytes]) -> RuleBook:
    return activate(read_bundle(join_parts(parts)), "", signed=False)


def test_the_shipped_rules_are_proven_and_their_examples_come_out() -> None:
    book = activated(parts_of(SHIPPED))
    shown = {example.facts["region"] for example in book.bundle.examples}
    assert shown >= {region.code for region in book.regions()} - {"000000"}


@pytest.mark.parametrize("name", ["qingdao-2027", "shaanxi-city-2026"])
def test_a_test_bundle_is_proven_and_its_examples_come_out(name: str) -> None:
    national = {NATIONAL: (SHIPPED / NATIONAL).read_bytes()}
    book = activated(parts_of(BUNDLES / name) | national)
    assert {example.facts["benefit_year"] for example in book.bundle.examples} == {int(name[-4:])}


def test_an_invented_figure_says_that_it_is_invented() -> None:
    national = {NATIONAL: (SHIPPED / NATIONAL).read_bytes()}
    book = activated(parts_of(BUNDLES / "qingdao-2027") | national)
    invented = [
        rule
        for programme in book.bundle.programmes
        for rule in programme.rules
        if rule.source == "invented"
    ]
    assert len(invented) > 1
    assert all("虚构" in (rule.doubt or "") for rule in invented)
