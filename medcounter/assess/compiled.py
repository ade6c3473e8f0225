"""A programme made ready for asking: tests compiled, exceptions first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from medcounter.dates import ONE_DAY, add_years
from medcounter.rules.case import Case
from medcounter.rules.cuts import Cuts
from medcounter.rules.inherit import Resolved
from medcounter.rules.person import BIRTH, last_day
from medcounter.rules.predicate import Test
from medcounter.rules.questions import QUESTIONS, Rule
from medcounter.rules.values import Span, resolve_day


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question answered: the rule that stood and its reading.

    Attributes:
        reading: 0 = the rule's own answer, n = its n-th other reading.
    """

    question: str
    rule: Rule
    answer: Any
    reading: int


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, its test (None = always) and the ids it displaces.

    Attributes:
        plain: The verdict where it stands in its own reading.
    """

    rule: Rule
    test: Test | None
    defeats: frozenset[str]
    needs: frozenset[str]
    plain: Verdict


@dataclass(frozen=True, slots=True)
class Compiled:
    """A resolved programme by question, most exceptional rules first.

    Attributes:
        defaults: Answers that stand when the clerk says nothing.
        turning_days: Days on which some rule begins or ends to hold.
        spans: For ``birth`` or an event kind: the distances whose last day
            is a limit, as in ``Cuts``.
        ages: Full years of age, on the payment day, that are a limit.
    """

    resolved: Resolved
    by_question: dict[str, tuple[CompiledRule, ...]]
    defaults: dict[str, bool | int]
    turning_days: tuple[date, ...]
    spans: dict[str, set[tuple[str, int, int]]]
    ages: tuple[int, ...]

    def rules(self, question: str) -> tuple[CompiledRule, ...]:
        """Return the rules that may answer a question."""
        return self.by_question[question]


def compile_programme(resolved: Resolved, defaults: dict[str, bool | int]) -> Compiled:
    """Compile every rule of a resolved programme for its benefit year.

    Args:
        resolved: The programme with all it inherits.
        defaults: Answers that stand when the clerk says nothing.
    """
    by_question = {}
    for question in QUESTIONS:
        rules = [rule for rule in resolved.rules if rule.question == question.code]
        compiled = {rule.id: _compile_rule(resolved, rule) for rule in rules}
        by_question[question.code] = tuple(_exceptions_first(compiled))
    cuts = Cuts().merged(rule_cuts(rule, resolved.benefit_year) for rule in resolved.rules)
    inside = {day for day in cuts.days if resolved.first_day < day <= resolved.last_day}
    days = tuple(sorted({resolved.first_day, *inside}))
    ages = tuple(sorted(age for on, age in cuts.ages if on == "payment"))
    return Compiled(resolved, by_question, defaults, days, cuts.spans, ages)


def turning_days_of(compiled: Compiled, case: Case) -> tuple[date, ...]:
    """List the rules' turning days and those of a person's birth and events."""
    days = set(compiled.turning_days)
    for kind, limits in compiled.spans.items():
        since = case.birth if kind == BIRTH else case.events.get(kind)
        if since is not None:
            days.add(since)
            days |= {
                last_day(since, Span.model_validate({unit: number}), day_one) + ONE_DAY
                for unit, number, day_one in limits
            }
    if case.birth is not None:
        days |= {add_years(case.birth, age) for age in compiled.ages}
    first, last = compiled.resolved.first_day, compiled.resolved.last_day
    return tuple(sorted(day for day in days if first <= day <= last))


def on_last_day(compiled: Compiled, case: Case) -> bool:
    """Tell whether the payment falls on the last day of some span."""
    for kind, limits in compiled.spans.items():
        since = case.birth if kind == BIRTH else case.events.get(kind)
        if since is not None and any(
            last_day(since, Span.model_validate({unit: number}), day_one) == case.paid
            for unit, number, day_one in limits
            if number
        ):
            return True
    return False


def rule_cuts(rule: Rule, benefit_year: int) -> Cuts:
    """Name where a rule may begin or end to hold: condition and validity."""
    cuts = rule.when.cuts(benefit_year) if rule.when is not None else Cuts()
    if rule.valid is None:
        return cuts
    first = resolve_day(rule.valid.start, benefit_year)
    after = resolve_day(rule.valid.end, benefit_year) + ONE_DAY
    return cuts.merged([Cuts(days={first, after})])


def _compile_rule(resolved: Resolved, rule: Rule) -> CompiledRule:
    year = resolved.benefit_year
    test = rule.when.compile(year) if rule.when is not None else None
    if rule.valid is not None:
        test = _within(resolve_day(rule.valid.start, year), resolve_day(rule.valid.end, year), test)
    needs = rule.when.needs() if rule.when is not None else frozenset()
    plain = Verdict(rule.question, rule, rule.answer, 0)
    return CompiledRule(rule, test, resolved.defeats(rule), needs, plain)


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
