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
from itertools import islice, pairwise, product

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.compiled import Compiled, CompiledRule, answers_of, rule_breakpoints
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.verdict import RulesIncompleteError
from medcounter.assess.facts import Answer, Event, Facts
from medcounter.bundle.resident_words import case_words, resident_words
from medcounter.bundle.witness import Proposal, WantedTruth, proposals
from medcounter.dates import ONE_DAY, add_months, add_years
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.fees.answer_reach import counted_in
from medcounter.rules.person_conditions import BIRTH
from medcounter.rules.questions import QUESTION
from medcounter.rules.values import answer_in
from medcounter.rules.vocabulary import NEWBORN, ORDINARY

_GROWN_UP = 45
_MOST_ANSWERS = 48
_MOST_TRIES = 120
_LAPSES = 3
_LONG_AGO = 10


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


@dataclass(frozen=True, slots=True)
class _Sampled:
    """One programme to make residents for."""

    book: RuleBook
    compiled: Compiled
    cuts: Breakpoints
    plain: Facts

    @property
    def year(self) -> int:
        """The benefit year."""
        return self.compiled.resolved.benefit_year

    def plain_on(self, day: date) -> Facts:
        """Return the plain resident paying on a day, with each day that must be told."""
        facts = replace(self.plain, payment_date=day)
        for name in _dated(self):
            term = self.book.answer_term(answer_in(name) or name)
            if term is not None and not term.optional:
                facts = _dated_on(facts, name, _event_day(self, name, day))
        return facts

    def decided(self, facts: Facts) -> Decision | None:
        """Decide a case; None where the rules refuse it or contradict themselves."""
        try:
            found = decide_facts(facts, self.book)
        except RulesIncompleteError:
            return None
        return found.decision if isinstance(found, Decided) else None


def sample_residents(
    book: RuleBook, region: str, scheme: str, benefit_year: int
) -> tuple[SampleResident, ...]:
    """List the residents worth showing for one place, each once.

    Returns:
        In the order: age bands with every combination of answers, identities,
        events, lapses, then those made for single rules; each in every period.
        Empty where the rules do not cover the place.
    """
    compiled = book.programme(region, scheme, benefit_year)
    if compiled is None:
        return ()
    place = _place(book, compiled, region)
    periods = _periods(place)
    days = _one_a_window_first(place, periods)
    cases: dict[Facts, Decision | None] = {}
    for period in periods:
        for facts in (*_people(place, period.day), *_at_the_end(place, period)):
            if facts not in cases:
                cases[facts] = place.decided(facts)
    met = {verdict.rule.id for one in cases.values() if one for verdict in one.verdicts}
    for facts, decision in _unmet(place, days, met):
        cases.setdefault(facts, decision)
    return tuple(_described(place, facts, decision) for facts, decision in cases.items())


def covered_residents(book: RuleBook) -> Iterator[SampleResident]:
    """Yield the sample residents of every place, scheme and year of a bundle."""
    for region in book.regions():
        for one in region.covered:
            yield from sample_residents(book, region.code, one.scheme, one.benefit_year)


def _place(book: RuleBook, compiled: Compiled, region: str) -> _Sampled:
    resolved = compiled.resolved
    year = resolved.benefit_year
    cuts = Breakpoints().merged(rule_breakpoints(rule, year) for rule in resolved.rules)
    answers = [answer for rule in resolved.rules for answer in answers_of(rule)]
    for code in {code for answer in answers for code in counted_in(answer)}:
        cuts.answers.setdefault(code, set()).update({0, 1, 3})
    needed = {
        code: values[0]
        for code, values in _asked(compiled, cuts).items()
        if code not in compiled.defaults
    }
    plain = Facts(
        region,
        year,
        resolved.first_day,
        resolved.scheme,
        birth_date=date(year - _GROWN_UP, 6, 15),
        answers=tuple(sorted(needed.items())),
    )
    return _Sampled(book, compiled, cuts, plain)


def _described(place: _Sampled, facts: Facts, decision: Decision | None) -> SampleResident:
    period = decision.window.label if decision else ""
    return SampleResident(
        facts, resident_words(facts, place.book), period, case_words(facts, place.book, period)
    )


def _periods(place: _Sampled) -> list[_Period]:
    """Choose the stretches of days in which other rules answer.

    Stretches in which a plain, a lapsed and a newborn resident meet the same
    rules count as one; so closed days of every month make no period each.
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
    return sorted(chosen.values(), key=lambda period: period.day)


def _one_a_window_first(place: _Sampled, periods: list[_Period]) -> list[date]:
    """List the periods' days, those first that stand for a window of their own."""
    first: dict[str, date] = {}
    for period in periods:
        decision = place.decided(place.plain_on(period.day))
        first.setdefault(decision.window.label if decision else "", period.day)
    others = [period.day for period in periods if period.day not in first.values()]
    return [*first.values(), *others]


def _at_the_end(place: _Sampled, period: _Period) -> Iterator[Facts]:
    """Yield who pays on a period's last day, whose wait may cross the year."""
    last = place.plain_on(period.last)
    yield last
    yield replace(last, insured_years=())


def _rules_met(decision: Decision | None) -> tuple[str, ...]:
    return tuple(verdict.rule.id for verdict in decision.verdicts) if decision else ()


def _people(place: _Sampled, day: date) -> Iterator[Facts]:
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
        begin = _event_day(place, kind, day)
        yield replace(base, events=(Event(kind, begin),), insured_years=insured)
    for name in _dated(place):
        yield _dated_on(base, name, _event_day(place, name, day))
    if closed:
        return
    for code, answers in product(_identities(place), answered):
        yield replace(base, categories=(code,), answers=answers)
    yield from _lapsed(place, base)


