"""Turn one row into one person's facts, or into every reason why not.

What a row leaves open is taken from the defaults set for the whole list. Looks
only at this row; duplicates are found elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from medcounter.assess.check_facts import check_facts
from medcounter.assess.engine.rule_book import AnswerField, RuleBook
from medcounter.assess.facts import RESIDENT, Event, Facts, Problem, UncheckedFacts
from medcounter.assess.insured_years import insured_before
from medcounter.dates import OLDEST_USUAL, full_years
from medcounter.identity.id_number import IdNumber
from medcounter.identity.names import LONGEST_NAME, read_name
from medcounter.roster.list_words import CROSSES, NO_IDENTITY, UNCLEAR
from medcounter.roster.reading import columns as kinds
from medcounter.roster.reading.cells import (
    CellFaultError,
    answer_of,
    count_of,
    date_of,
    gap_of,
    id_of,
    is_month_of,
    text_of,
    year_of,
    years_of,
)
from medcounter.roster.reading.codes import Codes
from medcounter.roster.reading.columns import ANSWER, EVENT, TICK, ColumnLayout, folded
from medcounter.roster.reading.findings import NOTE, STOPS, CellPlace, Examined, Finding, Listed
from medcounter.roster.reading.taught_words import read_taught_words
from medcounter.roster.tables.book_process import Cell, LostValue, as_lost
from medcounter.roster.tables.table import ListRow
from medcounter.rules.case import AnswerValue
from medcounter.typed.typed_text import quote

Read = TypeVar("Read")
# By the old count, a child is one at birth and a year older at each new year.
COUNTED_FROM_CONCEPTION = 2
SEXES = {"男": "男", "男性": "男", "1": "男", "女": "女", "女性": "女", "2": "女"}
_ANSWERS = frozenset({"是", "否", "有"})
# Cells that few rows share; the others are read once and remembered.
_OWN = frozenset({kinds.NAME, kinds.ID_NUMBER, kinds.BIRTH})
_MOST_KEPT = 50_000
# A problem of the facts belongs to the column it was read from.
_COLUMN_OF = {"birth_date": kinds.BIRTH, "insured_years": kinds.INSURED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The defaults for everything a list leaves open.

    Attributes:
        on: The payment day.
        region: Six-digit code; empty where the list must say it.
        benefit_year: The year to be insured.
        scheme: ``resident`` or ``flexible``.
        words: What the hall calls things, each as ``word=meaning``.
    """

    on: date
    region: str
    benefit_year: int
    scheme: str = RESIDENT
    words: tuple[str, ...] = ()


class PersonReader:
    """Reads the rows of one sheet.

    Attributes:
        births_without_day: Whether the column of births has years and months.
        no_names: What stands in other columns, and nobody is called.
    """

    def __init__(self, sheet: str, layout: ColumnLayout, wanted: Wanted, book: RuleBook) -> None:
        """Prepare what all rows share.

        Args:
            sheet: Its name; empty for a csv file.
            layout: Which column is which.
            wanted: What holds where a row says nothing.
            book: The rules, for their codes and questions.
        """
        self._sheet = sheet
        self._layout = layout
        self._wanted = wanted
        self._book = book
        self._codes = Codes(book, read_taught_words(wanted.words, book).identities)
        self._read: dict[tuple[str, type, Cell], object] = {}
        self._questions: dict[tuple[str, int], tuple[AnswerField, ...]] = {}
        birth = layout.places.get(kinds.BIRTH)
        heading = "" if birth is None else folded(layout.headings[birth])
        self.births_without_day = heading.endswith(kinds.YEAR_AND_MONTH)
        other_words = NO_IDENTITY | _ANSWERS | {*UNCLEAR}
        self.no_names = (self._codes.identity_words | other_words) - {""}

    def examine(self, row: ListRow) -> Examined:
        """Read one row."""
        return _RowReader(self, row).read()

    def read_once(self, code: str, cell: Cell, read: Callable[[Cell], Read]) -> Read:
        """Read a cell as many others have read it before.

        Raises:
            CellFaultError: It is not readable, each time anew.
        """
        if code in _OWN:
            return read(cell)
        # A whole number and a truth are equal to each other but not the same cell.
        key = (code, type(cell), cell)
        if key not in self._read:
            if len(self._read) > _MOST_KEPT:
                self._read.clear()
            self._read[key] = read(cell)
        found: Any = self._read[key]
        return found  # type: ignore[no-any-return]  # one column is always read the same way

    def questions(self, region: str, year: int) -> tuple[AnswerField, ...]:
        """Return what a place asks; looked up once."""
        place = (region, year)
        if place not in self._questions:
            asked = self._book.questions_for(region, self._wanted.scheme, year)
            self._questions[place] = asked
        return self._questions[place]

    @property
    def parts(self) -> tuple[str, ColumnLayout, Wanted, RuleBook, Codes]:
        """What a row is read with."""
        return self._sheet, self._layout, self._wanted, self._book, self._codes


