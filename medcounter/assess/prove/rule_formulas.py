"""Write the rules of one question as formulas: when each of them stands.

A rule stands where its condition holds and no rule that displaces it stands.
The window is no fact: a condition that asks for it is written out in those of
the window's own rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import combinations
from typing import NamedTuple

from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.assess.engine.turning_days import rule_breakpoints
from medcounter.assess.prove import formula as f
from medcounter.assess.prove.formula import ALWAYS, NEVER, Atom, Literal, ProofFormula, both, either
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.conditions import All, AnyOf, Condition, Not
from medcounter.rules.event_conditions import Elapsed
from medcounter.rules.payment_conditions import WINDOW_LABELS, InWindow, Lapsed, WaitOutcome
from medcounter.rules.person_conditions import Identity
from medcounter.rules.predicate import Test
from medcounter.rules.questions import Rule
from medcounter.rules.rule import Validity
from medcounter.rules.values import resolve_day
from medcounter.rules.vocabulary import NEWBORN

WINDOW = "window"
LAPSED = "lapsed"
ASSUMED = "assumed"
UNSETTLED = "unsettled"
# Asked before the window is known, and the first of them before lapsed years are counted.
BEFORE_WINDOW = frozenset({"lapse", WINDOW})
_OPEN = frozenset(WINDOW_LABELS) - {CLOSED}
# Asked when it is known whether somebody is exempt, and whether benefits are withheld.
_AFTER_RELIEF = frozenset(
    {
        "wait-start",
        "month-end",
        "after-wait",
        "cover-start",
        "cover-end",
        "carry-over",
        "incentive",
        "remark",
    }
)


class _Sense(NamedTuple):
    """What is asked of a condition.

    Attributes:
        question: That of the rule which has it; tells what is known by then.
        asking: Whether that rule asks for a birth date that nobody told.
        wanted: Whether it is to be true, or false; an unknown one is neither.
        without: Identities and events that the resident shall not have.
    """

    question: str
    asking: bool
    wanted: bool = True
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, entry: CompiledRule) -> _Sense:
        """Ask where the condition of a rule is true."""
        return cls(entry.rule.question, entry.asks_for_birth)


class ProgrammeAtoms(NamedTuple):
    """A programme, and the atoms that its questions share.

    Attributes:
        events: Codes of all events, to tell such a ground from an identity.
        atoms: What an atom is made of to the atom.
    """

    compiled: Compiled
    events: frozenset[str]
    atoms: dict[object, Atom]


class RuleFormulas:
    """The formulas of one question of a programme, over atoms they share.

    Attributes:
        question: Code of the question.
        rules: Its rules, most exceptional first.
        year: The year insured.
    """

    def __init__(self, programme: ProgrammeAtoms, question: str) -> None:
        """Prepare to write; each formula is written when it is asked for.

        Args:
            programme: The programme and the atoms its questions share.
            question: Code of the question.
        """
        compiled = programme.compiled
        self.question = question
        self.rules = compiled.rules(question)
        self.year = compiled.resolved.benefit_year
        self.negations = f.Negations()
        self._compiled = compiled
        self._events = programme.events
        self._atoms = programme.atoms
        self._readings: dict[tuple[str, int], f.ReadAs] = {}
        self._standing: dict[str, ProofFormula] = {}
        self._alike = _identities_alike(compiled, question)

    def asked(self) -> ProofFormula:
        """Say where the question is asked at all: in exactly one window, and an open one."""
        if self.question in BEFORE_WINDOW:
            return ALWAYS
        windows = [self.stands(entry) for entry in self._compiled.rules(WINDOW)]
        alone = (self.negations.of(both(*pair)) for pair in combinations(windows, 2))
        return both(self._window(_OPEN, frozenset()), *alone)

    def stands(self, entry: CompiledRule) -> ProofFormula:
        """Say where a rule stands: it holds and nothing that displaces it stands."""
        name = entry.rule.id
        if name not in self._standing:
            others = (self.negations.of(self.stands(other)) for other in self._displacing(entry))
            self._standing[name] = both(self.holds(entry), *others)
        return self._standing[name]

    def holds(self, entry: CompiledRule) -> ProofFormula:
        """Say where a rule's condition is true, in whatever reading."""
        return self._in_readings(entry, _Sense.of(entry))

    def gap(self) -> ProofFormula:
        """Say where no rule of the question holds."""
        return both(*(self.negations.of(self.holds(entry)) for entry in self.rules))

    def asks_no_birth(self) -> ProofFormula:
        """Say where no rule waits for a birth date that has to be asked for."""
        asking = (entry for entry in self.rules if entry.asks_for_age)
        return both(
            *(self._asks_no_birth(entry) for entry in asking if "birth_date" in entry.needs)
        )

    def held(self, grounds: Iterable[str]) -> ProofFormula:
        """Say where the resident has one of a rule's grounds."""
        return either(*(self._held(ground) for ground in sorted(grounds)))

    def spared(self, entry: CompiledRule, ground: str) -> ProofFormula:
        """Say where a ground is held that a rule holds for without its other grounds.

        Of several events under one limit, each lends only its own day; of what format 1
        knows, any did.
        """
        others = frozenset(entry.rule.grounds) - {ground}
        if self._compiled.format == 1 or self.question != "exemption" or not others:
            return self.held({ground})
        alone = self._in_readings(entry, _Sense.of(entry)._replace(without=others))
        return both(self.held({ground}), alone)

    def _held(self, ground: str) -> ProofFormula:
        if ground == NEWBORN:
            return ALWAYS
        if ground not in self._events:
            return self._identity(ground)
        known = Breakpoints(spans={ground: {("days", 0, 0)}})
        return Literal(self._atom(ground, f"event:{ground}", partial(_has_event, ground), known))

    def _asks_no_birth(self, entry: CompiledRule) -> ProofFormula:
        displaced = (self.stands(other) for other in self._displacing(entry))
        fails = self._in_readings(entry, _Sense.of(entry)._replace(wanted=False))
        return either(self.holds(entry), fails, *displaced)

    def _displacing(self, entry: CompiledRule) -> list[CompiledRule]:
        rules = self._compiled.rules(entry.rule.question)
        return [other for other in rules if entry.rule.id in other.defeats]

    def _in_readings(self, entry: CompiledRule, sense: _Sense) -> ProofFormula:
        if not entry.tests:
            return self._in_reading(entry, 0, sense)
        ways = [(way, self._in_reading(entry, way, sense)) for way in range(len(entry.tests))]
        return either(*(both(Literal(self._read_as(entry, way)), holds) for way, holds in ways))

    def _in_reading(self, entry: CompiledRule, number: int, sense: _Sense) -> ProofFormula:
        rule, wanted = entry.rule, sense.wanted
        if number and not rule.readings[number - 1].stands:
            return NEVER if wanted else ALWAYS
        when = rule.when_in(number)
        if when is None:
            holds: ProofFormula = ALWAYS if wanted else NEVER
        else:
            holds = self._condition(when, sense)
        if rule.valid is None:
            return holds
        inside = Literal(self._valid(rule.valid))
        return both(inside, holds) if wanted else either(self.negations.of(inside), holds)

    def _valid(self, valid: Validity) -> Atom:
        first, last = (resolve_day(day, self.year) for day in (valid.start, valid.end))
        return self._atom((first, last), "", partial(_paid_between, first, last), Breakpoints())

    def _read_as(self, entry: CompiledRule, number: int) -> f.ReadAs:
        rule = entry.rule
        read = f.ReadAs(reading_axis(rule), rule.id, number)
        return self._readings.setdefault((rule.id, number), read)

    def _condition(self, when: Condition, sense: _Sense) -> ProofFormula:
        """Say where a condition is true, or false."""
        wanted = sense.wanted
        if isinstance(when, Not):
            return self._condition(when.of, sense._replace(wanted=not wanted))
        if isinstance(when, Elapsed) and len(when.names) > 1:
            parts = (self._condition(part, sense) for part in when.parts)
            return either(*parts) if wanted else both(*parts)
        if isinstance(when, All | AnyOf):
            parts = (self._condition(part, sense) for part in when.of)
            return both(*parts) if isinstance(when, All) is wanted else either(*parts)
        if isinstance(when, InWindow) and sense.question not in BEFORE_WINDOW:
            true = self._window(frozenset(when.kinds), frozenset(when.rules))
        elif isinstance(when, Identity):
            codes = (code for code in when.any_of if code not in sense.without)
            true = either(*(self._identity(code) for code in codes))
        else:
            return self._leaf(when, sense)
        return true if wanted else self.negations.of(true)

    def _leaf(self, when: Condition, sense: _Sense) -> ProofFormula:
        year = self.year
        axis = _axis(when, year)
        test = when.compile_asking(year) if sense.asking else when.compile(year)
        if _too_early(when, sense.question) or axis.removeprefix("event:") in sense.without:
            truth = test(Case(year, date(year, 1, 1)))
            return ALWAYS if truth is sense.wanted else NEVER
        atom = self._atom((when, sense.asking), axis, test, when.cuts(year))
        return Literal(atom, f.TRUE if sense.wanted else f.FALSE)

    def _window(self, kinds: frozenset[str], names: frozenset[str]) -> ProofFormula:
        return either(
            *(
                both(self.stands(entry), self._answers(entry, kinds, names))
                for entry in self._compiled.rules(WINDOW)
            )
        )

    def _answers(
        self, entry: CompiledRule, kinds: frozenset[str], names: frozenset[str]
    ) -> ProofFormula:
        """Say in which readings a window's rule gives one of these kinds."""
        verdicts = (entry.plain, *entry.read)
        fits = [entry.rule.id in names or verdict.answer.kind in kinds for verdict in verdicts]
        if all(fits):
            return ALWAYS
        return (
            either(
                *(Literal(self._read_as(entry, number)) for number, fit in enumerate(fits) if fit)
            )
            if len(fits) > 1
            else NEVER
        )

    def _identity(self, code: str) -> ProofFormula:
        alike = self._alike[code]
        held = partial(_has_identity, alike)
        return Literal(self._atom(("identity", alike), f"identity:{alike}", held, Breakpoints()))

    def _atom(self, key: object, axis: str, test: Test, cuts: Breakpoints) -> Atom:
        if key not in self._atoms:
            self._atoms[key] = Atom(axis, test, cuts)
        return self._atoms[key]


