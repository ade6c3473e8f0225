"""A programme compiled for evaluation: its tests, exceptions first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from medcounter.assess.assessment import Advice, FeeLine, Window
from medcounter.assess.engine.compiled_rule import (
    ByGrounds,
    CompiledRule,
    Refusals,
    Verdict,
    compile_rule,
    grows_daily,
    is_open,
)
from medcounter.assess.engine.start_day import OF_THE_YEAR, resolve_start
from medcounter.assess.engine.turning_days import TurningDays, conditions_of
from medcounter.dates import year_start
from medcounter.rules.bundle import AdviceEntry
from medcounter.rules.case import Case
from medcounter.rules.inherit import Resolved
from medcounter.rules.predicate import Test
from medcounter.rules.questions import FEE_AND_LENGTHS, QUESTION, QUESTIONS
from medcounter.rules.values import answer_in, resolve_day
from medcounter.rules.vocabulary import AnswerTerm

# Neither moves the first day of cover, nor asks for a fact.
NO_COVER = frozenset({"subsidy", "carry-over"})


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
        floor: The day before which nobody's cover begins, with what says so; None where
            that hangs on more than the year.
        last_day: The last day of everybody's cover likewise.
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
    refusals: dict[object, Refusals] = field(default_factory=dict)
    stretches: dict[int, Compiled] = field(default_factory=dict)
    whole: Compiled | None = None
    sole: dict[str, CompiledRule] = field(init=False)
    named: dict[str, CompiledRule] = field(init=False)
    may_delay: bool = field(init=False)
    grows_daily: bool = field(init=False)
    by_grounds: dict[str, ByGrounds] = field(init=False)
    floor: tuple[date, Verdict | None] | None = field(init=False)
    last_day: date | None = field(init=False)

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
        object.__setattr__(self, "floor", self._floor())
        ending, year = sole.get("cover-end"), self.resolved.benefit_year
        last_day = None if ending is None else resolve_day(ending.plain.answer.end, year)
        object.__setattr__(self, "last_day", last_day)

    def _floor(self) -> tuple[date, Verdict | None] | None:
        """Find the day before which nobody's cover begins, in every rule's own reading."""
        year, rules, sole = self.resolved.benefit_year, self.by_question, self.sole
        if not rules["cover-floor"]:
            return year_start(year), None
        entry = sole.get("cover-floor")
        if entry is None or entry.plain.answer.anchor not in OF_THE_YEAR:
            return None
        return resolve_start(entry.plain.answer, Case(year, year_start(year))), entry.plain

    @property
    def turning_days(self) -> tuple[date, ...]:
        """The payment days on which some rule begins or ends to hold whoever pays."""
        return self.turns.days

    def rules(self, question: str) -> tuple[CompiledRule, ...]:
        """Return the rules that may answer a question."""
        return self.by_question[question]


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
        compiled = {rule.id: compile_rule(resolved, rule, bundle_format, grades) for rule in rules}
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


def _swayed(entry: CompiledRule) -> bool:
    rule = entry.rule
    return bool(entry.tests or (rule.readings and QUESTION[rule.question].mode == "best"))


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
