"""Build the residents worth showing for a place: all that its rules tell apart.

Every age band, tier, optional part, identity, newborn, event and lapse that the
rules ask for, paying in every period; and for each rule that none of them meets,
a resident made from its own condition. All have what the rules need, so that
nobody is refused for a missing answer. Pure: the same rules give the same people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, product

from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Event, Facts
from medcounter.dates import ONE_DAY, add_months, add_years
from medcounter.rules.case import BIRTH, AnswerValue
from medcounter.rules.vocabulary import NEWBORN, ORDINARY
from medcounter.samples.resident_words import case_words, resident_words
from medcounter.samples.rule_residents import unmet
from medcounter.samples.sampled_place import (
    LONG_AGO,
    SampledPlace,
    asked_answers,
    dated_names,
    dated_on,
    event_day,
    sampled_place,
)

_MOST_ANSWERS = 48
_LAPSES = 3


@dataclass(frozen=True, slots=True)
class SampleResident:
    """A made-up resident and the period in which the payment is made.

    Attributes:
        facts: What the rules are asked.
        person: Who it is, in Chinese, without the payment day.
        period: Label of the period the payment day lies in.
        text: Who it is and when the payment is made.
    """

    facts: Facts
    person: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of payment days on which the same rules answer.

    Attributes:
        day: One in its middle.
        last: Its last.
    """

    day: date
    last: date


def sample_residents(
    book: RuleBook, region: str, scheme: str, benefit_year: int
) -> tuple[SampleResident, ...]:
    """List the residents worth showing for one place, each once.

    Returns:
        In the order: age bands with every combination of answers, identities,
        events, lapses, then those made for single rules; each in every period.
        Empty where the rules do not cover the place.
    """
    steps = resident_steps(book, region, scheme, benefit_year)
    return tuple(one for one in steps if one is not None)


def resident_steps(
    book: RuleBook, region: str, scheme: str, benefit_year: int
) -> Iterator[SampleResident | None]:
    """Yield the same residents one by one, for whoever has other work between.

    None after a bit of work that found nobody.
    """
    compiled = book.programme(region, scheme, benefit_year)
    if compiled is None:
        return
    place = sampled_place(book, compiled, region)
    periods: list[_Period] = []
    for found in _periods(place):
        yield None
        periods = found
    days = _one_a_window_first(place, periods)
    cases: set[Facts] = set()
    met: set[str] = set()
    for period in periods:
        for facts in (*_people(place, period.day), *_at_the_end(place, period)):
            if facts not in cases:
                decision = place.decided(facts)
                cases.add(facts)
                met |= {verdict.name for verdict in decision.verdicts} if decision else set()
                yield _described(place, facts, decision)
    for one in unmet(place, days, met):
        if one is None or one[0] in cases:
            yield None
        else:
            cases.add(one[0])
            yield _described(place, *one)


def covered_residents(book: RuleBook) -> Iterator[SampleResident]:
    """Yield the sample residents of every place, scheme and year of a bundle."""
    for region in book.regions():
        for one in region.covered:
            yield from sample_residents(book, region.code, one.scheme, one.benefit_year)


def _described(place: SampledPlace, facts: Facts, decision: Decision | None) -> SampleResident:
    period = decision.window.label if decision else ""
    return SampleResident(
        facts, resident_words(facts, place.book), period, case_words(facts, place.book, period)
    )


def _periods(place: SampledPlace) -> Iterator[list[_Period]]:
    """Choose the stretches of days in which other rules answer, bit by bit.

    The last list yielded has them all. Stretches in which a plain, a lapsed and a newborn
    resident meet the same rules count as one; so closed days of every month make no
    period each.
    """
    turns = place.compiled.turning_days
    ends = [*(turn - ONE_DAY for turn in turns[1:]), place.compiled.resolved.last_day]
    chosen: dict[tuple[object, ...], _Period] = {}
    for first, last in zip(turns, ends, strict=True):
        day = first + (last - first) // 2
        plain = place.plain_on(day)
        lapsed = replace(plain, insured_years=())
        newborn = replace(plain, birth_date=day - timedelta(days=10))
        found = tuple(_rules_met(place.decided(probe)) for probe in (plain, lapsed, newborn))
        chosen.setdefault(found, _Period(day, last))
        yield sorted(chosen.values(), key=lambda period: period.day)


def _one_a_window_first(place: SampledPlace, periods: list[_Period]) -> list[date]:
    """List the periods' days, those first that stand for a window of their own."""
    first: dict[str, date] = {}
    for period in periods:
        decision = place.decided(place.plain_on(period.day))
        first.setdefault(decision.window.label if decision else "", period.day)
    others = [period.day for period in periods if period.day not in first.values()]
    return [*first.values(), *others]


