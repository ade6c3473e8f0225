"""List the answers that change when one bundle replaces another.

Both bundles evaluate the same cases: their examples and boundary cases
generated from either's rules. Nothing is judged or proved: where a draft has
no single rule, that is its answer. Changes of single figures are in
``bundle.difference``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.verdict import RulesIncompleteError
from medcounter.assess.explain.doubts import LEAVES, field_value
from medcounter.assess.facts import Facts
from medcounter.assess.prove.boundaries import boundary_facts
from medcounter.assess.read_facts import read_facts
from medcounter.wording.difference_words import field_word, scheme_word

REFUSED = "refused"
INCOMPLETE = "rules-incomplete"


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One field that differs for some cases of a place and year.

    Attributes:
        field: Dotted name in the contract; ``refused`` for an error code.
        cases: How many cases change in this field.
        first: The first of them.
        old: What it was there, as the contract writes it; None is null.
        new: What it is there now.
    """

    region: str
    scheme: str
    benefit_year: int
    field: str
    cases: int
    first: Facts
    old: str | None
    new: str | None

    def text(self, place: str) -> str:
        """Say the change in one Chinese sentence, without the first case.

        Args:
            place: The region's name.
        """
        what = f"{place} {self.benefit_year} 年度{scheme_word(self.scheme)} · "
        turn = f"由“{self.old or '无'}”变为“{self.new or '无'}”"
        return f"{what}{field_word(self.field)}：{self.cases} 个情形改变，首个{turn}。"


def boundary_set(book: RuleBook) -> Iterator[Facts]:
    """Yield the boundary cases of every place, scheme and year of a bundle."""
    for region in book.regions():
        for covered in region.covered:
            compiled = book.programme(region.code, covered.scheme, covered.benefit_year)
            if compiled is not None:
                yield from boundary_facts(compiled, region.code)


def case_set(book: RuleBook) -> tuple[Facts, ...]:
    """List a bundle's own examples and its boundary cases, each once."""
    cases: dict[Facts, None] = {}
    for example in book.bundle.examples:
        facts = read_facts(example.facts, book)
        if isinstance(facts, Facts):
            cases[facts] = None
    cases.update(dict.fromkeys(boundary_set(book)))
    return tuple(cases)


def outcome_changes(old: RuleBook, new: RuleBook) -> tuple[OutcomeChange, ...]:
    """Ask both bundles the cases of either and list what changes.

    Returns:
        One change for each place, scheme, year and field, in the order of
        the cases; empty when no answer changes.
    """
    found: dict[tuple[str, str, int, str], OutcomeChange] = {}
    for facts in dict.fromkeys((*case_set(old), *case_set(new))):
        before, after = outcome(facts, old), outcome(facts, new)
        for field in _changed(before, after):
            key = (facts.region, facts.scheme, facts.benefit_year, field)
            if key in found:
                found[key] = replace(found[key], cases=found[key].cases + 1)
            else:
                found[key] = OutcomeChange(*key, 1, facts, before.get(field), after.get(field))
    return tuple(found.values())


def outcome(facts: Facts, book: RuleBook) -> dict[str, str | None]:
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
    return {field: field_value(decided.decision, field) for field in LEAVES}


def _changed(before: dict[str, str | None], after: dict[str, str | None]) -> Iterator[str]:
    """Name the fields that differ; a refusal hides all other fields."""
    if REFUSED in before or REFUSED in after:
        if before.get(REFUSED) != after.get(REFUSED):
            yield REFUSED
        return
    yield from (field for field in LEAVES if before[field] != after[field])
