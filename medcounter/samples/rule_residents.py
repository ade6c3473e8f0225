"""Invent a resident for each rule that no other sample resident meets.

The condition is solved by ``witness``; the engine is asked whether the rule stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice, product

from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.assess.engine.decision import Decision
from medcounter.assess.facts import Event, Facts
from medcounter.rules.questions import QUESTION
from medcounter.rules.vocabulary import NEWBORN
from medcounter.samples.sampled_place import LONG_AGO, SampledPlace
from medcounter.samples.witness import Proposal, WantedTruth, proposals

_MOST_TRIES = 120


def unmet(
    place: SampledPlace, days: list[date], met: set[str]
) -> Iterator[tuple[Facts, Decision | None] | None]:
    """Yield, for each rule that answered nobody, somebody whom it answers.

    None after each who was tried in vain.
    """
    for question, entries in place.compiled.by_question.items():
        if QUESTION[question].mode == "all":
            continue
        for entry in entries:
            if entry.rule.id not in met:
                yield from _met_by(place, days, entry)


def _met_by(
    place: SampledPlace, days: list[date], entry: CompiledRule
) -> Iterator[tuple[Facts, Decision | None] | None]:
    for facts in islice(_tries(place, days, entry), _MOST_TRIES):
        # Nobody pays who is not born yet, whatever a condition allows.
        born = facts.birth_date is None or facts.birth_date <= facts.payment_date
        decision = place.decided(facts) if born else None
        if decision and any(one.rule.id == entry.rule.id for one in decision.verdicts):
            yield facts, decision
            return
        yield None


def _tries(place: SampledPlace, days: list[date], entry: CompiledRule) -> Iterator[Facts]:
    grounds = [one for one in entry.rule.grounds if one != NEWBORN] or [""]
    for day, ground in product(days, grounds):
        for proposal in proposals(entry.rule.when, WantedTruth(day, place.year)):
            if ground in place.book.order:
                proposal = proposal.joined(Proposal(identities=frozenset({ground})))  # noqa: PLW2901 -- the same person, with the ground held
            yield from _with_lapses(_as_facts(place, day, proposal), proposal)


def _with_lapses(facts: Facts, proposal: Proposal) -> Iterator[Facts]:
    """Yield the person, and once more with lapsed years if these are open."""
    yield facts
    if proposal.lapsed is None and proposal.missing_back is None:
        yield replace(facts, insured_years=())


def _as_facts(place: SampledPlace, day: date, proposal: Proposal) -> Facts:
    paid = proposal.paid or day
    year = place.year
    insured: tuple[int, ...] | None = None
    if proposal.lapsed is not None:
        insured = tuple(range(year - LONG_AGO, year - proposal.lapsed))
    if proposal.missing_back is not None:
        known = insured if insured is not None else tuple(range(year - LONG_AGO, year))
        insured = tuple(one for one in known if one != year - proposal.missing_back)
    plain = place.plain_on(paid)
    return replace(
        plain,
        birth_date=proposal.birth or place.plain.birth_date,
        categories=tuple(code for code in place.book.order if code in proposal.identities),
        events=tuple(Event(kind, begin) for kind, begin in proposal.events),
        insured_years=insured,
        repair_years=proposal.repair or 0,
        answers=tuple(sorted({**dict(plain.answers), **dict(proposal.answers)}.items())),
    )
