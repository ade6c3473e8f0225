"""List the answers that change from bundle to bundle, or from year to year.

Both sides evaluate the same cases: the sample residents made from either's rules,
their examples and their boundary cases. Nothing is judged or proved: where a draft
has no single rule, that is its answer. Changes of single figures are in
``bundle.difference``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.doubts import LEAVES, leaf_values
from medcounter.assess.facts import Facts
from medcounter.assess.prove.boundaries import boundary_facts
from medcounter.assess.read_facts import read_facts
from medcounter.dates import DateUnreadableError, read_iso
from medcounter.samples.moved_years import moved, moved_text
from medcounter.samples.resident_words import case_words
from medcounter.samples.sample_residents import sample_residents
from medcounter.wording.difference_words import field_word, outcome_word, scheme_word

REFUSED = "refused"
OUT_OF_RANGE = "out-of-range"
_KIND, _WAIT = "window.kind", "wait.total"
_WAIT_PARTS = frozenset({"wait.from", "wait.to", "wait.fixed", "wait.variable", "wait.repaired"})
INCOMPLETE = "rules-incomplete"
PlainOutcome = dict[str, str | None]
# Whether a place, scheme and year is asked about.
Concerns = Callable[[str, str, int], bool]


def _everywhere(_region: str, _scheme: str, _year: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One field that differs in one way for some cases of a place and year.

    Attributes:
        field: Dotted name in the contract; ``refused`` for an error code.
        cases: How many cases change in this field and in this way.
        first: The first of them.
        who: That case, described in Chinese.
        old: What it was there, as the contract writes it; None is null.
        new: What it is there now.
    """

    region: str
    scheme: str
    benefit_year: int
    field: str
    cases: int
    first: Facts
    who: str
    old: str | None
    new: str | None

    def text(self, place: str) -> str:
        """Say the change in one Chinese sentence.

        Args:
            place: The region's name.
        """
        what = f"{place} {self.benefit_year} 年度{scheme_word(self.scheme)} · "
        old, new = (outcome_word(self.field, value) for value in (self.old, self.new))
        many = f"（共 {self.cases} 个情形）" if self.cases > 1 else ""
        return f"{what}{field_word(self.field)}由“{old}”变为“{new}”{many}：例如 {self.who}。"


def boundary_set(book: RuleBook) -> Iterator[Facts]:
    """Yield the boundary cases of every place, scheme and year of a bundle."""
    for region in book.regions():
        for covered in region.covered:
            compiled = book.programme(region.code, covered.scheme, covered.benefit_year)
            if compiled is not None:
                yield from boundary_facts(compiled, region.code)


def case_set(
    book: RuleBook, differing: RuleBook | None = None, concerns: Concerns = _everywhere
) -> tuple[Facts, ...]:
    """List a bundle's sample residents, examples and boundary cases, each once.

    Args:
        book: The rules.
        differing: Leave out the places whose rules are the same there; their
            examples stay.
        concerns: Leaves out every case of another place, scheme or year.
    """
    cases: dict[Facts, None] = {}
    places = [
        place
        for place in _places(book)
        if concerns(*place[1:]) and (differing is None or _differs(place, differing))
    ]
    for place in places:
        cases.update(dict.fromkeys(one.facts for one in sample_residents(*place)))
    for example in book.bundle.examples:
        facts = read_facts(example.facts, book)
        if isinstance(facts, Facts) and concerns(facts.region, facts.scheme, facts.benefit_year):
            cases[facts] = None
    for place in places:
        compiled = book.programme(*place[1:])
        if compiled is not None:
            cases.update(dict.fromkeys(boundary_facts(compiled, place[1])))
    return tuple(cases)


_PlaceKey = tuple[RuleBook, str, str, int]


def _places(book: RuleBook) -> Iterator[_PlaceKey]:
    for region in book.regions():
        for one in region.covered:
            yield book, region.code, one.scheme, one.benefit_year


def _differs(place: _PlaceKey, other: RuleBook) -> bool:
    """Return whether another bundle says anything else of a place and year."""
    book, *_ = place
    if book.bundle.vocabulary != other.bundle.vocabulary:
        return True
    mine, theirs = book.programme(*place[1:]), other.programme(*place[1:])
    return mine is None or theirs is None or mine.resolved != theirs.resolved


def outcome_changes(
    old: RuleBook, new: RuleBook, concerns: Concerns = _everywhere
) -> tuple[OutcomeChange, ...]:
    """Ask both bundles the cases of either and list what changes.

    Args:
        old: The rules before.
        new: The rules after.
        concerns: Leaves out what changes elsewhere; a nation takes seconds, a place none.

    Returns:
        One change for each place, scheme, year, field and way in which it
        changes, in the order of the cases; empty when no answer changes.
    """
    cases = dict.fromkeys((*case_set(old, new, concerns), *case_set(new, old, concerns)))
    pairs = ((facts, outcome(facts, old), outcome(facts, new)) for facts in cases)
    return _gathered(pairs, (new, old))