def reading_axis(rule: Rule) -> str:
    """Name the axis of a rule's readings: its own while its source leaves them open."""
    return f"reading:{rule.id}" if rule.status == UNSETTLED else ASSUMED


def _too_early(when: Condition, question: str) -> bool:
    """Return whether a condition asks for what is not known yet."""
    if isinstance(when, InWindow):
        return question in BEFORE_WINDOW
    if isinstance(when, Lapsed):
        return question == "lapse"
    return isinstance(when, WaitOutcome) and question not in _AFTER_RELIEF


def _axis(when: Condition, year: int) -> str:
    """Name the fact a condition looks at beside the payment day; empty for none."""
    if isinstance(when, WaitOutcome):
        return f"outcome:{when.of}"
    cuts, needs = when.cuts(year), when.needs()
    if "birth_date" in needs:
        return BIRTH
    if cuts.spans:
        return f"event:{next(iter(cuts.spans))}"
    if cuts.years_back:
        return f"insured:{next(iter(cuts.years_back))}"
    if cuts.answers:
        return f"answer:{next(iter(cuts.answers))}"
    return "repair" if "repair_years" in needs else LAPSED if "insured_years" in needs else ""


def _identities_alike(compiled: Compiled, question: str) -> dict[str, str]:
    """Name one identity for all that no condition and no ground tells apart."""
    rules = [entry.rule for name in (question, WINDOW) for entry in compiled.rules(name)]
    year = compiled.resolved.benefit_year
    groups = Breakpoints().merged(rule_breakpoints(rule, year) for rule in rules).identities
    groups = groups | {frozenset({ground}) for rule in rules for ground in rule.grounds}
    named: dict[frozenset[frozenset[str]], str] = {}
    return {
        code: named.setdefault(frozenset(group for group in groups if code in group), code)
        for code in sorted(frozenset[str]().union(*groups))
    }


def _has_event(kind: str, case: Case) -> bool:
    return kind in case.events


def _has_identity(code: str, case: Case) -> bool:
    return code in case.identities


def _paid_between(first: date, last: date, case: Case) -> bool:
    return first <= case.paid <= last
