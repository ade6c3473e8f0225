"""Compute the 大病保险 ceiling from continuous years and claim-free years.

Source: 国办发〔2024〕38号, on the ceiling of 大病保险. Money is whole fen.
"""

from __future__ import annotations

from decimal import Decimal

from medcounter.assess.assessment import Doubt, Incentive
from medcounter.assess.engine.ask_rules import ask_one
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.facts import Facts
from medcounter.money import round_half_up, show_yuan
from medcounter.rules.answers import IncentiveAnswer, RateStep
from medcounter.rules.case import Case

_NOT_KNOWN = {
    "continuous": "来源没有给出每个连续参保年度提高的金额，这一部分待核定。",
    "zero_claim": "来源没有给出每个未报销年度提高的金额，这一部分待核定。",
    "change": "有一部分金额待核定，合计因此待核定。",
    "cap": "来源没有给出提高部分的封顶比例或金额，封顶金额待核定。",
}
_ONLY_A_SHARE = "来源只给出封顶比例，没有给出本地的支付限额，封顶金额待核定。"


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
    return compute_incentive(verdict.answer, facts, zero_claim, used_years), verdict


def compute_incentive(
    rule: IncentiveAnswer, facts: Facts, zero_claim: tuple[int, ...], used: tuple[int, ...]
) -> Incentive:
    """Work out the steps on the ceiling for the benefit year.

    A used bonus resets the zero-claim part only; a lapse restarts the
    continuous count. The cap holds for both parts together.
    """
    insured = frozenset(facts.insured_years or ())
    years = continuous_years(insured, facts.benefit_year, rule.counted_from)
    began = facts.benefit_year - years + 1
    steps = max(0, years - rule.after_years)
    first = began
    if rule.lapse_keeps_bonus:
        steps += _earlier_steps(insured, began, rule)
        first = rule.counted_from
    continuous = _sum(rule.continuous_step, steps)
    first = max(first, max(used, default=0) + 1)
    counted = insured.intersection(zero_claim, range(first, facts.benefit_year))
    zero = _sum(rule.zero_claim_step, len(counted))
    enrolled_again = (
        years == 1 and began > rule.counted_from and min(insured, default=began) < began
    )
    penalty = _penalty(rule, insured, began) if enrolled_again else 0
    cap, rate = _cap(rule), _rate(rule.rate, insured, facts.benefit_year)
    if continuous is None or zero is None:
        return Incentive(years, continuous, zero, penalty, None, cap, rate)
    bonus = continuous + zero if cap is None else min(continuous + zero, cap)
    return Incentive(years, continuous, zero, penalty, bonus - penalty, cap, rate)


def _sum(step: int | None, steps: int) -> int | None:
    """Sum steps up, in fen; None when there are some and their size is not known."""
    if not steps:
        return 0
    return None if step is None else step * steps


def _penalty(rule: IncentiveAnswer, insured: frozenset[int], began: int) -> int:
    """Work out what coming back after a lapse takes off, in fen.

    Source: bundle source ``jilin-city-old-text``, "each lapsed year −4000, at most 80,000".
    """
    if rule.lapse_penalty_per == "return":
        return rule.lapse_penalty
    year = began - 1
    while year >= rule.counted_from and year not in insured:
        year -= 1
    penalty = rule.lapse_penalty * (began - 1 - year)
    return penalty if rule.lapse_penalty_cap is None else min(penalty, rule.lapse_penalty_cap)


def _rate(rule: RateStep | None, insured: frozenset[int], benefit_year: int) -> Decimal | None:
    """Sum the steps on the reimbursement rate up; None where there are none."""
    if rule is None:
        return None
    years = continuous_years(insured, benefit_year, rule.counted_from)
    rate = rule.step * max(0, years - rule.after_years)
    return rate if rule.cap is None else min(rate, rule.cap)


def incentive_doubts(earned: Incentive, verdict: Verdict) -> tuple[Doubt, ...]:
    """Name what of the incentive rests on an open figure, or is not known."""
    rule, answer = verdict.rule, verdict.answer
    doubts: dict[str, Doubt] = {}
    if rule.status != "confirmed":
        for field in rule.concerns or ("incentive",):
            value = _shown(earned, field.partition(".")[2])
            doubts[field] = Doubt(field, rule.status, str(rule.doubt), value, None, rule.id)
    not_known = _NOT_KNOWN if answer.cap_share is None else _NOT_KNOWN | {"cap": _ONLY_A_SHARE}
    for name, text in not_known.items():
        field = f"incentive.{name}"
        if getattr(earned, name) is None and field not in doubts:
            doubts[field] = Doubt(field, "unsettled", text, None, None, rule.id)
    return tuple(doubts.values())


def _shown(earned: Incentive, name: str) -> str | None:
    """Write one part as the contract does; None for the whole."""
    value = getattr(earned, name, None)
    if value is None:
        return None
    return str(value) if name in {"continuous_years", "rate"} else show_yuan(value)


def continuous_years(insured: frozenset[int], benefit_year: int, counted_from: int) -> int:
    """Count insured years in a row up to and with the benefit year."""
    year = benefit_year - 1
    while year >= counted_from and year in insured:
        year -= 1
    return benefit_year - year


def _earlier_steps(insured: frozenset[int], began: int, rule: IncentiveAnswer) -> int:
    """Count the steps earned in runs that ended before the current one."""
    steps = run = 0
    for year in range(rule.counted_from, began):
        run = run + 1 if year in insured else 0
        steps += 1 if run > rule.after_years else 0
    return steps


def _cap(rule: IncentiveAnswer) -> int | None:
    """Name the most that the steps may reach, in fen; None when not known."""
    caps = [rule.cap_amount] if rule.cap_amount is not None else []
    if rule.cap_share is not None and rule.ceiling is not None:
        caps.append(round_half_up(rule.ceiling * rule.cap_share))
    return min(caps, default=None)
