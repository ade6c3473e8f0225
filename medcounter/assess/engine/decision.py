"""Evaluate the questions of one case in order; the result is its decision.

Deliberately light: figures and the rules behind them, no sentences. Sentences,
doubts and hints are derived from it only when somebody reads them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from medcounter.assess.assessment import CLOSED, Coverage, Fee, Wait, Window
from medcounter.assess.engine.ask_rules import (
    MissingFactsError,
    ask_one,
    missing_facts,
    standing_among,
    verdict_of,
)
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule, Verdict
from medcounter.assess.engine.fee import charge_fee
from medcounter.assess.engine.lapse import Lapse, count_lapse
from medcounter.assess.engine.start_day import not_before, resolve_start
from medcounter.assess.engine.stretches import on_stretch
from medcounter.assess.engine.wait import Lengths, ask_lengths, ask_wait
from medcounter.dates import year_end, year_start
from medcounter.rules.case import Case
from medcounter.rules.questions import LENGTH_QUESTIONS
from medcounter.rules.values import resolve_day
from medcounter.rules.vocabulary import ORDINARY

# Makes a named tuple of its fields in order; its own constructor takes three times as long.
_make = tuple.__new__
_ABOUT_LENGTH = frozenset(LENGTH_QUESTIONS)
# Questions that ``cover`` asks; what comes before hangs on none of their answers.
ABOUT_COVER = _ABOUT_LENGTH | {
    *("exemption", "wait-start", "month-end", "after-wait"),
    *("cover-floor", "cover-start", "cover-end", "carry-over"),
}


class Decision(NamedTuple):
    """The rules' answers for one case, and which rules gave them.

    A tuple: a frozen dataclass of as many fields takes four times as long to make.

    Attributes:
        verdicts: In the order asked, each with the rule that stood.
        before_cover: How many of them come before wait and cover.
        lapse_cut: Whether the first counted year cut the count short.
        lengths: Parts of the wait before any exemption; None when closed.
        crosses_year: Whether the wait ends after 31 December and no cover is
            left then.
        earliest: Day before which cover never begins, but for birth.
        spared: Id of each exemption that stands to the grounds it stands for.
    """

    case: Case
    window: Window
    category: str
    exemption: str | None
    lapsed: int
    lapse_cut: bool
    fee: Fee | None
    lengths: Lengths | None
    wait: Wait | None
    coverage: Coverage | None
    crosses_year: bool
    earliest: date
    spared: dict[str, tuple[str, ...]]
    verdicts: tuple[Verdict, ...]
    before_cover: int

    @property
    def payable(self) -> bool:
        """Whether this person may pay on this day."""
        return self.window.kind != CLOSED


def ask_window(compiled: Compiled, case: Case, readings: dict[str, int]) -> tuple[Verdict, Case]:
    """Ask for the window; return also the case with it, for later questions."""
    verdict = ask_one(compiled, "window", case, readings)
    return verdict, case.in_window(verdict.answer.kind, verdict.name)


def decide(
    compiled: Compiled, case: Case, order: dict[str, str], readings: dict[str, int]
) -> Decision:
    """Ask every question that this case raises.

    Args:
        compiled: The programme.
        case: The facts.
        order: Identity codes in the contract's order, with labels.
        readings: Rule id to the reading used; 0 or absent is the rule's own.

    Raises:
        MissingFactsError: The outcome depends on a fact not given.
        RulesIncompleteError: The programme has a gap or a conflict.
    """
    compiled = on_stretch(compiled, case.paid)
    lapse_rule = ask_one(compiled, "lapse", case, readings)
    lapse, case = count_lapse(case, lapse_rule.answer)
    asked, case = ask_window(compiled, case, readings)
    window = compiled.windows.get((asked.name, asked.reading)) or _window(compiled, asked)
    verdicts = (lapse_rule, asked)
    if window.kind == CLOSED:
        return _closed(case, window, lapse, verdicts)
    charged = charge_fee(compiled, case, order, readings)
    covered = cover(compiled, case, order, readings)
    before = (*verdicts, *charged.verdicts)
    return _make(
        Decision,
        (
            covered.case,
            *(window, charged.category, covered.exemption, lapse.years, lapse.cut),
            *(charged.fee, covered.lengths, covered.wait, covered.coverage, covered.crosses_year),
            *(covered.earliest, covered.spared, before + covered.verdicts, len(before)),
        ),
    )


def cover_again(
    compiled: Compiled, known: Decision, case: Case, order: dict[str, str], readings: dict[str, int]
) -> Decision:
    """Decide wait and cover again where all that comes before them stays.

    Args:
        compiled: The programme.
        known: A payable decision of the same person, in every rule's own reading.
        case: The same case, or one between the same two days of ``Compiled.fee_turns``.
        order: Identity codes in the order that breaks ties, with labels.
        readings: Rule id to the reading used, of rules about cover alone.

    Raises:
        MissingFactsError: The outcome depends on a fact not given.
        RulesIncompleteError: The programme has a gap or a conflict.
    """
    named, before = compiled.named, known.case
    about_length = readings and any(named[name].rule.question in _ABOUT_LENGTH for name in readings)
    case = case.as_counted(before.insured_years, before.lapsed)
    case = case.in_window(before.window_kind, before.window_rule)
    lengths = None if about_length else known.lengths
    covered = cover(on_stretch(compiled, case.paid), case, order, readings, lengths)
    return covered_as(known, covered)


def covered_as(known: Decision, covered: WaitAndCover) -> Decision:
    """Return a decision with another wait and cover, all before them the same."""
    same = known.before_cover
    # Spelled out: replacing them by name would take as long as the rest.
    return _make(
        Decision,
        (
            covered.case,
            *(known.window, known.category, covered.exemption, known.lapsed, known.lapse_cut),
            *(known.fee, covered.lengths, covered.wait, covered.coverage, covered.crosses_year),
            *(covered.earliest, covered.spared, known.verdicts[:same] + covered.verdicts, same),
        ),
    )


def _window(compiled: Compiled, asked: Verdict) -> Window:
    """Describe a window and keep it: it is the same for all who pay in it."""
    answer, year = asked.answer, compiled.resolved.benefit_year
    start = None if answer.start is None else resolve_day(answer.start, year)
    end = None if answer.end is None else resolve_day(answer.end, year)
    window = Window(answer.kind, start, end, answer.label)
    compiled.windows[asked.name, asked.reading] = window
    return window


def _closed(case: Case, window: Window, lapse: Lapse, verdicts: tuple[Verdict, ...]) -> Decision:
    nothing = (None, None, None, None)
    return _make(
        Decision,
        (
            *(case, window, ORDINARY, None, lapse.years, lapse.cut, *nothing, False),
            *(year_start(case.benefit_year), {}, verdicts, len(verdicts)),
        ),
    )


class WaitAndCover(NamedTuple):
    """The half of a decision that follows the fee: wait and cover.

    Attributes:
        case: With whether an exemption stands and benefits are withheld.
    """

    case: Case
    exemption: str | None
    lengths: Lengths
    wait: Wait | None
    coverage: Coverage | None
    crosses_year: bool
    earliest: date
    spared: dict[str, tuple[str, ...]]
    verdicts: tuple[Verdict, ...]


class _Relief(NamedTuple):
    """An exemption that stands: how long is left to wait, when cover begins."""

    ground: str
    verdict: Verdict
    left: int
    cover: date


def _ask_floor(
    compiled: Compiled, case: Case, readings: dict[str, int]
) -> tuple[date, Verdict | None]:
    """Ask before which day cover never begins: 1 January where no rule says."""
    if compiled.floor is not None and not readings:
        return compiled.floor
    if not compiled.by_question["cover-floor"]:
        return year_start(case.benefit_year), None
    asked = ask_one(compiled, "cover-floor", case, readings)
    return resolve_start(asked.answer, case), asked


def _ask_end(compiled: Compiled, case: Case, readings: dict[str, int]) -> tuple[date, Verdict]:
    """Ask for the last day of cover."""
    asked = ask_one(compiled, "cover-end", case, readings)
    known = None if readings else compiled.last_day
    return known or resolve_day(asked.answer.end, case.benefit_year), asked


def _reliefs(
    compiled: Compiled, case: Case, lengths: Lengths, soonest: date, readings: dict[str, int]
) -> list[_Relief]:
    held = compiled.by_grounds["exemption"].held_by(case)
    if not held.rules:
        return []
    standing, unknown = standing_among(held.rules, case, readings)
    waiting = [entry for entry in unknown if held.grounds[entry.name]]
    if waiting and lengths.total:
        raise MissingFactsError(missing_facts(waiting[0], case, readings))
    reliefs = []
    for entry in standing:
        verdict = verdict_of(entry, readings) if readings else entry.plain
        answer, grounds = verdict.answer, held.grounds[entry.name]
        left = left_to_wait(lengths, answer.waives)
        if len(grounds) > 1:
            grounds = _own_grounds(compiled, entry, grounds, case, readings)
        for ground in grounds:
            first = resolve_start(answer.cover, case, ground)
            first = max(soonest, first)
            reliefs.append(_make(_Relief, (ground, verdict, left, first)))
    return reliefs


def _own_grounds(
    compiled: Compiled,
    entry: CompiledRule,
    held: tuple[str, ...],
    case: Case,
    readings: dict[str, int],
) -> tuple[str, ...]:
    """List the grounds held for which a rule stands, each without the others.

    Of several events under one limit, each lends only its own day: one that
    happened too long ago must not lend its day to one that stands. Bundles of
    format 1 keep what their answers were given with.
    """
    test = entry.test_in(readings.get(entry.name, 0))
    if test is None or compiled.format == 1:
        return held
    return tuple(ground for ground in held if test(_alone(case, entry.rule.grounds, ground)))


def _alone(case: Case, grounds: tuple[str, ...], ground: str) -> Case:
    """Return a case that has only one of several grounds."""
    others = frozenset(grounds) - {ground}
    events = {kind: day for kind, day in case.events.items() if kind not in others}
    return case._replace(identities=case.identities - others, events=events)


def left_to_wait(lengths: Lengths, waives: tuple[str, ...]) -> int:
    """Return how much of a wait an exemption leaves."""
    fixed = 0 if "fixed" in waives else lengths.fixed
    return fixed if "variable" in waives else fixed + lengths.variable - lengths.repaired


def _waived(lengths: Lengths, waives: tuple[str, ...]) -> Lengths:
    fixed, variable, repaired, *rest = lengths
    if "fixed" in waives:
        fixed = 0
    if "variable" in waives:
        variable = repaired = 0
    return _make(Lengths, (fixed, variable, repaired, *rest))


def cover(
    compiled: Compiled,
    case: Case,
    order: dict[str, str],
    readings: dict[str, int],
    known: Lengths | None = None,
) -> WaitAndCover:
    """Ask for waits, exemptions and the first and last day of cover.

    Args:
        compiled: The programme.
        case: The facts, with window and lapse.
        order: Identity codes in the order that breaks ties.
        readings: Rule id to the reading used.
        known: The parts of the wait; None asks for them.

    Raises:
        MissingFactsError: The outcome depends on a fact not given.
    """
    lengths = known or ask_lengths(compiled, case, readings)
    asked = [*lengths.verdicts]
    earliest, floor = _ask_floor(compiled, case, readings)
    soonest = earliest if case.birth is None else not_before(earliest, case, earliest)
    reliefs = _reliefs(compiled, case, lengths, soonest, readings)
    best = _best_relief(reliefs, order) if reliefs else None
    wait, exemption = None, None
    left, rest = lengths, lengths.total
    if best is not None and best.left < rest:
        exemption, rest = best.ground, best.left
        left = _waived(lengths, best.verdict.answer.waives) if rest else lengths
        asked.append(best.verdict)
    case = case.with_outcome(exempt=best is not None, waits=bool(rest))
    if rest:
        wait, day, more = ask_wait(compiled, case, left, readings)
        first = max(day, soonest)
        asked += more
    elif best is not None and exemption is not None:
        first = best.cover
    else:
        usual = ask_one(compiled, "cover-start", case, readings)
        first = max(resolve_start(usual.answer, case), soonest)
        asked.append(usual)
        if best is not None and best.cover < first:
            first = best.cover
            asked.append(best.verdict)
    last, ending = _ask_end(compiled, case, readings)
    asked.append(ending)
    crosses = wait is not None and wait.end > _end_of_year(compiled, case, last)
    if crosses:
        asked.append(ask_one(compiled, "carry-over", case, readings))
    # What keeps cover from beginning earlier is told only where it lets it begin early.
    if floor is not None and first < year_start(case.benefit_year):
        asked.append(floor)
    year = None if compiled.format == 1 else case.benefit_year
    coverage = _make(Coverage, (first, last, year)) if first <= last else None
    spared = _by_rule(reliefs)
    found = (case, exemption, lengths, wait, coverage, crosses, earliest, spared, tuple(asked))
    return _make(WaitAndCover, found)


def _by_rule(reliefs: list[_Relief]) -> dict[str, tuple[str, ...]]:
    """Gather the grounds of each rule that spares somebody a wait."""
    grounds: dict[str, tuple[str, ...]] = {}
    for ground, verdict, _, _ in reliefs:
        known = grounds.get(verdict.name)
        grounds[verdict.name] = (*known, ground) if known else (ground,)
    return grounds


def _end_of_year(compiled: Compiled, case: Case, last: date) -> date:
    """Name the day past which a wait leaves the year without cover."""
    end = year_end(case.benefit_year)
    return end if compiled.format == 1 else max(end, last)


def _best_relief(reliefs: list[_Relief], order: dict[str, str]) -> _Relief | None:
    """Choose the relief that leaves the least wait, then the earliest cover.

    Source: docs/contract.md, key ``exemption``.
    """
    if len(reliefs) <= 1:
        return reliefs[0] if reliefs else None
    ranks = [(relief.left, relief.cover) for relief in reliefs]
    least = min(ranks)
    best = [relief for relief, rank in zip(reliefs, ranks, strict=True) if rank == least]
    # An event goes before every identity.
    for relief in best:
        if relief.ground not in order:
            return relief
    first = next(code for code in order if any(relief.ground == code for relief in best))
    return next(relief for relief in best if relief.ground == first)
