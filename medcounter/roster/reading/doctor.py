"""The import doctor: reads a whole list and reports every fault with its cell.

Changes nothing and imports nothing. Yields row after row, so that a list of a
million people needs no more memory than what identifies them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.roster.reading.account import Account, outside, unread_columns
from medcounter.roster.reading.codes import Codes
from medcounter.roster.reading.columns import (
    ColumnLayout,
    HeadingWords,
    columns,
    find_layout,
    first_rows,
)
from medcounter.roster.reading.findings import CellPlace, Examined, PlainRows
from medcounter.roster.reading.inquiry import Inquiry, ListAnswers
from medcounter.roster.reading.known_rows import KnownRows
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.reading.seen_people import SeenPeople
from medcounter.roster.reading.taught_words import read_taught_words
from medcounter.roster.roster_errors import HeadingsMissingError, ListEmptyError
from medcounter.roster.tables.table import ListRow, ListSheet

_MOST_NAMED = 12
# Rows that are looked at together: few enough to stay in the processor's cache.
_AT_ONCE = 1_000


class Doctor:
    """Examines the sheets of one table.

    Attributes:
        layouts: Of each sheet that is read, by its name.
        account: What is not taken, and why; whole once everything was examined.
    """

    def __init__(
        self,
        sheets: tuple[ListSheet, ...],
        wanted: Wanted,
        book: RuleBook,
        given: ListAnswers | None = None,
    ) -> None:
        """Find the headings of every sheet.

        Args:
            sheets: As opened.
            wanted: What holds where a row says nothing.
            book: The rules.
            given: What somebody has said of the list.

        Raises:
            TaughtWordError: What the hall calls things cannot be used.
            HeadingsMissingError: No sheet has headings.
            QuestionsOpenError: Something must be said first.
            ListError: A sheet cannot be read.
        """
        self._wanted = wanted
        self._book = book
        given, hall = given or ListAnswers(), read_taught_words(wanted.words, book)
        # What somebody says of this list counts before what the hall calls it as a rule.
        self._inquiry = Inquiry(replace(given, columns={**hall.columns, **given.columns}))
        self._columns = columns(book)
        words = HeadingWords(self._columns, self._inquiry.given.columns)
        codes = Codes(book, hall.identities)
        self.account = Account(self._inquiry, codes.identity_words, words)
        self.layouts: dict[str, ColumnLayout] = {}
        self._unread: dict[str, tuple[int, ...]] = {}
        found = {sheet.name: self._find(sheet) for sheet in sheets}
        if not any(found.values()):
            self._refuse(sheets)
        self._sheets = [
            sheet for sheet in sheets if self.account.takes(sheet, found=found[sheet.name])
        ]
        self.layouts = {sheet.name: self.layouts[sheet.name] for sheet in self._sheets}
        for name, layout in self.layouts.items():
            self.account.ask_about_years(name, layout)
        self._inquiry.require_answered()

    def examine(self) -> Iterator[Examined]:
        """Yield every row that holds somebody, in order.

        Raises:
            ListEmptyError: There is not one.
            QuestionsOpenError: Something must be said before anybody is taken.
            ListError: A sheet cannot be read on.
        """
        return (one for one in self._examine(1) if isinstance(one, Examined))

    def examine_by_columns(self, at_once: int = _AT_ONCE) -> Iterator[Examined | PlainRows]:
        """Yield the same; people who need no remark together, in columns.

        Args:
            at_once: Rows that are looked at together, two or more.

        Raises:
            ListEmptyError: There is not one.
            QuestionsOpenError: Something must be said before anybody is taken.
            ListError: A sheet cannot be read on.
        """
        return self._examine(at_once)

    def _examine(self, at_once: int) -> Iterator[Examined | PlainRows]:
        seen = SeenPeople()
        found = False
        for sheet in self._sheets:
            name = sheet.name
            layout = self.account.as_said(name, self.layouts[name])
            self.layouts[name], self._unread[name] = layout, unread_columns(layout)
            known = KnownRows(name, layout, self._wanted, self._book)
            for block in _blocks(sheet.rows(), at_once):
                for part in self._parted(block, known, name) if at_once > 1 else block:
                    if isinstance(part, PlainRows):
                        found = True
                        yield from seen.compare_all(part, layout)
                        continue
                    for row in self._people(part, name, layout):
                        found = found or isinstance(row, ListRow)
                        yield (
                            row
                            if isinstance(row, Examined)
                            else seen.compare(known.examine(row), layout)
                        )
        self._inquiry.require_answered()
        if not found:
            raise ListEmptyError

    def _parted(
        self, block: list[ListRow], known: KnownRows, sheet: str
    ) -> Iterator[PlainRows | ListRow]:
        """Part rows into people recognised together and rows to be looked at alone."""
        layout = self.layouts[sheet]
        if block[0].number <= layout.heading_row:
            yield from block
            return
        unread, width, at = self._unread[sheet], len(layout.headings), 0
        for part in known.parted(block):
            rows = [part] if isinstance(part, ListRow) else block[at : at + len(part.rows)]
            at += len(rows)
            if isinstance(part, ListRow) or self.account.is_closed(sheet):
                yield from rows
                continue
            for row in rows:
                if unread or len(row.cells) > width:
                    self.account.look_beside(sheet, row, layout, unread)
            yield part

    def unread_columns(self, sheet: str) -> tuple[str, ...]:
        """Name the columns of a sheet that nothing is read from."""
        return (*self.layouts[sheet].unused, *self.account.unheaded(sheet))

    def _people(
        self, row: ListRow, sheet: str, layout: ColumnLayout
    ) -> Iterator[ListRow | Examined]:
        """Yield a row if it is of a person, or what is to be told of another."""
        account, unread = self.account, self._unread[sheet]
        if row.number <= layout.heading_row and account.is_above(sheet, row, layout):
            return
        if account.is_below_another(sheet, row):
            return
        if account.is_no_person(sheet, row, layout):
            yield from outside(sheet, row)
        elif not (row.struck and account.is_struck(sheet, row, layout)):
            if unread or len(row.cells) > len(layout.headings):
                account.look_beside(sheet, row, layout, unread)
            yield row

    def _find(self, sheet: ListSheet) -> bool:
        rows = first_rows(sheet.rows())
        try:
            layout = find_layout(sheet.name, rows, self._columns, self._inquiry)
        except HeadingsMissingError:
            return False
        self.layouts[sheet.name] = layout
        return True

    def _refuse(self, sheets: tuple[ListSheet, ...]) -> None:
        """Say of the first sheet what is missing."""
        for sheet in sheets:
            rows = first_rows(sheet.rows())
            find_layout(sheet.name, rows, self._columns, self._inquiry)
        raise ListEmptyError


def _blocks(rows: Iterator[ListRow], at_once: int) -> Iterator[list[ListRow]]:
    """Yield rows by ever more, since of the first ones nothing is known."""
    size = 1
    while block := list(islice(rows, size)):
        yield block
        size = min(2 * size, at_once)


def left_sentences(doctor: Doctor) -> tuple[str, ...]:
    """Describe what was not taken; whole once everything was examined."""
    account = doctor.account
    rows = (
        (account.left_out, "是合计、签名一类，没有算入"),
        (account.nameless, "没有姓名、证件号码和出生日期，没有算入"),
        (account.unwanted, "照所答没有算入"),
        (account.above, "在表头上面，没有算入"),
        (account.again, "是重复的表头，没有算入"),
    )
    sentences = [_rows_sentence(places, what) for places, what in rows if places]
    if account.unread:
        sentences.append(f"没有读的工作表：{'、'.join(account.unread)}。")
    for name in doctor.layouts:
        if unread := doctor.unread_columns(name):
            where = f"工作表“{name}”里" if name else ""
            sentences.append(f"{where}没有用到的列：{'、'.join(unread)}。")
    return tuple(sentences)


def _rows_sentence(places: list[CellPlace], what: str) -> str:
    named = "、".join(place.shown for place in places[:_MOST_NAMED])
    more = " 等" if len(places) > _MOST_NAMED else ""
    return f"{len(places)} 行{what}：{named}{more}。"
