"""Find who is affected when one figure of a draft changes.

Whoever meets the moved rule just as before, in every reading, need not be asked.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from datetime import date

from medcounter.assess.assessing import Decided
from medcounter.assess.engine.ask_rules import MissingFactsError, RulesIncompleteError
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.assess.engine.incentive import ask_incentive, incentive_doubts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.turning_days import answers_of
from medcounter.assess.facts import Facts
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.figure_moves import FigureMove, figure_moves
from medcounter.authoring.live.row_outcome import RowOutcome, decided_alone, row_outcome
from medcounter.json_path import JsonPath
from medcounter.rules.case import Case

# A resident who need not be asked costs a hundredth of one who is.
_ASKED_A_SLICE = 3
_PASSED_A_SLICE = 200


_Days = tuple[date, date]


class OutcomeMemory:
    """The outcomes of residents under one state of a draft, cached."""

    def __init__(self, book: RuleBook) -> None:
        """Remember nothing yet."""
        self._book = book
        self._decided: dict[Facts, Decided | None] = {}
        self._outcomes: dict[Facts, RowOutcome] = {}

    def knows(self, facts: Facts) -> bool:
        """Return whether a resident was decided before."""
        return facts in self._decided

    def of(self, facts: Facts) -> RowOutcome:
        """Return the outcome of a resident."""
        if facts not in self._outcomes:
            self._outcomes[facts] = row_outcome(facts, self._book)
        return self._outcomes[facts]

    def decided(self, facts: Facts) -> Decided | None:
        """Return the decision with its case; None where there is no answer."""
        if facts not in self._decided:
            self._decided[facts] = decided_alone(facts, self._book)
        return self._decided[facts]


@dataclass(frozen=True, slots=True)
class FigureReach:
    """A draft with one figure moved, and the rule it is of, before and after.

    Attributes:
        moved: The draft with the figure moved.
        book: Its rules.
        rules: Benefit year to the rule before and after; none where the figure is
            of no rule, and may concern everybody.
        days: Benefit year to the payment days before and after, first and last,
            where nothing else is moved.
        earned: Benefit year to the rules after, where the figure only says what an
            incentive comes to.
    """

    moved: DraftRules
    book: RuleBook
    rules: dict[int, tuple[CompiledRule, CompiledRule]]
    days: dict[int, tuple[_Days, _Days]]
    earned: dict[int, Compiled]

    @classmethod
    def of(
        cls, draft: DraftRules, move: FigureMove, inherited: InheritedRules
    ) -> FigureReach | None:
        """Move a figure; None where the draft is refused at once then."""
        document = draft.document.replaced(move.path, move.value)
        other = DraftRules.of(document, inherited, may_have_blanks=bool(draft.faults))
        if len(other.faults) > len(draft.faults) or other.book is None:
            return None
        name = rule_of_figure(draft, move.path)
        found = cls(other, other.book, {}, {}, {})
        for year in draft.years:
            before, after = draft.compiled(year), other.compiled(year)
            if before is None or after is None:
                continue
            pair = (_rule(before, name), _rule(after, name))
            if pair[0] is not None and pair[1] is not None:
                found.rules[year] = pair[0], pair[1]
                same_spans = before.turns.spans == after.turns.spans
                if same_spans and _only_earns(draft, move.path, pair[0]):
                    found.earned[year] = after
            elif _same_but_days(before, after):
                found.days[year] = _days(before), _days(after)
        return found

    def may_reach(self, facts: Facts, memory: OutcomeMemory) -> bool:
        """Return whether a resident's outcome may change."""
        year = facts.benefit_year
        if year in self.days:
            return len({_within(days, facts) for days in self.days[year]}) > 1
        pair, decided = self.rules.get(year), memory.decided(facts)
        if pair is None or decided is None:
            return True
        if not _may_differ(decided.decision.case, *pair):
            return False
        after = self.earned.get(year)
        return after is None or _earns_otherwise(decided, after)

    def reaches(self, facts: Facts, memory: OutcomeMemory) -> bool:
        """Return whether a resident's outcome changes."""
        return not memory.of(facts).same(row_outcome(facts, self.book))


