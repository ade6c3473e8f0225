"""The table of sample residents beside a draft: who pays what, waits how long.

Each row is named by its resident's facts alone, so that it stays the same row
while the rules change. The rows that are seen are worked out at once, the others
in slices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from medcounter.assess.contract import facts_hash
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.row_outcome import RowOutcome, changed_columns, row_outcome
from medcounter.samples.moved_years import moved, moved_text
from medcounter.samples.resident_words import resident_words
from medcounter.samples.sample_residents import resident_steps

# More rows than any place has.
_NAMES_KEPT = 4096
_ID_LENGTH = 12
_ROWS_A_SLICE = 20


class RowKind(StrEnum):
    """Where a row comes from: the rules, a limit, or an example by hand.

    The value begins the id of the example that a tick makes of it.
    """

    SAMPLE = "row"
    LIMIT = "edge"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One resident paying on one day.

    Attributes:
        id: Named by the facts alone.
        person: Who it is, in Chinese, without the payment day.
        now: What the draft says.
        before: What it said before; None where nothing is compared.
        last_year: What last year's rules say of the same person a year younger,
            with last year's days; None where there are none.
        changed: Columns in which ``now`` differs from ``before``.
        moved: Columns in which it differs from last year's, days moved by a year.
    """

    id: str
    kind: RowKind
    facts: Facts
    person: str
    now: RowOutcome
    before: RowOutcome | None
    last_year: RowOutcome | None
    changed: frozenset[str]
    moved: frozenset[str]


@dataclass(frozen=True, slots=True)
class BesideRules:
    """What a draft is compared with: its earlier state, and last year's rules.

    What they say of a resident is worked out once.

    Attributes:
        before: The draft as it was; None compares nothing.
        last_year: The rules of the year before; None compares nothing.
    """

    before: RuleBook | None = None
    last_year: RuleBook | None = None
    _known: dict[tuple[str, Facts], RowOutcome] = field(default_factory=dict)

    def said_before(self, facts: Facts) -> RowOutcome | None:
        """Return a resident's outcome before the last change."""
        if self.before is None:
            return None
        key = ("before", facts)
        if key not in self._known:
            self._known[key] = row_outcome(facts, self.before)
        return self._known[key]

    def said_last_year(self, facts: Facts) -> RowOutcome | None:
        """Return what last year's rules say of the same person a year younger."""
        key = ("last-year", facts)
        if key not in self._known:
            book, younger = self.last_year, moved(facts, -1)
            asked = (younger.region, younger.scheme, younger.benefit_year)
            if book is None or not book.answers(*asked):
                return None
            self._known[key] = row_outcome(younger, book)
        return self._known[key]

    def a_year_on(self, facts: Facts) -> RowOutcome | None:
        """Return what last year's rules say of a resident, days moved to this year."""
        last_year = self.said_last_year(facts)
        if last_year is None:
            return None
        key = ("a-year-on", facts)
        if key not in self._known:
            self._known[key] = _a_year_on(last_year)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class SampleTable:
    """The rows of one draft and benefit year.

    Attributes:
        rows: In the order shown.
        stale: Ids of rows that still show what an earlier state said.
        complete: Whether everybody is there whom the rules tell apart.
    """

    benefit_year: int
    rows: tuple[SampleRow, ...] = ()
    stale: frozenset[str] = frozenset()
    complete: bool = False

    def row(self, row_id: str) -> SampleRow | None:
        """Return a row by its id."""
        return next((one for one in self.rows if one.id == row_id), None)


@lru_cache(maxsize=_NAMES_KEPT)
def row_id(facts: Facts) -> str:
    """Name a row by its facts; each key and tick asks for the names of all rows."""
    return facts_hash(facts)[:_ID_LENGTH]


def sample_row(
    facts: Facts, kind: RowKind, book: RuleBook, beside: BesideRules, person: str = ""
) -> SampleRow:
    """Ask a draft, and what it is compared with, of one resident."""
    now = row_outcome(facts, book)
    before, last_year = beside.said_before(facts), beside.said_last_year(facts)
    younger = beside.a_year_on(facts)
    return SampleRow(
        id=row_id(facts),
        kind=kind,
        facts=facts,
        person=person or resident_words(facts, book),
        now=now,
        before=before,
        last_year=last_year,
        changed=frozenset() if before is None else changed_columns(now, before),
        moved=frozenset() if younger is None else changed_columns(now, younger),
    )


def _a_year_on(outcome: RowOutcome) -> RowOutcome:
    values = {
        field: value if value is None else moved_text(value, 1)
        for field, value in outcome.values.items()
    }
    return replace(outcome, values=values)


def retouched(
    table: SampleTable, draft: DraftRules, beside: BesideRules, seen: Collection[str]
) -> SampleTable:
    """Work out anew the rows that are seen; the others are stale until their turn.

    Args:
        table: As it was before the edit.
        draft: The draft after it.
        beside: What it is compared with.
        seen: Ids of the rows that are on screen.
    """
    book = draft.book
    if book is None:
        return replace(table, stale=frozenset(row.id for row in table.rows), complete=False)
    rows = tuple(
        sample_row(row.facts, row.kind, book, beside, row.person) if row.id in seen else row
        for row in table.rows
    )
    stale = frozenset(row.id for row in rows) - frozenset(seen)
    return SampleTable(table.benefit_year, rows, stale, complete=False)