def _at_the_end(place: SampledPlace, period: _Period) -> Iterator[Facts]:
    """Yield who pays on a period's last day, whose wait may cross the year."""
    last = place.plain_on(period.last)
    yield last
    yield replace(last, insured_years=())


def _rules_met(decision: Decision | None) -> tuple[str, ...]:
    return tuple(verdict.name for verdict in decision.verdicts) if decision else ()


def _people(place: SampledPlace, day: date) -> Iterator[Facts]:
    """Yield everybody who pays on a day; where it is closed, only who yet may."""
    base = place.plain_on(day)
    decision = place.decided(base)
    closed = decision is not None and decision.window.kind == CLOSED
    yield base
    answered = list(_answer_rows(place, base))
    # Newborns and whom something happened may pay where others may not.
    for birth, answers in product(_birth_bands(place, day), answered[: 1 if closed else None]):
        yield replace(base, birth_date=birth, answers=answers)
    for kind, insured in product(_events(place), (None, ())):
        begin = event_day(place, kind, day)
        yield replace(base, events=(Event(kind, begin),), insured_years=insured)
    for name in dated_names(place):
        yield dated_on(base, name, event_day(place, name, day))
    if closed:
        return
    for code, answers in product(_identities(place), answered):
        yield replace(base, categories=(code,), answers=answers)
    yield from _lapsed(place, base)


def _birth_bands(place: SampledPlace, day: date) -> list[date]:
    """Name a birth date in the middle of each band that the rules tell apart."""
    cuts, year = place.cuts, place.year
    limits = set(cuts.births)
    limits |= {date(year - back + 1, 1, 1) for back in cuts.birth_years}
    for on, age in cuts.ages:
        reached = day if on == "payment" else date.fromisoformat(on)
        limits.add(add_years(reached, -age) + ONE_DAY)
    for unit, number, day_one in cuts.spans.get(BIRTH, ()):
        limits.add(_before(day, unit, number - (day_one if unit == "days" else 0)))
    usual = place.plain.birth_date or day
    inside = sorted(limit for limit in limits if limit <= day)
    edges = [*inside, day + ONE_DAY]
    bands = [usual] if not inside or usual < inside[0] else [add_years(inside[0], -5)]
    for first, after in pairwise(edges):
        middle = first + (after - ONE_DAY - first) // 2
        bands.append(usual if first <= usual < after else middle)
    return sorted(set(bands))


def _before(day: date, unit: str, number: int) -> date:
    if unit == "days":
        return day - timedelta(days=number)
    return add_months(day, -number) if unit == "months" else add_years(day, -number)


def _answer_rows(place: SampledPlace, base: Facts) -> Iterator[tuple[tuple[str, AnswerValue], ...]]:
    """Yield combinations of answers: all of them, or each alone if too many."""
    asked = asked_answers(place.compiled, place.cuts)
    columns = [[(code, value) for value in values] for code, values in asked.items()]
    count = 1
    for column in columns:
        count *= len(column)
    given = dict(base.answers)
    if count <= _MOST_ANSWERS:
        rows: Iterable[tuple[tuple[str, AnswerValue], ...]] = product(*columns)
    else:
        rows = ((one,) for column in columns for one in column)
    for row in rows:
        yield tuple(sorted({**given, **dict(row)}.items()))


def _identities(place: SampledPlace) -> list[str]:
    named = frozenset[str]().union(*place.cuts.identities)
    for question in ("concession", "exemption"):
        for entry in place.compiled.rules(question):
            named |= set(entry.rule.grounds)
    return [code for code in place.book.order if code in named - {NEWBORN, ORDINARY}]


def _events(place: SampledPlace) -> list[str]:
    named = {kind for kind in (*place.cuts.spans, *place.cuts.event_days) if kind != BIRTH}
    for entry in place.compiled.rules("exemption"):
        named |= set(entry.rule.grounds)
    return [term.code for term in place.book.events() if term.code in named]


def _lapsed(place: SampledPlace, base: Facts) -> Iterator[Facts]:
    year = base.benefit_year
    most = max([_LAPSES, *(limit + 1 for limit in place.cuts.lapses)])
    for lapsed in range(1, most + 1):
        insured = tuple(range(year - LONG_AGO, year - lapsed))
        gone = replace(base, insured_years=insured)
        decision = place.decided(gone)
        if decision is not None and decision.lapsed < lapsed:
            # Earlier years do not count here, so more of them make no difference.
            break
        yield gone
        for repair in sorted({1, lapsed, *place.cuts.repairs}):
            if repair <= lapsed:
                yield replace(gone, repair_years=repair)
    for back in sorted(place.cuts.years_back):
        known = tuple(one for one in range(year - LONG_AGO, year) if one != year - back)
        yield replace(base, insured_years=known)