class MovedFigures:
    """Each figure of a draft moved by one, and the residents asked, cached.

    The choice of rows and the search for unpinned figures ask the same of it.
    """

    def __init__(self, draft: DraftRules, inherited: InheritedRules) -> None:
        """Move nothing yet.

        Args:
            draft: The draft.
            inherited: What it stands on.
        """
        self.draft = draft
        self.inherited = inherited
        self.memory = None if draft.book is None else OutcomeMemory(draft.book)
        self._reaches: dict[FigureMove, FigureReach | None] = {}

    def moves(self) -> tuple[FigureMove, ...]:
        """Return each figure moved up and down by one, in the draft's order."""
        return tuple(figure_moves(self.draft.document))

    def reach(self, move: FigureMove) -> FigureReach | None:
        """Move a figure; None where the draft is refused at once then."""
        if move not in self._reaches:
            self._reaches[move] = FigureReach.of(self.draft, move, self.inherited)
        return self._reaches[move]


def first_noticing(
    people: Iterable[Facts], memory: OutcomeMemory, reach: FigureReach
) -> Generator[None, None, Facts | None]:
    """Return the first resident whose outcome changes.

    Yields:
        None after a bit of work.
    """
    asked = 0
    for passed, facts in enumerate(people):
        if passed % _PASSED_A_SLICE == _PASSED_A_SLICE - 1:
            yield None
        new = not memory.knows(facts)
        may = reach.may_reach(facts, memory)
        if may and reach.reaches(facts, memory):
            return facts
        if may or new:
            asked += 1
            if asked % _ASKED_A_SLICE == 0:
                yield None
    return None


def rule_of_figure(draft: DraftRules, path: JsonPath) -> str:
    """Name the rule that a figure is of; empty where it is of none."""
    depth = len(draft.document.base)
    if path[depth : depth + 1] != ("rules",):
        return ""
    return str(draft.document.at((*path[: depth + 2], "id")))


def _rule(compiled: Compiled, name: str) -> CompiledRule | None:
    entries = compiled.by_question.values() if name else ()
    return next((one for rules in entries for one in rules if one.name == name), None)


def _same_but_days(before: Compiled, after: Compiled) -> bool:
    """Return whether two states of a programme differ in their payment days alone."""
    first, last = _days(after)
    return replace(before.resolved, first_day=first, last_day=last) == after.resolved


def _days(compiled: Compiled) -> _Days:
    return compiled.resolved.first_day, compiled.resolved.last_day


def _within(days: _Days, facts: Facts) -> bool:
    return days[0] <= facts.payment_date <= days[1]


def _only_earns(draft: DraftRules, path: JsonPath, entry: CompiledRule) -> bool:
    """Return whether a figure is of what an incentive comes to, read in one way."""
    within = path[len(draft.document.base) + 2 :]
    rule = entry.rule
    return rule.question == "incentive" and not rule.readings and within[:1] == ("answer",)


def _earns_otherwise(decided: Decided, after: Compiled) -> bool:
    """Return whether an incentive changes; only payers can earn one."""
    if not decided.decision.payable:
        return False
    try:
        return _earned(decided, decided.compiled) != _earned(decided, after)
    except (MissingFactsError, RulesIncompleteError):
        return True


def _earned(decided: Decided, compiled: Compiled) -> object:
    found = ask_incentive(compiled, decided.facts, decided.decision.case, decided.readings)
    if found is None:
        return None
    incentive, verdict = found
    return incentive, incentive_doubts(incentive, verdict), verdict.name


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
        counted = case._replace(event_day_counts=counts)
        found += [True if test is None else test(counted) for test in tests]
    return found
