"""Payment days on which the answer is sure to be of the kind decided.

Whom an identity spares the whole wait waits on none of them, whatever else happens.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule, Held
from medcounter.assess.engine.decision import Decision, left_to_wait
from medcounter.assess.engine.start_day import not_before
from medcounter.assess.engine.stretches import on_stretch
from medcounter.assess.engine.wait import Lengths
from medcounter.dates import ONE_DAY
from medcounter.rules.case import Case

# Cover that moves with the payment, and by which day it has begun.
_WITH_PAYMENT = frozenset({"payment", "day-after-payment"})


class SteadyDays(NamedTuple):
    """Days in a row, both ends inclusive; none where the first is after the last."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Return whether a day is one of them."""
        return isinstance(day, date) and self.first <= day <= self.last


NO_DAYS = SteadyDays(date.max, date.min)


def steady_days(
    compiled: Compiled, decision: Decision, ever: Case, fee_turns: tuple[date, ...]
) -> SteadyDays:
    """Find the days on which a decided person waits as little, for as much money.

    On all of them cover begins with the payment or on the day after, as on the day
    decided, and is there.

    Args:
        compiled: The programme.
        decision: With every rule in its own reading.
        ever: The case with all events that the person ever has.
        fee_turns: The days on which the person's fee or lengths may turn.
    """
    paid = decision.case.paid
    stretch, lengths = on_stretch(compiled, paid), decision.lengths
    floor, ending = stretch.floor, stretch.last_day
    if lengths is None or floor is None or ending is None:
        return NO_DAYS
    if stretch.may_delay or compiled.grows_daily or not lengths.total:
        return NO_DAYS
    held = stretch.by_grounds["exemption"].held_by(ever)
    spared = any(_always_spares(entry, ever, held, lengths) for entry in held.rules)
    if not spared or not all(_begins_with_payment(entry) for entry in held.rules):
        return NO_DAYS
    first = not_before(floor[0], ever, floor[0])
    last = ending - ONE_DAY
    for turns in (compiled.turning_days, fee_turns):
        place = bisect_right(turns, paid)
        first = max(first, turns[place - 1]) if place else first
        last = min(last, turns[place] - ONE_DAY) if place < len(turns) else last
    return SteadyDays(first, last) if first <= paid <= last else NO_DAYS


def _always_spares(entry: CompiledRule, ever: Case, held: Held, lengths: Lengths) -> bool:
    """Return whether a rule spares somebody the whole wait for an identity alone."""
    return (
        entry.test is None
        and not entry.tests
        and not ever.identities.isdisjoint(entry.rule.grounds)
        and not any(entry.name in other.defeats for other in held.rules)
        and not left_to_wait(lengths, entry.plain.answer.waives)
    )


def _begins_with_payment(entry: CompiledRule) -> bool:
    cover = entry.plain.answer.cover
    return cover.anchor in _WITH_PAYMENT and not cover.plus_days
