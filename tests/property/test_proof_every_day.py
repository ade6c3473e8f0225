"""The proof refuses a bundle exactly where trying every day finds a hole in it.

The bundles are random; what tries them all is tests/support/rules/every_day.py, which knows
nothing of the program.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.assess.prove.proof import prove_years
from medcounter.assess.prove.question_proof import QuestionProof
from medcounter.assess.prove.rule_formulas import ProgrammeAtoms
from medcounter.rules.load import read_bundle
from tests.support.rules.every_day import Asked, Holes, holes
from tests.support.rules.own_conditions import NUMBER
from tests.support.rules.proof_bundles import PLACE, Tried, random_bundle

SHORT, LONG, CHUNK = range(25, 50), 10_000, 500


def tried_on_every_day(tried: Tried) -> Holes:
    """The holes that going through all days finds."""
    first, last = (NUMBER[day.year, day.month, day.day] for day in (tried.first, tried.last))
    newer = tried.document["format"] > 1
    asked = Asked(tried.rules, tried.question, tried.year, newer)
    return holes(asked, range(first, last + 1))


def proved(tried: Tried) -> tuple[Holes, bool]:
    """The holes that the proof finds, and whether it refuses the bundle."""
    bundle = read_bundle(json.dumps(tried.document).encode())
    book = RuleBook.open(bundle, "", signed=False)
    compiled = book.programme(PLACE, "resident", tried.year)
    assert compiled is not None
    proof = QuestionProof(
        ProgrammeAtoms(compiled, book.names.events, {}), PaymentDays(compiled), tried.question
    )
    met = [set(meeting.standing) for meeting in proof.meetings() if meeting]
    pairs = frozenset(
        frozenset({one, other}) for names in met for one in names for other in names if one < other
    )
    found = Holes(set() in met, pairs, frozenset(name for name in proof.standing() if name))
    return found, any(year.proof.findings for year in prove_years(bundle))


def held_against(seeds: range) -> Counter[str]:
    """Hold the proof against every day; count what was tried."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        tried = random_bundle(seed)
        expected = tried_on_every_day(tried)
        found, refused = proved(tried)
        assert found == expected, (seed, tried.question)
        window_open = tried.question == "window" or not _window_at_fault(tried)
        if window_open:
            assert refused is (expected.gap or bool(expected.meeting)), seed
        counts["bundles"] += 1
        counts["with a hole"] += expected.gap or bool(expected.meeting)
        counts["with a dead rule"] += len(expected.standing) < len(_tried_rules(tried))
    return counts


def _tried_rules(tried: Tried) -> list[str]:
    return [rule["id"] for rule in tried.rules if rule["question"] == tried.question]


def _window_at_fault(tried: Tried) -> bool:
    found = tried_on_every_day(tried._replace(question="window"))
    return found.gap or bool(found.meeting)


def test_the_proof_finds_what_trying_every_day_finds() -> None:
    counts = held_against(SHORT)
    # Neither side may be so rare that agreeing would say nothing.
    assert 5 < counts["with a hole"] < 20
    assert counts["with a dead rule"] > 0


@pytest.mark.full
@pytest.mark.parametrize("start", range(0, LONG, CHUNK))
def test_the_proof_finds_what_trying_every_day_finds_in_many_bundles(
    start: int,
) -> None:
    counts = held_against(range(start, start + CHUNK))
    shown = ", ".join(f"{count} {name}" for name, count in counts.items())
    # A worker's own output is not shown; its standard error is.
    if sys.__stderr__ is not None:
        sys.__stderr__.write(f"from {start}: {shown}\n")
    assert CHUNK // 5 < counts["with a hole"] < CHUNK * 4 // 5
