"""The import doctor: reads a whole list and reports every fault with its cell.

Changes nothing and imports nothing. Yields row after row, so that a list of a
million people needs no more memory than what identifies them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.identity.id_number import FULL_LENGTH
from medcounter.identity.person_key import stored_key
from medcounter.roster.reading import columns as kinds
from medcounter.roster.reading.account import Account, outside, unread_columns
from medcounter.roster.reading.codes import Codes
from medcounter.roster.reading.columns import (
    ColumnLayout,
    HeadingWords,
    columns,
    find_layout,
    first_rows,
)
from medcounter.roster.reading.findings import STOPS, CellPlace, Examined, Finding, Listed
from medcounter.roster.reading.inquiry import Inquiry, ListAnswers
from medcounter.roster.reading.known_rows import KnownRows
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.reading.taught_words import read_taught_words
from medcounter.roster.roster_errors import HeadingsMissingError, ListEmptyError
from medcounter.roster.tables.table import ListRow, ListSheet
from medcounter.typed.typed_text import quote

_BITS = 32
# More lines than the largest file has; below it a number takes the least memory.
_SHEET_AT = 60
_MOST_NAMED = 12


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
        found = {sheet.name: self._find(sheet) for sheet in sheets}
        if not any(found.values()):
            self._refuse(sheets)
        self._sheets = [
            sheet for sheet in sheets if self.account.takes(sheet, found=found[sheet.name])
        ]
        self.layouts = {sheet.name: self.layouts[sheet.name] for sheet in self._sheets}
        self._inquiry.require_answered()

    def examine(self) -> Iterator[Examined]:
        """Yield every row that holds somebody, in order.

        Raises:
            ListEmptyError: There is not one.
            QuestionsOpenError: Something must be said before anybody is taken.
            ListError: A sheet cannot be read on.
        """
        seen = _Seen()
        found = False
        for sheet in self._sheets:
            layout = self.account.as_said(sheet.name, self.layouts[sheet.name])
            self.layouts[sheet.name] = layout
            rows = KnownRows(sheet.name, layout, self._wanted, self._book)
            for row in self._people(sheet, layout):
                if isinstance(row, Examined):
                    yield row
                    continue
                found = True
                yield seen.compare(rows.examine(row), layout)
        self._inquiry.require_answered()
        if not found:
            raise ListEmptyError

    def unread_columns(self, sheet: str) -> tuple[str, ...]:
        """Name the columns of a sheet that nothing is read from."""
        return (*self.layouts[sheet].unused, *self.account.unheaded(sheet))

    def _people(self, sheet: ListSheet, layout: ColumnLayout) -> Iterator[ListRow | Examined]:
        """Yield the rows of people, and what is to be told of others."""
        account, unread = self.account, unread_columns(layout)
        name, width = sheet.name, len(layout.headings)
        for row in sheet.rows():
            if row.number <= layout.heading_row and account.is_above(name, row, layout):
                continue
            if account.is_below_another(name, row):
                continue
            if account.is_no_person(name, row, layout):
                yield from outside(name, row)
                continue
            if not (row.struck and account.is_struck(name, row, layout)):
                if unread or len(row.cells) > width:
                    account.look_beside(name, row, layout, unread)
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


class _Seen:
    """Who stood in the list before, in as few bytes as tell them apart.

    A number is kept as a number, a name as 32 bits of its sum: enough to ask
    whether two names are the same, and for no one to read.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._without: dict[int, int] = {}
        self._sheets: dict[str, int] = {}

    def compare(self, examined: Examined, layout: ColumnLayout) -> Examined:
        """Add what a row shares with an earlier one."""
        person = examined.person
        if person is None:
            return examined
        if person.id_number:
            known, key = self._numbers, _person_number(person.id_number)
        else:
            known, key = self._without, _name_and_birth(person)
        name = zlib.crc32(person.name.encode())
        before = known.get(key)
        if before is None:
            sheet = self._sheets.setdefault(person.sheet, len(self._sheets))
            known[key] = sheet << _SHEET_AT | person.row << _BITS | name
            return examined
        where = self._where(before, person.sheet)
        finding = _twice(person, where, layout, same=before % 2**_BITS == name)
        return examined._replace(person=None, findings=(*examined.findings, finding))

    def _where(self, before: int, here: str) -> str:
        sheet = list(self._sheets)[before >> _SHEET_AT]
        row = f"第 {(before >> _BITS) % 2 ** (_SHEET_AT - _BITS)} 行"
        return row if sheet == here else f"工作表“{sheet}”{row}"


def _twice(person: Listed, where: str, layout: ColumnLayout, *, same: bool) -> Finding:
    column = layout.places[kinds.ID_NUMBER]
    place = CellPlace(person.sheet, person.row, column, layout.headings[column])
    if not person.id_number:
        text = f"{quote(person.name)} 与{where}同名同出生日期，都没有证件号码；请核对是否重复。"
        return Finding(place, "duplicate-person", STOPS, text)
    key = stored_key(person.id_number)
    raised = "" if key == person.id_number else f"（升位后 {key}）"
    number = f"证件号码 {quote(person.id_number)}{raised}"
    if same:
        text = f"{number} 与{where}重复；请删去其中一行。"
        return Finding(place, "duplicate-person", STOPS, text)
    text = f"{number} 在{where}是另一个姓名；请对照证件改正号码或姓名。"
    return Finding(place, "two-names", STOPS, text)


def _person_number(number: str) -> int:
    """Return the key of a person by the number of a document; no two have the same."""
    # Of 18 digits the last follows from the others.
    key = number if len(number) == FULL_LENGTH else stored_key(number)
    if len(key) == FULL_LENGTH and key[:-1].isdecimal():
        return int(key[:-1])
    return -_number(key)


def _number(text: str) -> int:
    """Return a number that only this text has."""
    return int.from_bytes(text.encode(), "big")


def _name_and_birth(person: Listed) -> int:
    birth = person.birth_date
    return _number(f"{birth.isoformat() if birth else ''}{person.name}")
