"""Choose the residents at limits who show what the sample residents leave open.

Each figure is moved by one, and whoever notices it is found: on the day of the limit
and on the day after. Chosen from the rules alone, whatever goes wrong later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from medcounter.assess.facts import Facts
from medcounter.assess.prove.boundaries import boundary_facts
from medcounter.authoring.document.document_path import Path
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.figure_moves import figure_moves
from medcounter.authoring.live.figure_reach import FigureReach, OutcomeMemory, first_noticing
from medcounter.authoring.live.sample_table import SampleTable, lasting_rows
from medcounter.bundle.sampled_place import LONG_AGO
from medcounter.dates import ONE_DAY

_ASKED_A_SLICE = 8


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A resident who notices when a figure is another.

    Attributes:
        path: The figure that made them worth a row.
    """

    facts: Facts
    path: Path


def limit_rows(
    draft: DraftRules, inherited: InheritedRules, table: SampleTable
) -> Iterator[LimitRow | None]:
    """Choose the limits worth a row, bit by bit, for ``with_limits``.

    Who had such a row before has it again where one is still needed.

    Args:
        draft: The draft.
        inherited: What it stands on.
        table: The table of one of its years.

    Yields:
        Each row; None after other work. Whoever stops asking has cancelled it.
    """
    benefit_year = table.benefit_year
    if draft.book is None or draft.compiled(benefit_year) is None:
        return
    memory = OutcomeMemory(draft.book)
    chosen = [row.facts for row in lasting_rows(table, draft)]
    before = [row.facts for row in table.rows if row.facts not in set(chosen)]
    payer = next((facts for facts in chosen if "fee.total" in memory.of(facts).values), None)
    candidates = (*before, *limit_candidates(draft, benefit_year, payer))
    for number, facts in enumerate((*chosen, *candidates)):
        memory.of(facts)
        if number % _ASKED_A_SLICE == 0:
            yield None
    for move in figure_moves(draft.document):
        yield None
        reach = FigureReach.of(draft, move, inherited)
        if reach is None:
            continue
        who = yield from first_noticing((*chosen, *candidates), memory, reach)
        if who is not None and who not in chosen:
            chosen.append(who)
            yield LimitRow(who, move.path)


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
    return tuple(dict.fromkeys((*bounds, *at_ends, *earning)))


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
