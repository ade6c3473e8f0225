"""What a key costs in the rule studio: a figure typed until what is seen is worked out.

The draft read, the year's strip with its proof, the day under the pointer, and the
sixty rows that fit on a screen; the paint comes on top. Beside it the whole table,
and the warnings of the background with their longest slice. Prints what was measured
beside the budget; a slow machine fails no test.
"""

from __future__ import annotations

import gc
from functools import partial
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.draft_strip import pointed_day, year_strip
from medcounter.authoring.live.draft_warnings import WarningSources, draft_warnings
from medcounter.authoring.live.figure_reach import MovedFigures
from medcounter.authoring.live.limit_rows import limit_rows
from medcounter.authoring.live.sample_table import (
    BesideRules,
    SampleTable,
    retouched,
    table_slices,
    with_limits,
)
from tests.bench.report import Taken, tell
from tests.support.authoring.draft_samples import shipped_document, shipped_payload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcounter.authoring.document.place_document import PlaceDocument

PLACES = ("guangxi-2025.json", "wuxi-2026.json", "jiangxi-2026.json", "hunan-2026.json")
KEYS = 60
ROWS_SEEN = 60
DIGITS = ("4.00", "43.00", "430.00")


class Typist:
    """A draft into which one amount is typed, digit by digit."""

    def __init__(self, name: str) -> None:
        """Open a shipped place with its whole table beside."""
        self.document = shipped_document(name)
        self.inherited = InheritedRules.of(shipped_payload(), self.document)
        self.rules = DraftRules.of(self.document, self.inherited)
        self.year = self.rules.years[0]
        assert self.rules.book is not None
        self.beside = BesideRules(before=self.rules.book)
        self.table = self.whole(SampleTable(self.year))
        rules = self.document.own["rules"]
        number = next(n for n, rule in enumerate(rules) if rule["question"] == "standard")
        paying = [row for row in self.table.rows if rules[number]["id"] in row.now.rules]
        self.seen = frozenset(row.id for row in paying[:ROWS_SEEN])
        self.path = (*self.document.base, "rules", number, "answer", "items", 0, "amount")

    def whole(self, table: SampleTable) -> SampleTable:
        """Work the rest of a table out."""
        *_, last = (one for one in table_slices(table, self.rules, self.beside) if one)
        return last

    def typed(self, digits: str) -> PlaceDocument:
        """Change the amount."""
        return self.document.replaced(self.path, digits)

    def follow(self, document: PlaceDocument) -> None:
        """Do what a key asks for at once."""
        self.rules = DraftRules.of(document, self.inherited)
        strip = year_strip(self.rules, self.year)
        pointed_day(self.rules, strip, strip.stretches[1].first)
        self.table = retouched(self.table, self.rules, self.beside, self.seen)


@pytest.fixture(params=PLACES)
def typist(request: pytest.FixtureRequest) -> Typist:
    typist = Typist(request.param)
    # As a program that was open for a while: what stays is looked at no more.
    gc.collect()
    gc.freeze()
    return typist


def test_a_key_until_what_is_seen_is_worked_out(
    typist: Typist, request: pytest.FixtureRequest
) -> None:
    taken = Taken.none()
    for number in range(KEYS):
        taken.add(partial(typist.follow, typist.typed(DIGITS[number % len(DIGITS)])))
    assert [row for row in typist.table.rows if row.id in typist.seen and row.changed]
    tell(request, f"{len(typist.seen)} rows seen (at most 50 ms): {taken.told}")


def test_the_whole_table_after_a_key(typist: Typist, request: pytest.FixtureRequest) -> None:
    typist.follow(typist.typed(DIGITS[-1]))
    taken = Taken.none()
    for _ in range(5):
        table = taken.add(lambda: typist.whole(typist.table))
        assert table.complete
    tell(request, f"{len(typist.table.rows)} rows, the rest in slices: {taken.told}")


def test_what_is_worked_out_in_the_background_and_its_longest_slice(
    typist: Typist, request: pytest.FixtureRequest
) -> None:
    figures = MovedFigures(typist.rules, typist.inherited)
    limits = Sliced(limit_rows(figures, typist.table))
    facts = [one.facts for one in limits.found if one is not None]
    table = with_limits(typist.table, facts, typist.rules, typist.beside)
    sources = WarningSources(figures, table.rows)
    warnings = Sliced(draft_warnings(typist.rules, sources))
    assert not [one for one in warnings.found if one is not None and one.blocks]
    tell(request, f"{len(facts)} limits {limits.told}; warnings {warnings.told}")


class Sliced:
    """What slices gave, and what they cost."""

    def __init__(self, slices: Iterator[object]) -> None:
        """Do all slices."""
        self.found: list[Any] = []
        self.slices: list[float] = []
        began = process_time()
        for one in slices:
            self.slices.append((process_time() - began) * 1000)
            self.found.append(one)
            began = process_time()

    @property
    def told(self) -> str:
        """Seconds in all and the longest slice."""
        return f"{sum(self.slices) / 1000:.1f} s of work, longest slice {max(self.slices):.0f} ms"
