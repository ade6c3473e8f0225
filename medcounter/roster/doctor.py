"""The import doctor: reads a whole list and finds what is wrong where.

Takes nothing and changes nothing. Gives row after row, so that a list of a
million people needs no more memory than what tells them apart.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from medcounter.assess.rule_book import RuleBook
from medcounter.identity.person_key import stored_key
from medcounter.identity.typed_text import quote
from medcounter.roster import columns as kinds
from medcounter.roster.cells import text_of
from medcounter.roster.columns import Layout, columns, find_layout, first_rows, folded
from medcounter.roster.errors import (
    HeadingsMissingError,
    ListEmptyError,
    PeopleOutsideError,
    SheetNotReadError,
)
from medcounter.roster.findings import STOPS, Examined, Finding, Listed, Place
from medcounter.roster.people import PersonReader, Wanted
from medcounter.roster.table import Row, Sheet
from medcounter.roster.words import LINES

_BITS = 32
# 15 or 18 digits on their own.
_NUMBER_OF_A_PERSON = re.compile(r"(?<![0-9])(?:[0-9]{15}|[0-9]{17}[0-9Xx])(?![0-9Xx])")


class Doctor:
    """Examines the sheets of one table."""

    def __init__(
        self,
        sheets: tuple[Sheet, ...],
        wanted: Wanted,
        book: RuleBook,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        """Find the headings of every sheet.

        Args:
            sheets: As opened.
            wanted: What holds where a row says nothing.
            book: The rules.
            chosen: Heading to column code, where somebody chose by hand.

        Raises:
            HeadingsMissingError: No sheet has headings.
            SheetNotReadError: One has none, or is hidden, and holds people.
            ListError: A sheet cannot be read.
        """
        self._wanted = wanted
        self._book = book
        self.layouts: dict[str, Layout] = {}
        # Sums and signatures met so far, which are no people.
        self.left_out: list[Place] = []
        self._sheets = [sheet for sheet in sheets if self._find(sheet, chosen)]
        if not self._sheets:
            self._refuse(sheets, chosen)
        for sheet in sheets:
            _refuse_unread(sheet, found=sheet.name in self.layouts)

    def examine(self) -> Iterator[Examined]:
        """Give every row that is not empty, in order.

        Raises:
            ListEmptyError: There is not one.
            PeopleOutsideError: People stand above the headings.
            ListError: A sheet cannot be read on.
        """
        seen = _Seen()
        found = False
        for sheet in self._sheets:
            layout = self.layouts[sheet.name]
            reader = PersonReader(sheet.name, layout, self._wanted, self._book)
            for row in sheet.rows():
                if row.number <= layout.heading_row:
                    _refuse_above(sheet.name, row, layout)
                    continue
                if _is_sum_or_signature(row, layout):
                    self.left_out.append(Place(sheet.name, row.number))
                    continue
                if _is_no_person(row, layout):
                    if _names_somebody(row):
                        yield _outside(sheet.name, row)
                    continue
                found = True
                yield seen.compare(reader.examine(row), layout)
        if not found:
            raise ListEmptyError

    def _find(self, sheet: Sheet, chosen: Mapping[str, str] | None) -> bool:
        try:
            layout = find_layout(first_rows(sheet.rows()), columns(self._book), chosen)
        except HeadingsMissingError:
            return False
        self.layouts[sheet.name] = layout
        return True

    def _refuse(self, sheets: tuple[Sheet, ...], chosen: Mapping[str, str] | None) -> None:
        """Say of the first sheet what is missing."""
        for sheet in sheets:
            find_layout(first_rows(sheet.rows()), columns(self._book), chosen)
        raise ListEmptyError


def _is_no_person(row: Row, layout: Layout) -> bool:
    """Tell a row without a person: empty, a note under the list, headings again."""
    who = _who(row, layout)
    again = [layout.headings[layout.places[code]] for code in (kinds.NAME, kinds.ID_NUMBER)]
    return not any(who) or list(map(folded, who[:2])) == list(map(folded, again))


def _is_sum_or_signature(row: Row, layout: Layout) -> bool:
    """Tell a line such as 合计：4人 or 填表人, with no number of a person in it."""
    first = next((text for cell in row.cells if (text := folded(cell))), "")
    name = folded(_who(row, layout)[0])
    begins = first.startswith(LINES) or name.startswith(LINES)
    return begins and not _names_somebody(row)


def _who(row: Row, layout: Layout) -> list[str]:
    places = map(layout.places.get, (kinds.NAME, kinds.ID_NUMBER, kinds.BIRTH))
    return [
        "" if place is None or place >= len(row.cells) else text_of(row.cells[place])
        for place in places
    ]


def _names_somebody(row: Row) -> bool:
    """Tell a row that holds the number of a person, in whatever column."""
    return any(_NUMBER_OF_A_PERSON.search(text_of(cell)) for cell in row.cells)


def _refuse_unread(sheet: Sheet, *, found: bool) -> None:
    """See that no sheet with people is passed over, and none is taken unseen."""
    if found and not sheet.hidden:
        return
    if found or any(map(_names_somebody, sheet.rows())):
        why = "是隐藏的" if sheet.hidden else "没有读懂表头"
        do = "请取消隐藏或删去" if sheet.hidden else "请补上“姓名”“证件号码”两列的表头，或删去"
        raise SheetNotReadError(
            f"工作表“{sheet.name}”{why}，里面还有人，没有导入任何人；{do}这张工作表后重试。"
        )


def _refuse_above(sheet: str, row: Row, layout: Layout) -> None:
    if row.number < layout.heading_row and _names_somebody(row):
        place = Place(sheet, row.number).shown
        raise PeopleOutsideError(
            f"{place}在表头（第 {layout.heading_row} 行）上面，里面还有人，没有导入任何人；"
            "请把上下两张表分开，或移到同一个表头下面后重试。"
        )


def _outside(sheet: str, row: Row) -> Examined:
    """Tell of somebody beside the columns that are read."""
    text = "姓名、证件号码两列是空的，别的列里却有证件号码；请移到这两列，或删去这一行。"
    finding = Finding(Place(sheet, row.number), "outside-columns", STOPS, text)
    return Examined(row.number, None, (finding,))


class _Seen:
    """Who stood in the list before, in as few bytes as tell them apart.

    A number is kept as a number, a name as 32 bits of its sum: enough to ask
    whether two names are the same, and for no one to read.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._without: dict[int, int] = {}
        self._sheets: dict[str, int] = {}

    def compare(self, examined: Examined, layout: Layout) -> Examined:
        """Add what a row shares with an earlier one."""
        person = examined.person
        if person is None:
            return examined
        known, key = (self._without, _name_and_birth(person))
        if person.id_number:
            known, key = (self._numbers, _number(stored_key(person.id_number)))
        name = zlib.crc32(person.name.encode())
        before = known.get(key)
        if before is None:
            sheet = self._sheets.setdefault(person.sheet, len(self._sheets))
            known[key] = sheet << 2 * _BITS | person.row << _BITS | name
            return examined
        where = self._where(before, person.sheet)
        finding = _twice(person, where, layout, same=before % 2**_BITS == name)
        return replace(examined, person=None, findings=(*examined.findings, finding))

    def _where(self, before: int, here: str) -> str:
        sheet = list(self._sheets)[before >> 2 * _BITS]
        row = f"第 {before >> _BITS & 2**_BITS - 1} 行"
        return row if sheet == here else f"工作表“{sheet}”{row}"


def _twice(person: Listed, where: str, layout: Layout, *, same: bool) -> Finding:
    column = layout.places[kinds.ID_NUMBER]
    place = Place(person.sheet, person.row, column, layout.headings[column])
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


def _number(text: str) -> int:
    """Give a number that only this text has."""
    return int.from_bytes(text.encode(), "big")


def _name_and_birth(person: Listed) -> int:
    birth = person.facts.birth_date
    return _number(f"{birth.isoformat() if birth else ''}{person.name}")
