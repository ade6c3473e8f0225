"""The engine against a second, independent encoding of Jiangxi's rules.

Every payment day of two years with identities, lapses, newborn ages and
events at their limits. The quick half takes every 67th day beside the days
at which something turns; the full one takes all.
"""

import pytest

from tests.oracle.jiangxi_people import Group, children, disagreements, movers, payers
from tests.support.rules.rule_samples import shipped_book

PARTS = ("national.json", "jiangxi-2025.json", "jiangxi-2026.json", "fuzhou-jiangxi-2025.json")
YEARS = (2025, 2026)
EVERY, SOME = 1, 67


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("group", [payers, children, movers])
def test_the_engine_agrees_with_the_second_encoding(group: Group, year: int) -> None:
    assert disagreements(group(year, SOME), shipped_book(*PARTS)) == []


@pytest.mark.full
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("group", [payers, children, movers])
def test_the_engine_agrees_with_the_second_encoding_on_every_day(group: Group, year: int) -> None:
    assert disagreements(group(year, EVERY), shipped_book(*PARTS)) == []
