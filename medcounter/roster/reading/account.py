"""Account for everything in a list that is not used, and why.

Rows, columns and sheets. Asks where people could be lost, and reports the
rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from medcounter.roster.list_words import LINES, TICKS
from medcounter.roster.reading.cells import text_of
from medcounter.roster.reading.columns import CATEGORIES, ID_NUMBER, NAME, ColumnLayout, folded
from medcounter.roster.reading.findings import STOPS, CellPlace, Examined, Finding
from medcounter.roster.reading.inquiry import LEAVE, READ, Inquiry, InquiryChoice, InquiryQuestion
from medcounter.roster.tables.book_process import Cell
from medcounter.roster.tables.table import ListRow, ListSheet, cell_name
from medcounter.typed.typed_text import quote

# 15 or 18 digits on their own.
_NUMBER_OF_A_PERSON = re.compile(r"(?<![0-9])(?:[0-9]{15}|[0-9]{17}[0-9Xx])(?![0-9Xx])")
# A number of 18 digits that a table program kept as one.
_KEPT_AS_NUMBER = (10**17, 10**18)
# Columns that an xlsx sheet has.
_WIDEST = 16_384
_NOT_READ = InquiryChoice(LEAVE, "不算这些人")


class Account:
    """Records what is not used.

    Attributes:
        left_out: Lines of a sum or a signature, which are no people.
        nameless: Rows with something in them, but nobody's name or number.
        unwanted: Rows that somebody said are not to be counted.
        unread: Sheets that are not read.
    """

    def __init__(self, inquiry: Inquiry, identities: frozenset[str]) -> None:
        """Begin with nothing.

        Args:
            inquiry: Is asked what may be left out.
            identities: Words that name an identity.
        """
        self._inquiry = inquiry
        self._identities = identities
        self._unheaded: set[tuple[str, int]] = set()
        self.left_out: list[CellPlace] = []
        self.nameless: list[CellPlace] = []
        self.unwanted: list[CellPlace] = []
        self.unread: list[str] = []

    def takes(self, sheet: ListSheet, *, found: bool) -> bool:
        """Return whether a sheet is read; ask where people stand in one that is not."""
        if found and not sheet.hidden:
            return True
        if not found and not any(map(names_somebody, sheet.rows())):
            if any(True for _ in sheet.rows()):
                self.unread.append(sheet.name)
            return False
        why = "是隐藏的" if sheet.hidden else "没有读懂表头"
        leave = InquiryChoice(LEAVE, "不读这张工作表")
        choices = (leave, InquiryChoice(READ, "也算这些人")) if found else (leave,)
        help_ = "" if found else "要算的，请补上“姓名”“证件号码”两列的表头后重新打开。"
        text = f"工作表“{sheet.name}”{why}，里面还有人，怎样办？{help_}"
        answer = self._inquiry.ask(InquiryQuestion(text, choices))
        if answer == LEAVE:
            self.unread.append(sheet.name)
        return found and answer != LEAVE

    def with_aid(self, sheet: str, layout: ColumnLayout) -> ColumnLayout:
        """Add the columns that somebody said decide the aid."""
        answers = self._inquiry.said.answers
        if not answers:
            return layout
        read = {
            f"{CATEGORIES}:{place}": place
            for place in range(_WIDEST)
            if answers.get(_about_aid(sheet, layout, place)) == READ
        }
        return replace(layout, places={**layout.places, **read}) if read else layout

    def is_above(self, sheet: str, row: ListRow, layout: ColumnLayout) -> bool:
        """Return what stands above the headings, and ask where people do."""
        if row.number > layout.heading_row:
            return False
        if row.number < layout.heading_row and names_somebody(row):
            self.unwanted.append(CellPlace(sheet, row.number))
            text = (
                f"{_where(sheet)}表头（第 {layout.heading_row} 行）上面还有人，怎样办？"
                "要算的，请把他们移到表头下面后重新打开。"
            )
            self._inquiry.ask(InquiryQuestion(text, (_NOT_READ,)))
        return True

    def is_no_person(self, sheet: str, row: ListRow, layout: ColumnLayout) -> bool:
        """Tell a row without a person: a sum, a note under the list, headings again."""
        place = layout.places[ID_NUMBER]
        number = row.cells[place] if place < len(row.cells) else ""
        # Neither a sum nor a heading; so it is with almost every row.
        if isinstance(number, str) and _NUMBER_OF_A_PERSON.fullmatch(number):
            return False
        who = _who(row, layout)
        if _is_sum_or_signature(row, who):
            self.left_out.append(CellPlace(sheet, row.number))
            return True
        again = [layout.headings[layout.places[code]] for code in (NAME, ID_NUMBER)]
        if list(map(folded, who[:2])) == list(map(folded, again)):
            return True
        if any(who):
            return False
        if any(text_of(cell) for cell in row.cells):
            self.nameless.append(CellPlace(sheet, row.number))
        return True

    def is_struck(self, sheet: str, row: ListRow, layout: ColumnLayout) -> bool:
        """Tell a person who is struck through and not counted; ask about the first."""
        if not row.struck or not {layout.places[NAME], layout.places[ID_NUMBER]} & {*row.struck}:
            return False
        text = f"{_where(sheet)}有人的姓名或证件号码划了删除线，这些人还算吗？"
        count = InquiryChoice(READ, "照样算")
        if self._inquiry.ask(InquiryQuestion(text, (_NOT_READ, count))) != LEAVE:
            return False
        self.unwanted.append(CellPlace(sheet, row.number))
        return True

    def look_beside(
        self, sheet: str, row: ListRow, layout: ColumnLayout, unread: tuple[int, ...]
    ) -> None:
        """Ask about a column that is not read and seems to decide the aid."""
        beyond = range(len(layout.headings), len(row.cells))
        for place in (*unread, *beyond):
            cell = row.cells[place] if place < len(row.cells) else ""
            text = cell.strip() if isinstance(cell, str) else "0"
            if not text:
                continue
            headed = place < len(layout.headings) and layout.headings[place]
            if not headed:
                self._unheaded.add((sheet, place))
            if text in self._identities or (text in TICKS and not headed):
                self._ask_about_aid(sheet, layout, place)

    def unheaded(self, sheet: str) -> tuple[str, ...]:
        """Name the columns of a sheet that hold something and have no heading."""
        held = sorted(place for name, place in self._unheaded if name == sheet)
        return tuple(f"{cell_name(1, place)[:-1]} 列（没有表头）" for place in held)

    def _ask_about_aid(self, sheet: str, layout: ColumnLayout, place: int) -> None:
        heading = folded(_heading(layout, place))
        if heading and any(folded(name) == heading for name in self._inquiry.said.columns):
            return
        choices = (InquiryChoice(LEAVE, "不用这一列"), InquiryChoice(READ, "当作人员类别"))
        self._inquiry.ask(InquiryQuestion(_about_aid(sheet, layout, place), choices))


def unread_columns(layout: ColumnLayout) -> tuple[int, ...]:
    """Return the positions under the headings that no answer covers."""
    read = {*layout.places.values(), *layout.villages, *layout.settled}
    return tuple(place for place in range(len(layout.headings)) if place not in read)


def outside(sheet: str, row: ListRow) -> Iterator[Examined]:
    """Tell of somebody beside the columns that are read."""
    if names_somebody(row):
        text = "姓名、证件号码两列是空的，别的列里却有证件号码；请移到这两列，或删去这一行。"
        finding = Finding(CellPlace(sheet, row.number), "outside-columns", STOPS, text)
        yield Examined(row.number, None, (finding,))


def names_somebody(row: ListRow) -> bool:
    """Tell a row that holds the number of a person, in whatever column."""
    return any(map(_is_number_of_a_person, row.cells))


def _is_number_of_a_person(cell: Cell) -> bool:
    if isinstance(cell, int | float):
        return _KEPT_AS_NUMBER[0] <= cell < _KEPT_AS_NUMBER[1] or (
            _NUMBER_OF_A_PERSON.fullmatch(text_of(cell)) is not None
        )
    return _NUMBER_OF_A_PERSON.search(text_of(cell)) is not None


def _about_aid(sheet: str, layout: ColumnLayout, place: int) -> str:
    heading = _heading(layout, place)
    named = quote(heading) if heading else "（没有表头）"
    cell = cell_name(layout.heading_row, place)
    return f"{_where(sheet)}{cell}{named}一列没有用到，却写着人员类别一类的内容，怎样办？"


def _heading(layout: ColumnLayout, place: int) -> str:
    return layout.headings[place] if place < len(layout.headings) else ""


def _where(sheet: str) -> str:
    return f"工作表“{sheet}”的 " if sheet else "名单的 "


def _is_sum_or_signature(row: ListRow, who: list[str]) -> bool:
    """Tell a line such as 合计：4人 or 填表人, with no number of a person in it."""
    first = next((text for cell in row.cells if (text := folded(cell))), "")
    begins = first.startswith(LINES) or folded(who[0]).startswith(LINES)
    return begins and not names_somebody(row)


def _who(row: ListRow, layout: ColumnLayout) -> list[str]:
    places: Mapping[str, int] = layout.places
    held = map(places.get, (NAME, ID_NUMBER, "birth_date"))
    return [
        "" if place is None or place >= len(row.cells) else text_of(row.cells[place])
        for place in held
    ]
