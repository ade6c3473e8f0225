"""A rule compiled for evaluation: its tests, its verdicts, who it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from medcounter.assess.assessment import Rejection
from medcounter.assess.engine.turning_days import answers_of, conditions_of
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.conditions import Condition, fails_without_birth
from medcounter.rules.fees.answer_reach import asked_in, formulas_in
from medcounter.rules.fees.formulas import LateFee
from medcounter.rules.inherit import Resolved
from medcounter.rules.predicate import Tell, Test
from medcounter.rules.questions import CONTRIBUTION_QUESTIONS, QUESTION, Rule
from medcounter.rules.values import resolve_day
from medcounter.rules.vocabulary import NEWBORN


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


class Refused(NamedTuple):
    """Why the other rules of a question do not stand, for all who hold the same.

    Attributes:
        told: What was said of each.
        left: What is to be told anew, with its place: it hangs on more than what is held.
    """

    told: tuple[Rejection, ...]
    left: tuple[tuple[int, RuleRefusal], ...]


class Refusals(NamedTuple):
    """What says why the other rules of a question do not stand.

    Attributes:
        by_rule: One for each of them.
        by_held: What of it was told, by what somebody holds.
    """

    by_rule: tuple[RuleRefusal, ...]
    by_held: dict[frozenset[str], Refused]


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

    Left out are those that no ground of the resident meets and that displace no other,
    and those by birth where no birth date is known.
    """

    def __init__(self, rules: tuple[CompiledRule, ...]) -> None:
        """Begin with nobody met."""
        self._rules = rules
        named = [ground for entry in rules for ground in entry.rule.grounds]
        self._named = frozenset((*named, BIRTH))
        self._known: dict[frozenset[str], Held] = {}

    def held_by(self, case: Case) -> Held:
        """Return what the grounds of somebody make of the rules."""
        codes = self._named & case.held()
        known = self._known.get(codes)
        if known is None:
            grounds = {entry.name: held_grounds(entry.rule, case) for entry in self._rules}
            rules = tuple(
                entry
                for entry in self._rules
                if (grounds[entry.name] or entry.defeats) and not _lacks_birth(entry, case)
            )
            known = self._known[codes] = Held(rules, grounds)
        return known


def _lacks_birth(entry: CompiledRule, case: Case) -> bool:
    """Return whether a rule cannot stand for want of a birth date, nor asks for it."""
    when = entry.when
    if case.birth is not None or when is None or entry.tests or entry.asks_for_birth:
        return False
    return fails_without_birth(when)


def held_grounds(rule: Rule, case: Case) -> tuple[str, ...]:
    """List those of a rule's grounds that the resident has; all have been newborn."""
    identities, events = case.identities, case.events
    return tuple(
        one for one in rule.grounds if one == NEWBORN or one in identities or one in events
    )


def is_open(rule: Rule) -> bool:
    """Return whether a rule is unsettled and may be read otherwise."""
    return bool(rule.readings) and rule.status == "unsettled"


def grows_daily(rule: Rule) -> bool:
    """Return whether the fee of a rule grows from day to day."""
    return any(isinstance(formula, LateFee) for formula in formulas_in(rule.answer))


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


def compile_rule(
    resolved: Resolved, rule: Rule, bundle_format: int, grades: Mapping[str, str]
) -> CompiledRule:
    """Compile one rule of a resolved programme for its benefit year.

    Args:
        resolved: The programme.
        rule: One of its rules.
        bundle_format: Format of the bundle it is from.
        grades: The grade of each source.
    """
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
