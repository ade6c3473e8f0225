"""Export notices as xlsx: complete on disk, text as text, in little memory.

No cell is a formula or a link, whatever a name begins with; amounts are
numbers, exact to the fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from medcounter.desk.counter import issuing
from medcounter.desk.counter.export_kinds import Exported, TableTooLongError, TableUnsavedError
from medcounter.desk.desk_records import LedgerRow
from medcounter.destinations import Destination
from medcounter.money import FEN_IN_YUAN
from medcounter.spreadsheets import MOST_ROWS, writing_workbook
from medcounter.store.ledger_records import LedgerEntry
from medcounter.wording.terms import ENTERED_WORD, STATE_WORDS

_AMOUNT = 6
_COLUMNS = (
    ("编号", 17),
    ("出单时间", 17),
    ("姓名", 12),
    ("证件号码", 21),
    ("身份", 20),
    ("待遇年度", 9),
    ("应缴（元）", 12),
    ("待遇开始", 12),
    ("待遇结束", 12),
    ("状态", 12),
    ("打印次数", 9),
    ("经办人", 10),
    ("更正自", 17),
    ("更正为", 17),
    ("录入正式系统", 13),
)


def write_table(
    destination: Destination,
    entries: Iterable[LedgerEntry],
    note: Callable[[int], None],
    *,
    masked: bool,
) -> Exported:
    """Write notices into a table that is whole under its name or not there.

    Args:
        destination: Where it goes.
        entries: In the order of the lines.
        note: Told how many there are once the table is made and before it
            has its name; when it raises, there is no table.
        masked: Whether ID numbers are masked.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        TableTooLongError: There are more than a sheet holds.
        TableUnsavedError: The disk does not let us.
    """
    count = 0

    def once_made() -> None:
        note(count)

    try:
        with writing_workbook(destination, row_by_row=True, once_made=once_made) as book:
            count = _write_rows(book, entries, masked=masked)
    except (OSError, XlsxWriterException) as err:
        raise TableUnsavedError(
            f"表格没有导出到“{destination.path}”，没有生成文件；请换一个位置或清理磁盘后重试。"
        ) from err
    return Exported(destination.path, count, masked)


def _write_rows(book: Workbook, entries: Iterable[LedgerEntry], *, masked: bool) -> int:
    sheet = book.add_worksheet("台账")
    bold = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    money = book.add_format({"num_format": "0.00"})
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    line = 0
    for line, entry in enumerate(entries, start=1):
        if line >= MOST_ROWS:
            raise TableTooLongError
        row = issuing.ledger_row(entry)
        id_number = row.id_masked if masked else entry.id_number or ""
        for column, cell in enumerate(_cells(row, id_number)):
            _write(sheet, (line, column), cell, money if column == _AMOUNT else text)
    return line


def _write(sheet: Worksheet, place: tuple[int, int], cell: str | int | None, form: object) -> None:
    if isinstance(cell, int):
        sheet.write_number(*place, Decimal(cell) / FEN_IN_YUAN, form)
    elif cell:
        sheet.write_string(*place, cell, form)


def _cells(row: LedgerRow, id_number: str) -> tuple[str | int | None, ...]:
    """Return the cells of a line; the only number among them is the fen to pay."""
    days = (row.coverage_start, row.coverage_end)
    return (
        row.number,
        f"{row.issued_at:%Y-%m-%d %H:%M:%S}",
        row.name,
        id_number,
        row.category_label,
        f"{row.standing.benefit_year}",
        row.total,
        *("" if day is None else day.isoformat() for day in days),
        STATE_WORDS[row.mark],
        f"{row.prints}",
        row.clerk,
        row.standing.replaces,
        row.standing.replaced_by,
        ENTERED_WORD if row.standing.entered else "",
    )
