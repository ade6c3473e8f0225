"""How the 大病保险 ceiling moves: continuous years, years without a claim.

Source: rule book, national mechanism 6. Money is whole fen.
"""

from __future__ import annotations

from dataclasses import dataclass

from medcounter.assess.assessment import Incentive
from medcounter.assess.compiled import Compiled
from medcounter.assess.facts import Facts
from medcounter.assess.verdict import Verdict, ask_one
from medcounter.money import round_half_up
from medcounter.rules.answers import IncentiveAnswer
from medcounter.rules.case import Case


@dataclass(frozen=True, slots=True)
class _Run:
    """Continuous insured years up to the benefit year, that included."""

    years: int
    after_lapse: bool


def ask_incentive(
    compiled: Compiled, facts: Facts, case: Case, readings: dict[str, int]
) -> tuple[Incentive, Verdict] | None:
    """Answer when the facts give zero-claim years beside insured years.

    Returns:
        The change of the ceiling and the verdict behind it; None when the
        facts do not ask or no rule answers.
    """
    answers = dict(facts.answers)
    zero_claim = answers.get("zero_claim_years")
    if facts.insured_years is None or not isinstance(zero_claim, tuple):
        return None
    if not compiled.rules("incentive"):
        return None
    verdict = ask_one(compiled, "incentive", case, readings)
    used = answers.get("claim_used_years")
    used_years = used if isinstance(used, tuple) else ()
    return work_out(verdict.answer, facts, zero_claim, used_years), verdict


def work_out(
    rule: IncentiveAnswer, facts: Facts, zero_claim: tuple[int, ...], used: tuple[int, ...]
) -> Incentive:
    """Work out the steps on the ceiling for the benefit year.

    A used bonus resets the zero-claim part only; a lapse restarts the
    continuous count. The cap holds for both parts together.
    """
    insured = frozenset(facts.insured_years or ())
    run = _current_run(insured, facts.benefit_year, rule.counted_from)
    continuous = rule.continuous_step * max(0, run.years - rule.after_years)
    if rule.lapse_keeps_bonus:
        continuous += _earlier_bonus(insured, facts.benefit_year - run.years, rule)
    counted = [year for year in zero_claim if _counts(year, insured, facts, rule, used, run)]
    zero = rule.zero_claim_step * len(counted)
    penalty = rule.lapse_penalty if run.after_lapse else 0
    cap = _cap(rule)
    bonus = continuous + zero
    if cap is not None:
        bonus = min(bonus, cap)
    return Incentive(run.years, continuous, zero, penalty, bonus - penalty, cap)


def _current_run(insured: frozenset[int], benefit_year: int, counted_from: int) -> _Run:
    year = benefit_year - 1
    while year >= counted_from and year in insured:
        year -= 1
    earlier = any(other < year for other in insured)
    lapsed = year >= counted_from and (earlier or year in range(counted_from, benefit_year))
    return _Run(benefit_year - year - 1 + 1 if year < benefit_year else 1, lapsed and earlier)


def _earlier_bonus(insured: frozenset[int], before: int, rule: IncentiveAnswer) -> int:
    """Sum the steps earned in runs that ended before the current one."""
    steps = run = 0
    for year in range(rule.counted_from, before + 1):
        run = run + 1 if year in insured else 0
        steps += 1 if run > rule.after_years else 0
    return rule.continuous_step * steps


def _counts(
    year: int,
    insured: frozenset[int],
    facts: Facts,
    rule: IncentiveAnswer,
    used: tuple[int, ...],
    run: _Run,
) -> bool:
    """Tell whether a year without a claim still raises the ceiling."""
    in_time = rule.counted_from <= year < facts.benefit_year and year in insured
    kept = rule.lapse_keeps_bonus or year > facts.benefit_year - run.years
    return in_time and year >= max(used, default=0) and year not in used and kept


def _cap(rule: IncentiveAnswer) -> int | None:
    """Name the most that the steps may reach; None when not known."""
    caps = [rule.cap_amount] if rule.cap_amount is not None else []
    if rule.cap_share is not None and rule.ceiling is not None:
        caps.append(round_half_up(rule.ceiling * rule.cap_share))
    return min(caps, default=None)
