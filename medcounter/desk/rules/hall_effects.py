"""What rules of a hall change: the answers of their place, and issued notices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.bundle.hall.hall_state import place_of
from medcounter.rules.inherit import lineage
from medcounter.strict_json import read_strict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcounter.assess.engine.rule_book import RuleBook
    from medcounter.bundle.hall.hall_bundle import HallBundle
    from medcounter.samples.answer_changes import OutcomeChange


def differing_notices(
    issued: Iterable[tuple[str, date, bytes]],
    hall: HallBundle,
    books: tuple[RuleBook, RuleBook],
) -> tuple[tuple[str, date], ...]:
    """List valid notices since the rules' first day that would come out otherwise.

    Args:
        issued: Number, day and stored facts of each valid notice since then.
        hall: The rules.
        books: Without them, and with them.

    Returns:
        Number and day of issue of each, in order.
    """
    region, _, _ = place_of(hall)
    found = []
    for number, day, stored in issued:
        facts = _object(stored)
        if region in lineage(str(facts.get("region"))):
            old, new = (_outcome(facts, book) for book in books)
            if old != new:
                found.append((number, day))
    return tuple(found)


def changes_between(old: RuleBook, new: RuleBook) -> tuple[OutcomeChange, ...]:
    """List the answers of sample residents that come out otherwise."""
    from medcounter.samples.answer_changes import outcome_changes  # noqa: PLC0415 - see above

    return outcome_changes(old, new)


def changes_at(hall: HallBundle, old: RuleBook, new: RuleBook) -> tuple[OutcomeChange, ...]:
    """List the answers at the place of some rules that come out otherwise."""
    from medcounter.samples.answer_changes import outcome_changes  # noqa: PLC0415 - as above

    region, *told = place_of(hall)

    def concerns(place: str, scheme: str, year: int) -> bool:
        return region in lineage(place) and [scheme, year] == told

    return outcome_changes(old, new, concerns)


def _object(stored: bytes) -> dict[str, Any]:
    read = read_strict(stored)
    return read if isinstance(read, dict) else {}


def _outcome(facts: dict[str, Any], book: RuleBook) -> dict[str, str | None] | None:
    """Return what a notice's facts come to; None where they are refused."""
    from medcounter.samples.answer_changes import outcome  # noqa: PLC0415 - as above

    read = read_facts(facts, book, strays_pass=True)
    return outcome(read, book) if isinstance(read, Facts) else None
