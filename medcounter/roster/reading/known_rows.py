"""Recognise rows that say what an earlier row of the sheet said.

Most rows differ in name, number and birth date alone. Where these three are
plain and the other cells were read before without a finding, only they are
read; every other row is left to ``PersonReader``, which gives the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from typing import NamedTuple

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.insured_years import first_listed, insured_before
from medcounter.dates import OLDEST_USUAL, full_years, year_end, year_start
from medcounter.identity.names import are_plain_names, is_plain_name
from medcounter.identity.plain_numbers import PlainNumbers
from medcounter.roster.reading import columns as kinds
from medcounter.roster.reading.cells import (
    CellFaultError,
    count_of,
    date_of,
    gap_of,
    text_of,
    year_and_month,
    years_of,
)
from medcounter.roster.reading.columns import ColumnLayout
from medcounter.roster.reading.findings import Examined, Listed, PlainRows
from medcounter.roster.reading.person_reader import (
    COUNTED_FROM_CONCEPTION,
    SEXES,
    PersonReader,
    Wanted,
)
from medcounter.roster.tables.book_process import Cell, LostValue, as_lost
from medcounter.roster.tables.table import ListRow

# Cells that differ from person to person; what the others say is remembered.
_OWN = frozenset({kinds.NAME, kinds.ID_NUMBER, kinds.VILLAGE})
_BESIDE = frozenset({kinds.BIRTH, kinds.AGE, kinds.SEX})
_SEX_DIGIT = 16
_MOST_KEPT = 50_000
_TEXT = frozenset({str})
_NO_DAY = date.max

CellKey = tuple[object, ...]
Cells = tuple[Cell, ...]
Table = list[Cells]


@dataclass(slots=True)
class _Alike:
    """Rows that say the same but for name, number and village.

    Attributes:
        first: Births from this day on need no note.
        last: And those up to this day contradict nothing.
        unpaid: Years without insurance, where they say which were insured.
        by_birth_year: Year of birth, or 0 where it says nothing, to the facts.
        of_year: The same, for each year of birth of which every day fits.
    """

    facts: Facts
    first: date
    last: date
    unpaid: int | None
    by_birth_year: dict[int, Facts] = field(default_factory=dict)
    of_year: dict[int, Facts] = field(default_factory=dict)

    def told_within(self, born: date) -> Facts | None:
        """Return the same; None for a birth of which something is to be said."""
        return self.told_of(born) if self.first <= born <= self.last else None

    def told_of(self, born: date) -> Facts:
        """Return the facts of somebody born on a day, but for that day."""
        facts = self.facts
        # A birth before the years that are listed moves none of them.
        year = 0
        if self.unpaid is not None and born.year >= first_listed(facts.benefit_year, self.unpaid):
            year = born.year
        found = self.by_birth_year.get(year)
        if found is None:
            insured = facts.insured_years
            if self.unpaid is not None:
                insured = insured_before(facts.benefit_year, self.unpaid, born)
            found = self.by_birth_year[year] = replace(
                facts, birth_date=born, insured_years=insured
            )
        if self.first <= year_start(born.year) and year_end(born.year) <= self.last:
            self.of_year[born.year] = found
        return found


# What nothing is known of yet.
_UNKNOWN = _Alike(Facts("", 0, date.min), _NO_DAY, date.min, None)


class _Columns(NamedTuple):
    """Rows by columns, all equally long."""

    rows: list[int]
    villages: list[str | None]
    names: list[str]
    numbers: list[str]
    births: list[date]
    alike: list[_Alike]


class KnownRows:
    """Examines the rows of one sheet; gives what ``PersonReader`` does."""

    def __init__(self, sheet: str, layout: ColumnLayout, wanted: Wanted, book: RuleBook) -> None:
        """Begin with no row known.

        Args:
            sheet: Its name; empty for a csv file.
            layout: Which column is which.
            wanted: What holds where a row says nothing.
            book: The rules.
        """
        self._reader = PersonReader(sheet, layout, wanted, book)
        self._sheet = sheet
        self._on = wanted.on
        places = layout.places
        self._places = places
        self._name, self._number = places[kinds.NAME], places[kinds.ID_NUMBER]
        self._shared = tuple(at for code, at in places.items() if code not in _OWN | _BESIDE)
        self._where = layout.villages
        self._width = 1 + max((*places.values(), *layout.villages))
        self._beside = _Beside(places, wanted.on) if _BESIDE & places.keys() else None
        self._numbers = PlainNumbers()
        self._alike: dict[CellKey, _Alike] = {}
        self._villages: dict[CellKey, str] = {}

    def examine(self, row: ListRow) -> Examined:
        """Read one row."""
        cells = row.cells
        if len(cells) < self._width:
            cells += ("",) * (self._width - len(cells))
        name, number = cells[self._name], cells[self._number]
        if not (isinstance(name, str) and isinstance(number, str) and is_plain_name(name)):
            return self._reader.examine(row)
        if name in self._reader.no_names:
            return self._reader.examine(row)
        number = number.upper() if number[-1:].islower() else number
        born = self._numbers.born(number)
        if born is None:
            return self._reader.examine(row)
        shared = _key([cells[at] for at in self._shared])
        where = _key([cells[at] for at in self._where])
        alike, village = self._alike.get(shared), self._villages.get(where)
        if alike is None or village is None:
            return self._learn(row, cells, shared, where)
        fits = self._beside is None or self._beside.fits(cells, number, born)
        if not (fits and alike.first <= born <= alike.last):
            return self._reader.examine(row)
        facts = alike.told_of(born)
        person = Listed(self._sheet, row.number, village, name, number, facts, born)
        return Examined(row.number, person, ())

    def parted(self, rows: Sequence[ListRow]) -> Iterator[PlainRows | ListRow]:
        """Part rows into those that are recognised, by columns, and the others.

        Args:
            rows: One or more; none struck through and recognised.

        Yields:
            In order, each other row alone, for ``examine``.
        """
        columns = self._columns(rows)
        facts = [
            alike.of_year.get(born.year) or alike.told_within(born)
            for alike, born in zip(columns.alike, columns.births, strict=True)
        ]
        others = [at for at, one in enumerate(facts) if one is None or columns.villages[at] is None]
        begin = 0
        for at in (*others, len(rows)):
            if begin < at:
                yield PlainRows(
                    self._sheet,
                    columns.rows[begin:at],
                    [one for one in columns.villages[begin:at] if one is not None],
                    columns.names[begin:at],
                    columns.numbers[begin:at],
                    [one for one in facts[begin:at] if one is not None],
                    columns.births[begin:at],
                )
            if at < len(rows):
                yield rows[at]
            begin = at + 1

    def _columns(self, rows: Sequence[ListRow]) -> _Columns:
        """Lay rows out by columns; a birth of no use stands where a row is not plain."""
        cells = [row.cells for row in rows]
        if min(map(len, cells)) < self._width:
            cells = [one + ("",) * (self._width - len(one)) for one in cells]
        table = list(zip(*cells, strict=False))
        names = _texts(table[self._name])
        numbers = _texts(table[self._number])
        numbers = [one.upper() if one[-1:].islower() else one for one in numbers]
        births = [one or _NO_DAY for one in self._numbers.all_born(numbers)]
        if not are_plain_names(names) or not self._reader.no_names.isdisjoint(names):
            for at, name in enumerate(names):
                if not is_plain_name(name) or name in self._reader.no_names:
                    births[at] = _NO_DAY
        if self._beside is not None:
            beside = zip(cells, numbers, births, strict=True)
            births = [
                born if born is not _NO_DAY and self._beside.fits(own, number, born) else _NO_DAY
                for own, number, born in beside
            ]
        for at, row in enumerate(rows):
            if row.struck:
                births[at] = _NO_DAY
        alike = map(self._alike.get, _keys(table, self._shared, len(rows)), repeat(_UNKNOWN))
        villages = map(self._villages.get, _keys(table, self._where, len(rows)))
        return _Columns(
            [row.number for row in rows], list(villages), names, numbers, births, list(alike)
        )

    def _learn(self, row: ListRow, cells: Cells, shared: CellKey, where: CellKey) -> Examined:
        """Read a row whole, and remember what it says where nothing is wrong."""
        examined = self._reader.examine(row)
        person = examined.person
        if person is None or examined.findings:
            return examined
        for known in (self._alike, self._villages):
            if len(known) >= _MOST_KEPT:
                known.clear()
        self._villages[where] = person.village
        if shared not in self._alike:
            self._alike[shared] = self._remembered(person.facts, cells)
        return examined

    def _remembered(self, facts: Facts, cells: Cells) -> _Alike:
        """Name the births for which cells say what they say beside one."""
        last = min(self._on, facts.payment_date)
        unpaid = None
        if years_of(self._cell(kinds.INSURED, cells), "") is None:
            unpaid = gap_of(self._cell(kinds.UNPAID, cells), "")
        elif facts.insured_years:
            last = min(last, year_end(facts.insured_years[0]))
        first = year_start(facts.payment_date.year - OLDEST_USUAL + 1)
        return _Alike(facts, first, last, unpaid)

    def _cell(self, code: str, cells: Cells) -> Cell:
        at = self._places.get(code)
        return "" if at is None else cells[at]


def _texts(cells: Sequence[Cell]) -> list[str]:
    """Return a column with nothing where a cell is no text."""
    return [cell if isinstance(cell, str) else "" for cell in cells]


def _keys(table: Table, places: Sequence[int], rows: int) -> Iterable[CellKey]:
    """Return the cells of some columns as keys, row by row."""
    columns = [table[at] for at in places]
    if not columns:
        return repeat((), rows)
    if all(_TEXT.issuperset(map(type, column)) for column in columns):
        return zip(*columns, strict=True)
    return map(_key, map(list, zip(*columns, strict=True)))


def _key(cells: list[Cell]) -> CellKey:
    """Return cells as a key; a whole number and a truth are not the same cell."""
    if _TEXT.issuperset(map(type, cells)):
        return tuple(cells)
    return tuple([one if isinstance(one, str) else (type(one), one) for one in cells])


class _Beside:
    """Holds birth date, age and sex beside a number against it."""

    def __init__(self, places: Mapping[str, int], on: date) -> None:
        self._on = on
        self._birth = places.get(kinds.BIRTH)
        self._age = places.get(kinds.AGE)
        self._sex = places.get(kinds.SEX)
        self._births: dict[CellKey, object] = {}
        self._years: dict[date, int] = {}

    def fits(self, cells: Cells, number: str, born: date) -> bool:
        """Return whether nothing is to be said of these cells."""
        return (
            (self._birth is None or self._is_birth(cells[self._birth], born))
            and (self._age is None or self._is_age(cells[self._age], born))
            and (self._sex is None or _is_sex(cells[self._sex], number))
        )

    def _is_birth(self, cell: Cell, born: date) -> bool:
        key = _key([cell])
        if key not in self._births:
            if len(self._births) >= _MOST_KEPT:
                self._births.clear()
            self._births[key] = self._read_birth(cell)
        found = self._births[key]
        return found is None or found in {born, (born.year, born.month)}

    def _read_birth(self, cell: Cell) -> object:
        """Return a day, a year with its month, None for an empty cell, or neither."""
        month = year_and_month(cell)
        if month is not None or isinstance(cell, LostValue):
            return month or _NO_DAY
        try:
            return date_of(cell, "", self._on)
        except CellFaultError:
            return _NO_DAY

    def _is_age(self, cell: Cell, born: date) -> bool:
        if isinstance(cell, LostValue):
            return False
        try:
            age = count_of(cell, "")
        except CellFaultError:
            return False
        if age is None:
            return True
        years = self._years.get(born)
        if years is None:
            years = self._years[born] = full_years(born, self._on)
        return years - 1 <= age <= years + COUNTED_FROM_CONCEPTION


def _is_sex(cell: Cell, number: str) -> bool:
    if isinstance(cell, LostValue) or (isinstance(cell, str) and as_lost(cell)):
        return False
    sex = SEXES.get(text_of(cell), "")
    return not sex or sex == ("男" if int(number[_SEX_DIGIT]) % 2 else "女")
