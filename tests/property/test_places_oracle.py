"""Ordinary residents of every other place, against a second encoding of its rules.

Every payment day of two years with lapses 0 to 6; quick enough to run whole.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import pytest

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.facts import Facts
from tests.oracle.aid import AIDS, Aid, charged
from tests.oracle.jiangxi import ORDER
from tests.oracle.ordinary import PLACES, Place, Told, told
from tests.support.rules.rule_samples import shipped_book

LAPSES = (None, 0, 1, 2, 3, 4, 5, 6)
MANY = 4


def days(where: Place) -> Iterator[date]:
    first, last = date(where.year - 1, 7, 1), date(where.year, 12, 31)
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        if not where.not_asked(day):
            yield day


def engine(where: Place, paid: date, missing: int | None) -> Told:
    """What the engine says, in the oracle's words."""
    insured = None if missing is None else (where.year - 1 - missing,)
    facts = Facts(where.region, where.year, paid, insured_years=insured)
    decided = decide_facts(facts, shipped_book())
    assert isinstance(decided, Decided), decided
    found = decided.decision
    wait, cover = found.wait, found.coverage
    return Told(
        found.window.kind,
        None if found.fee is None or found.fee.total is None else found.fee.total // 100,
        found.lapsed,
        (wait.start, wait.end, wait.total, wait.unit) if wait else None,
        (cover.start, cover.end) if cover else None,
    )


@pytest.mark.parametrize("where", PLACES, ids=lambda where: f"{where.region}-{where.year}")
def test_the_engine_agrees_with_the_second_encoding_of_the_place(where: Place) -> None:
    found = []
    for paid in days(where):
        for missing in LAPSES:
            expected, said = told(where, paid, missing), engine(where, paid, missing)
            if said != expected:
                found.append((paid, missing, said, expected))
        if len(found) >= MANY:
            break
    assert found == []


HOLDERS = [
    frozenset(codes)
    for number in (0, 1, 2)
    for codes in combinations([code for code in ORDER if code != "low-income-margin"], number)
]


@pytest.mark.parametrize("aid", AIDS, ids=lambda aid: f"{aid.region}-{aid.year}")
def test_every_identity_and_pair_pays_what_the_second_encoding_says(aid: Aid) -> None:
    found = []
    for codes in HOLDERS:
        facts = Facts(
            aid.region,
            aid.year,
            aid.paid,
            categories=tuple(code for code in ORDER if code in codes),
        )
        decided = decide_facts(facts, shipped_book())
        assert isinstance(decided, Decided), decided
        fee = decided.decision.fee
        assert fee is not None
        said = (None if fee.total is None else fee.total // 100, decided.decision.category)
        if said != charged(aid, codes):
            found.append((sorted(codes), said, charged(aid, codes)))
    assert found == []


@pytest.mark.parametrize(
    ("birth", "codes", "total"),
    [
        (date(1964, 1, 1), (), 280),
        (date(2015, 1, 1), (), 280),
        (date(1990, 1, 1), (), 400),
        (date(1990, 1, 1), ("severely-disabled",), 280),
    ],
)
def test_guizhous_families_on_the_margin_pay_by_age_or_disability(
    birth: date, codes: tuple[str, ...], total: int
) -> None:
    held = ("low-income-margin", *codes)
    facts = Facts("520000", 2025, date(2024, 10, 10), birth_date=birth, categories=held)
    decided = decide_facts(facts, shipped_book())
    assert isinstance(decided, Decided)
    assert decided.decision.fee is not None
    assert decided.decision.fee.total == total * 100