def year_changes(
    book: RuleBook, years: tuple[int, int], region: str | None = None, later: RuleBook | None = None
) -> tuple[OutcomeChange, ...]:
    """Ask for the same people in two benefit years and list what changes.

    Everybody of the earlier year is moved to the later one with all their
    dates, and the other way round; a day that only moved is no change.

    Args:
        book: The rules of the earlier year.
        years: The earlier and the later benefit year.
        region: One place and its parts of the code; all places when None.
        later: The rules of the later year, where they are in another bundle.
    """
    first, second = years
    after = later or book
    step = second - first
    cases: dict[Facts, None] = {}
    for one, year, back in ((book, first, 0), (after, second, -step)):
        for place in _places(one):
            if place[3] == year and region in {None, place[1]}:
                found = (moved(sample.facts, back) for sample in sample_residents(*place))
                cases.update(dict.fromkeys(found))
    both = [facts for facts in cases if _covered_in(facts, first, book, second, after)]
    pairs = (
        (
            moved(facts, step),
            _moved_outcome(outcome(facts, book), step),
            outcome(moved(facts, step), after),
        )
        for facts in both
    )
    return _gathered(pairs, (after, book))


def _covered_in(facts: Facts, first: int, book: RuleBook, second: int, after: RuleBook) -> bool:
    return (
        book.programme(facts.region, facts.scheme, first) is not None
        and after.programme(facts.region, facts.scheme, second) is not None
    )


def _moved_outcome(found: PlainOutcome, step: int) -> PlainOutcome:
    return {
        field: value if value is None else moved_text(value, step) for field, value in found.items()
    }


def _gathered(
    pairs: Iterable[tuple[Facts, PlainOutcome, PlainOutcome]], books: tuple[RuleBook, RuleBook]
) -> tuple[OutcomeChange, ...]:
    found: dict[tuple[str, str, int, str, str], OutcomeChange] = {}
    for facts, before, after in pairs:
        if OUT_OF_RANGE in (before.get(REFUSED), after.get(REFUSED)):
            # More years to repair than lapsed there: no resident of that year.
            continue
        for field in _changed(before, after):
            old, new = before.get(field), after.get(field)
            place = (facts.region, facts.scheme, facts.benefit_year, field)
            key = (*place, _way(old, new))
            if key in found:
                found[key] = replace(found[key], cases=found[key].cases + 1)
                continue
            who = _who(facts, books)
            found[key] = OutcomeChange(*place, 1, facts, who, old, new)
    return tuple(found.values())


def _who(facts: Facts, books: tuple[RuleBook, RuleBook]) -> str:
    """Describe a case in the words of the bundle that still knows it."""
    book = next((one for one in books if one.name(facts.region)), books[0])
    return case_words(facts, book)


def _way(old: str | None, new: str | None) -> str:
    """Tell one way of changing from another: by value, and days by how far they move."""
    before, after = _day(old), _day(new)
    if before is None and after is None:
        return f"{old}>{new}"
    if before is None or after is None:
        return f"{'day' if before else old}>{'day' if after else new}"
    return f"days{(after - before).days:+}"


def _day(value: str | None) -> date | None:
    try:
        return read_iso(value or "")
    except DateUnreadableError:
        return None


def outcome(facts: Facts, book: RuleBook) -> PlainOutcome:
    """Return a case's outcome field by field, as the contract writes values.

    Returns:
        Dotted field to value, None is null; or only ``refused`` with an error
        code, ``rules-incomplete`` where a draft has not exactly one rule.
    """
    try:
        decided = decide_facts(facts, book)
    except RulesIncompleteError:
        return {REFUSED: INCOMPLETE}
    if not isinstance(decided, Decided):
        return {REFUSED: decided[0].code}
    return leaf_values(decided.decision)


def _changed(before: PlainOutcome, after: PlainOutcome) -> Iterator[str]:
    """Name the fields that differ, without those that only follow from another.

    A refusal or a closed day hides all other fields, a wait that came or went its parts.
    """
    if REFUSED in before or REFUSED in after:
        if before.get(REFUSED) != after.get(REFUSED):
            yield REFUSED
        return
    kinds = {before[_KIND], after[_KIND]}
    if CLOSED in kinds and len(kinds) > 1:
        yield _KIND
        return
    parts = _WAIT_PARTS if None in (before[_WAIT], after[_WAIT]) else frozenset()
    yield from (field for field in LEAVES if field not in parts and before[field] != after[field])
