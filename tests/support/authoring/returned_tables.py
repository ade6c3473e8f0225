"""A sheet's table as an office sends it back; of Guangxi's draft."""

from pathlib import Path

from xlsxwriter import Workbook

from medcounter.authoring.sign_sheet import sign_columns as columns
from medcounter.roster.reading.cells import text_of
from medcounter.roster.tables.table import open_table

AMOUNT = "rules:standard:answer.items.0.amount"
FULL = "rules:standard-full-cost:answer.items.0.amount"


def filled(path: Path, ticks: dict[str, tuple[str, str]]) -> Path:
    """The table with ticks and remarks, by the row's id."""
    back = path.with_name("回来.xlsx")
    with Workbook(back) as book:
        for sheet in open_table(path):
            page = book.add_worksheet(sheet.name)
            heads: list[str] = []
            for row in sheet.rows():
                cells = [text_of(cell) for cell in row.cells]
                heads = heads or (cells if columns.MARK in cells else [])
                mark = cells[-1].partition("#")[0] if cells else ""
                if heads and mark in ticks:
                    tick, remark = ticks[mark]
                    cells[heads.index(columns.TICK)] = tick
                    cells[heads.index(columns.REMARK)] = remark
                for column, cell in enumerate(cells):
                    page.write_string(row.number - 1, column, cell)
    return back