class _RowReader:
    """Reads the cells of one row and gathers what is wrong."""

    def __init__(self, shared: PersonReader, row: ListRow) -> None:
        self.shared = shared
        self.sheet, self.layout, self.wanted, self.book, self.codes = shared.parts
        self.row = row
        self.findings: list[Finding] = []
        # The column of each event, in the order of the facts.
        self.event_columns: list[str] = []

    def read(self) -> Examined:
        self._refuse_lost_values()
        name = read_name(self._name())
        number = self.take(kinds.ID_NUMBER, id_of)
        birth = self._birth(number)
        self._compare(number, birth)
        unchecked = self._unchecked(birth)
        if name.fault:
            self.wrong(kinds.NAME, "not-a-name", name.fault)
        elif name.text in self.shared.no_names:
            text = f"{quote(name.text)}不是姓名，像是别的列的内容；请核对这一行是否错位。"
            self.wrong(kinds.NAME, "not-a-name", text)
        elif not name.text and not isinstance(self.cell(kinds.NAME), LostValue):
            self.wrong(kinds.NAME, "missing", "没有姓名，无法出单；请补填。")
        elif name.too_long:
            text = f"姓名 {quote(name.text)} 超过 {LONGEST_NAME} 个字；请核对。"
            self.wrong(kinds.NAME, "out-of-range", text)
        for code, read in ((kinds.NAME, name), (kinds.ID_NUMBER, number)):
            for note in read.notes if read else ():
                self.findings.append(Finding(self.place(code), "note", NOTE, note))
        known = check_facts(unchecked, self.book)
        if isinstance(known, Facts) and not self._stopped():
            self._ask_about_age(known)
            village = " ".join(filter(None, map(text_of, self._villages())))
            person = Listed(
                self.sheet,
                self.row.number,
                village,
                name.text,
                number.text if number else "",
                known,
            )
            return Examined(self.row.number, person, tuple(self.findings))
        if not isinstance(known, Facts):
            self._tell(known)
        return Examined(self.row.number, None, tuple(self.findings))

    def _refuse_lost_values(self) -> None:
        """Say of each cell that is used and has no value why it has none."""
        used = {*self.layout.places.values(), *self.layout.villages}
        for column in sorted(used):
            cell = self._at(column)
            if isinstance(cell, LostValue):
                shown = f"是公式错误 {cell.shown}" if cell.shown else "里的公式没有算出结果"
                text = f"这一格{shown}，内容不明；请填上，或在表格软件中重新计算后保存。"
                place = self._named(column)
                self.findings.append(Finding(place, "formula-error", STOPS, text))

    def _name(self) -> str:
        cell = self.cell(kinds.NAME)
        return "" if isinstance(cell, LostValue) else text_of(cell)

    def _villages(self) -> list[Cell]:
        """Return what stands in each column of a place, such as school and class."""
        return [self._at(column) for column in self.layout.villages]

    def cell(self, code: str) -> Cell:
        """Return the cell of a column; empty where there is none."""
        column = self.layout.places.get(code)
        return "" if column is None else self._at(column)

    def _at(self, column: int) -> Cell:
        if column >= len(self.row.cells):
            return ""
        cell = self.row.cells[column]
        return (as_lost(cell) or cell) if isinstance(cell, str) else cell

    def place(self, code: str) -> CellPlace:
        """Name the cell of a column; the whole row where there is none."""
        return self._named(self.layout.places.get(code))

    def _named(self, column: int | None) -> CellPlace:
        headings = self.layout.headings
        heading = "" if column is None or column >= len(headings) else headings[column]
        return CellPlace(self.sheet, self.row.number, column, heading)

    def wrong(self, code: str, fault: str, text: str) -> None:
        """Add a fault that keeps the row from being taken."""
        self.findings.append(Finding(self.place(code), fault, STOPS, text))

    def take(self, code: str, read: Callable[[Cell], Read]) -> Read | None:
        """Read the cell of a column; None when empty or not readable."""
        if isinstance(self.cell(code), LostValue):
            return None
        try:
            return self.shared.read_once(code, self.cell(code), read)
        except CellFaultError as err:
            self.wrong(code, err.code, err.text)
            return None

    def _stopped(self, *codes: str) -> bool:
        """Tell whether a cell of these columns, or any, keeps the row out."""
        columns = {self.layout.places.get(code) for code in codes} - {None}
        stops = [finding for finding in self.findings if finding.level == STOPS]
        return any(not codes or finding.place.column in columns for finding in stops)

    def _birth(self, number: IdNumber | None) -> date | None:
        by_number = number.birth_date if number else None
        cell, without_day = self.cell(kinds.BIRTH), self.shared.births_without_day
        if by_number and cell != "" and is_month_of(cell, by_number, without_day=without_day):
            return by_number
        birth = self.take(kinds.BIRTH, partial(date_of, label="出生日期", on=self.wanted.on))
        if birth is None:
            if number is None and not self._stopped(kinds.ID_NUMBER, kinds.BIRTH):
                text = "没有证件号码，也没有出生日期，无法确认是谁、多大；请补填其中一项。"
                self.wrong(kinds.ID_NUMBER, "missing", text)
            return by_number
        if by_number is not None and by_number != birth:
            text = f"出生日期 {birth} 与证件号码中的 {by_number} 不一致；请核对证件后改正其中一处。"
            self.wrong(kinds.BIRTH, "contradiction", text)
        if birth > self.wanted.on:
            text = f"出生日期 {birth} 在 {self.wanted.on} 之后；请核对。"
            self.wrong(kinds.BIRTH, "future-date", text)
            return None
        return birth

    def _ask_about_age(self, facts: Facts) -> None:
        birth, paid = facts.birth_date, facts.payment_date
        if birth is None or (age := full_years(birth, paid)) <= OLDEST_USUAL:
            return
        code = kinds.BIRTH if text_of(self.cell(kinds.BIRTH)) else kinds.ID_NUMBER
        text = f"按出生日期 {birth} 已有 {age} 岁，请对照证件核对。"
        self.findings.append(Finding(self.place(code), "age-to-check", NOTE, text))

    def _unchecked(self, birth: date | None) -> UncheckedFacts:
        wanted = self.wanted
        paid = self.take(kinds.PAID, partial(date_of, label="缴费日期", on=wanted.on)) or wanted.on
        year = self.take(kinds.YEAR, partial(year_of, label="待遇年度")) or wanted.benefit_year
        enrolled = self.take(kinds.ENROLLED, partial(year_of, label="参保年度"))
        if enrolled is not None and enrolled != year:
            text = (
                f"参保年度 {enrolled} 与要缴的 {year} 不同；已参保的年度，表头请写“已参保年度”，"
                "要缴的年度请写“待遇年度”。"
            )
            self.wrong(kinds.ENROLLED, "contradiction", text)
        region = self.take(kinds.REGION, self.codes.region) or wanted.region
        # Faults are told in the order of the facts.
        categories, events = self._identities(), self._events()
        insured = self._insured(year, birth)
        repair = self.take(kinds.REPAIR, partial(gap_of, label="修复年数"))
        return UncheckedFacts(
            region=region or None,
            benefit_year=year,
            payment_date=paid,
            scheme=wanted.scheme,
            birth_date=birth,
            categories=categories,
            events=events,
            insured_years=insured,
            repair_years=repair or 0,
            answers=self._answers(region, year),
        )

    def _identities(self) -> tuple[str, ...]:
        found: list[str] = []
        for code in self.layout.places:
            if code.partition(":")[0] == kinds.CATEGORIES:
                found += self.take(code, self.codes.identities) or ()
            elif code.startswith(TICK):
                read = partial(self.codes.ticked, heading=self.place(code).heading)
                found += [code.removeprefix(TICK)] if self.take(code, read) else []
        unclear = text_of(self.cell(kinds.UNCLEAR))
        if unclear and unclear not in NO_IDENTITY | CROSSES:
            heading = self.place(kinds.UNCLEAR).heading
            text = (
                f"{quote(heading)}一列写着{quote(unclear)}，可能关系到资助，但不知是哪一种人员；"
                "请照证明写进“人员类别”一列，再清空这一格。"
            )
            self.wrong(kinds.UNCLEAR, "unknown-code", text)
        return tuple(dict.fromkeys(found))

    def _compare(self, number: IdNumber | None, birth: date | None) -> None:
        """Hold what stands beside the number against it; another's number shows there."""
        sex = text_of(self.cell(kinds.SEX))
        written = SEXES.get(sex, "")
        if number is not None and number.sex and written and written != number.sex:
            text = f"性别 {quote(sex)} 与证件号码中的 {number.sex} 不一致；请核对号码是不是本人的。"
            self.wrong(kinds.SEX, "contradiction", text)
        age = self.take(kinds.AGE, partial(count_of, label="年龄"))
        if age is None or birth is None or birth > self.wanted.on:
            return
        years = full_years(birth, self.wanted.on)
        if not years - 1 <= age <= years + COUNTED_FROM_CONCEPTION:
            text = f"年龄 {age} 与出生日期 {birth} 不符（{years} 周岁）；请核对号码是不是本人的。"
            self.findings.append(Finding(self.place(kinds.AGE), "age-to-check", NOTE, text))

    def _events(self) -> tuple[Event, ...]:
        events = []
        for code in self.layout.places:
            if not code.startswith(EVENT):
                continue
            heading = self.place(code).heading
            day = self.take(code, partial(date_of, label=heading, on=self.wanted.on))
            if day is not None:
                events.append(Event(code.removeprefix(EVENT), day))
                self.event_columns.append(code)
        return tuple(events)

    def _insured(self, year: int, birth: date | None) -> tuple[int, ...] | None:
        years = self.take(kinds.INSURED, partial(years_of, label="已参保年度"))
        unpaid = self.take(kinds.UNPAID, partial(gap_of, label="断保年数"))
        if years is not None:
            if unpaid is not None:
                text = "已参保年度和断保年数都填了，不知以哪个为准；请只留一项。"
                self.wrong(kinds.UNPAID, "contradiction", text)
            return years
        if unpaid is None:
            return None
        return insured_before(year, unpaid, birth)

    def _answers(self, region: str, year: int) -> tuple[tuple[str, AnswerValue], ...]:
        answers: list[tuple[str, AnswerValue]] = []
        for question in self.shared.questions(region, year):
            code = f"{ANSWER}{question.code}"
            if code not in self.layout.places:
                continue
            found = self._answer(code, question)
            if found is not None:
                answers.append((question.code, found))
        return tuple(answers)

    def _answer(self, code: str, question: AnswerField) -> AnswerValue | None:
        label = question.label
        if question.kind == "date":
            day = self.take(code, partial(date_of, label=label, on=self.wanted.on))
            return None if day is None else day.isoformat()
        return self.take(code, partial(answer_of, kind=question.kind, label=label))

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            head, *inner = problem.field.split(".")
            code = problem.field if head == "answers" else _COLUMN_OF.get(head, head)
            if head == "events":
                code = self.event_columns[int(inner[0])]
            self.wrong(code, problem.code, problem.text)
