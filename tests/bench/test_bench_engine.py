"""How long one resident takes, on the rules of a real region.

One answer with its whole derivation, the decision alone, the choices beside
it, and the proof of the bundle at activation.
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from medcounter.assess import Assessment, Facts, RuleBook, assess, options
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.facts import Event
from medcounter.assess.prove.known_proofs import KnownProofs
from medcounter.assess.prove.proof import prove
from tests.bench.report import Taken, tell
from tests.support.rules.rule_samples import shipped_book

PARTS = ("national.json", "jiangxi-2025.json", "jiangxi-2026.json", "fuzhou-jiangxi-2025.json")
# At least so many places, and at most so many milliseconds of processor time.
PLACES, COUNTRY = 60, 30_000
# At most so many milliseconds of processor time in the middle, and how often it is tried.
ONE_PLACE, CHECKS = 1_000, 5
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


def test_the_country_is_proven_in_seconds_and_unchanged_rules_not_again(
    request: pytest.FixtureRequest,
) -> None:
    bundle = shipped_book().bundle
    places = len({head.region for head in bundle.heads})
    first, again = Taken.none(), Taken.none()
    known = KnownProofs("bench", {})
    assert first.add(lambda: prove(bundle, known)) == ()
    assert again.add(lambda: prove(bundle, KnownProofs("bench", known.needed))) == ()
    tell(
        request,
        f"{places} places proven: {first.work[0]:.0f} ms of work, again {again.work[0]:.0f}",
    )
    assert places >= PLACES
    assert first.work[0] < COUNTRY
    assert again.work[0] < first.work[0] / 2


def test_the_check_of_a_changed_place_takes_a_second_with_the_programs_start(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    root = Path(__file__).resolve().parents[2]
    place = shutil.copytree(root / "docs" / "examples" / "yunxi", tmp_path / "yunxi")
    part = place / "yunxi-2027.json"
    written = part.read_text(encoding="utf-8")
    taken = []
    for number in range(CHECKS + 1):
        clause = f'"clause": "{number + 1}"'
        part.write_text(re.sub(r'"clause": "[^"]*"', clause, written, count=1), encoding="utf-8")
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "medcounter", "bundle", "check", str(place)],
            cwd=root,
            env={**os.environ, "MEDCOUNTER_CACHE_DIR": str(tmp_path / "cache")},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        after = getrusage(RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    first, *later = (seconds * 1000 for seconds in taken)
    tell(request, f"one place checked: {first:.0f} ms of work, changed {median(later):.0f}")
    assert median(later) < ONE_PLACE
