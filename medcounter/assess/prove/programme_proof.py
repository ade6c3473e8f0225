"""Prove one programme for one benefit year: every case has exactly one rule.

Source: docs/rules.md, 五 and 十四: exactly one rule answers, and a conflict names both.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date
from itertools import permutations
from typing import NamedTuple, cast

from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.ask_rules import answer_of, standing_rules
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.turning_days import TurningDays
from medcounter.assess.prove.case_axes import case_of
from medcounter.assess.prove.case_description import describe
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.assess.prove.question_proof import Meeting, QuestionProof
from medcounter.assess.prove.reading_limit import too_many_readings
from medcounter.assess.prove.rule_formulas import WINDOW, ProgrammeAtoms
from medcounter.assess.prove.wait_units import unlike_units
from medcounter.dates import ONE_DAY
from medcounter.rules.inherit import Resolved
from medcounter.rules.questions import QUESTION, QUESTIONS, Question, Rule
from medcounter.rules.values import resolve_day


class Hole(NamedTuple):
    """A gap or an overlap of one programme and year.

    Attributes:
        question: Code of the question.
        rules: The rules that meet; none is a gap.
        text: What is wrong, and for whom.
    """

    question: str
    rules: tuple[str, ...]
    text: str


class ClosedDays(NamedTuple):
    """Days between two periods of which no rule speaks.

    Attributes:
        first: The first of them.
        last: The last one, inclusive.
        periods: Ids of the window's rules before and after.
    """

    first: date
    last: date
    periods: frozenset[str]


class ProgrammeProof(NamedTuple):
    """What the proof of one programme and benefit year comes to.

    Attributes:
        findings: Its gaps and overlaps.
        standing: Ids of all rules that stand for somebody, inherited ones too.
        closed: Days between two periods that only a rule for every day closes.
    """

    findings: tuple[Hole, ...]
    standing: frozenset[str]
    closed: tuple[ClosedDays, ...]


def prove_programme(
    compiled: Compiled, events: frozenset[str], untold: frozenset[str] = frozenset()
) -> ProgrammeProof:
    """Prove one programme for one benefit year.

    Args:
        compiled: The programme with all it inherits.
        events: Codes of all events that its bundle knows.
        untold: Questions that it need not answer.
    """
    steps = proof_steps(compiled, events, untold)
    while True:
        try:
            next(steps)
        except StopIteration as proven:
            return cast("ProgrammeProof", proven.value)


def proof_steps(
    compiled: Compiled, events: frozenset[str], untold: frozenset[str] = frozenset()
) -> Generator[None, None, ProgrammeProof]:
    """Prove one programme question by question, for whoever has other work between.

    Yields:
        None after a bit of work.

    Returns:
        The proof.
    """
    programme, payment = ProgrammeAtoms(compiled, events, {}), PaymentDays(compiled)
    yield
    findings: list[Hole] = []
    standing: set[str] = set()
    for question in QUESTIONS:
        required = compiled.resolved.scheme in question.schemes
        if compiled.rules(question.code):
            proof = QuestionProof(programme, payment, question.code)
            yield
            for met in proof.meetings():
                if met is not None:
                    described = _described(compiled, question, met)
                    findings.append(Hole(question.code, met.standing, described))
                yield
            for name in proof.standing():
                standing |= {name} if name is not None else set()
                yield
        elif required and question.mode == "one" and question.code not in untold:
            text = f"没有规则回答“{question.label}”（{question.code}）。"
            findings.append(Hole(question.code, (), text))
        yield
    findings += [Hole(*found) for found in unlike_units(compiled)]
    findings += [Hole(*found) for found in too_many_readings(compiled)]
    yield
    return ProgrammeProof(
        tuple(findings), frozenset(standing), tuple(_closed_between(compiled, payment))
    )


class HoleOnDay(NamedTuple):
    """A gap or an overlap, with the payment day of the case that shows it."""

    day: date
    hole: Hole


def holes_of(compiled: Compiled, events: frozenset[str], question: str) -> tuple[HoleOnDay, ...]:
    """Prove one question of a programme that has rules for it.

    Args:
        compiled: The programme with all it inherits.
        events: Codes of all events that its bundle knows.
        question: Code of the question.
    """
    programme, payment = ProgrammeAtoms(compiled, events, {}), PaymentDays(compiled)
    proof = QuestionProof(programme, payment, question)
    return tuple(
        HoleOnDay(
            met.case.paid,
            Hole(question, met.standing, _described(compiled, QUESTION[question], met)),
        )
        for met in proof.meetings()
        if met is not None
    )


def _closed_between(compiled: Compiled, payment: PaymentDays) -> Iterator[ClosedDays]:
    """Name the days between two periods that only a rule for every day closes.

    For somebody of whom nothing is known; who may pay then after all is not asked.
    """
    first: date | None = None
    before: Rule | None = None
    for day in _window_turns(compiled, payment):
        rules, _ = standing_rules(compiled, WINDOW, case_of(compiled, day, {}))
        for standing in rules[:1]:
            if answer_of(standing, 0).kind != CLOSED:
                # What a period leaves out within itself is written in its condition.
                if first and before and not _reaches(before, standing, day, payment):
                    periods = frozenset({before.id, standing.id})
                    yield ClosedDays(first, day - ONE_DAY, periods)
                first, before = None, standing
            elif before and first is None and standing.when is None and standing.valid is None:
                first = day


def _window_turns(compiled: Compiled, payment: PaymentDays) -> Iterator[date]:
    """List the payment days on which a rule of the window may turn.

    Days of the month are named for two years only; all days of others are listed.
    """
    rules = [entry.rule for entry in compiled.rules(WINDOW)]
    turns = set(TurningDays.of_rules(rules, compiled.resolved).days)
    two_years = range(payment.benefit_year - 1, payment.benefit_year + 1)
    yield from (day for day in payment.days if day in turns or day.year not in two_years)


def _reaches(before: Rule, after: Rule, day: date, payment: PaymentDays) -> bool:
    """Return whether a period is the same one again, or said to last until a day."""
    end = answer_of(before, 0).end
    lasts = end is not None and resolve_day(end, payment.benefit_year) >= day - ONE_DAY
    return before.id == after.id or lasts


def _described(compiled: Compiled, question: Question, meeting: Meeting) -> str:
    """Say which rules meet for whom, and in which reading."""
    rules = {rule.id: rule for rule in compiled.resolved.rules}
    read = "".join(
        f"“{name}”按另一种读法（{rules[name].readings[number - 1].text}）："
        for name, number in meeting.readings.items()
    )
    names = "”与“".join(meeting.standing)
    found = f"“{names}”同时成立" if names else "没有规则成立"
    ground = f"对 {meeting.ground} 有" if meeting.ground else ""
    who = describe(meeting.case, compiled, question.code)
    return f"{read}“{question.label}”{ground}{found}：{who}。{_remedy(meeting, compiled.resolved)}"


def _remedy(meeting: Meeting, resolved: Resolved) -> str:
    """Say what to write where rules meet; first what fits a rule from above."""
    names = meeting.standing
    if len(names) < 2:  # noqa: PLR2004 -- it takes two to meet
        return ""
    lost = "".join(
        f"“{one}”取代的那一条优先于“{other}”，取代（replaces）不带来原条的例外，要自己再写。"
        for one, other in permutations(names, 2)
        if other in {resolved.stands_for.get(name, name) for name in resolved.unkept.get(one, ())}
    )
    above = "”、“".join(name for name in names if name not in resolved.own)
    if above and not resolved.own.isdisjoint(names) and not lost:
        return (
            f"“{above}”是上级的规则：本地把这件事整个另行规定的（如新生儿的天数、等待期怎样数），"
            "在 replaces 里写它，一条只能取代一条，再有的写进 drops；"
            "只对一部分人另有规定、其余的人仍照上级的，才在 exception_to 里写它。"
        )
    return f"{lost}其中该用的一条要在 exception_to 里写另一条，或把两条的条件分开。"
