"""List who stands at a limit: on its day and on the day after, by every fact.

More than a table could show; those who notice a moved figure are worth a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.turning_days import rule_breakpoints
from medcounter.assess.facts import Facts
from medcounter.assess.prove.boundaries import boundary_facts
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.dates import ONE_DAY
from medcounter.rules.case import BIRTH
from medcounter.rules.questions import Rule
from medcounter.rules.vocabulary import NEWBORN
from medcounter.samples.sampled_place import LONG_AGO

_MANY_TURNS = 20


def limit_candidates(
    draft: DraftRules, benefit_year: int, payer: Facts | None
) -> tuple[Facts, ...]:
    """List who stands at a limit: of a condition, of the days told, of an incentive.

    Args:
        draft: The draft.
        benefit_year: One of its years.
        payer: Somebody who pays on a day on which one may; only they earn an incentive.
    """
    compiled = draft.compiled(benefit_year)
    if compiled is None:
        return ()
    bounds = boundary_facts(compiled, draft.region)
    if not bounds:
        return ()
    plain, resolved = bounds[0], compiled.resolved
    first, last = resolved.first_day, resolved.last_day
    ends = (first - ONE_DAY, first, last, last + ONE_DAY)
    at_ends = [replace(plain, payment_date=day) for day in ends]
    earning = [] if payer is None or not compiled.rules("incentive") else _earning(payer)
    both = _young_and_poor(compiled, bounds)
    return tuple(
        dict.fromkeys((*bounds, *at_ends, *_on_last_days(compiled, bounds), *both, *earning))
    )


def _on_last_days(compiled: Compiled, bounds: tuple[Facts, ...]) -> Iterator[Facts]:
    """Yield each identity and each answer on the last day before some rule turns."""
    plain, turns = bounds[0], compiled.turning_days
    if len(turns) > _MANY_TURNS:
        return
    people = dict.fromkeys(
        replace(facts, payment_date=plain.payment_date)
        for facts in bounds
        if facts.categories or facts.answers != plain.answers
    )
    for turn in turns[1:]:
        yield from (replace(facts, payment_date=turn - ONE_DAY) for facts in people)


def _young_and_poor(compiled: Compiled, bounds: tuple[Facts, ...]) -> Iterator[Facts]:
    """Yield who is at a limit by age with an identity, where a rule asks both."""
    codes = dict.fromkeys(
        code
        for entries in compiled.by_question.values()
        for entry in entries
        for code in _identities_by_age(entry.rule, compiled.resolved.benefit_year)
    )
    for facts in bounds:
        if facts.birth_date != bounds[0].birth_date and facts.insured_years is None:
            yield from (replace(facts, categories=(code,)) for code in codes)


def _identities_by_age(rule: Rule, benefit_year: int) -> Iterator[str]:
    """Name an identity of each group that a rule asks for beside a limit by age."""
    cuts = rule_breakpoints(rule, benefit_year)
    if not (cuts.births or cuts.ages or cuts.birth_years or BIRTH in cuts.spans):
        return
    grounds = frozenset(rule.grounds) - {NEWBORN} if rule.question == "concession" else frozenset()
    for group in sorted({*cuts.identities, grounds}, key=sorted):
        yield from sorted(group)[:1]


def _earning(payer: Facts) -> Iterator[Facts]:
    """Yield who earns an incentive: by years in a row, without claims, after a lapse."""
    year = payer.benefit_year
    given = dict(payer.answers)
    for first in range(year - LONG_AGO, year + 1):
        insured = tuple(range(first, year))
        for zero_claim in ((), insured[-1:], insured):
            answers = tuple(sorted({**given, "zero_claim_years": zero_claim}.items()))
            yield replace(payer, insured_years=insured, answers=answers)
        gap = tuple(one for one in range(year - LONG_AGO, year) if one < first or one == year - 1)
        for lapsed in (gap, tuple(one for one in gap if one != year - 1)):
            answers = tuple(sorted({**given, "zero_claim_years": lapsed}.items()))
            yield replace(payer, insured_years=lapsed, answers=answers)
