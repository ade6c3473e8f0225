"""Assess facts: decide, then explain the decision and its doubts.

Pure: the same facts and the same bundle give the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from medcounter.assess.assessment import (
    CLOSED,
    INHERITED,
    Assessment,
    Doubt,
    Hint,
    Incentive,
    Region,
    Remark,
    Stamp,
)
from medcounter.assess.contract import facts_hash
from medcounter.assess.engine.as_read import AsRead
from medcounter.assess.engine.ask_rules import MissingFactsError, RulesIncompleteError, ask_one
from medcounter.assess.engine.case_building import (
    ever_happened,
    find_rules,
    known_events,
    make_case,
)
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.decision import Decision, ask_window, cover, covered_as
from medcounter.assess.engine.incentive import ask_incentive, incentive_doubts
from medcounter.assess.engine.lapse import count_lapse
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.steady_days import NO_DAYS, steady_days
from medcounter.assess.engine.stretches import on_stretch
from medcounter.assess.explain.doubts import doubt_the_count, find_doubts
from medcounter.assess.explain.hints import find_hints
from medcounter.assess.explain.readings import latest_cover
from medcounter.assess.explain.remarks import find_advice, find_remarks
from medcounter.assess.explain.step_sentences import write_steps
from medcounter.assess.facts import Facts, Problem
from medcounter.assess.local_rules import LocalRules
from medcounter.places.place_code import NATION
from medcounter.rules.case import Case
from medcounter.rules.vocabulary import ORDINARY


class Decided(NamedTuple):
    """A decision with everything needed to explain it and to try alternatives.

    A tuple, as a decision is: each answer makes one.

    Attributes:
        order: Identity codes in the order that breaks ties, with labels.
        readings: The readings used of rules whose text leaves more than one.
        as_read: Decides the same case with other readings.
    """

    facts: Facts
    compiled: Compiled
    order: dict[str, str]
    decision: Decision
    readings: dict[str, int]
    as_read: AsRead

    def on_day(self, day: date) -> Decision | None:
        """Decide the case for another payment day.

        Returns:
            The decision, with that day's own later cover where it meets other
            open questions; None where the rules do not speak of that day, the
            resident is not born, or a fact is needed that this day does not
            need.
        """
        return later_cover(self.read_on(day), self.compiled) if self.speaks_of(day) else None

    def read_on(self, day: date, near: Decision | None = None) -> AsRead:
        """Lay the case out for another payment day.

        Args:
            day: The payment day.
            near: As in ``AsRead``.
        """
        return AsRead(self.compiled, self.order, make_case(self.facts, self.compiled, day), near)

    def counted_otherwise(self) -> Decision | None:
        """Decide it with the event day as day 1 where no source says how to count.

        Returns:
            The decision; None where it needs another fact.
        """
        case = make_case(self.facts, self.compiled)._replace(event_day_counts=True)
        return later_cover(AsRead(self.compiled, self.order, case), self.compiled)

    def speaks_of(self, day: date) -> bool:
        """Return whether the rules speak of a day and the resident is born by then."""
        span = self.compiled.resolved
        return max(span.first_day, self.facts.birth_date or date.min) <= day <= span.last_day


def later_cover(as_read: AsRead, compiled: Compiled) -> Decision | None:
    """Decide a case with the later cover; None where it cannot be told."""
    try:
        return latest_cover(compiled, as_read.decide)[0]
    except (MissingFactsError, RulesIncompleteError):
        return None


def decide_facts(facts: Facts, book: RuleBook) -> Decided | tuple[Problem, ...]:
    """Find the rules and decide; the light half of an assessment.

    Returns:
        The decision, or the problems that keep it from being made.
    """
    found = find_rules(facts, book)
    return (found,) if isinstance(found, Problem) else decide_by(facts, found, book)


def decide_by(facts: Facts, compiled: Compiled, book: RuleBook) -> Decided | tuple[Problem, ...]:
    """Decide facts by a programme that was found for them.

    Returns:
        The decision, or the problems that keep it from being made.
    """
    as_read = AsRead(compiled, book.order, make_case(facts, compiled))
    try:
        decision, readings = latest_cover(compiled, as_read.decide)
    except MissingFactsError as err:
        return tuple(_missing(field, book) for field in err.fields)
    if facts.repair_years > decision.lapsed:
        text = (
            f"缴费修复 {facts.repair_years} 年多于连续断保的 {decision.lapsed} 年，"
            "无法测算，请减少修复年数或核对参保年度。"
        )
        return (Problem("repair_years", "out-of-range", text),)
    return Decided(facts, compiled, book.order, decision, readings, as_read)


def _missing(field: str, book: RuleBook) -> Problem:
    term = book.answer_term(field.partition(".")[2])
    name = term.label if term else "出生日期"
    return Problem(field, "missing", f"本地的规定取决于“{name}”，尚未填写，补填后即可测算。")


def assess(
    facts: Facts, book: RuleBook, *, hinted: bool = True
) -> Assessment | tuple[Problem, ...]:
    """Assess one resident: figures, reasons, doubts, hints, advice, stamp.

    Args:
        facts: Of the resident.
        book: The rules.
        hinted: As for :func:`explain`.
    """
    decided = decide_facts(facts, book)
    return explain(decided, book, hinted=hinted) if isinstance(decided, Decided) else decided


class Weighed(NamedTuple):
    """A decision with what is in doubt about it: an answer without its sentences.

    Attributes:
        decision: With the verdict on the incentive, where there is one.
    """

    decision: Decision
    incentive: Incentive | None
    doubts: tuple[Doubt, ...]


def weigh(decided: Decided) -> Weighed:
    """Work out the incentive of a decision, and name its doubts."""
    facts, compiled, decision = decided.facts, decided.compiled, decided.decision
    doubts = find_doubts(compiled, decision, decided.readings, decided.as_read.decide)
    if compiled.turns.ends_on_payment(decision.case):
        doubts = doubt_the_count(doubts, decision, decided.counted_otherwise())
    earned = None
    if decision.payable:
        earned = ask_incentive(compiled, facts, decision.case, decided.readings)
    if earned is None:
        return Weighed(decision, None, doubts)
    incentive, verdict = earned
    decision = decision._replace(verdicts=(*decision.verdicts, verdict))
    return Weighed(decision, incentive, doubts + incentive_doubts(incentive, verdict))


def explain(decided: Decided, book: RuleBook, *, hinted: bool = True) -> Assessment:
    """Write out a decision in full.

    Args:
        decided: The decision.
        book: The rules.
        hinted: Whether other payment days are tried for hints, which takes as long as all else.
    """
    facts, compiled = decided.facts, decided.compiled
    decision, incentive, doubts = weigh(decided)
    steps = write_steps(decision, compiled, book, decided.readings)
    advice = find_advice(decision, compiled)
    cited = dict.fromkeys([step.source for step in steps] + [entry.source for entry in advice])
    return Assessment(
        region=_asked_for(facts.region, book),
        scheme=facts.scheme,
        benefit_year=facts.benefit_year,
        payable=decision.payable,
        window=decision.window,
        next_window=None if decision.payable else next_payable_day(decided),
        category=decision.category,
        category_label=book.order.get(decision.category, book.order[ORDINARY]),
        exemption=decision.exemption,
        lapsed_years=decision.lapsed,
        fee=decision.fee,
        wait=decision.wait,
        coverage=decision.coverage,
        incentive=incentive,
        remarks=(*find_remarks(decision, compiled, book), *_inherited(facts, compiled, book)),
        doubts=doubts,
        steps=steps,
        hints=_hints(decided, decision) if hinted else (),
        advice=advice,
        citations=tuple([book.citations[source] for source in cited]),
        stamp=stamp(facts, book),
        facts=facts,
        rules_of=rules_of(compiled, book) if says_whose(book) else None,
        hall_rules=hall_rules(facts, book),
    )


class OtherDays:
    """One person's answers on many payment days.

    Between two days on which the fee may turn, only cover is asked again.
    """

    def __init__(self, decided: Decided) -> None:
        """Begin with the day that is decided."""
        self._decided = decided
        facts, compiled = decided.facts, decided.compiled
        happened = ever_happened(facts, compiled)
        self._turns = compiled.fee_turns.of_person(facts.birth_date, happened)
        self._near: dict[int, Decision] = {}
        self._steady = NO_DAYS
        plain = decided.as_read.plain
        if plain is not None and facts.categories and not decided.readings:
            ever = plain.case._replace(events=dict(happened)) if happened else plain.case
            self._steady = steady_days(compiled, plain, ever, self._turns)
        self._note(plain)

    def on(self, day: date) -> Decision | None:
        """Return what ``Decided.on_day`` does."""
        if not self._decided.speaks_of(day):
            return None
        decided, near = self._decided, self._near.get(bisect_right(self._turns, day))
        if near is not None:
            stretch = on_stretch(decided.compiled, day)
            if not stretch.may_delay:
                # No reading is to be chosen: wait and cover are all that is asked.
                case = near.case.on_day(day, known_events(decided.facts, decided.compiled, day))
                try:
                    covered = cover(stretch, case, decided.order, {}, near.lengths)
                except (MissingFactsError, RulesIncompleteError):
                    return None
                return covered_as(near, covered)
        as_read = decided.read_on(day, near)
        decision = later_cover(as_read, decided.compiled)
        if near is None:
            self._note(as_read.plain)
        return decision

    def otherwise_on(self, day: date) -> Decision | None:
        """Return what ``on`` does; None too where it is sure to be alike."""
        return None if day in self._steady else self.on(day)

    def _note(self, plain: Decision | None) -> None:
        """Keep a day whose fee is that of the days beside it."""
        if plain is not None and plain.payable and not self._decided.compiled.grows_daily:
            self._near[bisect_right(self._turns, plain.case.paid)] = plain


def _hints(decided: Decided, decision: Decision) -> tuple[Hint, ...]:
    return find_hints(
        decision, decided.compiled.turns.of_case(decision.case), OtherDays(decided).otherwise_on
    )


def says_whose(book: RuleBook) -> bool:
    """Return whether answers name whose rules they use; those of format 1 never did."""
    return book.bundle.format > 1


def _asked_for(region: str, book: RuleBook) -> Region:
    name = book.name(region) if says_whose(book) else book.own_names.get(region)
    return Region(region, name)


def rules_of(compiled: Compiled, book: RuleBook) -> Region:
    """Name the nearest place with rules of its own, whose rules these are."""
    return Region(compiled.resolved.place, book.name(compiled.resolved.place))


def _inherited(facts: Facts, compiled: Compiled, book: RuleBook) -> Iterator[Remark]:
    """Say whose rules are used where a place has none of its own."""
    if says_whose(book) and compiled.resolved.place not in {facts.region, NATION}:
        whose = rules_of(compiled, book)
        place = book.name(facts.region) or facts.region
        text = f"{place}没有单独的规则，按{whose.name or whose.code}的规定测算。"
        yield Remark(INHERITED, "info", text)


def stamp(facts: Facts, book: RuleBook) -> Stamp:
    """Stamp an answer with its bundle, revision, hash, engine and facts."""
    asked = facts.region, facts.scheme, facts.benefit_year
    bundles = book.bundles_for(*asked)
    name, revision = book.bundle.id, book.bundle.revision
    if bundles:
        name, revision = bundles[-1].bundle, bundles[-1].revision
    sha256, hashed = book.hash_for(*asked), facts_hash(facts)
    return Stamp(name, revision, sha256, book.signed, book.engine, hashed, bundles)


def hall_rules(facts: Facts, book: RuleBook) -> LocalRules | None:
    """Return the nearest rules that a hall made for itself; None where none count."""
    return next(iter(book.local_for(facts.region, facts.scheme, facts.benefit_year)), None)


def next_payable_day(decided: Decided) -> date | None:
    """Find the first later day on which this person could pay, if any.

    Only the days on which a rule turns are tried: between them nothing changes.

    Source: docs/contract.md, key ``next_window``.
    """
    facts, compiled = decided.facts, decided.compiled
    paid = facts.payment_date
    # What happens later is known from its day on, and has turning days of its own.
    known = (paid, *(event.date for event in facts.events if event.date > paid))
    cases = [make_case(facts, compiled, day) for day in known]
    turns = {day for case in cases for day in compiled.turns.of_case(case) if day > paid}
    for day in sorted(turns):
        case = make_case(facts, compiled, day)
        lapse = ask_one(compiled, "lapse", case, decided.readings)
        _, case = count_lapse(case, lapse.answer)
        if _opens(compiled, case, decided.readings):
            return day
    return None


def _opens(compiled: Compiled, case: Case, readings: dict[str, int]) -> bool:
    try:
        kind: str = ask_window(compiled, case, readings)[0].answer.kind
    except MissingFactsError:
        return False
    return kind != CLOSED
