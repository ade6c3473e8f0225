"""Small workbooks of people, written for one test each, and what the doctor says of them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import Examined
from medcounter.roster.reading.inquiry import ListAnswers
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.tables.table import open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.roster_samples import id_number

WANTED = Wanted(date(2025, 11, 20), "360000", 2026)
BORN = date(1988, 7, 12)
HEADS = ("姓名", "身份证号码", "出生日期", "人员类别", "已参保年度", "断保年数")
Rows = Sequence[Sequence[Any]]


def number(order: int) -> str:
    return id_number(BORN, order)


def written(path: Path, sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Path:
    """Write a workbook; a tuple is a formula with what it came to."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_formula(place, column, cell[0], None, cell[1])
                else:
                    sheet.write(place, column, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def examine(path: Path, said: ListAnswers | None = None) -> list[Examined]:
    return list(Doctor(open_table(path), WANTED, shipped_book(), said).examine())
