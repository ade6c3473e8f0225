"""Choose the residents at limits who show what the sample residents leave open.

Each figure is moved by one, and whoever notices it is found: on the day of the limit
and on the day after. Chosen from the rules alone, whatever goes wrong later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medcounter.assess.facts import Facts
from medcounter.authoring.live.figure_reach import MovedFigures, first_noticing
from medcounter.authoring.live.limit_candidates import limit_candidates
from medcounter.authoring.live.sample_table import SampleTable, lasting_rows
from medcounter.json_path import JsonPath

_ASKED_A_SLICE = 4


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A resident who notices when a figure is another.

    Attributes:
        path: The figure that made them worth a row.
    """

    facts: Facts
    path: JsonPath


def limit_rows(figures: MovedFigures, table: SampleTable) -> Iterator[LimitRow | None]:
    """Choose the limits worth a row, bit by bit, for ``with_limits``.

    Who had such a row before has it again where one is still needed.

    Args:
        figures: The draft.
        table: The table of one of its years.

    Yields:
        Each row; None after other work. Whoever stops asking has cancelled it.
    """
    draft, memory, benefit_year = figures.draft, figures.memory, table.benefit_year
    if memory is None or draft.compiled(benefit_year) is None:
        return
    chosen = [row.facts for row in lasting_rows(table, draft)]
    lasting = set(chosen)
    before = [row.facts for row in table.rows if row.facts not in lasting]
    yield None
    payer = next((facts for facts in chosen if "fee.total" in memory.of(facts).values), None)
    candidates = (*before, *limit_candidates(draft, benefit_year, payer))
    for number, facts in enumerate((*chosen, *candidates)):
        memory.decided(facts)
        if number % _ASKED_A_SLICE == 0:
            yield None
    for move in figures.moves():
        yield None
        reach = figures.reach(move)
        if reach is None:
            continue
        who = yield from first_noticing((*chosen, *candidates), memory, reach)
        if who is not None and who not in chosen:
            chosen.append(who)
            yield LimitRow(who, move.path)
