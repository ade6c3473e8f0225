"""List the figures of a draft that no example pins: moved by one, nothing fails.

For each the resident is named who would notice; a tick on their row pins it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.prove.programme_proof import proof_steps
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.example_runs import example_faults
from medcounter.authoring.live.figure_reach import (
    FigureReach,
    MovedFigures,
    OutcomeMemory,
    first_noticing,
)
from medcounter.authoring.live.sample_table import examples_of
from medcounter.json_path import JsonPath, show_path
from medcounter.rules.bundle import Example

# Which days and years are answered at all is the author's choice, and no source states it.
_FRAME = frozenset({"payment_days", "benefit_years"})


@dataclass(frozen=True, slots=True)
class UnpinnedFigure:
    """One figure that could be another without any example failing.

    Attributes:
        path: Where it stands in the draft.
        where: What an answer calls it: its rule's id and the keys within.
        value: As it is written.
        unnoticed: What it could be instead.
        shown_by: A resident who comes out otherwise then; None where nobody
            does at any limit, so that only the announcement itself can tell.
    """

    path: JsonPath
    where: str
    value: Json
    unnoticed: tuple[Json, ...]
    shown_by: Facts | None


class _Examples:
    """The examples of a draft that hold in it; one that fails pins nothing."""

    def __init__(self, draft: DraftRules, memory: OutcomeMemory) -> None:
        """Keep the facts of the examples that can be read."""
        self._memory = memory
        self._facts = {one.id: one.facts for one in examples_of(draft)}
        self._examples: list[Example] = []

    def hold(self, book: RuleBook) -> Iterator[None]:
        """Run the examples and keep those that hold, one in a slice."""
        for one in book.bundle.examples:
            if not example_faults(one, book):
                self._examples.append(one)
            yield None

    def noticed(self, reach: FigureReach) -> Generator[None, None, bool]:
        """Return whether any example fails; None after a bit of work."""
        for one in self._examples:
            facts = self._facts.get(one.id)
            new = facts is not None and not self._memory.knows(facts)
            may = facts is None or reach.may_reach(facts, self._memory)
            if may and example_faults(one, reach.book):
                return True
            if may or new:
                yield None
        return False


def unpinned_figures(
    figures: MovedFigures, shown: Iterable[Facts]
) -> Iterator[UnpinnedFigure | None]:
    """List the figures that no example pins, bit by bit.

    What the proof or loading refuses at once needs no example, nor do the days and
    years that the programme speaks of.

    Args:
        figures: The draft, without faults.
        shown: Residents who have a row; one of them is named where one would notice.

    Yields:
        Each figure; None after other work. Whoever stops asking has cancelled it.
    """
    draft, memory, people = figures.draft, figures.memory, list(shown)
    if draft.book is None or memory is None:
        return
    examples = _Examples(draft, memory)
    yield None
    yield from examples.hold(draft.book)
    depth = len(draft.document.base)
    for path, moves in groupby(figures.moves(), key=lambda move: move.path):
        if path[depth] in _FRAME:
            continue
        unnoticed: list[Json] = []
        shown_by: Facts | None = None
        for move in moves:
            yield None
            reach = figures.reach(move)
            if reach is None or (yield from examples.noticed(reach)):
                continue
            who = yield from first_noticing(people, memory, reach)
            if who is None and (yield from _refused(reach.moved)):
                continue
            unnoticed.append(move.value)
            shown_by = shown_by or who
        if unnoticed:
            value = draft.document.at(path)
            name = figure_name(draft, path)
            yield UnpinnedFigure(path, name, value, tuple(unnoticed), shown_by)


def _refused(other: DraftRules) -> Generator[None, None, bool]:
    """Return whether the proof refuses a moved draft."""
    for year in other.years:
        compiled = other.compiled(year)
        if compiled is None or other.book is None:
            return True
        proof = yield from proof_steps(compiled, other.book.names.events)
        if proof.findings:
            return True
    return False


def figure_name(draft: DraftRules, path: JsonPath) -> str:
    """Name a figure by its rule and the keys within, whatever place the rule has."""
    rest = path[len(draft.document.base) :]
    if rest[:1] == ("rules",):
        rule = draft.document.at(path[: len(draft.document.base) + 2])
        return f"{rule.get('id')}.{show_path(rest[2:])}"
    return show_path(rest)
