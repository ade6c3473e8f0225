"""A programme compiled for evaluation: its tests, exceptions first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from medcounter.assess.assessment import Window
from medcounter.dates import ONE_DAY, add_years
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import Case
from medcounter.rules.conditions import Condition
from medcounter.rules.fees.answer_reach import asked_in, cuts_in
from medcounter.rules.inherit import Resolved
from medcounter.rules.person_conditions import BIRTH, last_day
from medcounter.rules.predicate import Test
from medcounter.rules.questions import QUESTION, QUESTIONS, Rule
from medcounter.rules.values import Span, answer_in, resolve_day
from medcounter.rules.vocabulary import NEWBORN


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question answered: the rule that applied and its reading.

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
        name: The rule's id.
        tests: The test in every reading, its own first; empty where all
            readings hold at the same times.
        plain: The verdict where it stands in its own reading.
        read: The verdict in each of its other readings.
    """

    rule: Rule
    name: str
    test: Test | None
    tests: tuple[Test | None, ...]
    defeats: frozenset[str]
    needs: frozenset[str]
    plain: Verdict
    read: tuple[Verdict, ...]

    def test_in(self, reading: int) -> Test | None:
        """Return the test in a reading; None always holds."""
        return self.tests[reading] if self.tests else self.test


@dataclass(frozen=True, slots=True)
class Compiled:
    """A resolved programme by question, most exceptional rules first.

    Attributes:
        format: Format of its bundle, which says how its rules are to be understood.
        defaults: Answers that stand when the clerk says nothing.
        turning_days: Days on which some rule begins or ends to hold.
        spans: For ``birth`` or an event kind: the distances whose last day
            is a limit, as in ``Breakpoints``.
        ages: Full years of age, on the payment day, that are a limit.
        dated: Codes of the answers that conditions read as the day of
            something.
        same_for_all: What a standard asks of everybody, kept by the identity
            of its answer once it was worked out.
        swayed: Rules that may decide in another reading though they do not
            in their own: they hold at other times, or answer better for the
            resident than the one that counts.
        unsettled: Those among them that are unsettled.
        windows: Each window of an answer that was met, kept likewise.
        sole: The rule of each question that has only one, which always holds.
        for_anybody: The rules of a question that somebody without identities
            and events can meet: those for newborns, and those that displace
            others.
    """

    resolved: Resolved
    format: int
    by_question: dict[str, tuple[CompiledRule, ...]]
    defaults: dict[str, bool | int | str]
    turning_days: tuple[date, ...]
    spans: dict[str, set[tuple[str, int, int]]]
    ages: tuple[int, ...]
    dated: frozenset[str]
    swayed: tuple[CompiledRule, ...]
    unsettled: tuple[CompiledRule, ...]
    same_for_all: dict[int, Any] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)
    sole: dict[str, CompiledRule] = field(init=False)
    for_anybody: dict[str, tuple[CompiledRule, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Work out of the rules what every decision would ask of them again."""
        sole = {name: rules[0] for name, rules in self.by_question.items() if _is_sole(rules)}
        met = {
            name: tuple(entry for entry in rules if _meets_anybody(entry))
            for name, rules in self.by_question.items()
        }
        object.__setattr__(self, "sole", sole)
        object.__setattr__(self, "for_anybody", met)

    def rules(self, question: str) -> tuple[CompiledRule, ...]:
        """Return the rules that may answer a question."""
        return self.by_question[question]


def _is_sole(rules: tuple[CompiledRule, ...]) -> bool:
    return len(rules) == 1 and rules[0].test is None and not rules[0].tests


def _meets_anybody(entry: CompiledRule) -> bool:
    return NEWBORN in entry.rule.grounds or bool(entry.defeats)


def compile_programme(
    resolved: Resolved, defaults: dict[str, bool | int | str], bundle_format: int
) -> Compiled:
    """Compile every rule of a resolved programme for its benefit year.

    Args:
        resolved: The programme with all it inherits.
        defaults: Answers that stand when the clerk says nothing.
        bundle_format: Format of the bundle it is from.
    """
    by_question = {}
    for question in QUESTIONS:
        rules = [rule for rule in resolved.rules if rule.question == question.code]
        compiled = {rule.id: _compile_rule(resolved, rule) for rule in rules}
        by_question[question.code] = tuple(_exceptions_first(compiled))
    cuts = Breakpoints().merged(_used_cuts(rule, resolved.benefit_year) for rule in resolved.rules)
    inside = {day for day in cuts.days if resolved.first_day < day <= resolved.last_day}
    days = tuple(sorted({resolved.first_day, *inside}))
    ages = tuple(sorted(age for on, age in cuts.ages if on == "payment"))
    swayed = tuple(entry for rules in by_question.values() for entry in rules if _swayed(entry))
    unsettled = tuple(entry for entry in swayed if entry.rule.status == "unsettled")
    dated = _dated(resolved)
    return Compiled(
        resolved,
        bundle_format,
        by_question,
        defaults,
        days,
        cuts.spans,
        ages,
        dated,
        swayed,
        unsettled,
    )


def _dated(resolved: Resolved) -> frozenset[str]:
    """Name the answers that some condition reads as the day of something."""
    conditions = [when for rule in resolved.rules for when in conditions_of(rule)]
    conditions += [entry.when for entry in resolved.advice if entry.when is not None]
    asking = [when for when in conditions if any(answer_in(need) for need in when.needs())]
    names = {name for when in asking for name in when.cuts(resolved.benefit_year).spans}
    return frozenset(code for name in names if (code := answer_in(name)) is not None)


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
    """Return whether the payment falls on the last day of some span."""
    for kind, limits in compiled.spans.items():
        since = case.birth if kind == BIRTH else case.events.get(kind)
        if since is not None and any(
            last_day(since, Span.model_validate({unit: number}), day_one) == case.paid
            for unit, number, day_one in limits
            if number
        ):
            return True
    return False


def _used_cuts(rule: Rule, benefit_year: int) -> Breakpoints:
    """Name where a decision may turn: only an unsettled rule is read otherwise."""
    if rule.status == "unsettled":
        return rule_breakpoints(rule, benefit_year)
    own = rule_breakpoints(rule, benefit_year, 0)
    return own.merged([cuts_in(rule.answer, benefit_year)])


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


def _compile_rule(resolved: Resolved, rule: Rule) -> CompiledRule:
    count = len(rule.readings)
    test = _test_in(rule, 0, resolved.benefit_year)
    tests: tuple[Test | None, ...] = ()
    if any(reading.sways for reading in rule.readings):
        others = (_test_in(rule, number + 1, resolved.benefit_year) for number in range(count))
        tests = (test, *others)
    asked = (asked_in(answer) for answer in answers_of(rule))
    needs = frozenset[str]().union(*(when.needs() for when in conditions_of(rule)), *asked)
    plain, *read = (
        Verdict(rule.question, rule, rule.answer_in(number), number) for number in range(count + 1)
    )
    return CompiledRule(
        rule, rule.id, test, tests, resolved.defeats(rule), needs, plain, tuple(read)
    )


def _swayed(entry: CompiledRule) -> bool:
    rule = entry.rule
    return bool(entry.tests or (rule.readings and QUESTION[rule.question].mode == "best"))


def conditions_of(rule: Rule) -> list[Condition]:
    """List a rule's condition and those of its other readings."""
    conditions = (rule.when, *(reading.when for reading in rule.readings))
    return [when for when in conditions if when is not None]


def answers_of(rule: Rule) -> list[object]:
    """List a rule's answer and those of its other readings."""
    return [rule.answer_in(number) for number in range(len(rule.readings) + 1)]


def _test_in(rule: Rule, number: int, year: int) -> Test | None:
    if number and not rule.readings[number - 1].stands:
        return _never
    when = rule.when_in(number)
    test = when.compile(year) if when is not None else None
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
