"""Account for everything in a list that is not used, and why.

Rows, columns and sheets. Asks where people could be lost, and reports the
rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from medcounter.roster.list_words import LINES, OTHERS, TICKS
from medcounter.roster.reading.cells import text_of
from medcounter.roster.reading.columns import (
    CATEGORIES,
    ID_NUMBER,
    INSURED,
    NAME,
    TICK,
    UNPAID,
    ColumnLayout,
    HeadingWords,
    folded,
)
from medcounter.roster.reading.findings import STOPS, CellPlace, Examined, Finding
from medcounter.roster.reading.inquiry import LEAVE, READ, Inquiry, InquiryChoice, InquiryQuestion
from medcounter.roster.tables.book_process import Cell
from medcounter.roster.tables.table import ListRow, ListSheet, cell_name
from medcounter.typed.typed_text import quote

# 15 or 18 digits on their own.
_NUMBER_OF_A_PERSON = re.compile(r"(?<![0-9])(?:[0-9]{15}|[0-9]{17}[0-9Xx])(?![0-9Xx])")
# A number of 18 digits that a table program kept as one.
_KEPT_AS_NUMBER = (10**17, 10**18)
# What heads a column of numbers, in words the reader does not know: 有效证件号, SFZH.
_LIKE_A_HEADING = re.compile(r"[^0-9]*[证号码][^0-9]*|[A-Za-z]{2,12}")
# What heads a column that says of one year whether somebody was insured.
_OF_ONE_YEAR = re.compile("(?:19|20)[0-9]{2}年?度?(?:是否)?(?:参保|缴费)?(?:情况|记录)?")
_ENOUGH = 2
# Of a number of a person.
_LENGTHS = frozenset({15, 18})
# Columns that an xlsx sheet has.
_WIDEST = 16_384
# What a question of such a column says of it: where none was answered so, no column is tried.
_UNUSED = "一列没有用到"
_NOT_READ = InquiryChoice(LEAVE, "不算这些人")


class Account:
    """Records what is not used.

    Attributes:
        above: Rows above the headings that name nobody, such as a title.
        again: The headings once more.
        left_out: Lines of a sum or a signature, which are no people.
        nameless: Rows with something in them, but nobody's name or number.
        unwanted: Rows that somebody said are not to be counted.
        unread: Sheets that are not read.
    """

    def __init__(self, inquiry: Inquiry, identities: frozenset[str], words: HeadingWords) -> None:
        """Begin with nothing.

        Args:
            inquiry: Is asked what may be left out.
            identities: Words that name an identity.
            words: Which heading means what.
        """
        self._inquiry = inquiry
        self._identities = identities
        self._words = words
        self._other_tables: set[str] = set()
        self._unheaded: set[tuple[str, int]] = set()
        self.above: list[CellPlace] = []
        self.again: list[CellPlace] = []
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

    def as_said(self, sheet: str, layout: ColumnLayout) -> ColumnLayout:
        """Read the columns that somebody said are read after all."""
        answers = self._inquiry.given.answers.items()
        wanted = {text for text, said in answers if said == READ and _UNUSED in text}
        if not wanted:
            return layout
        read: dict[str, int] = {}
        for place in range(_WIDEST):
            if _about_aid(sheet, layout, place) in wanted:
                read[f"{CATEGORIES}:{place}"] = place
            elif _about_number(sheet, layout, place) in wanted:
                read[ID_NUMBER] = place
        if not read:
            return layout
        left = (layout.places[ID_NUMBER],) if ID_NUMBER in read else ()
        places = {**layout.places, **read}
        used = {*places.values(), *layout.villages}
        headings = enumerate(layout.headings)
        unused = tuple(heading for place, heading in headings if heading and place not in used)
        settled = (*layout.settled, *left)
        return replace(layout, places=places, settled=settled, unused=unused)

    def ask_about_years(
        self, sheet: str, layout: ColumnLayout, cells: Iterable[Cell] | None = None
    ) -> None:
        """Ask of columns headed by years, which may say that somebody was not insured.

        Where a column says which years or how many, that one is read.

        Args:
            sheet: Its name.
            layout: Of its columns.
            cells: A second row of headings; those of the layout where there is
                none.
        """
        if cells is None:
            cells = [layout.headings[place] for place in unread_columns(layout)]
        given = {folded(name) for name in self._inquiry.given.columns}
        # A number in the place of a heading is written with its point.
        words = [text_of(cell).removesuffix(".0") for cell in cells]
        years = [
            one for one in words if _OF_ONE_YEAR.fullmatch(folded(one)) and folded(one) not in given
        ]
        if not years or {INSURED, UNPAID} & layout.places.keys():
            return
        text = (
            f"{_where(sheet)}{'、'.join(map(quote, years))}像是历年参保情况，没有读；"
            "断过保的会照没有断保算，怎样办？"
            "要算的，请改成一列“已参保年度”，写明参保的年份，如 2023、2025，再重新打开。"
        )
        leave = InquiryChoice(LEAVE, "不用这些列，照没有断保算")
        self._inquiry.ask(InquiryQuestion(text, (leave,)))

    def is_above(self, sheet: str, row: ListRow, layout: ColumnLayout) -> bool:
        """Return what stands above the headings, and ask where people do."""
        if row.number > layout.heading_row:
            return False
        if row.number < layout.heading_row and not names_somebody(row):
            self.above.append(CellPlace(sheet, row.number))
        elif row.number < layout.heading_row:
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
        if self._is_of_another_table(sheet, row, layout):
            return True
        who = _who(row, layout)
        if _is_sum_or_signature(row, who):
            self.left_out.append(CellPlace(sheet, row.number))
            return True
        if any(who):
            return False
        if any(text_of(cell) for cell in row.cells):
            self.nameless.append(CellPlace(sheet, row.number))
            self.ask_about_years(sheet, layout, row.cells)
        return True

    def is_closed(self, sheet: str) -> bool:
        """Return whether headings came of other columns than those that are read."""
        return sheet in self._other_tables

    def is_below_another(self, sheet: str, row: ListRow) -> bool:
        """Tell a row below headings of other columns than those that are read."""
        if not self.is_closed(sheet):
            return False
        self.unwanted.append(CellPlace(sheet, row.number))
        return True

    def _is_of_another_table(self, sheet: str, row: ListRow, layout: ColumnLayout) -> bool:
        """Tell the headings once more, and ask where they head other columns."""
        here = self._meanings(row.cells)
        named = {code for code in here.values() if not code.startswith(TICK)}
        if len(named) < _ENOUGH or names_somebody(row):
            return self._is_unknown_heading(sheet, row, layout)
        if here == self._meanings(layout.headings):
            self.again.append(CellPlace(sheet, row.number))
            self.ask_about_years(sheet, layout, row.cells)
            return True
        self._other_tables.add(sheet)
        self.unwanted.append(CellPlace(sheet, row.number))
        text = (
            f"{_where(sheet)}第 {row.number} 行又是表头，列与第 {layout.heading_row} 行不同，"
            "下面的人怎样办？要算的，请改成与上面相同的列，或另放一张工作表后重新打开。"
        )
        self._inquiry.ask(InquiryQuestion(text, (_NOT_READ,)))
        return True

    def _is_unknown_heading(self, sheet: str, row: ListRow, layout: ColumnLayout) -> bool:
        """Ask of a row with such words in the column of numbers as a heading has."""
        word = text_of(_cell_of(row, layout.places[ID_NUMBER]))
        if not _LIKE_A_HEADING.fullmatch(word):
            return False
        where = f"{_where(sheet)}第 {row.number} 行的证件号码"
        text = f"{where}写着{quote(word)}，像是另一份名单的表头，是吗？"
        person = InquiryChoice(READ, "不是，照样看作一个人")
        heading = InquiryChoice(LEAVE, "是，这一行和下面的不算")
        if self._inquiry.ask(InquiryQuestion(text, (heading, person))) != LEAVE:
            return False
        self._other_tables.add(sheet)
        self.unwanted.append(CellPlace(sheet, row.number))
        return True

    def _meanings(self, cells: Iterable[Cell]) -> dict[int, str]:
        codes = enumerate(map(self._words.code, cells))
        return {place: code for place, code in codes if code}

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
        """Ask about a column that is not read and seems to matter."""
        own = _cell_of(row, layout.places[ID_NUMBER])
        beyond = range(len(layout.headings), len(row.cells))
        for place in (*unread, *beyond):
            cell = _cell_of(row, place)
            text = cell.strip() if isinstance(cell, str) else "0"
            if not text:
                continue
            headed = place < len(layout.headings) and layout.headings[place]
            if not headed:
                self._unheaded.add((sheet, place))
            if text in self._identities or (text in TICKS and not headed):
                self._ask_about_aid(sheet, layout, place)
            elif cell != own and (len(text) in _LENGTHS or text == "0"):
                self._ask_about_number(sheet, layout, place, cell)

    def _ask_about_number(self, sheet: str, layout: ColumnLayout, place: int, cell: Cell) -> None:
        """Ask whose the numbers of a column are that is not read and does not say it."""
        heading = folded(_heading(layout, place))
        if not _is_number_of_a_person(cell) or any(word in heading for word in OTHERS):
            return
        if heading and any(folded(name) == heading for name in self._inquiry.given.columns):
            return
        at = layout.places[ID_NUMBER]
        used = f"{cell_name(layout.heading_row, at)}{quote(_heading(layout, at))}"
        choices = (InquiryChoice(LEAVE, f"不是，照 {used}"), InquiryChoice(READ, "是，用这一列"))
        self._inquiry.ask(InquiryQuestion(_about_number(sheet, layout, place), choices))

    def unheaded(self, sheet: str) -> tuple[str, ...]:
        """Name the columns of a sheet that hold something and have no heading."""
        held = sorted(place for name, place in self._unheaded if name == sheet)
        return tuple(f"{cell_name(1, place)[:-1]} 列（没有表头）" for place in held)

    def _ask_about_aid(self, sheet: str, layout: ColumnLayout, place: int) -> None:
        heading = folded(_heading(layout, place))
        if heading and any(folded(name) == heading for name in self._inquiry.given.columns):
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
    return f"{_where(sheet)}{cell}{named}{_UNUSED}，却写着人员类别一类的内容，怎样办？"


def _about_number(sheet: str, layout: ColumnLayout, place: int) -> str:
    heading = _heading(layout, place)
    named = quote(heading) if heading else "（没有表头）"
    cell = cell_name(layout.heading_row, place)
    return f"{_where(sheet)}{cell}{named}{_UNUSED}，里面也有证件号码，是本人的吗？"


def _cell_of(row: ListRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else ""


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
