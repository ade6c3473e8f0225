"""A programme compiled for evaluation: its tests, exceptions first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from medcounter.assess.assessment import Advice, FeeLine, Rejection, Window
from medcounter.assess.engine.turning_days import TurningDays, answers_of, conditions_of
from medcounter.rules.bundle import AdviceEntry
from medcounter.rules.case import Case
from medcounter.rules.conditions import Condition
from medcounter.rules.fees.answer_reach import asked_in, formulas_in
from medcounter.rules.fees.formulas import LateFee
from medcounter.rules.inherit import Resolved
from medcounter.rules.predicate import Tell, Test
from medcounter.rules.questions import (
    CONTRIBUTION_QUESTIONS,
    FEE_AND_LENGTHS,
    QUESTION,
    QUESTIONS,
    Rule,
)
from medcounter.rules.values import answer_in, resolve_day
from medcounter.rules.vocabulary import NEWBORN, AnswerTerm

# Neither moves the first day of cover, nor asks for a fact.
NO_COVER = frozenset({"subsidy", "carry-over"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question answered: the rule that applied and its reading.

    Attributes:
        name: The rule's id.
        reading: 0 = the rule's own answer, n = its n-th other reading.
        is_settled: Whether the rule is confirmed.
        is_open: Whether the rule is unsettled and may be read otherwise.
    """

    question: str
    name: str
    rule: Rule
    answer: Any
    reading: int
    is_open: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, its test (None = always) and the ids it displaces.

    Attributes:
        name: The rule's id.
        fails: Its sentence for "does not"; empty where it has none.
        when: What of its own condition is to be asked; None where nothing is.
        asks_for_birth: Whether it asks for a birth date that nobody told.
        asks_for_age: Whether it does where a condition on age needs it.
        tests: The test in every reading, its own first; empty where all
            readings hold at the same times.
        plain: The verdict where it stands in its own reading.
        read: The verdict in each of its other readings.
        heading: Question, its label and the rule's id, as its step tells them.
        stated: Source, clause, grade and status likewise.
    """

    rule: Rule
    name: str
    fails: str
    when: Condition | None
    test: Test | None
    tests: tuple[Test | None, ...]
    defeats: frozenset[str]
    needs: frozenset[str]
    asks_for_birth: bool
    asks_for_age: bool
    plain: Verdict
    read: tuple[Verdict, ...]
    heading: tuple[str, str, str]
    stated: tuple[str, str, str, str]

    def test_in(self, reading: int) -> Test | None:
        """Return the test in a reading; None always holds."""
        return self.tests[reading] if self.tests else self.test


class RuleRefusal(NamedTuple):
    """What says why a rule does not stand in one reading.

    Attributes:
        rule: The rule, with what of it is to be asked.
        reading: 0 = its own, n = its n-th other reading.
        tell: Says it; nothing where the rule would stand, but for the one that does.
        kept: What was said of the values that were met; None where the rule's own
            sentence names values of its own.
    """

    rule: CompiledRule
    reading: int
    tell: Tell
    kept: dict[str, Rejection] | None


class Held(NamedTuple):
    """What some grounds make of the rules of one question.

    Attributes:
        rules: Those that matter, most exceptional first.
        grounds: By the id of a rule, the grounds of it that are held.
    """

    rules: tuple[CompiledRule, ...]
    grounds: dict[str, tuple[str, ...]]


class ByGrounds:
    """The rules of one question by the grounds that somebody has.

    Left out are those that no ground of the resident meets and that displace no other.
    """

    def __init__(self, rules: tuple[CompiledRule, ...]) -> None:
        """Begin with nobody met."""
        self._rules = rules
        self._named = frozenset(ground for entry in rules for ground in entry.rule.grounds)
        self._known: dict[frozenset[str], Held] = {}

    def held_by(self, case: Case) -> Held:
        """Return what the grounds of somebody make of the rules."""
        codes = self._named.intersection((*case.identities, *case.events))
        known = self._known.get(codes)
        if known is None:
            grounds = {entry.name: held_grounds(entry.rule, case) for entry in self._rules}
            rules = tuple(entry for entry in self._rules if grounds[entry.name] or entry.defeats)
            known = self._known[codes] = Held(rules, grounds)
        return known


def held_grounds(rule: Rule, case: Case) -> tuple[str, ...]:
    """List those of a rule's grounds that the resident has; all have been newborn."""
    identities, events = case.identities, case.events
    return tuple(
        one for one in rule.grounds if one == NEWBORN or one in identities or one in events
    )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A resolved programme by question, most exceptional rules first.

    Attributes:
        format: Format of its bundle, which says how its rules are to be understood.
        defaults: Answers that stand when the clerk says nothing.
        turns: Where some rule turns.
        fee_turns: Where some rule turns of whose answers wait and cover are made: between two
            of these days only the rules about cover may answer otherwise.
        dated: Codes of the answers that conditions read as the day of
            something.
        same_for_all: What a standard asks of everybody, by the id of the rule and the
            reading; kept from when it was first worked out.
        charged: The lines of such a standard as an identity is charged them, kept likewise
            by the rule that grants it something and its ground besides.
        swayed: Rules that may decide in another reading though they do not
            in their own: they hold at other times, or answer better for the
            resident than the one that counts.
        unsettled: Those among them that are unsettled.
        words: Labels of free questions and of their choices, as in ``Case``.
        advice: What is told to whom, with the test; None tells it to everybody.
        windows: Each window that was met, kept likewise.
        refusals: What says why the other rules of its question do not stand, by the id of
            the one that does and the readings used; kept from when it was first told.
        stretches: What is left of it from a turning day on, by its place.
        whole: The whole programme, of one that is what is left on some days.
        sole: The rule of each question that has only one, which always holds.
        named: The rules by their ids.
        may_delay: Whether another reading of some unsettled rule may delay cover.
        grows_daily: Whether some fee grows from day to day.
        by_grounds: The rules of each question by what somebody has.
    """

    resolved: Resolved
    format: int
    by_question: dict[str, tuple[CompiledRule, ...]]
    defaults: dict[str, bool | int | str]
    turns: TurningDays
    fee_turns: TurningDays
    dated: frozenset[str]
    swayed: tuple[CompiledRule, ...]
    unsettled: tuple[CompiledRule, ...]
    words: dict[str, str]
    advice: tuple[tuple[Test | None, Advice], ...]
    same_for_all: dict[tuple[str, int], Any] = field(default_factory=dict)
    charged: dict[tuple[str | int, ...], tuple[FeeLine, ...]] = field(default_factory=dict)
    windows: dict[tuple[str, int], Window] = field(default_factory=dict)
    refusals: dict[object, tuple[RuleRefusal, ...]] = field(default_factory=dict)
    stretches: dict[int, Compiled] = field(default_factory=dict)
    whole: Compiled | None = None
    sole: dict[str, CompiledRule] = field(init=False)
    named: dict[str, CompiledRule] = field(init=False)
    may_delay: bool = field(init=False)
    grows_daily: bool = field(init=False)
    by_grounds: dict[str, ByGrounds] = field(init=False)

    def __post_init__(self) -> None:
        """Work out of the rules what every decision would ask of them again."""
        sole = {name: rules[0] for name, rules in self.by_question.items() if _is_sole(rules)}
        named = {entry.name: entry for found in self.by_question.values() for entry in found}
        object.__setattr__(self, "sole", sole)
        object.__setattr__(self, "named", named)
        rules = [entry.rule for entry in named.values()]
        delaying = (is_open(rule) and rule.question not in NO_COVER for rule in rules)
        object.__setattr__(self, "may_delay", any(delaying))
        object.__setattr__(self, "grows_daily", any(grows_daily(rule) for rule in rules))
        by_grounds = {name: ByGrounds(rules) for name, rules in self.by_question.items()}
        object.__setattr__(self, "by_grounds", by_grounds)

    @property
    def turning_days(self) -> tuple[date, ...]:
        """The payment days on which some rule begins or ends to hold whoever pays."""
        return self.turns.days

    def rules(self, question: str) -> tuple[CompiledRule, ...]:
        """Return the rules that may answer a question."""
        return self.by_question[question]


def is_open(rule: Rule) -> bool:
    """Return whether a rule is unsettled and may be read otherwise."""
    return bool(rule.readings) and rule.status == "unsettled"


def grows_daily(rule: Rule) -> bool:
    """Return whether the fee of a rule grows from day to day."""
    return any(isinstance(formula, LateFee) for formula in formulas_in(rule.answer))


def _is_sole(rules: tuple[CompiledRule, ...]) -> bool:
    return len(rules) == 1 and rules[0].test is None and not rules[0].tests


def compile_programme(
    resolved: Resolved, terms: tuple[AnswerTerm, ...], bundle_format: int, grades: Mapping[str, str]
) -> Compiled:
    """Compile every rule of a resolved programme for its benefit year.

    Args:
        resolved: The programme with all it inherits.
        terms: The free questions that its bundle knows.
        bundle_format: Format of the bundle it is from.
        grades: The grade of each of its sources.
    """
    by_question = {}
    for question in QUESTIONS:
        rules = [rule for rule in resolved.rules if rule.question == question.code]
        compiled = {rule.id: _compile_rule(resolved, rule, bundle_format, grades) for rule in rules}
        by_question[question.code] = tuple(_exceptions_first(compiled))
    fee_rules = [rule for rule in resolved.rules if rule.question in FEE_AND_LENGTHS]
    swayed = tuple(entry for rules in by_question.values() for entry in rules if _swayed(entry))
    return Compiled(
        resolved=resolved,
        format=bundle_format,
        by_question=by_question,
        defaults={term.code: term.unsaid for term in terms if term.unsaid is not None},
        turns=TurningDays.of_rules(resolved.rules, resolved),
        fee_turns=TurningDays.of_rules(fee_rules, resolved),
        dated=_dated(resolved),
        swayed=swayed,
        unsettled=tuple(entry for entry in swayed if entry.rule.status == "unsettled"),
        words=_labels(resolved, terms),
        advice=tuple(_advice(entry, resolved.benefit_year, grades) for entry in resolved.advice),
    )


def _advice(
    entry: AdviceEntry, benefit_year: int, grades: Mapping[str, str]
) -> tuple[Test | None, Advice]:
    test = None if entry.when is None else entry.when.compile(benefit_year)
    source = entry.source
    return test, Advice(entry.kind, entry.code, entry.label, entry.text, source, grades[source])


def _labels(resolved: Resolved, terms: tuple[AnswerTerm, ...]) -> dict[str, str]:
    """Label the free questions and their choices, for the reasons of conditions."""
    words = {term.code: term.label for term in terms}
    for asked in resolved.asks:
        words |= {f"{asked.code}={choice.value}": choice.label for choice in asked.choices}
    return words


def _dated(resolved: Resolved) -> frozenset[str]:
    """Name the answers that some condition reads as the day of something."""
    conditions = [when for rule in resolved.rules for when in conditions_of(rule)]
    conditions += [entry.when for entry in resolved.advice if entry.when is not None]
    asking = [when for when in conditions if any(answer_in(need) for need in when.needs())]
    names = {name for when in asking for name in when.cuts(resolved.benefit_year).spans}
    return frozenset(code for name in names if (code := answer_in(name)) is not None)


def asks_for_birth(rule: Rule, bundle_format: int) -> bool:
    """Return whether a rule asks for a birth date that nobody told.

    Rules by age just aren't asked without it. But a fee asks, unless newborns alone are
    granted it: nobody says of such a resident that it is one. In format 1 a fee by age asked,
    and took them for born on no day at all otherwise.
    Source: docs/contract.md, key ``birth_date``.
    """
    return (
        bundle_format > 1 and rule.question in CONTRIBUTION_QUESTIONS and rule.grounds != (NEWBORN,)
    )


def _compile_rule(
    resolved: Resolved, rule: Rule, bundle_format: int, grades: Mapping[str, str]
) -> CompiledRule:
    year, count = resolved.benefit_year, len(rule.readings)
    asking = asks_for_birth(rule, bundle_format)
    test = _test_in(rule, 0, year, asking=asking)
    tests: tuple[Test | None, ...] = ()
    if any(reading.sways for reading in rule.readings):
        others = (_test_in(rule, number + 1, year, asking=asking) for number in range(count))
        tests = (test, *others)
    asked = (asked_in(answer) for answer in answers_of(rule))
    needs = frozenset[str]().union(*(when.needs() for when in conditions_of(rule)), *asked)
    is_settled = rule.status == "confirmed"
    plain, *read = (
        Verdict(
            rule.question, rule.id, rule, rule.answer_in(number), number, is_open(rule), is_settled
        )
        for number in range(count + 1)
    )
    asks_for_age = asking or (bundle_format == 1 and rule.question in CONTRIBUTION_QUESTIONS)
    return CompiledRule(
        rule=rule,
        name=rule.id,
        fails=rule.fails or "",
        when=rule.when,
        test=test,
        tests=tests,
        defeats=resolved.defeats(rule),
        needs=needs,
        asks_for_birth=asking,
        asks_for_age=asks_for_age,
        plain=plain,
        read=tuple(read),
        heading=(rule.question, QUESTION[rule.question].label, rule.id),
        stated=(rule.source, rule.clause, grades.get(rule.source, ""), rule.status),
    )


def _swayed(entry: CompiledRule) -> bool:
    rule = entry.rule
    return bool(entry.tests or (rule.readings and QUESTION[rule.question].mode == "best"))


def _test_in(rule: Rule, number: int, year: int, *, asking: bool) -> Test | None:
    if number and not rule.readings[number - 1].stands:
        return _never
    when = rule.when_in(number)
    test: Test | None = None
    if when is not None:
        test = when.compile_asking(year) if asking else when.compile(year)
    if rule.valid is None:
        return test
    return _within(resolve_day(rule.valid.start, year), resolve_day(rule.valid.end, year), test)


def _never(_case: Case) -> bool:
    return False


def _within(first: date, last: date, test: Test | None) -> Test:
    def valid(case: Case) -> bool | None:
        if not first <= case.paid <= last:
            return False
        return True if test is None else test(case)

    return valid


def _exceptions_first(compiled: dict[str, CompiledRule]) -> list[CompiledRule]:
    """Order rules so that whoever may defeat a rule comes before it."""
    beaten_by: dict[str, set[str]] = {name: set() for name in compiled}
    for name, rule in compiled.items():
        for loser in rule.defeats & compiled.keys():
            beaten_by[loser].add(name)
    ordered: list[CompiledRule] = []
    done: set[str] = set()
    while len(done) < len(compiled):
        ready = [name for name in compiled if name not in done and beaten_by[name] <= done]
        ordered += [compiled[name] for name in ready]
        done.update(ready)
    return ordered
