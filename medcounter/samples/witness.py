"""Solve a rule's condition: facts for which it holds, one set for each way.

Only proposes; whoever asks tries each proposal with the engine and keeps what
really makes the rule stand. A condition not known here proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import singledispatch
from itertools import islice

from medcounter.dates import ONE_DAY, add_years
from medcounter.rules import event_conditions as event
from medcounter.rules import payment_conditions as payment
from medcounter.rules import person_conditions as person
from medcounter.rules.case import BIRTH, AnswerValue
from medcounter.rules.conditions import All, AnyOf, Not
from medcounter.rules.event_conditions import last_day_of
from medcounter.rules.predicate import Predicate
from medcounter.rules.values import Span, answer_in, resolve_day

_MOST = 24
_OTHER_TEXT = "另一种回答"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What must be said of a resident; None and empty leave it open.

    Attributes:
        paid: Day of payment.
        birth: Day of birth.
        identities: Codes held.
        events: Kind to its day.
        answers: Code to the answer.
        lapsed: Lapsed years in a row.
        repair: Years offered for repair.
        missing_back: How many years before the benefit year nothing was paid.
    """

    paid: date | None = None
    birth: date | None = None
    identities: frozenset[str] = frozenset()
    events: tuple[tuple[str, date], ...] = ()
    answers: tuple[tuple[str, AnswerValue], ...] = ()
    lapsed: int | None = None
    repair: int | None = None
    missing_back: int | None = None

    def joined(self, other: Proposal) -> Proposal:
        """Return both together; where they differ, this one's word stands."""
        return Proposal(
            self.paid or other.paid,
            self.birth or other.birth,
            self.identities | other.identities,
            tuple({**dict(other.events), **dict(self.events)}.items()),
            tuple({**dict(other.answers), **dict(self.answers)}.items()),
            other.lapsed if self.lapsed is None else self.lapsed,
            other.repair if self.repair is None else self.repair,
            other.missing_back if self.missing_back is None else self.missing_back,
        )


@dataclass(frozen=True, slots=True)
class WantedTruth:
    """The truth wanted of a condition, and the day and year it is asked for."""

    paid: date
    year: int
    holds: bool = True

    def otherwise(self) -> WantedTruth:
        """Want the other truth."""
        return replace(self, holds=not self.holds)


def proposals(when: Predicate | None, wanted: WantedTruth) -> list[Proposal]:
    """List facts that give a condition the truth wanted; at most a few dozen."""
    found = [] if when is None else list(islice(_solve(when, wanted), _MOST))
    return found or [Proposal()]


def _joined(parts: Iterable[Predicate], wanted: WantedTruth) -> Iterator[Proposal]:
    whole = [Proposal()]
    # Days of payment first: ages and spans are counted from the day that they fix.
    for part in sorted(parts, key=lambda one: not isinstance(one, payment.Paid)):
        whole = [
            one.joined(other)
            for one in whole
            for other in proposals(part, replace(wanted, paid=one.paid or wanted.paid))
        ][:_MOST]
    yield from whole


@singledispatch
def _solve(when: Predicate, wanted: WantedTruth) -> Iterator[Proposal]:
    del when, wanted
    yield Proposal()


@_solve.register
def _all(when: All, wanted: WantedTruth) -> Iterator[Proposal]:
    if wanted.holds:
        yield from _joined(when.of, wanted)
        return
    for part in when.of:
        yield from proposals(part, wanted)


@_solve.register
def _any(when: AnyOf, wanted: WantedTruth) -> Iterator[Proposal]:
    if not wanted.holds:
        yield from _joined(when.of, wanted)
        return
    for part in when.of:
        yield from proposals(part, wanted)


@_solve.register
def _not(when: Not, wanted: WantedTruth) -> Iterator[Proposal]:
    yield from proposals(when.of, wanted.otherwise())


@_solve.register
def _paid(when: payment.Paid, wanted: WantedTruth) -> Iterator[Proposal]:
    start, end = when.interval(wanted.year)
    if wanted.holds:
        inside = (start or date.min) <= wanted.paid <= (end or date.max)
        days = [wanted.paid] if inside else [start, end]
    else:
        days = [start and start - ONE_DAY, end and end + ONE_DAY]
    yield from (Proposal(paid=day) for day in days if day is not None)


@_solve.register
def _day_of_month(when: payment.DayOfMonth, wanted: WantedTruth) -> Iterator[Proposal]:
    for offset in range(31):
        day = wanted.paid + timedelta(days=offset)
        if (when.low <= day.day <= when.high) is wanted.holds:
            yield Proposal(paid=day)
            return


@_solve.register
def _lapsed(when: payment.Lapsed, wanted: WantedTruth) -> Iterator[Proposal]:
    yield from (Proposal(lapsed=number) for number in _whole(when.low, when.high, wanted))


