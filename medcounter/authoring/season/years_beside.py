"""Put last year's outcome beside this year's, for the same people a year on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.bundle.answer_changes import REFUSED, Outcome, outcome
from medcounter.bundle.moved_years import moved, moved_text
from medcounter.bundle.resident_words import resident_words
from medcounter.bundle.sample_residents import sample_residents

# What a resident asks: whether and what to pay, how long to wait, from when covered.
BESIDE_FIELDS = ("window.kind", "fee.total", "wait.total", "wait.from", "wait.to", "coverage.from")


@dataclass(frozen=True, slots=True)
class YearsBeside:
    """One resident in both years.

    Attributes:
        facts: As of the later year.
        person: Who it is, in Chinese, without the payment day.
        before: The earlier year's outcome, its days moved to the later year.
        now: The later year's.
        changed: Fields in which they differ, of ``BESIDE_FIELDS``; ``refused``
            where only one of the years has an answer.
    """

    facts: Facts
    person: str
    before: Outcome
    now: Outcome
    changed: tuple[str, ...]


def last_years_outcome(facts: Facts, earlier: RuleBook, step: int) -> Outcome:
    """Return what the same resident had so many years earlier, days moved to now.

    Args:
        facts: As of the later year.
        earlier: The rules of the earlier year.
        step: How many years lie between.
    """
    found = outcome(moved(facts, -step), earlier)
    return {
        field: value if value is None else moved_text(value, step) for field, value in found.items()
    }


def changed_fields(before: Outcome, now: Outcome) -> tuple[str, ...]:
    """Name the fields in which two years differ."""
    if REFUSED in before or REFUSED in now:
        return () if before.get(REFUSED) == now.get(REFUSED) else (REFUSED,)
    return tuple(field for field in BESIDE_FIELDS if before.get(field) != now.get(field))


def years_beside(
    earlier: RuleBook, later: RuleBook, place: tuple[str, str], years: tuple[int, int]
) -> tuple[YearsBeside, ...]:
    """List the sample residents of both years, each with both outcomes.

    Args:
        earlier: The rules that hold the earlier year.
        later: Those that hold the later one; may be the same.
        place: Region and scheme.
        years: The earlier and the later benefit year.

    Returns:
        First the later year's residents, then those that only the earlier year's
        rules tell apart.
    """
    return tuple(_rows(earlier, later, place, years))


def _rows(
    earlier: RuleBook, later: RuleBook, place: tuple[str, str], years: tuple[int, int]
) -> Iterator[YearsBeside]:
    step = years[1] - years[0]
    people = dict.fromkeys(one.facts for one in sample_residents(later, *place, years[1]))
    people |= dict.fromkeys(
        moved(one.facts, step) for one in sample_residents(earlier, *place, years[0])
    )
    for facts in people:
        before, now = last_years_outcome(facts, earlier, step), outcome(facts, later)
        person = resident_words(facts, later)
        yield YearsBeside(facts, person, before, now, changed_fields(before, now))
