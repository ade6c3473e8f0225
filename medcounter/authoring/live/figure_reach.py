"""Tell who can come out otherwise when one figure of a draft is another.

Whoever meets the moved rule just as before, in every reading, need not be asked.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from medcounter.assess.engine.compiled import CompiledRule, answers_of
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.authoring.document.document_path import Path
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.figure_moves import FigureMove
from medcounter.authoring.live.row_outcome import RowOutcome, case_seen, row_outcome
from medcounter.rules.case import Case

# A resident who need not be asked costs a hundredth of one who is.
_ASKED_A_SLICE = 8
_PASSED_A_SLICE = 200


class OutcomeMemory:
    """What one state of a draft says of residents, each asked once."""

    def __init__(self, book: RuleBook) -> None:
        """Remember nothing yet."""
        self._book = book
        self._cases: dict[Facts, Case | None] = {}
        self._outcomes: dict[Facts, RowOutcome] = {}

    def of(self, facts: Facts) -> RowOutcome:
        """Return what is said of a resident."""
        if facts not in self._outcomes:
            self._outcomes[facts] = row_outcome(facts, self._book)
        return self._outcomes[facts]

    def case(self, facts: Facts) -> Case | None:
        """Return the case as the rules saw it; None where there is no answer."""
        if facts not in self._cases:
            self._cases[facts] = case_seen(facts, self._book)
        return self._cases[facts]


@dataclass(frozen=True, slots=True)
class FigureReach:
    """A draft with one figure moved, and the rule it is of, before and after.

    Attributes:
        moved: The draft with the figure moved.
        book: Its rules.
        rules: Benefit year to the rule before and after; none where the figure is
            of no rule, and may concern everybody.
    """

    moved: DraftRules
    book: RuleBook
    rules: dict[int, tuple[CompiledRule, CompiledRule]]

    @classmethod
    def of(
        cls, draft: DraftRules, move: FigureMove, inherited: InheritedRules
    ) -> FigureReach | None:
        """Move a figure; None where the draft is refused at once then."""
        other = DraftRules.of(draft.document.replaced(move.path, move.value), inherited)
        if len(other.faults) > len(draft.faults) or other.book is None:
            return None
        name = rule_of_figure(draft, move.path)
        rules = {}
        for year in draft.years if name else ():
            before, after = _rule(draft, name, year), _rule(other, name, year)
            if before is not None and after is not None:
                rules[year] = (before, after)
        return cls(other, other.book, rules)

    def may_reach(self, facts: Facts, memory: OutcomeMemory) -> bool:
        """Return whether somebody may come out otherwise."""
        pair, case = self.rules.get(facts.benefit_year), memory.case(facts)
        return pair is None or case is None or _may_differ(case, *pair)

    def reaches(self, facts: Facts, memory: OutcomeMemory) -> bool:
        """Return whether somebody does come out otherwise."""
        return not memory.of(facts).same(row_outcome(facts, self.book))


def first_noticing(
    people: Iterable[Facts], memory: OutcomeMemory, reach: FigureReach
) -> Generator[None, None, Facts | None]:
    """Return the first who comes out otherwise.

    Yields:
        None after a bit of work.
    """
    asked = 0
    for passed, facts in enumerate(people):
        if passed % _PASSED_A_SLICE == _PASSED_A_SLICE - 1:
            yield None
        if not reach.may_reach(facts, memory):
            continue
        if reach.reaches(facts, memory):
            return facts
        asked += 1
        if asked % _ASKED_A_SLICE == 0:
            yield None
    return None


def rule_of_figure(draft: DraftRules, path: Path) -> str:
    """Name the rule that a figure is of; empty where it is of none."""
    depth = len(draft.document.base)
    if path[depth : depth + 1] != ("rules",):
        return ""
    return str(draft.document.at((*path[: depth + 2], "id")))


def _rule(draft: DraftRules, name: str, year: int) -> CompiledRule | None:
    compiled = draft.compiled(year)
    entries = compiled.by_question.values() if compiled else ()
    return next((one for rules in entries for one in rules if one.rule.id == name), None)


def _may_differ(case: Case, before: CompiledRule, after: CompiledRule) -> bool:
    """Return whether a rule holds otherwise for a case, or answers it otherwise."""
    truths = _truths(case, before)
    if truths != _truths(case, after):
        return True
    if answers_of(before.rule) == answers_of(after.rule):
        return False
    return any(truth is not False for truth in truths)


def _truths(case: Case, entry: CompiledRule) -> list[bool | None]:
    """Ask a rule's condition in every reading, and with the event day as day 1."""
    found: list[bool | None] = []
    tests = entry.tests or (entry.test,)
    for counts in (False, True):
        case.event_day_counts = counts
        found += [True if test is None else test(case) for test in tests]
    case.event_day_counts = False
    return found
