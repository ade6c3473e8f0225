"""How long one resident takes, on the rules of a real region.

One answer with its whole derivation, the decision alone, the choices beside
it, and the proof of the bundle at activation.
"""

from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from medcounter.assess import Assessment, Facts, RuleBook, assess, options
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.facts import Event
from medcounter.assess.prove.proof import prove
from tests.support.rules.rule_samples import shipped_book

PARTS = ("national.json", "jiangxi-2025.json", "jiangxi-2026.json", "fuzhou-jiangxi-2025.json")
RESIDENTS = {
    "late": Facts("360000", 2025, date(2025, 3, 5)),
    "lapsed": Facts("360000", 2026, date(2025, 11, 20), insured_years=(2024,)),
    "veteran": Facts(
        "360000",
        2025,
        date(2025, 11, 20),
        categories=("low-income",),
        events=(Event("military-discharge", date(2025, 9, 1)),),
    ),
}


@pytest.fixture(params=RESIDENTS)
def resident(request: pytest.FixtureRequest) -> Facts:
    return RESIDENTS[request.param]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return shipped_book(*PARTS)


def test_one_assessment_with_its_derivation(
    benchmark: BenchmarkFixture, resident: Facts, book: RuleBook
) -> None:
    assert isinstance(benchmark(assess, resident, book), Assessment)


def test_one_decision(benchmark: BenchmarkFixture, resident: Facts, book: RuleBook) -> None:
    assert isinstance(benchmark(decide_facts, resident, book), Decided)


def test_the_options_of_one_resident(
    benchmark: BenchmarkFixture, resident: Facts, book: RuleBook
) -> None:
    assert benchmark(options, resident, book)


def test_the_proof_of_a_bundle(benchmark: BenchmarkFixture, book: RuleBook) -> None:
    assert benchmark(prove, book.bundle) == ()
