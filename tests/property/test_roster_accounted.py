"""Everything of a workbook is accounted for: each row and each column that is not empty.

The workbooks are drawn by chance, with headings and shapes of which the reader
knows only some (``tests/support/roster/wild_workbooks.py``). Either the list is refused with a
reason, or asked about until it is clear, or each row is a person, has a fault
at its place or is named as left out; and nobody bears another's number.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from medcounter.roster.reading.columns import BIRTH, CATEGORIES, ID_NUMBER, NAME
from medcounter.roster.reading.doctor import Doctor, left_sentences
from medcounter.roster.reading.findings import Examined
from medcounter.roster.reading.inquiry import (
    LEAVE,
    READ,
    InquiryQuestion,
    ListAnswers,
    QuestionsOpenError,
)
from medcounter.roster.roster_errors import HeadingsMissingError, ListError
from medcounter.roster.tables.table import ListSheet, cell_name, open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import WANTED
from tests.support.roster.wild_workbooks import Maker, WildSheet, in_memory, written

QUICK, FULL, SHARE_ON_DISK = 150, 10_000, 20
MOST_ROUNDS = 12


def read(
    book: list[WildSheet], sheets: tuple[ListSheet, ...]
) -> tuple[Doctor, list[Examined], ListAnswers] | None:
    """Examine a workbook, each question answered; None where it is refused."""
    said = ListAnswers()
    for _ in range(MOST_ROUNDS):
        try:
            doctor = Doctor(sheets, WANTED, shipped_book(), said)
            return doctor, list(doctor.examine()), said
        except QuestionsOpenError as err:
            answers = {one.text: answer(book, one) for one in err.questions}
            assert not answers.keys() & said.answers.keys(), "asked again"
            said = ListAnswers({}, {**said.answers, **answers})
        except HeadingsMissingError:
            if said.columns or not chosen(book):
                return None
            said = ListAnswers(chosen(book), said.answers)
        except ListError:
            return None
    raise AssertionError(f"asked without an end: {[*said.answers]}")


def chosen(book: list[WildSheet]) -> dict[str, str]:
    """Say what the headings mean, as somebody who knows the list."""
    meant = {"identity": CATEGORIES, "birth": BIRTH, "number": ID_NUMBER, "name": NAME}
    return {
        sheet.heads[kind][0]: code
        for kind, code in meant.items()
        for sheet in book
        if kind in sheet.heads
    }


def answer(book: list[WildSheet], question: InquiryQuestion) -> str:
    """Answer as somebody who knows the list: the person's own column, else leave."""
    codes = [choice.code for choice in question.choices]
    own = {
        (sheet.name, cell_name(row, held[0]))
        for sheet in book
        if sheet.tables == 1
        for row in range(1, 60)
        if (held := sheet.columns.get("number"))
    }
    told = re.match(r"工作表“(.*?)”的 ([A-Z]+[0-9]+)", question.text)
    if "是本人的吗" in question.text and told and told.groups() in own:
        return READ
    if LEAVE in codes:
        return LEAVE
    return next((code for code in codes if told and (told[1], code) in own), codes[0])


def sheet_of(one: Examined) -> str:
    return one.person.sheet if one.person else one.findings[0].place.sheet


def check(book: list[WildSheet], sheets: tuple[ListSheet, ...]) -> str:
    told = read(book, sheets)
    if told is None:
        return "refused"
    doctor, examined, said = told
    account = doctor.account
    named = {
        (place.sheet, place.row)
        for places in (
            account.left_out, account.nameless, account.unwanted, account.above, account.again
        )
        for place in places
    }  # fmt: skip
    rows = {(sheet_of(one), one.row) for one in examined}
    headed = {(name, layout.heading_row) for name, layout in doctor.layouts.items()}
    sentences = "".join(left_sentences(doctor))
    for sheet in book:
        if sheet.name in account.unread:
            assert sheet.name in sentences
            continue
        whole = {(sheet.name, row) for row in sheet.rows}
        assert whole <= rows | named | headed, sorted(whole - rows - named - headed)
        if sheet.name not in doctor.layouts:
            assert not whole
            continue
        layout = doctor.layouts[sheet.name]
        used = {*layout.places.values(), *layout.villages}
        unread = doctor.unread_columns(sheet.name)
        for (row, column), cell in sheet.cells.items():
            if (sheet.name, row) not in rows - named or column in used:
                continue
            letters = cell_name(1, column)[:-1]
            heading = layout.headings[column] if column < len(layout.headings) else ""
            assert (heading or f"{letters} 列（没有表头）") in unread, (row, column, cell)
    for one in examined:
        if one.person is not None:
            sheet = next(each for each in book if each.name == one.person.sheet)
            # Of several tables in one sheet, what was answered of one does not fit the others.
            answered = said.columns or any(f"“{sheet.name}”" in text for text in said.answers)
            if sheet.tables > 1 and answered:
                continue
            pair = one.person.name, one.person.id_number
            assert any(pair in {who, (who[0], "")} for who in sheet.people[one.row]), pair
    return "read"


def on_disk(seed: int, path: Path) -> str:
    book = Maker(seed).book()
    return check(book, open_table(written(book, path)))


def looked_at(seeds: range, folder: Path) -> Counter[str]:
    counted: Counter[str] = Counter()
    for seed in seeds:
        try:
            if seed % SHARE_ON_DISK:
                book = Maker(seed).book()
                counted[check(book, in_memory(book))] += 1
            else:
                counted[on_disk(seed, folder / f"{seed}.xlsx")] += 1
        except AssertionError as err:
            raise AssertionError(f"workbook {seed}: {err}") from err
    return counted


def test_everything_of_a_workbook_is_accounted_for(tmp_path: Path) -> None:
    counted = looked_at(range(QUICK), tmp_path)
    # It is no use if most are refused.
    assert counted["read"] > QUICK // 4


@pytest.mark.full
def test_everything_of_ten_thousand_workbooks_is_accounted_for(tmp_path: Path) -> None:
    counted = looked_at(range(QUICK, FULL + QUICK), tmp_path)
    assert counted["read"] > FULL // 4