@_solve.register
def _repaired(when: payment.Repaired, wanted: WantedTruth) -> Iterator[Proposal]:
    for number in _whole(when.low, when.high, wanted):
        yield Proposal(repair=number, lapsed=number or None)


@_solve.register
def _identity(when: person.Identity, wanted: WantedTruth) -> Iterator[Proposal]:
    if wanted.holds:
        yield from (Proposal(identities=frozenset({code})) for code in when.any_of)


@_solve.register
def _happened(when: event.Happened, wanted: WantedTruth) -> Iterator[Proposal]:
    start, end = when.interval(wanted.year)
    if not wanted.holds:
        days = [start and start - ONE_DAY, end and end + ONE_DAY]
        yield Proposal()
    else:
        days = [min(wanted.paid, end) if end else wanted.paid, start]
    for day in days:
        if day is not None and day <= wanted.paid:
            yield _on_day(when.kind, day)


@_solve.register
def _elapsed(when: event.Elapsed, wanted: WantedTruth) -> Iterator[Proposal]:
    limits = [span for span in (when.more_than, when.within) if span is not None]
    days = {wanted.paid}
    for span in limits:
        begin = _begin(wanted.paid, span, when.day_one or 0)
        days |= {begin - ONE_DAY, begin, begin + ONE_DAY, begin + (wanted.paid - begin) // 2}
    for day in sorted(days, reverse=True):
        if day <= wanted.paid and _within(when, day, wanted.paid) is wanted.holds:
            yield from (_on_day(name, day) for name in when.names)


def _on_day(name: str, day: date) -> Proposal:
    """Let a resident be born on a day, something happen, or a date be answered."""
    if name == BIRTH:
        return Proposal(birth=day)
    code = answer_in(name)
    if code is None:
        return Proposal(events=((name, day),))
    return Proposal(answers=((code, day.isoformat()),))


def _begin(paid: date, span: Span, day_one: int) -> date:
    """Find a day whose span ends on the payment day, or as near as there is."""
    if span.days is not None:
        return paid - timedelta(days=span.days - day_one)
    years, months = divmod(span.months or 0, 12)
    month = paid.month - months
    near = add_years(paid, -years - (span.years or 0) - (month <= 0))
    return near.replace(day=min(near.day, 28), month=month + 12 * (month <= 0))


def _within(when: event.Elapsed, begin: date, paid: date) -> bool:
    day_one = when.day_one or 0
    if when.more_than and paid <= last_day_of(begin, *when.more_than.length, day_one):
        return False
    return not when.within or paid <= last_day_of(begin, *when.within.length, day_one)


@_solve.register
def _born(when: person.Born, wanted: WantedTruth) -> Iterator[Proposal]:
    inside = [when.start, when.end]
    beyond = [when.start and when.start - ONE_DAY, when.end and when.end + ONE_DAY]
    yield from (
        Proposal(birth=day) for day in (inside if wanted.holds else beyond) if day is not None
    )


@_solve.register
def _birth_year(when: person.BirthYear, wanted: WantedTruth) -> Iterator[Proposal]:
    for back in _whole(when.low, when.high, wanted):
        born = date(wanted.year - back, 6, 30)
        yield Proposal(birth=born if born <= wanted.paid else date(wanted.year - back, 1, 1))


@_solve.register
def _age(when: person.Age, wanted: WantedTruth) -> Iterator[Proposal]:
    on = wanted.paid if when.on == "payment" else resolve_day(when.on, wanted.year)
    for age in _whole(when.low, when.high, wanted):
        yield Proposal(birth=min(add_years(on, -age) - timedelta(days=100), wanted.paid))


@_solve.register
def _insured(when: payment.Insured, wanted: WantedTruth) -> Iterator[Proposal]:
    if when.value is not wanted.holds:
        yield Proposal(missing_back=when.years_back)


@_solve.register
def _answered(when: payment.Answered, wanted: WantedTruth) -> Iterator[Proposal]:
    values: list[AnswerValue]
    if when.value is None:
        values = list(_whole(when.low, when.high, wanted))
    elif wanted.holds:
        values = [when.value]
    elif isinstance(when.value, bool):
        values = [not when.value]
    else:
        values = [when.value + 1] if isinstance(when.value, int) else [_OTHER_TEXT]
    yield from (Proposal(answers=((when.code, value),)) for value in values)


def _whole(low: int | None, high: int | None, wanted: WantedTruth) -> list[int]:
    """List numbers at the ends of a range, or just outside it."""
    if wanted.holds:
        first = low or 0
        return list(dict.fromkeys([first, first + 1 if high is None else high]))
    outside = [low - 1] if low else []
    return outside + ([high + 1] if high is not None else [])
