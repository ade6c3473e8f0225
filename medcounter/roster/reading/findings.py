"""Faults found in a list, each with its sheet and cell.

Records only; judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from typing import NamedTuple

from medcounter.assess.facts import Facts
from medcounter.roster.tables.table import cell_name

STOPS = "stops"
NOTE = "note"


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, or a whole row.

    Attributes:
        sheet: Empty for a csv file.
        row: From 1.
        column: From 0; None for the whole row.
        heading: Of the column; empty for the whole row.
    """

    sheet: str
    row: int
    column: int | None = None
    heading: str = ""

    @property
    def shown(self) -> str:
        """Name the place for a person: ``名单!C17 证件号码`` or ``第 17 行``."""
        if not self.sheet:
            where = f"第 {self.row} 行"
            return f"{where}“{self.heading}”" if self.heading else where
        if self.column is None:
            return f"{self.sheet}!第 {self.row} 行"
        return f"{self.sheet}!{cell_name(self.row, self.column)} {self.heading}".rstrip()


@dataclass(frozen=True, slots=True)
class Finding:
    """One note about a cell.

    Attributes:
        code: Stable word, for example ``id-as-number``.
        level: ``stops`` where the row is not taken, else ``note``.
        text: One Chinese sentence with the value.
    """

    place: CellPlace
    code: str
    level: str
    text: str


class Listed(NamedTuple):
    """One person of a list that can be assessed.

    Attributes:
        sheet: Where the person stands; empty for a csv file.
        row: Number of the row.
        village: As written; empty when the list has none.
        id_number: As read; empty for a newborn without one.
        shared_facts: The facts; those of another of whom the list says the same,
            where a birth date of one's own is given.
        born: Where it is not that of the facts told.
    """

    sheet: str
    row: int
    village: str
    name: str
    id_number: str
    shared_facts: Facts
    born: date | None = None

    @property
    def facts(self) -> Facts:
        """This person's own facts."""
        if self.born is None:
            return self.shared_facts
        return replace(self.shared_facts, birth_date=self.born)

    @property
    def birth_date(self) -> date | None:
        """This person's own birth date; None when not known."""
        return self.shared_facts.birth_date if self.born is None else self.born


class Examined(NamedTuple):
    """One examined row: a person or none, and its findings.

    ``person`` is None where a finding stops the row.
    """

    row: int
    person: Listed | None
    findings: tuple[Finding, ...]


class PlainRows(NamedTuple):
    """People one after another of whom nothing is to be remarked, in columns.

    All columns are equally long.

    Attributes:
        sheet: Where they stand; empty for a csv file.
        rows: Numbers of the rows, rising.
        villages: As written; empty when the list has none.
        id_numbers: Each of 18 digits.
        shared_facts: As those of :class:`Listed`.
        births: Each person's own.
    """

    sheet: str
    rows: Sequence[int]
    villages: Sequence[str]
    names: Sequence[str]
    id_numbers: Sequence[str]
    shared_facts: Sequence[Facts]
    births: Sequence[date]

    def people(self) -> Iterator[Listed]:
        """Yield one person after another."""
        return map(Listed, repeat(self.sheet), *self[1:])
