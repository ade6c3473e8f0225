"""A list as the window works with it: read in full, shown, written out.

Touches no store, so any thread may run it while the window stays responsive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.mechanism import NOT_COVERED
from medcounter.desk.evaluate.basis import Basis
from medcounter.destinations import Destination
from medcounter.errors import MedCounterError
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.answering.results import Filter, Result, Totals, answer_all
from medcounter.roster.reading.columns import (
    CATEGORIES,
    REGION,
    ColumnLayout,
    HeadingWords,
    columns,
    first_rows,
    likely_headings,
)
from medcounter.roster.reading.doctor import Doctor, left_sentences
from medcounter.roster.reading.findings import Finding
from medcounter.roster.reading.inquiry import InquiryQuestion, ListAnswers, QuestionsOpenError
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.reading.taught_words import read_taught_words
from medcounter.roster.roster_errors import HeadingsMissingError
from medcounter.roster.tables.table import ListSheet, open_table
from medcounter.roster.writing.export_rows import ExportRows, headings
from medcounter.roster.writing.list_writer import write_template, writing_rows
from medcounter.roster.writing.marked_copy import write_marked

# A window shows no more; the command line takes lists of any length.
MOST_SHOWN = 200_000
_TOLD_EVERY = 200
_ENOUGH = 2

GoOn = Callable[[int], bool]


class ReadingStoppedError(MedCounterError):
    """名单没有读完，没有导入任何人；可以重新打开。"""


class ListTooLongHereError(MedCounterError):
    """名单超过窗口能显示的人数，没有导入任何人；请分成几份，或用命令 medcounter roster 办理。"""


@dataclass(frozen=True, slots=True)
class RosterList:
    """A list that was read, with its answers.

    Attributes:
        path: The file somebody brought; it is never written to.
        wanted: What held where the list said nothing.
        results: One for each row, in order.
        totals: All of them added up.
        basis: The day and the rules they were worked out by.
        left: Sentences of what was not taken, each with why.
    """

    path: Path
    wanted: Wanted
    sheets: tuple[ListSheet, ...]
    layouts: dict[str, ColumnLayout]
    results: tuple[Result, ...]
    totals: Totals
    basis: Basis
    left: tuple[str, ...] = ()

    def chosen(self, wanted: Filter) -> tuple[Result, ...]:
        """Return the rows that belong to a filter, in order."""
        return tuple(result for result in self.results if wanted.holds(result))


@dataclass(frozen=True, slots=True)
class ColumnsAsked:
    """A list whose headings do not identify the people.

    Attributes:
        headings: As written, left to right.
        meant: What each means, as a code; empty where it is not known.
        known: Every kind of column there is: code and usual heading.
        text: What is missing, in a sentence.
        given: What somebody had said before.
    """

    path: Path
    headings: tuple[str, ...]
    meant: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    text: str
    given: ListAnswers


@dataclass(frozen=True, slots=True)
class QuestionsAsked:
    """A list with questions to be answered before anybody is imported.

    Attributes:
        questions: At least one.
        given: What somebody had said before.
    """

    path: Path
    questions: tuple[InquiryQuestion, ...]
    given: ListAnswers

    @property
    def text(self) -> str:
        """Say in a sentence that something is asked."""
        return f"名单里有 {len(self.questions)} 处要先问清，还没有导入任何人"


def read_or_ask(
    path: Path, wanted: Wanted, book: RuleBook, given: ListAnswers, go_on: GoOn
) -> RosterList | ColumnsAsked | QuestionsAsked:
    """Read and assess a list, or ask what must be said of it first.

    Args:
        path: The file.
        wanted: What holds where the list says nothing.
        book: The rules.
        given: What somebody has said of it.
        go_on: Told how many rows are done; False stops the work.

    Raises:
        ListError: It cannot be read; one subclass per cause.
        ListTooLongHereError: It has more people than a window shows.
        ReadingStoppedError: The work was stopped.
    """
    try:
        return _read_list(path, wanted, book, given, go_on)
    except QuestionsOpenError as err:
        return QuestionsAsked(path, err.questions, given)
    except HeadingsMissingError as err:
        headings = max(
            (likely_headings(first_rows(sheet.rows())) for sheet in open_table(path)),
            key=len,
            default=(),
        )
        if len(headings) < _ENOUGH:
            raise
        words = HeadingWords(columns(book), read_taught_words(wanted.words, book).columns)
        meant = tuple(map(words.code, headings))
        known = tuple(
            (one.code, one.heading) for one in columns(book) if one.offered or one.code in meant
        )
        return ColumnsAsked(path, headings, meant, known, err.text, given)


def _read_list(
    path: Path, wanted: Wanted, book: RuleBook, given: ListAnswers, go_on: GoOn
) -> RosterList:
    sheets = open_table(path)
    doctor = Doctor(sheets, wanted, book, given)
    totals = Totals()
    results: list[Result] = []
    for result in totals.counting(answer_all(doctor.examine(), Assessor(book))):
        results.append(result)
        if len(results) > MOST_SHOWN:
            raise ListTooLongHereError
        if len(results) % _TOLD_EVERY == 0 and not go_on(len(results)):
            raise ReadingStoppedError
    basis = Basis(wanted.on, book.sha256)
    left = (*without_rules(results), *left_sentences(doctor))
    return RosterList(path, wanted, sheets, doctor.layouts, tuple(results), totals, basis, left)


def without_rules(results: Iterable[Result]) -> tuple[str, ...]:
    """Say in one sentence each how many people have no rules, and what is covered."""
    missing = Counter(
        finding.text
        for result in results
        for finding in result.findings
        if finding.code == NOT_COVERED
    )
    return tuple(
        f"{people} 人没有测算，不能出单：{text}请更新规则，或请主管编写当地规则。"
        for text, people in missing.items()
    )


def export_list(
    results: Iterable[Result], destination: Destination, book: RuleBook, *, whole_id: bool
) -> None:
    """Write rows with their answers as xlsx or csv.

    Raises:
        ListError: It cannot be written; one subclass per cause.
    """
    lines = headings(book, whole_id=whole_id)
    rows = ExportRows(lines)
    with writing_rows(destination, [(line.text, line.width) for line in lines]) as put:
        for result in results:
            rows.put(result, put)


def export_marked(brought: RosterList, destination: Destination) -> None:
    """Hand the list back with its faults marked.

    Raises:
        ListUnwritableError: The disk or its rights do not let us.
    """
    marks: dict[tuple[str, int], tuple[Finding, ...]] = {}
    for result in brought.results:
        if result.findings:
            marks[result.findings[0].place.sheet, result.row] = result.findings
    write_marked(destination, brought.sheets, brought.layouts, marks)


def export_template(destination: Destination, book: RuleBook) -> None:
    """Write an empty list to be filled in.

    Raises:
        ListUnwritableError: The disk or its rights do not let us.
    """
    choices = {
        CATEGORIES: tuple(term.label for term in book.identities()),
        REGION: tuple(choice.name for choice in book.regions()),
    }
    offered = (
        (one.heading, one.hint, choices.get(one.code, ())) for one in columns(book) if one.offered
    )
    write_template(destination, offered)