def table_slices(
    table: SampleTable, draft: DraftRules, beside: BesideRules
) -> Iterator[SampleTable | None]:
    """Work out the rest of a table bit by bit: stale rows, then who is new or gone.

    Whoever stops asking has cancelled it.

    Args:
        table: What is shown, empty for a new one.
        draft: The draft.
        beside: What it is compared with.

    Yields:
        The table whenever more of it is worked out, None after other work; the
        last one is complete where the draft can be read.
    """
    book = draft.book
    if book is None:
        return
    known: dict[str, SampleRow] = {}
    rows = list(table.rows)
    stale = set(table.stale)
    for number, row in enumerate(table.rows):
        if row.id in stale:
            rows[number] = sample_row(row.facts, row.kind, book, beside, row.person)
            stale.discard(row.id)
            yield (
                replace(table, rows=tuple(rows), stale=frozenset(stale))
                if len(stale) % _ROWS_A_SLICE == 0
                else None
            )
        known[row.id] = rows[number]
    found: dict[str, SampleRow] = {}
    for one in resident_steps(book, draft.region, draft.scheme, table.benefit_year):
        if one is not None and (name := row_id(one.facts)) not in found:
            old = known.get(name)
            found[name] = old or sample_row(one.facts, RowKind.SAMPLE, book, beside, one.person)
        yield None
    kept: dict[str, SampleRow] = {}
    for example in examples_of(draft, table.benefit_year):
        name = row_id(example.facts)
        old = found.get(name) or known.get(name)
        row = old or sample_row(example.facts, example.kind, book, beside)
        kept[name] = row if name in found else replace(row, kind=example.kind)
        yield None
    limits = [row for row in rows if row.kind is RowKind.LIMIT and row.id not in kept]
    whole = {row.id: row for row in (*_without_twins(found, kept), *kept.values(), *limits)}
    yield SampleTable(table.benefit_year, tuple(whole.values()), frozenset(), complete=True)


def with_limits(
    table: SampleTable, limits: Collection[Facts], draft: DraftRules, beside: BesideRules
) -> SampleTable:
    """Return a table with these limits in place of its own; ticked ones stay."""
    if draft.book is None:
        return table
    others = lasting_rows(table, draft)
    there = {row.id for row in others}
    rows = [
        sample_row(facts, RowKind.LIMIT, draft.book, beside)
        for facts in limits
        if row_id(facts) not in there
    ]
    return replace(table, rows=(*others, *rows))


def lasting_rows(table: SampleTable, draft: DraftRules) -> tuple[SampleRow, ...]:
    """List the rows that stay whichever limits are chosen, ticked ones included."""
    ticked = {row_id(one.facts) for one in examples_of(draft, table.benefit_year)}
    return tuple(row for row in table.rows if row.kind is not RowKind.LIMIT or row.id in ticked)


@dataclass(frozen=True, slots=True)
class ExampleFacts:
    """The facts of one example of a draft.

    Attributes:
        number: Its place among the document's examples.
        kind: Of the row that it is.
    """

    number: int
    id: str
    kind: RowKind
    facts: Facts


def examples_of(draft: DraftRules, benefit_year: int | None = None) -> tuple[ExampleFacts, ...]:
    """List the examples of a draft whose facts can be read, for its place and scheme.

    Args:
        draft: The draft.
        benefit_year: Those of one year; None lists all.
    """
    written = draft.document.content.get("examples")
    book = draft.book
    found: list[ExampleFacts] = []
    for number, one in enumerate(written if isinstance(written, list) else ()):
        raw = one.get("facts") if isinstance(one, dict) else None
        if book is None or not isinstance(raw, Mapping):
            continue
        facts = read_facts(dict(raw), book)
        if not isinstance(facts, Facts) or benefit_year not in {None, facts.benefit_year}:
            continue
        if (facts.region, facts.scheme) == (draft.region, draft.scheme):
            name = str(one.get("id", ""))
            found.append(ExampleFacts(number, name, _kind(name, facts), facts))
    return tuple(found)


def example_id(kind: RowKind, facts: Facts) -> str:
    """Name the example that a tick makes of a row."""
    return f"{kind.value}-{row_id(facts)}"


def _kind(name: str, facts: Facts) -> RowKind:
    ticked = (RowKind.SAMPLE, RowKind.LIMIT)
    return next((kind for kind in ticked if name == example_id(kind, facts)), RowKind.EXAMPLE)


def _without_twins(
    found: Mapping[str, SampleRow], kept: Mapping[str, SampleRow]
) -> Iterator[SampleRow]:
    """Leave out a new resident who differs from a ticked one in nothing but days.

    A period that became shorter has another middle: who was ticked there stays.
    """
    left = [row for name, row in kept.items() if name not in found]
    ticked = {_twin_key(row) for row in left if row.kind is RowKind.SAMPLE}
    for name, row in found.items():
        if name in kept or _twin_key(row) not in ticked:
            yield kept.get(name, row)


def _twin_key(row: SampleRow) -> tuple[object, ...]:
    facts = row.facts
    answers = tuple((code, one) for code, one in facts.answers if not _is_day(one))
    return (
        row.now.rules,
        row.now.refused,
        facts.categories,
        tuple(event.kind for event in facts.events),
        facts.insured_years,
        facts.repair_years,
        answers,
    )


def _is_day(answer: object) -> bool:
    return isinstance(answer, str) and moved_text(answer, 1) != answer
