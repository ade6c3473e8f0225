"""Days on which some rule turns, for everybody or for one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from medcounter.dates import ONE_DAY, add_years
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.conditions import Condition
from medcounter.rules.event_conditions import last_day_of
from medcounter.rules.fees.answer_reach import cuts_in
from medcounter.rules.inherit import Resolved
from medcounter.rules.questions import Rule
from medcounter.rules.values import resolve_day


class TurningDays(NamedTuple):
    """Where some rules of a programme turn.

    Attributes:
        days: Payment days on which one does whoever pays, rising; the first and no later
            than the last that the rules speak of.
        last: The last day that they speak of.
        spans: For ``birth`` or an event kind: the distances whose last day
            is a limit, as in ``Breakpoints``.
        ages: Full years of age, on the payment day, that are a limit.
    """

    days: tuple[date, ...]
    last: date
    spans: dict[str, set[tuple[str, int, int]]]
    ages: tuple[int, ...]

    @classmethod
    def of_rules(cls, rules: Iterable[Rule], resolved: Resolved) -> TurningDays:
        """Gather those of some rules of a programme."""
        year, first, last = resolved.benefit_year, resolved.first_day, resolved.last_day
        cuts = Breakpoints().merged(_used_cuts(rule, year) for rule in rules)
        inside = {day for day in cuts.days if first < day <= last}
        ages = tuple(sorted(age for on, age in cuts.ages if on == "payment"))
        return cls(tuple(sorted({first, *inside})), last, cuts.spans, ages)

    def of_case(self, case: Case) -> tuple[date, ...]:
        """List them for a person as known on the payment day."""
        return self.of_person(case.birth, case.events.items())

    def of_person(self, birth: date | None, events: Iterable[tuple[str, date]]) -> tuple[date, ...]:
        """List them and those of a person's birth and events, rising."""
        begun = [(kind, since) for kind, since in events if kind in self.spans]
        if birth is None and not begun:
            return self.days
        own = []
        if birth is not None:
            own += [add_years(birth, age) for age in self.ages]
            if BIRTH in self.spans:
                begun.append((BIRTH, birth))
        for kind, since in begun:
            own.append(since)
            for unit, number, day_one in self.spans[kind]:
                own.append(last_day_of(since, unit, number, day_one) + ONE_DAY)
        first, last = self.days[0], self.last
        return tuple(sorted({*self.days, *[day for day in own if first <= day <= last]}))

    def ends_on_payment(self, case: Case) -> bool:
        """Return whether the payment falls on the last day of some span."""
        begun = [*case.events.items()]
        if case.birth is not None:
            begun.append((BIRTH, case.birth))
        return any(
            last_day_of(since, unit, number, day_one) == case.paid
            for kind, since in begun
            for unit, number, day_one in self.spans.get(kind, ())
            if number
        )


def _used_cuts(rule: Rule, benefit_year: int) -> Breakpoints:
    """Name where a decision may turn: only an unsettled rule is read otherwise.

    A ground that no condition names turns it all the same, on its own day.
    """
    grounds = Breakpoints(spans={ground: set() for ground in rule.grounds})
    if rule.status == "unsettled":
        return grounds.merged([rule_breakpoints(rule, benefit_year)])
    own = rule_breakpoints(rule, benefit_year, 0)
    return grounds.merged([own, cuts_in(rule.answer, benefit_year)])


def rule_breakpoints(rule: Rule, benefit_year: int, reading: int | None = None) -> Breakpoints:
    """Name where a rule may begin or end to hold.

    Args:
        rule: The rule.
        benefit_year: The year insured.
        reading: One reading; None gathers the limits of them all, and those
            of their answers.
    """
    conditions = conditions_of(rule) if reading is None else [rule.when_in(reading)]
    cuts = Breakpoints().merged(when.cuts(benefit_year) for when in conditions if when is not None)
    if reading is None:
        cuts = cuts.merged(cuts_in(answer, benefit_year) for answer in answers_of(rule))
    if rule.valid is None:
        return cuts
    first = resolve_day(rule.valid.start, benefit_year)
    after = resolve_day(rule.valid.end, benefit_year) + ONE_DAY
    return cuts.merged([Breakpoints(days={first, after})])


def conditions_of(rule: Rule) -> list[Condition]:
    """List a rule's condition and those of its other readings."""
    conditions = (rule.when, *(reading.when for reading in rule.readings))
    return [when for when in conditions if when is not None]


def answers_of(rule: Rule) -> list[object]:
    """List a rule's answer and those of its other readings."""
    return [rule.answer_in(number) for number in range(len(rule.readings) + 1)]
