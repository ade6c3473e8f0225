"""A draft at every key: its rules, the strip of the year, table and warnings.

What is on screen is worked out at once, all else in slices that end by
themselves as soon as the draft changes. Keeps nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.draft_strip import PointedDay, YearStrip, pointed_day, year_strip
from medcounter.authoring.live.draft_warnings import DraftWarning, WarningSources, draft_warnings
from medcounter.authoring.live.far_figures import NeighbourFigure, neighbour_figures
from medcounter.authoring.live.figure_reach import MovedFigures
from medcounter.authoring.live.limit_rows import limit_rows
from medcounter.authoring.live.row_outcome import RowOutcome
from medcounter.authoring.live.sample_table import (
    BesideRules,
    SampleTable,
    retouched,
    table_slices,
    with_limits,
)
from medcounter.authoring.live.ticks import TickMark, tick_marks
from medcounter.desk.authoring.draft_contents import document_of
from medcounter.json_path import JsonPath

_DONE = object()


class LiveDraft:
    """What a draft means, worked out while it is written.

    Attributes:
        rules: The draft as rules.
        year: The benefit year that strip and table show.
        strip: The payment days of that year.
        warnings: Those found so far, the gravest first.
        is_checked: Whether all warnings were found for the draft as it is.
        seen: Ids of the rows on screen, worked out at once after a change.
        steps: How many slices the last whole check took; 0 before the first one.
    """

    rules: DraftRules
    year: int
    strip: YearStrip
    warnings: tuple[DraftWarning, ...]
    is_checked: bool
    seen: frozenset[str]
    _inherited: InheritedRules
    _tables: dict[int, SampleTable]
    _beside: BesideRules

    def __init__(self, document: PlaceDocument, payload: bytes, in_use: RuleBook) -> None:
        """Work out the draft as it is.

        Args:
            document: The draft.
            payload: The rules in use, which it lies over.
            in_use: The same rules, for last year's and the neighbours' figures.
        """
        self._payload = payload
        self._in_use = in_use
        self._outcomes_beside: dict[tuple[str, Facts], RowOutcome] = {}
        self._neighbours: dict[int, tuple[NeighbourFigure, ...]] = {}
        self._turn = 0
        self._marked: tuple[DraftRules, SampleTable, dict[str, TickMark]] | None = None
        self._with_limits: dict[int, int] = {}
        self.steps = 0
        self.seen: frozenset[str] = frozenset()
        self._begin(document)

    def edited(self, document: PlaceDocument) -> None:
        """Follow a change: rules, strip and the rows on screen at once."""
        if _place(document) != _place(self.rules.document):
            self._begin(document)
            return
        before = self.rules.book
        self._turn += 1
        self.rules = DraftRules.of(document, self._inherited)
        self.strip = year_strip(self.rules, self.year)
        self._compare_with(before)
        self._tables = {
            year: retouched(table, self.rules, self._beside, self.seen)
            for year, table in self._tables.items()
        }
        self.warnings, self.is_checked = (), False

    @property
    def table(self) -> SampleTable:
        """Sample residents of the year shown; rows may still be stale."""
        return self._tables[self.year]

    @property
    def has_all_rows(self) -> bool:
        """Whether the table of the year shown is complete, with its limits."""
        return self._with_limits.get(self.year) == self._turn

    @property
    def years(self) -> tuple[int, ...]:
        """Benefit years of the draft; at least one."""
        return tuple(self.rules.years) or (self.year,)

    def show(self, year: int) -> None:
        """Show another benefit year of the draft; others are passed over."""
        if year in self._tables:
            self.year = year
            self.strip = year_strip(self.rules, year)

    def pointed(self, day: date) -> PointedDay | None:
        """Return what paying on a day comes to; None outside the strip."""
        return pointed_day(self.rules, self.strip, day)

    def marks(self) -> dict[str, TickMark]:
        """Return the tick of each row that has one, by id; worked out once for a state."""
        rules, table = self.rules, self.table
        if self._marked is None or self._marked[0] is not rules or self._marked[1] is not table:
            self._marked = rules, table, tick_marks(rules, table.rows)
        return self._marked[2]

    def warned(self) -> dict[JsonPath, tuple[DraftWarning, ...]]:
        """Return the open warnings found so far, by path."""
        found: dict[JsonPath, tuple[DraftWarning, ...]] = {}
        for one in self.warnings:
            if one.is_open:
                found[one.path] = (*found.get(one.path, ()), one)
        return found

    def working_out(self) -> Iterator[None]:
        """Work out the sample residents bit by bit; over at once where that was done."""
        slices = self.slices()
        while not self.has_all_rows and next(slices, _DONE) is not _DONE:
            yield

    def slices(self) -> Iterator[None]:
        """Work out the rest bit by bit: the table, its limits, then every warning.

        Ends by itself when the draft has changed meanwhile; nothing of an older
        state is shown then.
        """
        turn, steps = self._turn, 0
        for _ in self._slices():
            steps += 1
            yield None
            # Before the next step: the state it would work on may be gone.
            if self._turn != turn:
                return
        self.steps = steps

    def _begin(self, document: PlaceDocument) -> None:
        self._turn += 1
        self._inherited = InheritedRules.over(document_of(self._payload), document)
        self.rules = DraftRules.of(document, self._inherited)
        years = tuple(self.rules.years)
        self.year = years[0] if years else 0
        self.strip = year_strip(self.rules, self.year)
        self._tables = {year: SampleTable(year) for year in years or (self.year,)}
        self._compare_with(None)
        self.warnings, self.is_checked = (), False

    def _compare_with(self, before: RuleBook | None) -> None:
        """Compare from now on with the draft before its last change, and with last year."""
        self._outcomes_beside = {
            key: value for key, value in self._outcomes_beside.items() if key[0] != "before"
        }
        for table in self._tables.values():
            fresh = (row for row in table.rows if row.id not in table.stale)
            self._outcomes_beside |= {("before", row.facts): row.now for row in fresh}
        self._beside = BesideRules(before, self._in_use, self._outcomes_beside)

    def _slices(self) -> Iterator[None]:
        figures = MovedFigures(self.rules, self._inherited)
        for year in tuple(self._tables):
            for table in table_slices(self._tables[year], self.rules, self._beside):
                if table is not None:
                    self._tables[year] = table
                yield None
            yield from self._limits(figures, year)
        yield from self._neighbouring()
        rows = tuple(row for table in self._tables.values() for row in table.rows)
        neighbours = tuple(self._neighbours.items())
        sources = WarningSources(figures, rows, neighbours)
        found: list[DraftWarning] = []
        for warning in draft_warnings(self.rules, sources):
            if warning is not None:
                found.append(warning)
                self.warnings = tuple(found)
            yield None
        self.is_checked = True

    def _limits(self, figures: MovedFigures, year: int) -> Iterator[None]:
        limits: list[Facts] = []
        for row in limit_rows(figures, self._tables[year]):
            if row is not None:
                limits.append(row.facts)
            yield None
        self._with_limits[year] = self._turn
        self._tables[year] = with_limits(self._tables[year], limits, self.rules, self._beside)

    def _neighbouring(self) -> Iterator[None]:
        """Compute once what is paid in neighbouring places."""
        for year in self.years:
            if year in self._neighbours:
                continue
            found: list[NeighbourFigure] = []
            for one in neighbour_figures(self._in_use, self.rules.region, self.rules.scheme, year):
                if one is not None:
                    found.append(one)
                yield None
            self._neighbours[year] = tuple(found)


def _place(document: PlaceDocument) -> tuple[object, ...]:
    """Return the key on which a draft's inheritance depends."""
    own = document.own
    return own.get("region"), own.get("scheme"), own.get("benefit_years")