def _birth_bands(place: _Sampled, day: date) -> list[date]:
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


def _asked(compiled: Compiled, cuts: Breakpoints) -> dict[str, list[Answer]]:
    """List each free question with the answers the rules tell apart."""
    choices = {asked.code: asked.choices for asked in compiled.resolved.asks}
    asked: dict[str, list[Answer]] = {}
    for code, named in sorted(cuts.answers.items()):
        if choices.get(code):
            asked[code] = [choice.value for choice in choices[code]]
        else:
            asked[code] = list(dict.fromkeys(_sides(sorted(named, key=repr))))
    return asked


def _sides(named: Iterable[Answer]) -> Iterator[Answer]:
    for value in named:
        if isinstance(value, bool):
            yield from (False, True)
        elif isinstance(value, int):
            yield from (max(0, value - 1), value)
        else:
            yield value


def _answer_rows(place: _Sampled, base: Facts) -> Iterator[tuple[tuple[str, Answer], ...]]:
    """Yield combinations of answers: all of them, or each alone if too many."""
    asked = _asked(place.compiled, place.cuts)
    columns = [[(code, value) for value in values] for code, values in asked.items()]
    count = 1
    for column in columns:
        count *= len(column)
    given = dict(base.answers)
    if count <= _MOST_ANSWERS:
        rows: Iterable[tuple[tuple[str, Answer], ...]] = product(*columns)
    else:
        rows = ((one,) for column in columns for one in column)
    for row in rows:
        yield tuple(sorted({**given, **dict(row)}.items()))


def _identities(place: _Sampled) -> list[str]:
    named = frozenset[str]().union(*place.cuts.identities)
    for question in ("concession", "exemption"):
        for entry in place.compiled.rules(question):
            named |= set(entry.rule.grounds)
    return [code for code in place.book.order if code in named - {NEWBORN, ORDINARY}]


def _events(place: _Sampled) -> list[str]:
    named = {kind for kind in (*place.cuts.spans, *place.cuts.event_days) if kind != BIRTH}
    for entry in place.compiled.rules("exemption"):
        named |= set(entry.rule.grounds)
    return [term.code for term in place.book.events() if term.code in named]


def _dated(place: _Sampled) -> list[str]:
    """Name the days that answers tell and that some rule asks for."""
    named = {*place.cuts.spans, *place.cuts.event_days}
    return sorted(name for name in named if answer_in(name) is not None)


def _dated_on(facts: Facts, name: str, day: date) -> Facts:
    answers = {**dict(facts.answers), answer_in(name) or name: day.isoformat()}
    return replace(facts, answers=tuple(sorted(answers.items())))


def _event_day(place: _Sampled, kind: str, day: date) -> date:
    """Name a day shortly before payment that lies within what is asked of it."""
    edges = sorted(edge for edge in place.cuts.event_days.get(kind, ()) if edge <= day)
    usual = day - timedelta(days=10)
    return max(usual, edges[-1]) if edges else usual


def _lapsed(place: _Sampled, base: Facts) -> Iterator[Facts]:
    year = base.benefit_year
    most = max([_LAPSES, *(limit + 1 for limit in place.cuts.lapses)])
    for lapsed in range(1, most + 1):
        insured = tuple(range(year - _LONG_AGO, year - lapsed))
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
        known = tuple(one for one in range(year - _LONG_AGO, year) if one != year - back)
        yield replace(base, insured_years=known)


def _unmet(
    place: _Sampled, days: list[date], met: set[str]
) -> Iterator[tuple[Facts, Decision | None]]:
    """Yield, for each rule that answered nobody, somebody whom it answers."""
    for question, entries in place.compiled.by_question.items():
        if QUESTION[question].mode == "all":
            continue
        for entry in entries:
            if entry.rule.id not in met:
                yield from islice(_met_by(place, days, entry), 1)


def _met_by(
    place: _Sampled, days: list[date], entry: CompiledRule
) -> Iterator[tuple[Facts, Decision | None]]:
    for facts in islice(_tries(place, days, entry), _MOST_TRIES):
        decision = place.decided(facts)
        if decision and any(one.rule.id == entry.rule.id for one in decision.verdicts):
            yield facts, decision


def _tries(place: _Sampled, days: list[date], entry: CompiledRule) -> Iterator[Facts]:
    grounds = [one for one in entry.rule.grounds if one != NEWBORN] or [""]
    for day, ground in product(days, grounds):
        for proposal in proposals(entry.rule.when, WantedTruth(day, place.year)):
            if ground in place.book.order:
                proposal = proposal.joined(Proposal(identities=frozenset({ground})))  # noqa: PLW2901 -- the same person, with the ground held
            yield from _with_lapses(_as_facts(place, day, proposal), proposal)


def _with_lapses(facts: Facts, proposal: Proposal) -> Iterator[Facts]:
    """Yield the person, and once more as one who lapsed where that is left open."""
    yield facts
    if proposal.lapsed is None and proposal.missing_back is None:
        yield replace(facts, insured_years=())


def _as_facts(place: _Sampled, day: date, proposal: Proposal) -> Facts:
    paid = proposal.paid or day
    year = place.year
    insured: tuple[int, ...] | None = None
    if proposal.lapsed is not None:
        insured = tuple(range(year - _LONG_AGO, year - proposal.lapsed))
    if proposal.missing_back is not None:
        known = insured if insured is not None else tuple(range(year - _LONG_AGO, year))
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
